import { isIPv6 } from 'node:net';
import { lower, setOf } from './grammar.ts';

/** Underscores are no part of host names, but stand in those of many local networks. */
const isHostCode = setOf('-._');

/** The host that begins there, in lower case and without the brackets of an IPv6 address (RFC 5118 4.1), and the index after it. */
export function readHost(text: string, from: number): { readonly host: string; readonly end: number } | undefined {
  if (text.charCodeAt(from) === 91) {
    const close = text.indexOf(']', from);
    // 45 characters are the longest address there is.
    if (close === -1 || close - from > 46) return undefined;
    const host = text.slice(from + 1, close);
    // A zone means something only where it was written (RFC 4007 11.2).
    return isIPv6(host) && !host.includes('%') ? { host: lower(host), end: close + 1 } : undefined;
  }
  let end = from;
  while (end < text.length && isHostCode(text.charCodeAt(end))) end += 1;
  return end === from || end - from > 255 ? undefined : { host: lower(text.slice(from, end)), end };
}

export function writeHost(host: string): string {
  return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
}

/** The port that begins there, and the index after it. */
export function readPort(text: string, from: number): { readonly port: number; readonly end: number } | undefined {
  let end = from;
  let port = 0;
  while (end < text.length) {
    const digit = text.charCodeAt(end) - 48;
    if (digit < 0 || digit > 9) break;
    port = port * 10 + digit;
    end += 1;
    if (port > 65_535) return undefined;
  }
  return end === from ? undefined : { port, end };
}
