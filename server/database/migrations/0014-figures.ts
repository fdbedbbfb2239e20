import { sql, type Kysely } from 'kysely';

/** What is counted of queues in spans of time (12.3.2). Forward only. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const SKILL = `
  requests incoming connected lost user_abandon_queue user_abandon_agent agent_abandon queue_disconnected system_lost rings answered_rings lost_rings
  time_out_queue time_out_agent time_out_flow overflow_queue overflow_agent overflow_flow lost_waits connected_in_3 connected_in_5 connected_in_10
  connected_in_15 connected_in_20 connected_in_25 connected_in_30 connected_in_35 connected_in_40 connected_in_45 connected_in_50 connected_in_55
  connected_in_60 lost_in_3 lost_in_5 lost_in_10 lost_in_15 lost_in_20 lost_in_25 lost_in_30 lost_in_35 lost_in_40 lost_in_45 lost_in_50 lost_in_55
  lost_in_60 talk_s wait_s wait_max wait_min connected_ack_s lost_ack_s connected_queue_s lost_queue_s user_abandon_queue_s user_abandon_agent_s ack_s
  queue_s`;

/** Absent is nobody, which the least and the most of nothing are. */
const columns = (names: string): string => names.trim().split(/\s+/).map((name) => `${name} integer${/_(max|min)$/.test(name) ? '' : ' not null default 0'}`).join(',\n    ');

/** `grain` is in minutes: 5 and 15 in UTC, 1440 for the days of the tenant's zone. */
const figures = (table: string, object: string, names: string): string => `create table ${table} (
    vdn_id integer not null,
    grain smallint not null,
    at bigint not null,
    object ${object} not null,
    media smallint not null,
    sub_media smallint not null,
    ${columns(names)},
    primary key (vdn_id, grain, at, object, media, sub_media))`;

const STATEMENTS = [
  figures('skill_figure', 'integer', SKILL),
  // Five minutes in which something was recorded since they were counted.
  `create table figure_due (
    vdn_id integer not null,
    kind text not null,
    agent integer not null,
    bucket bigint not null,
    primary key (vdn_id, kind, agent, bucket))`,
];
