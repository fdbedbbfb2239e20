import type { Selectable } from 'kysely';
import type { Treatment } from '@parley/core/queue/treatment.ts';
import type { Database } from '../../database/connect.ts';
import type { SkillQueueTable } from '../../database/tables.ts';

export interface Queue {
  readonly id: number;
  readonly name: string;
  readonly description: string;
  readonly media: number;
  readonly maxWaitSeconds: number;
  readonly maxWaiting: number;
  readonly maxWrapupSeconds: number;
  readonly treatment: Treatment;
}

export interface QueueFilter {
  readonly name?: string | undefined;
  readonly media?: number | undefined;
  readonly ids?: readonly number[] | undefined;
}

const fromRow = (row: Selectable<SkillQueueTable>): Queue => ({
  id: row.queue_id,
  name: row.name,
  description: row.description,
  media: row.media,
  maxWaitSeconds: row.max_wait_seconds,
  maxWaiting: row.max_waiting,
  maxWrapupSeconds: row.max_wrapup_seconds,
  treatment: row.treatment as Treatment,
});

const toRow = (queue: Queue) => ({
  queue_id: queue.id,
  name: queue.name,
  description: queue.description,
  media: queue.media,
  max_wait_seconds: queue.maxWaitSeconds,
  max_waiting: queue.maxWaiting,
  max_wrapup_seconds: queue.maxWrapupSeconds,
  treatment: JSON.stringify(queue.treatment),
});

const select = (db: Database, vdnId: number) => db.selectFrom('skill_queue').selectAll().where('vdn_id', '=', vdnId);

export async function listQueues(db: Database, vdnId: number): Promise<readonly Queue[]> {
  return (await select(db, vdnId).orderBy('queue_id').execute()).map(fromRow);
}

export async function findQueue(db: Database, vdnId: number, id: number): Promise<Queue | undefined> {
  const row = await select(db, vdnId).where('queue_id', '=', id).executeTakeFirst();
  return row && fromRow(row);
}

export async function searchQueues(db: Database, vdnId: number, filter: QueueFilter, page: { limit: number; offset: number }): Promise<{ total: number; queues: readonly Queue[] }> {
  let matching = db.selectFrom('skill_queue').where('vdn_id', '=', vdnId);
  if (filter.name) matching = matching.where('name', '=', filter.name);
  if (filter.media !== undefined) matching = matching.where('media', '=', filter.media);
  if (filter.ids !== undefined && filter.ids.length > 0) matching = matching.where('queue_id', 'in', [...filter.ids]);
  const { total } = await matching.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  const rows = await matching.selectAll().orderBy('queue_id').limit(page.limit).offset(page.offset).execute();
  return { total, queues: rows.map(fromRow) };
}

export async function insertQueue(db: Database, vdnId: number, queue: Queue, at: number): Promise<void> {
  await db.insertInto('skill_queue').values({ vdn_id: vdnId, created_at: at, ...toRow(queue) }).execute();
}

export async function updateQueue(db: Database, vdnId: number, queue: Queue): Promise<void> {
  await db.updateTable('skill_queue').set(toRow(queue)).where('vdn_id', '=', vdnId).where('queue_id', '=', queue.id).execute();
}

export async function deleteQueues(db: Database, vdnId: number, ids: readonly number[]): Promise<void> {
  await db.deleteFrom('skill_queue').where('vdn_id', '=', vdnId).where('queue_id', 'in', [...ids]).execute();
}
