import type { Timers } from '../timers.ts';

export interface VirtualTimers extends Timers {
  /** Lets time pass, and whatever falls due happen in its order, with the promises that it resolves. */
  readonly advance: (ms: number) => Promise<void>;
  /** How many things are still to happen: none, when everything is over. */
  readonly pending: () => number;
}

export function virtualTimers(): VirtualTimers {
  const due: { readonly at: number; readonly work: () => void }[] = [];
  let time = 0;
  const settled = (): Promise<void> => new Promise((resolve) => { setImmediate(resolve); });
  return {
    now: () => time,
    after: (ms, work) => {
      const item = { at: time + Math.max(0, ms), work };
      const place = due.findIndex(({ at }) => at > item.at);
      due.splice(place === -1 ? due.length : place, 0, item);
      return () => {
        const at = due.indexOf(item);
        if (at !== -1) due.splice(at, 1);
      };
    },
    pending: () => due.length,
    advance: async (ms) => {
      const end = time + ms;
      await settled();
      for (let next = due[0]; next !== undefined && next.at <= end; next = due[0]) {
        due.shift();
        time = next.at;
        next.work();
        await settled();
      }
      time = end;
    },
  };
}
