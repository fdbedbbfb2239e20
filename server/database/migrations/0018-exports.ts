import { sql, type Kysely } from 'kysely';

/** Files that are made of records, and files of other programs (13.2). Forward only. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  `create table export_job (
    vdn_id integer not null,
    id text not null,
    kind text not null,
    file_name text not null,
    key_scheme text not null,
    key_id text not null,
    asked json not null,
    account_id text,
    callback_url text not null,
    state text not null,
    is_stale boolean not null default false,
    created_at bigint not null,
    expires_at bigint not null,
    primary key (vdn_id, id))`,
  `create unique index export_job_by_id on export_job (id)`,
  `create index export_job_expired on export_job (expires_at)`,
  `create table third_party_file (
    vdn_id integer not null,
    name text not null,
    bytes integer not null,
    sha256 text not null,
    created_at bigint not null,
    primary key (vdn_id, name))`,
  `create table shared_copy (
    vdn_id integer not null,
    key text not null,
    file text not null,
    expires_at bigint not null,
    primary key (vdn_id, key))`,
  `create index shared_copy_by_file on shared_copy (vdn_id, file)`,
  `create index shared_copy_expired on shared_copy (expires_at)`,
  // What is exported of a time is what began in it.
  `create index call_segment_by_begin on call_segment (vdn_id, talk_from)`,
  `create index recording_by_begin on recording (vdn_id, began_at)`,
];
