import { sql, type Kysely } from 'kysely';

/** What is counted of agents, tenants and flows, and the daily tables (12.3.2). Forward only. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const AGENT = `
  requests connected rings lost_rings no_answers hang_ups connected_in_3 connected_in_5 connected_in_10 connected_in_15 connected_in_20 connected_in_25
  connected_in_30 connected_in_35 connected_in_40 connected_in_45 connected_in_50 connected_in_55 connected_in_60 ack_s talk_s talk_max talk_min out_calls
  out_connected out_talk_s`;
const VDN = `
  calls calls_served calls_entered calls_answered stay_s agent_calls agent_connected agent_talk_s requests lost wait_s connected_in_3 connected_in_5
  connected_in_10 connected_in_20 connected_in_30 connected_in_60 lost_in_3 lost_in_5 lost_in_10 lost_in_30 lost_in_60 talk_s flow_calls flow_connected
  flow_firsts flow_firsts_connected flow_only flow_only_connected flow_only_s out_calls out_calls_served out_stay_s out_agent_connected out_agent_talk_s
  out_flow_connected out_flow_firsts out_flow_firsts_connected`;
const FLOW = 'requests connected talk_s passed_on user_aborts to_agents';
const WORK = `
  sign_ins sign_in_s idle_s busy busy_s rest rest_s hold hold_s wrap_up wrap_up_s wrap_up_in wrap_up_in_s wrap_up_out wrap_up_out_s arranged arranged_s
  playing playing_s moves_inside moves_out moves_to_flow three_parties internal_calls helps`;

/** Absent is nobody, which the least and the most of nothing are. */
const columns = (names: string): string => names.trim().split(/\s+/).map((name) => `${name} integer${/_(max|min)$/.test(name) ? '' : ' not null default 0'}`).join(',\n    ');

/** As 0014 has them. */
const figures = (table: string, names: string): string => `create table ${table} (
    vdn_id integer not null,
    grain smallint not null,
    at bigint not null,
    object integer not null,
    media smallint not null,
    sub_media smallint not null,
    ${columns(names)},
    primary key (vdn_id, grain, at, object, media, sub_media))`;

const STATEMENTS = [
  figures('agent_figure', AGENT),
  figures('vdn_figure', VDN),
  figures('flow_figure', FLOW),
  figures('agent_work_figure', WORK),
  // Whether the caller kept the number to themselves; it is still known when the numbers are erased.
  'alter table call_segment add column anonymous boolean not null default false',
  'create index call_segment_anonymous on call_segment (vdn_id, talk_to) where anonymous',
];
