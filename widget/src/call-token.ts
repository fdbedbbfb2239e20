import type { Result } from '@parley/contract/operation.ts';
import type { createCallToken } from '@parley/contract/widget/call-token.ts';
import type { Ending } from './call-state.ts';

export type CallToken = Result<typeof createCallToken>;
export type TokenAnswer = { readonly ok: true; readonly token: CallToken } | { readonly ok: false; readonly why: Ending };

export interface TokenRequest {
  /** Where Parley is, without a slash at its end. */
  readonly service: string;
  readonly key: string;
  readonly number: string;
  readonly caller: string | undefined;
  readonly fetch: (url: string, init: RequestInit) => Promise<Pick<Response, 'ok' | 'status' | 'json'>>;
}

const PATH = '/widget/v1/call-tokens';
const WHY: Readonly<Record<number, Ending>> = { 400: 'refused', 403: 'refused', 404: 'unavailable', 429: 'tooMany', 501: 'unavailable', 503: 'unavailable' };

/** Asks for a token for one call (createCallToken). The contract's own client is left out: it weighs more than all of the button. */
export async function askToken({ service, key, number, caller, fetch: send }: TokenRequest): Promise<TokenAnswer> {
  const body = JSON.stringify({ key, accessCode: number, ...(caller === undefined || caller === '' ? {} : { caller }) });
  try {
    const reply = await send(service + PATH, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    if (!reply.ok) return { ok: false, why: WHY[reply.status] ?? 'failed' };
    return { ok: true, token: await reply.json() as CallToken };
  } catch {
    // Browsers say the same of a server that is away and of one that does not know the page.
    return { ok: false, why: 'unreachable' };
  }
}
