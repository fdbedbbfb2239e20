import { createHmac } from 'node:crypto';
import type { IceServer } from '../modules/call-token/index.ts';

/** One entry of PARLEY_ICE_SERVERS. */
export interface IceEntry {
  readonly url: string;
  readonly isTurn: boolean;
  readonly username?: string;
  readonly credential?: string;
}

/** RFC 7064 and RFC 7065, with a user and a password in front of the host of TURN. */
const FORM = /^(stuns?|turns?):(?:([^:@/?\s]{1,200}):([^@/?\s]{1,200})@)?([A-Za-z0-9.-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(:\d{1,5})?(\?transport=(?:udp|tcp))?$/;
/** Longer than calls usually are: a TURN server asks again when an allocation is refreshed. */
const CREDENTIAL_LIFE_SECONDS = 6 * 3600;

export function readIceServer(text: string): IceEntry | undefined {
  const [, scheme, user, password, host, port = '', transport = ''] = FORM.exec(text) ?? [];
  if (scheme === undefined || host === undefined) return undefined;
  const isTurn = scheme.startsWith('turn');
  if (!isTurn && (user !== undefined || transport !== '')) return undefined;
  const url = `${scheme}:${host}${port}${transport}`;
  if (user === undefined || password === undefined) return { url, isTurn };
  try {
    return { url, isTurn, username: decodeURIComponent(user), credential: decodeURIComponent(password) };
  } catch {
    // A per cent sign that escapes nothing.
    return undefined;
  }
}

/**
 * Makes what browsers are given. TURN servers that have no password of their own get one for each name, good for some hours and
 * made of the secret that the server knows too (the TURN REST API, `use-auth-secret` of coturn).
 */
export function createIceServers(texts: readonly string[], secret: string): (name: string, now: number) => readonly IceServer[] {
  const entries = texts.flatMap((text) => readIceServer(text) ?? []);
  return (name, now) => {
    const username = `${Math.floor(now / 1000) + CREDENTIAL_LIFE_SECONDS}:${name}`;
    return entries.map(({ url, isTurn, ...own }): IceServer => {
      if (!isTurn) return { urls: [url] };
      if (own.username !== undefined) return { urls: [url], ...own };
      return { urls: [url], username, credential: createHmac('sha1', secret).update(username).digest('base64') };
    });
  };
}
