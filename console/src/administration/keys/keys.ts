import {
  changeInstallationKey, changeKey, createInstallationKey, createKey, deleteInstallationKey, deleteKey, KEY_SCHEMES, listInstallationKeys, listKeys, replaceInstallationKeySecret, replaceKeySecret,
} from '@parley/contract/admin/key.ts';
import type { Result } from '@parley/contract/operation.ts';

export type Key = Result<typeof listKeys>['keys'][number];
export type KeyWithSecret = Result<typeof createKey>;
export type Scheme = Key['scheme'];

const OF_TENANT = { list: listKeys, create: createKey, change: changeKey, replace: replaceKeySecret, remove: deleteKey };
/** Of the same form, but that there are no C1 keys among them. */
const OF_INSTALLATION = {
  list: listInstallationKeys, create: createInstallationKey, change: changeInstallationKey, replace: replaceInstallationKeySecret, remove: deleteInstallationKey,
} as unknown as typeof OF_TENANT;

/** Whose keys: one tenant's, or those that are valid for every tenant. */
export type Scope = 'tenant' | 'installation';
export const OPERATIONS: Readonly<Record<Scope, typeof OF_TENANT>> = { tenant: OF_TENANT, installation: OF_INSTALLATION };
export const SCHEMES: Readonly<Record<Scope, readonly Scheme[]>> = { tenant: KEY_SCHEMES, installation: ['C2', 'C3', 'SIA'] };

export const idOf = ({ scheme, keyId }: Pick<Key, 'scheme' | 'keyId'>): string => `${scheme}:${keyId}`;

export const bySchemeThenAge = (keys: readonly Key[]): readonly Key[] =>
  keys.toSorted((one, other) => KEY_SCHEMES.indexOf(one.scheme) - KEY_SCHEMES.indexOf(other.scheme) || one.createdAt - other.createdAt);

export interface KeyDraft {
  readonly scheme: Scheme;
  readonly label: string;
  readonly keyId: string;
  readonly secret: string;
}

export const NEW_KEY: KeyDraft = { scheme: 'C2', label: '', keyId: '', secret: '' };

/** What is left empty is made at random by the server. */
export const requestOf = ({ scheme, label, keyId, secret }: KeyDraft): { scheme: Scheme; label: string; keyId?: string; secret?: string } =>
  ({ scheme, label: label.trim(), ...(keyId === '' ? {} : { keyId }), ...(secret === '' ? {} : { secret }) });
