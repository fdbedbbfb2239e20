import { permitted } from '../call/dial.ts';
import { refused, type Refused } from '../centre/refused.ts';
import type { Step } from '../centre/step.ts';
import { assignTo } from '../queue/routing.ts';
import { toIdle } from './after-call.ts';
import { ENGAGED, type Agent, type AgentState, type Pending } from './agent.ts';

/** What an agent may ask for itself (6.1.1.9 to 6.1.1.15). */
export type StateRequest = 'sayFree' | 'sayBusy' | 'cancelBusy' | 'rest' | 'cancelRest' | 'work' | 'cancelWork';

interface Rule {
  readonly section: string;
  /** States from which it leads somewhere at once. */
  readonly from: readonly AgentState[];
  readonly to: AgentState;
  /** States in which nothing need be done. */
  readonly already?: readonly AgentState[];
  /** States that it only prolongs, where the client says so. */
  readonly prolongs?: readonly AgentState[];
  /** During a call it is kept for the end of it, or takes back what was kept. */
  readonly during?: 'pend' | 'busy' | 'rest';
  /** Permission bit of 6.3.8. */
  readonly bit?: number;
}

/** 6.3.8: bit 1 allows an agent to be busy or idle as it likes. */
const MAY_SHOW_BUSY = 1;

/**
 * The table of 6.1.1.9 to 6.1.1.15. The sections name only some of the states that they start from: wrap-up may be left for
 * busy or a rest, an idle agent who says so stays idle, and 6.1.1.14 is for agents without a call. No operation leads into
 * study (9 of Table 6-453), but an agent can always leave it.
 */
export const REQUESTS: Readonly<Record<StateRequest, Rule>> = {
  sayFree: { section: '6.1.1.9', from: ['busy', 'wrapUp', 'study'], to: 'idle', already: ['idle'], bit: MAY_SHOW_BUSY },
  sayBusy: { section: '6.1.1.10', from: ['idle', 'wrapUp', 'study'], to: 'busy', prolongs: ['busy'], during: 'pend', bit: MAY_SHOW_BUSY },
  cancelBusy: { section: '6.1.1.11', from: ['busy'], to: 'idle', during: 'busy', bit: MAY_SHOW_BUSY },
  rest: { section: '6.1.1.12', from: ['idle', 'busy', 'wrapUp', 'study'], to: 'rest', prolongs: ['rest'], during: 'pend' },
  cancelRest: { section: '6.1.1.13', from: ['rest'], to: 'idle', during: 'rest' },
  work: { section: '6.1.1.14', from: ['idle', 'busy'], to: 'wrapUp' },
  cancelWork: { section: '6.1.1.15', from: ['wrapUp'], to: 'idle' },
};

export interface StateAsked {
  readonly request: StateRequest;
  readonly reason?: number;
  /** Of a rest. */
  readonly ms?: number;
  readonly prolong?: boolean;
}

/** Wrap-up that waits for the phone to be hung up (6.1.1.17): to those who ask for busy or a rest the call is not over yet. */
export function isPhoneGoing(step: Step, agent: Agent): boolean {
  return agent.state === 'wrapUp' && agent.leg !== undefined && step.centre.legs.get(agent.leg)?.state === 'dropping';
}

const isAsked = ({ preBusy, preRest }: Agent, kind: 'busy' | 'rest'): boolean => (kind === 'busy' ? preBusy : preRest) !== undefined;

export function askState(step: Step, agent: Agent, { request, reason = 0, ms = 0, prolong = false }: StateAsked): Refused | undefined {
  const rule = REQUESTS[request];
  if (rule.bit !== undefined && !permitted(step, agent, rule.bit)) return refused('noPermission', request);
  if (rule.already?.includes(agent.state) === true) return undefined;
  if (ENGAGED.has(agent.state) || isPhoneGoing(step, agent)) {
    if (rule.during === 'pend') {
      const pending: Pending = request === 'rest' ? { kind: 'rest', reason, ms } : { kind: 'busy', reason };
      step.emit({ type: 'AgentPended', agent: agent.id, pending });
      return undefined;
    }
    if (rule.during !== undefined && isAsked(agent, rule.during)) {
      step.emit({ type: 'AgentPended', agent: agent.id, pending: undefined, takesBack: rule.during });
      // Who writes may be given another session now.
      assignTo(step, agent);
      return undefined;
    }
  }
  const allowed = rule.from.includes(agent.state) || (prolong && rule.prolongs?.includes(agent.state) === true);
  if (!allowed) return refused('wrongState', agent.state);
  if (rule.to === 'idle') toIdle(step, agent, 'request');
  else {
    step.emit({
      type: 'AgentMoved', agent: agent.id, to: rule.to, cause: 'request', reason,
      ...(rule.to === 'rest' ? { until: step.at + ms } : {}),
    });
  }
  return undefined;
}

/** A wrap-up ends with its time, and so does a state that nobody else would end. A rest does not (6.1.1.12): it overruns. */
export function stateTimeout(step: Step, agent: Agent): void {
  // 12.1.11: who was sent to rest is back when its time is over.
  if (agent.state === 'rest' && agent.forcedBy !== undefined) toIdle(step, agent, 'forced', agent.forcedBy);
  else if (agent.state === 'rest') step.emit({ type: 'RestOverran', agent: agent.id });
  else if (agent.state === 'wrapUp' || agent.state === 'busy') toIdle(step, agent, 'timer');
}
