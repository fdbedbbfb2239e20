import { isUtf8 } from 'node:buffer';
import { setOf } from './grammar.ts';

function hexOf(code: number | undefined): number {
  if (code === undefined) return -1;
  if (code >= 48 && code <= 57) return code - 48;
  const letter = code | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : -1;
}

/** What a text with escapes of URIs stands for, once; nothing, where a per cent sign begins none. */
export function unescapeText(text: string): string | undefined {
  if (!text.includes('%')) return text;
  const bytes = Buffer.from(text);
  let length = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    let byte = bytes[at] ?? 0;
    if (byte === 37) {
      const high = hexOf(bytes[at + 1]);
      const low = hexOf(bytes[at + 2]);
      if (high === -1 || low === -1) return undefined;
      byte = high * 16 + low;
      at += 2;
    }
    bytes[length] = byte;
    length += 1;
  }
  const plain = bytes.subarray(0, length);
  return plain.toString(isUtf8(plain) ? 'utf8' : 'latin1');
}

/** Escapes whatever is not in the set. */
export function escapeText(text: string, isPlain: (code: number) => boolean): string {
  let at = 0;
  while (at < text.length && isPlain(text.charCodeAt(at))) at += 1;
  if (at === text.length) return text;
  let escaped = text.slice(0, at);
  for (const byte of Buffer.from(text.slice(at))) {
    escaped += isPlain(byte) ? String.fromCharCode(byte) : `%${byte < 16 ? '0' : ''}${byte.toString(16).toUpperCase()}`;
  }
  return escaped;
}

/** The parts of a URI and what may stand in them unescaped (RFC 3261 25.1). */
export const isUserCode = setOf('-_.!~*\'()&=+$,;?/');
export const isPasswordCode = setOf('-_.!~*\'()&=+$,');
export const isParamCode = setOf('-_.!~*\'()[]/:&+$');
export const isHeaderCode = setOf('-_.!~*\'()[]/?:+$');

/** A URI that was made elsewhere, so that it ends neither the line nor the brackets that it stands in. */
export function closedUri(uri: string): string {
  let closed = '';
  let start = 0;
  for (let at = 0; at < uri.length; at += 1) {
    const code = uri.charCodeAt(at);
    if (code > 32 && code !== 34 && code !== 60 && code !== 62 && code !== 127) continue;
    closed += `${uri.slice(start, at)}%${code < 16 ? '0' : ''}${code.toString(16).toUpperCase()}`;
    start = at + 1;
  }
  return start === 0 ? uri : closed + uri.slice(start);
}
