import { issueOmaToken, listOmaTokens, OMA_TOKEN_LIFE_SECONDS, revokeOmaToken } from '@parley/contract/admin/oma.ts';
import { errors } from '@parley/contract/admin/family.ts';
import { refuseCaller, type Authenticator } from '@parley/contract/authentication.ts';
import { handle, type Handler } from '@parley/contract/handler.ts';
import { refuse } from '@parley/contract/refusal.ts';
import { INSTALLATION } from '@parley/core/tenant/settings.ts';
import type { Ids } from '../../engine/ids.ts';
import type { Writer } from '../../engine/writer.ts';
import type { Tenants } from '../tenant/index.ts';
import type { ShownToken, Tokens } from './tokens.ts';

export interface OmaTokenDependencies {
  readonly writer: Writer;
  readonly ids: Ids;
  readonly tokens: Tokens;
  readonly tenants: Pick<Tenants, 'read' | 'find'>;
}

const MOST = 10_000;

const present = ({ vdnId, subject, label, createdAt, expiresAt }: ShownToken) => ({ id: subject, ...(vdnId === INSTALLATION ? {} : { vdnId }), label, createdAt, expiresAt });

/** Tokens of 15.1: operators issue them, for a tenant or for all. */
export function omaTokenHandlers({ writer, ids, tokens, tenants }: OmaTokenDependencies): readonly Handler[] {
  return [
    handle(listOmaTokens, async (_input, { now }) => ({ tokens: (await tokens.list('OMA', now)).map(present) })),

    handle(issueOmaToken, async ({ vdnId = INSTALLATION, label = '', lifeSeconds = OMA_TOKEN_LIFE_SECONDS }, { by, now }) => {
      const lifeMs = lifeSeconds * 1000;
      const shown: ShownToken = { vdnId, subject: ids.next(), label, createdAt: now, expiresAt: now + lifeMs };
      const recorded = await writer.write(INSTALLATION, by, async ({ tx, record }) => {
        if (vdnId !== INSTALLATION && await tenants.read(tx, vdnId) === undefined) return refuse(errors.notFound, { what: 'tenant', id: vdnId });
        if ((await tokens.list('OMA', now)).length >= MOST) return refuse(errors.conflict, { message: `There are ${MOST} tokens, the most there may be` });
        record({ what: 'oma-token', id: shown.subject, before: null, after: present(shown) });
        return undefined;
      });
      if (recorded !== undefined) return recorded;
      return { ...present(shown), token: await tokens.issue({ vdnId, kind: 'OMA', subject: shown.subject, label, lifeMs, at: now }) };
    }),

    handle(revokeOmaToken, async ({ id }, { by, now }) => {
      const token = (await tokens.list('OMA', now)).find(({ subject }) => subject === id);
      if (token === undefined) return refuse(errors.notFound, { what: 'token', id });
      await writer.write(INSTALLATION, by, ({ record }) => {
        record({ what: 'oma-token', id, before: present(token), after: null });
        return Promise.resolve();
      });
      await tokens.revokeSubject(token.vdnId, ['OMA'], id);
      return {};
    }),
  ];
}

/** 15.1: the header X-Auth-Token. */
export function omaAuthenticator({ tokens, tenants }: Pick<OmaTokenDependencies, 'tokens' | 'tenants'>): Authenticator {
  return {
    needsBody: false,
    authenticate: async ({ header, now }) => {
      const text = header('x-auth-token')?.trim() ?? '';
      if (text === '') return refuseCaller('unauthenticated', 'a header X-Auth-Token is needed');
      const token = await tokens.find(text);
      if (token?.kind !== 'OMA') return refuseCaller('unauthenticated', 'the token is not known');
      if (token.expiresAt <= now) return refuseCaller('unauthenticated', 'the token has expired');
      const isForAll = token.vdnId === INSTALLATION;
      if (!isForAll && (await tenants.find(token.vdnId))?.enabled !== true) return refuseCaller('unauthenticated', 'the tenant of this token is switched off');
      return { ok: true, caller: { scheme: 'OMA', vdnId: token.vdnId, global: isForAll, actor: `oma-token:${token.subject}`, tokenDigest: token.digest } };
    },
  };
}
