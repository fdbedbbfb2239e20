/** One timeout for the whole node: it rings at the earliest of the times it was asked for. */
export interface Alarm {
  readonly by: (at: number) => void;
  readonly stop: () => void;
}

/** The longest that a timeout of Node can be. */
const MAX_MS = 2 ** 31 - 1;

export function createAlarm(clock: () => number, ring: () => void): Alarm {
  let armedFor = Number.POSITIVE_INFINITY;
  let timeout: NodeJS.Timeout | undefined;
  return {
    by: (at) => {
      if (at >= armedFor) return;
      armedFor = at;
      clearTimeout(timeout);
      timeout = setTimeout(() => {
        armedFor = Number.POSITIVE_INFINITY;
        ring();
      }, Math.min(Math.max(at - clock(), 1), MAX_MS));
      timeout.unref();
    },
    stop: () => {
      clearTimeout(timeout);
      armedFor = Number.NEGATIVE_INFINITY;
    },
  };
}
