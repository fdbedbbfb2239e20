import { sql, type Kysely } from 'kysely';

/** Pictures of customers that agents asked for (6.1.5.5). Forward only. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  `create index centre_event_images on centre_event (vdn_id, seq) where type in ('ImageCaptured')`,
  `create table customer_image (
    vdn_id integer not null,
    number bigint not null,
    path text not null,
    file text not null,
    call text not null,
    agent integer not null,
    caller text not null,
    called text not null,
    taken_at bigint not null,
    primary key (vdn_id, number))`,
  `create index customer_image_by_file on customer_image (vdn_id, file)`,
  `create index customer_image_by_caller on customer_image (vdn_id, caller)`,
  `create index customer_image_by_called on customer_image (vdn_id, called)`,
];
