import type { Database } from '../../database/connect.ts';
import { createBelieved } from '../../security/believed.ts';
import { newToken, type Vault } from '../../security/vault.ts';

/** Keys of chapter 4: C1 app keys, C2 access keys, C3 API passwords, and SIA services of 9.1.1. */
export const KEY_SCHEMES = ['C1', 'C2', 'C3', 'SIA'] as const;
export type KeyScheme = (typeof KEY_SCHEMES)[number];

export interface Key {
  readonly vdnId: number;
  readonly scheme: KeyScheme;
  readonly keyId: string;
  readonly label: string;
  readonly secret: string;
  readonly enabled: boolean;
}

/** A key as it may be shown. */
export interface ShownKey extends Omit<Key, 'secret'> {
  readonly createdAt: number;
}

export interface Keys {
  /** `enabled` is also false while the tenant is switched off. */
  readonly find: (scheme: KeyScheme, keyId: string) => Promise<Key | undefined>;
  readonly list: (vdnId: number, from?: Database) => Promise<readonly ShownKey[]>;
  /** Creates a key inside a transaction of the writer; the secret is told once. */
  readonly insert: (tx: Database, key: NewKey, at: number) => Promise<Key>;
  /** The same; undefined where the name is taken, maybe by another tenant. */
  readonly tryInsert: (tx: Database, key: NewKey, at: number) => Promise<Key | undefined>;
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

const MAX_BELIEVED = 10_000;

const belongsTo = (scheme: string, keyId: string): string => `key:${scheme}:${keyId}`;

export interface KeysDependencies {
  readonly db: Database;
  readonly vault: Vault;
  readonly clock: () => number;
  /** A tenant that is switched off takes its keys with it. */
  readonly tenantEnabled: (vdnId: number) => Promise<boolean>;
}

export function createKeys({ db, vault, clock, tenantEnabled }: KeysDependencies): Keys {
  const believed = createBelieved<string, Key>({ clock, maxEntries: MAX_BELIEVED });

  const row = (tx: Database, vdnId: number, scheme: KeyScheme, keyId: string) =>
    tx.updateTable('access_key').where('vdn_id', '=', vdnId).where('scheme', '=', scheme).where('key_id', '=', keyId);

  const read = async (scheme: KeyScheme, keyId: string): Promise<Key | undefined> => {
    const found = await db.selectFrom('access_key').selectAll().where('scheme', '=', scheme).where('key_id', '=', keyId).executeTakeFirst();
    return found && {
      vdnId: found.vdn_id, scheme, keyId: found.key_id, label: found.label, secret: vault.open(found.secret, belongsTo(scheme, keyId)), enabled: found.enabled,
    };
  };

  const tryInsert: Keys['tryInsert'] = async (tx, { vdnId, scheme, label, keyId = newToken(12), secret = newToken(24) }, at) => {
    const { numInsertedOrUpdatedRows } = await tx.insertInto('access_key').values({
      vdn_id: vdnId, scheme, key_id: keyId, label, secret: vault.seal(secret, belongsTo(scheme, keyId)), created_at: at,
    }).onConflict((conflict) => conflict.doNothing()).executeTakeFirst();
    return numInsertedOrUpdatedRows === 1n ? { vdnId, scheme, keyId, label, secret, enabled: true } : undefined;
  };

  return {
    find: async (scheme, keyId) => {
      const key = await believed.get(belongsTo(scheme, keyId), () => read(scheme, keyId));
      if (key === undefined || !key.enabled) return key;
      return (await tenantEnabled(key.vdnId)) ? key : { ...key, enabled: false };
    },
    list: async (vdnId, from = db) => {
      const rows = await from.selectFrom('access_key').select(['vdn_id', 'scheme', 'key_id', 'label', 'enabled', 'created_at'])
        // The start keeps a row of its own there, by which it knows its secret key again: nobody's key.
        .where('vdn_id', '=', vdnId).where('scheme', 'in', KEY_SCHEMES).orderBy('created_at').orderBy('scheme').orderBy('key_id').execute();
      return rows.map((found) => ({
        vdnId: found.vdn_id, scheme: found.scheme as KeyScheme, keyId: found.key_id, label: found.label, enabled: found.enabled, createdAt: found.created_at,
      }));
    },
    tryInsert,
    insert: async (tx, key, at) => {
      const made = await tryInsert(tx, key, at);
      if (made === undefined) throw new Error(`there is a ${key.scheme} key ${key.keyId ?? ''} already`);
      return made;
    },
    setEnabled: async (tx, vdnId, scheme, keyId, enabled) =>
      (await row(tx, vdnId, scheme, keyId).set({ enabled }).executeTakeFirst()).numUpdatedRows > 0n,
    setSecret: async (tx, vdnId, scheme, keyId, secret) =>
      (await row(tx, vdnId, scheme, keyId).set({ secret: vault.seal(secret, belongsTo(scheme, keyId)) }).executeTakeFirst()).numUpdatedRows > 0n,
    remove: async (tx, vdnId, scheme, keyId) =>
      (await tx.deleteFrom('access_key').where('vdn_id', '=', vdnId).where('scheme', '=', scheme).where('key_id', '=', keyId).executeTakeFirst()).numDeletedRows > 0n,
    forget: (scheme, keyId) => { believed.forget([belongsTo(scheme, keyId)]); },
  };
}
