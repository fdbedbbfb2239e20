import { sql, type Kysely } from 'kysely';

/** Recordings of agents' talks, what each tenant has recorded, and how far projections of the engine's journal have come. Forward only. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  // Nobody is recorded unawares.
  `alter table vdn
    add column recording_automatic boolean not null default false,
    add column recording_by_agents boolean not null default true,
    add column recording_to_files boolean not null default true`,
  `create table projection_cursor (
    vdn_id integer not null,
    name text not null,
    seq bigint not null,
    primary key (vdn_id, name))`,
  // What is projected is few among all events, and found without reading the others.
  `create index centre_event_recordings on centre_event (vdn_id, seq) where type in ('RecordingBegan', 'RecordingEnded')`,
  `create table recording (
    vdn_id integer not null,
    number bigint not null,
    record_id text not null,
    path text not null,
    file text not null,
    call text not null,
    agent integer not null,
    caller text not null,
    called text not null,
    outbound boolean not null,
    automatic boolean not null,
    channels smallint not null,
    began_at bigint not null,
    ended_at bigint,
    ms bigint,
    state text not null,
    to_erase boolean not null,
    primary key (vdn_id, number))`,
  `create index recording_by_file on recording (vdn_id, file)`,
  `create index recording_by_id on recording (vdn_id, record_id)`,
  `create index recording_by_call on recording (vdn_id, call)`,
  `create index recording_by_caller on recording (vdn_id, caller)`,
  `create index recording_by_called on recording (vdn_id, called)`,
];
