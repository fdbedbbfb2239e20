import type { Handler } from '@parley/contract/handler.ts';
import type { Database } from '../../database/connect.ts';

export function auditHandlers(_deps: { readonly db: Database }): readonly Handler[] {
  return [];
}
