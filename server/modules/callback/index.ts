import type { Handler } from '@parley/contract/handler.ts';
import type { Database } from '../../database/connect.ts';
import type { Writer } from '../../engine/writer.ts';
import type { Ids } from '../../engine/ids.ts';
import type { Vault } from '../../security/vault.ts';

export interface CallbackDependencies {
  readonly db: Database;
  readonly writer: Writer;
  readonly ids: Ids;
  readonly vault: Vault;
}

/** The URLs that a tenant's administrators allow Parley to call. */
export interface Trustlist {
  readonly trusts: (db: Database, vdnId: number, url: string) => Promise<boolean>;
}

export function createTrustlist(_deps: { readonly db: Database }): Trustlist {
  return { trusts: () => Promise.resolve(false) };
}

export function callbackHandlers(_deps: CallbackDependencies): readonly Handler[] {
  return [];
}
