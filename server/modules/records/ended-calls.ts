import { sql } from 'kysely';
import type { Counted } from '@parley/core/live/queue-figures.ts';
import type { DeviceKind } from '@parley/core/call/call.ts';
import type { Database } from '../../database/connect.ts';
import type { Segment } from './store.ts';

const COLUMNS = ['call', 'row', 'device', 'device_no', 'queue', 'first_queue', 'feature', 'enter_reason', 'leave_reason', 'wait_from', 'ack_from', 'talk_from', 'talk_to'] as const;

/** A phase that was not has no length, at the end: the first one that was began when the device was entered. */
const stayOf = (row: Pick<Segment, (typeof COLUMNS)[number]>): Counted['visits'][number] => ({
  device: row.device as DeviceKind, no: row.device_no, queue: row.queue ?? undefined, enterReason: row.enter_reason, leaveReason: row.leave_reason,
  waitFrom: Math.min(row.wait_from, row.ack_from, row.talk_from), talkFrom: row.talk_from < row.talk_to ? row.talk_from : undefined, until: row.talk_to,
});

/** The calls that ended between two moments, as what counts calls that are alive would have them: their devices in the order in which they were entered. */
export async function endedBetween(db: Database, vdnId: number, from: number, until: number): Promise<readonly (Counted & { readonly call: string })[]> {
  const ended = db.selectFrom('call_segment').select('call').where('vdn_id', '=', vdnId).where('is_last', '=', true).where('talk_to', '>=', from).where('talk_to', '<', until);
  const rows = await db.selectFrom('call_segment').select(COLUMNS).where('vdn_id', '=', vdnId).where('call', 'in', ended)
    .orderBy('call').orderBy(sql`least(wait_from, ack_from, talk_from)`).orderBy('row').execute();
  return [...Map.groupBy(rows, ({ call }) => call)].map(([call, stays]) => ({
    call, feature: stays[0]?.feature ?? 0, firstQueue: stays.find((stay) => stay.first_queue !== null)?.first_queue ?? undefined, visits: stays.map(stayOf),
  }));
}
