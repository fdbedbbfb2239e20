import type { Agent } from '../agent/agent.ts';
import type { Call } from '../call/call.ts';
import { kindOf } from '../call/kind.ts';
import type { Centre } from '../centre/state.ts';
import { longestWait } from '../queue/figures.ts';
import { waitingCount } from '../queue/live.ts';
import { countStates, membersOf, usableFor, type StateCounts } from './agents.ts';
import { countCall, noFigures, secondsBetween, type FiguresByQueue, type QueueFigures } from './queue-figures.ts';

/** How a queue is now, and what has happened in it since the five minutes began. */
export interface QueueNow {
  readonly agents: StateCounts;
  readonly waiting: number;
  /** Calls of the queue that are with an agent, or ring at one. */
  readonly processing: number;
  /** Whole lengths, of what goes on too. */
  readonly longestWaitS: number;
  readonly longestIdleS: number;
  readonly figures: QueueFigures;
}

/** Of which queues a call is with an agent now. */
function queuesAtWork(call: Call): ReadonlySet<number> {
  const queues = new Set<number>();
  if (kindOf(call) === 'internal') return queues;
  for (const { device, queue, until } of call.visits) if (device === 'agent' && queue !== undefined && until === undefined) queues.add(queue);
  return queues;
}

/** How many calls of each queue agents have now. */
export function processingByQueue({ calls }: Centre): ReadonlyMap<number, number> {
  const processing = new Map<number, number>();
  for (const call of calls.values()) for (const queue of queuesAtWork(call)) processing.set(queue, (processing.get(queue) ?? 0) + 1);
  return processing;
}

/** Adds what the calls that go on have done since a moment to figures of those that are over. */
export function addLiveCalls(figures: FiguresByQueue, { calls }: Centre, from: number): FiguresByQueue {
  for (const call of calls.values()) countCall(figures, call, from);
  return figures;
}

const idleS = ({ state, since }: Agent, now: number): number => (state === 'idle' ? secondsBetween(since, now) : 0);

/** A queue as it is now. `figures` and `processing` are those of the whole centre, made once for all queues. */
export function queueNow(centre: Centre, id: number, now: number, figures: FiguresByQueue, processing: ReadonlyMap<number, number>): QueueNow {
  const members = membersOf(centre, id);
  const live = centre.queues.get(id);
  const longest = longestWait(centre, id);
  const past = figures.get(id) ?? noFigures();
  return {
    agents: countStates(centre, members, usableFor([centre.config.queues.get(id)?.media ?? 0])),
    waiting: live === undefined ? 0 : waitingCount(live),
    processing: processing.get(id) ?? 0,
    longestWaitS: Math.max(past.longestWaitS, longest === undefined ? 0 : secondsBetween(longest.since, now)),
    longestIdleS: members.reduce((most, agent) => Math.max(most, idleS(agent, now)), past.longestIdleS),
    figures: past,
  };
}
