import { sql, type Kysely } from 'kysely';

/** The most that there ever was of something at one time (12.3.6.8). Forward only. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  `create table usage_peak (
    vdn_id integer not null,
    what text not null,
    most integer not null,
    at bigint not null,
    primary key (vdn_id, what))`,
];
