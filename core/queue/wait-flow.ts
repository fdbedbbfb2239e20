import { agentsOf, CAUSE, customersOf, MAX_DATA_BYTES, MAX_DIVERSIONS, bytesOf, REASON, type Call } from '../call/call.ts';
import { goWhere, type FlowOutcome } from '../call/ivr.ts';
import { dissolve, leaveQueues } from '../call/release.ts';
import type { Event } from '../centre/event.ts';
import type { Centre } from '../centre/state.ts';
import type { Step } from '../centre/step.ts';
import type { VoiceLeg } from '../voice/order.ts';

interface Wanted {
  readonly queue: number;
  readonly flow: string;
  readonly leg: VoiceLeg;
}

/** The only one in a call, who waits or is being offered to an agent, and hears what goes on. */
function waiterIn({ legs }: Centre, call: Call): VoiceLeg | undefined {
  if (call.medium !== 'voice' || call.flow !== undefined || call.third !== undefined || agentsOf(call).length > 0) return undefined;
  const [customer, ...others] = customersOf(call);
  const leg = customer?.leg === undefined ? undefined : legs.get(customer.leg);
  return others.length === 0 && leg?.state === 'up' ? leg.id : undefined;
}

/** What the caller is to hear besides the music (5.2.1 waitVoice); `keep` for what goes on as it is. */
function wantedFor(centre: Centre, call: Call): Wanted | 'keep' | undefined {
  const leg = waiterIn(centre, call);
  if (leg === undefined) return undefined;
  // While it rings at an agent nothing new begins, and what goes on goes on until the agent answers.
  if (call.offer !== undefined) return 'keep';
  const [queue] = call.waitingIn;
  if (queue === undefined) return undefined;
  // What was configured meanwhile is for callers who come later.
  if (call.waitFlow?.queue === queue) return 'keep';
  const waiting = centre.config.queues.get(queue)?.treatment.waiting;
  return waiting?.kind === 'flow' ? { queue, flow: String(waiting.flowId), leg } : undefined;
}

/** By these somebody may have begun to wait, or waits no more. */
const CONCERNING: ReadonlySet<Event['type']> = new Set<Event['type']>([
  'LegAnswered', 'LegDropped', 'LegEnded', 'CustomerJoined', 'CustomerConnected', 'CustomerLeft', 'CallQueued', 'CallDequeued', 'CallAwaits', 'CallOffered', 'OfferEnded', 'AgentJoined',
  'AgentLeft', 'FlowEntered', 'FlowLeft', 'ThirdSought', 'ThirdEnded',
]);

/**
 * 5.2.1, waitVoice: whoever waits in a queue that says so hears its flow, on the place in the queue and with the music between its
 * prompts, until an agent answers. It follows from where the call is, whatever has brought it there.
 */
export function keepWaitFlows(step: Step, events: readonly Event[]): void {
  const { centre } = step;
  const concerned = new Set<Call>();
  for (const event of events) {
    if (!CONCERNING.has(event.type)) continue;
    const call = centre.calls.get(('call' in event ? event.call : undefined) ?? ('leg' in event && event.leg !== undefined ? centre.legs.get(event.leg)?.call : undefined) ?? '');
    if (call !== undefined) concerned.add(call);
  }
  for (const call of concerned) {
    const wanted = wantedFor(centre, call);
    if (wanted === 'keep') continue;
    if (call.waitFlow !== undefined) step.emit({ type: 'WaitFlowEnded', call: call.id, leg: call.waitFlow.leg, why: 'stopped' });
    if (wanted !== undefined) step.emit({ type: 'WaitFlowBegan', call: call.id, ...wanted });
  }
}

/** Not into a queue in which the call is, not again and again, and not away from an agent who is rung. */
function leadsElsewhere(call: Call, outcome: FlowOutcome): boolean {
  if (outcome.kind === 'hangUp' || outcome.kind === 'done' || call.offer !== undefined || call.diversions >= MAX_DIVERSIONS) return false;
  return outcome.kind !== 'queue' || !call.waitingIn.includes(outcome.queue);
}

/**
 * A flow is through with a caller who waits. One that just ends leaves the caller to the music; one that leads elsewhere, because
 * the caller has chosen so, ends the waiting. The reference is silent about it.
 */
export function waitFlowEnded(step: Step, leg: VoiceLeg, outcome: FlowOutcome): void {
  const call = step.centre.calls.get(step.centre.legs.get(leg)?.call ?? '');
  if (call?.waitFlow?.leg !== leg || call.waitFlow.isOver) return;
  if (outcome.data !== undefined && bytesOf(outcome.data) <= MAX_DATA_BYTES) step.emit({ type: 'CallDataSet', call: call.id, personal: { data: outcome.data } });
  const leadsOn = leadsElsewhere(call, outcome);
  step.emit({ type: 'WaitFlowEnded', call: call.id, leg, why: leadsOn ? 'stopped' : 'over' });
  if (outcome.kind === 'hangUp') dissolve(step, call, CAUSE.flowEnded, { leave: REASON.cancelled });
  if (!leadsOn) return;
  leaveQueues(step, call, REASON.transferred);
  step.emit({ type: 'CallDiverted', call: call.id, why: 'flow' });
  goWhere(step, call, outcome);
}
