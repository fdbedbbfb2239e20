import { sql, type Selectable } from 'kysely';
import type { LockState } from '@parley/core/account/lock.ts';
import { PASSWORD } from '@parley/core/account/password.ts';
import type { Database } from '../../database/connect.ts';
import { containing } from '../../database/like.ts';
import type { AccountTable } from '../../database/tables.ts';
import type { Account, AccountFilter, NewAccount, Role } from './accounts.ts';

/** An account with what checks of its password need; it never leaves the module. */
export interface GuardedAccount extends Account, LockState {
  readonly passwordHash: string;
}

const guardedFromRow = (row: Selectable<AccountTable>): GuardedAccount => ({
  vdnId: row.vdn_id, account: row.account, name: row.name, role: row.role as Role, email: row.email, phone: row.phone,
  enabled: row.enabled, failures: row.failures, lockedUntil: row.locked_until, passwordChangedAt: row.password_changed_at,
  createdAt: row.created_at, passwordHash: row.password_hash,
});

const unguarded = ({ passwordHash: _hash, failures: _failures, ...account }: GuardedAccount): Account => account;

const select = (db: Database, vdnId: number) => db.selectFrom('account').selectAll().where('vdn_id', '=', vdnId);

const one = (db: Database, vdnId: number, account: string) => select(db, vdnId).where('account', '=', account);

export async function findGuarded(db: Database, vdnId: number, account: string): Promise<GuardedAccount | undefined> {
  const row = await one(db, vdnId, account).executeTakeFirst();
  return row && guardedFromRow(row);
}

/** Holds the row, so that counts of failures at once add up. */
export async function findForUpdate(tx: Database, vdnId: number, account: string): Promise<GuardedAccount | undefined> {
  const row = await one(tx, vdnId, account).forUpdate().executeTakeFirst();
  return row && guardedFromRow(row);
}

/** Accounts of that name in all tenants, the oldest tenants first. */
export async function findNamesakes(db: Database, account: string, limit: number): Promise<readonly GuardedAccount[]> {
  const rows = await db.selectFrom('account').selectAll().where('account', '=', account).orderBy('vdn_id').limit(limit).execute();
  return rows.map(guardedFromRow);
}

export async function findAccount(db: Database, vdnId: number, account: string): Promise<Account | undefined> {
  const found = await findGuarded(db, vdnId, account);
  return found && unguarded(found);
}

export async function findAccounts(db: Database, vdnId: number, accounts: readonly string[]): Promise<ReadonlyMap<string, Account>> {
  if (accounts.length === 0) return new Map();
  const rows = await select(db, vdnId).where('account', 'in', [...accounts]).execute();
  return new Map(rows.map((row) => [row.account, unguarded(guardedFromRow(row))]));
}

export async function listAccounts(db: Database, vdnId: number): Promise<readonly Account[]> {
  return (await select(db, vdnId).orderBy('account').execute()).map((row) => unguarded(guardedFromRow(row)));
}

export async function searchAccounts(db: Database, vdnId: number, { role, search = '', after }: AccountFilter, limit: number): Promise<readonly Account[]> {
  // The order is the same in every database: how letters are sorted there is not ours to know.
  const byAccount = sql<string>`account collate "C"`;
  const part = containing(search);
  let matching = select(db, vdnId);
  if (role !== undefined) matching = matching.where('role', '=', role);
  if (search !== '') matching = matching.where((eb) => eb.or([eb('account', 'ilike', part), eb('name', 'ilike', part)]));
  if (after !== undefined) matching = matching.where(byAccount, '>', after);
  return (await matching.orderBy(byAccount).limit(limit).execute()).map((row) => unguarded(guardedFromRow(row)));
}

export async function insertAccount(tx: Database, vdnId: number, { passwordHash, ...account }: NewAccount, at: number): Promise<void> {
  await tx.insertInto('account').values({ vdn_id: vdnId, ...account, password_hash: passwordHash, password_changed_at: at, created_at: at }).execute();
  await remember(tx, vdnId, account.account, passwordHash, at);
}

export async function updateAccount(
  tx: Database, vdnId: number, account: string, changes: Partial<Pick<Account, 'name' | 'role' | 'email' | 'phone' | 'enabled'>>,
): Promise<void> {
  const { name, role, email, phone, enabled } = changes;
  const given = Object.fromEntries(Object.entries({ name, role, email, phone, enabled }).filter(([, value]) => value !== undefined));
  if (Object.keys(given).length === 0) return;
  await tx.updateTable('account').set(given).where('vdn_id', '=', vdnId).where('account', '=', account).execute();
}

export async function removeAccount(tx: Database, vdnId: number, account: string): Promise<void> {
  await tx.deleteFrom('account').where('vdn_id', '=', vdnId).where('account', '=', account).execute();
}

export async function saveLock(tx: Database, vdnId: number, account: string, { failures, lockedUntil }: LockState): Promise<void> {
  await tx.updateTable('account').set({ failures, locked_until: lockedUntil }).where('vdn_id', '=', vdnId).where('account', '=', account).execute();
}

export async function savePassword(tx: Database, vdnId: number, account: string, passwordHash: string, at: number): Promise<void> {
  await tx.updateTable('account').set({ password_hash: passwordHash, password_changed_at: at, failures: 0, locked_until: 0 })
    .where('vdn_id', '=', vdnId).where('account', '=', account).execute();
  await remember(tx, vdnId, account, passwordHash, at);
  const old = await passwordsOf(tx, vdnId, account).offset(PASSWORD.remembered).execute();
  if (old.length === 0) return;
  await tx.deleteFrom('account_password').where('vdn_id', '=', vdnId).where('account', '=', account)
    .where('changed_at', 'in', old.map((row) => row.changed_at)).execute();
}

async function remember(tx: Database, vdnId: number, account: string, passwordHash: string, at: number): Promise<void> {
  if (passwordHash === '') return;
  await tx.insertInto('account_password').values({ vdn_id: vdnId, account, changed_at: at, password_hash: passwordHash })
    .onConflict((conflict) => conflict.columns(['vdn_id', 'account', 'changed_at']).doUpdateSet({ password_hash: passwordHash })).execute();
}

const passwordsOf = (db: Database, vdnId: number, account: string) =>
  db.selectFrom('account_password').selectAll().where('vdn_id', '=', vdnId).where('account', '=', account).orderBy('changed_at', 'desc');

/** The hashes of the last passwords, the present one first. */
export async function lastPasswords(db: Database, vdnId: number, account: string): Promise<readonly string[]> {
  return (await passwordsOf(db, vdnId, account).limit(PASSWORD.remembered).execute()).map((row) => row.password_hash);
}

/** Empties mail address and phone number where they are one of the subjects, and both where the account itself is; answers how many. */
export async function erasePersonal(db: Database, vdnId: number, subjects: readonly string[]): Promise<number> {
  if (subjects.length === 0) return 0;
  const named = [...subjects];
  const { numUpdatedRows } = await db.updateTable('account')
    .set((eb) => ({
      email: eb.case().when(eb.or([eb('account', 'in', named), eb('email', 'in', named)])).then('').else(eb.ref('email')).end(),
      phone: eb.case().when(eb.or([eb('account', 'in', named), eb('phone', 'in', named)])).then('').else(eb.ref('phone')).end(),
    }))
    .where('vdn_id', '=', vdnId)
    .where((eb) => eb.or([eb('account', 'in', named), eb('email', 'in', named), eb('phone', 'in', named)]))
    .where((eb) => eb.or([eb('email', '<>', ''), eb('phone', '<>', '')]))
    .executeTakeFirst();
  return Number(numUpdatedRows);
}
