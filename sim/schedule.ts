import { setImmediate as turn } from 'node:timers/promises';

/** What scripted parties live by: the time, and things to do later. */
export interface Schedule {
  readonly now: () => number;
  /** Does something after a time; answers what calls it off. */
  readonly after: (ms: number, work: () => void) => () => void;
}

/** Real time. It keeps no process alive. */
export function realSchedule(): Schedule {
  return {
    now: Date.now,
    after: (ms, work) => {
      const timeout = setTimeout(work, ms);
      timeout.unref();
      return () => { clearTimeout(timeout); };
    },
  };
}

/** Time that stands still until it is told to pass. */
export interface VirtualSchedule extends Schedule {
  /** Lets time pass. What is due in between is done at its time, in order, and so is all that follows from it at once. */
  readonly advance: (ms: number) => Promise<void>;
}

interface Task {
  readonly at: number;
  readonly work: () => void;
}

export function virtualSchedule(start = 0): VirtualSchedule {
  let now = start;
  /** By time; what is due at the same time stands in the order in which it was asked for. */
  const tasks: Task[] = [];

  const place = (at: number): number => {
    let [low, high] = [0, tasks.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((tasks[middle]?.at ?? Infinity) <= at) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  return {
    now: () => now,
    after: (ms, work) => {
      // Whole milliseconds, as a clock shows them.
      const task = { at: now + Math.max(0, Math.round(ms)), work };
      tasks.splice(place(task.at), 0, task);
      return () => {
        const index = tasks.indexOf(task);
        if (index !== -1) tasks.splice(index, 1);
      };
    },
    advance: async (ms) => {
      const until = now + ms;
      await turn();
      for (let [first] = tasks; first !== undefined && first.at <= until; [first] = tasks) {
        tasks.shift();
        now = first.at;
        first.work();
        await turn();
      }
      now = until;
    },
  };
}
