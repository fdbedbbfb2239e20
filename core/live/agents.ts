import type { Agent } from '../agent/agent.ts';
import { ctiStateOf, ENCODINGS, standingOf } from '../agent/projection.ts';
import { takes } from '../agent/readiness.ts';
import { isOutbound } from '../call/kind.ts';
import type { Centre } from '../centre/state.ts';
import { takesChats } from '../chat/capacity.ts';

/** States of the CTI platform (12.3.8.3). Nothing leads to the last one, in which an agent would set the desk right after a wrap-up. */
export const CTI = {
  signedOut: 0, idle: 1, preoccupied: 2, occupied: 3, answering: 4, talking: 5, wrapUp: 6, busy: 7, rest: 8, study: 9, adjusting: 10,
} as const;
export const CTI_STATES = Object.values(CTI);

/** How many agents there are of each kind, each counted once. */
export interface StateCounts {
  /** By the state of the CTI platform; they sum to the number of agents. */
  readonly inState: readonly number[];
  readonly signedIn: number;
  /** Who could be given something now: idle ones, and those who have sessions and room for more (6.1.5.2). */
  readonly usable: number;
  /** Who is in a call to the outside. */
  readonly callingOut: number;
}

/** Of signed-in agents: who is idle, or has sessions and room for another. */
export const isUsable = (agent: Agent): boolean => agent.state === 'idle' || takesChats(agent);

/** The same for queues: whether one of these media could be given to the agent. */
export const usableFor = (media: readonly number[]) => (agent: Agent): boolean => media.some((one) => takes(agent, one));

function isCallingOut({ calls }: Centre, { call }: Agent): boolean {
  const current = call === undefined ? undefined : calls.get(call);
  return current !== undefined && isOutbound(current);
}

/** Counts agents by state in one pass; one who is signed out is undefined. */
export function countStates(centre: Centre, agents: Iterable<Agent | undefined>, usable: (agent: Agent) => boolean = isUsable): StateCounts {
  const inState = CTI_STATES.map(() => 0);
  let [signedIn, usableOnes, callingOut] = [0, 0, 0];
  for (const agent of agents) {
    const state = ctiStateOf(centre, agent);
    inState[state] = (inState[state] ?? 0) + 1;
    if (agent === undefined) continue;
    signedIn += 1;
    if (usable(agent)) usableOnes += 1;
    if (isCallingOut(centre, agent)) callingOut += 1;
  }
  return { inState, signedIn, usable: usableOnes, callingOut };
}

/** Table 12-482: what programs know as the state of an agent; a rest that waits for the end of a call does not show in it. */
export const interfaceStateOf = (centre: Centre, agent: Agent | undefined): number => ENCODINGS[standingOf(centre, agent)].gateway;

const ascending = (one: number, other: number): number => one - other;

/** The work numbers of all agents of the tenant, signed in or not, so that pages of them are stable. */
export const allAgents = ({ config }: Centre): readonly number[] => [...config.agents.keys()].toSorted(ascending);

/** The agents who are signed in to a queue, in no order. */
export function membersOf({ queues, agents }: Centre, id: number): readonly Agent[] {
  const members: Agent[] = [];
  for (const member of queues.get(id)?.members ?? []) {
    const agent = agents.get(member);
    if (agent !== undefined) members.push(agent);
  }
  return members;
}

/** The agents who are signed in to one of these queues, by work number, each once. Who takes no calls from queues (6.1.1.22) is none of them. */
export function agentsOfQueues({ queues, agents }: Centre, ids: Iterable<number>): readonly Agent[] {
  const members = new Set<number>();
  for (const id of ids) for (const member of queues.get(id)?.members ?? []) members.add(member);
  return [...members].toSorted(ascending).flatMap((id) => agents.get(id) ?? []);
}

/** The agents who are signed in to these queues and to no others (12.3.1.2.9). */
export function agentsOfExactly(centre: Centre, ids: readonly number[]): readonly Agent[] {
  const asked = new Set(ids);
  return agentsOfQueues(centre, asked).filter(({ skills }) => skills.length === asked.size && skills.every(({ queueId }) => asked.has(queueId)));
}

/** The rights of an agent's role (6.3.8) as a digit each, the first one leftmost. */
const RIGHTS = 128;
export function rightsOf({ config }: Centre, agent: number): string {
  const bits = config.roles.get(config.agents.get(agent)?.roleId ?? 0);
  return Array.from({ length: RIGHTS }, (_, index) => (bits?.has(index + 1) === true ? '1' : '0')).join('');
}
