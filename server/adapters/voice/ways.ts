import type { Carrier } from '../../../telephony/media/order.ts';
import type { CallEnd, SipCall } from '../../../telephony/sip/call/call.ts';
import type { Channel, Target } from '../../../telephony/sip/transport/channel.ts';

/** One way to reach somebody: by a phone that is registered, or by a peer of a trunk. */
export interface Way {
  readonly carrier: Carrier;
  readonly uri: string;
  readonly by: { readonly channel: Channel } | { readonly target: Target };
  /** Who is shown to call, in the form that this way wants. */
  readonly from: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly credentials?: { readonly user: string; readonly password: string };
  /** A phone that has said that it answers when it is told to. */
  readonly isLinked?: boolean;
  /** Takes a place on a trunk; undefined where there is none left. What it answers is told what came of it. */
  readonly claim: () => ((end: CallEnd) => void) | undefined;
}

/** Ways that are tried one group after the other, those of a group at once; each is worked out when the one before has failed. */
export type Ways = Iterable<readonly Way[]>;

/** Who is calling, and whether they may. */
export type Admission =
  | { readonly ok: true; readonly caller: string; readonly called: string }
  | { readonly ok: false; readonly status: number; readonly headers?: Readonly<Record<string, string>> };

/** Who can be reached how. */
export interface Directory {
  /** A registered phone, or else what that number is outside. */
  readonly phone: (number: string, from: string) => Promise<Ways>;
  readonly number: (number: string, from: string) => Promise<Ways>;
  /** Whether a phone of that number is registered that answers when it is told to. */
  readonly isLinked: (number: string) => boolean;
  readonly admit: (call: SipCall) => Promise<Admission>;
}
