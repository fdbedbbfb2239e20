import { afterCall } from '../agent/after-call.ts';
import type { Agent } from '../agent/agent.ts';
import { partOf, REASON } from '../call/call.ts';
import { refused, type Refused } from '../centre/refused.ts';
import { callOf, type Step } from '../centre/step.ts';
import { endInspection } from './end.ts';
import { targetOf } from './inspect.ts';
import { mayInspect, RIGHT } from './rights.ts';

/**
 * 12.1.3: the inspector takes the agent's place in the call, which keeps its id; the agent's way on is that from any call.
 * What the agent holds besides stays with the agent.
 */
export function intercept(step: Step, inspector: Agent, target: number): Refused | undefined {
  const forbidden = mayInspect(step, inspector, target, RIGHT.intercept);
  if (forbidden !== undefined) return forbidden;
  const agent = targetOf(step, inspector, target);
  if ('refused' in agent) return agent;
  if (inspector.inspecting?.on !== true) return refused('wrongState', 'the inspector\'s phone is not up');
  const call = agent.call === undefined ? undefined : callOf(step, agent.call);
  const part = call === undefined ? undefined : partOf(call, agent.id);
  if (call === undefined || part === undefined || agent.state !== 'talking') return refused('noCall', `agent ${target} talks with nobody`);
  if (call.third !== undefined) return refused('wrongState', 'the call is being transferred');
  const { role } = part;
  endInspection(step, inspector, 'intercepted');
  step.emit({ type: 'AgentLeft', call: call.id, agent: target, why: 'intercepted', leave: REASON.intercepted });
  step.emit({ type: 'AgentJoined', call: call.id, agent: inspector.id, role, how: 'intercepted', enter: REASON.intercepted });
  afterCall(step, agent);
  return undefined;
}
