import { createECDH, createHash, createHmac, createPublicKey, diffieHellman, generateKeyPairSync } from 'node:crypto';

/** What both sides know of a DTLS 1.2 connection, and what follows from it. The cipher suite fixes the hash: SHA-256. */
export interface Secrets {
  readonly master: Buffer;
  readonly clientKey: Buffer;
  readonly serverKey: Buffer;
  readonly clientSalt: Buffer;
  readonly serverSalt: Buffer;
}

/** The pseudorandom function (RFC 5246 5). */
export function pseudorandom(secret: Uint8Array, label: string, seed: Uint8Array, length: number): Buffer {
  const labelled = Buffer.concat([Buffer.from(label, 'latin1'), seed]);
  const blocks: Buffer[] = [];
  let a: Uint8Array = labelled;
  for (let made = 0; made < length; made += 32) {
    a = createHmac('sha256', secret).update(a).digest();
    blocks.push(createHmac('sha256', secret).update(a).update(labelled).digest());
  }
  return Buffer.concat(blocks).subarray(0, length);
}

export function sha256(of: Uint8Array): Buffer {
  return createHash('sha256').update(of).digest();
}

/** The master secret that is bound to its handshake (RFC 7627 4), and the keys of AES-128-GCM (RFC 5246 6.3, RFC 5288 3). */
export function deriveSecrets(preMaster: Uint8Array, sessionHash: Uint8Array, clientRandom: Uint8Array, serverRandom: Uint8Array): Secrets {
  const master = pseudorandom(preMaster, 'extended master secret', sessionHash, 48);
  const block = pseudorandom(master, 'key expansion', Buffer.concat([serverRandom, clientRandom]), 40);
  return {
    master,
    clientKey: block.subarray(0, 16),
    serverKey: block.subarray(16, 32),
    clientSalt: block.subarray(32, 36),
    serverSalt: block.subarray(36, 40),
  };
}

/** What a Finished message proves (RFC 5246 7.4.9). */
export function verifyData(master: Uint8Array, label: 'client finished' | 'server finished', handshake: Uint8Array): Buffer {
  return pseudorandom(master, label, sha256(handshake), 12);
}

/** Groups that we know, the better one first (RFC 8422 5.1.1). */
export const GROUPS = { x25519: 29, secp256r1: 23 } as const;

export interface KeyShare {
  readonly group: number;
  readonly publicKey: Buffer;
  /** What the two keys have in common; throws where the other one is none. */
  readonly agree: (theirs: Buffer) => Buffer;
}

export function createKeyShare(offered: readonly number[]): KeyShare | undefined {
  if (offered.includes(GROUPS.x25519)) {
    const { privateKey, publicKey } = generateKeyPairSync('x25519');
    return {
      group: GROUPS.x25519,
      publicKey: Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url'),
      agree: (theirs) => diffieHellman({
        privateKey, publicKey: createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x: theirs.toString('base64url') }, format: 'jwk' }),
      }),
    };
  }
  if (offered.includes(GROUPS.secp256r1)) {
    const key = createECDH('prime256v1');
    return { group: GROUPS.secp256r1, publicKey: key.generateKeys(), agree: (theirs) => key.computeSecret(theirs) };
  }
  return undefined;
}
