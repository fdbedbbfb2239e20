import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import type { FlowRecordingRow } from './flow-store.ts';
import type { RecordingRow } from './store.ts';

/* What others may know of recordings that are over (13.2). */

export interface RecordingsAsked {
  /** When they began: both ends are in it. */
  readonly from: number;
  readonly to: number;
  readonly agent?: number | undefined;
  readonly call?: string | undefined;
  readonly caller?: string | undefined;
  readonly called?: string | undefined;
}

const PAGE = 500;

const heard = (db: Database) => db.selectFrom('recording').selectAll().where('ended_at', 'is not', null).where('media', '=', 'voice');

/** In the order in which they began, a page at a time. */
export async function* pagesOfRecordings(db: Database, vdnId: number, { from, to, agent, call, caller, called }: RecordingsAsked): AsyncIterable<readonly RecordingRow[]> {
  let last: RecordingRow | undefined;
  do {
    let query = heard(db).where('vdn_id', '=', vdnId).where('began_at', '>=', last?.began_at ?? from).where('began_at', '<=', to);
    if (last !== undefined) query = query.where(sql<boolean>`(began_at, number) > (${last.began_at}, ${last.number})`);
    if (agent !== undefined) query = query.where('agent', '=', agent);
    if (call !== undefined) query = query.where('call', '=', call);
    if (caller !== undefined) query = query.where('caller', '=', caller);
    if (called !== undefined) query = query.where('called', '=', called);
    const page = await query.orderBy('began_at').orderBy('number').limit(PAGE).execute();
    last = page.length < PAGE ? undefined : page.at(-1);
    if (page.length > 0) yield page;
  } while (last !== undefined);
}

/** Which of these files have recordings. */
export async function recordedFiles(db: Database, vdnId: number, files: readonly string[]): Promise<readonly string[]> {
  const rows = await heard(db).where('vdn_id', '=', vdnId).where('file', '=', sql<string>`any(${[...files]}::text[])`).execute();
  return [...new Set(rows.map(({ file }) => file))];
}

export interface RecordedFile {
  readonly vdnId: number;
  readonly file: string;
}

/** The files of a call, those that began first in front; of one of the tenants, and in that time. */
export async function filesOfCall(db: Database, vdnIds: readonly number[], call: string, { from, to }: { readonly from: number; readonly to: number } = { from: 0, to: Number.MAX_SAFE_INTEGER }): Promise<readonly RecordedFile[]> {
  if (vdnIds.length === 0) return [];
  const rows = await heard(db).where('vdn_id', 'in', [...vdnIds]).where('call', '=', call).where('began_at', '>=', from).where('began_at', '<=', to)
    .orderBy('began_at').orderBy('ended_at').orderBy('number').execute();
  const files = new Map(rows.map((row) => [row.file, { vdnId: row.vdn_id, file: row.file }]));
  return [...files.values()];
}

const said = (db: Database, vdnId: number) => db.selectFrom('flow_recording').selectAll().where('vdn_id', '=', vdnId).where('ended_at', 'is not', null);

/** What a caller said to a flow. */
export async function findSaid(db: Database, vdnId: number, file: string): Promise<FlowRecordingRow | undefined> {
  return said(db, vdnId).where('file', '=', file).executeTakeFirst();
}

export async function listSaid(db: Database, vdnId: number, limit: number): Promise<readonly FlowRecordingRow[]> {
  return said(db, vdnId).orderBy('file').limit(limit).execute();
}
