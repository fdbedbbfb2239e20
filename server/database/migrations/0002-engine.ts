import { sql, type Kysely } from 'kysely';

/** The engine's own journal: what happens in each contact centre; and what tenants say of their agents' sessions. Forward only. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  // Updated by every commit, so room is left for new versions of a row beside the old ones.
  `create table centre (
    vdn_id integer primary key,
    epoch bigint not null,
    head bigint not null,
    alive boolean not null
  ) with (fillfactor = 50)`,
  `create index centre_alive on centre (vdn_id) where alive`,
  // json, not jsonb: what was written is read back letter by letter, and nothing is searched inside of it.
  `create table centre_event (
    vdn_id integer not null,
    seq bigint not null,
    at bigint not null,
    type text not null,
    version smallint not null,
    call text,
    agent integer,
    data json not null,
    primary key (vdn_id, seq))`,
  `create index centre_event_by_call on centre_event (vdn_id, call, seq) where call is not null`,
  `create index centre_event_by_agent on centre_event (vdn_id, agent, seq) where agent is not null`,
  `create table centre_personal (
    vdn_id integer not null,
    seq bigint not null,
    call text,
    numbers text[] not null,
    data json not null,
    primary key (vdn_id, seq))`,
  `create index centre_personal_by_call on centre_personal (vdn_id, call) where call is not null`,
  `create index centre_personal_by_number on centre_personal using gin (numbers)`,
  // One an hour is kept, so that any hour can be told again from the one before.
  `create table centre_snapshot (
    vdn_id integer not null,
    hour bigint not null,
    seq bigint not null,
    at bigint not null,
    version smallint not null,
    state text not null,
    primary key (vdn_id, hour))`,
  // Without a mode of its own a tenant follows the installation (6.1.4.1 AUTHMODE); CTI passwords good for 0 days never end.
  `alter table vdn add column guid_mode text, add column agent_password_days smallint not null default 0`,
  // CTI passwords that were given up, of which the last must not come back (6.1.1.16).
  `create table agent_password (
    vdn_id integer not null,
    work_no integer not null,
    until bigint not null,
    cti_fingerprint text not null,
    primary key (vdn_id, work_no, until, cti_fingerprint),
    foreign key (vdn_id, work_no) references agent on delete cascade)`,
];
