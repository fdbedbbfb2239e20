import { INSTALLATION } from '@parley/core/tenant/settings.ts';
import type { Database } from '../../database/connect.ts';

/** An access code that is kept for trials. */
export interface PoolCode {
  readonly code: string;
  readonly tenant: number | null;
  readonly addedAt: number;
}

const RESERVED_MS = 10 * 60_000;

const all = (db: Database) => db.selectFrom('trial_access_code').where('vdn_id', '=', INSTALLATION);

export async function listPool(db: Database): Promise<readonly PoolCode[]> {
  const rows = await all(db).select(['code', 'tenant', 'added_at']).orderBy('added_at').orderBy('code').execute();
  return rows.map(({ code, tenant, added_at: addedAt }) => ({ code, tenant, addedAt }));
}

export async function findInPool(db: Database, code: string): Promise<PoolCode | undefined> {
  const row = await all(db).select(['code', 'tenant', 'added_at']).where('code', '=', code).executeTakeFirst();
  return row && { code: row.code, tenant: row.tenant, addedAt: row.added_at };
}

export async function addToPool(tx: Database, code: string, at: number): Promise<void> {
  await tx.insertInto('trial_access_code').values({ vdn_id: INSTALLATION, code, tenant: null, reserved_at: null, added_at: at }).execute();
}

export async function removeFromPool(tx: Database, code: string): Promise<void> {
  await tx.deleteFrom('trial_access_code').where('vdn_id', '=', INSTALLATION).where('code', '=', code).execute();
}

/** Takes the first free code in hand; what was taken and came to nothing, by a crash, is free again later. */
export async function reserveCode(db: Database, at: number): Promise<string | undefined> {
  const row = await db.updateTable('trial_access_code').set({ reserved_at: at }).where('vdn_id', '=', INSTALLATION)
    .where('code', '=', (from) => from.selectFrom('trial_access_code').select('code').where('vdn_id', '=', INSTALLATION).where('tenant', 'is', null)
      .where((eb) => eb.or([eb('reserved_at', 'is', null), eb('reserved_at', '<=', at - RESERVED_MS)])).orderBy('added_at').orderBy('code').limit(1).forUpdate().skipLocked())
    .returning('code').executeTakeFirst();
  return row?.code;
}

export async function freeCode(db: Database, code: string): Promise<void> {
  await db.updateTable('trial_access_code').set({ reserved_at: null }).where('vdn_id', '=', INSTALLATION).where('code', '=', code).execute();
}

export async function giveCode(db: Database, code: string, tenant: number): Promise<void> {
  await db.updateTable('trial_access_code').set({ tenant, reserved_at: null }).where('vdn_id', '=', INSTALLATION).where('code', '=', code).execute();
}
