import type { Place, Target, TransportKind } from '../transport/channel.ts';
import type { SipCall } from './call.ts';
import type { SessionInterval, SessionTimerSettings } from './session-timer.ts';
import type { Talk } from './talk.ts';

/** The way between the two ends, as it is when the process is gone that had it. */
export interface KeptWay {
  readonly kind: TransportKind;
  readonly local: Place;
  readonly remote: Place;
  readonly isBehindNat?: boolean;
  /** By which it was reached, where the other end was not heard by another way since. */
  readonly target?: Target;
}

/** What has to be known of a call that is up to go on with it (RFC 3261 12, RFC 4028, RFC 3264 8). Plain data, and nothing secret. */
export interface KeptCall {
  readonly direction: 'in' | 'out';
  readonly callId: string;
  readonly localTag: string;
  readonly remoteTag: string;
  readonly local: string;
  readonly remote: string;
  readonly routes: readonly string[];
  readonly target: string;
  readonly localSequence: number;
  readonly remoteSequence?: number;
  readonly allows?: readonly string[];
  readonly way: KeptWay;
  /** What we said last and was agreed on. */
  readonly sdp?: string;
  readonly session?: SessionInterval & { readonly agoMs: number };
  readonly interval?: SessionTimerSettings;
}

/** `keep` answers what is to be kept of it just then; undefined if it is not up. */
export type Stands = (call: SipCall, keep: () => KeptCall | undefined) => void;

export function keepCall({ dialog, path, media, timer, interval, isUp, isOver }: Talk, direction: KeptCall['direction']): KeptCall | undefined {
  const start = path.standing();
  if (start === undefined || !isUp || isOver()) return undefined;
  const { callId, localTag, remoteTag, local, remote, routes, target, localSequence, remoteSequence, allows } = dialog;
  const { kind, local: here, remote: there } = start.channel;
  const session = timer.standing();
  return {
    direction, callId, localTag, remoteTag, local, remote, routes, target, localSequence,
    ...(remoteSequence === undefined ? {} : { remoteSequence }), ...(allows === undefined ? {} : { allows: [...allows] }),
    way: { kind, local: here, remote: there, ...(start.target === undefined ? { isBehindNat: start.isBehindNat } : { target: start.target }) },
    ...(media.local === undefined ? {} : { sdp: media.local }), ...(session === undefined ? {} : { session }), ...(interval === undefined ? {} : { interval }),
  };
}
