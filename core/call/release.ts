import { afterCall } from '../agent/after-call.ts';
import type { Step } from '../centre/step.ts';
import { agentsOf, CAUSE, customersOf, REASON, type AgentPart, type Call, type CustomerPart } from './call.ts';
import type { CallEvent } from './event.ts';
import { endOffer } from './offer.ts';

type LeftWhy = Extract<CallEvent, { type: 'AgentLeft' }>['why'];

/** Takes an agent out of a call; the hands are free afterwards unless `keepBusy`. */
export function agentLeaves(step: Step, call: Call, part: AgentPart, why: LeftWhy, leave: number = REASON.agentReleased): void {
  step.emit({ type: 'AgentLeft', call: call.id, agent: part.agent, why, leave });
  const agent = step.centre.agents.get(part.agent);
  if (agent !== undefined && why !== 'merged' && call.medium === 'voice') afterCall(step, agent);
}

/** Takes somebody outside out of a call, and hangs the leg up where it still stands. */
export function customerLeaves(step: Step, call: Call, part: CustomerPart, by: 'agent' | 'failed', cause: number): void {
  step.emit({ type: 'CustomerLeft', call: call.id, leg: part.leg, by, cause, personal: { number: part.number } });
  hangUp(step, part.leg, cause);
}

export function hangUp(step: Step, legId: string | undefined, cause: number): void {
  const leg = legId === undefined ? undefined : step.centre.legs.get(legId);
  if (leg !== undefined && leg.state !== 'dropping') step.emit({ type: 'LegDropped', leg: leg.id, cause });
}

/** Ends a call whatever its state: offers are withdrawn, everybody leaves, every leg of somebody outside is hung up. */
export function dissolve(step: Step, call: Call, cause: number): void {
  if (!step.centre.calls.has(call.id)) return;
  if (call.flow !== undefined) step.emit({ type: 'FlowLeft', call: call.id, leave: REASON.customerReleased });
  if (call.offer !== undefined) endOffer(step, call, 'withdrawn');
  for (const part of [...customersOf(call)]) customerLeaves(step, call, part, 'agent', cause);
  for (const part of [...agentsOf(call)]) agentLeaves(step, call, part, 'ended', REASON.customerReleased);
  step.emit({ type: 'CallEnded', call: call.id, cause });
}

/**
 * A call lives as long as two parties are in it, or somebody outside waits to be served. When one is left alone, it is over.
 */
export function endIfLonely(step: Step, call: Call, cause: number): void {
  if (!step.centre.calls.has(call.id)) return;
  const waits = call.waitingIn.length > 0 || call.flow !== undefined || call.offer !== undefined;
  const others = customersOf(call).length;
  const people = others + agentsOf(call).length;
  if (people >= 2 || (waits && (others > 0 || people > 0))) return;
  dissolve(step, call, cause);
}

/** 6.1.2.16: the agent hangs up on the call. */
export function releaseBy(step: Step, call: Call, part: AgentPart): void {
  agentLeaves(step, call, part, 'released');
  endIfLonely(step, call, CAUSE.normal);
}
