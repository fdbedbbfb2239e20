import { errors } from '@parley/contract/admin/family.ts';
import { changeOwnPassword, showSession, signIn, signOut } from '@parley/contract/admin/session.ts';
import { handle, type Context, type Handler } from '@parley/contract/handler.ts';
import type { Result } from '@parley/contract/operation.ts';
import { isRefusal, refuse, type Refusal } from '@parley/contract/refusal.ts';
import { passwordExpired } from '@parley/core/account/password.ts';
import { INSTALLATION } from '@parley/core/tenant/settings.ts';
import type { Database } from '../../database/connect.ts';
import type { Writer } from '../../engine/writer.ts';
import { createFailureLock } from '../../security/failure-lock.ts';
import { hashPassword, verifyNobody } from '../../security/passwords.ts';
import { newToken } from '../../security/vault.ts';
import type { Token, Tokens } from '../access/index.ts';
import type { Account, Accounts } from '../account/index.ts';
import type { Tenants } from '../tenant/index.ts';
import { PERMISSIONS, SESSION_COOKIE, sessionSubject, sessionText } from './session.ts';

export interface SignInDependencies {
  readonly db: Database;
  readonly writer: Writer;
  readonly accounts: Accounts;
  readonly tokens: Tokens;
  readonly tenants: Tenants;
  readonly agentOf: (db: Database, vdnId: number, account: string) => Promise<number | undefined>;
}

/** A shift and a half. There is no idle limit: the desk of an agent on the telephone must not vanish. */
const SESSION_MS = 12 * 3_600_000;

/** Wrong passwords from one address, whatever the accounts: more than a shared office brings forth, far less than a guesser needs. */
const FAILURES_PER_SOURCE = 30;
const SOURCE_LOCK_MS = 5 * 60_000;

type Session = Result<typeof showSession>;

export interface Sessions {
  /** Begins a new session and sets its cookie; the one that the browser had, if any, ends. */
  readonly open: (context: Context, account: Account) => Promise<Session>;
  readonly show: (account: Account, token: Token, now: number) => Promise<Session>;
}

const cookie = (text: string, seconds: number, secure: boolean): string =>
  `${SESSION_COOKIE}=${text}; Max-Age=${seconds}; Path=/; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`;

/** A page of another site must not sign a browser in as somebody of its choice. Programs send no such header. */
export function fromAnotherSite({ requestHeader }: Pick<Context, 'requestHeader'>): Refusal | undefined {
  const site = requestHeader('sec-fetch-site');
  if (site === undefined || site === 'same-origin' || site === 'none') return undefined;
  return refuse(errors.forbidden, { message: 'the request comes from a page of another site' });
}

export function createSessions({ db, tokens, tenants, agentOf }: Pick<SignInDependencies, 'db' | 'tokens' | 'tenants' | 'agentOf'>): Sessions {
  const show = async ({ account, name, role, vdnId, passwordChangedAt }: Account, { csrf, expiresAt }: Token, now: number): Promise<Session> => {
    // Operators belong to no tenant, so there is no agent among them.
    const [tenant, workNo] = vdnId === INSTALLATION ? [] : await Promise.all([tenants.find(vdnId), agentOf(db, vdnId, account)]);
    return {
      account, name, role, vdnId, tenantId: tenant?.tenantId ?? null, workNo: workNo ?? null, permissions: [...PERMISSIONS[role]],
      csrfToken: csrf, expiresAt, passwordExpired: passwordExpired(passwordChangedAt, now),
    };
  };
  return {
    show,
    open: async (context, account) => {
      const previous = sessionText(context.requestHeader);
      if (previous !== undefined && (await tokens.find(previous))?.kind === 'session') await tokens.revoke(previous);
      const text = await tokens.issue({ vdnId: account.vdnId, kind: 'session', subject: sessionSubject(account), lifeMs: SESSION_MS, csrf: newToken() });
      const token = await tokens.find(text);
      if (token === undefined) throw new Error('the session just made is not there');
      context.header('Set-Cookie', cookie(text, SESSION_MS / 1000, context.secure));
      context.header('Cache-Control', 'no-store');
      return show(account, token, context.now);
    },
  };
}

export function signInHandlers(deps: SignInDependencies, sessions: Sessions): readonly Handler[] {
  const { db, writer, accounts, tokens, tenants } = deps;
  const sources = createFailureLock({ failures: FAILURES_PER_SOURCE, lockMs: SOURCE_LOCK_MS });

  const check = async (account: string, password: string, tenant: string | undefined, now: number) => {
    if (tenant === undefined || tenant === '') return accounts.signInAnywhere(account, password, now);
    const found = await tenants.findByTenantId(tenant);
    if (found !== undefined) return accounts.signIn(found.vdnId, account, password, now);
    await verifyNobody(password);
    return { ok: false, why: 'wrong' } as const;
  };

  /** The account and session token behind a request that the authenticator let through. */
  const present = async ({ caller }: Context): Promise<{ account: Account; token: Token } | Refusal> => {
    const [account, token] = await Promise.all([
      accounts.find(db, caller.home ?? caller.vdnId, caller.account ?? ''), tokens.findByDigest(caller.tokenDigest ?? ''),
    ]);
    return account === undefined || token === undefined ? refuse(errors.unauthenticated, { message: 'the session has ended' }) : { account, token };
  };

  const locked = (): Refusal => refuse(errors.locked, { message: 'too many wrong passwords; wait half an hour or ask an administrator' });

  return [
    handle(signIn, async ({ account: name, password, tenant }, context) => {
      const foreign = fromAnotherSite(context);
      if (foreign !== undefined) return foreign;
      const { source, now } = context;
      if (sources.lockedFor(source, now) > 0) return refuse(errors.tooMany);
      // Counted before the password is checked, as guesses at once would otherwise all slip through.
      sources.fail(source, now);
      const outcome = await check(name, password, tenant, now);
      if (!outcome.ok) return outcome.why === 'locked' ? locked() : refuse(errors.signInWrong);
      sources.succeed(source);
      if ((await tenants.find(outcome.account.vdnId))?.enabled !== true) return refuse(errors.forbidden, { message: 'the tenant has been switched off' });
      return sessions.open(context, outcome.account);
    }),

    handle(showSession, async (_input, context) => {
      const found = await present(context);
      if (isRefusal(found)) return found;
      context.header('Cache-Control', 'no-store');
      return sessions.show(found.account, found.token, context.now);
    }),

    handle(signOut, async (_input, context) => {
      const found = await present(context);
      if (isRefusal(found)) return found;
      await tokens.revokeByDigest(found.token.digest);
      context.header('Set-Cookie', cookie('', 0, context.secure));
      return {};
    }),

    handle(changeOwnPassword, async ({ oldPassword, newPassword }, context) => {
      const found = await present(context);
      if (isRefusal(found)) return found;
      const { account: name, vdnId, passwordChangedAt } = found.account;
      const outcome = await accounts.signIn(vdnId, name, oldPassword, context.now);
      if (!outcome.ok) return outcome.why === 'locked' ? locked() : refuse(errors.invalid, { field: 'oldPassword', message: 'oldPassword is wrong' });
      if (newPassword === oldPassword) return refuse(errors.invalid, { field: 'newPassword', message: 'newPassword is the old one' });
      const wrong = await accounts.checkNewPassword(db, vdnId, name, newPassword, context.now);
      if (wrong !== undefined) return refuse(wrong.refused, { ...wrong.details, field: 'newPassword' });
      const passwordHash = await hashPassword(newPassword);
      const changed = await writer.write(vdnId, context.by, async ({ tx, at, record }) => {
        const now = await accounts.find(tx, vdnId, name);
        if (now === undefined || !now.enabled) return refuse(errors.unauthenticated, { message: 'the account has been switched off' });
        if (now.passwordChangedAt !== passwordChangedAt) return refuse(errors.conflict, { message: 'the password has just been changed by another request' });
        await accounts.setPassword(tx, vdnId, name, passwordHash, at);
        record({ what: 'account', id: name, before: { account: name, passwordChangedAt }, after: { account: name, passwordChangedAt: at } });
        return { ...now, passwordChangedAt: at };
      });
      if (isRefusal(changed)) return changed;
      await tokens.revokeSubject(vdnId, ['session', 'person'], sessionSubject(changed));
      return sessions.open(context, changed);
    }),
  ];
}
