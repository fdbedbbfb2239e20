import type { PhoneState } from '../phone/machine.ts';
import type { DeskCall, DeskNow } from './keeper.ts';

/* What can be done with the calls at a desk, as the server says that they stand. */

export interface Hands {
  /** The call that rings, is dialled or talked in. */
  readonly inHand: DeskCall | undefined;
  readonly held: readonly DeskCall[];
  readonly chats: readonly DeskCall[];
}

export function handsOf(calls: readonly DeskCall[] = []): Hands {
  const spoken = calls.filter(({ media }) => media !== 'text');
  return { inHand: spoken.find(({ stage }) => stage !== 'held'), held: spoken.filter(({ stage }) => stage === 'held'), chats: calls.filter(({ media }) => media === 'text') };
}

/** A conference of 6.1.6, which is no call of a customer's, nor one to a colleague. */
export const isMeeting = ({ direction, called, about }: DeskCall): boolean => direction === 'internal' && called === '' && about === null;

/** Whom a call is about: who called in, or was called; among agents the colleague. */
export const customerOf = ({ direction, caller, called, parties }: DeskCall): string => {
  const customer = parties.find(({ kind }) => kind === 'customer') ?? (direction === 'internal' ? parties[0] : undefined);
  return customer?.no ?? (direction === 'in' ? caller : called);
};

/** The call of which it is to be noted what came of it: the one that is talked in, else one that waits, else the last; of a consultation that the agent asked for, the one that it is about. */
export function notableOf({ calls, lastCall }: Pick<DeskNow, 'calls' | 'lastCall'>): DeskNow['lastCall'] {
  const { inHand, held } = handsOf(calls);
  const talk = [inHand, ...held].find((call) => call !== undefined && call.talkedAt !== null && !isMeeting(call));
  if (talk === undefined) return lastCall;
  const call = calls.find(({ callId }) => callId === talk.about) ?? talk;
  return { callId: call.callId, number: customerOf(call) };
}

export interface Abilities {
  readonly answer: boolean;
  readonly reject: boolean;
  readonly hangUp: boolean;
  readonly hold: boolean;
  readonly mute: boolean;
  readonly keys: boolean;
  readonly record: boolean;
  readonly transfer: boolean;
  /** A colleague beside the customer: alone with the agent first, or all three. */
  readonly consult: boolean;
  /** Somebody has been asked for, and can be sent away again: a number outside, or a colleague. */
  readonly comeBack: 'transfer' | 'consultation' | undefined;
  /** The held call whose people can be joined to the one in hand. */
  readonly join: string | undefined;
  /** A conference of several can be begun from here. */
  readonly meet: boolean;
  readonly dial: boolean;
}

const NOTHING: Abilities = {
  answer: false, reject: false, hangUp: false, hold: false, mute: false, keys: false, record: false, transfer: false, consult: false, comeBack: undefined, join: undefined, meet: false, dial: false,
};

const MAY_DIAL: ReadonlySet<DeskNow['agent']['state']> = new Set(['idle', 'busy', 'wrapUp', 'held', 'rest', 'study']);

export function abilitiesOf({ calls, agent }: Pick<DeskNow, 'calls' | 'agent'>): Abilities {
  const { inHand, held } = handsOf(calls);
  if (inHand === undefined) return { ...NOTHING, dial: MAY_DIAL.has(agent.state), meet: agent.state === 'idle' };
  const { stage, parties } = inHand;
  if (stage === 'ringing') return { ...NOTHING, answer: true, reject: true };
  if (stage === 'dialling') return { ...NOTHING, hangUp: true, comeBack: inHand.about === null ? undefined : 'consultation' };
  if (stage === 'listening') return { ...NOTHING, hangUp: true };
  const talks = { hangUp: true, mute: true, record: true, keys: true } as const;
  if (isMeeting(inHand)) return { ...NOTHING, ...talks, keys: false };
  const [first] = held;
  const outside = parties.find(({ kind }) => kind === 'number');
  const isSimple = stage === 'talking' && inHand.about === null && outside === undefined && inHand.consultation === null;
  const waitsFor = inHand.about ?? first?.callId;
  const comeBack = inHand.about === null ? (outside === undefined || !parties.some(({ kind }) => kind === 'customer') ? undefined : 'transfer') : 'consultation';
  return {
    ...NOTHING, ...talks, hold: isSimple, transfer: isSimple, consult: isSimple && parties.some(({ kind }) => kind === 'customer'),
    comeBack, join: stage === 'talking' ? waitsFor : undefined, meet: isSimple && !inHand.isMuted,
  };
}

/** Why no calls come, in the order in which it matters; nothing where they do. */
export type Hindrance = 'busy' | 'rest' | 'wrapUp' | 'study' | 'talking' | 'takesNone' | 'noQueues' | 'noMicrophone' | 'noPhone';

/** 12.3.8.12: busy that the centre has made. */
export const MADE_BUSY = { 2: 'unanswered', 5: 'noPhone', 7: 'rejected' } as const;

export function hindrancesOf({ agent, queues }: DeskNow, phone: Pick<PhoneState, 'line' | 'microphone'> | undefined): readonly Hindrance[] {
  const hindrances: Hindrance[] = [];
  if (agent.state === 'busy' || agent.state === 'rest' || agent.state === 'wrapUp' || agent.state === 'study') hindrances.push(agent.state);
  else if (agent.state !== 'idle') hindrances.push('talking');
  if (phone?.microphone === 'missing') hindrances.push('noMicrophone');
  if (phone !== undefined && phone.line !== 'up') hindrances.push('noPhone');
  if (!agent.takesCalls) hindrances.push('takesNone');
  if (queues.length === 0) hindrances.push('noQueues');
  return hindrances;
}

/** How an agent becomes ready from here: there is another operation for each state (6.1.1.9 to 6.1.1.15). */
export function wayToReady({ state, next }: DeskNow['agent']): 'sayFree' | 'cancelBusy' | 'cancelRest' | undefined {
  if (state === 'rest' || next === 'rest') return 'cancelRest';
  if (state === 'busy' || next === 'busy') return 'cancelBusy';
  return state === 'wrapUp' || state === 'study' ? 'sayFree' : undefined;
}
