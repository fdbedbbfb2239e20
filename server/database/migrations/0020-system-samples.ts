import { sql, type Kysely } from 'kysely';

/** Five-minute samples of the installation (12.3.6). Forward only. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  `create table office (
    vdn_id integer not null,
    no integer not null,
    name text not null,
    primary key (vdn_id, no))`,
  `create unique index office_by_name on office (vdn_id, name)`,
  `create table system_sample (
    vdn_id integer not null,
    at bigint not null,
    kind text not null,
    node text not null,
    object integer not null,
    figures json not null,
    primary key (vdn_id, at, kind, node, object))`,
  // What is old goes, whosever it is.
  `create index system_sample_by_time on system_sample (at)`,
];
