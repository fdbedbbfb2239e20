import { bearerToken, refuseCaller, type Authenticator } from '@parley/contract/authentication.ts';
import { tokenByAkSk } from '@parley/contract/access/c1-token.ts';
import { errors } from '@parley/contract/access/family.ts';
import { handle, type Handler } from '@parley/contract/handler.ts';
import { refuse } from '@parley/contract/refusal.ts';
import { sameSecret } from '../../security/vault.ts';
import { tryKey, type KeyGuard } from './key-attempt.ts';
import { findKeyToken } from './key-token.ts';
import type { Tokens } from './tokens.ts';

const DEFAULT_LIFE_SECONDS = 600;
const MAX_LIFE_SECONDS = 3600;

export interface C1Dependencies extends KeyGuard {
  readonly tokens: Tokens;
}

export function c1Handlers({ tokens, ...guard }: C1Dependencies): readonly Handler[] {
  return [
    handle(tokenByAkSk, async (input, { source, now, requestHeader }) => {
      const asked = requestHeader('x-token-expire');
      const life = asked === undefined || asked.trim() === '' ? DEFAULT_LIFE_SECONDS : readSeconds(asked);
      if (life === undefined) return refuse(errors.invalid, { field: 'X-Token-Expire', message: 'X-Token-Expire must be a number of seconds' });

      const attempt = await tryKey(guard, {
        scheme: 'C1', keyId: input.app_key, source, now, isRight: (secret) => sameSecret(input.app_secret, secret),
      });
      if (!attempt.ok) {
        return attempt.why === 'locked'
          ? refuse(errors.locked, { message: 'try again later' })
          : refuse(errors.unauthenticated, { message: 'the app key or its secret is wrong' });
      }

      const { key } = attempt;
      const seconds = Math.min(life, MAX_LIFE_SECONDS);
      const token = await tokens.issue({ vdnId: key.vdnId, kind: 'C1', subject: key.keyId, lifeMs: seconds * 1000, at: now });
      return {
        AccessToken: token, ApplyType: 'Bearer', CreateTime: String(Math.floor(now / 1000)), Expires: String(seconds), expiresIn: seconds,
        Scope: 'configuration', AppKey: key.keyId, UserID: 'Anonymous',
      };
    }),
  ];
}

/** Whole seconds from 1; Number alone would take `1e2` and `0x10` too. */
function readSeconds(text: string): number | undefined {
  const trimmed = text.trim();
  if (!/^\d+$/.test(trimmed)) return undefined;
  const seconds = Number(trimmed);
  return seconds < 1 ? undefined : seconds;
}

/** C1: `Authorization: Bearer`, and where `x-app-key` is sent it must be the token's (4.2). */
export function c1Authenticator({ keys, tokens }: Pick<C1Dependencies, 'keys' | 'tokens'>): Authenticator {
  return {
    needsBody: false,
    authenticate: async ({ header, now }) => {
      const text = bearerToken(header('authorization'));
      if (text === undefined) return refuseCaller('unauthenticated', 'a header Authorization: Bearer with a token of tokenByAkSk is needed');
      const found = await findKeyToken({ keys, tokens }, 'C1', text, now);
      if (!found.ok) return found;
      const { token, key } = found;
      const appKey = header('x-app-key');
      // Clients whose configuration has none send the header empty.
      if (appKey !== undefined && appKey !== '' && appKey !== key.keyId) return refuseCaller('unauthenticated', 'x-app-key is not the key of this token');
      return { ok: true, caller: { scheme: 'C1', vdnId: key.vdnId, keyId: key.keyId, actor: `key:${key.keyId}`, tokenDigest: token.digest } };
    },
  };
}
