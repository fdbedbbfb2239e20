import { sql, type RawBuilder } from 'kysely';
import type { Database } from '../../database/connect.ts';
import { DAILY, type Daily } from './daily.ts';
import type { Span } from './store.ts';

/** In place of a service or an agent that there is not. */
const NO_SERVICE = 65_535;
const NOBODY = -1;

const namesOf = ({ measures }: Daily): RawBuilder<unknown> => sql.join(Object.keys(measures).map((name) => sql.ref(name)));
const measured = ({ measures }: Daily): RawBuilder<unknown> => sql.join(Object.entries(measures).map(([name, measure]) => sql`${sql.raw(measure.sql)} as ${sql.ref(name)}`));

interface CallsAsked {
  /** Those of these numbers alone. */
  readonly numbers?: readonly string[];
  /** A share of them, in which all are that are told as one row. */
  readonly share?: { readonly number: number; readonly of: number };
}

/** Rows of the calls that were over in a span. */
function ofCalls(vdnId: number, daily: Daily, { from, to }: Span, { numbers, share }: CallsAsked): RawBuilder<unknown> {
  const number = sql.ref(`l.${daily.number}`);
  const theirs = numbers === undefined ? sql`` : sql`and ${number} = any(${numbers}::text[])`;
  const shared = share === undefined ? sql`` : sql`and (hashtext(concat_ws(' ', ${number}, l.agent, l.queue)) & 2147483647) % ${sql.lit(share.of)} = ${sql.lit(share.number)}`;
  return sql`
    select c.number, c.feature, c.service, c.agent, c.queue, ${measured(daily)}
    from (
      select l.call, ${number} as number, l.feature, coalesce(l.agent, ${NOBODY}) as agent, coalesce(l.queue, ${NOBODY}) as queue,
        coalesce(sum(x.talk_s) filter (where x.device = 'agent'), 0) as agent_s, coalesce(sum(x.talk_s) filter (where x.device = 'flow'), 0) as flow_s,
        coalesce((array_agg(x.device_no::integer order by x.row) filter (where x.device = 'flow' and x.device_no ~ '^[0-9]{1,9}$'))[1], ${NO_SERVICE}) as service
      from call_segment l join call_segment x on x.vdn_id = l.vdn_id and x.call = l.call
      where l.vdn_id = ${vdnId} and l.talk_to >= ${from} and l.talk_to < ${to} and l.is_last and ${sql.raw(daily.where)} ${theirs} ${shared}
      group by l.call, ${number}, l.feature, l.agent, l.queue) c
    join call_segment s on s.vdn_id = ${vdnId} and s.call = c.call
    group by 1, 2, 3, 4, 5`;
}

/** Calls that are counted by one statement: it stays far from its deadline, and what it counts stays in memory. */
const MOST_CALLS = 50_000;

/** Counts a day anew, whatever was counted of it before. */
export async function countDay(tx: Database, vdnId: number, daily: Daily, day: string, span: Span): Promise<void> {
  const table = sql.table(daily.table);
  await sql`delete from ${table} where vdn_id = ${vdnId} and day = ${day}`.execute(tx);
  const { rows: [counted] } = await sql<{ readonly calls: number }>`select count(*) as calls from call_segment l
    where l.vdn_id = ${vdnId} and l.talk_to >= ${span.from} and l.talk_to < ${span.to} and l.is_last and ${sql.raw(daily.where)}`.execute(tx);
  const shares = Math.ceil((counted?.calls ?? 0) / MOST_CALLS);
  for (let number = 0; number < shares; number += 1) {
    await sql`insert into ${table} (vdn_id, day, number, feature, service, agent, queue, ${namesOf(daily)})
      select ${vdnId}::integer, ${day}, o.* from (${ofCalls(vdnId, daily, span, { share: { number, of: shares } })}) o`.execute(tx);
  }
}

export interface DailyRow extends Readonly<Record<string, number | string | null>> {
  readonly number: string;
  readonly feature: number;
  readonly service: number;
  readonly agent: number;
  readonly queue: number;
}

export interface DailyAsked {
  readonly numbers: readonly string[];
  readonly features: readonly number[];
  readonly queues: readonly number[] | undefined;
  /** Days of the tenant's zone, both with it. */
  readonly first: string;
  readonly last: string;
}

const MOST_ROWS = 50_000;

/** Days that are over as they were counted, and today up to now. */
export async function readDaily(db: Database, vdnId: number, daily: Daily, { numbers, features, queues, first, last }: DailyAsked, today: string, todayLasts: Span): Promise<readonly DailyRow[]> {
  const parts = [sql`select number, feature, service, agent, queue, ${namesOf(daily)} from ${sql.table(daily.table)}
    where vdn_id = ${vdnId} and number = any(${numbers}::text[]) and day >= ${first} and day <= ${last} and day < ${today}`];
  if (last >= today) parts.push(ofCalls(vdnId, daily, todayLasts, { numbers }));
  const folded = sql.join(Object.entries(daily.measures).map(([name, { fold }]) => sql`${sql.raw(fold)}(${sql.ref(name)}) as ${sql.ref(name)}`));
  const { rows } = await sql<DailyRow>`
    select number, feature, service, agent, queue, ${folded} from (${sql.join(parts, sql` union all `)}) as part
    where feature = any(${features}::integer[]) and (${queues ?? null}::integer[] is null or queue = any(${queues ?? null}::integer[]))
    group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5 limit ${MOST_ROWS}`.execute(db);
  return rows;
}

/** 5.1.13: what was counted of an erased number is told of nobody. */
export async function forgetNumbers(tx: Database, vdnId: number, numbers: readonly string[]): Promise<Readonly<Record<string, number>>> {
  const forgotten: Record<string, number> = {};
  for (const { table } of DAILY) {
    const { numAffectedRows = 0n } = await sql`delete from ${sql.table(table)} where vdn_id = ${vdnId} and number = any(${numbers}::text[])`.execute(tx);
    forgotten[table] = Number(numAffectedRows);
  }
  return forgotten;
}
