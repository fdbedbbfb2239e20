import { ENGAGED, type Agent } from '../agent/agent.ts';
import { isFree } from '../agent/readiness.ts';
import { CAUSE, REASON, type Call, type Offer } from '../call/call.ts';
import { offer } from '../call/offer.ts';
import { dissolve } from '../call/release.ts';
import { OWN_QUEUE_MS } from '../call/timers.ts';
import { callOf, type Step } from '../centre/step.ts';
import { enqueue } from './routing.ts';
import { MEDIA } from './treatment.ts';

export interface OwnQueueing {
  readonly enter?: number;
  /** The skill queue that it goes to when the agent does not come. */
  readonly overflow?: number;
  readonly how?: Offer['how'];
  readonly ms?: number;
}

/** Whether a call may wait for this agent: in talks or in wrap-up, but not away. */
export const mayBeAwaited = ({ state }: Agent): boolean => ENGAGED.has(state) || state === 'wrapUp';

const isFreeFor = (agent: Agent, call: Call): boolean => isFree(agent, call.medium === 'chat' ? MEDIA.multimedia : MEDIA.voice);

/**
 * A call for one agent: offered at once, or in the agent's own queue while the agent talks or wraps up, and from there before
 * any call of a skill queue (12.3.1.3.5). For an agent who has signed out, rests or is busy it does not wait.
 */
export function sendToAgent(step: Step, call: Call, agentId: number, { enter = REASON.normal, overflow: queue, how = 'private', ms = OWN_QUEUE_MS }: OwnQueueing = {}): void {
  const agent = step.centre.agents.get(agentId);
  if (agent !== undefined && isFreeFor(agent, call)) offer(step, call, agent, { how, enter, ...(queue === undefined ? {} : { queue }) });
  else if (agent !== undefined && mayBeAwaited(agent)) {
    step.emit({ type: 'CallAwaits', call: call.id, agent: agentId, enter, how, ms, ...(queue === undefined ? {} : { overflow: queue }) });
  } else goElsewhere(step, call, queue, agent === undefined ? REASON.noAgent : REASON.busy);
}

/** The agent is ready for the call that has waited for the longest; tells whether there was one. */
export function takeOwn(step: Step, agent: Agent): boolean {
  const [first] = agent.ownQueue;
  const call = first === undefined ? undefined : callOf(step, first);
  if (call?.awaits === undefined || !isFreeFor(agent, call)) return false;
  const { how, overflow: queue } = call.awaits;
  step.emit({ type: 'CallAwaited', call: call.id, agent: agent.id, leave: REASON.normal });
  offer(step, call, agent, { how, ...(queue === undefined ? {} : { queue }) });
  return true;
}

/** The call waits for its agent no longer. */
export function overflow(step: Step, call: Call, leave: number): void {
  if (call.awaits === undefined) return;
  const { agent, overflow: queue } = call.awaits;
  step.emit({ type: 'CallAwaited', call: call.id, agent, leave });
  goElsewhere(step, call, queue, leave);
}

const CAUSES: Readonly<Record<number, number>> = { [REASON.noAgent]: CAUSE.noAgent, [REASON.busy]: CAUSE.busy, [REASON.timeout]: CAUSE.timeout };

function goElsewhere(step: Step, call: Call, queue: number | undefined, reason: number): void {
  if (queue === undefined) dissolve(step, call, CAUSES[reason] ?? CAUSE.noAgent, { leave: reason });
  else enqueue(step, call, queue, { enter: reason });
}

export function ownQueueTimeout(step: Step, callId: string): void {
  overflow(step, callOf(step, callId), REASON.timeout);
}
