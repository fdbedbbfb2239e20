import { enterPending, toIdle } from '../agent/after-call.ts';
import type { Agent } from '../agent/agent.ts';
import type { InspectionEnd } from '../centre/event.ts';
import { agentOf, type Step } from '../centre/step.ts';

/** Ends what an inspector does, and sets the inspector free unless signed out or in the call now. */
export function endInspection(step: Step, inspector: Agent, why: InspectionEnd): void {
  const { inspecting } = inspector;
  if (inspecting === undefined) return;
  step.emit({ type: 'InspectionEnded', agent: inspector.id, target: inspecting.agent, how: inspecting.how, why });
  if (why !== 'signedOut' && why !== 'intercepted') afterInspection(step, inspector);
}

/**
 * The phone first, then idle, or what was asked for meanwhile (12.1.4: AgentOther_PhoneRelease, AgentState_Ready). There is
 * no wrap-up in between, as there was no call: an inspector whose phone is on its way down is talking yet.
 */
function afterInspection(step: Step, inspector: Agent): void {
  const leg = inspector.leg === undefined ? undefined : step.centre.legs.get(inspector.leg);
  if (leg === undefined || (leg.state === 'up' && !inspector.profile.releasePhone)) inspectorFree(step, inspector);
  else if (leg.state !== 'dropping') step.emit({ type: 'LegDropped', leg: leg.id, cause: 0 });
}

/** Whether the agent's hands are empty but for a phone that was needed to inspect. */
export const isLeavingInspection = (agent: Agent): boolean =>
  (agent.state === 'talking' || agent.state === 'dialling') && agent.call === undefined && agent.inspecting === undefined
  && agent.conference === undefined && agent.held.length === 0 && agent.chats.length === 0 && agent.chatOffers.length === 0;

export function inspectorFree(step: Step, inspector: Agent): void {
  if (!enterPending(step, inspector)) toIdle(step, inspector, 'inspect');
}

/** Ends what inspectors do to an agent who has released the last call. */
export function leaveTarget(step: Step, target: Agent, why: 'released' | 'targetSignedOut'): void {
  for (const id of target.inspectors.slice()) endInspection(step, agentOf(step, id), why);
}

/** A sign-out ends what the agent inspects, and what inspectors do to the agent. */
export function endInspections(step: Step, agent: Agent): void {
  endInspection(step, agent, 'signedOut');
  leaveTarget(step, agent, 'targetSignedOut');
}
