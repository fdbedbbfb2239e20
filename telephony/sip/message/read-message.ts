import type { Unreadable } from './faults.ts';
import { endOfHead, messageOf, READ_LIMITS, readContentLength, readHead, unreadable, type ReadLimits } from './head.ts';
import type { SipMessage } from './message.ts';

export type Reading = { readonly ok: true; readonly message: SipMessage } | Unreadable;

/**
 * Reads the message that is all of a datagram, or of a frame of a WebSocket (RFC 3261 7 and 18.3, RFC 7118). Bytes after
 * the body are passed over; without Content-Length all that comes is body. The body is a part of the bytes, not a copy.
 */
export function readMessage(bytes: Uint8Array, limits: ReadLimits = READ_LIMITS): Reading {
  const from = startOf(bytes);
  const isResponse = bytes[from + 3] === 47;
  if (from === bytes.length) return unreadable('nothing', isResponse);
  const end = endOfHead(bytes, from, Math.min(bytes.length, from + limits.headBytes));
  if (end === -1) return unreadable(bytes.length - from > limits.headBytes ? 'too-long' : 'no-end-of-head', isResponse);

  const head = readHead(bytes.subarray(from, end), limits);
  const length = readContentLength(head.headers);
  const fault = head.fault ?? (typeof length === 'string' ? length : undefined);
  if (fault !== undefined || typeof length === 'string' || head.start === undefined) return unreadable(fault ?? 'start-line-broken', isResponse, head);
  const there = bytes.length - end;
  const wanted = length ?? there;
  if (wanted > there) return unreadable('body-cut-short', isResponse, head);
  if (wanted > limits.bodyBytes) return unreadable('too-long', isResponse, head);
  return { ok: true, message: messageOf(head.start, head.headers, bytes.subarray(end, end + wanted)) };
}

/** The start line may have empty lines before it (RFC 3261 7.5); a datagram of nothing else, or of zeros, keeps a way open. */
function startOf(bytes: Uint8Array): number {
  let at = 0;
  while (at < bytes.length && (bytes[at] === 13 || bytes[at] === 10 || bytes[at] === 0)) at += 1;
  return at;
}
