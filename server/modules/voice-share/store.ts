import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';

/** A voice file that another program has uploaded. */
export interface ThirdPartyFile {
  readonly vdnId: number;
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly createdAt: number;
}

export async function insertThirdPartyFile(tx: Database, { vdnId, name, bytes, sha256, createdAt }: ThirdPartyFile): Promise<void> {
  await tx.insertInto('third_party_file').values({ vdn_id: vdnId, name, bytes, sha256, created_at: createdAt }).execute();
}

const ofTenant = (db: Database, vdnId: number) => db.selectFrom('third_party_file').selectAll().where('vdn_id', '=', vdnId);

export async function findThirdPartyFile(db: Database, vdnId: number, name: string): Promise<ThirdPartyFile | undefined> {
  const row = await ofTenant(db, vdnId).where('name', '=', name).executeTakeFirst();
  return row && { vdnId, name, bytes: row.bytes, sha256: row.sha256, createdAt: row.created_at };
}

export async function listThirdPartyNames(db: Database, vdnId: number, limit: number): Promise<readonly string[]> {
  return (await ofTenant(db, vdnId).orderBy('name').limit(limit).execute()).map(({ name }) => name);
}

export async function deleteThirdPartyFile(tx: Database, vdnId: number, name: string): Promise<boolean> {
  const { numDeletedRows } = await tx.deleteFrom('third_party_file').where('vdn_id', '=', vdnId).where('name', '=', name).executeTakeFirst();
  return numDeletedRows > 0n;
}

export interface SharedCopy {
  readonly vdnId: number;
  readonly key: string;
}

/** The copy of a file that there is, good for longer from now on. */
export async function renewCopy(db: Database, vdnId: number, file: string, expiresAt: number): Promise<string | undefined> {
  const row = await db.updateTable('shared_copy').set({ expires_at: expiresAt }).where('vdn_id', '=', vdnId).where('file', '=', file).returning('key').executeTakeFirst();
  return row?.key;
}

export async function insertCopy(db: Database, { vdnId, key }: SharedCopy, file: string, expiresAt: number): Promise<void> {
  await db.insertInto('shared_copy').values({ vdn_id: vdnId, key, file, expires_at: expiresAt }).execute();
}

const BATCH = 500;

export async function listOldCopies(db: Database, now: number): Promise<readonly SharedCopy[]> {
  const rows = await db.selectFrom('shared_copy').select(['vdn_id', 'key']).where('expires_at', '<=', now).orderBy('expires_at').limit(BATCH).execute();
  return rows.map(({ vdn_id: vdnId, key }) => ({ vdnId, key }));
}

export async function deleteCopy(db: Database, { vdnId, key }: SharedCopy): Promise<void> {
  await sql`delete from shared_copy where vdn_id = ${vdnId} and key = ${key}`.execute(db);
}

export async function deleteCopies(tx: Database, vdnId: number): Promise<readonly string[]> {
  return (await tx.deleteFrom('shared_copy').where('vdn_id', '=', vdnId).returning('key').execute()).map(({ key }) => key);
}
