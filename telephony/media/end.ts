import type { CodecName } from '../audio/codec.ts';
import type { MediaEnd } from '../rtp/end.ts';

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
  /** Packets that came from elsewhere than the negotiated peer. */
  readonly strangers: () => number;
}
