import { callOf, nextCallId, type Step } from '../centre/step.ts';
import { enqueue } from '../queue/routing.ts';
import type { VoiceLeg } from '../voice/order.ts';
import { CAUSE, FEATURE } from './call.ts';
import { enterFlow } from './ivr.ts';
import { dissolve } from './release.ts';

/** Where the number that was dialled leads (5.3.2). */
export type Destination = { readonly kind: 'queue'; readonly queue: number } | { readonly kind: 'flow'; readonly flow: string } | { readonly kind: 'nowhere' };

export interface Arrival {
  readonly leg: VoiceLeg;
  readonly caller: string;
  readonly called: string;
  readonly to: Destination;
  readonly data?: string;
  /** The caller's number is what a web page says it is; nobody has verified it. */
  readonly unverified?: boolean;
}

/** Somebody calls in. Who is told of twice has called once. */
export function arrive(step: Step, { leg, caller, called, to, data = '', unverified = false }: Arrival): string | undefined {
  const known = step.centre.legs.get(leg);
  if (known !== undefined) return known.call;
  const call = nextCallId(step);
  step.emit({ type: 'CallBegan', call, medium: 'voice', feature: FEATURE.inbound, ...(unverified ? { unverified } : {}), personal: { caller, called, data } });
  step.emit({ type: 'LegBegan', leg, call, direction: 'in', personal: { number: caller } });
  step.emit({ type: 'CustomerJoined', call, leg, personal: { number: caller } });
  const begun = callOf(step, call);
  if (to.kind === 'nowhere') {
    dissolve(step, begun, CAUSE.unknownNumber);
    return call;
  }
  // Waiting callers hear music and flows speak, so the leg is answered before anybody takes the call.
  step.emit({ type: 'LegAnswered', leg });
  step.emit({ type: 'CustomerConnected', call, leg });
  if (to.kind === 'queue') enqueue(step, begun, to.queue);
  else enterFlow(step, begun, to.flow);
  return call;
}
