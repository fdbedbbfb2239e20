import { afterFailure, isLocked, UNLOCKED } from '@parley/core/account/lock.ts';
import { passwordExpired } from '@parley/core/account/password.ts';
import type { Database } from '../../database/connect.ts';
import { createLanes } from '../../engine/lanes.ts';
import { verifyNobody, verifyPassword } from '../../security/passwords.ts';
import type { Accounts, SignIn } from './accounts.ts';
import { findForUpdate, findGuarded, findNamesakes, saveLock, type GuardedAccount } from './store.ts';

/** So many tenants may know an account by one name; names in more of them work in the first ones only. */
const MAX_NAMESAKES = 20;

const WRONG: SignIn = { ok: false, why: 'wrong' };
const LOCKED: SignIn = { ok: false, why: 'locked' };

/** More than that can only be guesses. */
const MAX_WAITING = 100;

export function createSignIn(db: Database): Pick<Accounts, 'signIn' | 'signInAnywhere'> {
  // One name after another, so that guesses at once are counted as guesses in a row are.
  const { run: inLane } = createLanes<string>('sign-ins', MAX_WAITING);

  const fail = ({ vdnId, account }: GuardedAccount, now: number): Promise<void> =>
    db.transaction().execute(async (tx) => {
      const current = await findForUpdate(tx, vdnId, account);
      if (current !== undefined && !isLocked(current, now)) await saveLock(tx, vdnId, account, afterFailure(current, now));
    });

  /** Forgets failures, unless another process has locked the account while the password was being checked. */
  const succeed = async (account: GuardedAccount, now: number): Promise<boolean> => {
    if (account.failures === 0) return true;
    return db.transaction().execute(async (tx) => {
      const current = await findForUpdate(tx, account.vdnId, account.account);
      if (current === undefined || isLocked(current, now)) return false;
      await saveLock(tx, account.vdnId, account.account, UNLOCKED);
      return true;
    });
  };

  const settle = async (found: GuardedAccount, now: number): Promise<SignIn> => {
    if (!(await succeed(found, now))) return LOCKED;
    const { passwordHash: _hash, failures: _failures, ...account } = found;
    return { ok: true, account, passwordExpired: passwordExpired(account.passwordChangedAt, now) };
  };

  const isRight = async (account: GuardedAccount, password: string): Promise<boolean> =>
    (await verifyPassword(password, account.passwordHash)) && account.enabled;

  return {
    signIn: (vdnId, name, password, now) => inLane(`${vdnId} ${name}`, async () => {
      const found = name.includes('\0') ? undefined : await findGuarded(db, vdnId, name);
      if (found === undefined) return (await verifyNobody(password)) || WRONG;
      if (isLocked(found, now)) return LOCKED;
      if (await isRight(found, password)) return settle(found, now);
      await fail(found, now);
      return WRONG;
    }),

    signInAnywhere: (name, password, now) => inLane(`anywhere ${name}`, async () => {
      const namesakes = name.includes('\0') ? [] : await findNamesakes(db, name, MAX_NAMESAKES);
      const open = namesakes.filter((account) => !isLocked(account, now));
      if (open.length === 0) return namesakes.length > 0 ? LOCKED : (await verifyNobody(password)) || WRONG;
      for (const account of open) {
        // A person who is right in one tenant has not failed in the others.
        if (await isRight(account, password)) return settle(account, now);
      }
      await Promise.all(open.map((account) => fail(account, now)));
      return WRONG;
    }),
  };
}
