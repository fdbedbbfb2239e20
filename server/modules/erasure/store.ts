import type { Database } from '../../database/connect.ts';

export interface Order {
  readonly id: string;
  readonly subjects: readonly string[];
  readonly doneAt: number | null;
}

export async function insertOrder(db: Database, vdnId: number, order: { id: string; subjects: readonly string[]; requestedBy: string; requestedAt: number }): Promise<void> {
  await db.insertInto('erasure').values({
    vdn_id: vdnId, id: order.id, subjects: JSON.stringify(order.subjects), requested_by: order.requestedBy, requested_at: order.requestedAt,
    counts: JSON.stringify({ subjects: order.subjects.length }),
  }).execute();
}

/** Locks the order, so that it is carried out by one job at a time. */
export async function findOrder(db: Database, vdnId: number, id: string): Promise<Order | undefined> {
  const row = await db.selectFrom('erasure').selectAll().where('vdn_id', '=', vdnId).where('id', '=', id).forUpdate().executeTakeFirst();
  return row && { id: row.id, subjects: row.subjects, doneAt: row.done_at };
}

/** The subjects are personal data themselves, so only their number stays. */
export async function finishOrder(db: Database, vdnId: number, id: string, counts: Readonly<Record<string, number>>, at: number): Promise<void> {
  const { counts: known } = await db.selectFrom('erasure').select('counts').where('vdn_id', '=', vdnId).where('id', '=', id).executeTakeFirstOrThrow();
  await db.updateTable('erasure').set({ subjects: '[]', counts: JSON.stringify({ ...counts, ...known }), done_at: at }).where('vdn_id', '=', vdnId).where('id', '=', id).execute();
}

export async function newestOrders(db: Database, vdnId: number) {
  const rows = await db.selectFrom('erasure').selectAll().where('vdn_id', '=', vdnId).orderBy('requested_at', 'desc').orderBy('id', 'desc').limit(100).execute();
  return rows.map(({ counts: { subjects = 0, ...counts }, ...row }) => ({
    id: row.id, subjects, requestedBy: row.requested_by, requestedAt: row.requested_at, doneAt: row.done_at, counts,
  }));
}
