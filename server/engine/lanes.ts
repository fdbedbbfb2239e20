/** The HTTP layer turns the status into the family's overload code. */
export class Overloaded extends Error {
  readonly statusCode = 503;
}

/** Work of one name is done one after another; that of different names goes on side by side. */
export interface Lanes<K> {
  /** Refuses at once, as overloaded, when too many wait in the lane. */
  readonly run: <T>(name: K, work: () => Promise<T>) => Promise<T>;
  /** Resolves when nothing is being done. */
  readonly idle: () => Promise<void>;
}

export function createLanes<K extends string | number>(what: string, maxWaiting: number): Lanes<K> {
  const lanes = new Map<K, { tail: Promise<unknown>; waiting: number }>();
  return {
    run: async (name, work) => {
      const lane = lanes.get(name) ?? { tail: Promise.resolve(), waiting: 0 };
      if (lane.waiting >= maxWaiting) throw new Overloaded(`${lane.waiting} ${what} of ${name} are waiting`);
      lane.waiting += 1;
      lanes.set(name, lane);
      const mine = lane.tail.then(work);
      lane.tail = mine.catch(() => undefined);
      try {
        return await mine;
      } finally {
        lane.waiting -= 1;
        if (lane.waiting === 0) lanes.delete(name);
      }
    },
    idle: async () => { await Promise.all([...lanes.values()].map((lane) => lane.tail)); },
  };
}
