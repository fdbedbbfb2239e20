import type { SipRequest, SipResponse } from '../message/message.ts';
import type { Channel } from '../transport/channel.ts';

/**
 * What happens to a call, in this order: `progress` any number of times, `answered` or `ended`; after the answer the rest.
 * Before the answer there may be an `offered` (of an INVITE of ours without an offer, or by UPDATE), an `acknowledged` (of an
 * offer in `ring`) and an `info`. Nothing comes after `ended`.
 */
export type CallEvent =
  /**
   * Of a call that goes out: 180, 183 and the like; the answer to our offer may be in it already (early media). `allowEvents`:
   * what it may be told with `notify`, in lower case, where it says so.
   */
  | { readonly kind: 'progress'; readonly status: number; readonly sdp?: string; readonly allowEvents?: readonly string[] }
  /** Of a call that goes out. The answer to our offer is that of this 2xx, or else the one that came in a `progress` of the same end. */
  | { readonly kind: 'answered'; readonly sdp?: string; readonly response: SipResponse }
  /** The ACK of our answer (or the PRACK of our `ring`) is there, with an answer where the offer was ours. */
  | { readonly kind: 'acknowledged'; readonly sdp?: string }
  /**
   * The other end changes its media (re-INVITE, UPDATE), or offers some where our INVITE did not. One of the two is called, once
   * and within some seconds; without an offer we make one.
   */
  | { readonly kind: 'offered'; readonly sdp?: string; readonly accept: (sdp: string) => void; readonly refuse: (status: number) => void }
  | { readonly kind: 'info'; readonly contentType: string; readonly body: string }
  /** The other end wants us to call somebody (RFC 3515): accepted ones are told how it goes by `notify`, with a status line's number. */
  | { readonly kind: 'referred'; readonly to: string; readonly replaces?: string; readonly accept: () => (status: number) => void; readonly refuse: (status: number) => void }
  | { readonly kind: 'ended'; readonly why: CallEnd };

export type CallEnd =
  /** A final response that is no 2xx, to an INVITE of ours; without `response` one that we made up: 408 without an answer, 503 without a way. */
  | { readonly kind: 'failed'; readonly status: number; readonly reason: string; readonly q850?: number; readonly response?: SipResponse }
  /** `elsewhere`: somebody else has taken the call (RFC 3326 2: SIP with cause 200). */
  | { readonly kind: 'cancelled'; readonly q850?: number; readonly elsewhere?: boolean }
  /** BYE. */
  | { readonly kind: 'hungUp'; readonly q850?: number }
  | { readonly kind: 'ours' }
  /** No ACK, no refresh of the session in time (RFC 4028), no way to the other end any more, or a dialog that it does not know (481). */
  | { readonly kind: 'lost'; readonly why: 'ack' | 'session' | 'transport' | 'unknown' };

export interface Caller {
  readonly uri: string;
  /** The user part, which for telephones is the number. */
  readonly user: string;
  readonly display?: string;
}

/** What names a dialog (RFC 3261 12), and how the other end wants to be addressed in it. */
export interface DialogName {
  readonly localTag: string;
  readonly remoteTag: string;
  /** The URI of its Contact. */
  readonly target: string;
}

/** One INVITE and the dialog that it made (RFC 3261 12 to 15), whoever began it. */
export interface SipCall {
  readonly callId: string;
  readonly direction: 'in' | 'out';
  /** By which the other end was heard last; of a call that goes out undefined until there is a way to it. */
  readonly channel: () => Channel | undefined;
  /** Of a call that came in: as it came. Of one that goes out: as we began it. */
  readonly invite: SipRequest;
  /** The offer in it, if there is one. */
  readonly sdp?: string;
  /** Of a call that came in: the one in whose place it is to be put (RFC 3891). That one still has to be hung up. */
  readonly replaces?: SipCall;
  readonly from: Caller;
  readonly to: Caller;
  readonly state: () => 'early' | 'up' | 'ended';
  /** Undefined before there is one; of a call that goes out and is not answered yet, that with the end which rang last. */
  readonly dialog: () => DialogName | undefined;
  /** Told in order; what happened before somebody listens is told then. */
  readonly listen: (listener: (event: CallEvent) => void) => void;

  /** Of a call that came in: 180, or 183 with media; reliably (RFC 3262) where the caller wants that. */
  readonly ring: (sdp?: string) => void;
  /** The same description as that of `ring`, if there was one. */
  readonly answer: (sdp: string) => void;
  readonly reject: (status: number, headers?: Readonly<Record<string, string>>) => void;

  /** Whatever state it is in: CANCEL, BYE, or 603 to a call that came in. It ends at once (`ours`), however long the other end takes. */
  readonly hangUp: (cause?: { readonly q850?: number; readonly text?: string }) => void;
  /** Offers other media; two at once are settled as RFC 3261 14.1 has it. 408, 481 and 503 may be made up by us. */
  readonly offer: (sdp: string) => Promise<{ readonly ok: true; readonly sdp: string } | { readonly ok: false; readonly status: number }>;
  /** Answers the status; one INFO after the other. */
  readonly info: (contentType: string, body: string) => Promise<number>;
  /**
   * Tells a telephone by an event what its user could do by hand: `talk` to answer, `hold` to hold. No RFC has it; telephones
   * that take it say so with Allow-Events (RFC 6665 8.2.2). Answers the status, 481 as long as it does not ring.
   */
  readonly notify: (event: string) => Promise<number>;
  /** The other end is known to have come by another channel, though it has said nothing of this call there: what is said to it goes there. */
  readonly moveTo: (channel: Channel) => void;
}
