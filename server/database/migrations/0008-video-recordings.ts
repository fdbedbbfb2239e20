import { sql, type Kysely } from 'kysely';

/** What is recorded: voice, or what two see of each other with it. Forward only. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table recording add column media text not null default 'voice'`.execute(db);
}
