import { Buffer } from 'node:buffer';

/** Keys of SRTP in the description itself (SDES, RFC 4568): as safe as the way that the description takes. */

export type CryptoSuite = 'AES_CM_128_HMAC_SHA1_80' | 'AES_CM_128_HMAC_SHA1_32' | 'AES_256_CM_HMAC_SHA1_80' | 'AEAD_AES_128_GCM' | 'AEAD_AES_256_GCM';

export interface CryptoLine {
  readonly tag: number;
  readonly suite: CryptoSuite;
  /** Master key and salt, one behind the other (RFC 4568 6.1). */
  readonly key: Uint8Array;
}

/** Bytes of key and salt: RFC 4568 6.2, RFC 6188 3, RFC 7714 14.2. */
const KEY_BYTES: Readonly<Record<CryptoSuite, number>> = {
  AES_CM_128_HMAC_SHA1_80: 30, AES_CM_128_HMAC_SHA1_32: 30, AES_256_CM_HMAC_SHA1_80: 46, AEAD_AES_128_GCM: 28, AEAD_AES_256_GCM: 44,
};

export const DEFAULT_SUITES: readonly CryptoSuite[] = ['AES_CM_128_HMAC_SHA1_80', 'AES_CM_128_HMAC_SHA1_32'];

const isSuite = (name: string): name is CryptoSuite => Object.hasOwn(KEY_BYTES, name);

/**
 * Reads the value of `a=crypto`. Undefined for what we cannot do as it asks: another suite, several keys or a key with an
 * identifier (MKI), and parameters that would change what is on the wire (RFC 4568 6.3); the window hint and the lifetime do not.
 */
export function readCrypto(value: string): CryptoLine | undefined {
  const [tag, suite, keys, ...parameters] = value.split(' ', 16).filter((part) => part !== '');
  if (tag === undefined || !/^\d{1,9}$/.test(tag) || suite === undefined || !isSuite(suite) || keys === undefined) return undefined;
  if (!keys.startsWith('inline:') || keys.includes(';')) return undefined;
  if (parameters.some((parameter) => !parameter.startsWith('WSH=') && !parameter.startsWith('-'))) return undefined;
  const [encoded = '', ...rest] = keys.slice('inline:'.length).split('|', 4);
  if (rest.some((part) => part.includes(':'))) return undefined;
  const key = new Uint8Array(Buffer.from(encoded, 'base64'));
  return key.length === KEY_BYTES[suite] ? { tag: Number(tag), suite, key } : undefined;
}

export function writeCrypto({ tag, suite, key }: CryptoLine): string {
  return `${tag} ${suite} inline:${Buffer.from(key).toString('base64')}`;
}

export function newCryptoLine(tag: number, suite: CryptoSuite, randomBytes: (count: number) => Uint8Array): CryptoLine {
  return { tag, suite, key: Uint8Array.from(randomBytes(KEY_BYTES[suite])) };
}
