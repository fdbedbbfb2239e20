import { clockOf } from '../recording/path.ts';
import type { Centre } from '../centre/state.ts';
import type { VoiceLeg } from '../voice/order.ts';

/** A picture of a customer that is awaited (6.1.5.5). */
export interface Awaited {
  readonly image: string;
  readonly agent: number;
  readonly call: string;
  readonly path: string;
}

/** What paths of pictures begin with (6.5.1.9.3). */
const DRIVE = 'F';

/** So long customers may think about it, and their pages bring it. */
export const IMAGE_MS = 30_000;

export const imageTimer = (leg: VoiceLeg): string => `image:${leg}`;

/** Unique in the whole installation, as pages bring their pictures to one place. */
export const nextImage = ({ vdnId, given }: Centre): string => `img-${vdnId}-${given.image + 1}`;

const NAME = /^img-(\d+)-(\d+)$/;

/** The VDN and the number of a picture. */
export function readImage(image: string): { readonly vdnId: number; readonly number: number } | undefined {
  const [, vdn, number] = NAME.exec(image) ?? [];
  return vdn === undefined ? undefined : { vdnId: Number(vdn), number: Number(number) };
}

/**
 * 6.5.1.9.3: `F:/<VDN>/1/<yyyyMMdd>/<work number>/<HHmmss><number>.jpg`, by the VDN's clocks. The number makes it one of its own, and the
 * name stands in the event from then on: whoever replays it does not ask the zone again.
 */
export function nameImage({ vdnId, config, given }: Centre, agent: number, at: number): string {
  const { day, time } = clockOf(config.recording.timeZone, at);
  return `${DRIVE}:/${vdnId}/1/${day}/${agent}/${time.slice(0, 6)}${given.image + 1}.jpg`;
}
