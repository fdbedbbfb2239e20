import { nextLegId, type Step } from '../centre/step.ts';
import { sendToAgent } from '../queue/own.ts';
import { enqueueAll } from '../queue/routing.ts';
import type { VoiceLeg } from '../voice/order.ts';
import { bytesOf, CAUSE, customersOf, MAX_DATA_BYTES, partOf, REASON, type Call } from './call.ts';
import { CALLED } from './dial.ts';
import { agentLeaves, dissolve, endIfLonely } from './release.ts';
import { RING_MS } from './timers.ts';

interface Entering {
  readonly enter?: number;
  /** The agent who waits until the flow gives the call back (6.1.2.11). */
  readonly returnTo?: number;
  /** Who has sent the call there. */
  readonly agent?: number;
}

/** Hands the caller to an IVR flow; the voice port tells how it ended. */
export function enterFlow(step: Step, call: Call, flow: string, { enter = REASON.normal, returnTo, agent }: Entering = {}): void {
  const [customer] = customersOf(call);
  if (customer?.leg === undefined) {
    dissolve(step, call, CAUSE.noFlow);
    return;
  }
  const access = step.centre.config.flows.get(Number(flow))?.accessCode;
  step.emit({
    type: 'FlowEntered', call: call.id, flow, leg: customer.leg, enter, ...(access === undefined ? {} : { access }),
    ...(returnTo === undefined ? {} : { returnTo }), ...(agent === undefined ? {} : { agent }),
  });
}

/** What a flow has decided about its caller, and the call data where it has set them (6.1.3.3). */
export type FlowOutcome = FlowTarget & { readonly data?: string };

type FlowTarget =
  /** `also` are further queues in which the call waits at the same time. */
  | { readonly kind: 'queue'; readonly queue: number; readonly also?: readonly number[] }
  /** `overflow` is the queue that gets the call when the agent does not. */
  | { readonly kind: 'agent'; readonly agent: number; readonly overflow?: number }
  /** A number outside, to which the caller is connected. */
  | { readonly kind: 'number'; readonly number: string }
  | { readonly kind: 'hangUp' }
  | { readonly kind: 'done' };

/** A flow is through with its caller. What is told of a leg that is in no flow any more is late. */
export function flowEnded(step: Step, leg: VoiceLeg, outcome: FlowOutcome): void {
  const call = step.centre.calls.get(step.centre.legs.get(leg)?.call ?? '');
  if (call?.flow?.leg !== leg) return;
  const waiting = call.flow.returnTo === undefined ? undefined : partOf(call, call.flow.returnTo);
  const isReturn = outcome.kind === 'done' && waiting !== undefined;
  if (outcome.data !== undefined && bytesOf(outcome.data) <= MAX_DATA_BYTES) step.emit({ type: 'CallDataSet', call: call.id, personal: { data: outcome.data } });
  step.emit({ type: 'FlowLeft', call: call.id, leave: REASON.normal, ...(isReturn ? { returnTo: waiting.agent } : {}) });
  // 6.1.2.11: the agent who lent the caller to the flow gets the call back only if the flow says so.
  if (waiting !== undefined && !isReturn) agentLeaves(step, call, waiting, 'transferred', REASON.transferred);
  goWhere(step, call, outcome);
}

/** Where a flow has led its caller. */
export function goWhere(step: Step, call: Call, outcome: FlowOutcome): void {
  switch (outcome.kind) {
    case 'queue':
      enqueueAll(step, call, [outcome.queue, ...outcome.also ?? []]);
      return;
    case 'agent':
      sendToAgent(step, call, outcome.agent, outcome.overflow === undefined ? {} : { overflow: outcome.overflow });
      return;
    case 'number':
      connect(step, call, outcome.number);
      return;
    case 'hangUp':
      dissolve(step, call, CAUSE.flowEnded, { leave: REASON.normal });
      return;
    case 'done':
      endIfLonely(step, call, CAUSE.flowEnded, { leave: REASON.normal });
      return;
    default:
      outcome satisfies never;
  }
}

/** As a blind transfer to a number does (6.1.2.11): the platform's own number is shown, and the call ends where nobody answers. */
function connect(step: Step, call: Call, number: string): void {
  if (!CALLED.test(number)) {
    dissolve(step, call, CAUSE.unknownNumber, { leave: REASON.noSuchNumber });
    return;
  }
  const leg = nextLegId(step);
  step.emit({ type: 'LegBegan', leg, call: call.id, direction: 'out', ringMs: RING_MS, personal: { number, caller: '' } });
  step.emit({ type: 'CustomerJoined', call: call.id, leg, personal: { number } });
}
