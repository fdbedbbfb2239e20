import { closedUri, escapeText, isHeaderCode, isParamCode, isPasswordCode, isUserCode, unescapeText } from './escapes.ts';
import { lower, setOf } from './grammar.ts';
import { readHost, readPort, writeHost } from './host.ts';
import { NO_PARAMS, type Params } from './params.ts';

/**
 * A SIP, SIPS or telephone URI (RFC 3261 19.1, RFC 3966), its escapes undone. What was escaped may be any character: who
 * shows or stores a user part makes it printable first.
 */
export interface Uri {
  readonly scheme: 'sip' | 'sips' | 'tel';
  /** Of telephones the number, as it was written; empty where there is none. */
  readonly user: string;
  readonly password?: string;
  /** In lower case, IPv6 addresses without brackets; empty of telephones. */
  readonly host: string;
  readonly port?: number;
  readonly params: Params;
  readonly headers: readonly (readonly [name: string, value: string])[];
}

/** The scheme of any URI, in lower case. */
export function schemeOf(uri: string): string | undefined {
  const colon = uri.indexOf(':');
  if (colon < 1 || colon > 64) return undefined;
  for (let at = 0; at < colon; at += 1) {
    const code = uri.charCodeAt(at);
    const isLetter = (code | 32) >= 97 && (code | 32) <= 122;
    if (!isLetter && (at === 0 || !isSchemeCode(code))) return undefined;
  }
  return lower(uri.slice(0, colon));
}

const isSchemeCode = setOf('+-.');

/** Whether it holds something that no URI does: blanks, brackets, quotes, control characters. */
function isBroken(uri: string): boolean {
  for (let at = 0; at < uri.length; at += 1) {
    const code = uri.charCodeAt(at);
    if (code <= 32 || code === 34 || code === 60 || code === 62 || code === 127) return true;
  }
  return false;
}

/** Any URI that may stand in a message: it has a scheme, and something after it. */
export function isUri(text: string): boolean {
  const scheme = schemeOf(text);
  return scheme !== undefined && text.length > scheme.length + 1 && !isBroken(text);
}

export function readUri(text: string): Uri | undefined {
  const scheme = schemeOf(text);
  if (isBroken(text)) return undefined;
  if (scheme === 'sip' || scheme === 'sips') return readSip(text, scheme);
  return scheme === 'tel' ? readTel(text) : undefined;
}

function readSip(text: string, scheme: 'sip' | 'sips'): Uri | undefined {
  const start = scheme.length + 1;
  // The first one: neither a user nor a password has it unescaped, but they may have what parameters begin with.
  const sign = text.indexOf('@', start);
  const colon = text.indexOf(':', start);
  const hasPassword = colon !== -1 && colon < sign;
  const user = sign === -1 ? '' : unescapeText(text.slice(start, hasPassword ? colon : sign));
  const password = hasPassword ? unescapeText(text.slice(colon + 1, sign)) : '';
  if (user === undefined || password === undefined || (sign !== -1 && user === '')) return undefined;

  const host = readHost(text, sign === -1 ? start : sign + 1);
  if (host === undefined) return undefined;
  const port = text.charCodeAt(host.end) === 58 ? readPort(text, host.end + 1) : undefined;
  const end = port?.end ?? host.end;
  const mark = text.indexOf('?', end);
  const params = readUriParams(text.slice(end, mark === -1 ? text.length : mark));
  const headers = mark === -1 ? [] : readUriHeaders(text.slice(mark + 1));
  if (params === undefined || headers === undefined) return undefined;
  return {
    scheme, user, host: host.host, params, headers,
    ...(hasPassword ? { password } : {}),
    ...(port === undefined ? {} : { port: port.port }),
  };
}

/** Digits and the signs of telephones, with separators for the eye (RFC 3966 3). */
function isPhoneCode(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 40 && code <= 46 && code !== 44) || code === 35 || ((code | 32) >= 97 && (code | 32) <= 102);
}

function readTel(text: string): Uri | undefined {
  let end = 4;
  while (end < text.length && isPhoneCode(text.charCodeAt(end))) end += 1;
  const params = end === 4 ? undefined : readUriParams(text.slice(end));
  return params === undefined ? undefined : { scheme: 'tel', user: text.slice(4, end), host: '', params, headers: [] };
}

function readUriParams(text: string): Params | undefined {
  if (text === '') return NO_PARAMS;
  if (!text.startsWith(';')) return undefined;
  const params = new Map<string, string>();
  for (const part of text.split(';')) {
    if (part === '') continue;
    const sign = part.indexOf('=');
    const name = unescapeText(sign === -1 ? part : part.slice(0, sign));
    const value = sign === -1 ? '' : unescapeText(part.slice(sign + 1));
    if (name === undefined || name === '' || value === undefined) return undefined;
    const key = name.toLowerCase();
    if (!params.has(key)) params.set(key, value);
  }
  return params;
}

function readUriHeaders(text: string): (readonly [string, string])[] | undefined {
  const headers: (readonly [string, string])[] = [];
  for (const part of text.split('&')) {
    const sign = part.indexOf('=');
    const name = sign < 1 ? undefined : unescapeText(part.slice(0, sign));
    const value = unescapeText(part.slice(sign + 1));
    if (name === undefined || value === undefined) return undefined;
    headers.push([name, value]);
  }
  return headers;
}

export function writeUri(uri: Uri): string {
  const params = writeUriParams(uri.params);
  if (uri.scheme === 'tel') return closedUri(`tel:${uri.user}${params}`);
  const password = uri.password === undefined ? '' : `:${escapeText(uri.password, isPasswordCode)}`;
  const user = uri.user === '' ? '' : `${escapeText(uri.user, isUserCode)}${password}@`;
  const port = uri.port === undefined ? '' : `:${uri.port}`;
  const headers = uri.headers.map(([name, value]) => `${escapeText(name, isHeaderCode)}=${escapeText(value, isHeaderCode)}`).join('&');
  return closedUri(`${uri.scheme}:${user}${writeHost(uri.host)}${port}${params}${headers === '' ? '' : `?${headers}`}`);
}

function writeUriParams(params: Params): string {
  let text = '';
  for (const [name, value] of params) text += `;${escapeText(name, isParamCode)}${value === '' ? '' : `=${escapeText(value, isParamCode)}`}`;
  return text;
}

/** Parameters that say something by not being there; that transport is one of them the examples of 19.1.4 show. */
const NEVER_ASIDE = ['user', 'ttl', 'method', 'maddr', 'transport'];

/** Whether two URIs are the same by RFC 3261 19.1.4, telephones by RFC 3966 4. */
export function isSameUri(one: Uri, other: Uri): boolean {
  if (one.scheme !== other.scheme) return false;
  if (one.scheme === 'tel') return digitsOf(one.user) === digitsOf(other.user) && one.params.size === other.params.size && agree(one.params, other.params, true);
  return one.user === other.user && one.password === other.password && one.host === other.host && one.port === other.port
    && agree(one.params, other.params, false)
    && NEVER_ASIDE.every((name) => one.params.has(name) === other.params.has(name))
    && headersOf(one) === headersOf(other);
}

const digitsOf = (number: string): string => number.replaceAll(/[-.()]/g, '').toLowerCase();

/** Whether the parameters that both have are the same, and with `all` whether the other has all of them. */
function agree(params: Params, others: Params, all: boolean): boolean {
  for (const [name, value] of params) {
    const other = others.get(name);
    if (other === undefined ? all : other.toLowerCase() !== value.toLowerCase()) return false;
  }
  return true;
}

/** The headers in an order of their own. */
function headersOf({ headers }: Uri): string {
  if (headers.length === 0) return '';
  return JSON.stringify(headers.map(([name, value]) => [name.toLowerCase(), value]).toSorted(([one = ''], [other = '']) => (one < other ? -1 : one > other ? 1 : 0)));
}
