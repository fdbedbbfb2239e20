import { sql, type Kysely } from 'kysely';

/** Customers and what they have ordered (15.1), trials (17.2, 17.3), and calls by when they were talked in (16.1). Forward only. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  `create index call_segment_talked on call_segment (vdn_id, talk_from, call) where is_last`,
  `alter table access_token add column label text`,
  `create table tenant_customer (
    vdn_id integer primary key,
    company text not null,
    contact text not null,
    phone text not null,
    email text not null,
    trial_until bigint,
    created_at bigint not null)`,
  `create index tenant_customer_by_phone on tenant_customer (phone)`,
  `create index tenant_customer_by_email on tenant_customer (lower(email))`,
  `create table tenant_order (
    vdn_id integer not null,
    id text not null,
    resource text not null,
    amount integer not null,
    begins_at bigint not null,
    ends_at bigint,
    status text not null,
    details jsonb not null,
    created_at bigint not null,
    changed_at bigint not null,
    primary key (vdn_id, id),
    unique (id))`,
  `create index tenant_order_by_time on tenant_order (created_at, id)`,
  `create index tenant_order_of_tenant on tenant_order (vdn_id, created_at, id)`,
  `create table oma_setting (
    vdn_id integer primary key,
    settings jsonb not null,
    imc_secret bytea)`,
  `create table imc_message (
    vdn_id integer not null,
    digest text not null,
    message text not null,
    received_at bigint not null,
    primary key (vdn_id, digest))`,
  `create table trial_setting (
    vdn_id integer primary key,
    settings jsonb not null)`,
  // Whose number it is need not be known to compare it, so marks of numbers stand here.
  `create table trial_code (
    vdn_id integer not null,
    phone_mark text not null,
    email_mark text,
    code_mark text not null,
    attempts integer not null,
    sent_at bigint not null,
    expires_at bigint not null,
    primary key (vdn_id, phone_mark))`,
  `create table trial_claim (
    vdn_id integer not null,
    mark text not null,
    claimed_at bigint not null,
    primary key (vdn_id, mark))`,
  `create table trial_access_code (
    vdn_id integer not null,
    code text not null,
    tenant integer,
    reserved_at bigint,
    added_at bigint not null,
    primary key (vdn_id, code))`,
  `create table trial_mail_day (
    vdn_id integer not null,
    day text not null,
    mails integer not null,
    primary key (vdn_id, day))`,
  `create table letter (
    vdn_id integer not null,
    id text not null,
    sealed bytea not null,
    created_at bigint not null,
    primary key (vdn_id, id))`,
];
