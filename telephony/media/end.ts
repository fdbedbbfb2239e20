import type { CodecName } from '../audio/codec.ts';
import type { MediaEnd } from '../rtp/end.ts';
import type { Codec } from '../sdp/codec.ts';
import type { Direction } from '../sdp/section.ts';

/** What the two ends agreed on, as we see it. */
export interface Agreed {
  readonly codec: CodecName;
  /** Of RTP timestamps. */
  readonly clockRate: number;
  /** By which we send. */
  readonly payloadType: number;
  /** What may come, by payload type: the other end may change between them at any time (RFC 3264 7). */
  readonly receives: ReadonlyMap<number, CodecName | 'telephone-event'>;
  /** By which we send keys; without it they are tones in the sound. */
  readonly telephoneEvent?: number;
  /** Whether the other end wants to hear us: not while it holds us. */
  readonly wantsSound: boolean;
}

export type Negotiated = { readonly ok: true; readonly sdp: string } | { readonly ok: false; readonly message: string };

/** A far end that is described by SDP. */
export interface NegotiatedEnd extends MediaEnd {
  readonly offer: () => Promise<string>;
  readonly answer: (offer: string) => Promise<Negotiated>;
  readonly accept: (answer: string) => Promise<{ readonly ok: true } | { readonly ok: false; readonly message: string }>;
  readonly agreed: () => Agreed | undefined;
  /** How long ago something came from the other end, be it sound or a sign that it is there. */
  readonly quietMs: () => number;
  /** Packets that came from elsewhere than the negotiated peer. */
  readonly strangers: () => number;
  /** Absent where there can be no pictures. */
  readonly video?: VideoEnd | undefined;
}

/** Pictures beside the sound, which nobody here looks into. Each of its listeners is the last one that was given. */
export interface VideoEnd {
  /** By which pictures may come and go from the next offer or answer on, the best first; by none if there are none. */
  readonly allow: (codecs: readonly Codec[]) => void;
  /** How pictures come and go, the codec under the payload type by which we send; undefined while there are none. */
  readonly agreed: () => AgreedPicture | undefined;
  readonly onPacket: (listener: (packet: Uint8Array) => void) => void;
  readonly send: (packet: Uint8Array) => void;
  /** The other side needs a whole picture of what we send. */
  readonly onPictureWanted: (listener: () => void) => void;
  /** We need one of what it sends. */
  readonly wantPicture: () => void;
}

export interface AgreedPicture {
  readonly codec: Codec;
  /** Ours. */
  readonly direction: Direction;
}
