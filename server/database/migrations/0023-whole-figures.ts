import { sql, type Kysely } from 'kysely';

/** How long calls were talked in as a whole, and how long that was which agents have ended. Forward only. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const ENDED = ['busy', 'rest', 'hold', 'wrap_up', 'wrap_up_in', 'wrap_up_out'].map((name) => `add column ${name}_ended_s integer not null default 0`);

const STATEMENTS = [
  // Years of calls take longer than a statement may.
  'set local statement_timeout = 0',
  'alter table call_segment add column whole_talk_s integer',
  `update call_segment l set whole_talk_s = s.talk_s
    from (select vdn_id, call, sum(talk_s) as talk_s from call_segment group by vdn_id, call) s
    where l.is_last and s.vdn_id = l.vdn_id and s.call = l.call`,
  'alter table vdn_figure drop column talk_s, add column served_talk_s integer not null default 0',
  `alter table agent_work_figure ${ENDED.join(', ')}`,
  // All of it is counted anew.
  `insert into figure_due (vdn_id, kind, agent, bucket)
    select distinct vdn_id, 'calls', 0, at from vdn_figure where grain = 5
    union select distinct vdn_id, 'work', object, at from agent_work_figure where grain = 5
    on conflict do nothing`,
];
