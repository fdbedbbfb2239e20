import type { Call } from '../call/call.ts';
import { kindOf } from '../call/kind.ts';
import type { Centre } from '../centre/state.ts';
import { allAgents, agentsOfQueues, countStates, CTI, usableFor, type StateCounts } from '../live/agents.ts';
import { secondsBetween, type FiguresByQueue } from '../live/queue-figures.ts';
import { countWaiting, longestWait } from '../queue/figures.ts';
import { waitingCount } from '../queue/live.ts';

/* Indicators of this moment: each a reading of the state. */

const inState = ({ inState: states }: StateCounts, ...of: readonly (keyof typeof CTI)[]): number => of.reduce((sum, state) => sum + (states[CTI[state]] ?? 0), 0);

/** What all that is told of one tenant is made of, looked through once. */
export interface VdnNow {
  readonly agents: StateCounts;
  readonly calls: number;
  readonly connected: number;
  readonly inFlows: number;
  readonly waiting: number;
}

const isTalkedIn = ({ visits }: Call): boolean => visits.some(({ talkFrom, until }) => talkFrom !== undefined && until === undefined);

export function vdnNow(centre: Centre): VdnNow {
  const calls = [...centre.calls.values()].filter((call) => kindOf(call) !== 'internal');
  return {
    agents: countStates(centre, allAgents(centre).map((id) => centre.agents.get(id))),
    calls: calls.length,
    connected: calls.filter(isTalkedIn).length,
    inFlows: calls.filter(({ flow }) => flow !== undefined).length,
    waiting: countWaiting(centre, centre.queues.keys()),
  };
}

/** Table 12-693. */
export const VDN_LIVE: ReadonlyMap<string, (now: VdnNow) => number> = new Map(Object.entries<(now: VdnNow) => number>({
  IDX_COUNT_REAL_VDN_CONNECT: ({ connected }) => connected,
  IDX_COUNT_REAL_VDN_CALL: ({ calls }) => calls,
  IDX_COUNT_REAL_IVR_HANDLE: ({ inFlows }) => inFlows,
  IDX_COUNT_REAL_SKILL_QUEUE: ({ waiting }) => waiting,
  IDX_COUNT_REAL_AGENT_SIGN_IN: ({ agents }) => agents.signedIn,
  IDX_COUNT_REAL_AGENT_SET_IDLE: ({ agents }) => inState(agents, 'idle'),
  IDX_COUNT_REAL_AGENT_SET_BUSY: ({ agents }) => inState(agents, 'busy'),
  IDX_COUNT_REAL_AGENT_CONNECT: ({ agents }) => inState(agents, 'talking'),
  IDX_COUNT_REAL_AGENT_STUDY: ({ agents }) => inState(agents, 'study'),
  IDX_COUNT_REAL_AGENT_ACW: ({ agents }) => inState(agents, 'wrapUp', 'adjusting'),
  IDX_COUNT_REAL_AGENT_ANSWER: ({ agents }) => inState(agents, 'answering'),
  IDX_COUNT_REAL_AGENT_PREOCCUPY: ({ agents }) => inState(agents, 'preoccupied'),
  IDX_COUNT_REAL_AGENT_OCCUPY: ({ agents }) => inState(agents, 'occupied'),
  IDX_COUNT_REAL_AGENT_NOT_SIGN_IN: ({ agents }) => inState(agents, 'signedOut'),
  IDX_COUNT_REAL_AGENT_REST: ({ agents }) => inState(agents, 'rest'),
}));

export interface SkillNow {
  readonly agents: StateCounts;
  readonly waiting: number;
  readonly processing: number;
  readonly longestWaitS: number;
  readonly connectedIn20: number;
}

/** `recent` and `processing` are those of the whole centre, made once for all queues. */
export function skillNow(centre: Centre, id: number, now: number, recent: FiguresByQueue, processing: ReadonlyMap<number, number>): SkillNow {
  const live = centre.queues.get(id);
  const longest = longestWait(centre, id);
  return {
    agents: countStates(centre, agentsOfQueues(centre, [id]), usableFor([centre.config.queues.get(id)?.media ?? 0])),
    waiting: live === undefined ? 0 : waitingCount(live),
    processing: processing.get(id) ?? 0,
    longestWaitS: longest === undefined ? 0 : secondsBetween(longest.since, now),
    connectedIn20: recent.get(id)?.connectedIn20 ?? 0,
  };
}

/** Table 12-687. */
export const SKILL_LIVE: ReadonlyMap<string, (now: SkillNow) => number> = new Map(Object.entries<(now: SkillNow) => number>({
  IDX_COUNT_REAL_SKILL_QUEUE: ({ waiting }) => waiting,
  IDX_COUNT_REAL_SKILL_HANDLE: ({ processing }) => processing,
  IDX_DURATION_SKILL_MAX_QUEUE_ACK: ({ longestWaitS }) => longestWaitS,
  IDX_COUNT_20S_CALL_FOR_5MIN: ({ connectedIn20 }) => connectedIn20,
  IDX_COUNT_REAL_AGENT_SIGN_IN: ({ agents }) => agents.signedIn,
  IDX_COUNT_REAL_AGENT_CONNECT: ({ agents }) => inState(agents, 'talking'),
  IDX_COUNT_REAL_AGENT_SET_IDLE: ({ agents }) => inState(agents, 'idle'),
  IDX_COUNT_REAL_AGENT_USABLE: ({ agents }) => agents.usable,
  IDX_COUNT_REAL_AGENT_SET_BUSY: ({ agents }) => inState(agents, 'busy'),
  IDX_COUNT_REAL_AGENT_ACW: ({ agents }) => inState(agents, 'wrapUp', 'adjusting'),
  IDX_COUNT_REAL_AGENT_REST: ({ agents }) => inState(agents, 'rest'),
  IDX_COUNT_REAL_AGENT_STUDY: ({ agents }) => inState(agents, 'study'),
}));

/** Table 12-690. */
export type AgentLiveCode = 'IDX_AGENT_PHONE' | 'IDX_AGENT_CURRENT_STATE' | 'IDX_DURATION_AGENT_CURRENT_STATE' | 'IDX_AGENT_LOGIN_SKILLS';

/** What is asked for by these codes, each under the name by which it was; or which of them there is not. */
export function liveAsked<T>(readings: ReadonlyMap<string, T>, codes: readonly string[]): readonly { readonly as: string; readonly of: T }[] | { readonly wrong: string } {
  const asked: { readonly as: string; readonly of: T }[] = [];
  for (const code of codes) {
    const of = readings.get(code.trim().toUpperCase());
    if (of === undefined) return { wrong: `there is no indicator ${code}` };
    asked.push({ as: code, of });
  }
  return asked;
}
