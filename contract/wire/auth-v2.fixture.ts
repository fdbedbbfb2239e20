import { createHmac } from 'node:crypto';
import { parseAuthorization, verify, type VerifyingRequest } from './auth-v2.ts';

export const ACCESS_KEY = 'globalaktest';
export const SECRET_KEY = 'ccdemo-secret-20';
export const HOST = '10.22.26.181:28080';
export const PING = '/rest/cmsapp/v1/ping';

/** What a request looks like on the wire: the header values are the latin1 strings Node makes of the bytes. */
export interface Sent {
  authorization: string;
  method: string;
  rawUrl: string;
  headers: Record<string, string | readonly string[]>;
  body: string | Uint8Array;
}

export function isAccepted(sent: Sent, secretKey = SECRET_KEY): boolean {
  const parsed = parseAuthorization(sent.authorization);
  if (parsed === undefined) return false;
  const headers = new Map(Object.entries(sent.headers).map(([name, value]) => [name.toLowerCase(), value]));
  const body = typeof sent.body === 'string' ? Buffer.from(sent.body) : sent.body;
  const request: VerifyingRequest = {
    parsed, secretKey, method: sent.method, rawUrl: sent.rawUrl, header: (name) => headers.get(name), body,
  };
  return verify(request);
}

export function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text, 'utf8').digest();
}

/** `PathUtils.normalize` of 4.3, written another way than the code under test writes it. */
export function norm(text: string): string {
  return encodeURIComponent(text).replaceAll(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}

export interface Listing {
  method?: string;
  path?: string;
  /** Decoded names and values, as the class takes them. */
  query?: readonly (readonly [string, string])[];
  /** Names as the class prints them, values as text. */
  headers?: Record<string, string>;
  body?: string;
  secretKey?: string;
  timestamp?: string;
  /** Where an implementation departs from the class, rightly or wrongly. */
  canonical?: (text: string) => string;
  prefix?: (text: string) => string;
  signature?: (signingKey: string, canonical: string) => string;
}

/** 4.3's SignInfo: it does not lower-case the names within CanonicalHeaders, nor write an empty query line. */
export function signAsListing(listing: Listing): string {
  const headers = listing.headers ?? { host: HOST };
  const signedHeaders = Object.keys(headers).map((name) => name.toLowerCase()).toSorted().join(';');
  const records = new Set(Object.entries(headers).map(([name, value]) => `${norm(name)}:${norm(value)}`));
  const pairs = new Set((listing.query ?? []).map(([name, value]) => `${norm(name)}=${norm(value)}`));
  const lines = [listing.method ?? 'POST', listing.path ?? PING];
  if (pairs.size > 0) lines.push([...pairs].toSorted().join('&'));
  lines.push(signedHeaders, [...records].toSorted().join('\n'), norm(listing.body ?? ''));
  const canonical = (listing.canonical ?? String)(lines.join('\n'));
  const timestamp = listing.timestamp ?? '2018-10-17T11:48:24.123Z';
  const prefix = (listing.prefix ?? String)(`auth-v2/${ACCESS_KEY}/${timestamp}/${signedHeaders}`);
  const signingKey = hmac(listing.secretKey ?? SECRET_KEY, prefix).toString('hex');
  const compute = listing.signature ?? ((key, text) => hmac(key, text).toString('hex'));
  return `${prefix}/${compute(signingKey, canonical)}`;
}
