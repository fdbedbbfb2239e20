import { CAUSE } from '@parley/core/call/call.ts';
import type { Carrier, PictureCodec } from '../../../telephony/media/order.ts';
import type { CallEvent, SipCall } from '../../../telephony/sip/call/call.ts';
import { endCause } from './causes.ts';
import type { Leg, Legs, Media } from './legs.ts';
import type { Traffic } from './traffic.ts';
import type { Admission } from './ways.ts';

/** What phones call keys in INFO (application/dtmf-relay and application/dtmf), which no RFC describes. */
const KEY = /^(?:Signal\s*=\s*)?([0-9*#A-D]|1[01])\s*$/im;
const NUMBERED: Readonly<Record<string, string>> = { 10: '*', 11: '#' };

export interface ConversingDependencies {
  readonly legs: Legs;
  readonly media: Pick<Media, 'perform'>;
  readonly pressed: (leg: string, key: string) => void;
  /** What pictures there are now. */
  readonly negotiated: (leg: Leg, picture: PictureCodec | undefined) => void;
  /** The other end knows that it has been answered. */
  readonly acknowledged: (leg: Leg) => void;
}

/** What a call tells that is a leg. */
export type Converse = (leg: Leg, call: SipCall, event: CallEvent) => void;

/** What happens to a call that is a leg: media that change, keys, its end. */
export function createConversing({ legs, media, pressed, negotiated, acknowledged }: ConversingDependencies): Converse {
  const renegotiate = async (leg: Leg, { sdp, accept, refuse }: Extract<CallEvent, { kind: 'offered' }>): Promise<void> => {
    const answered = await media.perform(sdp === undefined ? { kind: 'offer', leg: leg.id } : { kind: 'answer', leg: leg.id, sdp });
    if (!answered.ok || answered.sdp === undefined) {
      refuse(488);
      return;
    }
    accept(answered.sdp);
    if (sdp !== undefined) negotiated(leg, answered.picture);
  };

  const take = async (leg: Leg, sdp: string): Promise<void> => {
    const accepted = await media.perform({ kind: 'accept', leg: leg.id, sdp });
    if (accepted.ok) negotiated(leg, accepted.picture);
  };

  return (leg, call, event) => {
    // Another one has taken its place, and it is being hung up on.
    if (leg.call !== call) {
      if (event.kind === 'offered' || event.kind === 'referred') event.refuse(481);
      return;
    }
    switch (event.kind) {
      case 'offered':
        // It would be answered for the one that comes.
        if (leg.isPassing === true) event.refuse(491);
        else void renegotiate(leg, event);
        return;
      case 'acknowledged':
        if (event.sdp !== undefined) void take(leg, event.sdp);
        acknowledged(leg);
        return;
      case 'info': {
        const [, key] = KEY.exec(event.body) ?? [];
        if (key !== undefined && event.contentType.toLowerCase().startsWith('application/dtmf')) pressed(leg.id, NUMBERED[key] ?? key.toUpperCase());
        return;
      }
      // Transfers are made by the agent's desktop (6.1.2.11), which knows the call; a phone's own would take the customer away from it.
      case 'referred':
        event.refuse(603);
        return;
      case 'ended':
        legs.end(leg, endCause(event.why, leg.direction, leg.state === 'up'));
        return;
      case 'progress':
      case 'answered':
        return;
      default:
        event satisfies never;
    }
  };
}

/** Listens to a call that came in and is a leg now; what it holds is given back when it ends. */
export type Attend = (leg: Leg, call: SipCall, release: () => void) => void;

export const createAttend = (converse: Converse): Attend => (leg, call, release) => {
  call.listen((event) => {
    if (event.kind === 'ended') release();
    converse(leg, call, event);
  });
};

export interface ArrivingDependencies {
  readonly legs: Legs;
  readonly media: Pick<Media, 'perform'>;
  readonly attend: Attend;
  readonly newName: () => string;
  readonly traffic?: Pick<Traffic, 'came' | 'rang'> | undefined;
}

export interface Arriving {
  /** A call that may come in. */
  readonly arrive: (call: SipCall, admission: Extract<Admission, { ok: true }>, carrier: Carrier) => Promise<void>;
  readonly answer: (leg: Leg) => Promise<boolean>;
}

/** Calls that come in, until they are answered. */
export function createArriving({ legs, media, attend, newName, traffic }: ArrivingDependencies): Arriving {
  return {
    arrive: async (call, { who, caller, called, unverified = false, codecs, release }, carrier) => {
      const leg = legs.begin({ id: newName(), direction: 'in', caller, called });
      leg.call = call;
      leg.who = who;
      leg.terms = codecs === undefined ? {} : { codecs };
      traffic?.came(leg);
      attend(leg, call, release);
      const opened = await media.perform({ kind: 'open', leg: leg.id, carrier, ...(codecs === undefined ? {} : { codecs }) });
      // Whoever gave up meanwhile has never come, as far as anybody is told.
      if (leg.state !== 'ringing') return;
      if (!opened.ok) {
        call.reject(503);
        legs.end(leg, CAUSE.noResource);
        return;
      }
      call.ring();
      traffic?.rang(leg);
      legs.report({ kind: 'incoming', leg: leg.id, caller, called, ...(unverified ? { unverified } : {}) });
    },
    answer: async (leg) => {
      const { call } = leg;
      if (call === undefined) return false;
      const { sdp } = call;
      const answered = await media.perform(sdp === undefined ? { kind: 'offer', leg: leg.id } : { kind: 'answer', leg: leg.id, sdp });
      if (leg.state !== 'ringing') return true;
      if (!answered.ok || answered.sdp === undefined) {
        call.reject(488);
        legs.end(leg, CAUSE.noResource);
        return false;
      }
      call.answer(answered.sdp);
      legs.isUp(leg);
      return true;
    },
  };
}
