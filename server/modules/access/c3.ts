import { refuseCaller, type Authenticator, type AuthRequest } from '@parley/contract/authentication.ts';
import { chatbotErrors as errors } from '@parley/contract/chatbot/family.ts';
import { oiapGetToken, THIRD_PARTY } from '@parley/contract/chatbot/token.ts';
import { handle, type Handler } from '@parley/contract/handler.ts';
import { refuse } from '@parley/contract/refusal.ts';
import { newToken, sameSecret } from '../../security/vault.ts';
import { tryKey, type KeyGuard } from './key-attempt.ts';
import { findKeyToken } from './key-token.ts';
import type { Tokens } from './tokens.ts';

const LIFE_SECONDS = 3600;
/** 24 bytes are 32 characters, the most that 10.19 and 10.20 take. */
const TOKEN_BYTES = 24;
/** 4.4 calls it so: the machine account of the platform's own parts. Every other one is a third party's. */
const INTERNAL_ACCOUNT = 'ipcc';

/** The body has not been checked yet where its token is: what no tenant is called is not looked up. */
const TENANT_ID = /^[\w.-]{1,64}$/;

export interface C3Dependencies extends KeyGuard {
  readonly tokens: Tokens;
}

export function c3Handlers({ tokens, ...guard }: C3Dependencies): readonly Handler[] {
  return [
    handle(oiapGetToken, async ({ appKey, appSecret }, { source, now }) => {
      const attempt = await tryKey(guard, { scheme: 'C3', keyId: appKey, source, now, isRight: (secret) => sameSecret(appSecret, secret) });
      if (!attempt.ok) {
        if (attempt.why === 'unknown') return refuse(errors.keyUnknown, { appKey });
        if (attempt.why === 'wrong') return refuse(errors.keyWrong);
        return refuse(errors.locked, { message: attempt.why === 'locked' ? 'try again later' : 'it has been switched off' });
      }
      const { vdnId, keyId } = attempt.key;
      const authToken = await tokens.issue({ vdnId, kind: 'C3', subject: keyId, lifeMs: LIFE_SECONDS * 1000, text: newToken(TOKEN_BYTES), at: now });
      return { authToken, expireTime: LIFE_SECONDS };
    }),
  ];
}

export interface C3AuthenticatorDependencies extends Pick<C3Dependencies, 'keys' | 'tokens'> {
  readonly tenantIdOf: (vdnId: number) => Promise<string | undefined>;
  readonly vdnOf: (tenantId: string) => Promise<number | undefined>;
}

/**
 * C3: the token stands in the body (`authToken`, in dialogs `inparams.auth_token`) or in a header beside the name of its
 * key; 4.4 and chapter 10 spell the headers differently. An operation of 10.22's kind is for a third party's machine
 * account and says so by its permission; that account may call nothing else.
 */
export function c3Authenticator({ keys, tokens, tenantIdOf, vdnOf }: C3AuthenticatorDependencies): Authenticator {
  return {
    needsBody: true,
    authenticate: async ({ op, header, body, now }) => {
      const text = tokenIn(header, body);
      if (text === undefined) return refuseCaller('unauthenticated', 'authToken is missing');
      const found = await findKeyToken({ keys, tokens }, 'C3', text, now);
      if (!found.ok) return found;
      const { token, key } = found;

      const named = header('appkey') ?? header('username');
      if (named !== undefined && named !== key.keyId) return refuseCaller('forbidden', 'the header names another key than the token\'s');
      const tenantId = textField(body, 'tenantid');
      const caller = { scheme: 'C3', keyId: key.keyId, actor: `key:${key.keyId}`, tokenDigest: token.digest } as const;

      if (key.vdnId !== 0) {
        if (op.permission === THIRD_PARTY) return refuseCaller('forbidden', 'this is for the machine account of a third party');
        if (tenantId !== undefined && tenantId !== await tenantIdOf(key.vdnId)) return refuseCaller('forbidden', 'tenantId is not the tenant of the token');
        return { ok: true, caller: { ...caller, vdnId: key.vdnId } };
      }
      const internal = key.keyId === INTERNAL_ACCOUNT;
      if (internal === (op.permission === THIRD_PARTY)) return refuseCaller('forbidden', `${key.keyId} may not call this`);
      if (!internal) return { ok: true, caller: { ...caller, vdnId: 0, permissions: new Set([THIRD_PARTY]) } };
      const vdnId = tenantId === undefined ? 0 : TENANT_ID.test(tenantId) ? await vdnOf(tenantId) : undefined;
      if (vdnId === undefined) return refuseCaller('forbidden', `there is no tenant ${tenantId}`);
      return { ok: true, caller: { ...caller, vdnId, global: true } };
    },
  };
}

function tokenIn(header: AuthRequest['header'], body: unknown): string | undefined {
  return textField(body, 'authtoken') ?? textField(field(body, 'inparams'), 'auth_token') ?? filled(header('authtoken')) ?? filled(header('token'));
}

const filled = (text: string | undefined): string | undefined => (text === '' ? undefined : text);

/** Clients vary the letter case of names, as `server/http/reading.ts` allows them to. */
function field(of: unknown, lowerName: string): unknown {
  if (typeof of !== 'object' || of === null) return undefined;
  return Object.entries(of).find(([name]) => name.toLowerCase() === lowerName)?.[1];
}

function textField(of: unknown, lowerName: string): string | undefined {
  const value = field(of, lowerName);
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? filled(value) : undefined;
}
