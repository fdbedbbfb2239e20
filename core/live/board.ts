import type { Agent } from '../agent/agent.ts';
import { standingOf, type Standing } from '../agent/projection.ts';
import { openVisit, type Call } from '../call/call.ts';
import { kindOf, type CallKind } from '../call/kind.ts';
import type { Event } from '../centre/event.ts';
import type { Centre } from '../centre/state.ts';
import { longestWait } from '../queue/figures.ts';
import { countReady, waitingCount } from '../queue/live.ts';

/* What a board shows of a contact centre, and what of it an event touches: whoever follows it need not look at the rest. */

/** A queue as it is now. Times stand for themselves, so that nothing changes while only a clock runs. */
export interface QueueOnBoard {
  readonly id: number;
  readonly name: string;
  readonly media: number;
  readonly waiting: number;
  /** Since when whoever has waited for the longest waits. */
  readonly longestSince: number | undefined;
  /** Its agents: those who are signed in, and of these who could be given a call, is being rung or dials, talks, and so on. */
  readonly signedIn: number;
  readonly ready: number;
  readonly ringing: number;
  readonly talking: number;
  readonly wrapUp: number;
  readonly busy: number;
  readonly rest: number;
}

export interface AgentOnBoard {
  readonly id: number;
  readonly state: Standing;
  readonly since: number;
  /** Of busy and rest. */
  readonly reason: number;
  /** When a rest or a wrap-up is over. */
  readonly until: number | undefined;
  /** What comes behind the call. */
  readonly next: 'busy' | 'rest' | undefined;
  readonly takesCalls: boolean;
  readonly queues: readonly number[];
  readonly call: { readonly id: string; readonly kind: CallKind; readonly queue: number | undefined; readonly since: number } | undefined;
  readonly held: number;
  readonly chats: number;
}

/** Agents of a queue who are on the phone to hear what another one says, or a recording: they talk to nobody. */
function listenersIn({ agents }: Centre, members: ReadonlySet<number>): number {
  let listeners = 0;
  for (const id of members) {
    const agent = agents.get(id);
    if (agent?.state === 'talking' && (agent.inspecting !== undefined || agent.playback !== undefined)) listeners += 1;
  }
  return listeners;
}

/** Undefined of a queue that there is not. */
export function queueOnBoard(centre: Centre, id: number): QueueOnBoard | undefined {
  const config = centre.config.queues.get(id);
  if (config === undefined) return undefined;
  const live = centre.queues.get(id);
  const { preoccupied = 0, occupied = 0, ringing = 0, dialling = 0, talking = 0, wrapUp = 0, busy = 0, study = 0, rest = 0 } = live?.states ?? {};
  return {
    id, name: config.name, media: config.media,
    waiting: live === undefined ? 0 : waitingCount(live), longestSince: longestWait(centre, id)?.since,
    signedIn: live?.members.size ?? 0, ready: live === undefined ? 0 : countReady(live),
    ringing: preoccupied + occupied + ringing + dialling, talking: live === undefined || talking === 0 ? 0 : talking - listenersIn(centre, live.members), wrapUp, busy: busy + study, rest,
  };
}

/** A call as the agent has it, or is to have it. */
export function callOnBoard(call: Call, { id, since }: Agent): NonNullable<AgentOnBoard['call']> {
  const visit = openVisit(call, 'agent', String(id));
  return { id: call.id, kind: kindOf(call), queue: visit?.queue ?? call.queue, since: visit?.talkFrom ?? visit?.waitFrom ?? since };
}

/** Undefined of somebody who is not signed in. */
export function agentOnBoard(centre: Centre, id: number): AgentOnBoard | undefined {
  const agent = centre.agents.get(id);
  if (agent === undefined) return undefined;
  const { since, reason, until, preBusy, preRest, takesCalls, skills, held, chats } = agent;
  const call = centre.calls.get(agent.call ?? '');
  return {
    id, state: standingOf(centre, agent), since, reason, until, next: preRest === undefined ? preBusy?.kind : 'rest', takesCalls, queues: skills.map(({ queueId }) => queueId),
    call: call === undefined ? undefined : callOnBoard(call, agent), held: held.length, chats: chats.length,
  };
}

/** What may look otherwise after an event. */
export interface Touched {
  readonly agents: ReadonlySet<number>;
  readonly queues: ReadonlySet<number>;
}

function addCall(agents: Set<number>, queues: Set<number>, { parts, offer, awaits, third, flow, queue, waitingIn, visits }: Call): void {
  for (const part of parts) if (part.kind === 'agent') agents.add(part.agent);
  for (const one of [offer?.agent, awaits?.agent, third?.by, flow?.returnTo]) if (one !== undefined) agents.add(one);
  if (queue !== undefined) queues.add(queue);
  for (const one of waitingIn) queues.add(one);
  for (const visit of visits) if (visit.device === 'queue' && visit.until === undefined) queues.add(Number(visit.no));
}

/** What an event that has just come into force touches; everything, where the configuration changed. */
export function touchedBy(event: Event, { calls, unrecorded, config }: Centre): Touched | 'all' {
  if (event.type === 'Configured') return 'all';
  const agents = new Set<number>();
  const queues = new Set<number>();
  if ('agent' in event && event.agent !== undefined) agents.add(event.agent);
  if ('queue' in event && event.queue !== undefined) queues.add(event.queue);
  if ('call' in event && event.call !== undefined) {
    const call = calls.get(event.call) ?? unrecorded.get(event.call)?.call;
    if (call !== undefined) addCall(agents, queues, call);
  }
  for (const agent of agents) for (const { queueId } of config.agents.get(agent)?.skills ?? []) queues.add(queueId);
  return { agents, queues };
}
