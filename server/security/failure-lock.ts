import { putBounded } from './bounded-map.ts';

/** Locks a name (such as a key together with the address it was tried from) after failures in a row. */
export interface FailureLock {
  /** Milliseconds until the name may try again; 0 when it may now. */
  readonly lockedFor: (name: string, now: number) => number;
  readonly fail: (name: string, now: number) => void;
  readonly succeed: (name: string) => void;
}

export interface FailureLockOptions {
  readonly failures: number;
  readonly lockMs: number;
  readonly maxNames?: number;
}

export function createFailureLock({ failures, lockMs, maxNames = 50_000 }: FailureLockOptions): FailureLock {
  const names = new Map<string, { count: number; last: number }>();
  return {
    lockedFor: (name, now) => {
      const entry = names.get(name);
      if (entry === undefined || entry.count < failures) return 0;
      return Math.max(0, entry.last + lockMs - now);
    },
    fail: (name, now) => {
      const entry = names.get(name);
      // Failures further apart than the lock lasts do not add up.
      const count = entry === undefined || now - entry.last >= lockMs ? 1 : entry.count + 1;
      putBounded(names, name, { count, last: now }, maxNames);
    },
    succeed: (name) => { names.delete(name); },
  };
}
