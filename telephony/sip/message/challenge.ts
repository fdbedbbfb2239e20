import { isToken, isTokenCode, lower, quote, readQuoted, skipBlanks } from './grammar.ts';

/** The value of a WWW-Authenticate or Proxy-Authenticate of the scheme Digest (RFC 7616 3.3). */
export interface Challenge {
  readonly realm: string;
  readonly nonce: string;
  readonly opaque?: string;
  /** MD5 where it is not said. */
  readonly algorithm?: string;
  /** The qualities of protection that may be chosen from; none means that of RFC 2069. */
  readonly qop: readonly string[];
  readonly stale: boolean;
}

/** The value of an Authorization or Proxy-Authorization of the scheme Digest (RFC 7616 3.4). */
export interface Credentials {
  readonly username: string;
  readonly realm: string;
  readonly nonce: string;
  readonly uri: string;
  readonly response: string;
  readonly opaque?: string;
  readonly algorithm?: string;
  readonly qop?: string;
  readonly cnonce?: string;
  /** Eight digits of a hexadecimal number, as they are part of what is signed. */
  readonly nc?: string;
}

/** The parameters of any scheme, by their names in lower case (RFC 3261 25.1). None may come twice. */
export function readAuth(text: string): { readonly scheme: string; readonly params: ReadonlyMap<string, string> } | undefined {
  let at = skipBlanks(text, 0);
  const start = at;
  while (at < text.length && isTokenCode(text.charCodeAt(at))) at += 1;
  const scheme = lower(text.slice(start, at));
  if (scheme === '') return undefined;
  const params = new Map<string, string>();
  at = skipBlanks(text, at);
  while (at < text.length) {
    const begin = at;
    while (at < text.length && isTokenCode(text.charCodeAt(at))) at += 1;
    const name = lower(text.slice(begin, at));
    at = skipBlanks(text, at);
    if (name === '' || params.has(name) || text.charCodeAt(at) !== 61) return undefined;
    at = skipBlanks(text, at + 1);
    if (text.charCodeAt(at) === 34) {
      const quoted = readQuoted(text, at);
      if (quoted === undefined) return undefined;
      params.set(name, quoted.value);
      at = quoted.end;
    } else {
      const first = at;
      while (at < text.length && text.charCodeAt(at) > 32 && text.charCodeAt(at) !== 44) at += 1;
      params.set(name, text.slice(first, at));
    }
    at = skipBlanks(text, at);
    if (at === text.length) break;
    if (text.charCodeAt(at) !== 44) return undefined;
    at = skipBlanks(text, at + 1);
  }
  return { scheme, params };
}

/** Nothing for other schemes than Digest, which are passed over like unknown headers (RFC 4475 3.3.7). */
function readDigest(text: string): ReadonlyMap<string, string> | undefined {
  const auth = readAuth(text);
  return auth?.scheme === 'digest' ? auth.params : undefined;
}

export function readChallenge(text: string): Challenge | undefined {
  const params = readDigest(text);
  const realm = params?.get('realm');
  const nonce = params?.get('nonce');
  if (params === undefined || realm === undefined || nonce === undefined) return undefined;
  const opaque = params.get('opaque');
  const algorithm = params.get('algorithm');
  return {
    realm, nonce,
    qop: (params.get('qop') ?? '').split(',').map((one) => one.trim().toLowerCase()).filter((one) => one !== ''),
    stale: params.get('stale')?.toLowerCase() === 'true',
    ...(opaque === undefined ? {} : { opaque }),
    ...(algorithm === undefined ? {} : { algorithm }),
  };
}

export function readCredentials(text: string): Credentials | undefined {
  const params = readDigest(text);
  const username = params?.get('username');
  const realm = params?.get('realm');
  const nonce = params?.get('nonce');
  const uri = params?.get('uri');
  const response = params?.get('response');
  if (params === undefined || username === undefined || realm === undefined || nonce === undefined || uri === undefined || response === undefined) return undefined;
  const credentials: { -readonly [Name in keyof Credentials]: Credentials[Name] } = { username, realm, nonce, uri, response };
  for (const name of ['opaque', 'algorithm', 'qop', 'cnonce', 'nc'] as const) {
    const value = params.get(name);
    if (value !== undefined) credentials[name] = value;
  }
  return credentials;
}

/** Tokens stand bare, as RFC 7616 3.3 and 3.4 ask for: some devices do not know them with quotes. */
function bare(token: string): string {
  return isToken(token) ? token : quote(token);
}

export function writeChallenge({ realm, nonce, opaque, algorithm, qop, stale }: Challenge): string {
  let text = `Digest realm=${quote(realm)}, nonce=${quote(nonce)}`;
  if (opaque !== undefined) text += `, opaque=${quote(opaque)}`;
  if (stale) text += ', stale=true';
  if (algorithm !== undefined) text += `, algorithm=${bare(algorithm)}`;
  if (qop.length > 0) text += `, qop=${quote(qop.join(','))}`;
  return text;
}

export function writeCredentials({ username, realm, nonce, uri, response, opaque, algorithm, qop, cnonce, nc }: Credentials): string {
  let text = `Digest username=${quote(username)}, realm=${quote(realm)}, nonce=${quote(nonce)}, uri=${quote(uri)}, response=${quote(response)}`;
  if (algorithm !== undefined) text += `, algorithm=${bare(algorithm)}`;
  if (cnonce !== undefined) text += `, cnonce=${quote(cnonce)}`;
  if (opaque !== undefined) text += `, opaque=${quote(opaque)}`;
  if (qop !== undefined) text += `, qop=${bare(qop)}`;
  if (nc !== undefined) text += `, nc=${bare(nc)}`;
  return text;
}
