import type { Eraser } from '../erasure/index.ts';
import { erasePersonal } from './store.ts';

/** 5.1.13: the account stays, as someone works with it; what it tells of the person goes. */
export const accountEraser: Eraser = {
  module: 'account',
  tables: ['account'],
  erase: async (db, vdnId, subjects) => ({ account: await erasePersonal(db, vdnId, subjects) }),
};
