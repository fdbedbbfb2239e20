import { sql } from 'kysely';
import { FEATURE } from '@parley/core/call/call.ts';
import { directionOf } from '@parley/core/operations/operation.ts';
import type { Database } from '../../database/connect.ts';
import { AGENT_WORK, SESSION } from './figures-of-work.ts';
import { counted, figureRow, FIVE_MS, GRAIN, isWanted, namesOf, type Due, type FigureRow, type ReadRow, type Span, type Wanted } from './store.ts';

/** What lasts longer has an index of its own: who looks for what went on at some time need not read all that ended since. */
const LONG_MS = 900_000;

/**
 * Counts these five minutes of these agents anew. What lasted longer is cut at :00 and :05, in whole seconds of either end, so that
 * the parts sum to what the bill says; it counts where it ended.
 */
export async function countWork(tx: Database, vdnId: number, due: readonly Due[]): Promise<void> {
  const [agents, buckets] = [due.map(({ agent }) => agent), due.map(({ bucket }) => bucket)];
  const [five, long] = [sql.lit(FIVE_MS), sql.lit(LONG_MS)];
  // The columns by themselves as well: that is found by the key, however little the planner knows of a table that is new.
  await sql`delete from agent_work_figure where vdn_id = ${vdnId} and grain = ${GRAIN.five} and at = any(${[...new Set(buckets)]}::bigint[]) and object = any(${[...new Set(agents)]}::integer[])
    and (object, at) in (select * from unnest(${agents}::integer[], ${buckets}::bigint[]))`.execute(tx);
  await sql`
    with due as (select * from unnest(${agents}::integer[], ${buckets}::bigint[]) as d (agent, bucket)),
    spans as (select agent, min(bucket) as begins, max(bucket) + ${five} as ends from due group by agent),
    done as (
      select x.agent, x.type, x.direction, x.call is not null as has_call, x.media, x.from_at, x.to_at, begins, ends
      from spans join agent_operation x on x.vdn_id = ${vdnId} and x.agent = spans.agent and x.to_at >= begins and x.to_at < ends + ${long} and x.from_at < ends
      union all
      select x.agent, x.type, x.direction, x.call is not null, x.media, x.from_at, x.to_at, begins, ends
      from spans join agent_operation x on x.vdn_id = ${vdnId} and x.agent = spans.agent and x.to_at >= ends + ${long} and x.from_at < ends and x.to_at - x.from_at >= ${long}
      union all
      select x.agent, ${sql.lit(SESSION)}, null, false, null, x.signed_in_at, x.signed_out_at, begins, ends
      from spans join agent_session x on x.vdn_id = ${vdnId} and x.agent = spans.agent and x.signed_out_at >= begins and x.signed_in_at < ends
        and x.signed_in_at >= coalesce((select max(e.signed_in_at) from agent_session e where e.vdn_id = ${vdnId} and e.agent = spans.agent and e.signed_in_at <= begins), begins)
    ),
    o as (
      select agent, type, direction, has_call, coalesce(media, 0) as media, bucket,
        (least(to_at, bucket + ${five}) / 1000 - greatest(from_at, bucket) / 1000)::integer as part_s, (to_at / 1000 - from_at / 1000)::integer as whole_s, to_at < bucket + ${five} as has_end
      from (select done.*, generate_series(greatest(from_at / ${five} * ${five}, begins), least(to_at / ${five} * ${five}, ends - ${five}), ${five}) as bucket from done) as part
    )
    insert into agent_work_figure (vdn_id, grain, at, object, media, sub_media, ${namesOf(AGENT_WORK)})
    select ${vdnId}::integer, ${GRAIN.five}::smallint, o.bucket, o.agent, o.media, 0, ${counted(AGENT_WORK)}
    from o join due on due.agent = o.agent and due.bucket = o.bucket group by o.bucket, o.agent, o.media`.execute(tx);
}

/** When those began to be signed in whose sessions end with these operations. */
export async function sessionsOf(tx: Database, vdnId: number, logonSns: readonly number[]): Promise<ReadonlyMap<number, number>> {
  if (logonSns.length === 0) return new Map();
  const { rows } = await sql<{ readonly logon_sn: number; readonly signed_in_at: number }>`
    select logon_sn, signed_in_at from agent_session where vdn_id = ${vdnId} and logon_sn = any(${logonSns}::bigint[])`.execute(tx);
  return new Map(rows.map((row) => [row.logon_sn, row.signed_in_at]));
}

const featuresOf = (way: 'in' | 'out') => sql.join(Object.values(FEATURE).filter((feature) => directionOf(feature) === way).map((feature) => sql.lit(feature)));

/**
 * How much of the span agents have spent by now on what they are still at, in parts of it or whole. It is counted as it will be when it is
 * over, so that nothing that was told of a time changes then.
 */
export async function readOpenWork(db: Database, vdnId: number, { from, to }: Span, { objects, partMs, ...filter }: Wanted): Promise<readonly FigureRow[]> {
  if (to <= from) return [];
  const length = sql.lit(partMs ?? to - from);
  // Parts are told by their beginnings on the clock, the whole by 0.
  const first = partMs === undefined ? sql`${from}::bigint` : sql`greatest(from_at, ${from}::bigint) / ${length} * ${length}`;
  const { rows } = await sql<ReadRow>`
    with open as (
      select agent, ${sql.lit(SESSION)} as type, null as direction, false as has_call, 0 as media, signed_in_at as from_at
      from agent_session where vdn_id = ${vdnId} and agent = any(${objects}::integer[]) and signed_out_at is null
      union all
      select agent, (span->>'type')::integer, case when feature in (${featuresOf('in')}) then 'in' when feature in (${featuresOf('out')}) then 'out' end, own->>'call' is not null, coalesce((own->>'media')::integer, 0), (span->>'from')::bigint
      from operation_desk, json_array_elements(state->'spans') as span, lateral (select span->'own' as own, (span->'own'->>'feature')::integer as feature) as of_call
      where vdn_id = ${vdnId} and agent = any(${objects}::integer[])
    ),
    o as (
      select agent, type, direction, has_call, part, (least(part + ${length}, ${to}) / 1000 - greatest(part, from_at, ${from}) / 1000)::integer as part_s, 0 as whole_s, false as has_end
      from open, generate_series(${first}, ${to}::bigint - 1, ${length}) as part where from_at < ${to} and ${isWanted(filter, sql`media`, sql`0`)}
    )
    select agent as object, ${partMs === undefined ? sql`0` : sql`part`} as at, ${counted(AGENT_WORK)} from o group by 1, 2`.execute(db);
  return rows.map(figureRow);
}
