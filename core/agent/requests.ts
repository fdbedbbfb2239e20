import { refused, type Refused } from '../centre/refused.ts';
import type { Step } from '../centre/step.ts';
import { toIdle } from './after-call.ts';
import type { Agent, AgentState, Pending } from './agent.ts';

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
  readonly during?: 'pend' | Pending['kind'];
}

/** The table of 6.1.1.9 to 6.1.1.15. */
export const REQUESTS: Readonly<Record<StateRequest, Rule>> = {
  sayFree: { section: '6.1.1.9', from: ['busy', 'wrapUp'], to: 'idle', already: ['idle'] },
  sayBusy: { section: '6.1.1.10', from: ['idle', 'wrapUp'], to: 'busy', prolongs: ['busy'], during: 'pend' },
  cancelBusy: { section: '6.1.1.11', from: ['busy'], to: 'idle', during: 'busy' },
  rest: { section: '6.1.1.12', from: ['idle', 'busy', 'wrapUp'], to: 'rest', prolongs: ['rest'], during: 'pend' },
  cancelRest: { section: '6.1.1.13', from: ['rest'], to: 'idle', during: 'rest' },
  work: { section: '6.1.1.14', from: ['idle', 'busy'], to: 'wrapUp' },
  cancelWork: { section: '6.1.1.15', from: ['wrapUp'], to: 'idle' },
};

const CALLING: ReadonlySet<AgentState> = new Set(['occupied', 'ringing', 'dialling', 'talking']);

export interface StateAsked {
  readonly request: StateRequest;
  readonly reason?: number;
  /** Of a rest. */
  readonly ms?: number;
  readonly prolong?: boolean;
}

/** Wrap-up that waits for the phone to be hung up ends with it, not before (6.1.1.17). */
function isPhoneGoing(step: Step, agent: Agent): boolean {
  return agent.state === 'wrapUp' && agent.leg !== undefined && step.centre.legs.get(agent.leg)?.state === 'dropping';
}

export function askState(step: Step, agent: Agent, { request, reason = 0, ms = 0, prolong = false }: StateAsked): Refused | undefined {
  const rule = REQUESTS[request];
  const pending: Pending = request === 'rest' ? { kind: 'rest', reason, ms } : { kind: 'busy', reason };
  if (rule.already?.includes(agent.state) === true) return undefined;
  const isLater = CALLING.has(agent.state) || isPhoneGoing(step, agent);
  if (isLater && rule.during === 'pend') {
    step.emit({ type: 'AgentPended', agent: agent.id, pending });
    return undefined;
  }
  if (isLater && rule.during !== undefined && agent.pending?.kind === rule.during) {
    step.emit({ type: 'AgentPended', agent: agent.id, pending: undefined });
    return undefined;
  }
  const allowed = rule.from.includes(agent.state) || (prolong && rule.prolongs?.includes(agent.state) === true);
  if (!allowed || isPhoneGoing(step, agent)) return refused('wrongState', agent.state);
  if (rule.to === 'idle') toIdle(step, agent, 'request');
  else {
    step.emit({
      type: 'AgentMoved', agent: agent.id, to: rule.to, cause: 'request', reason,
      ...(rule.to === 'rest' ? { until: step.at + ms } : {}),
    });
  }
  return undefined;
}

/** 6.1.1.12: the state stays rest when its time is over; the agent is told, and it counts as an overrun. A wrap-up ends. */
export function stateTimeout(step: Step, agent: Agent): void {
  if (agent.state === 'rest') step.emit({ type: 'RestOverran', agent: agent.id });
  else if (agent.state === 'wrapUp') toIdle(step, agent, 'timer');
}
