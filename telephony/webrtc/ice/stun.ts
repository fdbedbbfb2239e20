import { createHmac, timingSafeEqual } from 'node:crypto';
import { isIPv4, isIPv6 } from 'node:net';
import { crc32 } from 'node:zlib';

/** A binding request (RFC 8489, RFC 8445 7.1), as far as the passive side of ICE needs it. */
export interface BindingRequest {
  readonly transaction: Buffer;
  /** The user name: the fragment of who is asked, a colon, the fragment of who asks. */
  readonly asked: string;
  readonly asking: string;
  /** Whoever decides for this way takes it (RFC 8445 8.1.1). */
  readonly isNominating: boolean;
  /** It believes that we decide, which we never do (RFC 8445 7.3.1.1). */
  readonly isControlled: boolean;
  /** Attributes that it insists on and we do not know (RFC 8489 6.3.1). */
  readonly unknown: readonly number[];
  /** Whether its sender has the password. */
  readonly isIntact: (password: string) => boolean;
}

export interface Source {
  readonly address: string;
  readonly port: number;
}

const HEADER = 20;
const COOKIE = 0x2112a442;
const TYPE = { request: 0x0001, success: 0x0101, error: 0x0111 } as const;
const ATTRIBUTE = {
  username: 0x0006, messageIntegrity: 0x0008, errorCode: 0x0009, unknownAttributes: 0x000a, xorMappedAddress: 0x0020, priority: 0x0024, useCandidate: 0x0025,
  fingerprint: 0x8028, iceControlled: 0x8029, iceControlling: 0x802a,
} as const;
/** What we need not understand has its highest bit set (RFC 8489 14). */
const OPTIONAL = 0x8000;
const KNOWN: ReadonlySet<number> = new Set(Object.values(ATTRIBUTE));
const FINGERPRINT_XOR = 0x5354554e;
/** A browser's request has some 100 bytes. */
const MOST_BYTES = 576;
/** RFC 8445 5.3 allows 256 characters to each side. */
const MOST_USERNAME = 513;

/** Reads a binding request; undefined for whatever else it may be. */
export function readBindingRequest(datagram: Buffer): BindingRequest | undefined {
  const { length } = datagram;
  if (length < HEADER || length > MOST_BYTES || datagram.readUInt16BE(0) !== TYPE.request) return undefined;
  if (datagram.readUInt16BE(2) !== length - HEADER || length % 4 !== 0 || datagram.readUInt32BE(4) !== COOKIE) return undefined;
  let username = '';
  let integrityAt = 0;
  let isNominating = false;
  let isControlled = false;
  const unknown: number[] = [];
  for (let at = HEADER; at + 4 <= length;) {
    const type = datagram.readUInt16BE(at);
    const size = datagram.readUInt16BE(at + 2);
    const value = at + 4;
    if (value + size > length) return undefined;
    if (type === ATTRIBUTE.fingerprint) {
      // It is the last one (RFC 8489 14.7).
      if (size !== 4 || value + 4 !== length || datagram.readUInt32BE(value) !== checksum(datagram.subarray(0, at))) return undefined;
    } else if (integrityAt !== 0) {
      // What comes behind the integrity is nobody's word (RFC 8489 14.5).
    } else if (type === ATTRIBUTE.username) {
      if (size > MOST_USERNAME) return undefined;
      username = datagram.toString('latin1', value, value + size);
    } else if (type === ATTRIBUTE.messageIntegrity) {
      if (size !== 20) return undefined;
      integrityAt = at;
    } else if (type === ATTRIBUTE.useCandidate) isNominating = true;
    else if (type === ATTRIBUTE.iceControlled) isControlled = true;
    else if (type < OPTIONAL && !KNOWN.has(type)) unknown.push(type);
    at = value + size + ((4 - (size % 4)) % 4);
  }
  const colon = username.indexOf(':');
  if (colon === -1 || integrityAt === 0) return undefined;
  return {
    transaction: datagram.subarray(8, HEADER),
    asked: username.slice(0, colon),
    asking: username.slice(colon + 1),
    isNominating, isControlled, unknown,
    isIntact: (password) => timingSafeEqual(integrity(datagram.subarray(0, integrityAt), password), datagram.subarray(integrityAt + 4, integrityAt + 24)),
  };
}

/** Tells who asked where it comes from (RFC 8489 14.2). */
export function writeBindingSuccess({ transaction }: BindingRequest, from: Source, password: string): Buffer {
  return close(TYPE.success, transaction, [attribute(ATTRIBUTE.xorMappedAddress, mapped(from, transaction))], password);
}

export function writeRoleConflict({ transaction }: BindingRequest, password: string): Buffer {
  return close(TYPE.error, transaction, [errorCode(487, 'Role Conflict')], password);
}

export function writeUnknownAttributes({ transaction, unknown }: BindingRequest, password: string): Buffer {
  const list = Buffer.alloc(unknown.length * 2);
  unknown.forEach((type, i) => list.writeUInt16BE(type, i * 2));
  return close(TYPE.error, transaction, [errorCode(420, 'Unknown Attribute'), attribute(ATTRIBUTE.unknownAttributes, list)], password);
}

/** For tests, and for whoever has to ask. */
export function writeBindingRequest(
  transaction: Uint8Array, username: string, password: string, options: { readonly isNominating?: boolean; readonly isControlled?: boolean } = {},
): Buffer {
  const attributes = [
    attribute(ATTRIBUTE.username, Buffer.from(username, 'latin1')),
    attribute(ATTRIBUTE.priority, Buffer.of(0x6e, 0xff, 0xff, 0xff)),
    attribute(options.isControlled === true ? ATTRIBUTE.iceControlled : ATTRIBUTE.iceControlling, Buffer.alloc(8, 7)),
  ];
  if (options.isNominating === true) attributes.push(attribute(ATTRIBUTE.useCandidate, Buffer.alloc(0)));
  return close(TYPE.request, transaction, attributes, password);
}

function attribute(type: number, value: Uint8Array): Buffer {
  const made = Buffer.alloc(4 + value.length + ((4 - (value.length % 4)) % 4));
  made.writeUInt16BE(type, 0);
  made.writeUInt16BE(value.length, 2);
  made.set(value, 4);
  return made;
}

/** RFC 8489 14.8. */
function errorCode(code: number, reason: string): Buffer {
  return attribute(ATTRIBUTE.errorCode, Buffer.concat([Buffer.of(0, 0, Math.floor(code / 100), code % 100), Buffer.from(reason)]));
}

/** The address, disguised so that no gateway on the way rewrites it. */
function mapped({ address, port }: Source, transaction: Uint8Array): Buffer {
  const bytes = addressBytes(address);
  const made = Buffer.alloc(4 + bytes.length);
  made[1] = bytes.length === 4 ? 1 : 2;
  made.writeUInt16BE(port ^ (COOKIE >>> 16), 2);
  const mask = Buffer.alloc(16);
  mask.writeUInt32BE(COOKIE, 0);
  mask.set(transaction, 4);
  for (let i = 0; i < bytes.length; i += 1) made[4 + i] = (bytes[i] ?? 0) ^ (mask[i] ?? 0);
  return made;
}

function addressBytes(from: string): number[] {
  // A socket for both families sees IPv4 so (RFC 4291 2.5.5.2), which who asks knows nothing of.
  const address = from.startsWith('::ffff:') ? from.slice(7) : from;
  if (isIPv4(address)) return address.split('.').map(Number);
  const bare = address.split('%')[0] ?? '';
  if (!isIPv6(bare)) return [0, 0, 0, 0];
  const [head = '', tail] = bare.split('::');
  const groups = (text: string): number[] => (text === '' ? [] : text.split(':').flatMap((group) => {
    if (group.includes('.')) return group.split('.').map(Number);
    const value = Number.parseInt(group, 16);
    return [value >>> 8, value & 0xff];
  }));
  const first = groups(head);
  const last = tail === undefined ? [] : groups(tail);
  return [...first, ...Array.from({ length: Math.max(0, 16 - first.length - last.length) }, () => 0), ...last];
}

function start(type: number, transaction: Uint8Array, length: number): Buffer {
  const made = Buffer.alloc(HEADER);
  made.writeUInt16BE(type, 0);
  made.writeUInt16BE(length, 2);
  made.writeUInt32BE(COOKIE, 4);
  made.set(transaction, 8);
  return made;
}

/** Adds integrity and checksum; each of them is over a header that counts it in (RFC 8489 14.5, 14.7). */
function close(type: number, transaction: Uint8Array, attributes: readonly Buffer[], password: string): Buffer {
  const body = Buffer.concat(attributes);
  const signed = Buffer.concat([start(type, transaction, body.length), body]);
  const proved = Buffer.concat([signed, attribute(ATTRIBUTE.messageIntegrity, integrity(signed, password))]);
  proved.writeUInt16BE(proved.length - HEADER + 8, 2);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(checksum(proved), 0);
  return Buffer.concat([proved, attribute(ATTRIBUTE.fingerprint, sum)]);
}

function integrity(upTo: Uint8Array, password: string): Buffer {
  const counted = Buffer.from(upTo);
  counted.writeUInt16BE(upTo.length - HEADER + 24, 2);
  return createHmac('sha1', password).update(counted).digest();
}

function checksum(upTo: Uint8Array): number {
  return (crc32(upTo) ^ FINGERPRINT_XOR) >>> 0;
}
