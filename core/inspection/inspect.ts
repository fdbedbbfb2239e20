import type { Agent, InspectionMode } from '../agent/agent.ts';
import { withPhone } from '../call/offer.ts';
import { refused, type Refused } from '../centre/refused.ts';
import type { Step } from '../centre/step.ts';
import { endInspection } from './end.ts';
import { mayInspect, RIGHT } from './rights.ts';

/** 12.1.1, 12.1.2 and 12.1.12: out of the idle state, the inspector's own phone is rung first. A call of the agent's is not needed. */
export function inspect(step: Step, inspector: Agent, target: number, how: InspectionMode): Refused | undefined {
  const forbidden = mayInspect(step, inspector, target, RIGHT.listen);
  if (forbidden !== undefined) return forbidden;
  if (inspector.state !== 'idle') return refused('wrongState', inspector.state);
  if (inspector.profile.phone === '') return refused('phoneUnavailable', 'the inspector has no phone');
  const other = step.centre.agents.get(target);
  if (other === undefined) return refused('offline', String(target));
  if (other.inspectors.length > 0) return refused('busy', `agent ${target} is inspected already`);
  if (other.inspecting !== undefined || inspector.inspectors.length > 0) return refused('busy', 'who inspects cannot be inspected');
  step.emit({ type: 'InspectionAsked', agent: inspector.id, target, how });
  step.emit({ type: 'AgentMoved', agent: inspector.id, to: 'dialling', cause: 'inspect' });
  withPhone(step, inspector, () => { beginInspection(step, inspector); });
  return undefined;
}

/** The inspector's phone is up. */
export function beginInspection(step: Step, inspector: Agent): void {
  const { inspecting } = inspector;
  if (inspecting === undefined || inspecting.on) return;
  step.emit({ type: 'InspectionBegan', agent: inspector.id, target: inspecting.agent, how: inspecting.how });
  step.emit({ type: 'AgentMoved', agent: inspector.id, to: 'talking', cause: 'inspect' });
}

/** Whom the inspector is with, if it is whom the client means. */
export function targetOf(step: Step, inspector: Agent, target: number | undefined): Agent | Refused {
  const { inspecting } = inspector;
  if (target !== undefined && !step.centre.config.agents.has(target)) return refused('unknownAgent', String(target));
  const agent = inspecting === undefined || (target ?? inspecting.agent) !== inspecting.agent ? undefined : step.centre.agents.get(inspecting.agent);
  return agent ?? refused('nothing', target === undefined ? 'nobody is inspected' : `agent ${target} is not inspected`);
}

/** 12.1.4 and 12.1.13 both end whatever the inspector does to the agent: 12.1.14 may have changed what it is. */
export function stopInspecting(step: Step, inspector: Agent, target: number | undefined): Refused | undefined {
  const agent = targetOf(step, inspector, target);
  if ('refused' in agent) return agent;
  endInspection(step, inspector, 'stopped');
  return undefined;
}

const TOGGLED: Readonly<Partial<Record<InspectionMode, InspectionMode>>> = { listen: 'insert', insert: 'listen' };

/** 12.1.14 says what to change to, 12.1.10 changes between listening and joining in. */
export function switchInspection(step: Step, inspector: Agent, target: number | undefined, to: InspectionMode | undefined): Refused | undefined {
  const agent = targetOf(step, inspector, target);
  if ('refused' in agent) return agent;
  const { inspecting } = inspector;
  const how = to ?? (inspecting === undefined ? undefined : TOGGLED[inspecting.how]);
  if (how === undefined) return refused('wrongState', inspecting?.how);
  if (how !== inspecting?.how) step.emit({ type: 'InspectionSwitched', agent: inspector.id, target: agent.id, how });
  return undefined;
}
