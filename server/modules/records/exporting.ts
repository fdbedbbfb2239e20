import { sql } from 'kysely';
import { subMediaTypeOf } from '@parley/core/call/media-type.ts';
import type { CallRow, Device } from '@parley/core/export/rows.ts';
import type { Database } from '../../database/connect.ts';
import { deviceInOf, deviceTypeOf, rowNumberOf } from './present.ts';
import type { Segment } from './store.ts';

/** Which rows of 13.2.2.1 are wanted. */
export interface RowsAsked {
  /** When talk began at the device, or it was left without any: both ends are in it. */
  readonly from: number;
  readonly to: number;
  readonly agent?: number | undefined;
  readonly call?: string | undefined;
  readonly caller?: string | undefined;
  readonly called?: string | undefined;
}

/** Few enough that nobody who is on the telephone waits for a page to be read. */
const PAGE = 500;
const COLUMNS = [
  'call', 'row', 'is_last', 'agent', 'caller', 'called', 'wait_from', 'wait_to', 'ack_from', 'ack_to', 'talk_from', 'talk_to', 'device', 'device_no', 'pre_device', 'pre_device_no', 'access', 'pre_access', 'service', 'feature',
  'cause', 'first_queue', 'queue', 'leave_reason', 'media_type', 'media',
] as const satisfies readonly (keyof Segment)[];
type Row = Pick<Segment, (typeof COLUMNS)[number]>;

const deviceOf = (device: string, no: string, access: string | null): Device => ({ type: deviceTypeOf(device), no, name: deviceInOf(device, no, access) });

const rowOf = (segment: Row): CallRow => ({
  call: segment.call, number: rowNumberOf(segment), agent: segment.agent, caller: segment.caller, called: segment.called,
  waitFrom: segment.wait_from, waitTo: segment.wait_to, ackFrom: segment.ack_from, ackTo: segment.ack_to, talkFrom: segment.talk_from, talkTo: segment.talk_to,
  device: deviceOf(segment.device, segment.device_no, segment.access), before: segment.pre_device === null ? null : deviceOf(segment.pre_device, segment.pre_device_no ?? '', segment.pre_access),
  feature: segment.feature, cause: segment.cause ?? 0, firstQueue: segment.first_queue, queue: segment.queue, service: segment.service, leaveReason: segment.leave_reason,
  media: segment.media_type, subMedia: subMediaTypeOf(segment.media),
});

/** Row by row in the order in which they began, a page at a time, so that there may be any number of them. */
export async function* pagesOfRows(db: Database, vdnId: number, { from, to, agent, call, caller, called }: RowsAsked): AsyncIterable<readonly CallRow[]> {
  let last: Row | undefined;
  do {
    let query = db.selectFrom('call_segment').select(COLUMNS).where('vdn_id', '=', vdnId).where('talk_from', '>=', last?.talk_from ?? from).where('talk_from', '<=', to);
    if (last !== undefined) query = query.where(sql<boolean>`(talk_from, call, row) > (${last.talk_from}, ${last.call}, ${last.row})`);
    if (agent !== undefined) query = query.where('agent', '=', agent);
    if (call !== undefined) query = query.where('call', '=', call);
    if (caller !== undefined) query = query.where('caller', '=', caller);
    if (called !== undefined) query = query.where('called', '=', called);
    const page = await query.orderBy('talk_from').orderBy('call').orderBy('row').limit(PAGE).execute();
    last = page.length < PAGE ? undefined : page.at(-1);
    if (page.length > 0) yield page.map(rowOf);
  } while (last !== undefined);
}

/** What is known of an agent's part in a call. */
export interface AgentsPart {
  readonly feature: number;
  readonly firstQueue: number | null;
  readonly queue: number | null;
}

/** By the call and the agent, as `{call} {agent}`; of several times the last. */
export async function partsOfAgents(db: Database, vdnId: number, calls: readonly string[]): Promise<ReadonlyMap<string, AgentsPart>> {
  if (calls.length === 0) return new Map();
  const rows = await db.selectFrom('call_segment').select(['call', 'agent', 'feature', 'first_queue', 'queue']).where('vdn_id', '=', vdnId)
    .where('call', '=', sql<string>`any(${[...new Set(calls)]}::text[])`).where('agent', 'is not', null).orderBy('row').execute();
  return new Map(rows.map(({ call, agent, feature, first_queue: firstQueue, queue }) => [`${call} ${agent}`, { feature, firstQueue, queue }]));
}
