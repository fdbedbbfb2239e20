import { sql, type RawBuilder } from 'kysely';
import type { Database } from '../server/database/connect.ts';
import { writePast } from '../server/engine/made-up-past.ts';
import { createOperations } from '../server/modules/agent-operation/index.ts';
import { dueOf, workDueOf } from '../server/modules/indicator/index.ts';
import { createRecords } from '../server/modules/records/index.ts';
import { pastOf, type Place } from '../sim/past.ts';

const DAY_MS = 86_400_000;

/** Nobody tells these projections of anything: they are given what they write. */
const unheard = { engine: { project: () => undefined }, onFault: (message: string, details: object) => { throw new Error(message, { cause: details }); } };

/** Writes a past of this place as it would stand in the tables that follow the journal. */
export async function writeRows(db: Database, place: Place, days: { readonly from: string; readonly count: number }): Promise<number> {
  return writePast(db, place.vdnId, pastOf(place, days), [createRecords({ db, ...unheard, onLeft: dueOf }), createOperations({ db, ...unheard, onDone: workDueOf })]);
}

/** The tables that are copied, and the time by which they are. */
const OF_CALLS = { call_record: 'began_at', call_segment: 'talk_to' } as const;
const OF_AGENTS = { agent_operation: 'to_at', agent_session: 'signed_in_at' } as const;

/** Columns that the database does not make itself. */
async function columnsOf(db: Database, table: string): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`select column_name as name from information_schema.columns
    where table_schema = current_schema() and table_name = ${table} and is_generated = 'NEVER' order by ordinal_position`.execute(db);
  return rows.map(({ name }) => name);
}

interface Copies {
  /** Their numbers, none of which is given twice. */
  readonly first: number;
  readonly last: number;
  /** How much earlier each is than the one of the number before. */
  readonly earlierMs: number;
  /** How far the numbers of its agents are from those of the one before; 0 for calls alone, without what agents did. */
  readonly agents: number;
}

/** A column of copy number `k`: times, ids of calls and operations, and agents are its own; all else is as it was. */
function copied(column: string, { earlierMs, agents }: Copies): RawBuilder<unknown> {
  const name = sql.ref(column);
  if (column === 'call') return sql`(split_part(call, '-', 1)::bigint - k * ${sql.lit(earlierMs / 1000)}) || '-' || (split_part(call, '-', 2)::bigint + k * 10000000)`;
  if (column === 'id' || column === 'logon_sn') return sql`${name} - k * 10000000000000`;
  if (/_(from|to|at)$/.test(column)) return sql`${name} - k * ${sql.lit(earlierMs)}`;
  if (column === 'agent') return sql`${name} + k * ${sql.lit(agents)}`;
  if (column === 'device_no' || column === 'pre_device_no') return sql`case when ${sql.ref(column.replace('_no', ''))} = 'agent' then (${name}::integer + k * ${sql.lit(agents)})::text else ${name} end`;
  return name;
}

/** Copies the rows of the newest span of time, and notes that they are to be counted. */
async function copyNewest(db: Database, vdnId: number, spanMs: number, copies: Copies): Promise<void> {
  const { rows: [newest = { ends: 0 }] } = await sql<{ readonly ends: number }>`select max(talk_to) as ends from call_segment where vdn_id = ${vdnId}`.execute(db);
  const isNewest = (time: string): RawBuilder<unknown> => sql`vdn_id = ${vdnId} and ${sql.ref(time)} > ${newest.ends - spanMs} and ${sql.ref(time)} <= ${newest.ends}`;
  const numbers = sql`generate_series(${sql.lit(copies.first)}::bigint, ${sql.lit(copies.last)}) as k`;
  await db.transaction().execute(async (tx) => {
    // Hundreds of megabytes in one statement.
    await sql`set local statement_timeout = 0`.execute(tx);
    // Before there are the copies, which are of the same time.
    const bucket = (time: string): RawBuilder<unknown> => sql`(${copied(time, copies)}) / 300000 * 300000`;
    await sql`insert into figure_due (vdn_id, kind, agent, bucket)
      select distinct vdn_id, 'calls', 0, ${bucket('talk_to')} from call_segment, ${numbers} where ${isNewest('talk_to')} on conflict do nothing`.execute(tx);
    if (copies.agents > 0) {
      const until = sql`(signed_out_at - k * ${sql.lit(copies.earlierMs)}) / 300000 * 300000`;
      await sql`insert into figure_due (vdn_id, kind, agent, bucket, until)
        select distinct vdn_id, 'work', ${copied('agent', copies)}, ${bucket('to_at')}, null::bigint from agent_operation, ${numbers} where ${isNewest('to_at')}
        union select vdn_id, 'span', ${copied('agent', copies)}, ${bucket('signed_in_at')}, ${until} from agent_session, ${numbers} where ${isNewest('signed_in_at')}`.execute(tx);
    }
    for (const [table, time] of Object.entries({ ...OF_CALLS, ...(copies.agents > 0 ? OF_AGENTS : {}) })) {
      const columns = await columnsOf(tx, table);
      await sql`insert into ${sql.table(table)} (${sql.join(columns.map((column) => sql.ref(column)))})
        select ${sql.join(columns.map((column) => copied(column, copies)))} from ${sql.table(table)}, ${numbers} where ${isNewest(time)} order by ${sql.ref(time)}`.execute(tx);
    }
  });
}

/** The newest week again, so many weeks earlier: tables of years are made of one week in minutes. */
export const repeatEarlier = (db: Database, vdnId: number, weeks: number): Promise<void> =>
  copyNewest(db, vdnId, 7 * DAY_MS, { first: weeks, last: weeks, earlierMs: 7 * DAY_MS, agents: 0 });

/** The newest day of a contact centre that has nothing else, so many times: as many others do the same at the same time. */
export const multiplyDay = (db: Database, vdnId: number, times: number): Promise<void> =>
  copyNewest(db, vdnId, DAY_MS, { first: 1, last: times - 1, earlierMs: 0, agents: 10_000 });
