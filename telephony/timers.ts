/** Time, as telephony needs it: what is tested brings its own. */
export interface Timers {
  /** Milliseconds; only differences mean something. */
  readonly now: () => number;
  /** Does something later; answers what calls it off. */
  readonly after: (ms: number, work: () => void) => () => void;
}

export const realTimers: Timers = {
  now: () => performance.now(),
  after: (ms, work) => {
    const timer = setTimeout(work, ms);
    return () => { clearTimeout(timer); };
  },
};
