import { refuseCaller, type Authenticator } from '@parley/contract/authentication.ts';
import { cookieOf, SESSION_COOKIE } from './session.ts';

/**
 * The console configures its tenant by the operations of chapter 5, as every other program does, but with the session of whoever uses it, so that no key of the tenant
 * comes near a browser. Whoever sends an Authorization is a program with a token, whatever cookies go with it.
 */
export function orSession(tokens: Authenticator, session: Authenticator): Authenticator {
  return {
    needsBody: tokens.needsBody,
    authenticate: async (request) => {
      const { op, header } = request;
      if (header('authorization') !== undefined || cookieOf(header('cookie'), SESSION_COOKIE) === undefined) return tokens.authenticate(request);
      const outcome = await session.authenticate(request);
      if (!outcome.ok) return outcome;
      const { caller } = outcome;
      const needed = op.reads === true ? 'tenant.read' : 'tenant.write';
      if (caller.permissions?.has(needed) !== true) return refuseCaller('forbidden', `this needs the permission ${needed}`);
      return caller.vdnId === 0 ? refuseCaller('forbidden', 'choose a tenant') : outcome;
    },
  };
}
