import type { SipCall } from '../../../telephony/sip/call/call.ts';
import type { Carrier } from '../../../telephony/media/order.ts';
import type { Attend } from './conversing.ts';
import { isPhoneNamed } from './directory.ts';
import type { Leg, Legs, Media } from './legs.ts';
import type { Admission } from './ways.ts';

export interface TakingOverDependencies {
  readonly legs: Pick<Legs, 'upBy' | 'upIn'>;
  readonly media: Pick<Media, 'perform'>;
  readonly attend: Attend;
  /** The leg has another call now. */
  readonly tookOver: (leg: Leg) => void;
}

export interface TakingOver {
  /** The leg that a call is to take over which does not say so by Replaces: that of the same phone, in the room which it calls (6.1.5.4). */
  readonly wanted: (call: SipCall, who: string) => Leg | undefined;
  readonly takeOver: (call: SipCall, replaced: SipCall, admission: Extract<Admission, { ok: true }>, carrier: Carrier) => Promise<void>;
}

/**
 * A phone that takes a leg over from a call of its own that is up (RFC 3891): the page that was loaded anew, the device beside it. Only
 * the far end is another one: nobody else notices, and nothing is reported.
 */
export function createTakingOver({ legs, media, attend, tookOver }: TakingOverDependencies): TakingOver {
  const takeOver: TakingOver['takeOver'] = async (call, replaced, { who, codecs, release }, carrier) => {
    const leg = legs.upBy(replaced);
    const refuse = (status: number): void => {
      release();
      call.reject(status);
    };
    if (leg === undefined) {
      refuse(481);
      return;
    }
    // RFC 3891 3: nobody but who was there, as far as that was proved.
    if (leg.who === undefined || leg.who !== who) {
      refuse(403);
      return;
    }
    // The first one does it.
    if (leg.isPassing === true) {
      refuse(491);
      return;
    }
    leg.isPassing = true;
    const { sdp } = call;
    const reopened = await media.perform({ kind: 'reopen', leg: leg.id, carrier, ...(sdp === undefined ? {} : { sdp }), ...(codecs === undefined ? {} : { codecs }) });
    leg.isPassing = false;
    if (leg.state !== 'up') {
      refuse(481);
      return;
    }
    if (!reopened.ok || reopened.sdp === undefined) {
      // Where it fails the former call goes on (RFC 3891 3).
      refuse(reopened.ok || reopened.why === 'notAcceptable' ? 488 : 503);
      return;
    }
    leg.call = call;
    attend(leg, call, release);
    call.answer(reopened.sdp);
    replaced.hangUp();
    tookOver(leg);
  };
  // Nobody but phones: what a carrier dials are numbers, whatever they look like.
  return { takeOver, wanted: (call, who) => (isPhoneNamed(who) ? legs.upIn(call.to.user, who) : undefined) };
}
