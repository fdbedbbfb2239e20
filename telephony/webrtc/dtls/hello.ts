import { constants, sign, verify, X509Certificate, type KeyObject } from 'node:crypto';
import type { SrtpSuite } from '../../rtp/srtp-keys.ts';
import { readFields, u16, u8, vector16, vector24, vector8 } from './fields.ts';
import type { Identity } from './identity.ts';
import type { KeyShare } from './secrets.ts';
import { DTLS_1_2 } from './record.ts';

/** TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256: the suite that everybody who speaks WebRTC has (RFC 8827 6.5), and our only one. */
const SUITE = 0xc02b;
/** TLS_EMPTY_RENEGOTIATION_INFO_SCSV (RFC 5746 3.3). */
const RENEGOTIATION_SCSV = 0x00ff;

const EXTENSION = { supportedGroups: 10, pointFormats: 11, useSrtp: 14, extendedMasterSecret: 23, renegotiationInfo: 0xff01 } as const;

/**
 * How SRTP is ciphered (RFC 5764 4.1.2, RFC 7714 14.2). Both are sound; the one that everybody has (RFC 8827 6.5) comes first,
 * as its cipher lives as long as the call, while that of GCM has to be made anew for each packet.
 */
const SRTP_PROFILES: readonly SrtpProfile[] = [{ id: 0x0001, suite: 'AES_CM_128_HMAC_SHA1_80' }, { id: 0x0007, suite: 'AEAD_AES_128_GCM' }];

export interface SrtpProfile {
  readonly id: number;
  readonly suite: SrtpSuite;
}

const ECDSA_P256_SHA256 = 0x0403;
/** Signature algorithms that a browser's certificate may need (RFC 5246 7.4.1.4.1, RFC 8446 4.2.3). */
const SIGNATURES: ReadonlyMap<number, { readonly hash: string; readonly key: string; readonly padding?: number }> = new Map([
  [ECDSA_P256_SHA256, { hash: 'sha256', key: 'ec' }],
  [0x0503, { hash: 'sha384', key: 'ec' }],
  [0x0804, { hash: 'sha256', key: 'rsa', padding: constants.RSA_PKCS1_PSS_PADDING }],
  [0x0401, { hash: 'sha256', key: 'rsa', padding: constants.RSA_PKCS1_PADDING }],
]);

export interface ClientHello {
  readonly random: Buffer;
  readonly groups: readonly number[];
  readonly profile: SrtpProfile;
  readonly hasPointFormats: boolean;
  readonly isRenegotiationSafe: boolean;
}

function list16(vector: Buffer): number[] {
  return Array.from({ length: vector.length >> 1 }, (_, i) => vector.readUInt16BE(i * 2));
}

/** What the client offers (RFC 5246 7.4.1.2, RFC 6347 4.2.1); undefined where we have nothing in common or it is broken. */
export function readClientHello(body: Buffer): ClientHello | undefined {
  const fields = readFields(body);
  const version = fields.u16();
  const random = fields.bytes(32);
  fields.vector8();
  // The cookie: the address is proved by ICE, so we ask for none.
  fields.vector8();
  const suites = list16(fields.vector16());
  const compressions = fields.vector8();
  const extensions = readFields(fields.vector16());
  if (!fields.isWhole() || version > DTLS_1_2 || version >>> 8 !== 0xfe) return undefined;
  const found = new Map<number, Buffer>();
  while (extensions.left() > 0 && extensions.isWhole()) found.set(extensions.u16(), extensions.vector16());
  if (!extensions.isWhole()) return undefined;

  const groups = list16(readFields(found.get(EXTENSION.supportedGroups) ?? Buffer.alloc(0)).vector16());
  const profiles = list16(readFields(found.get(EXTENSION.useSrtp) ?? Buffer.alloc(0)).vector16());
  const profile = SRTP_PROFILES.find(({ id }) => profiles.includes(id));
  // Without the extended master secret a man in the middle can make two connections agree on their keys (RFC 7627 1).
  const isBound = found.has(EXTENSION.extendedMasterSecret);
  if (profile === undefined || !isBound || !suites.includes(SUITE) || !compressions.includes(0)) return undefined;
  return {
    random, groups, profile,
    hasPointFormats: found.has(EXTENSION.pointFormats),
    isRenegotiationSafe: found.has(EXTENSION.renegotiationInfo) || suites.includes(RENEGOTIATION_SCSV),
  };
}

function extension(type: number, ...body: readonly Uint8Array[]): Buffer {
  return Buffer.concat([u16(type), vector16(...body)]);
}

/** RFC 5246 7.4.1.3. */
export function writeServerHello(hello: ClientHello, random: Uint8Array): Buffer {
  const extensions = [extension(EXTENSION.extendedMasterSecret), extension(EXTENSION.useSrtp, vector16(u16(hello.profile.id)), u8(0))];
  if (hello.isRenegotiationSafe) extensions.push(extension(EXTENSION.renegotiationInfo, u8(0)));
  if (hello.hasPointFormats) extensions.push(extension(EXTENSION.pointFormats, vector8(u8(0))));
  return Buffer.concat([u16(DTLS_1_2), random, u8(0), u16(SUITE), u8(0), vector16(...extensions)]);
}

/** RFC 5246 7.4.2. */
export function writeCertificate({ certificate }: Identity): Buffer {
  return vector24(vector24(certificate));
}

/** Our half of the key, signed with both randoms so that it is good for this connection only (RFC 8422 5.4). */
export function writeKeyExchange({ privateKey }: Identity, { group, publicKey }: KeyShare, clientRandom: Uint8Array, serverRandom: Uint8Array): Buffer {
  const named = Buffer.concat([u8(3), u16(group), vector8(publicKey)]);
  const signature = sign('sha256', Buffer.concat([clientRandom, serverRandom, named]), privateKey);
  return Buffer.concat([named, u16(ECDSA_P256_SHA256), vector16(signature)]);
}

/** Certificates of ECDSA and RSA keys, of whomever (RFC 5246 7.4.4). */
export function writeCertificateRequest(): Buffer {
  return Buffer.concat([vector8(Buffer.of(64, 1)), vector16(...[...SIGNATURES.keys()].map(u16)), u16(0)]);
}

/** The client's own certificate, the first of its list. */
export function readCertificate(body: Buffer): Buffer | undefined {
  const fields = readFields(body);
  const first = readFields(fields.vector24()).vector24();
  return fields.isWhole() && first.length > 0 ? first : undefined;
}

/** The client's half of the key (RFC 8422 5.7). */
export function readKeyExchange(body: Buffer): Buffer | undefined {
  const fields = readFields(body);
  const key = fields.vector8();
  return fields.isWhole() && key.length > 0 ? key : undefined;
}

/** Whether who speaks has the certificate's key: a signature over all that was said so far (RFC 5246 7.4.8). */
export function isSignedBy(certificate: Uint8Array, body: Buffer, handshake: Uint8Array): boolean {
  const fields = readFields(body);
  const algorithm = SIGNATURES.get(fields.u16());
  const signature = fields.vector16();
  if (!fields.isWhole() || algorithm === undefined) return false;
  try {
    const key: KeyObject = new X509Certificate(certificate).publicKey;
    if (key.asymmetricKeyType !== algorithm.key) return false;
    return verify(algorithm.hash, handshake, algorithm.padding === undefined ? key : { key, padding: algorithm.padding, saltLength: 32 }, signature);
  } catch {
    // A certificate that is none is nobody's.
    return false;
  }
}
