import type { FailureLock } from '../../security/failure-lock.ts';
import type { Key, Keys, KeyScheme } from './keys.ts';

export interface KeyAttempt {
  readonly scheme: KeyScheme;
  readonly keyId: string;
  readonly source: string;
  readonly now: number;
  /** Whether what was shown belongs to this secret; asked with an empty one where there is no such key. */
  readonly isRight: (secret: string) => boolean;
}

export type KeyOutcome =
  | { readonly ok: true; readonly key: Key }
  | { readonly ok: false; readonly why: 'locked' | 'unknown' | 'wrong' | 'disabled' };

export interface KeyGuard {
  readonly keys: Pick<Keys, 'find'>;
  /** Of a key at an address. */
  readonly lock: FailureLock;
  /** Of an address, whatever keys were tried from there: a limit so high that one client with a wrong secret does not come to it. */
  readonly sources: FailureLock;
}

/** Checks that a caller knows the secret of a key, counting failures. */
export async function tryKey({ keys, lock, sources }: KeyGuard, { scheme, keyId, source, now, isRight }: KeyAttempt): Promise<KeyOutcome> {
  // Locked by key and address together: a stranger's guesses lock out neither the key's owner nor, unless there are very many, a whole proxy.
  const name = `${scheme}:${keyId}:${source}`;
  const key = await keys.find(scheme, keyId);
  // No wait between looking at the lock and counting the failure: guesses at once are counted as guesses in a row are.
  if (lock.lockedFor(name, now) > 0 || sources.lockedFor(source, now) > 0) return { ok: false, why: 'locked' };
  const right = isRight(key?.secret ?? '');
  if (key === undefined || !right) {
    lock.fail(name, now);
    sources.fail(source, now);
    return { ok: false, why: key === undefined ? 'unknown' : 'wrong' };
  }
  // The right secret of a key that is switched off is no guess: it must work at once when the key is on again.
  if (!key.enabled) return { ok: false, why: 'disabled' };
  // The failures of the address stay: else whoever has a key could guess at those of others without end.
  lock.succeed(name);
  return { ok: true, key };
}
