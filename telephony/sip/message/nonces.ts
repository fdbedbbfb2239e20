import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Timers } from '../../timers.ts';

export interface Nonces {
  readonly issue: () => string;
  /** Whether a nonce is ours, young enough, and not used with that count yet. Without a count it is good once. */
  readonly use: (nonce: string, count: number | undefined) => boolean;
  /** How many are remembered, for leaks to be seen. */
  readonly remembered: () => number;
}

export interface NonceOptions {
  /** Those of another one are never ours. */
  readonly secret?: Uint8Array | string;
  readonly timers: Pick<Timers, 'now'>;
  readonly lifetimeMs: number;
  /** How many used ones are remembered. Those that are forgotten early are no good any more. */
  readonly most?: number;
  readonly random?: (bytes: number) => Uint8Array;
}

const MOST = 10_000;

const TIME_BYTES = 6;
const RANDOM_BYTES = 6;
const SIGNED_BYTES = TIME_BYTES + RANDOM_BYTES;
const SIGNATURE_BYTES = 16;

/** How far behind the highest count one may come, as datagrams overtake each other. */
const WINDOW = 32;

interface Use {
  readonly issuedAt: number;
  highest: number;
  /** The counts from the highest one downwards that were used, a bit each. */
  seen: number;
}

/**
 * Nonces that say when they were made, signed, so that nothing is kept of those that are only asked for: a flood of
 * requests without credentials costs no memory. Those that were used with the right password are remembered while they
 * live, so that nothing that was heard on the way can be sent again.
 */
export function createNonces({ secret = randomBytes(32), timers, lifetimeMs, most = MOST, random = randomBytes }: NonceOptions): Nonces {
  /** In the order of their first use. */
  const uses = new Map<string, Use>();
  /** Those issued up to then are no good: some of them were used and are forgotten. */
  let forgottenUntil = -1;

  const sign = (signed: Uint8Array): Buffer => createHmac('sha256', secret).update(signed).digest().subarray(0, SIGNATURE_BYTES);

  const issuedAtOf = (nonce: string): number | undefined => {
    const bytes = Buffer.from(nonce, 'base64url');
    // Other spellings of the same bytes would be other nonces.
    if (bytes.length !== SIGNED_BYTES + SIGNATURE_BYTES || bytes.toString('base64url') !== nonce) return undefined;
    return timingSafeEqual(sign(bytes.subarray(0, SIGNED_BYTES)), bytes.subarray(SIGNED_BYTES)) ? bytes.readUIntBE(0, TIME_BYTES) : undefined;
  };

  const forget = (now: number): void => {
    for (const [nonce, { issuedAt }] of uses) {
      const isOver = now - issuedAt > lifetimeMs;
      if (!isOver && uses.size < most) return;
      if (!isOver) forgottenUntil = Math.max(forgottenUntil, issuedAt);
      uses.delete(nonce);
    }
  };

  return {
    issue: () => {
      const signed = Buffer.alloc(SIGNED_BYTES);
      signed.writeUIntBE(Math.max(0, Math.floor(timers.now())), 0, TIME_BYTES);
      signed.set(random(RANDOM_BYTES).subarray(0, RANDOM_BYTES), TIME_BYTES);
      return Buffer.concat([signed, sign(signed)]).toString('base64url');
    },
    use: (nonce, count) => {
      const now = timers.now();
      const issuedAt = issuedAtOf(nonce);
      // Those of the future were signed with the same secret by somebody whose time began elsewhere.
      if (issuedAt === undefined || issuedAt > now || now - issuedAt > lifetimeMs || issuedAt <= forgottenUntil) return false;
      const use = uses.get(nonce);
      if (use !== undefined) return mark(use, count);
      forget(now);
      uses.set(nonce, count === undefined ? { issuedAt, highest: Number.MAX_SAFE_INTEGER, seen: -1 } : { issuedAt, highest: count, seen: 1 });
      return true;
    },
    remembered: () => uses.size,
  };
}

/** Marks a count as used; false if it was already, or may have been. */
function mark(use: Use, count: number | undefined): boolean {
  if (count === undefined) return false;
  const ahead = count - use.highest;
  if (ahead > 0) {
    use.seen = ahead >= WINDOW ? 1 : (use.seen << ahead) | 1;
    use.highest = count;
    return true;
  }
  const bit = 1 << -ahead;
  if (-ahead >= WINDOW || (use.seen & bit) !== 0) return false;
  use.seen |= bit;
  return true;
}
