import type { HttpRequest } from '@parley/core/ivr/node-type.ts';
import type { Outgoing, OutgoingReply } from '../../engine/outgoing.ts';

export interface WebServiceDependencies {
  readonly outgoing: Outgoing;
  /** Whether the tenant's trust list has the URL. */
  readonly trusts: (vdnId: number, url: string) => Promise<boolean>;
  readonly secretOf: (vdnId: number, key: string) => Promise<string | undefined>;
}

const refused = (message: string): OutgoingReply => ({ ok: false, why: 'forbidden-address', message });

/** Asks web services for flows: those that the tenant trusts, by the one way out, with the secret that the flow only names. */
export function createFlowHttp({ outgoing, trusts, secretOf }: WebServiceDependencies): (vdnId: number, request: HttpRequest) => Promise<OutgoingReply> {
  return async (vdnId, { url, method, headers, body, key, deadlineMs }) => {
    // The path may hold what a caller has pressed.
    if (!await trusts(vdnId, url)) return refused(`${URL.parse(url)?.host ?? 'what is no URL'} is not on the tenant's trust list`);
    const secret = key === undefined ? undefined : await secretOf(vdnId, key);
    if (key !== undefined && secret === undefined) return refused(`there is no shared key ${key}`);
    return outgoing.send({
      url, method, deadlineMs, ...(body === undefined ? {} : { body }),
      headers: { accept: 'application/json', ...headers, ...(secret === undefined ? {} : { authorization: `Bearer ${secret}` }) },
    });
  };
}
