import type { Database } from '../../database/connect.ts';
import type { By, Writer } from '../../engine/writer.ts';
import { overdueOrders, updateOrder, type Order } from './store.ts';

export interface DueDependencies {
  readonly db: Database;
  readonly writer: Writer;
  readonly clock: () => number;
  /** A trial is over. */
  readonly switchOff: (vdnId: number) => Promise<void>;
}

const AT_ONCE = 100;
const BY: By = { actor: 'parley', source: 'schedule', operation: 'orders-due' };

/** Orders whose time is over are so, and who only tried is switched off with theirs. */
export function ordersDue({ db, writer, clock, switchOff }: DueDependencies): () => Promise<void> {
  const expire = (order: Order): Promise<unknown> => writer.write(order.vdnId, BY, async ({ tx, at, record }) => {
    const after: Order = { ...order, status: 'expired', changedAt: at };
    await updateOrder(tx, after);
    record({ what: 'order', id: order.id, before: order, after });
  });
  return async () => {
    for (let due = await overdueOrders(db, clock(), AT_ONCE); due.length > 0; due = await overdueOrders(db, clock(), AT_ONCE)) {
      for (const order of due) {
        // Before the order says that it is over, so that an end between the two is made good by the next run.
        if (order.details.trial === true) await switchOff(order.vdnId);
        await expire(order);
      }
    }
  };
}
