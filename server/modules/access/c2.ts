import { bearerToken, refuseCaller, type Authenticator } from '@parley/contract/authentication.ts';
import { parseAuthorization, verify } from '@parley/contract/wire/auth-v2.ts';
import { tryKey, type KeyGuard } from './key-attempt.ts';

/** The reference sets no window; this one forgives the clock of an ordinary machine. */
export const SIGNATURE_WINDOW_MS = 15 * 60_000;

export interface C2Dependencies extends KeyGuard {
  /** Answers requests that carry a token instead of a signature, as clients of the field do. */
  readonly bearer: Authenticator;
  /** How far the timestamp of a signature may lie from now, either way. */
  readonly windowMs?: number | undefined;
}

/**
 * C2: the auth-v2 signature of 4.3, over the bytes received. The same signed request may come again within the window:
 * the reference forbids no repetition, its clients repeat after a timeout with the signature they have, and operations
 * that must not happen twice see to that themselves.
 */
export function c2Authenticator({ bearer, windowMs = SIGNATURE_WINDOW_MS, ...guard }: C2Dependencies): Authenticator {
  return {
    needsBody: true,
    authenticate: async (request) => {
      const { header, method, rawUrl, rawBody, source, now } = request;
      const authorization = header('authorization');
      if (bearerToken(authorization) !== undefined) return bearer.authenticate(request);
      const parsed = parseAuthorization(authorization);
      if (parsed === undefined) return refuseCaller('unauthenticated', 'a header Authorization: auth-v2/... is needed');

      // A clock that goes wrong is no guess: it must not lock its owner out.
      if (Math.abs(now - parsed.timestamp) > windowMs) {
        return refuseCaller('unauthenticated', `the timestamp is more than ${Math.round(windowMs / 1000)} seconds off; here it is ${new Date(now).toISOString()}`);
      }
      const attempt = await tryKey(guard, {
        scheme: 'C2', keyId: parsed.accessKey, source, now, isRight: (secretKey) => verify({ parsed, secretKey, method, rawUrl, header, body: rawBody }),
      });
      if (!attempt.ok) {
        return attempt.why === 'locked'
          ? refuseCaller('locked', 'try again later')
          : refuseCaller('unauthenticated', 'the access key or the signature is wrong');
      }
      const { vdnId, keyId } = attempt.key;
      return { ok: true, caller: { scheme: 'C2', vdnId, keyId, actor: `key:${keyId}`, global: vdnId === 0 } };
    },
  };
}
