import type { Agent } from '../agent/agent.ts';
import { refused, type Refused } from '../centre/refused.ts';
import { callOf, nextCallId, nextLegId, type Step } from '../centre/step.ts';
import { agentsOf, bytesOf, CAUSE, customersOf, FEATURE, MAX_DATA_BYTES, REASON, type AgentPart, type Call } from './call.ts';
import { callColleague } from './inner.ts';
import { withPhone } from './offer.ts';
import { agentLeaves, endIfLonely } from './release.ts';
import { RING_MS } from './timers.ts';

export interface Dialling {
  readonly called: string;
  readonly caller: string;
  readonly queue?: number;
  readonly data?: string;
}

/** 6.1.2.1: called numbers. */
export const CALLED = /^[0-9*#]{1,24}$/;
export const CALLER = /^[0-9]{0,24}$/;

/** Permission bits of 6.3.8: calls to the outside, calls to agents, and (a bit that forbids) no say in the number that is shown. */
export const MAY = { callOut: 5, callInside: 6, pickUp: 30 } as const;
const MAY_NOT_SHOW = 34;

export const permitted = (step: Step, agent: Agent, bit: number): boolean =>
  step.centre.config.roles.get(step.centre.config.agents.get(agent.id)?.roleId ?? 0)?.has(bit) ?? false;

/** 6.1.2.1: what must hold before an agent dials. Held calls are no obstacle, a current one is, and so is a preview: it was kept for that. */
function mayDial(agent: Agent): Refused | undefined {
  if (agent.profile.mustChangePassword) return refused('mustChangePassword', 'the password must be changed first');
  const isOnPhone = agent.call !== undefined || agent.conference !== undefined || agent.inspecting !== undefined || agent.playback !== undefined;
  if (isOnPhone) return refused('wrongState', agent.state);
  if (!['idle', 'busy', 'wrapUp', 'talking'].includes(agent.state) && agent.preview === undefined) return refused('wrongState', agent.state);
  if (agent.profile.phone === '') return refused('phoneUnavailable', 'the agent has signed in without a phone');
  return undefined;
}

/** The number to show: none of the agent's choice where the role forbids it. */
export const callerOf = (step: Step, agent: Agent, { caller }: Dialling): string => (permitted(step, agent, MAY_NOT_SHOW) ? '' : caller);

/** What calls to the outside and calls to agents have in common. */
export function checkDialling(step: Step, agent: Agent, { called, caller, queue, data = '' }: Dialling, bit: number): Refused | undefined {
  if (!CALLED.test(called)) return refused('badNumber', `${called} cannot be dialled`);
  if (!CALLER.test(caller)) return refused('badNumber', 'caller');
  if (bytesOf(data) > MAX_DATA_BYTES) return refused('tooLarge', 'callappdata');
  const obstacle = mayDial(agent);
  if (obstacle !== undefined) return obstacle;
  if (!permitted(step, agent, bit)) return refused('noPermission', bit === MAY.callOut ? 'calls to the outside' : 'calls to agents');
  if (queue !== undefined && !step.centre.config.queues.has(queue)) return refused('unknownQueue', String(queue));
  return undefined;
}

/** 6.1.2.1: the agent's phone first, then the number outside. Answers the call's id. */
export function dialOut(step: Step, agent: Agent, dialling: Dialling): string | Refused {
  if (agent.preview !== undefined) return refused('wrongState', agent.state);
  return checkDialling(step, agent, dialling, MAY.callOut)
    ?? beginCall(step, agent, { ...dialling, caller: callerOf(step, agent, dialling) }, FEATURE.outbound);
}

/** Rings the agent's phone where it is on hook; `phoneUp` goes on. */
export function beginCall(step: Step, agent: Agent, { called, caller, queue, data = '' }: Dialling, feature: number): string {
  const id = nextCallId(step);
  step.emit({ type: 'AgentMoved', agent: agent.id, to: 'dialling', cause: 'dial' });
  step.emit({ type: 'CallBegan', call: id, medium: 'voice', feature, ...(queue === undefined ? {} : { queue }), personal: { caller, called, data } });
  step.emit({ type: 'AgentJoined', call: id, agent: agent.id, role: 'main', how: 'dialled' });
  withPhone(step, agent, () => { phoneUp(step, callOf(step, id), agent); });
  return id;
}

/** The dialling agent's phone is up: now the agent who is called is offered the call, or the number outside is rung. */
export function phoneUp(step: Step, call: Call, agent: Agent): void {
  if (agent.state !== 'dialling' || customersOf(call).length > 0 || call.offer !== undefined) return;
  if (call.feature === FEATURE.internal) {
    callColleague(step, call, agent);
    return;
  }
  const leg = nextLegId(step);
  step.emit({ type: 'LegBegan', leg, call: call.id, direction: 'out', ringMs: RING_MS, personal: { number: call.called, caller: call.caller } });
  step.emit({ type: 'CustomerJoined', call: call.id, leg, personal: { number: call.called } });
}

/** Whoever waited for the other side talks with it now. */
export function farAnswered(step: Step, call: Call): void {
  for (const { agent: id } of agentsOf(call)) {
    const agent = step.centre.agents.get(id);
    if (agent?.state === 'dialling' && agent.call === call.id) step.emit({ type: 'AgentMoved', agent: id, to: 'talking', cause: 'connected' });
  }
}

/** The phone of the agent who makes the call cannot be reached, so nobody is called at all. */
export function ownPhoneFails(step: Step, call: Call, part: AgentPart, cause: number): void {
  step.emit({ type: 'CallFailed', call: call.id, agent: part.agent, whose: 'own', cause });
  agentLeaves(step, call, part, 'failed', REASON.unanswered);
  endIfLonely(step, call, CAUSE.unanswered, { leave: REASON.unanswered });
}
