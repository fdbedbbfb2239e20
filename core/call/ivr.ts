import type { Step } from '../centre/step.ts';
import { CAUSE, customersOf, REASON, type Call } from './call.ts';
import { dissolve } from './release.ts';

/** Hands the caller to an IVR flow; the voice port tells how it ended. */
export function enterFlow(step: Step, call: Call, flow: string, { enter = REASON.normal, returnTo }: { readonly enter?: number; readonly returnTo?: number } = {}): void {
  const [customer] = customersOf(call);
  if (customer?.leg === undefined) {
    dissolve(step, call, CAUSE.noFlow);
    return;
  }
  step.emit({ type: 'FlowEntered', call: call.id, flow, leg: customer.leg, enter, ...(returnTo === undefined ? {} : { returnTo }) });
}
