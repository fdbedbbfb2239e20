import { sql, type Kysely } from 'kysely';

/** What the calls of tenants to the outside may cost, where it is not as it is for all. Forward only. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  `create table toll_limit (
    vdn_id integer primary key,
    settings jsonb not null)`,
];
