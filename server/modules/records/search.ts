import { sql, type RawBuilder } from 'kysely';
import type { Database } from '../../database/connect.ts';
import type { CallRecord } from './store.ts';

/** What calls are looked for by; those alone that are over. */
export interface CallSearch {
  /** Of the caller, or called. */
  readonly number?: string | undefined;
  /** An agent whom the call was with, and a queue that it was in; both: that agent had it from that queue. */
  readonly agent?: number | undefined;
  readonly queue?: number | undefined;
  /** When it ended or, with an agent or a queue, when it left these for the last time; `to` is not in it. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly types?: readonly number[] | undefined;
  /** Those alone that asked for an agent and talked to none. */
  readonly missed?: boolean | undefined;
  /** What others know of a call, by its id. */
  readonly also?: ((call: RawBuilder<string>) => RawBuilder<boolean>) | undefined;
}

export interface FoundCall {
  readonly record: CallRecord;
  /** What the list is in order of. */
  readonly at: number;
}

/** The place in the list of a call that was found. */
export interface PlaceOfCall {
  readonly at: number;
  readonly call: string;
}

const newestFirst = (one: FoundCall, other: FoundCall): number => other.at - one.at || (one.record.call < other.record.call ? 1 : -1);

/** One row of each call stands for it: its last one, or the last one of the agent or queue, so that an index has them in their order. */
async function searchBy(db: Database, vdnId: number, search: CallSearch, behind: PlaceOfCall | undefined, limit: number, side?: 'caller' | 'called'): Promise<readonly FoundCall[]> {
  const { number, agent, queue, from, to, types, missed = false, also } = search;
  let query = db.selectFrom('call_segment as s').innerJoin('call_record as r', (join) => join.onRef('r.vdn_id', '=', 's.vdn_id').onRef('r.call', '=', 's.call'))
    .selectAll('r').select('s.talk_to as at').where('s.vdn_id', '=', vdnId).where('r.ended_at', 'is not', null);
  if (side !== undefined && number !== undefined) query = query.where(`s.${side}`, '=', number);
  if (agent !== undefined) {
    query = query.where('s.agent', '=', agent);
    if (queue !== undefined) query = query.where('s.queue', '=', queue);
    query = query.where((eb) => {
      const later = eb.selectFrom('call_segment as l').select('l.row').whereRef('l.vdn_id', '=', 's.vdn_id').whereRef('l.call', '=', 's.call').where('l.agent', '=', agent).whereRef('l.row', '>', 's.row');
      return eb.not(eb.exists(queue === undefined ? later : later.where('l.queue', '=', queue)));
    });
  } else if (queue !== undefined) {
    query = query.where('s.device', '=', sql.lit('queue')).where('s.device_no', '=', String(queue))
      .where((eb) => eb.not(eb.exists(eb.selectFrom('call_segment as l').select('l.row').whereRef('l.vdn_id', '=', 's.vdn_id').whereRef('l.call', '=', 's.call')
        .where('l.device', '=', sql.lit('queue')).where('l.device_no', '=', String(queue)).whereRef('l.row', '>', 's.row'))));
  } else {
    query = query.where(sql<boolean>`s.is_last`);
    if (missed) query = query.where(sql<boolean>`s.whole_sought and not s.whole_answered`);
  }
  if (from !== undefined) query = query.where('s.talk_to', '>=', from);
  if (to !== undefined) query = query.where('s.talk_to', '<', to);
  if (types !== undefined) query = query.where('s.feature', 'in', [...types]);
  if (also !== undefined) query = query.where(also(sql<string>`s.call`));
  // Of the last row, which has an index of those that were.
  if (missed && (agent !== undefined || queue !== undefined)) query = query.where('r.sought', '=', true).where('r.talk_s', '=', 0);
  if (behind !== undefined) query = query.where(sql<boolean>`(s.talk_to, s.call) < (${behind.at}::bigint, ${behind.call}::text)`);
  const rows = await query.orderBy('s.talk_to', 'desc').orderBy('s.call', 'desc').limit(limit).execute();
  return rows.map(({ at, ...record }) => ({ record, at }));
}

/** Calls that are over, the latest first, from the one behind on. */
export async function searchCalls(db: Database, vdnId: number, search: CallSearch, behind: PlaceOfCall | undefined, limit: number): Promise<readonly FoundCall[]> {
  if (search.number === undefined) return searchBy(db, vdnId, search, behind, limit);
  // Each side by its own index.
  const [calling, called] = await Promise.all([searchBy(db, vdnId, search, behind, limit, 'caller'), searchBy(db, vdnId, search, behind, limit, 'called')]);
  const all = new Map([...calling, ...called].map((one) => [one.record.call, one]));
  return [...all.values()].toSorted(newestFirst).slice(0, limit);
}
