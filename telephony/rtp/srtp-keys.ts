import { createCipheriv, randomBytes } from 'node:crypto';

/** The protection of a stream, by its name in SDP (RFC 4568 6.2, RFC 7714 14.2), best first. */
export const SRTP_SUITES = ['AEAD_AES_256_GCM', 'AEAD_AES_128_GCM', 'AES_CM_128_HMAC_SHA1_80', 'AES_CM_128_HMAC_SHA1_32'] as const;
export type SrtpSuite = (typeof SRTP_SUITES)[number];

export interface SuiteSizes {
  readonly isAead: boolean;
  readonly keyBytes: number;
  readonly saltBytes: number;
  readonly tagBytes: number;
  /** RTCP keeps the long tag, though RTP has the short one (RFC 4568 6.2.2). */
  readonly controlTagBytes: number;
}

const SIZES: Readonly<Record<SrtpSuite, SuiteSizes>> = {
  AEAD_AES_256_GCM: { isAead: true, keyBytes: 32, saltBytes: 12, tagBytes: 16, controlTagBytes: 16 },
  AEAD_AES_128_GCM: { isAead: true, keyBytes: 16, saltBytes: 12, tagBytes: 16, controlTagBytes: 16 },
  AES_CM_128_HMAC_SHA1_80: { isAead: false, keyBytes: 16, saltBytes: 14, tagBytes: 10, controlTagBytes: 10 },
  AES_CM_128_HMAC_SHA1_32: { isAead: false, keyBytes: 16, saltBytes: 14, tagBytes: 4, controlTagBytes: 10 },
};

export function sizesOf(suite: SrtpSuite): SuiteSizes {
  return SIZES[suite];
}

/** The keys of one direction of RTP, or of RTCP. */
export interface SessionKeys {
  readonly key: Uint8Array;
  readonly salt: Uint8Array;
  /** Of no bytes where the cipher authenticates by itself. */
  readonly auth: Uint8Array;
}

const AUTH_BYTES = 20;

/** Derives one key: AES in counter mode with the master salt, into which the label goes (RFC 3711 4.3.1, 4.3.3; RFC 6188 3 for 256 bits). */
export function deriveKey(masterKey: Uint8Array, masterSalt: Uint8Array, label: number, bytes: number): Uint8Array {
  // A salt of 96 bits stands at the front of the 112 (RFC 7714 11); the last two bytes count blocks.
  const counter = new Uint8Array(16);
  counter.set(masterSalt);
  counter[7] = (counter[7] ?? 0) ^ label;
  const cipher = createCipheriv(masterKey.length === 32 ? 'aes-256-ctr' : 'aes-128-ctr', masterKey, counter);
  return new Uint8Array(cipher.update(new Uint8Array(bytes)));
}

/** The keys of RTP and RTCP of one direction, of its master key with the salt behind it (RFC 3711 4.3.2). */
export function deriveSessionKeys(suite: SrtpSuite, keySalt: Uint8Array): { readonly rtp: SessionKeys; readonly rtcp: SessionKeys } {
  const { isAead, keyBytes, saltBytes } = sizesOf(suite);
  if (keySalt.length !== keyBytes + saltBytes) throw new RangeError(`${suite} has a key and salt of ${keyBytes + saltBytes} bytes, not ${keySalt.length}.`);
  const key = keySalt.subarray(0, keyBytes);
  const salt = keySalt.subarray(keyBytes);
  const keysFrom = (label: number): SessionKeys => ({
    key: deriveKey(key, salt, label, keyBytes),
    auth: deriveKey(key, salt, label + 1, isAead ? 0 : AUTH_BYTES),
    salt: deriveKey(key, salt, label + 2, saltBytes),
  });
  return { rtp: keysFrom(0), rtcp: keysFrom(3) };
}

export function makeMasterKey(suite: SrtpSuite): Uint8Array {
  const { keyBytes, saltBytes } = sizesOf(suite);
  return randomBytes(keyBytes + saltBytes);
}

/** A line `a=crypto` of SDP (RFC 4568 9.1): which protection, and the key of the one who writes it. */
export interface CryptoAttribute {
  readonly tag: number;
  readonly suite: SrtpSuite;
  /** The master key with the salt behind it. */
  readonly keySalt: Uint8Array;
}

const MAX_ATTRIBUTE = 512;

function isSuite(name: string): name is SrtpSuite {
  return SRTP_SUITES.some((suite) => suite === name);
}

/**
 * Reads what stands behind `a=crypto:`. Undefined for what cannot be used as it is meant, and is to be passed over then (RFC 4568 5.1.2):
 * unknown suites, several keys, a master key identifier, and parameters that change the protection.
 */
export function parseCryptoAttribute(value: string): CryptoAttribute | undefined {
  if (value.length > MAX_ATTRIBUTE) return undefined;
  const [tagText = '', suite = '', keyText = '', ...parameters] = value.trim().split(' ').filter((part) => part !== '');
  if (!/^\d{1,9}$/.test(tagText) || !isSuite(suite)) return undefined;
  // A hint for the replay window asks for nothing that is not done anyway (RFC 4568 6.3.6); the others cannot be passed over.
  if (!parameters.every((parameter) => parameter.startsWith('WSH=') || parameter.startsWith('-'))) return undefined;
  if (!keyText.toLowerCase().startsWith('inline:') || keyText.includes(';')) return undefined;
  const [encoded = '', ...rest] = keyText.slice('inline:'.length).split('|');
  // Behind the key stand its lifetime, which has no colon, and its identifier, which has one (RFC 4568 6.1).
  if (rest.length > 1 || rest.some((part) => part.includes(':'))) return undefined;
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(encoded)) return undefined;
  const keySalt = Buffer.from(encoded, 'base64');
  const { keyBytes, saltBytes } = sizesOf(suite);
  return keySalt.length === keyBytes + saltBytes ? { tag: Number(tagText), suite, keySalt } : undefined;
}

/** What stands behind `a=crypto:`. */
export function makeCryptoAttribute({ tag, suite, keySalt }: CryptoAttribute): string {
  return `${tag} ${suite} inline:${Buffer.from(keySalt).toString('base64')}`;
}
