import { putBounded } from './bounded-map.ts';

/** Counts calls by key in fixed windows; the oldest keys fall out, so that an attacker cannot fill the memory. */
export interface RateLimit {
  /** Takes one call; false when the key has used up its window. */
  readonly take: (key: string, now: number) => boolean;
  readonly size: () => number;
}

export function createRateLimit(limit: number, windowMs: number, maxKeys = 10_000): RateLimit {
  const windows = new Map<string, { start: number; used: number }>();
  return {
    take: (key, now) => {
      const current = windows.get(key);
      if (current !== undefined && now - current.start < windowMs) {
        if (current.used >= limit) return false;
        current.used += 1;
        return true;
      }
      putBounded(windows, key, { start: now, used: 1 }, maxKeys);
      return true;
    },
    size: () => windows.size,
  };
}
