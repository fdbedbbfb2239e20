import { sql, type Selectable } from 'kysely';
import type { Database } from '../../database/connect.ts';
import type { TenantOrderTable } from '../../database/order-tables.ts';

export type OrderStatus = 'effective' | 'expired' | 'historical';

/** What else is known of an order; what is absent is not known. */
export interface OrderDetails {
  /** Number that the seller gave it. */
  readonly orderNumber?: string | undefined;
  readonly kind?: string | undefined;
  readonly remark?: string | undefined;
  readonly price?: string | undefined;
  readonly chargingMode?: string | undefined;
  readonly chargingModeCode?: string | undefined;
  readonly skuCode?: string | undefined;
  readonly customerId?: string | undefined;
  readonly periods?: number | undefined;
  readonly periodUnit?: string | undefined;
  readonly featureType?: string | undefined;
  readonly source?: string | undefined;
  readonly trial?: boolean | undefined;
}

/** A subscription: so much of something, from then until then. */
export interface Order {
  readonly vdnId: number;
  readonly id: string;
  readonly resource: string;
  readonly amount: number;
  readonly beginsAt: number;
  /** Null for ever. */
  readonly endsAt: number | null;
  readonly status: OrderStatus;
  readonly details: OrderDetails;
  readonly createdAt: number;
  readonly changedAt: number;
}

export interface OrderFilter {
  /** Of this tenant alone. */
  readonly vdnId?: number | undefined;
  /** Made in that time, both ends included. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

const fromRow = (row: Selectable<TenantOrderTable>): Order => ({
  vdnId: row.vdn_id, id: row.id, resource: row.resource, amount: row.amount, beginsAt: row.begins_at, endsAt: row.ends_at, status: row.status as OrderStatus,
  details: row.details, createdAt: row.created_at, changedAt: row.changed_at,
});

const toRow = (order: Order) => ({
  resource: order.resource, amount: order.amount, begins_at: order.beginsAt, ends_at: order.endsAt, status: order.status, details: JSON.stringify(order.details),
  created_at: order.createdAt, changed_at: order.changedAt,
});

export async function insertOrder(tx: Database, order: Order): Promise<void> {
  await tx.insertInto('tenant_order').values({ vdn_id: order.vdnId, id: order.id, ...toRow(order) }).execute();
}

export async function updateOrder(tx: Database, order: Order): Promise<void> {
  await tx.updateTable('tenant_order').set(toRow(order)).where('vdn_id', '=', order.vdnId).where('id', '=', order.id).execute();
}

export async function findOrder(db: Database, id: string): Promise<Order | undefined> {
  const row = await db.selectFrom('tenant_order').selectAll().where('id', '=', id).executeTakeFirst();
  return row && fromRow(row);
}

/** The newest first. */
export async function listOrders(
  db: Database, { vdnId, from, to }: OrderFilter, { limit, offset }: { readonly limit: number; readonly offset: number },
): Promise<{ readonly orders: readonly Order[]; readonly count: number }> {
  let query = db.selectFrom('tenant_order');
  if (vdnId !== undefined) query = query.where('vdn_id', '=', vdnId);
  if (from !== undefined) query = query.where('created_at', '>=', from);
  if (to !== undefined) query = query.where('created_at', '<=', to);
  const rows = await query.selectAll().orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit).offset(offset).execute();
  const { count } = await query.select((eb) => eb.fn.countAll<number>().as('count')).executeTakeFirstOrThrow();
  return { orders: rows.map(fromRow), count };
}

/** Orders whose time is over by now, and which are not known to be. */
export async function overdueOrders(db: Database, now: number, limit: number): Promise<readonly Order[]> {
  const rows = await db.selectFrom('tenant_order').selectAll().where('status', '=', 'effective').where('ends_at', '<=', now).orderBy('ends_at').orderBy('id').limit(limit).execute();
  return rows.map(fromRow);
}

/** Who an order is of, for those that are shown together. */
export async function customersOf(db: Database, vdnIds: readonly number[]): Promise<ReadonlyMap<number, { readonly company: string; readonly contact: string }>> {
  if (vdnIds.length === 0) return new Map();
  const rows = await db.selectFrom('tenant_customer').select(['vdn_id', 'company', 'contact']).where('vdn_id', '=', sql<number>`any(${[...new Set(vdnIds)]}::integer[])`).execute();
  return new Map(rows.map(({ vdn_id: vdnId, company, contact }) => [vdnId, { company, contact }]));
}
