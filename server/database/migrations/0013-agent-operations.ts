import { sql, type Kysely } from 'kysely';

/** What agents did, and their sessions (12.3.8.12). Forward only. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  `create table agent_operation (
    vdn_id integer not null,
    id bigint not null,
    agent integer not null,
    type smallint not null,
    object integer,
    cause integer,
    from_at bigint not null,
    to_at bigint not null,
    call text,
    queue integer,
    media smallint,
    feature smallint,
    direction text,
    phone text not null,
    manual boolean,
    agent_type smallint not null,
    logon_sn bigint not null,
    skill_info_sn bigint,
    -- Both ends are cut to seconds first, so that whoever sees the times alone counts the same.
    seconds integer not null generated always as ((to_at / 1000 - from_at / 1000)::integer) stored,
    primary key (vdn_id, id))`,
  `create index agent_operation_by_end on agent_operation (vdn_id, to_at)`,
  `create index agent_operation_by_begin on agent_operation (vdn_id, from_at)`,
  `create index agent_operation_by_agent on agent_operation (vdn_id, agent, to_at)`,
  // The others have an agent's phone, which the sessions tell.
  `create index agent_operation_by_number on agent_operation (vdn_id, phone) where type = 46`,
  `create index agent_operation_by_call on agent_operation (vdn_id, call) where type = 46`,
  `create table agent_session (
    vdn_id integer not null,
    logon_sn bigint not null,
    agent integer not null,
    signed_in_at bigint not null,
    signed_out_at bigint,
    cause smallint,
    forced_by integer,
    phone text not null,
    ip text not null,
    agent_type smallint not null,
    primary key (vdn_id, logon_sn))`,
  `create index agent_session_by_agent on agent_session (vdn_id, agent, signed_in_at)`,
  `create index agent_session_by_begin on agent_session (vdn_id, signed_in_at)`,
  `create index agent_session_by_end on agent_session (vdn_id, signed_out_at)`,
  `create table operation_desk (
    vdn_id integer not null,
    agent integer not null,
    state json not null,
    primary key (vdn_id, agent))`,
  `create table operation_call (
    vdn_id integer not null,
    call text not null,
    facts json not null,
    primary key (vdn_id, call))`,
];
