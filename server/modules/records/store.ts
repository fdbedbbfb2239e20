import { sql, type Insertable, type Selectable } from 'kysely';
import type { Database } from '../../database/connect.ts';
import { insertAll } from '../../database/insert-all.ts';
import type { CallRecordTable, CallSegmentTable } from '../../database/records-tables.ts';

export type CallRecord = Selectable<CallRecordTable>;
export type Segment = Selectable<CallSegmentTable>;
export type NewCallRecord = Pick<CallRecord, 'vdn_id' | 'call' | 'began_at' | 'caller' | 'called' | 'feature' | 'medium' | 'media' | 'about' | 'first_queue'>;
export type NewSegment = Insertable<CallSegmentTable>;

export interface Page {
  readonly limit: number;
  readonly offset: number;
}

export interface Ended {
  readonly call: string;
  readonly at: number;
  readonly cause: number;
}

const RECORD_COLUMNS = ['vdn_id', 'call', 'began_at', 'caller', 'called', 'feature', 'medium', 'media', 'about', 'first_queue'] as const satisfies readonly (keyof NewCallRecord)[];
const SEGMENT_COLUMNS = [
  'vdn_id', 'call', 'row', 'is_last', 'device', 'device_no', 'pre_device', 'pre_device_no', 'access', 'pre_access', 'service', 'enter_reason', 'leave_reason', 'cause', 'agent', 'first_queue', 'queue',
  'caller', 'called', 'feature', 'medium', 'media_type', 'media', 'wait_from', 'wait_to', 'ack_from', 'ack_to', 'talk_from', 'talk_to', 'logged_at', 'is_first', 'next_device', 'queued_s', 'whole_from', 'whole_answered', 'whole_sought', 'whole_in_flow', 'whole_talk_s', 'anonymous',
] as const satisfies readonly (keyof NewSegment)[];

export const insertCallRecords = (tx: Database, rows: readonly NewCallRecord[]): Promise<void> => insertAll(tx, 'call_record', RECORD_COLUMNS, rows, { passOver: true });
export const insertSegments = (tx: Database, rows: readonly NewSegment[]): Promise<void> => insertAll(tx, 'call_segment', SEGMENT_COLUMNS, rows, { passOver: true });

/** Who called whom in these calls, as segments have it too. */
export async function numbersOf(tx: Database, vdnId: number, calls: readonly string[]): Promise<ReadonlyMap<string, Pick<CallRecord, 'caller' | 'called'>>> {
  if (calls.length === 0) return new Map();
  const rows = await tx.selectFrom('call_record').select(['call', 'caller', 'called']).where('vdn_id', '=', vdnId).where('call', '=', sql<string>`any(${calls}::text[])`).execute();
  return new Map(rows.map(({ call, ...numbers }) => [call, numbers]));
}

export async function endCallRecords(tx: Database, vdnId: number, ended: readonly Ended[]): Promise<void> {
  if (ended.length === 0) return;
  await sql`update call_record r set ended_at = e.at, cause = e.cause
    from json_to_recordset(${JSON.stringify(ended)}::json) as e (call text, at bigint, cause smallint)
    where r.vdn_id = ${vdnId} and r.call = e.call`.execute(tx);
}

/** What the segments of these calls come to. */
export async function sumUp(tx: Database, vdnId: number, calls: readonly string[]): Promise<void> {
  if (calls.length === 0) return;
  await sql`update call_record r set
      agent = s.agent, queue = s.queue, first_queue = coalesce(s.first_queue, r.first_queue), feature = s.feature,
      flow_s = s.flow_s, wait_s = s.wait_s, ack_s = s.ack_s, talk_s = s.talk_s, sought = s.sought
    from (
      select call,
        (array_agg(agent order by row desc) filter (where agent is not null))[1] as agent,
        (array_agg(queue order by row desc) filter (where queue is not null))[1] as queue,
        max(first_queue) as first_queue,
        (array_agg(feature order by row desc))[1] as feature,
        coalesce(sum(talk_s) filter (where device = 'flow'), 0) as flow_s,
        coalesce(sum(wait_s), 0) as wait_s,
        coalesce(sum(ack_s), 0) as ack_s,
        coalesce(sum(talk_s) filter (where device = 'agent'), 0) as talk_s,
        bool_or(device in ('queue', 'agentQueue', 'agent')) as sought
      from call_segment where vdn_id = ${vdnId} and call = any(${calls}::text[]) group by call) s
    where r.vdn_id = ${vdnId} and r.call = s.call`.execute(tx);
}

/** The segments of a call, as its devices were left. */
export async function segmentsOfCall(db: Database, vdnId: number, call: string): Promise<readonly Segment[]> {
  return db.selectFrom('call_segment').selectAll().where('vdn_id', '=', vdnId).where('call', '=', call).orderBy('row').execute();
}

export async function findCallRecord(db: Database, vdnId: number, call: string): Promise<CallRecord | undefined> {
  return db.selectFrom('call_record').selectAll().where('vdn_id', '=', vdnId).where('call', '=', call).executeTakeFirst();
}

/** The calls of these tenants that have the id: more than one where ids were given out that did not tell tenants apart. */
export async function findCallRecords(db: Database, vdnIds: readonly number[], call: string): Promise<readonly CallRecord[]> {
  return db.selectFrom('call_record').selectAll().where('vdn_id', '=', sql<number>`any(${[...vdnIds]}::int[])`).where('call', '=', call).execute();
}

export interface EndedCalls {
  /** Both ends are in it. */
  readonly from: number;
  readonly to: number;
  readonly types: readonly number[];
  readonly caller?: string | undefined;
  readonly called?: string | undefined;
  /** Those alone that asked for an agent and talked to none. */
  readonly missed?: boolean;
}

/** The last rows of calls that ended in that time, in the order in which they did. */
export async function listEnded(db: Database, vdnId: number, { from, to, types, caller, called, missed = false }: EndedCalls, { limit, offset }: Page): Promise<{ readonly rows: readonly Segment[]; readonly count: number }> {
  let query = db.selectFrom('call_segment').where('vdn_id', '=', vdnId).where('is_last', '=', true).where('talk_to', '>=', from).where('talk_to', '<=', to)
    .where('feature', 'in', [...types]);
  if (caller !== undefined) query = query.where('caller', '=', caller);
  if (called !== undefined) query = query.where('called', '=', called);
  if (missed) query = query.where('whole_sought', '=', true).where('whole_answered', '=', false);
  const rows = await query.selectAll().orderBy('talk_to').orderBy('call').limit(limit).offset(offset).execute();
  const { count } = await query.select((eb) => eb.fn.countAll<number>().as('count')).executeTakeFirstOrThrow();
  return { rows, count };
}

export interface LastRows {
  /** Both ends are in it. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly call?: string | undefined;
  readonly caller?: string | undefined;
  readonly called?: string | undefined;
  readonly types?: readonly number[] | undefined;
  /** Of Table 12-695. */
  readonly mediaType?: number | undefined;
}

/** The last rows of calls that are over, by when the talk began there, from the one behind on. */
export async function listLastRows(
  db: Database, vdnId: number, { from, to, call, caller, called, types, mediaType }: LastRows, behind: Pick<Segment, 'talk_from' | 'call'> | undefined, limit: number,
): Promise<readonly Segment[]> {
  let query = db.selectFrom('call_segment').selectAll().where('vdn_id', '=', vdnId).where('is_last', '=', true);
  if (from !== undefined) query = query.where('talk_from', '>=', from);
  if (to !== undefined) query = query.where('talk_from', '<=', to);
  if (call !== undefined) query = query.where('call', '=', call);
  if (caller !== undefined) query = query.where('caller', '=', caller);
  if (called !== undefined) query = query.where('called', '=', called);
  if (types !== undefined) query = query.where('feature', 'in', [...types]);
  if (mediaType !== undefined) query = query.where('media_type', '=', mediaType);
  if (behind !== undefined) query = query.where(sql<boolean>`(talk_from, call) > (${behind.talk_from}::bigint, ${behind.call}::text)`);
  return query.orderBy('talk_from').orderBy('call').limit(limit).execute();
}

/** When each of the calls began to wait in a queue or to ring. */
export async function soughtSince(db: Database, vdnId: number, calls: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (calls.length === 0) return new Map();
  const rows = await db.selectFrom('call_segment').select((eb) => ['call', eb.fn.min('wait_from').as('waited'), eb.fn.min('ack_from').as('rang')])
    .where('vdn_id', '=', vdnId).where('call', '=', sql<string>`any(${[...calls]}::text[])`).where('device', 'in', ['queue', 'agentQueue', 'agent']).groupBy('call').execute();
  return new Map(rows.map(({ call, waited, rang }) => [call, Math.min(waited, rang)]));
}

/** The calls of which one of the numbers was a part. */
export async function callsNaming(db: Database, vdnId: number, numbers: readonly string[]): Promise<readonly string[]> {
  const any = sql<string>`any(${[...numbers]}::text[])`;
  const naming = (table: 'call_record' | 'call_segment') =>
    db.selectFrom(table).select('call').where('vdn_id', '=', vdnId).where((eb) => eb.or([eb('caller', '=', any), eb('called', '=', any)]));
  return (await naming('call_record').union(naming('call_segment')).execute()).map(({ call }) => call);
}

/** 5.1.13: the numbers go, what happened stays. */
export async function blankNumbers(tx: Database, vdnId: number, numbers: readonly string[]): Promise<{ readonly records: number; readonly segments: number }> {
  const any = sql<string>`any(${[...numbers]}::text[])`;
  const blankIn = async (table: 'call_record' | 'call_segment'): Promise<number> => {
    let blanked = 0;
    for (const column of ['caller', 'called'] as const) {
      const { numUpdatedRows } = await tx.updateTable(table).set({ [column]: '' }).where('vdn_id', '=', vdnId).where(column, '=', any).executeTakeFirst();
      blanked += Number(numUpdatedRows);
    }
    return blanked;
  };
  return { records: await blankIn('call_record'), segments: await blankIn('call_segment') };
}
