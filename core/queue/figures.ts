import { openVisit, type Call } from '../call/call.ts';
import type { Centre } from '../centre/state.ts';
import { countReady, waitingCount } from './live.ts';

/** How many callers wait in these queues together (5.2.5, 5.2.6): one who waits in several counts once. */
export function countWaiting({ queues }: Centre, ids: Iterable<number>): number {
  const waiting = new Set<string>();
  for (const id of ids) {
    const queue = queues.get(id);
    if (queue === undefined) continue;
    for (const call of queue.returned) waiting.add(call);
    for (const call of queue.waiting) waiting.add(call);
  }
  return waiting.size;
}

/** The calls that wait in a queue, in the order in which they are given to agents. */
export function waitingCalls({ queues, calls }: Centre, id: number, most: number): readonly Call[] {
  const queue = queues.get(id);
  if (queue === undefined) return [];
  return [...queue.returned, ...queue.waiting].slice(0, most).flatMap((call) => calls.get(call) ?? []);
}

/** Since when a call has waited in a queue this time. */
export const waitsSince = (call: Call, queue: number): number => openVisit(call, 'queue', String(queue))?.waitFrom ?? call.beganAt;

export interface LongestWait {
  readonly call: Call;
  readonly since: number;
}

/** Whoever has waited in a queue for the longest (5.2.9). Both lines are in the order of arrival, so the first of each will do. */
export function longestWait({ queues, calls }: Centre, id: number): LongestWait | undefined {
  const queue = queues.get(id);
  let longest: LongestWait | undefined;
  for (const line of [queue?.returned, queue?.waiting]) {
    const [first = ''] = line ?? [];
    const call = calls.get(first);
    if (call === undefined) continue;
    const since = waitsSince(call, id);
    if (longest === undefined || since < longest.since) longest = { call, since };
  }
  return longest;
}

/** A queue at a glance (5.2.9, 12.3.1.2.2). */
export interface QueueStatus {
  readonly waiting: number;
  readonly longest: Call | undefined;
  readonly longestSeconds: number;
  readonly signedIn: number;
  /** Who could take a call of it now. */
  readonly available: number;
}

export function queueStatus(centre: Centre, id: number, now: number): QueueStatus {
  const queue = centre.queues.get(id);
  const longest = longestWait(centre, id);
  return {
    waiting: queue === undefined ? 0 : waitingCount(queue),
    longest: longest?.call,
    longestSeconds: longest === undefined ? 0 : Math.max(0, Math.floor((now - longest.since) / 1000)),
    signedIn: queue?.members.size ?? 0,
    available: queue === undefined ? 0 : countReady(queue),
  };
}
