import type { Pending, Agent } from '../agent/agent.ts';
import { afterCall } from '../agent/after-call.ts';
import { isRefused, refused, type Refused } from '../centre/refused.ts';
import { callOf, nextLegId, type Step } from '../centre/step.ts';
import { enqueue } from '../queue/routing.ts';
import { CAUSE, REASON, type Call, type Offer } from './call.ts';
import { farAnswered } from './dial.ts';
import type { CallEvent, Choice } from './event.ts';
import { calleeFails } from './inner.ts';
import { dissolve } from './release.ts';
import { thirdComes, thirdFails } from './third.ts';
import { RING_MS } from './timers.ts';

export interface OfferOf {
  readonly how: Offer['how'];
  readonly queue?: number;
  readonly enter?: number;
  readonly choice?: Choice;
}

/** Rings the agent's phone where it is on hook; where it is up, the software answers or rings at once (6.1.2.3). */
export function offer(step: Step, call: Call, agent: Agent, { how, queue, enter = REASON.normal, choice }: OfferOf): void {
  // One more session does not change what an agent does who writes already (6.1.5).
  if (agent.state !== 'occupied' && (call.medium === 'voice' || agent.state === 'idle')) step.emit({ type: 'AgentMoved', agent: agent.id, to: 'occupied', cause: 'offered' });
  step.emit({
    type: 'CallOffered', call: call.id, agent: agent.id, how, enter,
    ...(queue === undefined ? {} : { queue }), ...(choice === undefined ? {} : { choice }),
  });
  if (call.medium === 'chat') ring(step, call, agent);
  else withPhone(step, agent, () => { ring(step, call, agent); });
}

/**
 * Goes on at once where the agent's phone is up; else `phoneAnswered` goes on when it is. A phone that is being hung up is
 * rung again when it is down, by `phoneDown`.
 */
export function withPhone(step: Step, agent: Agent, go: () => void): void {
  const leg = agent.leg === undefined ? undefined : step.centre.legs.get(agent.leg);
  if (leg?.state === 'up') go();
  else if (leg === undefined) {
    step.emit({ type: 'LegBegan', leg: nextLegId(step), agent: agent.id, direction: 'out', phone: agent.profile.phone, ringMs: RING_MS });
  }
}

/** The agent's phone is up: Auto_Answer or Ringing (6.5.1), but of a call that the agent has taken with the phone. */
export function ring(step: Step, call: Call, agent: Agent): void {
  step.emit({ type: 'OfferRang', call: call.id, agent: agent.id });
  if (agent.profile.autoAnswer) join(step, call, agent, 'auto');
  else if (call.offer?.taken === true) join(step, call, agent, 'manual');
  else if (call.medium === 'voice' || agent.state === 'occupied') step.emit({ type: 'AgentMoved', agent: agent.id, to: 'ringing', cause: 'alerted' });
}

/** The agent takes the call that is offered. */
export function join(step: Step, call: Call, agent: Agent, how: 'auto' | 'manual'): void {
  const role = call.third?.purpose === 'consult' || call.third?.purpose === 'help' ? 'assistant' : 'main';
  // A session that is answered beside a call does not change what the agent does on the phone.
  const isBeside = call.medium === 'chat' && agent.call !== undefined;
  if (agent.state !== 'talking' && !isBeside) step.emit({ type: 'AgentMoved', agent: agent.id, to: 'talking', cause: 'connected' });
  step.emit({ type: 'AgentJoined', call: call.id, agent: agent.id, role, how });
  farAnswered(step, call);
  thirdComes(step, call);
}

export type OfferEnd = Extract<CallEvent, { type: 'OfferEnded' }>['why'];

/** Reasons for which an agent is made busy (12.3.8.12, type 3). */
export const BUSY = { unanswered: 2, noPhone: 5, rejected: 7 } as const;

interface Ending {
  readonly leave: number;
  /** The agent becomes busy for this reason, as the next call would come at once otherwise. */
  readonly busy?: number;
}

const ENDINGS: Readonly<Record<OfferEnd, Ending>> = {
  unanswered: { leave: REASON.noAnswer, busy: BUSY.unanswered },
  rejected: { leave: REASON.agentRejected, busy: BUSY.rejected },
  phone: { leave: REASON.noAnswer, busy: BUSY.noPhone },
  withdrawn: { leave: REASON.customerReleased },
  pickedUp: { leave: REASON.pickedUp },
};

/** Where the agent goes who does not get the call; what the agent has asked for itself comes before. */
function pendingAfter({ found }: Offer, { busy }: Ending): Pending | undefined {
  if (busy !== undefined) return { kind: 'busy', reason: busy };
  if (found === 'busy') return { kind: 'busy', reason: 0 };
  return found === 'idle' ? { kind: 'idle' } : undefined;
}

/** The agent does not get the call that is offered, and goes back where it came from unless `then` says otherwise. */
export function endOffer(step: Step, call: Call, why: OfferEnd, then?: Pending): void {
  const { offer: ended } = call;
  if (ended === undefined) return;
  step.emit({ type: 'OfferEnded', call: call.id, agent: ended.agent, why, leave: ENDINGS[why].leave });
  const agent = step.centre.agents.get(ended.agent);
  if (agent === undefined) return;
  const pending = agent.pending ?? then ?? pendingAfter(ended, ENDINGS[why]);
  // Who has other sessions yet goes on with them (6.1.5).
  const isFree = agent.chats.length === 0 && agent.chatOffers.length === 0;
  if (pending !== agent.pending && (isFree || pending?.kind !== 'idle')) step.emit({ type: 'AgentPended', agent: agent.id, pending });
  afterCall(step, agent);
}

/** The offer comes to nothing, and the call goes on elsewhere or is over. */
export function failOffer(step: Step, call: Call, why: OfferEnd): void {
  const { offer: failed } = call;
  if (failed === undefined) return;
  endOffer(step, call, why);
  reroute(step, call, failed, why);
}

/** What becomes of a call whose offer came to nothing: back to the head of its queue, or the end. */
export function reroute(step: Step, call: Call, { how, queue }: Offer, why: OfferEnd): void {
  const cause = why === 'rejected' ? CAUSE.agentRejected : CAUSE.agentUnanswered;
  if (how === 'internal') calleeFails(step, call, cause);
  else if (call.third?.to.device === 'agent') thirdFails(step, call, cause);
  else if (queue !== undefined && step.centre.config.queues.has(queue)) enqueue(step, call, queue, { returned: true, enter: ENDINGS[why].leave });
  else if (!thirdFails(step, call, cause)) dissolve(step, call, cause, { leave: ENDINGS[why].leave });
}

/** The time for an answer is over. */
export function answerTimeout(step: Step, callId: string): void {
  failOffer(step, callOf(step, callId), 'unanswered');
}

/** The call that rings at the agent; `callId` is what the client takes it for. */
export function ringingAt(step: Step, agent: Agent, callId: string | undefined): Call | Refused {
  const [session, ...others] = agent.chatOffers;
  if (callId !== undefined && agent.chatOffers.includes(callId)) return callOf(step, callId);
  if (agent.call === undefined && session !== undefined) {
    if (callId !== undefined) return refused('notYours', callId);
    return others.length === 0 ? callOf(step, session) : refused('wrongState', 'several sessions ring: callid says which');
  }
  if (agent.call === undefined) return refused('noCall');
  const call = callOf(step, agent.call);
  if (call.offer?.agent !== agent.id) return refused('wrongState', agent.state);
  if (callId !== undefined && callId !== call.id) return refused('notYours', callId);
  return call;
}

/** 6.1.2.3: the agent answers. */
export function answer(step: Step, agent: Agent, callId?: string): Refused | undefined {
  const call = ringingAt(step, agent, callId);
  if (isRefused(call)) return call;
  if (call.offer?.ringing !== true) return refused('wrongState', agent.state);
  join(step, call, agent, 'manual');
  return undefined;
}
