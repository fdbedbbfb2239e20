import { sql, type Kysely } from 'kysely';

/** What callers say to flows, and what the calls of tenants to the outside have cost in the last day. Forward only. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  // What is projected is few among all events, and found without reading the others.
  `create index centre_event_flow_recordings on centre_event (vdn_id, seq) where type in ('FlowRecordingBegan', 'FlowRecordingEnded')`,
  `create table flow_recording (
    vdn_id integer not null,
    file text not null,
    call text not null,
    speaker text not null,
    caller text not null,
    called text not null,
    began_at bigint not null,
    ended_at bigint,
    ms bigint,
    state text not null,
    to_erase boolean not null,
    primary key (vdn_id, file))`,
  `create index flow_recording_by_speaker on flow_recording (vdn_id, speaker)`,
  `create index flow_recording_by_caller on flow_recording (vdn_id, caller)`,
  `create index flow_recording_by_called on flow_recording (vdn_id, called)`,
  // Written behind, one row of a tenant; a counter of each hour of the last day in it.
  `create table toll_usage (
    vdn_id integer primary key,
    counts jsonb not null,
    at bigint not null)`,
];
