import { toIdle } from '../agent/after-call.ts';
import { ENGAGED, type Agent, type AgentState, type Pending } from '../agent/agent.ts';
import { chooseQueues } from '../agent/settings.ts';
import { signOut, SIGN_OUT } from '../agent/session.ts';
import { agentsOf, CAUSE, REASON } from '../call/call.ts';
import { dissolve } from '../call/release.ts';
import { refused, type Refused } from '../centre/refused.ts';
import type { Step } from '../centre/step.ts';
import { allowedTo, mayInspect, RIGHT } from './rights.ts';

export type ForcedState = { readonly what: 'busy' } | { readonly what: 'idle' } | { readonly what: 'rest'; readonly ms: number; readonly reason: number };
export type Forced = ForcedState | { readonly what: 'signOut' };

interface Rule {
  readonly section: string;
  readonly from: readonly AgentState[];
  readonly already?: readonly AgentState[];
  /** During a call it happens when the call is over. */
  readonly pends: boolean;
}

/** 12.1.5, 12.1.6 and 12.1.11: out of which states an agent is forced. Out of a call only into what comes after it. */
export const FORCES: Readonly<Record<ForcedState['what'], Rule>> = {
  busy: { section: '12.1.5', from: ['idle', 'wrapUp', 'rest', 'study'], already: ['busy'], pends: true },
  idle: { section: '12.1.6', from: ['busy', 'rest', 'wrapUp', 'study'], already: ['idle'], pends: false },
  rest: { section: '12.1.11', from: ['idle', 'busy', 'wrapUp', 'rest', 'study'], pends: true },
};

/** 12.3.8.12, type 3: an inspector has made the agent busy. */
const BUSY_FORCED = 3;

/** Whom an inspector forces must be signed in (900-003). */
function forcedAgent(step: Step, inspector: Agent, target: number): Agent | Refused {
  return mayInspect(step, inspector, target, RIGHT.force) ?? step.centre.agents.get(target) ?? refused('offline', String(target));
}

export function force(step: Step, inspector: Agent, target: number, forced: Forced): Refused | undefined {
  const agent = forcedAgent(step, inspector, target);
  if ('refused' in agent) return agent;
  if (forced.what === 'signOut') {
    signOut(step, agent, SIGN_OUT.forced, inspector.id);
    return undefined;
  }
  return forceState(step, inspector.id, agent, forced);
}

function forceState(step: Step, by: number, agent: Agent, forced: ForcedState): Refused | undefined {
  const { what } = forced;
  const rule = FORCES[what];
  if (rule.already?.includes(agent.state) === true) return undefined;
  const reason = forced.what === 'rest' ? forced.reason : BUSY_FORCED;
  if (ENGAGED.has(agent.state)) {
    if (!rule.pends) return refused('wrongState', agent.state);
    const pending: Pending = forced.what === 'rest' ? { kind: 'rest', reason, ms: forced.ms, by } : { kind: 'busy', reason, by };
    step.emit({ type: 'AgentPended', agent: agent.id, pending });
    return undefined;
  }
  if (!rule.from.includes(agent.state)) return refused('wrongState', agent.state);
  if (what === 'idle') toIdle(step, agent, 'forced', by);
  else {
    step.emit({
      type: 'AgentMoved', agent: agent.id, to: what, cause: 'forced', reason, by, ...(forced.what === 'rest' ? { until: step.at + forced.ms } : {}),
    });
  }
  return undefined;
}

/** 12.1.9: as the agent would by 6.1.1.8. */
export function adjustSkill(step: Step, inspector: Agent, target: number, queues: readonly number[]): Refused | undefined {
  if (queues.length > MAX_SKILLS) return refused('tooLarge', `${queues.length} queues`);
  const agent = forcedAgent(step, inspector, target);
  if ('refused' in agent) return agent;
  return chooseQueues(step, agent, queues, inspector.id);
}

export const MAX_SKILLS = 1000;

/** 12.1.8: any call, wherever it is; every agent in it must be one that the inspector may force. */
export function forceDrop(step: Step, inspector: Agent, callId: string): Refused | undefined {
  const call = step.centre.calls.get(callId);
  if (!allowedTo(step, inspector.id, RIGHT.force)) return refused('noPermission', 'the role has no right to it');
  if (call === undefined) return refused('unknownCall', callId);
  for (const { agent } of agentsOf(call)) {
    const forbidden = agent === inspector.id ? undefined : mayInspect(step, inspector, agent, RIGHT.force);
    if (forbidden !== undefined) return forbidden;
  }
  dissolve(step, call, CAUSE.released, { leave: REASON.agentReleased });
  return undefined;
}
