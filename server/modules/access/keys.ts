import type { Database } from '../../database/connect.ts';
import { newToken, type Vault } from '../../security/vault.ts';

/** Keys of chapter 4: C1 app keys, C2 access keys, C3 API passwords, and SIA services of 9.1.1. */
export type KeyScheme = 'C1' | 'C2' | 'C3' | 'SIA';

export interface Key {
  readonly vdnId: number;
  readonly scheme: KeyScheme;
  readonly keyId: string;
  readonly label: string;
  readonly secret: string;
  readonly enabled: boolean;
}

export interface Keys {
  readonly find: (scheme: KeyScheme, keyId: string) => Promise<Key | undefined>;
  readonly list: (vdnId: number) => Promise<readonly Omit<Key, 'secret'>[]>;
  /** Creates a key inside a transaction of the writer; the secret is told once. */
  readonly insert: (tx: Database, key: NewKey, at: number) => Promise<Key>;
  readonly setEnabled: (tx: Database, vdnId: number, scheme: KeyScheme, keyId: string, enabled: boolean) => Promise<boolean>;
  readonly setSecret: (tx: Database, vdnId: number, scheme: KeyScheme, keyId: string, secret: string) => Promise<boolean>;
  readonly remove: (tx: Database, vdnId: number, scheme: KeyScheme, keyId: string) => Promise<boolean>;
  /** To be called when a change of a key has been committed. */
  readonly forget: (scheme: KeyScheme, keyId: string) => void;
}

export interface NewKey {
  readonly vdnId: number;
  readonly scheme: KeyScheme;
  readonly label: string;
  readonly keyId?: string;
  readonly secret?: string;
}

/** A key found is believed for so long, so that another process's change is heard of in time. */
const BELIEVED_MS = 2000;
const MAX_CACHED = 10_000;

const belongsTo = (scheme: string, keyId: string): string => `key:${scheme}:${keyId}`;

export interface KeysDependencies {
  readonly db: Database;
  readonly vault: Vault;
  readonly clock: () => number;
  /** A tenant that is switched off takes its keys with it. */
  readonly tenantEnabled: (vdnId: number) => Promise<boolean>;
}

export function createKeys({ db, vault, clock, tenantEnabled }: KeysDependencies): Keys {
  const cache = new Map<string, { key: Key; checkedAt: number }>();

  const row = (tx: Database, vdnId: number, scheme: KeyScheme, keyId: string) =>
    tx.updateTable('access_key').where('vdn_id', '=', vdnId).where('scheme', '=', scheme).where('key_id', '=', keyId);

  return {
    find: async (scheme, keyId) => {
      const name = belongsTo(scheme, keyId);
      const now = clock();
      const cached = cache.get(name);
      if (cached !== undefined && now - cached.checkedAt < BELIEVED_MS) return cached.key;
      cache.delete(name);
      const found = await db.selectFrom('access_key').selectAll().where('scheme', '=', scheme).where('key_id', '=', keyId).executeTakeFirst();
      if (found === undefined) return undefined;
      const key: Key = {
        vdnId: found.vdn_id, scheme, keyId: found.key_id, label: found.label, secret: vault.open(found.secret, name),
        enabled: found.enabled && await tenantEnabled(found.vdn_id),
      };
      if (cache.size >= MAX_CACHED) cache.clear();
      cache.set(name, { key, checkedAt: now });
      return key;
    },
    list: async (vdnId) => {
      const rows = await db.selectFrom('access_key').select(['vdn_id', 'scheme', 'key_id', 'label', 'enabled'])
        .where('vdn_id', '=', vdnId).orderBy('created_at').orderBy('key_id').execute();
      return rows.map((found) => ({ vdnId: found.vdn_id, scheme: found.scheme as KeyScheme, keyId: found.key_id, label: found.label, enabled: found.enabled }));
    },
    insert: async (tx, { vdnId, scheme, label, keyId = newToken(12), secret = newToken(24) }, at) => {
      await tx.insertInto('access_key').values({
        vdn_id: vdnId, scheme, key_id: keyId, label, secret: vault.seal(secret, belongsTo(scheme, keyId)), created_at: at,
      }).execute();
      return { vdnId, scheme, keyId, label, secret, enabled: true };
    },
    setEnabled: async (tx, vdnId, scheme, keyId, enabled) =>
      (await row(tx, vdnId, scheme, keyId).set({ enabled }).executeTakeFirst()).numUpdatedRows > 0n,
    setSecret: async (tx, vdnId, scheme, keyId, secret) =>
      (await row(tx, vdnId, scheme, keyId).set({ secret: vault.seal(secret, belongsTo(scheme, keyId)) }).executeTakeFirst()).numUpdatedRows > 0n,
    remove: async (tx, vdnId, scheme, keyId) =>
      (await tx.deleteFrom('access_key').where('vdn_id', '=', vdnId).where('scheme', '=', scheme).where('key_id', '=', keyId).executeTakeFirst()).numDeletedRows > 0n,
    forget: (scheme, keyId) => { cache.delete(belongsTo(scheme, keyId)); },
  };
}
