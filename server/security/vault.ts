import { createCipheriv, createDecipheriv, createHash, createHmac, hash, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';

/** Keeps secrets that must be shown or used again: AES-256-GCM, each bound to what it belongs to. */
export interface Vault {
  readonly seal: (secret: string, belongsTo: string) => Buffer;
  readonly open: (sealed: Uint8Array, belongsTo: string) => string;
  /** Always the same for the same secret, so that a row can be found by it; tells nothing to whoever lacks the key. */
  readonly fingerprint: (secret: string, belongsTo: string) => string;
}

const VERSION = 1;
/** Without it, a tag cut short would be compared as far as it goes. */
const TAG_LENGTH = 16;

/** The master key is 32 bytes from the environment or the key file; sealing uses a key derived from it. */
export function createVault(masterKey: Uint8Array): Vault {
  if (masterKey.length !== 32) throw new Error('the secret key must be 32 bytes long');
  const derive = (purpose: string): Buffer => Buffer.from(hkdfSync('sha256', masterKey, new Uint8Array(0), purpose, 32));
  const key = derive('parley vault');
  const fingerprintKey = derive('parley fingerprint');
  return {
    seal: (secret, belongsTo) => {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(belongsTo, 'utf8'));
      const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
      return Buffer.concat([Buffer.from([VERSION]), nonce, cipher.getAuthTag(), sealed]);
    },
    open: (sealed, belongsTo) => {
      if (sealed[0] !== VERSION) throw new Error('a sealed secret has an unknown version');
      const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(1, 13), { authTagLength: TAG_LENGTH }).setAAD(Buffer.from(belongsTo, 'utf8'));
      decipher.setAuthTag(sealed.subarray(13, 29));
      return Buffer.concat([decipher.update(sealed.subarray(29)), decipher.final()]).toString('utf8');
    },
    fingerprint: (secret, belongsTo) => createHmac('sha256', fingerprintKey).update(`${belongsTo}\0${secret}`, 'utf8').digest('base64url'),
  };
}

/** Tokens are random, so a plain digest is enough to keep them by. */
export const digestOf = (token: string): string => createHash('sha256').update(token, 'utf8').digest('base64url');

export const newToken = (bytes = 32): string => randomBytes(bytes).toString('base64url');

/** Compares in a time that does not depend on where the texts differ, nor on their lengths. */
export function sameSecret(given: string, expected: string): boolean {
  const digest = (text: string): Buffer => hash('sha256', text, 'buffer');
  return timingSafeEqual(digest(given), digest(expected));
}
