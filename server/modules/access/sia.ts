import { errors } from '@parley/contract/access/family.ts';
import { handle, type Handler } from '@parley/contract/handler.ts';
import { siaTokenJwt } from '@parley/contract/knowledge/sia-token.ts';
import { refuse } from '@parley/contract/refusal.ts';
import { sameSecret } from '../../security/vault.ts';
import { tryKey, type KeyGuard } from './key-attempt.ts';
import type { Tokens } from './tokens.ts';

const LIFE_MS = 3_600_000;

export interface SiaDependencies extends KeyGuard {
  readonly tokens: Pick<Tokens, 'issue'>;
}

/** 9.1.1: what it calls a JWT is a configured password, and the domain is the name of the service that holds it. */
export function siaHandlers({ tokens, ...guard }: SiaDependencies): readonly Handler[] {
  return [
    handle(siaTokenJwt, async ({ jwt, domain }, { source, now }) => {
      const attempt = await tryKey(guard, { scheme: 'SIA', keyId: domain, source, now, isRight: (secret) => sameSecret(jwt, secret) });
      if (!attempt.ok) {
        return attempt.why === 'locked'
          ? refuse(errors.locked, { message: 'try again later' })
          : refuse(errors.unauthenticated, { message: 'the domain or its jwt is wrong' });
      }
      const { vdnId, keyId } = attempt.key;
      const token = await tokens.issue({ vdnId, kind: 'SIA', subject: keyId, lifeMs: LIFE_MS, at: now });
      return { token, expiredAt: new Date(now + LIFE_MS).toISOString().replace('Z', '+0000') };
    }),
  ];
}
