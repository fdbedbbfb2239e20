import type { Agent } from '../agent/agent.ts';
import { refused, type Refused } from '../centre/refused.ts';
import { callOf, nextCallId, nextLegId, type Step } from '../centre/step.ts';
import { agentsOf, bytesOf, customersOf, FEATURE, MAX_DATA_BYTES, type Call } from './call.ts';
import { withPhone } from './offer.ts';
import { RING_MS } from './timers.ts';

export interface Dialling {
  readonly called: string;
  readonly caller: string;
  readonly queue?: number;
  readonly data?: string;
  readonly feature?: number;
}

/** 6.1.2.1: called numbers. */
const CALLED = /^[0-9*#]{1,24}$/;
const CALLER = /^[0-9]{0,24}$/;

/** 6.3.8: bit 5 allows calls to the outside. */
export const MAY_CALL_OUT = 5;

/** 6.1.2.1: what must hold before an agent dials. Held calls are no obstacle, a current one is. */
export function mayDial(agent: Agent): Refused | undefined {
  if (agent.profile.mustChangePassword) return refused('mustChangePassword', 'the password must be changed first');
  if (agent.call !== undefined) return refused('wrongState', agent.state);
  if (!['idle', 'busy', 'wrapUp', 'talking', 'preoccupied'].includes(agent.state)) return refused('wrongState', agent.state);
  return undefined;
}

export const permitted = (step: Step, agent: Agent, bit: number): boolean =>
  step.centre.config.roles.get(step.centre.config.agents.get(agent.id)?.roleId ?? 0)?.has(bit) ?? false;

/** 6.1.2.1: the agent's phone first, then the number outside. Answers the call's id. */
export function dialOut(step: Step, agent: Agent, { called, caller, queue, data = '', feature = FEATURE.outbound }: Dialling): string | Refused {
  if (!CALLED.test(called)) return refused('badNumber', `${called} cannot be dialled`);
  if (!CALLER.test(caller)) return refused('badNumber', 'caller');
  if (bytesOf(data) > MAX_DATA_BYTES) return refused('tooLarge', 'callappdata');
  const obstacle = mayDial(agent);
  if (obstacle !== undefined) return obstacle;
  if (!permitted(step, agent, MAY_CALL_OUT)) return refused('noPermission', 'calls to the outside');
  if (queue !== undefined && !step.centre.config.queues.has(queue)) return refused('unknownQueue', String(queue));
  const id = nextCallId(step);
  step.emit({ type: 'AgentMoved', agent: agent.id, to: 'dialling', cause: 'dial' });
  step.emit({ type: 'CallBegan', call: id, medium: 'voice', feature, ...(queue === undefined ? {} : { queue }), personal: { caller, called, data } });
  step.emit({ type: 'AgentJoined', call: id, agent: agent.id, role: 'main', how: 'dialled' });
  withPhone(step, agent, () => { phoneUp(step, callOf(step, id), agent); });
  return id;
}

/** The dialling agent's phone is up: now the number outside is rung. */
export function phoneUp(step: Step, call: Call, agent: Agent): void {
  if (agent.state !== 'dialling' || customersOf(call).length > 0) return;
  const leg = nextLegId(step);
  step.emit({ type: 'LegBegan', leg, call: call.id, direction: 'out', ringMs: RING_MS, personal: { number: call.called, caller: call.caller } });
  step.emit({ type: 'CustomerJoined', call: call.id, leg, personal: { number: call.called } });
}

/** Whoever waited for the number outside talks with it now. */
export function customerAnswered(step: Step, call: Call): void {
  for (const { agent: id } of agentsOf(call)) {
    if (step.centre.agents.get(id)?.state === 'dialling') step.emit({ type: 'AgentMoved', agent: id, to: 'talking', cause: 'connected' });
  }
}
