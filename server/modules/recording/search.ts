import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import type { RecordingRow } from './store.ts';

export interface RecordingSearch {
  readonly call?: string | undefined;
  /** Of the caller, or called. */
  readonly number?: string | undefined;
  /** Of these agents alone. */
  readonly agents?: readonly number[] | undefined;
  /** When it began; `to` is not in it. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

export interface PlaceOfRecording {
  readonly at: number;
  readonly number: number;
}

/** What was recorded of agents and is over, the latest first, from the one behind on. */
export async function searchRecordings(
  db: Database, vdnId: number, { call, number, agents, from, to }: RecordingSearch, behind: PlaceOfRecording | undefined, limit: number,
): Promise<readonly RecordingRow[]> {
  let query = db.selectFrom('recording').selectAll().where('vdn_id', '=', vdnId).where('ended_at', 'is not', null);
  if (call !== undefined) query = query.where('call', '=', call);
  if (number !== undefined) query = query.where((eb) => eb.or([eb('caller', '=', number), eb('called', '=', number)]));
  if (agents !== undefined) query = query.where('agent', '=', sql<number>`any(${[...agents]}::integer[])`);
  if (from !== undefined) query = query.where('began_at', '>=', from);
  if (to !== undefined) query = query.where('began_at', '<', to);
  if (behind !== undefined) query = query.where(sql<boolean>`(began_at, number) < (${behind.at}::bigint, ${behind.number}::bigint)`);
  return query.orderBy('began_at', 'desc').orderBy('number', 'desc').limit(limit).execute();
}

/** One that is over. */
export async function findRecording(db: Database, vdnId: number, number: number): Promise<RecordingRow | undefined> {
  return db.selectFrom('recording').selectAll().where('vdn_id', '=', vdnId).where('number', '=', number).where('ended_at', 'is not', null).executeTakeFirst();
}
