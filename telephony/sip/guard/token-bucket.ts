/** What may be done now, and comes back with time: so many a second, and so many at once. */
export interface TokenBucket {
  tokens: number;
  at: number;
}

export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

export function fullBucket(rate: Rate, now: number): TokenBucket {
  return { tokens: rate.burst, at: now };
}

/** Takes tokens where there are enough. */
export function take(bucket: TokenBucket, rate: Rate, now: number, tokens = 1): boolean {
  bucket.tokens = Math.min(rate.burst, bucket.tokens + (Math.max(0, now - bucket.at) * rate.perSecond) / 1000);
  bucket.at = now;
  // Halves of a billionth are what adding fractions leaves over.
  if (bucket.tokens + 1e-9 < tokens) return false;
  bucket.tokens -= tokens;
  return true;
}
