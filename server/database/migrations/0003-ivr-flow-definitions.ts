import { sql, type Kysely } from 'kysely';

/** Definitions of IVR flows in versions: who is in a flow keeps to the one that was there. Forward only. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  // 0 is a flow that has never had a definition.
  `alter table ivr_flow add column version integer not null default 0`,
  // json, not jsonb: a definition is shown as it was given, field by field in its order.
  `create table ivr_flow_version (
    vdn_id integer not null,
    flow_id integer not null,
    version integer not null,
    definition json not null,
    leads_to text[] not null,
    created_at bigint not null,
    primary key (vdn_id, flow_id, version),
    foreign key (vdn_id, flow_id) references ivr_flow on delete cascade)`,
  `insert into ivr_flow_version (vdn_id, flow_id, version, definition, leads_to, created_at)
    select vdn_id, flow_id, 1, definition::text::json, '{}', created_at from ivr_flow where definition <> '{}'`,
  `update ivr_flow set version = 1 where definition <> '{}'`,
  `alter table ivr_flow drop column definition`,
];
