import { sql, type Kysely } from 'kysely';

/** What calls are told with: the access code of a flow as it was then, and the flow that served them. Forward only. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  // Ids of calls leave four digits for the VDN.
  'alter table vdn add constraint vdn_id_of_four_digits check (vdn_id between 0 and 9999)',
  'alter table call_segment add column access text, add column pre_access text, add column service integer',
  'alter table agent_operation add column service integer',
];
