import type { Agent } from '../agent/agent.ts';
import { queueLive, takes } from '../agent/readiness.ts';
import { CAUSE, MAX_DIVERSIONS, partOf, REASON, type Call, type Offer } from '../call/call.ts';
import type { Choice } from '../call/event.ts';
import { enterFlow } from '../call/ivr.ts';
import { hasRoom, mediaOf } from '../chat/capacity.ts';
import { offer } from '../call/offer.ts';
import { dissolve } from '../call/release.ts';
import { thirdFails, type Purpose } from '../call/third.ts';
import { agentOf, callOf, type Step } from '../centre/step.ts';
import { countReady, firstReady, firstWaiting, waitingCount, type QueueLive } from './live.ts';
import { takeOwn } from './own.ts';

interface Entering {
  readonly enter?: number;
  /** Comes back from an agent who did not take it: goes before the others. */
  readonly returned?: boolean;
}

/** How many of those who came next are told in an explanation. */
const TOLD_NEXT = 3;

/** Why the first of the ready gets it, told before it is taken out of the queue. */
function choiceOf(step: Step, queue: QueueLive): Choice {
  const next: { agent: number; weight: number; readySince: number }[] = [];
  for (const weight of queue.weights) {
    for (const id of queue.ready.get(weight) ?? []) {
      next.push({ agent: id, weight, readySince: agentOf(step, id).since });
      if (next.length > TOLD_NEXT) break;
    }
    if (next.length > TOLD_NEXT) break;
  }
  const [first, ...others] = next;
  return { ready: countReady(queue), weight: first?.weight ?? 0, readySince: first?.readySince ?? 0, next: others, states: { ...queue.states } };
}

/**
 * A call enters a skill queue (5.2.1): to the best of the ready agents at once, else it waits, else it is diverted because
 * nobody is on duty or the queue is full.
 */
export function enqueue(step: Step, call: Call, id: number, entering: Entering = {}): void {
  enqueueAll(step, call, [id], entering);
}

/** Several queues at once (12.3.8.9, reasons 47 and 48): the first is the main one, and whichever has an agent first gets the call. */
export function enqueueAll(step: Step, call: Call, ids: readonly number[], { enter = REASON.normal, returned = false }: Entering = {}): void {
  const { config } = step.centre;
  const known = [...new Set(ids)].filter((id) => config.queues.has(id));
  if (known.length === 0) {
    if (!thirdFails(step, call, CAUSE.noResource)) dissolve(step, call, CAUSE.noResource, { leave: REASON.noResource });
    return;
  }
  for (const [index, id] of known.entries()) {
    step.emit({ type: 'CallQueued', call: call.id, queue: id, enter: index === 0 ? enter : REASON.multiQueue, ...(returned ? { returned } : {}) });
  }
  for (const id of known) {
    const queue = queueLive(step.centre, id);
    const agent = firstReady(queue, suits(step, call));
    if (agent === undefined) continue;
    assign(step, call, queue, agent);
    return;
  }
  for (const id of known) {
    const queue = queueLive(step.centre, id);
    if (queue.members.size === 0) divert(step, call, id, 'noAgents');
    else if (!returned && waitingCount(queue) > (config.queues.get(id)?.maxWaiting ?? 0)) divert(step, call, id, 'busy');
  }
}

/** Of the agents who are ready for sessions, not all have room for one of this kind (6.1.5.2), and one may be who passes it on. */
const mayTake = (call: Call, agent: Agent): boolean => call.medium === 'voice' || (hasRoom(agent, mediaOf(call)) && partOf(call, agent.id) === undefined);

const suits = (step: Step, call: Call): ((agent: number) => boolean) | undefined =>
  (call.medium === 'voice' ? undefined : (agent) => mayTake(call, agentOf(step, agent)));

const HOW: Readonly<Partial<Record<Purpose, Offer['how']>>> = { consult: 'consult', help: 'threeParty', afterSuccess: 'transfer' };
const howOf = ({ third }: Call): Offer['how'] => (third === undefined ? undefined : HOW[third.purpose]) ?? 'queue';

function assign(step: Step, call: Call, queue: QueueLive, agentId: number): void {
  const choice = choiceOf(step, queue);
  takeOut(step, call, queue.id);
  offer(step, call, agentOf(step, agentId), { how: howOf(call), queue: queue.id, choice });
}

/** The call goes to an agent of this queue, and waits in none any more. */
export function takeOut(step: Step, call: Call, queue: number): void {
  const [main] = call.waitingIn;
  for (const other of call.waitingIn.slice()) {
    const leave = other === queue ? REASON.normal : other === main ? REASON.otherQueueAnswered : REASON.multiQueue;
    step.emit({ type: 'CallDequeued', call: call.id, queue: other, leave });
  }
}

type Diverted = 'noAgents' | 'busy' | 'timeOut';

const LEAVES: Readonly<Record<Diverted, { readonly reason: number; readonly cause: number }>> = {
  noAgents: { reason: REASON.noAgent, cause: CAUSE.noAgent },
  busy: { reason: REASON.overflow, cause: CAUSE.queueFull },
  timeOut: { reason: REASON.timeout, cause: CAUSE.timeout },
};

/** 5.2.1: where a call goes that the queue does not keep. */
export function divert(step: Step, call: Call, id: number, why: Diverted): void {
  const { reason, cause } = LEAVES[why];
  const treatment = step.centre.config.queues.get(id)?.treatment;
  step.emit({ type: 'CallDequeued', call: call.id, queue: id, leave: reason });
  // Where it waits in other queues, these still keep it (reason 47).
  if (call.waitingIn.length > 0) return;
  const diversion = treatment?.[why] ?? { kind: 'release' as const };
  step.emit({ type: 'CallDiverted', call: call.id, why });
  const isOver = call.diversions > MAX_DIVERSIONS || diversion.kind === 'release';
  if (!isOver && diversion.kind === 'queue') enqueue(step, call, diversion.queueId, { enter: reason });
  // Whoever is talked to is not sent away because nobody else comes (6.1.2.5, 6.1.2.11).
  else if (thirdFails(step, call, cause)) return;
  else if (isOver || diversion.kind === 'queue') dissolve(step, call, cause, { leave: reason });
  else enterFlow(step, call, String(diversion.flowId), { enter: reason });
}

/** A call has waited for the longest time that a queue allows. */
export function waitTimeout(step: Step, callId: string, queue: number): void {
  divert(step, callOf(step, callId), queue, 'timeOut');
}

/** An agent has become ready: whoever waits for this agent alone, else the first call of the most important queue, by the agent's own order of skills (5.1.5). */
export function assignTo(step: Step, agent: Agent): void {
  if (takeOwn(step, agent)) return;
  let best: { queue: QueueLive; weight: number; call: Call } | undefined;
  for (const { queueId, skillWeight } of agent.skills) {
    const queue = step.centre.queues.get(queueId);
    if (queue === undefined || !takes(agent, step.centre.config.queues.get(queueId)?.media ?? 0)) continue;
    const call = firstFor(step, queue, agent);
    if (call === undefined) continue;
    const isBetter = best === undefined || skillWeight > best.weight
      || (skillWeight === best.weight && (call.queuedAt ?? 0) < (best.call.queuedAt ?? 0));
    if (isBetter) best = { queue, weight: skillWeight, call };
  }
  if (best === undefined) return;
  assign(step, best.call, best.queue, agent.id);
  // Of sessions, as many as there is room for.
  if (best.call.medium === 'chat') assignTo(step, agent);
}

/** The first call of a queue, or of sessions the first for which the agent has room. */
function firstFor(step: Step, queue: QueueLive, agent: Agent): Call | undefined {
  const first = firstWaiting(queue, (id) => mayTake(callOf(step, id), agent));
  return first === undefined ? undefined : callOf(step, first);
}
