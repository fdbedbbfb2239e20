import { createHmac, timingSafeEqual, type Hmac } from 'node:crypto';

/** The parts of an `auth-v2` Authorization header (4.3), none of them trusted yet. */
export interface ParsedAuthorization {
  accessKey: string;
  /** The timestamp verbatim: it is part of what was signed. */
  timestampText: string;
  timestamp: number;
  /** The names in the order and spelling of the header: they are part of what was signed. */
  signedHeaders: string[];
  signature: string;
}

export interface SigningRequest {
  accessKey: string;
  secretKey: string;
  method: string;
  /** The path with its query as sent. */
  url: string;
  /** The headers to sign, `host` among them. */
  headers: Readonly<Record<string, string>>;
  body: Uint8Array | string;
  at: Date;
  withMilliseconds?: boolean;
}

export interface VerifyingRequest {
  parsed: ParsedAuthorization;
  secretKey: string;
  method: string;
  /** The request target as received, such as Node's `request.url`. */
  rawUrl: string;
  /** The received value of a header by its lower-case name, a list where it came several times. */
  header: (name: string) => string | readonly string[] | undefined;
  /** The bytes received, never JSON written anew. */
  body: Uint8Array;
}

const SCHEME = 'auth-v2';
const LONGEST_HEADER = 2048;
const LONGEST_ACCESS_KEY = 128;
const LONGEST_HEADER_NAME = 64;
const MOST_SIGNED_HEADERS = 32;

const PERCENT = 0x25;
const PLUS = 0x2b;
const HEX_DIGITS = '0123456789ABCDEF';

// Per byte: its normalised text (4.3, `PathUtils.normalize` with the percent sign the listing lost), the same text
// packed little-endian into a word, and its length. One unaligned word is written a byte, which measures a third faster
// than three.
const encodedText: string[] = [];
const encodedWord = new Uint32Array(256);
const encodedLength = new Uint8Array(256);
const hexValue = new Int8Array(256).fill(-1);
const isTokenCharacter = new Uint8Array(128);

function isAlphanumeric(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);
}

for (let byte = 0; byte < 256; byte++) {
  const character = String.fromCharCode(byte);
  const text = isAlphanumeric(byte) || '-._~'.includes(character)
    ? character
    : `%${HEX_DIGITS.charAt(byte >> 4)}${HEX_DIGITS.charAt(byte & 15)}`;
  encodedText.push(text);
  encodedWord[byte] = Buffer.from(text.padEnd(4, '\0'), 'latin1').readUInt32LE();
  encodedLength[byte] = text.length;
}
for (let digit = 0; digit < 16; digit++) {
  hexValue[HEX_DIGITS.charCodeAt(digit)] = digit;
  hexValue[HEX_DIGITS.toLowerCase().charCodeAt(digit)] = digit;
}
for (let code = 0; code < 128; code++) {
  // The token of RFC 9110 5.6.2; it holds neither `;` nor `/`, which separate here.
  isTokenCharacter[code] = isAlphanumeric(code) || "!#$%&'*+-.^_`|~".includes(String.fromCharCode(code)) ? 1 : 0;
}

// The body is normalised piece by piece into one buffer kept for the purpose: verifying is synchronous, so it is never
// shared.
const PIECE = 16 * 1024;
const scratch = Buffer.allocUnsafeSlow(PIECE * 3 + 4);
const scratchView = new DataView(scratch.buffer, scratch.byteOffset, scratch.length);

function feedNormalized(body: Uint8Array, macs: readonly Hmac[]): void {
  for (let from = 0; from < body.length; from += PIECE) {
    const to = Math.min(from + PIECE, body.length);
    let length = 0;
    for (let index = from; index < to; index++) {
      const byte = body[index] ?? 0;
      scratchView.setUint32(length, encodedWord[byte] ?? 0, true);
      length += encodedLength[byte] ?? 0;
    }
    const piece = scratch.subarray(0, length);
    for (const mac of macs) mac.update(piece);
  }
}

function normalize(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += encodedText[byte] ?? '';
  return text;
}

/** Decodes one name or value of a raw query and normalises it. A broken escape stands for itself. */
function normalizeQueryText(bytes: Uint8Array): string {
  let text = '';
  for (let index = 0; index < bytes.length; index++) {
    let byte = bytes[index] ?? 0;
    if (byte === PLUS) {
      byte = 0x20;
    } else if (byte === PERCENT) {
      const high = hexValue[bytes[index + 1] ?? 0] ?? -1;
      const low = hexValue[bytes[index + 2] ?? 0] ?? -1;
      if (high >= 0 && low >= 0) {
        byte = high * 16 + low;
        index += 2;
      }
    }
    text += encodedText[byte] ?? '';
  }
  return text;
}

function canonicalizeQuery(query: string, bytesOf: (text: string) => Buffer): string {
  const pairs = new Set<string>();
  for (const part of query.split('&')) {
    if (part === '') continue;
    const equals = part.indexOf('=');
    const name = equals < 0 ? part : part.slice(0, equals);
    const value = equals < 0 ? '' : part.slice(equals + 1);
    pairs.add(`${normalizeQueryText(bytesOf(name))}=${normalizeQueryText(bytesOf(value))}`);
  }
  return [...pairs].toSorted().join('&');
}

/** The request target as 4.3 splits it. The path is not normalised; it is a latin1 string, a character a byte. */
function splitTarget(target: string, bytesOf: (text: string) => Buffer): { path: string; query: string } {
  const mark = target.indexOf('?');
  const path = bytesOf(mark < 0 ? target : target.slice(0, mark)).toString('latin1');
  return {
    path: path.startsWith('/') ? path : `/${path}`,
    query: mark < 0 ? '' : canonicalizeQuery(target.slice(mark + 1), bytesOf),
  };
}

function canonicalizeHeaders(fields: readonly (readonly [name: string, normalizedValue: string])[]): string {
  const records = new Set(fields.map(([name, value]) => `${normalize(Buffer.from(name, 'latin1'))}:${value}`));
  return [...records].toSorted().join('\n');
}

/** Java's `String.trim`, which the signing class uses: it strips every character up to U+0020 and no other. */
function trimAsJava(value: string): string {
  let from = 0;
  let to = value.length;
  while (from < to && value.charCodeAt(from) <= 0x20) from++;
  while (to > from && value.charCodeAt(to - 1) <= 0x20) to--;
  return value.slice(from, to);
}

function encodeUtf8(text: string): Buffer {
  return Buffer.from(text, 'utf8');
}

/**
 * The UTF-8 bytes a client signed, from the latin1 string Node makes of what it sent. Bytes that are UTF-8 are those
 * bytes; any others came from a client that sends ISO 8859-1 (RFC 9110 5.5 allows obs-text) but signs the text's UTF-8.
 */
function recoverUtf8(received: string): Buffer {
  let bits = 0;
  for (let index = 0; index < received.length; index++) bits |= received.charCodeAt(index);
  if (bits > 0xff) return encodeUtf8(received);
  const wire = Buffer.from(received, 'latin1');
  if (bits < 0x80 || encodeUtf8(wire.toString('utf8')).equals(wire)) return wire;
  return encodeUtf8(received);
}

function capitalize(name: string): string {
  return name.split('-').map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('-');
}

/** 4.3's `SigningKey`: the lower-case hexadecimal text, which is itself, as text, the key of the second HMAC. */
export function deriveSigningKey(secretKey: string, prefix: string): string {
  return createHmac('sha256', secretKey).update(prefix, 'utf8').digest('hex');
}

/** One signature a head, each over its head and the normalised body, which is normalised once for all of them. */
function computeSignatures(signingKey: string, heads: readonly string[], body: Uint8Array): string[] {
  const macs = heads.map((head) => createHmac('sha256', signingKey).update(head, 'latin1'));
  feedNormalized(body, macs);
  return macs.map((mac) => mac.digest('hex'));
}

/** The value of the Authorization header (4.3, 9.1.2). It throws on what no caller may sign. */
export function sign(request: SigningRequest): string {
  const fields = Object.entries(request.headers).map(([name, value]) => {
    return [name.toLowerCase(), normalize(encodeUtf8(trimAsJava(value)))] as const;
  });
  const names = [...new Set(fields.map(([name]) => name))].toSorted();
  if (!names.includes('host')) throw new Error('auth-v2 needs host among the signed headers');
  if (names.includes('authorization')) throw new Error('auth-v2 cannot sign the authorization header');

  const iso = request.at.toISOString();
  const timestamp = request.withMilliseconds === true ? iso : `${iso.slice(0, 19)}Z`;
  const signedHeaders = names.join(';');
  const prefix = `${SCHEME}/${request.accessKey}/${timestamp}/${signedHeaders}`;
  const { path, query } = splitTarget(request.url, encodeUtf8);
  const queryLine = query === '' ? '' : `${query}\n`;
  const canonicalHeaders = canonicalizeHeaders(fields);
  const head = `${request.method.toUpperCase()}\n${path}\n${queryLine}${signedHeaders}\n${canonicalHeaders}\n`;
  const body = typeof request.body === 'string' ? encodeUtf8(request.body) : request.body;
  const [signature] = computeSignatures(deriveSigningKey(request.secretKey, prefix), [head], body);
  return `${prefix}/${signature}`;
}

/** `yyyy-MM-ddTHH:mm:ssZ`, with or without `.SSS`, as milliseconds: 4.3's code prints them, 9.1.2's does not. */
function parseTimestamp(text: string): number | undefined {
  const full = text.length === 20 && text.endsWith('Z') ? `${text.slice(0, 19)}.000Z` : text;
  if (full.length !== 24) return undefined;
  const milliseconds = Date.parse(full);
  // Date.parse reads more than this one form and rolls 30 February over, so only what comes back the same is a date.
  if (Number.isNaN(milliseconds) || new Date(milliseconds).toISOString() !== full) return undefined;
  return milliseconds;
}

function isAccessKey(text: string): boolean {
  if (text === '' || text.length > LONGEST_ACCESS_KEY) return false;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code <= 0x20 || code >= 0x7f) return false;
  }
  return true;
}

function isHeaderName(text: string): boolean {
  if (text === '' || text.length > LONGEST_HEADER_NAME) return false;
  for (let index = 0; index < text.length; index++) {
    if (isTokenCharacter[text.charCodeAt(index)] !== 1) return false;
  }
  return true;
}

function isSignature(text: string): boolean {
  if (text.length !== 64) return false;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (!((code >= 0x30 && code <= 0x39) || (code >= 0x61 && code <= 0x66))) return false;
  }
  return true;
}

/** Takes an Authorization header apart; `undefined` when it is not a well-formed `auth-v2` one. */
export function parseAuthorization(header: string | undefined): ParsedAuthorization | undefined {
  if (header === undefined || header.length > LONGEST_HEADER) return undefined;
  const parts = header.split('/');
  const [scheme, accessKey, timestampText, names, signature] = parts;
  if (parts.length !== 5 || scheme !== SCHEME) return undefined;
  if (accessKey === undefined || timestampText === undefined || names === undefined || signature === undefined) {
    return undefined;
  }
  const timestamp = parseTimestamp(timestampText);
  const signedHeaders = names.split(';');
  if (timestamp === undefined || signedHeaders.length > MOST_SIGNED_HEADERS) return undefined;
  if (!isAccessKey(accessKey) || !signedHeaders.every(isHeaderName) || !isSignature(signature)) return undefined;
  return { accessKey, timestampText, timestamp, signedHeaders, signature };
}

/** The signed headers as received, lower-case name and normalised value; `undefined` when the list must be refused. */
function collectFields(request: VerifyingRequest): (readonly [string, string])[] | undefined {
  const fields: (readonly [string, string])[] = [];
  const names = new Set(request.parsed.signedHeaders.map((name) => name.toLowerCase()));
  if (!names.has('host') || names.has('authorization')) return undefined;
  for (const name of names) {
    const received = request.header(name);
    const lines = typeof received === 'string' ? [received] : (received ?? []);
    // Two Host lines must be refused (RFC 9112 3.2); other repeated fields mean their list (RFC 9110 5.3).
    if (lines.length === 0 || (name === 'host' && lines.length > 1)) return undefined;
    fields.push([name, normalize(recoverUtf8(trimAsJava(lines.join(', '))))]);
  }
  return fields;
}

/** The texts before the body (4.3, CanonicalRequest) that may have been signed, the less likely ones only on demand. */
function prepareHeads(
  request: VerifyingRequest,
  fields: readonly (readonly [string, string])[],
): { likeliest: string; listOthers: () => string[] } {
  const { path, query } = splitTarget(request.rawUrl, recoverUtf8);
  const start = `${request.method.toUpperCase()}\n${path}\n`;
  const queryLine = query === '' ? '' : `${query}\n`;
  const signedHeaders = request.parsed.signedHeaders.join(';');
  const write = (rename: (name: string) => string, line: string): string =>
    `${start}${line}${signedHeaders}\n${canonicalizeHeaders(fields.map(([name, value]) => [rename(name), value]))}\n`;
  const likeliest = write((name) => name, queryLine);
  /**
   * The at most three others that an honest client may have signed. The reference's formula always writes a query line,
   * its code only where there is a query; both are in use. Its class does not lower-case the names within
   * CanonicalHeaders, and calls them `Content-Length`, `Content-Type` and `host` (4.3, SignInfo); others write `Host`.
   */
  const listOthers = (): string[] => {
    const others = new Set([write((name) => (name === 'host' ? name : capitalize(name)), queryLine)]);
    others.add(write(capitalize, queryLine));
    if (query === '') others.add(write((name) => name, '\n'));
    others.delete(likeliest);
    return [...others];
  };
  return { likeliest, listOthers };
}

/**
 * Whether the request was signed with this secret. It decides nothing about the age of the timestamp, about replay, or
 * about whether the access key may still be used.
 */
export function verify(request: VerifyingRequest): boolean {
  const { parsed, secretKey, body } = request;
  // Java refuses an empty key, so no client has one; a secret that is missing here must not let anybody in.
  if (secretKey === '' || !isSignature(parsed.signature)) return false;
  const fields = collectFields(request);
  if (fields === undefined) return false;
  const prefix = `${SCHEME}/${parsed.accessKey}/${parsed.timestampText}/${parsed.signedHeaders.join(';')}`;
  const signingKey = deriveSigningKey(secretKey, prefix);
  const claimed = Buffer.from(parsed.signature, 'latin1');
  const isClaimed = (signature: string): boolean => timingSafeEqual(Buffer.from(signature, 'latin1'), claimed);
  const { likeliest, listOthers } = prepareHeads(request, fields);
  if (computeSignatures(signingKey, [likeliest], body).some(isClaimed)) return true;
  // The others share one pass over the body, so that a wrong signature normalises it twice and not once a candidate.
  return computeSignatures(signingKey, listOthers(), body).some(isClaimed);
}
