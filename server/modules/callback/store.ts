import { readTrustedUrl, type TrustedUrl } from '@parley/core/callback/trusted-url.ts';
import type { Database } from '../../database/connect.ts';

export interface TrustedEntry {
  readonly id: string;
  readonly url: string;
  readonly note: string;
  readonly createdAt: number;
}

export interface CallbackAddress {
  readonly purpose: string;
  readonly url: string;
  readonly sharedKey: string | null;
}

/** As it may be shown. */
export interface SharedKey {
  readonly name: string;
  readonly createdAt: number;
}

export async function listTrusted(db: Database, vdnId: number): Promise<readonly TrustedEntry[]> {
  const rows = await db.selectFrom('trusted_url').selectAll().where('vdn_id', '=', vdnId).orderBy('prefix').execute();
  return rows.map((row) => ({ id: row.id, url: row.prefix, note: row.note, createdAt: row.created_at }));
}

/** The entries as the rules read them. */
export function rulesOf(entries: readonly Pick<TrustedEntry, 'url'>[]): readonly TrustedUrl[] {
  return entries.flatMap(({ url }) => {
    const reading = readTrustedUrl(url);
    return reading.ok ? [reading.entry] : [];
  });
}

export async function insertTrusted(tx: Database, vdnId: number, { id, url, note, createdAt }: TrustedEntry): Promise<void> {
  await tx.insertInto('trusted_url').values({ vdn_id: vdnId, id, prefix: url, note, created_at: createdAt }).execute();
}

export async function removeTrusted(tx: Database, vdnId: number, id: string): Promise<void> {
  await tx.deleteFrom('trusted_url').where('vdn_id', '=', vdnId).where('id', '=', id).execute();
}

export async function listAddresses(db: Database, vdnId: number): Promise<readonly CallbackAddress[]> {
  const rows = await db.selectFrom('callback_address').selectAll().where('vdn_id', '=', vdnId).orderBy('purpose').execute();
  return rows.map((row) => ({ purpose: row.purpose, url: row.url, sharedKey: row.shared_key }));
}

export async function putAddress(tx: Database, vdnId: number, { purpose, url, sharedKey }: CallbackAddress): Promise<void> {
  await tx.insertInto('callback_address').values({ vdn_id: vdnId, purpose, url, shared_key: sharedKey })
    .onConflict((conflict) => conflict.columns(['vdn_id', 'purpose']).doUpdateSet({ url, shared_key: sharedKey })).execute();
}

export async function removeAddress(tx: Database, vdnId: number, purpose: string): Promise<void> {
  await tx.deleteFrom('callback_address').where('vdn_id', '=', vdnId).where('purpose', '=', purpose).execute();
}

export async function listSharedKeyNames(db: Database, vdnId: number): Promise<readonly SharedKey[]> {
  const rows = await db.selectFrom('shared_key').select(['name', 'created_at']).where('vdn_id', '=', vdnId).orderBy('name').execute();
  return rows.map((row) => ({ name: row.name, createdAt: row.created_at }));
}

export async function findSealedSecret(db: Database, vdnId: number, name: string): Promise<Buffer | undefined> {
  const row = await db.selectFrom('shared_key').select('secret').where('vdn_id', '=', vdnId).where('name', '=', name).executeTakeFirst();
  return row?.secret;
}

/** Makes the key, or gives the one of this name a new secret. */
export async function putSharedKey(tx: Database, vdnId: number, { name, createdAt }: SharedKey, secret: Buffer): Promise<void> {
  await tx.insertInto('shared_key').values({ vdn_id: vdnId, name, secret, created_at: createdAt })
    .onConflict((conflict) => conflict.columns(['vdn_id', 'name']).doUpdateSet({ secret, created_at: createdAt })).execute();
}

export async function removeSharedKey(tx: Database, vdnId: number, name: string): Promise<void> {
  await tx.deleteFrom('shared_key').where('vdn_id', '=', vdnId).where('name', '=', name).execute();
}
