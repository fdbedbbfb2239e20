import { isUtf8 } from 'node:buffer';
import type { ReadFault, Unreadable } from './faults.ts';
import { isBlank, isDigits, isToken, skipBlanks, trimBlanks } from './grammar.ts';
import { Headers } from './headers.ts';
import { NO_BODY, type SipMessage } from './message.ts';
import { isUri } from './uri.ts';
import { topVia } from './via.ts';

/** How much is read of what comes. A browser's INVITE has about 8,000 bytes, most of them in its body. */
export interface ReadLimits {
  /** The start line and the header fields with the empty line after them. */
  readonly headBytes: number;
  /** One field, with the lines that it is folded into. */
  readonly fieldBytes: number;
  readonly fields: number;
  readonly bodyBytes: number;
}

export const READ_LIMITS: ReadLimits = { headBytes: 32_768, fieldBytes: 8192, fields: 200, bodyBytes: 65_536 };

/** A message but for its body, with the first fault of it: the lines after that are read all the same, for the answer. */
export interface Head {
  readonly start: StartLine | undefined;
  readonly headers: Headers;
  readonly fault: ReadFault | undefined;
}

export type StartLine =
  | { readonly kind: 'request'; readonly method: string; readonly uri: string }
  | { readonly kind: 'response'; readonly status: number; readonly reason: string };

const LF = 10;
const CR = 13;

/** The index after the empty line that ends the head; -1 if it is not there. Lines may end without CR. */
export function endOfHead(bytes: Uint8Array, from: number, to: number): number {
  for (let at = from; at < to; at += 1) {
    if (bytes[at] !== LF) continue;
    const next = bytes[at + 1] === CR ? at + 2 : at + 1;
    if (next < to && bytes[next] === LF) return next + 1;
  }
  return -1;
}

/** Header fields of which a message has one, so that everybody who reads it reads the same (RFC 4475 3.3.8, 3.3.9). */
const SINGLE = [
  'From', 'To', 'Call-ID', 'CSeq', 'Max-Forwards', 'Content-Length', 'Content-Type', 'Expires', 'Session-Expires',
  'RAck', 'RSeq', 'Refer-To', 'Replaces', 'Event',
];

/** Texts are UTF-8 (RFC 3261 7); old devices write names in Latin-1. */
function decode(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return buffer.toString(isUtf8(buffer) ? 'utf8' : 'latin1');
}

/** Reads what stands before the body, up to and with the empty line. */
export function readHead(bytes: Uint8Array, limits: ReadLimits): Head {
  const text = decode(bytes);
  const headers = new Headers();
  let fault: ReadFault | undefined = hasControl(text) ? 'control-character' : undefined;
  const lineEnd = text.indexOf('\n');
  const { start, fault: startFault } = readStartLine(text.slice(0, contentEnd(text, 0, lineEnd)));
  fault ??= startFault;
  let at = lineEnd + 1;
  // A line that goes on with the start line, which cannot be folded.
  if (isBlank(text.charCodeAt(at))) fault ??= 'start-line-broken';

  for (let fields = 0; at < text.length; fields += 1) {
    const from = at;
    let lf = text.indexOf('\n', at);
    let to = contentEnd(text, at, lf);
    if (to === from) break;
    if (fields === limits.fields) return { start, headers, fault: fault ?? 'too-many-fields' };
    at = lf + 1;
    let parts: string[] | undefined;
    // Lines that begin with a blank go on with the one before them (RFC 3261 7.3.1).
    while (isBlank(text.charCodeAt(at))) {
      parts ??= [text.slice(from, to)];
      lf = text.indexOf('\n', at);
      to = contentEnd(text, at, lf);
      parts.push(trimBlanks(text, at, to));
      at = lf + 1;
    }
    // Not even into the answer, which the sender of others may not have room for.
    if (lf - from > limits.fieldBytes) fault ??= 'too-long';
    else if (!(parts === undefined ? appendField(headers, text, from, to) : appendLine(headers, parts.join(' ')))) fault ??= 'field-broken';
  }
  for (const name of SINGLE) if (headers.count(name) > 1) fault ??= 'field-twice';
  return { start, headers, fault };
}

/** Where the content of a line ends whose LF stands there. */
function contentEnd(text: string, from: number, lf: number): number {
  return lf > from && text.charCodeAt(lf - 1) === CR ? lf - 1 : lf;
}

/** Whether there is a NUL that is not quoted, as display names may have it (RFC 4475 3.1.1.2), or a CR that ends no line. */
function hasControl(text: string): boolean {
  for (let at = text.indexOf('\0'); at !== -1; at = text.indexOf('\0', at + 1)) if (text[at - 1] !== '\\') return true;
  for (let at = text.indexOf('\r'); at !== -1; at = text.indexOf('\r', at + 1)) if (text.charCodeAt(at + 1) !== LF) return true;
  return false;
}

function appendField(headers: Headers, text: string, from: number, to: number): boolean {
  const colon = text.indexOf(':', from);
  if (colon === -1 || colon >= to) return false;
  let end = colon;
  while (end > from && isBlank(text.charCodeAt(end - 1))) end -= 1;
  const name = text.slice(from, end);
  if (!isToken(name)) return false;
  headers.append(name, trimBlanks(text, colon + 1, to));
  return true;
}

function appendLine(headers: Headers, line: string): boolean {
  return appendField(headers, line, 0, line.length);
}

interface StartLineRead {
  readonly start?: StartLine;
  readonly fault?: ReadFault;
}

/** More than one blank between the parts, and blanks at the end, are passed over (RFC 4475 3.1.2.9, 3.1.2.10). */
function readStartLine(line: string): StartLineRead {
  if (line.slice(0, 4).toUpperCase() === 'SIP/') return readStatusLine(line);
  const text = trimBlanks(line);
  const first = text.indexOf(' ');
  const last = text.lastIndexOf(' ');
  const method = text.slice(0, Math.max(0, first));
  const version = text.slice(last + 1).toUpperCase();
  if (first === last || !isToken(method) || !version.startsWith('SIP/')) return { fault: 'start-line-broken' };
  const uri = trimBlanks(text, first, last);
  const start: StartLine = { kind: 'request', method, uri };
  if (version !== 'SIP/2.0') return { start, fault: isVersion(version) ? 'version-unsupported' : 'start-line-broken' };
  return isUri(uri) ? { start } : { start, fault: 'uri-broken' };
}

/** RFC 3261 7.2. The phrase may be empty, and some leave out the space before it then. */
function readStatusLine(line: string): StartLineRead {
  const first = line.indexOf(' ');
  const version = line.slice(0, first === -1 ? line.length : first).toUpperCase();
  if (version !== 'SIP/2.0') return { fault: isVersion(version) ? 'version-unsupported' : 'start-line-broken' };
  const at = skipBlanks(line, first);
  const digits = line.slice(at, at + 3);
  const status = Number(digits);
  const hasEnd = line.length === at + 3 || isBlank(line.charCodeAt(at + 3));
  if (first === -1 || !isDigits(digits) || status < 100 || status > 699 || !hasEnd) return { fault: 'start-line-broken' };
  return { start: { kind: 'response', status, reason: trimBlanks(line, at + 3) } };
}

function isVersion(text: string): boolean {
  const dot = text.indexOf('.');
  return isDigits(text.slice(4, dot)) && isDigits(text.slice(dot + 1));
}

/** The number of bytes that Content-Length says; undefined without one, a fault if it says no number (RFC 4475 3.1.2.3). */
export function readContentLength(headers: Headers): number | undefined | ReadFault {
  const value = headers.get('Content-Length');
  if (value === undefined) return undefined;
  return isDigits(value) && value.length < 11 ? Number(value) : 'length-broken';
}

export function messageOf(start: StartLine, headers: Headers, body: Uint8Array): SipMessage {
  return start.kind === 'request'
    ? { kind: 'request', method: start.method, uri: start.uri, headers, body }
    : { kind: 'response', status: start.status, reason: start.reason, headers, body };
}

/** What of a message goes into the response to it (RFC 3261 8.2.6). */
const ANSWERED = ['From', 'To', 'Call-ID', 'CSeq', 'Timestamp'];

export function unreadable(why: ReadFault, isResponse: boolean, head?: Head): Unreadable {
  // An ACK is never answered (RFC 3261 17), and without a Via nobody knows where to.
  if (head?.start?.kind !== 'request' || head.start.method === 'ACK' || topVia(head.headers) === undefined) return { ok: false, why, isResponse };
  const headers = new Headers().copy(head.headers, 'Via');
  for (const name of ANSWERED) {
    const value = head.headers.get(name);
    if (value !== undefined) headers.append(name, value);
  }
  return { ok: false, why, isResponse, request: { kind: 'request', method: head.start.method, uri: head.start.uri, headers, body: NO_BODY } };
}
