import { sql, type Kysely } from 'kysely';

/** Groups of agents, and which of them may be inspected by which (12.3.4). Forward only. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  `create table user_group (
    vdn_id integer not null,
    group_id text not null,
    no integer not null,
    kind text not null,
    name text not null,
    remark text not null,
    created_at bigint not null,
    primary key (vdn_id, group_id),
    unique (vdn_id, no),
    unique (vdn_id, name))`,
  // By its key an agent is in one group at most.
  `create table user_group_member (
    vdn_id integer not null,
    work_no integer not null,
    group_id text not null,
    primary key (vdn_id, work_no),
    foreign key (vdn_id, work_no) references agent on delete cascade,
    foreign key (vdn_id, group_id) references user_group on delete cascade)`,
  `create index user_group_member_by_group on user_group_member (vdn_id, group_id, work_no)`,
  `create table inspection_relation (
    vdn_id integer not null,
    inspectors text not null,
    inspected text not null,
    primary key (vdn_id, inspectors, inspected),
    foreign key (vdn_id, inspectors) references user_group on delete cascade,
    foreign key (vdn_id, inspected) references user_group on delete cascade)`,
  `create index inspection_relation_by_inspected on inspection_relation (vdn_id, inspected)`,
];
