import type { CodecName } from '../../../telephony/audio/codec.ts';
import type { Carrier } from '../../../telephony/media/order.ts';
import type { CallEnd, SipCall } from '../../../telephony/sip/call/call.ts';
import type { Channel, Target } from '../../../telephony/sip/transport/channel.ts';

/** One way to reach somebody: by a phone that is registered, or by a peer of a trunk. */
export interface Way {
  readonly carrier: Carrier;
  /** What it wants to be offered, the best first; what we have, unless it says so. */
  readonly codecs?: readonly CodecName[];
  /** Who answers by it: whoever calls in as the same may take the leg over. */
  readonly who: string;
  readonly uri: string;
  readonly by: { readonly channel: Channel } | { readonly target: Target };
  /** Who is shown to call, in the form that this way wants. */
  readonly from: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly credentials?: { readonly user: string; readonly password: string };
  /** A phone that has said that it answers when it is told to. */
  readonly isLinked?: boolean;
  /** Where it costs something: all the forms in which its number is written. */
  readonly toll?: readonly string[];
  /** Takes a place on a trunk; undefined where there is none left. What it answers is told what came of it. */
  readonly claim: () => ((end: CallEnd) => void) | undefined;
}

/** Ways that are tried one group after the other, those of a group at once; each is worked out when the one before has failed. */
export type Ways = Iterable<readonly Way[]>;

/** Who is calling, and whether they may. */
export type Admission =
  | {
    readonly ok: true; readonly who: string; readonly caller: string; readonly called: string; readonly codecs?: readonly CodecName[];
    /** The caller's number is what a web page says. */
    readonly unverified?: boolean;
    /** Gives back the place that the call has on a trunk. */
    readonly release: () => void;
  }
  | {
    readonly ok: false; readonly status: number; readonly headers?: Readonly<Record<string, string>>;
    /** Whose call it is, where that is clear. */
    readonly who?: string;
  };

/** Who can be reached how. */
export interface Directory {
  /** A registered phone, or else what that number is outside. */
  readonly phone: (number: string, from: string) => Promise<Ways>;
  readonly number: (number: string, from: string) => Promise<Ways>;
  /** Whether a phone of that number is registered that answers when it is told to. */
  readonly isLinked: (number: string) => boolean;
  /** One that is to take the place of another call (RFC 3891) only has to say truly who it is. */
  readonly admit: (call: SipCall) => Promise<Admission>;
  /** A call of theirs that stood before goes on: takes its place on a trunk again. Undefined where it has none, or there is none left. */
  readonly claimAgain: (who: string) => (() => void) | undefined;
  /** What is said when that trunk asks within a call who we are. */
  readonly credentialsOf: (who: string) => Way['credentials'];
  /** The connection by which the page that goes by this Contact has registered again. */
  readonly wayBackTo: (who: string, contact: string) => Channel | undefined;
}
