/** A thing to come: `key` says what, and there is one of a key at most. */
export interface Timer {
  readonly at: number;
  readonly key: string;
}

/** Timers as data: a heap by time, with those that were replaced or cancelled passed over when they surface. */
export interface Timers {
  readonly due: Map<string, number>;
  readonly heap: Timer[];
}

export const noTimers = (): Timers => ({ due: new Map(), heap: [] });

const above = (index: number): number => (index - 1) >> 1;

export function setTimer(timers: Timers, key: string, at: number): void {
  timers.due.set(key, at);
  const { heap } = timers;
  const timer = { at, key };
  let index = heap.length;
  heap.push(timer);
  while (index > 0) {
    const parent = heap[above(index)];
    if (parent === undefined || parent.at <= at) break;
    heap[index] = parent;
    index = above(index);
  }
  heap[index] = timer;
}

export function cancelTimer(timers: Timers, key: string): void {
  timers.due.delete(key);
  if (timers.due.size === 0) timers.heap.length = 0;
}

function removeFirst(heap: Timer[]): void {
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return;
  let index = 0;
  for (;;) {
    const left = 2 * index + 1;
    const [one, other] = [heap[left], heap[left + 1]];
    const isRight = one !== undefined && other !== undefined && other.at < one.at;
    const child = isRight ? other : one;
    if (child === undefined || child.at >= last.at) break;
    heap[index] = child;
    index = isRight ? left + 1 : left;
  }
  heap[index] = last;
}

/** The earliest timer that still stands. */
export function nextTimer({ due, heap }: Timers): Timer | undefined {
  for (let first = heap[0]; first !== undefined; first = heap[0]) {
    if (due.get(first.key) === first.at) return first;
    removeFirst(heap);
  }
  return undefined;
}
