import type { CallEvent, SipCall } from '../../../telephony/sip/call/call.ts';
import { CAUSE } from '@parley/core/call/call.ts';
import { endCause } from './causes.ts';
import type { Leg, Legs, Media } from './legs.ts';

/** What phones call keys in INFO (application/dtmf-relay and application/dtmf), which no RFC describes. */
const KEY = /^(?:Signal\s*=\s*)?([0-9*#A-D]|1[01])\s*$/im;
const NUMBERED: Readonly<Record<string, string>> = { 10: '*', 11: '#' };

export interface ConversingDependencies {
  readonly legs: Legs;
  readonly media: Pick<Media, 'perform'>;
  readonly pressed: (leg: string, key: string) => void;
}

/** What happens to a call that is a leg: media that change, keys, its end. */
export function createConversing({ legs, media, pressed }: ConversingDependencies): (leg: Leg, event: CallEvent) => void {
  const renegotiate = async (leg: Leg, { sdp, accept, refuse }: Extract<CallEvent, { kind: 'offered' }>): Promise<void> => {
    const answered = await media.perform(sdp === undefined ? { kind: 'offer', leg: leg.id } : { kind: 'answer', leg: leg.id, sdp });
    if (answered.ok && answered.sdp !== undefined) accept(answered.sdp);
    else refuse(488);
  };

  return (leg, event) => {
    switch (event.kind) {
      case 'offered':
        void renegotiate(leg, event);
        return;
      case 'acknowledged':
        if (event.sdp !== undefined) void media.perform({ kind: 'accept', leg: leg.id, sdp: event.sdp });
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

export interface ArrivingDependencies extends ConversingDependencies {
  readonly converse: (leg: Leg, event: CallEvent) => void;
  readonly newName: () => string;
}

export interface Arriving {
  /** A call that may come in. */
  readonly arrive: (call: SipCall, caller: string, called: string, carrier: 'rtp' | 'webrtc') => Promise<void>;
  readonly answer: (leg: Leg) => Promise<boolean>;
}

/** Calls that come in, until they are answered. */
export function createArriving({ legs, media, converse, newName }: Omit<ArrivingDependencies, 'pressed'>): Arriving {
  return {
    arrive: async (call, caller, called, carrier) => {
      const leg = legs.begin({ id: newName(), direction: 'in', caller, called });
      leg.call = call;
      call.listen((event) => { converse(leg, event); });
      if (leg.state === 'gone') return;
      const opened = await media.perform({ kind: 'open', leg: leg.id, carrier });
      if (!opened.ok) {
        call.reject(503);
        legs.end(leg, CAUSE.noResource);
        return;
      }
      call.ring();
      legs.report({ kind: 'incoming', leg: leg.id, caller, called });
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
