import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';

/** A certificate that nobody else has signed, and its key: the peer knows it by the fingerprint in the SDP (RFC 8122, RFC 8827 6.5). */
export interface Identity {
  readonly certificate: Buffer;
  readonly privateKey: KeyObject;
  /** SHA-256, in pairs of upper-case digits with colons between (RFC 8122 5). */
  readonly fingerprint: string;
}

const DAY_MS = 86_400_000;

/** DER, as much as one certificate needs (X.690 8, 10). */
function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  const length = body.length < 0x80 ? Buffer.of(body.length)
    : body.length < 0x100 ? Buffer.of(0x81, body.length) : Buffer.of(0x82, body.length >>> 8, body.length & 0xff);
  return Buffer.concat([Buffer.of(tag), length, body]);
}

const SEQUENCE = 0x30;
const SET = 0x31;
/** 1.2.840.10045.4.3.2, ecdsa-with-SHA256. */
const ECDSA_WITH_SHA256 = der(SEQUENCE, der(0x06, Buffer.of(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02)));
/** 2.5.4.3, commonName. */
const COMMON_NAME = der(0x06, Buffer.of(0x55, 0x04, 0x03));
const NAME = der(SEQUENCE, der(SET, der(SEQUENCE, COMMON_NAME, der(0x0c, Buffer.from('WebRTC')))));
/** [0] { INTEGER 2 }: version 3. */
const VERSION_3 = der(0xa0, der(0x02, Buffer.of(2)));

/** UTCTime, good until 2049 (RFC 5280 4.1.2.5.1). */
function utcTime(at: Date): Buffer {
  return der(0x17, Buffer.from(`${at.toISOString().slice(2, 19).replaceAll(/[-:T]/g, '')}Z`));
}

/** Makes a fresh one, so that nobody can tell by it that two calls are of one server; it takes less than a millisecond. */
export function createIdentity(now: Date = new Date()): Identity {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const serial = randomBytes(16);
  // A positive number without leading zeros.
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40;
  const signed = der(
    SEQUENCE, VERSION_3, der(0x02, serial), ECDSA_WITH_SHA256, NAME,
    der(SEQUENCE, utcTime(new Date(now.getTime() - DAY_MS)), utcTime(new Date(now.getTime() + 30 * DAY_MS))),
    NAME, publicKey.export({ type: 'spki', format: 'der' }),
  );
  const signature = der(0x03, Buffer.of(0), sign('sha256', signed, privateKey));
  const certificate = der(SEQUENCE, signed, ECDSA_WITH_SHA256, signature);
  return { certificate, privateKey, fingerprint: fingerprintOf(certificate, 'sha256') };
}

/** Hashes that a fingerprint may be of. SHA-1 and MD5 are not among them (RFC 8122 5). */
const HASHES: ReadonlyMap<string, string> = new Map([['sha-256', 'sha256'], ['sha-384', 'sha384'], ['sha-512', 'sha512']]);

export interface Fingerprint {
  /** As SDP names it, such as `sha-256`. */
  readonly hash: string;
  readonly value: string;
}

function fingerprintOf(certificate: Uint8Array, hash: string): string {
  return [...createHash(hash).update(certificate).digest()].map((byte) => byte.toString(16).padStart(2, '0').toUpperCase()).join(':');
}

export function isUsable({ hash }: Fingerprint): boolean {
  return HASHES.has(hash.toLowerCase());
}

/** Whether the certificate is one that was announced: by one of the fingerprints that we can check (RFC 8122 5). */
export function isAnnounced(certificate: Uint8Array, fingerprints: readonly Fingerprint[]): boolean {
  return fingerprints.some(({ hash, value }) => {
    const ours = HASHES.get(hash.toLowerCase());
    return ours !== undefined && fingerprintOf(certificate, ours) === value.toUpperCase();
  });
}
