import type { Agent } from '../agent/agent.ts';
import { queueLive, takes } from '../agent/readiness.ts';
import { CAUSE, MAX_DIVERSIONS, REASON, type Call } from '../call/call.ts';
import type { Choice } from '../call/event.ts';
import { enterFlow } from '../call/ivr.ts';
import { offer } from '../call/offer.ts';
import { dissolve } from '../call/release.ts';
import { agentOf, callOf, type Step } from '../centre/step.ts';
import { countReady, firstReady, firstWaiting, waitingCount, type QueueLive } from './live.ts';

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
export function enqueue(step: Step, call: Call, id: number, { enter = REASON.normal, returned = false }: Entering = {}): void {
  const config = step.centre.config.queues.get(id);
  if (config === undefined) {
    dissolve(step, call, CAUSE.noResource);
    return;
  }
  const queue = queueLive(step.centre, id);
  step.emit({ type: 'CallQueued', call: call.id, queue: id, enter, ...(returned ? { returned } : {}) });
  const agent = firstReady(queue);
  if (agent !== undefined) assign(step, call, queue, agent);
  else if (queue.members.size === 0) divert(step, call, id, 'noAgents');
  else if (!returned && waitingCount(queue) > config.maxWaiting) divert(step, call, id, 'busy');
}

function assign(step: Step, call: Call, queue: QueueLive, agentId: number): void {
  const choice = choiceOf(step, queue);
  for (const other of [...call.waitingIn]) {
    step.emit({ type: 'CallDequeued', call: call.id, queue: other, leave: other === queue.id ? REASON.normal : REASON.otherQueueAnswered });
  }
  offer(step, call, agentOf(step, agentId), { how: 'queue', queue: queue.id, choice });
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
  if (call.diversions > MAX_DIVERSIONS || diversion.kind === 'release') dissolve(step, call, cause);
  else if (diversion.kind === 'queue') enqueue(step, call, diversion.queueId, { enter: reason });
  else enterFlow(step, call, String(diversion.flowId), { enter: reason });
}

/** A call has waited for the longest time that a queue allows. */
export function waitTimeout(step: Step, callId: string, queue: number): void {
  divert(step, callOf(step, callId), queue, 'timeOut');
}

/** An agent has become ready: the first call of the most important queue, by the agent's own order of skills (5.1.5). */
export function assignTo(step: Step, agent: Agent): void {
  let best: { queue: QueueLive; weight: number; call: Call } | undefined;
  for (const { queueId, skillWeight } of agent.skills) {
    const queue = step.centre.queues.get(queueId);
    if (queue === undefined || !takes(agent, step.centre.config.queues.get(queueId)?.media ?? 0)) continue;
    const first = firstWaiting(queue);
    if (first === undefined) continue;
    const call = callOf(step, first);
    const isBetter = best === undefined || skillWeight > best.weight
      || (skillWeight === best.weight && (call.queuedAt ?? 0) < (best.call.queuedAt ?? 0));
    if (isBetter) best = { queue, weight: skillWeight, call };
  }
  if (best !== undefined) assign(step, best.call, best.queue, agent.id);
}
