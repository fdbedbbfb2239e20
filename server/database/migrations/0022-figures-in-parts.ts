import { sql, type Kysely } from 'kysely';

/** What is due of figures is found by time, so that it is settled in parts. Forward only. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  // Of what went on for longer: when it was over.
  'alter table figure_due add column until bigint',
  'create index figure_due_by_time on figure_due (vdn_id, kind, bucket)',
  // What an agent did at some time, without all that ended since.
  'create index agent_operation_long on agent_operation (vdn_id, agent, to_at) where to_at - from_at >= 900000',
];
