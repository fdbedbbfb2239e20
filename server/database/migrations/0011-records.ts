import { sql, type Kysely } from 'kysely';

/** Records of calls (13.2). Forward only. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

/** Both ends are cut to seconds first, so that whoever sees the times alone counts the same. */
const seconds = (phase: string): string => `${phase}_s integer not null generated always as ((${phase}_to / 1000 - ${phase}_from / 1000)::integer) stored`;

const STATEMENTS = [
  `create table call_record (
    vdn_id integer not null,
    call text not null,
    began_at bigint not null,
    ended_at bigint,
    cause smallint,
    caller text not null,
    called text not null,
    feature smallint not null,
    medium text not null,
    media smallint,
    about text,
    first_queue integer,
    agent integer,
    queue integer,
    flow_s integer not null default 0,
    wait_s integer not null default 0,
    ack_s integer not null default 0,
    talk_s integer not null default 0,
    sought boolean not null default false,
    primary key (vdn_id, call))`,
  `create index call_record_by_time on call_record (vdn_id, began_at)`,
  `create index call_record_by_caller on call_record (vdn_id, caller, began_at)`,
  `create index call_record_by_called on call_record (vdn_id, called, began_at)`,
  `create table call_segment (
    vdn_id integer not null,
    call text not null,
    row smallint not null,
    is_last boolean not null,
    device text not null,
    device_no text not null,
    pre_device text,
    pre_device_no text,
    enter_reason smallint not null,
    leave_reason smallint not null,
    cause smallint,
    agent integer,
    first_queue integer,
    queue integer,
    caller text not null,
    called text not null,
    feature smallint not null,
    medium text not null,
    media_type smallint not null,
    media smallint,
    wait_from bigint not null,
    wait_to bigint not null,
    ack_from bigint not null,
    ack_to bigint not null,
    talk_from bigint not null,
    talk_to bigint not null,
    logged_at bigint not null,
    is_first boolean not null,
    next_device text,
    queued_s integer not null,
    whole_from bigint,
    whole_answered boolean,
    whole_sought boolean,
    whole_in_flow boolean,
    ${seconds('wait')},
    ${seconds('ack')},
    ${seconds('talk')},
    primary key (vdn_id, call, row))`,
  // A device is left when its last phase ends.
  `create index call_segment_by_time on call_segment (vdn_id, talk_to)`,
  // One a call; what lists count is in the index itself.
  `create index call_segment_ended on call_segment (vdn_id, talk_to) include (feature, whole_sought, whole_answered) where is_last`,
  `create index call_segment_by_agent on call_segment (vdn_id, agent, talk_to) where agent is not null`,
  `create index call_segment_by_caller on call_segment (vdn_id, caller, talk_to)`,
  `create index call_segment_by_called on call_segment (vdn_id, called, talk_to)`,
];
