import { refuseCaller, type AuthRefusal } from '@parley/contract/authentication.ts';
import type { Key, Keys } from './keys.ts';
import type { Token, Tokens } from './tokens.ts';

export interface KeyTokenDependencies {
  readonly keys: Pick<Keys, 'find'>;
  readonly tokens: Pick<Tokens, 'find'>;
}

export interface KeyToken {
  readonly ok: true;
  readonly token: Token;
  readonly key: Key;
}

/** A token that was given to a key, and the key; or why it opens nothing any more. */
export async function findKeyToken({ keys, tokens }: KeyTokenDependencies, scheme: 'C1' | 'C3', text: string, now: number): Promise<KeyToken | AuthRefusal> {
  const token = await tokens.find(text);
  if (token?.kind !== scheme) return refuseCaller('unauthenticated', 'the token is not known');
  if (token.expiresAt <= now) return refuseCaller('unauthenticated', 'the token has expired');
  const key = await keys.find(scheme, token.subject);
  if (key === undefined || !key.enabled) return refuseCaller('unauthenticated', 'the key of this token has been disabled');
  return { ok: true, token, key };
}
