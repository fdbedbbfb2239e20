import { errors } from '@parley/contract/admin/family.ts';
import { createSampleRequest } from '@parley/contract/admin/sample-request.ts';
import { handle, type Handler } from '@parley/contract/handler.ts';
import { isRefusal, refuse } from '@parley/contract/refusal.ts';
import { sign } from '@parley/contract/wire/auth-v2.ts';
import type { Writer } from '../../engine/writer.ts';
import { SIGNATURE_WINDOW_MS } from './c2.ts';
import type { Keys } from './keys.ts';
import type { Tokens } from './tokens.ts';

export interface SampleRequestDependencies {
  readonly writer: Writer;
  readonly keys: Pick<Keys, 'find'>;
  readonly tokens: Pick<Tokens, 'issue'>;
  readonly signatureWindowMs?: number | undefined;
}

const TOKEN_LIFE_MS = 10 * 60_000;

/** Shows developers what a request with a key of theirs looks like, while its secret stays where it is. */
export function sampleRequestHandlers({ writer, keys, tokens, signatureWindowMs = SIGNATURE_WINDOW_MS }: SampleRequestDependencies): readonly Handler[] {
  return [
    handle(createSampleRequest, async ({ scheme, keyId, method, path, query = '', body = '' }, { vdnId, by, now, requestHeader }) => {
      const key = await keys.find(scheme, keyId);
      if (key?.vdnId !== vdnId) return refuse(errors.notFound, { what: `${scheme} key`, id: keyId });
      if (!key.enabled) return refuse(errors.conflict, { message: `the ${scheme} key ${keyId} is switched off` });
      // What is signed for another host could be sent on from there; the page sends its request where it came from.
      const host = requestHeader('host') ?? '';
      const url = query === '' ? path : `${path}?${query}`;
      const written = await writer.write(vdnId, by, ({ record }) => {
        record({ what: 'sample-request', id: `${scheme}:${keyId}`, before: null, after: { method, url, host } });
        return Promise.resolve({});
      });
      if (isRefusal(written)) return written;
      if (scheme === 'C1') {
        const token = await tokens.issue({ vdnId, kind: 'C1', subject: keyId, lifeMs: TOKEN_LIFE_MS, at: now });
        return { host, url, authorization: `Bearer ${token}`, expiresAt: now + TOKEN_LIFE_MS };
      }
      const authorization = sign({ accessKey: keyId, secretKey: key.secret, method, url, headers: { host }, body, at: new Date(now) });
      return { host, url, authorization, expiresAt: now + signatureWindowMs };
    }),
  ];
}
