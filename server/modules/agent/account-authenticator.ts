import { refuseCaller, type Authenticator } from '@parley/contract/authentication.ts';
import type { Accounts } from '../account/index.ts';

export interface AccountAuthenticatorDependencies {
  readonly c1: Authenticator;
  readonly accounts: Pick<Accounts, 'signInAnywhere'>;
  readonly tenantEnabled: (vdnId: number) => Promise<boolean>;
}

/** 5.1.12 takes no longer ones. */
const MAX_LENGTH = 64;

function fieldOf(body: unknown, name: string): string | undefined {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return undefined;
  const entry = Object.entries(body).find(([key]) => key.toLowerCase() === name);
  const value: unknown = entry?.[1];
  return (typeof value === 'string' || typeof value === 'number') && value !== '' ? String(value) : undefined;
}

const isUsable = (text: string): boolean => text.length <= MAX_LENGTH && !text.includes('\0') && text.isWellFormed();

/** 5.1.12: a C1 token, or else the name and password of an account in the body; where those fail, HTTP says 403. */
export function accountAuthenticator({ c1, accounts, tenantEnabled }: AccountAuthenticatorDependencies): Authenticator {
  return {
    needsBody: true,
    authenticate: async (request) => {
      if (request.header('authorization') !== undefined) return c1.authenticate(request);
      const username = fieldOf(request.body, 'username');
      const password = fieldOf(request.body, 'password');
      if (username === undefined || password === undefined) return refuseCaller('forbidden', 'send a Bearer token, or username and password');
      if (!isUsable(username) || !isUsable(password)) return refuseCaller('forbidden', 'the username or the password is wrong');
      const outcome = await accounts.signInAnywhere(username, password, request.now);
      if (!outcome.ok) {
        return outcome.why === 'locked'
          ? refuseCaller('locked', 'three wrong passwords have locked the account for 30 minutes')
          : refuseCaller('forbidden', 'the username or the password is wrong');
      }
      if (outcome.passwordExpired) return refuseCaller('forbidden', 'the password is older than 90 days; change it first');
      const { vdnId, account, role } = outcome.account;
      if (!(await tenantEnabled(vdnId))) return refuseCaller('forbidden', 'the tenant is switched off');
      return { ok: true, caller: { scheme: 'C1-or-body', vdnId, actor: `user:${account}`, account, role } };
    },
  };
}
