import { sql, type Selectable } from 'kysely';
import { beginningsOf } from '@parley/core/route/match.ts';
import type { Database } from '../../database/connect.ts';
import { containing } from '../../database/like.ts';
import type { AccessCodeTable } from '../../database/tables.ts';

/** 1 inbound calls, 2 outbound calls, 3 both (5.3.1). */
export type Direction = 1 | 2 | 3;

export interface AccessCode {
  readonly id: string;
  readonly code: string;
  readonly media: number;
  readonly direction: Direction;
  readonly serviceNumber: string | null;
  readonly description: string | null;
}

export interface AccessCodeFilter {
  readonly code?: string | undefined;
  readonly media?: number | undefined;
  readonly description?: string | undefined;
}

export interface Page {
  readonly limit: number;
  readonly offset: number;
}

export const takesInbound = (code: Pick<AccessCode, 'direction'>): boolean => code.direction !== 2;

const fromRow = (row: Selectable<AccessCodeTable>): AccessCode => ({
  id: row.id, code: row.code, media: row.media, direction: row.direction as Direction,
  serviceNumber: row.service_number, description: row.description,
});

const toRow = ({ media, direction, serviceNumber, description }: AccessCode) => ({
  media, direction, service_number: serviceNumber, description,
});

export async function searchAccessCodes(
  db: Database, vdnId: number, filter: AccessCodeFilter, page: Page,
): Promise<{ total: number; codes: readonly AccessCode[] }> {
  let matching = db.selectFrom('access_code').where('vdn_id', '=', vdnId);
  if (filter.code) matching = matching.where('code', 'like', containing(filter.code));
  if (filter.media !== undefined) matching = matching.where('media', '=', filter.media);
  if (filter.description) matching = matching.where('description', 'ilike', containing(filter.description));
  const { total } = await matching.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  const rows = await matching.selectAll().orderBy('code').limit(page.limit).offset(page.offset).execute();
  return { total, codes: rows.map(fromRow) };
}

/** The tenant's codes at which calls come in. */
export async function listInboundCodes(db: Database, vdnId: number): Promise<readonly AccessCode[]> {
  const rows = await db.selectFrom('access_code').selectAll().where('vdn_id', '=', vdnId).orderBy('code').execute();
  return rows.map(fromRow).filter(takesInbound);
}

export async function findAccessCode(
  db: Database, vdnId: number, by: { readonly id: string } | { readonly code: string },
): Promise<AccessCode | undefined> {
  const own = db.selectFrom('access_code').selectAll().where('vdn_id', '=', vdnId);
  const row = await ('id' in by ? own.where('id', '=', by.id) : own.where('code', '=', by.code)).executeTakeFirst();
  return row && fromRow(row);
}

/** False when the code is taken, be it by another tenant: a number dialled reaches one tenant only. */
/** Whether the tenant may show this number to those it calls: an access code of its own that calls out. */
export async function mayShowNumber(db: Database, vdnId: number, number: string): Promise<boolean> {
  const own = await db.selectFrom('access_code').select('id').where('vdn_id', '=', vdnId).where('direction', '!=', 1)
    .where((eb) => eb.or([eb('code', '=', number), eb('service_number', '=', number)])).limit(1).executeTakeFirst();
  return own !== undefined;
}

export async function insertAccessCode(tx: Database, vdnId: number, code: AccessCode, at: number): Promise<boolean> {
  const result = await tx.insertInto('access_code')
    .values({ vdn_id: vdnId, id: code.id, code: code.code, created_at: at, ...toRow(code) })
    .onConflict((conflict) => conflict.column('code').doNothing()).executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

export async function updateAccessCode(tx: Database, vdnId: number, code: AccessCode): Promise<void> {
  await tx.updateTable('access_code').set(toRow(code)).where('vdn_id', '=', vdnId).where('id', '=', code.id).execute();
}

export async function deleteAccessCode(tx: Database, vdnId: number, id: string): Promise<void> {
  await tx.deleteFrom('access_code').where('vdn_id', '=', vdnId).where('id', '=', id).execute();
}

/** All access codes of the installation that begin this number, whoever they belong to, longest first. */
export async function codesBeginning(db: Database, dialled: string): Promise<readonly (AccessCode & { readonly vdnId: number })[]> {
  const rows = await db.selectFrom('access_code').selectAll().where('code', '=', sql<string>`any(${beginningsOf(dialled)})`).execute();
  return rows.map((row) => ({ ...fromRow(row), vdnId: row.vdn_id })).toSorted((a, b) => b.code.length - a.code.length);
}

const NUMBERING_LOCK = 7_210_005;

/**
 * Whether a number reaches a route depends on the codes of all tenants, each of which has a writer of its own; so what
 * adds codes and routes goes one after another, to the end of the transaction.
 */
export async function lockNumbering(tx: Database): Promise<void> {
  await sql`select pg_advisory_xact_lock(${NUMBERING_LOCK})`.execute(tx);
}
