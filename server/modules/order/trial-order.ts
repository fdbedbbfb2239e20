import type { Ids } from '../../engine/ids.ts';
import type { Writing } from '../../engine/writer.ts';
import { saveCustomer } from './customers.ts';
import { insertOrder, type Order } from './store.ts';

export interface Trial {
  readonly company: string;
  readonly phone: string;
  readonly email: string;
  readonly until: number;
  readonly agents: number;
}

/** Who tries Parley is a customer, with an order that ends. */
export async function keepTrial({ tx, at, record }: Writing, ids: Ids, vdnId: number, { company, phone, email, until, agents }: Trial): Promise<void> {
  const customer = { company, contact: company, phone, email, trialUntil: until };
  await saveCustomer(tx, vdnId, customer, at);
  record({ what: 'customer', id: String(vdnId), before: null, after: customer });
  const order: Order = {
    vdnId, id: ids.next(), resource: 'agents', amount: agents, beginsAt: at, endsAt: until, status: 'effective', details: { kind: 'newInstance', source: 'trial', trial: true },
    createdAt: at, changedAt: at,
  };
  await insertOrder(tx, order);
  record({ what: 'order', id: order.id, before: null, after: order });
}
