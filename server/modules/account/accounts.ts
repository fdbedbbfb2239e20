import type { Refusal } from '@parley/contract/refusal.ts';
import type { ConsoleRole } from '@parley/core/tenant/roles.ts';
import type { Database } from '../../database/connect.ts';

export type Role = ConsoleRole;

/**
 * An account is a person who signs in with a name and a password: an agent, a supervisor, an administrator of a tenant
 * or of the installation (vdn 0). The agent's other two passwords (CTI and SIP) belong to the agent, not here.
 */
export interface Account {
  readonly vdnId: number;
  readonly account: string;
  readonly name: string;
  readonly role: Role;
  readonly email: string;
  readonly phone: string;
  readonly enabled: boolean;
  readonly lockedUntil: number;
  readonly passwordChangedAt: number;
  readonly createdAt: number;
}

export interface AccountFilter {
  readonly role?: Role | undefined;
  /** Part of the account's or of the person's name, whatever the letter case. */
  readonly search?: string | undefined;
  /** Only those that come behind this account. */
  readonly after?: string | undefined;
}

export interface NewAccount {
  readonly account: string;
  readonly name: string;
  readonly role: Role;
  readonly email: string;
  readonly phone: string;
  /** Hashed before the writer is entered: hashing is slow on purpose. */
  readonly passwordHash: string;
}

export type SignIn =
  | { readonly ok: true; readonly account: Account; readonly passwordExpired: boolean }
  | { readonly ok: false; readonly why: 'wrong' | 'locked' };

export interface Accounts {
  readonly find: (db: Database, vdnId: number, account: string) => Promise<Account | undefined>;
  /** Those of the accounts that there are, by name. */
  readonly findMany: (db: Database, vdnId: number, accounts: readonly string[]) => Promise<ReadonlyMap<string, Account>>;
  readonly list: (db: Database, vdnId: number) => Promise<readonly Account[]>;
  /** The first ones that fit, by account. */
  readonly search: (db: Database, vdnId: number, filter: AccountFilter, limit: number) => Promise<readonly Account[]>;
  readonly insert: (tx: Database, vdnId: number, account: NewAccount, at: number) => Promise<void>;
  readonly update: (tx: Database, vdnId: number, account: string, changes: Partial<Pick<Account, 'name' | 'role' | 'email' | 'phone' | 'enabled'>>) => Promise<void>;
  readonly remove: (tx: Database, vdnId: number, account: string) => Promise<void>;
  /**
   * Checks a password. Three wrong ones in a row lock the account for 30 minutes (5.1.3, 5.1.8), counted in the database
   * so that a restart forgets nothing; a locked account is refused also with the right password. An unknown account takes
   * as long as a known one.
   */
  readonly signIn: (vdnId: number, account: string, password: string, now: number) => Promise<SignIn>;
  /** The same where the tenant is not known (5.1.12 with body credentials, the console's sign-in): every tenant's account of that name is tried. */
  readonly signInAnywhere: (account: string, password: string, now: number) => Promise<SignIn>;
  /** Sets a password that has been checked by the policy; keeps the last five to refuse their return. */
  readonly setPassword: (tx: Database, vdnId: number, account: string, passwordHash: string, at: number) => Promise<void>;
  /**
   * Why a person may not take this password now (policy, history, once in 24 hours), or undefined. A refusal of the
   * administrative family; its details say it in words as `message`.
   */
  readonly checkNewPassword: (db: Database, vdnId: number, account: string, password: string, now: number) => Promise<Refusal | undefined>;
  readonly unlock: (tx: Database, vdnId: number, account: string) => Promise<void>;
}
