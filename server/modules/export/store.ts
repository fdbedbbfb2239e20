import { sql, type Selectable } from 'kysely';
import type { Database, DatabaseTransaction } from '../../database/connect.ts';
import type { ExportJobTable } from '../../database/export-tables.ts';

export type ExportKind = 'bill' | 'operations';
export type ExportState = 'waiting' | 'ready' | 'told' | 'untold' | 'failed' | 'erased';

/** What is wanted of a time. */
export interface Asked {
  readonly from: number;
  readonly to: number;
  readonly entries: readonly ('call' | 'record' | 'agentOprInfo')[];
  readonly agent?: number;
  readonly call?: string;
  readonly caller?: string;
  readonly called?: string;
}

export interface ExportJob {
  readonly vdnId: number;
  readonly id: string;
  readonly kind: ExportKind;
  readonly fileName: string;
  readonly key: { readonly scheme: 'C1' | 'C2'; readonly id: string };
  readonly asked: Asked;
  readonly accountId: string | undefined;
  readonly callbackUrl: string;
  readonly state: ExportState;
  readonly createdAt: number;
  readonly expiresAt: number;
}

/** States in which there is a file. */
export const MADE: readonly ExportState[] = ['ready', 'told', 'untold'];

const fromRow = (row: Selectable<ExportJobTable>): ExportJob => ({
  vdnId: row.vdn_id, id: row.id, kind: row.kind as ExportKind, fileName: row.file_name, key: { scheme: row.key_scheme as 'C1' | 'C2', id: row.key_id }, asked: row.asked as Asked,
  accountId: row.account_id ?? undefined, callbackUrl: row.callback_url, state: row.state as ExportState, createdAt: row.created_at, expiresAt: row.expires_at,
});

export async function insertExport(tx: Database, job: ExportJob): Promise<void> {
  await tx.insertInto('export_job').values({
    vdn_id: job.vdnId, id: job.id, kind: job.kind, file_name: job.fileName, key_scheme: job.key.scheme, key_id: job.key.id, asked: JSON.stringify(job.asked),
    account_id: job.accountId ?? null, callback_url: job.callbackUrl, state: job.state, created_at: job.createdAt, expires_at: job.expiresAt,
  }).execute();
}

/** Without a tenant, of any. */
export async function findExport(db: Database, vdnId: number | undefined, id: string): Promise<ExportJob | undefined> {
  let query = db.selectFrom('export_job').selectAll().where('id', '=', id);
  if (vdnId !== undefined) query = query.where('vdn_id', '=', vdnId);
  const row = await query.executeTakeFirst();
  return row && fromRow(row);
}

export async function countWaiting(db: Database, vdnId: number): Promise<number> {
  const { count } = await db.selectFrom('export_job').select((eb) => eb.fn.countAll<number>().as('count')).where('vdn_id', '=', vdnId).where('state', '=', 'waiting').executeTakeFirstOrThrow();
  return count;
}

/** What was wanted may hold numbers, so it is not kept longer than it is needed. */
const NOTHING = '{}';

/** From one state to the next, once there is nothing to be made any more; false where it was in another one meanwhile. */
export async function moveExport(db: Database, { vdnId, id }: Pick<ExportJob, 'vdnId' | 'id'>, from: ExportState, to: ExportState): Promise<boolean> {
  const { numUpdatedRows } = await db.updateTable('export_job').set({ state: to, asked: NOTHING }).where('vdn_id', '=', vdnId).where('id', '=', id).where('state', '=', from).executeTakeFirst();
  return numUpdatedRows > 0n;
}

export type Finished = 'ready' | 'stale' | 'gone';

/** It is made, unless somebody was erased since it was begun. */
export async function finishExport(tx: DatabaseTransaction, { vdnId, id }: Pick<ExportJob, 'vdnId' | 'id'>): Promise<Finished> {
  const row = await tx.selectFrom('export_job').selectAll().where('vdn_id', '=', vdnId).where('id', '=', id).where('state', '=', 'waiting').forUpdate().executeTakeFirst();
  if (row === undefined) return 'gone';
  await tx.updateTable('export_job').set(row.is_stale ? { is_stale: false } : { state: 'ready', asked: NOTHING }).where('vdn_id', '=', vdnId).where('id', '=', id).execute();
  return row.is_stale ? 'stale' : 'ready';
}

/**
 * 5.1.13: nobody can say who is in a file without reading it, so all files of the tenant go, and those that are being made are made anew; but not those that are about
 * one of the subjects alone. Answers which go.
 */
export async function eraseExports(tx: Database, vdnId: number, subjects: readonly string[]): Promise<readonly string[]> {
  const any = sql`any(${[...subjects]}::text[])`;
  const erased = { state: 'erased', asked: NOTHING };
  await tx.updateTable('export_job').set(erased).where('vdn_id', '=', vdnId).where('state', '=', 'waiting').where(sql<boolean>`(asked->>'caller' = ${any} or asked->>'called' = ${any})`).execute();
  await tx.updateTable('export_job').set({ is_stale: true }).where('vdn_id', '=', vdnId).where('state', '=', 'waiting').execute();
  const rows = await tx.updateTable('export_job').set(erased).where('vdn_id', '=', vdnId).where('state', 'in', [...MADE]).returning('id').execute();
  return rows.map(({ id }) => id);
}

const BATCH = 500;

export async function listExpired(db: Database, now: number): Promise<readonly Pick<ExportJob, 'vdnId' | 'id'>[]> {
  const rows = await db.selectFrom('export_job').select(['vdn_id', 'id']).where('expires_at', '<=', now).orderBy('expires_at').limit(BATCH).execute();
  return rows.map(({ vdn_id: vdnId, id }) => ({ vdnId, id }));
}

export async function removeExport(db: Database, { vdnId, id }: Pick<ExportJob, 'vdnId' | 'id'>): Promise<void> {
  await sql`delete from export_job where vdn_id = ${vdnId} and id = ${id}`.execute(db);
}
