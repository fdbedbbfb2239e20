/** A bounded number of things at a time, and of those that wait for their turn. */
export interface Places {
  /** Undefined where too many wait. */
  readonly take: <T>(work: () => Promise<T>) => Promise<T> | undefined;
}

export function createPlaces(atOnce: number, maxWaiting: number): Places {
  let busy = 0;
  const waiting: (() => void)[] = [];
  const run = async <T>(work: () => Promise<T>): Promise<T> => {
    if (busy >= atOnce) await new Promise<void>((resolve) => { waiting.push(resolve); });
    else busy += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      // The place goes on to whoever waits.
      if (next === undefined) busy -= 1;
      else next();
    }
  };
  return { take: (work) => (busy >= atOnce && waiting.length >= maxWaiting ? undefined : run(work)) };
}
