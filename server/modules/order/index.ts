import type { Eraser } from '../erasure/index.ts';
import { forgetContacts } from './customers.ts';

export { orderHandlers } from './administration.ts';
export { tenantOfContact } from './customers.ts';
export { ordersDue } from './due.ts';
export { hmacAndGcm, type ImcCipher } from './imc-cipher.ts';
export { omaHandlers } from './oma-operations.ts';
export { forgetMessages } from './oma-store.ts';
export { keepTrial } from './trial-order.ts';

/** 5.1.13: whom to turn to goes, that there is a tenant stays. */
export const orderEraser: Eraser = {
  module: 'order',
  tables: ['tenant_customer'],
  erase: async (tx, vdnId, subjects) => ({ tenant_customer: await forgetContacts(tx, vdnId, subjects) }),
};
