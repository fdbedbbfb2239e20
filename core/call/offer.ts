import { type Step, agentOf, callOf, nextLegId } from '../centre/step.ts';
import { enqueue } from '../queue/routing.ts';
import type { Agent } from '../agent/agent.ts';
import { afterCall } from '../agent/after-call.ts';
import { REASON, type Call, type Offer } from './call.ts';
import { CAUSE } from './call.ts';
import type { Choice } from './event.ts';
import { dissolve } from './release.ts';
import { RING_MS } from './timers.ts';

export interface OfferOf {
  readonly how: Offer['how'];
  readonly queue?: number;
  readonly enter?: number;
  readonly choice?: Choice;
}

/** Rings the agent's phone where it is on hook; where it is up, the software answers or rings at once (6.1.2.3). */
export function offer(step: Step, call: Call, agent: Agent, { how, queue, enter = REASON.normal, choice }: OfferOf): void {
  if (agent.state !== 'occupied') step.emit({ type: 'AgentMoved', agent: agent.id, to: 'occupied', cause: 'offered' });
  step.emit({
    type: 'CallOffered', call: call.id, agent: agent.id, how, enter,
    ...(queue === undefined ? {} : { queue }), ...(choice === undefined ? {} : { choice }),
  });
  if (call.medium === 'chat') ring(step, call, agent);
  else withPhone(step, agent, () => { ring(step, call, agent); });
}

/** Goes on at once where the agent's phone is up; else dials it, and `legAnswered` goes on. */
export function withPhone(step: Step, agent: Agent, go: () => void): void {
  const leg = agent.leg === undefined ? undefined : step.centre.legs.get(agent.leg);
  if (leg?.state === 'up') go();
  else if (leg === undefined) {
    step.emit({ type: 'LegBegan', leg: nextLegId(step), agent: agent.id, direction: 'out', phone: agent.profile.phone, ringMs: RING_MS });
  }
}

/** The agent's phone is up: Auto_Answer or Ringing (6.5.1). */
export function ring(step: Step, call: Call, agent: Agent): void {
  step.emit({ type: 'OfferRang', call: call.id, agent: agent.id });
  if (agent.profile.autoAnswer) join(step, call, agent, 'auto');
  else step.emit({ type: 'AgentMoved', agent: agent.id, to: 'ringing', cause: 'alerted' });
}

/** The agent takes the call that is offered. */
export function join(step: Step, call: Call, agent: Agent, how: 'auto' | 'manual'): void {
  const role = call.offer?.how === 'consult' || call.offer?.how === 'threeParty' ? 'assistant' : 'main';
  step.emit({ type: 'AgentMoved', agent: agent.id, to: 'talking', cause: 'connected' });
  step.emit({ type: 'AgentJoined', call: call.id, agent: agent.id, role, how });
}

export type OfferEnd = 'unanswered' | 'rejected' | 'withdrawn' | 'phone';

const LEAVE: Readonly<Record<OfferEnd, number>> = {
  unanswered: REASON.noAnswer, rejected: REASON.agentRejected, withdrawn: REASON.customerReleased, phone: REASON.noAnswer,
};

/** 12.3.8.12 type 3: a call that was not answered makes the agent busy for this reason, so that the next one goes elsewhere. */
export const BUSY_UNANSWERED = 2;

/**
 * The agent does not get the call: not answered, rejected (6.1.2.22), withdrawn, or the phone cannot be reached. Who did
 * not answer becomes busy, as the call would come back at once otherwise.
 */
export function endOffer(step: Step, call: Call, why: OfferEnd): void {
  const ended = call.offer;
  if (ended === undefined) return;
  step.emit({ type: 'OfferEnded', call: call.id, agent: ended.agent, why, leave: LEAVE[why] });
  const agent = step.centre.agents.get(ended.agent);
  if (agent !== undefined) {
    if (why === 'unanswered' || why === 'phone') step.emit({ type: 'AgentPended', agent: agent.id, pending: { kind: 'busy', reason: BUSY_UNANSWERED } });
    afterCall(step, agent);
  }
}

/** What becomes of a call whose offer came to nothing: back to the head of its queue, or the end. */
export function reroute(step: Step, call: Call, queue: number | undefined, why: OfferEnd): void {
  if (queue !== undefined && step.centre.config.queues.has(queue)) enqueue(step, call, queue, { returned: true, enter: REASON.noAnswer });
  else dissolve(step, call, why === 'rejected' ? CAUSE.agentRejected : CAUSE.agentUnanswered);
}

/** The time for an answer is over. */
export function answerTimeout(step: Step, callId: string): void {
  const call = callOf(step, callId);
  const { offer: timedOut } = call;
  if (timedOut === undefined) return;
  endOffer(step, call, 'unanswered');
  reroute(step, call, timedOut.queue, 'unanswered');
}

/** 6.1.2.3: the agent answers. */
export function answer(step: Step, agentId: number, call: Call): void {
  join(step, call, agentOf(step, agentId), 'manual');
}
