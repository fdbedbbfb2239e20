import { isTrusted } from '@parley/core/callback/trusted-url.ts';
import type { Database } from '../../database/connect.ts';
import type { Vault } from '../../security/vault.ts';
import { findSealedSecret, listAddresses, listTrusted, rulesOf } from './store.ts';

/** The URLs that a tenant's administrators allow Parley to call. */
export interface Trustlist {
  /** To be asked when a URL is taken, and again when it is called: it may be trusted no longer. */
  readonly trusts: (db: Database, vdnId: number, url: string) => Promise<boolean>;
}

export function createTrustlist(): Trustlist {
  return { trusts: async (db, vdnId, url) => isTrusted(url, rulesOf(await listTrusted(db, vdnId))) };
}

/** Where a tenant wants to be called back, with the secret that signs what is sent. */
export interface Callback {
  readonly url: string;
  readonly secret?: string;
}

/** What a shared key's secret is sealed to. */
export const sharedKeyOwner = (vdnId: number, name: string): string => `shared-key:${vdnId}:${name}`;

export async function findCallback(db: Database, vault: Vault, vdnId: number, purpose: string): Promise<Callback | undefined> {
  const address = (await listAddresses(db, vdnId)).find((known) => known.purpose === purpose);
  if (address === undefined) return undefined;
  const { url, sharedKey } = address;
  if (sharedKey === null) return { url };
  const sealed = await findSealedSecret(db, vdnId, sharedKey);
  if (sealed === undefined) throw new Error(`the shared key ${sharedKey} of VDN ${vdnId} is gone, although a callback address needs it`);
  return { url, secret: vault.open(sealed, sharedKeyOwner(vdnId, sharedKey)) };
}

/** The secret of a shared key, for calls that a tenant makes by its name. */
export async function findSharedSecret(db: Database, vault: Vault, vdnId: number, name: string): Promise<string | undefined> {
  const sealed = await findSealedSecret(db, vdnId, name);
  return sealed && vault.open(sealed, sharedKeyOwner(vdnId, name));
}
