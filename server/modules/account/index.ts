import { errors } from '@parley/contract/admin/family.ts';
import { refuse } from '@parley/contract/refusal.ts';
import { UNLOCKED } from '@parley/core/account/lock.ts';
import { checkPassword, PASSWORD, restsFor } from '@parley/core/account/password.ts';
import type { Database } from '../../database/connect.ts';
import { verifyPassword } from '../../security/passwords.ts';
import type { Accounts } from './accounts.ts';
import { createSignIn } from './sign-in.ts';
import {
  findAccount, findAccounts, insertAccount, lastPasswords, listAccounts, removeAccount, saveLock, savePassword, searchAccounts, updateAccount,
} from './store.ts';

export { accountEraser } from './eraser.ts';
export { accountHandlers } from './operations.ts';
export type { Account, Accounts, NewAccount, Role, SignIn } from './accounts.ts';

export function createAccounts({ db }: { readonly db: Database }): Accounts {
  return {
    find: findAccount,
    findMany: findAccounts,
    list: listAccounts,
    search: searchAccounts,
    insert: insertAccount,
    update: updateAccount,
    remove: removeAccount,
    ...createSignIn(db),
    setPassword: savePassword,
    checkNewPassword: async (from, vdnId, account, password, now) => {
      const invalid = (message: string) => refuse(errors.invalid, { field: 'password', message });
      const broken = checkPassword(password, account);
      if (broken !== undefined) return invalid(broken);
      const found = await findAccount(from, vdnId, account);
      if (found === undefined) return refuse(errors.notFound, { what: 'account', id: account });
      const rest = restsFor({ createdAt: found.createdAt, changedAt: found.passwordChangedAt }, now);
      if (rest > 0) return refuse(errors.conflict, { message: 'the password was changed in the last 24 hours' });
      const hashes = await lastPasswords(from, vdnId, account);
      const used = await Promise.all(hashes.map((hash) => verifyPassword(password, hash)));
      return used.includes(true) ? invalid(`the password must not be one of the last ${PASSWORD.remembered}`) : undefined;
    },
    unlock: (tx, vdnId, account) => saveLock(tx, vdnId, account, UNLOCKED),
  };
}
