/** Time, as telephony needs it: what is tested brings its own. */
export interface Timers {
  /** Milliseconds; only differences mean something. */
  readonly now: () => number;
  /** Does something later; answers what calls it off. */
  readonly after: (ms: number, work: () => void) => () => void;
}

/**
 * How long to wait for what need not be punctual: to the first full step after so many milliseconds. All that is due by then is done at
 * once, as to be woken by itself costs a thread with little to do more than what it then does.
 */
export function untilStep(now: number, ms: number, stepMs: number): number {
  return Math.ceil((now + ms) / stepMs) * stepMs - now;
}

export const realTimers: Timers = {
  now: () => performance.now(),
  after: (ms, work) => {
    const timer = setTimeout(work, ms);
    return () => { clearTimeout(timer); };
  },
};
