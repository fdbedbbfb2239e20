import type { createUser, listUsers, resetUserPassword } from '@parley/contract/admin/user.ts';
import type { Operation, Result } from '@parley/contract/operation.ts';

export type Person = Result<typeof listUsers>['users'][number];
export const TENANT_ROLES = ['supervisor', 'administrator', 'agent'] as const;
export type TenantRole = (typeof TENANT_ROLES)[number];

/** A change that a page can ask for, and how it stands. */
export interface Change<Given, Answer> {
  readonly mutateAsync: (given: Given) => Promise<Answer>;
  readonly isPending: boolean;
  readonly error: unknown;
  readonly reset: () => void;
}

export interface PersonSettings {
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  readonly role: TenantRole;
}

/** What can be done with the accounts of a tenant, or with those of the operators. */
export interface PeopleChanges {
  readonly create: Change<PersonSettings & { readonly account: string; readonly password?: string }, Result<typeof createUser>>;
  readonly change: Change<PersonSettings & { readonly account: string; readonly enabled: boolean }, unknown>;
  readonly remove: Change<{ readonly account: string }, unknown>;
  readonly reset: Change<{ readonly account: string; readonly password?: string }, Result<typeof resetUserPassword>>;
  /** Absent where accounts unlock by another password only. */
  readonly unlock?: Change<{ readonly account: string }, unknown>;
  /** What its fields are held to. */
  readonly createOperation: Pick<Operation, 'id' | 'request'>;
  /** False where all of them are alike. */
  readonly hasRoles: boolean;
}

export interface PersonDraft extends PersonSettings {
  readonly account: string;
  readonly password: string;
  readonly enabled: boolean;
}

export const NEW_PERSON: PersonDraft = { account: '', name: '', email: '', phone: '', role: 'supervisor', password: '', enabled: true };

export const draftOf = ({ account, name, email, phone, role, enabled }: Person): PersonDraft =>
  ({ account, name, email, phone, role: role === 'operator' ? 'administrator' : role, password: '', enabled });

export const settingsOf = ({ account, name, email, phone, role }: PersonDraft): PersonSettings & { readonly account: string } =>
  ({ account: account.trim(), name: name.trim(), email: email.trim(), phone: phone.trim(), role });

export type PersonState = 'on' | 'off' | 'locked' | 'expired';

/** The first thing that keeps somebody from signing in. */
export function stateOf({ enabled, lockedUntil, passwordExpired }: Person): PersonState {
  if (!enabled) return 'off';
  if (lockedUntil > 0) return 'locked';
  return passwordExpired ? 'expired' : 'on';
}
