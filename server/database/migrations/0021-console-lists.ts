import { sql, type Kysely } from 'kysely';

/** What the console looks for by more than time. Forward only. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  // Also of a queue that few calls come to, the latest are found without reading those of all others.
  `create index call_segment_by_queue on call_segment (vdn_id, device_no, talk_to) where device = 'queue'`,
  // Calls that were missed are few, and looked for by themselves.
  `create index call_segment_missed on call_segment (vdn_id, talk_to) where is_last and whole_sought and not whole_answered`,
  `create index recording_by_time on recording (vdn_id, began_at, number)`,
  `create index recording_by_agent on recording (vdn_id, agent, began_at, number)`,
];
