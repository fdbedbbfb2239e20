/** Wrong passwords in a row, and until when the account is locked because of them. */
export interface LockState {
  readonly failures: number;
  readonly lockedUntil: number;
}

/** 5.1.3, 5.1.8: the third wrong password in a row locks the account for 30 minutes. */
export const LOCK = { failures: 3, forMs: 30 * 60_000 } as const;

export const UNLOCKED: LockState = { failures: 0, lockedUntil: 0 };

export const isLocked = ({ lockedUntil }: Pick<LockState, 'lockedUntil'>, now: number): boolean => lockedUntil > now;

/** The state after one more wrong password. Attempts while it is locked neither count nor make it longer. */
export function afterFailure(state: LockState, now: number): LockState {
  if (isLocked(state, now)) return state;
  const failures = state.failures + 1;
  return failures >= LOCK.failures ? { failures: 0, lockedUntil: now + LOCK.forMs } : { ...state, failures };
}
