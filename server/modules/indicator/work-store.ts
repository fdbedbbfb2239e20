import { sql } from 'kysely';
import { OPERATION } from '@parley/core/operations/operation.ts';
import type { Database } from '../../database/connect.ts';
import { AGENT_WORK, SESSION } from './figures-of-work.ts';
import { counted, FIVE_MS, GRAIN, namesOf, type Due, type FigureRow, type Span } from './store.ts';

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
        (least(to_at, bucket + ${five}) / 1000 - greatest(from_at, bucket) / 1000)::integer as part_s, to_at < bucket + ${five} as has_end
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

interface Open {
  readonly agent: number;
  readonly measure: 'sign_in_s' | 'idle_s';
  readonly from: number;
}

/** Who is signed in, and who is idle: what is told of these is a duration alone, so it can be told while it goes on. */
async function openSpans(db: Database, vdnId: number, agents: readonly number[]): Promise<readonly Open[]> {
  const { rows } = await sql<Open>`
    select agent, 'sign_in_s' as measure, signed_in_at as "from" from agent_session where vdn_id = ${vdnId} and agent = any(${agents}::integer[]) and signed_out_at is null
    union all
    select agent, 'idle_s', (span->>'from')::bigint from operation_desk, json_array_elements(state->'spans') as span
      where vdn_id = ${vdnId} and agent = any(${agents}::integer[]) and (span->>'type')::integer = ${OPERATION.idle}`.execute(db);
  return rows.map((row) => row);
}

/** How much of the span that has been, in parts of it or whole. */
export async function readOpenWork(db: Database, vdnId: number, agents: readonly number[], span: Span, partMs: number | undefined): Promise<readonly FigureRow[]> {
  return (await openSpans(db, vdnId, agents)).flatMap(({ agent, measure, from }) => {
    const begins = Math.max(from, span.from);
    const rows: FigureRow[] = [];
    for (let at = begins; at < span.to;) {
      const next = partMs === undefined ? span.to : Math.min(span.to, (Math.floor(at / partMs) + 1) * partMs);
      rows.push({ object: agent, at: partMs === undefined ? 0 : Math.floor(at / partMs) * partMs, measures: { [measure]: Math.floor(next / 1000) - Math.floor(at / 1000) } });
      at = next;
    }
    return rows;
  });
}
