import { fullBucket, take, type TokenBucket } from '../guard/token-bucket.ts';
import type { Timers } from '../../timers.ts';
import type { TrunkConfig } from './trunk.ts';

export type ClaimRefusal = 'calls' | 'callsPerSecond' | 'unknownTrunk';
export type TrunkClaim = { readonly ok: true; readonly release: () => void } | { readonly ok: false; readonly why: ClaimRefusal };

/** Who has a place on which trunk. */
export interface Claims {
  readonly claim: (trunk: TrunkConfig) => TrunkClaim;
  readonly callsOf: (name: string) => number;
  /** For how long places have been taken since the beginning: two at once count twice. */
  readonly busyMsOf: (name: string) => number;
}

export function createClaims(timers: Pick<Timers, 'now'>): Claims {
  /** A trunk that is taken away and comes again still has the calls that it had. */
  const standing = new Map<string, number>();
  const buckets = new Map<string, TokenBucket>();
  /** Up to the last change. */
  const busy = new Map<string, { readonly ms: number; readonly at: number }>();

  const busyMsOf = (name: string): number => {
    const known = busy.get(name);
    return known === undefined ? 0 : known.ms + (standing.get(name) ?? 0) * (timers.now() - known.at);
  };

  const count = (name: string, change: 1 | -1): void => {
    busy.set(name, { ms: busyMsOf(name), at: timers.now() });
    const calls = (standing.get(name) ?? 0) + change;
    if (calls === 0) standing.delete(name);
    else standing.set(name, calls);
  };

  return {
    busyMsOf,
    callsOf: (name) => standing.get(name) ?? 0,
    claim: ({ name, limits }) => {
      if ((standing.get(name) ?? 0) >= (limits?.calls ?? Infinity)) return { ok: false, why: 'calls' };
      const perSecond = limits?.callsPerSecond;
      if (perSecond !== undefined) {
        const now = timers.now();
        const rate = { perSecond, burst: Math.max(1, perSecond) };
        const bucket = buckets.get(name) ?? fullBucket(rate, now);
        buckets.set(name, bucket);
        if (!take(bucket, rate, now)) return { ok: false, why: 'callsPerSecond' };
      }
      count(name, 1);
      let isHeld = true;
      return {
        ok: true,
        release: () => {
          if (isHeld) count(name, -1);
          isHeld = false;
        },
      };
    },
  };
}
