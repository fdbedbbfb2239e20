import { errors as adminErrors } from '@parley/contract/admin/family.ts';
import { issuePersonToken, revokeOwnToken, showOwnToken, TOKEN_LIFE_SECONDS } from '@parley/contract/admin/token.ts';
import { handle, type Context, type Handler } from '@parley/contract/handler.ts';
import { portalErrors } from '@parley/contract/portal/family.ts';
import { verifyToken } from '@parley/contract/portal/verify-token.ts';
import { refuse } from '@parley/contract/refusal.ts';
import { userIdOf } from '@parley/core/access/user-id.ts';
import type { Database } from '../../database/connect.ts';
import type { Accounts } from '../account/index.ts';
import type { Tenants } from '../tenant/index.ts';
import type { Token, Tokens } from './tokens.ts';

export interface PersonTokenDependencies {
  readonly db: Database;
  readonly tokens: Tokens;
  readonly accounts: Pick<Accounts, 'find' | 'signInAnywhere'>;
  readonly tenants: Pick<Tenants, 'find'>;
}

type PersonKind = 'person' | 'session';
const isPersons = (token: Token): token is Token & { kind: PersonKind } => token.kind === 'person' || token.kind === 'session';

/** Tokens of people: got with a password, shown to other services, which ask here whose they are (17.1). */
export function personTokenHandlers({ db, tokens, accounts, tenants }: PersonTokenDependencies): readonly Handler[] {
  const inUse = async ({ caller }: Context): Promise<(Token & { kind: PersonKind }) | undefined> => {
    const token = caller.tokenDigest === undefined ? undefined : await tokens.findByDigest(caller.tokenDigest);
    return token !== undefined && isPersons(token) ? token : undefined;
  };

  return [
    handle(issuePersonToken, async ({ account: name, password, lifeSeconds = TOKEN_LIFE_SECONDS }, { now }) => {
      const signIn = await accounts.signInAnywhere(name, password, now);
      if (!signIn.ok) {
        return signIn.why === 'locked'
          ? refuse(adminErrors.locked, { message: 'wrong passwords locked the account; try again later' })
          : refuse(adminErrors.unauthenticated, { message: 'the account or the password is wrong' });
      }
      const { account: { vdnId, account }, passwordExpired } = signIn;
      if ((await tenants.find(vdnId))?.enabled !== true) return refuse(adminErrors.unauthenticated, { message: 'the account or the password is wrong' });
      if (passwordExpired) return refuse(adminErrors.forbidden, { message: 'the password has expired; change it first' });
      const lifeMs = lifeSeconds * 1000;
      const token = await tokens.issue({ vdnId, kind: 'person', subject: account, lifeMs, at: now });
      return { token, expiresAt: now + lifeMs };
    }),

    handle(showOwnToken, async (_input, context) => {
      const token = await inUse(context);
      if (token === undefined) return refuse(adminErrors.unauthenticated, { message: 'the token has ended' });
      return { account: token.subject, kind: token.kind, expiresAt: token.expiresAt };
    }),

    handle(revokeOwnToken, async (_input, { caller }) => {
      if (caller.tokenDigest !== undefined) await tokens.revokeByDigest(caller.tokenDigest);
      return {};
    }),

    handle(verifyToken, async ({ token: text = '' }, { now }) => {
      if (text.trim() === '') return refuse(portalErrors.tokenEmpty);
      const token = await tokens.find(text);
      if (token === undefined || !isPersons(token)) return refuse(portalErrors.tokenInvalid);
      if (token.expiresAt <= now) return refuse(portalErrors.tokenExpired);
      const account = await accounts.find(db, token.vdnId, token.subject);
      const tenant = await tenants.find(token.vdnId);
      if (account?.enabled !== true || tenant?.enabled !== true) return refuse(portalErrors.tokenInvalid);
      return {
        data: {
          userAccount: account.account,
          userId: userIdOf(account.vdnId, account.account),
          tenantId: tenant.tenantId, tenantSpaceId: tenant.tenantSpaceId, locale: tenant.locale,
        },
      };
    }),
  ];
}
