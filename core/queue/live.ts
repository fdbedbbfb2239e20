import type { AgentState } from '../agent/agent.ts';

/** What is alive of a skill queue: who waits, and who is ready. */
export interface QueueLive {
  readonly id: number;
  /** Calls that came back and go before the others, oldest first. */
  readonly returned: Set<string>;
  readonly waiting: Set<string>;
  /** Ready agents by weight, within a weight the longest idle first. */
  readonly ready: Map<number, Set<number>>;
  /** The weights of `ready`, highest first. */
  readonly weights: number[];
  /** Agents signed in with this skill, and how many of them are in each state. */
  readonly members: Set<number>;
  readonly states: Partial<Record<AgentState, number>>;
}

export const newQueueLive = (id: number): QueueLive => ({
  id, returned: new Set(), waiting: new Set(), ready: new Map(), weights: [], members: new Set(), states: {},
});

export const waitingCount = (queue: QueueLive): number => queue.returned.size + queue.waiting.size;

/** Of those who fit, the one who came back first, else who has waited for the longest. */
export function firstWaiting(queue: QueueLive, fits: (call: string) => boolean): string | undefined {
  for (const call of queue.returned) if (fits(call)) return call;
  for (const call of queue.waiting) if (fits(call)) return call;
  return undefined;
}

/** The agent with the greatest weight, among these the one who has been ready for the longest; of those who suit, where not all do. */
export function firstReady(queue: QueueLive, suits?: (agent: number) => boolean): number | undefined {
  for (const weight of queue.weights) {
    for (const agent of queue.ready.get(weight) ?? []) if (suits === undefined || suits(agent)) return agent;
  }
  return undefined;
}

export function addReady(queue: QueueLive, agent: number, weight: number): void {
  let level = queue.ready.get(weight);
  if (level === undefined) {
    level = new Set();
    queue.ready.set(weight, level);
    const place = queue.weights.findIndex((other) => other < weight);
    queue.weights.splice(place < 0 ? queue.weights.length : place, 0, weight);
  }
  level.add(agent);
}

export function removeReady(queue: QueueLive, agent: number, weight: number): void {
  queue.ready.get(weight)?.delete(agent);
}

export function countReady(queue: QueueLive): number {
  let count = 0;
  for (const level of queue.ready.values()) count += level.size;
  return count;
}
