import { sql } from 'kysely';
import type { Database } from '../server/database/connect.ts';
import { writePast } from '../server/engine/made-up-past.ts';
import { createOperations } from '../server/modules/agent-operation/index.ts';
import { dueOf } from '../server/modules/indicator/index.ts';
import { createRecords } from '../server/modules/records/index.ts';
import { pastOf, type Place } from '../sim/past.ts';

const WEEK_SECONDS = 7 * 86_400;

/** Nobody tells these projections of anything: they are given what they write. */
const unheard = { engine: { project: () => undefined }, onFault: (message: string, details: object) => { throw new Error(message, { cause: details }); } };

/** Writes a past of this place as it would stand in the tables that follow the journal. */
export async function writeRows(db: Database, place: Place, days: { readonly from: string; readonly count: number }): Promise<number> {
  return writePast(db, place.vdnId, pastOf(place, days), [createRecords({ db, ...unheard, onLeft: dueOf }), createOperations({ db, ...unheard })]);
}

/** Columns that the database does not make itself. */
async function columnsOf(db: Database, table: string): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`select column_name as name from information_schema.columns
    where table_schema = current_schema() and table_name = ${table} and is_generated = 'NEVER' order by ordinal_position`.execute(db);
  return rows.map(({ name }) => name);
}

/** The calls of the newest week again, so many weeks earlier: tables of years are made of one week in minutes. Answers how many rows there were. */
export async function repeatEarlier(db: Database, vdnId: number, weeks: number): Promise<number> {
  const shiftMs = weeks * WEEK_SECONDS * 1000;
  let copied = 0n;
  for (const table of ['call_record', 'call_segment']) {
    const columns = await columnsOf(db, table);
    const earlier = columns.map((column) => {
      if (column === 'call') return sql`(split_part(call, '-', 1)::bigint - ${sql.lit(weeks * WEEK_SECONDS)}) || '-' || split_part(call, '-', 2)`;
      return /_(from|to|at)$/.test(column) ? sql`${sql.ref(column)} - ${sql.lit(shiftMs)}` : sql.ref(column);
    });
    const time = sql.ref(table === 'call_record' ? 'began_at' : 'talk_to');
    const { numAffectedRows = 0n } = await sql`insert into ${sql.table(table)} (${sql.join(columns.map((column) => sql.ref(column)))})
      select ${sql.join(earlier)} from ${sql.table(table)}
      where vdn_id = ${vdnId} and ${time} > (select max(${time}) from ${sql.table(table)} where vdn_id = ${vdnId}) - ${sql.lit(WEEK_SECONDS * 1000)}`.execute(db);
    copied += numAffectedRows;
  }
  await sql`insert into figure_due (vdn_id, kind, agent, bucket)
    select distinct vdn_id, 'calls', 0, talk_to / 300000 * 300000 from call_segment,
      (select max(talk_to) as newest from call_segment where vdn_id = ${vdnId}) as latest
    where vdn_id = ${vdnId} and talk_to <= newest - ${sql.lit(shiftMs)} and talk_to >= newest - ${sql.lit(shiftMs + WEEK_SECONDS * 1000)}
    on conflict do nothing`.execute(db);
  return Number(copied);
}
