import { sql, type Kysely } from 'kysely';

/** What can come of a call, and what came of each. Forward only. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  `create table outcome (
    vdn_id integer not null,
    code text not null,
    name text not null,
    description text not null,
    place integer not null,
    enabled boolean not null,
    created_at bigint not null,
    primary key (vdn_id, code))`,
  `create table call_outcome (
    vdn_id integer not null,
    call text not null,
    agent integer not null,
    code text not null,
    remark text not null,
    noted_at bigint not null,
    primary key (vdn_id, call, agent))`,
  // Calls are looked for by what came of them; a code that some call has stays.
  `create index call_outcome_by_code on call_outcome (vdn_id, code, call)`,
];
