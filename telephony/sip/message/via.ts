import { isTokenCode, skipBlanks } from './grammar.ts';
import type { Headers } from './headers.ts';
import { readHost, readPort, writeHost } from './host.ts';
import { readParams, writeParams, type Params } from './params.ts';

/** One value of Via (RFC 3261 20.42). */
export interface Via {
  /** In upper case; not only those that we know (RFC 4475 3.1.1.10). */
  readonly transport: string;
  /** Who sent it, as it calls itself: in lower case, IPv6 addresses without brackets. */
  readonly host: string;
  readonly port?: number;
  /** `branch`, `received`, `rport`, `maddr`, `ttl`, `alias` and others; addresses without brackets (RFC 5118 4.5). */
  readonly params: Params;
}

/** What the branches of RFC 3261 begin with (8.1.1.7). One that is nothing else names no transaction (RFC 4475 3.2.1). */
export const BRANCH_COOKIE = 'z9hG4bK';

const ADDRESSES = ['received', 'maddr'];

export function readVia(text: string): Via | undefined {
  const start = skipBlanks(text, 0);
  const versionAt = text.slice(start, start + 3).toUpperCase() === 'SIP' ? afterSlash(text, start + 3) : -1;
  const transportAt = afterSlash(text, endOfVersion(text, versionAt));
  let at = transportAt;
  while (at < text.length && isTokenCode(text.charCodeAt(at))) at += 1;
  const transport = text.slice(transportAt, at).toUpperCase();
  const hostAt = skipBlanks(text, at);
  const host = transportAt === -1 || transport === '' || hostAt === at ? undefined : readHost(text, hostAt);
  if (host === undefined) return undefined;

  const colon = skipBlanks(text, host.end);
  const port = text.charCodeAt(colon) === 58 ? readPort(text, skipBlanks(text, colon + 1)) : undefined;
  const params = readParams(text, port?.end ?? host.end, 'refused');
  if (params === undefined) return undefined;
  return { transport, host: host.host, params: withoutBrackets(params), ...(port === undefined ? {} : { port: port.port }) };
}

/** Any version, as messages of others than ours are answered too: that they are of another one (RFC 4475 3.1.2.16). */
function endOfVersion(text: string, from: number): number {
  let at = from;
  while (at !== -1 && isVersionCode(text.charCodeAt(at))) at += 1;
  return at === from ? -1 : at;
}

const isVersionCode = (code: number): boolean => (code >= 48 && code <= 57) || code === 46;

/** The index after a slash with blanks around it. */
function afterSlash(text: string, from: number): number {
  if (from === -1) return -1;
  const at = skipBlanks(text, from);
  return text.charCodeAt(at) === 47 ? skipBlanks(text, at + 1) : -1;
}

function withoutBrackets(params: Params): Params {
  if (!ADDRESSES.some((name) => params.get(name)?.startsWith('[') === true)) return params;
  const bare = new Map(params);
  for (const name of ADDRESSES) {
    const value = params.get(name);
    if (value?.startsWith('[') === true && value.endsWith(']')) bare.set(name, value.slice(1, -1));
  }
  return bare;
}

export function writeVia({ transport, host, port, params }: Via): string {
  return `SIP/2.0/${transport} ${writeHost(host)}${port === undefined ? '' : `:${port}`}${writeParams(params)}`;
}

/** The topmost one, which is that of who sent the message to us. */
export function topVia(headers: Headers): Via | undefined {
  const written = headers.get('Via');
  if (written === undefined) return undefined;
  const first = written === '' || written.includes(',') ? headers.list('Via')[0] : written;
  return first === undefined ? undefined : readVia(first);
}

/** Puts another in the place of the topmost one, such as one with `received` and `rport` (RFC 3261 18.2.1, RFC 3581 4). */
export function replaceTopVia(headers: Headers, via: Via): void {
  const [, ...others] = headers.list('Via');
  headers.set('Via', writeVia(via));
  for (const other of others) headers.append('Via', other);
}
