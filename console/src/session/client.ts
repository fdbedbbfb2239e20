import { createClient, Refused, type Authorize, type Client, type ClientOptions } from '@parley/contract/client.ts';

/* The console speaks to Parley by the contract's own client, with the session in an HttpOnly cookie: no key and no token of it is ever in the page. */

const CSRF_HEADER = 'x-csrf-token';
const TENANT_HEADER = 'x-parley-tenant';
const GATEWAY = '/agentgateway/';

/** What goes with requests, as it is now. */
const credentials: { csrf: string | undefined; tenant: number | undefined; guid: string | undefined } = { csrf: undefined, tenant: undefined, guid: undefined };

export function setCredentials(changes: Partial<typeof credentials>): void {
  Object.assign(credentials, changes);
}

/** The tenant that an operator acts for; undefined where the session's own is meant. */
export const tenantNow = (): number | undefined => credentials.tenant;

const authorize: Authorize = ({ url, method }) => {
  const headers: Record<string, string> = {};
  if (url.startsWith(GATEWAY)) {
    if (credentials.guid !== undefined) headers['Guid'] = credentials.guid;
    return headers;
  }
  if (credentials.tenant !== undefined) headers[TENANT_HEADER] = String(credentials.tenant);
  if (method !== 'GET' && credentials.csrf !== undefined) headers[CSRF_HEADER] = credentials.csrf;
  return headers;
};

/** What is read in tests, where there is no page, asks nobody. */
const origin = typeof location === 'undefined' ? 'http://localhost' : location.origin;

export const clientOptions: ClientOptions = { baseUrl: origin, authorize };
export const api: Client = createClient(clientOptions);

export { Refused };
