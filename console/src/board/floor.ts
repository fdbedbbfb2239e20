import type { Floor, LiveAgent, LiveQueue } from '../live/live.ts';

/* What a board makes of what queues and agents do: sums, what is looked for, and in which order. */

/** What an agent does, as a supervisor tells agents apart at a glance: the states of 6.5.3 in seven colours. */
export const PHASES = ['ready', 'ringing', 'talking', 'wrapUp', 'busy', 'rest', 'inspecting'] as const;
export type Phase = (typeof PHASES)[number];

const PHASE_OF: Readonly<Record<LiveAgent['state'], Phase>> = {
  idle: 'ready',
  preoccupied: 'ringing', occupied: 'ringing', ringing: 'ringing', dialling: 'ringing', called: 'ringing',
  talking: 'talking', held: 'talking', muted: 'talking', helping: 'talking', transferring: 'talking', threeParty: 'talking',
  wrapUp: 'wrapUp', busy: 'busy', study: 'busy', rest: 'rest',
  listening: 'inspecting', inserting: 'inspecting', whispering: 'inspecting', playing: 'inspecting',
  // Who is signed out is on no board.
  signedOut: 'rest',
};
export const phaseOf = ({ state }: Pick<LiveAgent, 'state'>): Phase => PHASE_OF[state];

/** A wait of the promise that the service level is counted by (12.3.8.1), and of three times that. */
export const WAIT_LEVELS = [20_000, 60_000] as const;
/** Parts of calls answered in time below which the service level is poor, and good. */
const GOOD_SHARE = 0.8;
const POOR_SHARE = 0.6;

export interface Level {
  readonly calls: number;
  readonly inTime: number;
}

/** As clocks have it: 0 is good, 2 is bad. */
export function levelOf({ calls, inTime }: Level): 0 | 1 | 2 {
  const share = calls === 0 ? 1 : inTime / calls;
  if (share >= GOOD_SHARE) return 0;
  return share >= POOR_SHARE ? 1 : 2;
}

export interface Totals {
  readonly waiting: number;
  readonly longestSince: number | undefined;
  readonly level: Level;
  readonly signedIn: number;
  readonly ready: number;
  readonly talking: number;
}

/** Of the whole tenant. Agents are counted themselves, as one may be in many queues. */
export function totalsOf({ queues, agents }: Floor): Totals {
  let waiting = 0;
  let longestSince: number | undefined;
  const level = { calls: 0, inTime: 0 };
  for (const queue of queues) {
    waiting += queue.waiting;
    if (queue.longestSince !== null) longestSince = Math.min(longestSince ?? queue.longestSince, queue.longestSince);
    level.calls += queue.today?.calls ?? 0;
    level.inTime += queue.today?.inTime ?? 0;
  }
  const count = (phase: Phase): number => agents.filter((agent) => phaseOf(agent) === phase).length;
  return { waiting, longestSince, level, signedIn: agents.length, ready: agents.filter((agent) => agent.state === 'idle' && agent.takesCalls).length, talking: count('talking') };
}

export interface Wanted {
  /** All, where none is named. */
  readonly phases: readonly Phase[];
  readonly queueId: number | undefined;
  /** A part of the name or of the work number. */
  readonly text: string;
}

export const EVERYBODY: Wanted = { phases: [], queueId: undefined, text: '' };

export function wantedOf(agents: readonly LiveAgent[], { phases, queueId, text }: Wanted): readonly LiveAgent[] {
  const part = text.trim().toLowerCase();
  return agents.filter((agent) => (phases.length === 0 || phases.includes(phaseOf(agent))) && (queueId === undefined || agent.queues.includes(queueId))
    && (part === '' || agent.name.toLowerCase().includes(part) || String(agent.workNo).includes(part)));
}

export interface Order<Key extends string> {
  readonly by: Key;
  readonly isDescending: boolean;
}

/** Pressing the head of a column orders by it, the largest first where that is what one looks for, and pressing it again the other way round. */
export const reordered = <Key extends string>(order: Order<Key>, by: Key, isLargestFirst = false): Order<Key> => ({ by, isDescending: order.by === by ? !order.isDescending : isLargestFirst });

export type AgentOrder = 'name' | 'state' | 'since' | 'call';
export type QueueOrder = 'name' | 'level' | 'waiting' | 'longest' | 'signedIn' | 'ready' | 'ringing' | 'talking' | 'wrapUp' | 'busy' | 'rest';

const { compare } = new Intl.Collator(undefined, { numeric: true });
const byName = (one: { readonly name: string }, other: { readonly name: string }): number => compare(one.name, other.name);

/** What agents are ordered by; who has been so for the longest comes before who just began. */
const AGENT_KEYS: Readonly<Record<Exclude<AgentOrder, 'name'>, (agent: LiveAgent) => number>> = {
  state: (agent) => PHASES.indexOf(phaseOf(agent)),
  since: ({ since }) => since,
  call: ({ call }) => call?.queueId ?? (call === null ? Number.MAX_SAFE_INTEGER : Number.MAX_SAFE_INTEGER - 1),
};

const QUEUE_KEYS: Readonly<Record<Exclude<QueueOrder, 'name'>, (queue: LiveQueue) => number>> = {
  level: ({ today }) => (today === null || today.calls === 0 ? 1 : today.inTime / today.calls),
  waiting: ({ waiting }) => waiting,
  longest: ({ longestSince }) => -(longestSince ?? Number.MAX_SAFE_INTEGER),
  signedIn: ({ signedIn }) => signedIn, ready: ({ ready }) => ready, ringing: ({ ringing }) => ringing, talking: ({ talking }) => talking,
  wrapUp: ({ wrapUp }) => wrapUp, busy: ({ busy }) => busy, rest: ({ rest }) => rest,
};

/** What is equal stays in the order of names, so that rows do not jump about. */
export function agentsInOrder(agents: readonly LiveAgent[], { by, isDescending }: Order<AgentOrder>): readonly LiveAgent[] {
  const sign = isDescending ? -1 : 1;
  if (by === 'name') return agents.toSorted((one, other) => sign * byName(one, other) || one.workNo - other.workNo);
  const key = AGENT_KEYS[by];
  return agents.toSorted((one, other) => sign * (key(one) - key(other)) || byName(one, other) || one.workNo - other.workNo);
}

export function queuesInOrder(queues: readonly LiveQueue[], { by, isDescending }: Order<QueueOrder>): readonly LiveQueue[] {
  const sign = isDescending ? -1 : 1;
  if (by === 'name') return queues.toSorted((one, other) => sign * byName(one, other) || one.queueId - other.queueId);
  const key = QUEUE_KEYS[by];
  return queues.toSorted((one, other) => sign * (key(one) - key(other)) || byName(one, other) || one.queueId - other.queueId);
}

export const GROUPINGS = ['none', 'state', 'queue'] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** Agents that stand together: by what they do, by a queue, or all of them. */
export interface AgentGroup {
  /** Undefined where they are not told apart, or are in no queue. */
  readonly of: Phase | number | undefined;
  readonly agents: readonly LiveAgent[];
}

/** In the order in which the groups themselves stand; who is in several queues is in the group of each. Empty groups are left out. */
export function groupsOf(agents: readonly LiveAgent[], grouping: Grouping, queues: readonly LiveQueue[]): readonly AgentGroup[] {
  if (grouping === 'none') return [{ of: undefined, agents }];
  const groups: readonly AgentGroup[] = grouping === 'state'
    ? PHASES.map((of) => ({ of, agents: agents.filter((agent) => phaseOf(agent) === of) }))
    : [
        ...queues.toSorted(byName).map(({ queueId }) => ({ of: queueId, agents: agents.filter((agent) => agent.queues.includes(queueId)) })),
        { of: undefined, agents: agents.filter((agent) => agent.queues.length === 0) },
      ];
  return groups.filter((group) => group.agents.length > 0);
}

/** How many tiles stand beside one another on a wall of 16 by 9, so that all of them fit under the sums; a tile is two thirds as high as it is wide. */
export const tilesAcross = (tiles: number): number => Math.max(4, Math.ceil(Math.sqrt(tiles * 2)));
