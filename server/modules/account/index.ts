import type { Database } from '../../database/connect.ts';
import type { Accounts } from './accounts.ts';

export function createAccounts(_deps: { readonly db: Database }): Accounts {
  return {} as Accounts;
}
