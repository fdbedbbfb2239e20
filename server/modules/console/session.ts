import { refuseCaller, bearerToken, type Authenticator, type AuthRequest } from '@parley/contract/authentication.ts';
import type { Caller } from '@parley/contract/handler.ts';
import { passwordExpired } from '@parley/core/account/password.ts';
import type { Account, Accounts, Role } from '../account/index.ts';
import type { Database } from '../../database/connect.ts';
import { sameSecret } from '../../security/vault.ts';
import type { Tokens } from '../access/index.ts';

/** What a role may do; operations name the permission they need. `tenant.own`: to see of the tenant what is one's own, at least. */
export type Permission = 'self' | 'tenant.own' | 'tenant.read' | 'tenant.write' | 'installation';

export const PERMISSIONS: Readonly<Record<Role, ReadonlySet<Permission>>> = {
  agent: new Set(['self', 'tenant.own']),
  supervisor: new Set(['self', 'tenant.own', 'tenant.read']),
  administrator: new Set(['self', 'tenant.own', 'tenant.read', 'tenant.write']),
  operator: new Set(['self', 'tenant.own', 'tenant.read', 'tenant.write', 'installation']),
};

export const SESSION_COOKIE = 'parley_session';
export const TENANT_HEADER = 'x-parley-tenant';
export const CSRF_HEADER = 'x-csrf-token';

export function cookieOf(header: string | undefined, name: string): string | undefined {
  for (const pair of (header ?? '').split(';')) {
    const [key, ...value] = pair.trim().split('=');
    if (key === name) return value.join('=');
  }
  return undefined;
}

/** The session in use, by whichever way it was sent. */
export function sessionText(header: AuthRequest['header']): string | undefined {
  return bearerToken(header('authorization')) ?? cookieOf(header('cookie'), SESSION_COOKIE);
}

/** Sessions name their account by tenant and name, so that a token alone tells whose it is. */
export const sessionSubject = (account: Pick<Account, 'account'>): string => account.account;

/** A tenant may have an account of the same name as an operator, so the trail tells them apart. */
export const actorOf = ({ role, account }: Pick<Account, 'role' | 'account'>): string => `${role === 'operator' ? 'operator' : 'user'}:${account}`;

export interface SessionDependencies {
  readonly db: Database;
  readonly tokens: Tokens;
  readonly accounts: Pick<Accounts, 'find'>;
  /** Also answers for the installation itself, which is VDN 0. */
  readonly findTenant: (vdnId: number) => Promise<{ readonly enabled: boolean } | undefined>;
}

/** Whether the session of a caller who was let in goes on, as it was then. */
export type StillIn = (caller: Caller) => Promise<boolean>;

export const createStillIn = ({ db, tokens, accounts, findTenant, clock }: SessionDependencies & { readonly clock: () => number }): StillIn => async (caller) => {
  const { home = caller.vdnId, account: name = '', role, tokenDigest = '' } = caller;
  const token = await tokens.findByDigest(tokenDigest);
  if (token === undefined || token.expiresAt <= clock()) return false;
  const account = await accounts.find(db, home, name);
  return account?.enabled === true && account.role === role && (await findTenant(home))?.enabled === true;
};

/**
 * The console's session: an HttpOnly cookie and, with every change, the CSRF token beside it; scripts send the session
 * token as a Bearer instead. Operators choose the tenant they act for by a header, be it switched off or not.
 */
export function sessionAuthenticator({ db, tokens, accounts, findTenant }: SessionDependencies): Authenticator {
  return {
    needsBody: false,
    authenticate: async ({ header, method, now, op }) => {
      const byCookie = bearerToken(header('authorization')) === undefined;
      const text = sessionText(header);
      if (text === undefined) return refuseCaller('unauthenticated', 'no session');
      const token = await tokens.find(text);
      // The token of a mobile app may do what concerns its person alone, and belongs into no cookie.
      const isOwn = token?.kind === 'person' && op.permission === 'self' && !byCookie;
      if (token?.kind === 'person' && !isOwn) return refuseCaller('unauthenticated', 'the token of a person does not serve here; sign in for a session');
      if (token === undefined || (token.kind !== 'session' && !isOwn) || token.expiresAt <= now) return refuseCaller('unauthenticated', 'the session has ended');
      if (byCookie && method !== 'GET' && (token.csrf === null || !sameSecret(header(CSRF_HEADER) ?? '', token.csrf))) {
        return refuseCaller('forbidden', `the header ${CSRF_HEADER} is missing or wrong`);
      }
      const account = await accounts.find(db, token.vdnId, token.subject);
      if (account === undefined || !account.enabled) return refuseCaller('unauthenticated', 'the account has been switched off');
      if ((await findTenant(account.vdnId))?.enabled !== true) return refuseCaller('unauthenticated', 'the tenant has been switched off');
      if (op.permission !== 'self' && passwordExpired(account.passwordChangedAt, now)) return refuseCaller('forbidden', 'the password has expired: change it first');

      const permissions = PERMISSIONS[account.role];
      let { vdnId } = account;
      const wanted = header(TENANT_HEADER);
      if (wanted !== undefined && wanted !== String(vdnId)) {
        if (!permissions.has('installation')) return refuseCaller('forbidden', 'only operators act for another tenant');
        vdnId = Number(wanted);
        if (!/^\d{1,9}$/.test(wanted) || await findTenant(vdnId) === undefined) return refuseCaller('forbidden', `there is no tenant ${wanted}; the header takes the number of a VDN`);
      }
      if (vdnId === 0 && op.permission?.startsWith('tenant.') === true) {
        return refuseCaller('forbidden', `choose a tenant with the header ${TENANT_HEADER}`);
      }
      return {
        ok: true,
        caller: {
          scheme: 'session', vdnId, home: account.vdnId, actor: actorOf(account), account: account.account, role: account.role, permissions,
          global: permissions.has('installation'), tokenDigest: token.digest,
        },
      };
    },
  };
}
