import { afterCall } from '../agent/after-call.ts';
import type { Agent } from '../agent/agent.ts';
import { agentsOf, CAUSE, customersOf, partOf, REASON, type Call } from '../call/call.ts';
import { withPhone } from '../call/offer.ts';
import { isQuiet } from '../call/third.ts';
import { refused, type Refused } from '../centre/refused.ts';
import { nextCallId, type Step } from '../centre/step.ts';
import { CODE, freeChannels, MAX_SEATS, of, type Conference } from './conference.ts';
import { arrives, known, nothingToWrapUp } from './participants.ts';

export interface Application {
  readonly seats: number;
  readonly minutes: number;
  readonly promptMinutes: number;
  /** What invited phones see: the tenant's own number unless the client names one. */
  readonly caller: string;
  readonly tone?: string;
}

/** 21203: with fewer free channels there would be nobody to confer with. */
const LEAST_CHANNELS = 3;

/**
 * 6.1.6.1: a call that simply talks. Who holds or has muted it, was called in to it, or is about to pass it on, cannot make
 * a conference of it; nor can anybody while somebody in it is being rung.
 */
function isStable(call: Call, agent: Agent): boolean {
  const own = partOf(call, agent.id);
  const isSimple = call.medium === 'voice' && isQuiet(call) && call.about === undefined && call.consultation === undefined;
  if (!isSimple || own === undefined || own.muted || agent.held.length > 0) return false;
  const isCalledIn = own.role === 'assistant' && call.parts.length > 2;
  return !isCalledIn && call.parts.every((part) => (part.kind === 'customer' ? part.connected && part.leg !== undefined : !part.held));
}

/** Why there cannot be a conference now, by the codes of Table 6-450. */
function obstacleTo({ centre }: Step, agent: Agent, call: Call | undefined, { seats }: Application): number | undefined {
  if (agent.conference !== undefined) return CODE.elsewhere;
  const isFree = agent.state === 'idle' && agent.call === undefined;
  const isTalking = agent.state === 'talking' && call !== undefined && isStable(call, agent);
  if (agent.chats.length > 0 || !(isFree || isTalking)) return CODE.wrongState;
  if (isFree && agent.profile.phone === '') return CODE.notSeized;
  if (freeChannels(centre) < LEAST_CHANNELS) return CODE.tooFewChannels;
  if (seats > MAX_SEATS) return CODE.tooManySeats;
  if (seats > (centre.config.limits.voiceChannels ?? Infinity) || seats < (call?.parts.length ?? 1)) return CODE.voiceLimit;
  return undefined;
}

/**
 * 6.1.6.1: only a client that may do nothing before its password is changed is refused at once; of everything else it
 * hears by an event.
 */
export function request(step: Step, agent: Agent, application: Application): Refused | undefined {
  if (agent.profile.mustChangePassword) return refused('mustChangePassword', 'the password must be changed first');
  const call = agent.call === undefined ? undefined : step.centre.calls.get(agent.call);
  const obstacle = obstacleTo(step, agent, call, application);
  if (obstacle !== undefined) {
    step.emit({ type: 'ConferenceFailed', agent: agent.id, cause: obstacle });
    return undefined;
  }
  const { seats, minutes, promptMinutes, caller, tone } = application;
  const id = step.centre.given.conference + 1;
  step.emit({
    type: 'ConferenceRequested', conference: id, call: nextCallId(step), agent: agent.id, seats, minutes, promptMinutes: Math.min(promptMinutes, minutes - 1),
    ...(tone === undefined ? {} : { tone }), personal: { caller },
  });
  const conference = known(step, id);
  if (call !== undefined) {
    takeOver(step, conference, call);
    return undefined;
  }
  step.emit({ type: 'AgentMoved', agent: agent.id, to: 'occupied', cause: 'conference' });
  withPhone(step, agent, () => { begin(step, conference, agent); });
  return undefined;
}

/** The chair's phone is up. */
export function begin(step: Step, conference: Conference, agent: Agent): void {
  step.emit({ type: 'AgentMoved', agent: agent.id, to: 'talking', cause: 'conference' });
  arrives(step, conference, { participant: 1, agent: agent.id, deviceCallType: 0, deviceType: 0, mode: 'both' });
  step.emit({ type: 'ConferenceStarted', ...of(conference), agent: agent.id });
}

/** The parties of a call become participants, and the call is over; whoever had muted the call listens only. */
function takeOver(step: Step, conference: Conference, call: Call): void {
  const plain = { deviceCallType: 0, deviceType: 0 } as const;
  const isToErase = step.centre.toErase.has(call.id);
  for (const part of agentsOf(call)) {
    step.emit({ type: 'AgentLeft', call: call.id, agent: part.agent, why: 'merged', leave: REASON.conference });
    const participant = part.agent === conference.chair ? 1 : conference.given.participant + 1;
    arrives(step, conference, { ...plain, participant, agent: part.agent, mode: part.muted ? 'listens' : 'both' });
  }
  for (const { leg, number } of customersOf(call)) {
    step.emit({ type: 'CustomerLeft', call: call.id, leg, by: 'merged', cause: CAUSE.conference, personal: { number } });
    if (leg !== undefined) arrives(step, conference, { ...plain, participant: conference.given.participant + 1, leg, personal: { number }, mode: 'both' });
  }
  step.emit({ type: 'CallEnded', call: call.id, cause: CAUSE.conference });
  if (isToErase) step.emit({ type: 'ErasureAwaited', call: conference.call });
  step.emit({ type: 'ConferenceStarted', ...of(conference), agent: conference.chair });
}

/** The application comes to nothing; the agent is free again. */
export function fail(step: Step, conference: Conference, cause: number): void {
  step.emit({ type: 'ConferenceFailed', ...of(conference), agent: conference.chair, cause });
  const agent = step.centre.agents.get(conference.chair);
  if (cause === CODE.signedOut) return;
  nothingToWrapUp(step, conference.chair);
  if (agent !== undefined) afterCall(step, agent);
}
