import { sql, type Kysely } from 'kysely';

/** Keys by which visitors of web pages may call, shown in the pages. Forward only. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  // The id is found without knowing whose it is: pages show nothing else.
  `create table widget_key (
    vdn_id integer not null,
    id text not null,
    name text not null,
    origins jsonb not null,
    access_codes jsonb not null,
    calls_per_minute integer not null,
    enabled boolean not null,
    created_at bigint not null,
    primary key (vdn_id, id),
    unique (id))`,
];

