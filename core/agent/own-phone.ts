import type { Step } from '../centre/step.ts';
import { enterPending, toIdle } from './after-call.ts';
import type { Agent } from './agent.ts';

/**
 * Where an agent goes whose phone was needed for something else than a call: to inspect (12.1), or to hear a recording
 * (13.1.1.1). The phone first, then idle, or what was asked for meanwhile (12.1.4: AgentOther_PhoneRelease,
 * AgentState_Ready). There is no wrap-up in between, as there was no call: whose phone is on its way down is talking yet.
 */
export function leavePhone(step: Step, agent: Agent): void {
  const leg = agent.leg === undefined ? undefined : step.centre.legs.get(agent.leg);
  if (leg === undefined || (leg.state === 'up' && !agent.profile.releasePhone)) freeOfPhone(step, agent);
  else if (leg.state !== 'dropping') step.emit({ type: 'LegDropped', leg: leg.id, cause: 0 });
}

/** Whether the agent's hands are empty but for a phone that is going down. */
export const isLeavingPhone = (agent: Agent): boolean =>
  (agent.state === 'talking' || agent.state === 'dialling') && agent.call === undefined && agent.inspecting === undefined && agent.playback === undefined
  && agent.conference === undefined && agent.held.length === 0 && agent.chats.length === 0 && agent.chatOffers.length === 0;

export function freeOfPhone(step: Step, agent: Agent): void {
  if (!enterPending(step, agent)) toIdle(step, agent, 'phone');
}
