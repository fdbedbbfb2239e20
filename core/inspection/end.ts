import type { Agent } from '../agent/agent.ts';
import { leavePhone } from '../agent/own-phone.ts';
import type { InspectionEnd } from '../centre/event.ts';
import { agentOf, type Step } from '../centre/step.ts';
import { mayInspect, RIGHT } from './rights.ts';

/** Ends what an inspector does, and sets the inspector free unless signed out or in the call now. */
export function endInspection(step: Step, inspector: Agent, why: InspectionEnd): void {
  const { inspecting } = inspector;
  if (inspecting === undefined) return;
  step.emit({ type: 'InspectionEnded', agent: inspector.id, target: inspecting.agent, how: inspecting.how, why });
  if (why !== 'signedOut' && why !== 'intercepted') leavePhone(step, inspector);
}

/** Ends what inspectors do to an agent who has released the last call. */
export function leaveTarget(step: Step, target: Agent, why: 'released' | 'targetSignedOut'): void {
  for (const id of target.inspectors.slice()) endInspection(step, agentOf(step, id), why);
}

/** Ends what inspectors may not do any more, as roles, groups or their relations have changed: who hears others must be allowed to all the time. */
export function endForbidden(step: Step): void {
  for (const inspector of step.centre.agents.values()) {
    const { inspecting } = inspector;
    if (inspecting !== undefined && mayInspect(step, inspector, inspecting.agent, RIGHT.listen) !== undefined) endInspection(step, inspector, 'forbidden');
  }
}

/** A sign-out ends what the agent inspects, and what inspectors do to the agent. */
export function endInspections(step: Step, agent: Agent): void {
  endInspection(step, agent, 'signedOut');
  leaveTarget(step, agent, 'targetSignedOut');
}
