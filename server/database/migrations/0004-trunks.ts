import { sql, type Kysely } from 'kysely';

/** The installation's ways to the telephone network. Forward only. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  // The passwords of a trunk are sealed as one.
  `create table trunk (
    vdn_id integer not null,
    id text not null,
    name text not null,
    settings jsonb not null,
    passwords bytea not null,
    created_at bigint not null,
    primary key (vdn_id, id),
    unique (vdn_id, name))`,
];
