import { sql, type Kysely } from 'kysely';

/** What calls came to, by day and number (12.3.2.10, 12.3.2.11). Forward only. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const COMMON = `
  fail_queue_wait_num fail_queue_wait_time succ_wait_ans_time max_wait_ans_time min_wait_ans_time max_call_time min_call_time succ_ack_time_lt3
  succ_ack_time_lt5 succ_ack_time_lt10 succ_ack_time_lt30 succ_ack_time_lt60 succ_ack_time_gt10 succ_ack_time_gt60 call_time_lt3 call_time_lt5
  call_time_lt10 call_time_lt30 call_time_lt60 call_time_gt10 call_time_gt60 fail_time_lt3 fail_time_lt5 fail_time_lt10 fail_time_lt30 fail_time_lt60
  fail_time_gt10 fail_time_gt60 hang_up_num hang_up_time hang_up_release_num auto_ans_time auto_call_num auto_call_succ_num auto_transfer_num
  ivr_occupy_num ivr_call_succ_num ivr_call_time ivr_only_num ivr_only_succ_num ivr_only_time reserved_col3`;
const INBOUND = `
  wait_ans_num wait_ans_time succ_wait_ans_num fail_wait_ans_time no_ack_num queue_wait_time succ_queue_wait_time succ_queue_wait_num max_queue_wait_time
  min_queue_wait_time que_over_to_ivr_num que_over_to_ivr_time in_occupy_num in_call_succ_num in_call_time max_ivr_call_time min_ivr_call_time
  agent_to_queue_num agent_to_agent_num in_vdn_time auto_user_abandon_num in_call_cost_minute in_call_all_cost_minute`;
const OUTBOUND = `
  out_occupy_num out_succ_wait_ans_num out_call_succ_num out_wait_ans_time out_call_time agent_hang_up_lt3 agent_transfer_num zero_num out_vdn_time
  pre_call_num pre_call_succ_num pre_agent_num pre_agent_succ_num pre_transfer_num pre_total_time pre_queue_wait_num pre_queue_wait_time
  pre_fail_queue_wait_num pre_fail_queue_wait_time pre_abort_queue_wait_num pre_no_ack_num pre_viewed_call_num pre_viewed_call_succ_num
  pre_viewed_succ_ack_time pre_viewed_transfer_num pre_occupied_call_num pre_occupied_succ_num pre_occupied_succ_ack_time pre_occupied_agent_succ_num
  pre_occupied_agent_succ_time pre_occupied_transfer_num out_call_cost_minute out_call_all_cost_minute`;

/** Absent is nobody, which the least and the most of nothing are. */
const columns = (names: string): string => names.trim().split(/\s+/).map((name) => `${name} integer${/^(max|min)_/.test(name) ? '' : ' not null default 0'}`).join(',\n    ');

const daily = (table: string, names: string): string => `create table ${table} (
    vdn_id integer not null,
    number text not null,
    day text not null,
    feature smallint not null,
    service integer not null,
    agent integer not null,
    queue integer not null,
    ${columns(names)},
    primary key (vdn_id, number, day, feature, service, agent, queue))`;

const STATEMENTS = [
  daily('inbound_day', `${COMMON} ${INBOUND}`),
  `create index inbound_day_by_day on inbound_day (vdn_id, day)`,
  daily('outbound_day', `${COMMON} ${OUTBOUND}`),
  `create index outbound_day_by_day on outbound_day (vdn_id, day)`,
];
