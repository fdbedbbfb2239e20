/** Pictures as they come by RTP, put together but never looked into further than to know a whole one from one that builds on others. */

export type PictureFormat = 'VP8' | 'H264';

/** What a decoder has to know before the first picture. */
export interface PictureForm {
  readonly width: number;
  readonly height: number;
  /** As RFC 6381 names it. */
  readonly codec: string;
  /** Parameter sets, where they are not in the pictures alone (ISO 14496-15, 5.3.3.1). */
  readonly description?: Uint8Array;
}

export interface Picture {
  readonly data: Uint8Array;
  /** Of RTP: 90,000 a second, from anywhere. */
  readonly timestamp: number;
  /** Of a picture that builds on no other. */
  readonly form: PictureForm | undefined;
}

/** Puts the payloads of one picture together, which come in order. */
export interface Gatherer {
  /** False where the picture cannot become whole any more. */
  readonly add: (payload: Uint8Array) => boolean;
  /** What was gathered; `nothing` where there was nothing to be shown, undefined where it is not whole. Begins the next. */
  readonly finish: () => Omit<Picture, 'timestamp'> | 'nothing' | undefined;
  /** Whether `add` finds out by itself that the beginning of a picture is missing. */
  readonly knowsBeginning: boolean;
}

/** Some 15 megabits: whoever sends more for one picture does not mean a face. */
export const MAX_PICTURE_BYTES = 2_000_000;

/** Where a field ends in whole pictures: parts one behind the other. */
export function join(parts: readonly Uint8Array[], bytes: number): Uint8Array {
  const whole = new Uint8Array(bytes);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
