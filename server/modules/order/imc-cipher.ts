import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { sameSecret } from '../../security/vault.ts';

/** What came from the IMC (15.1.3), as it came. */
export interface SignedMessage {
  readonly data: string;
  readonly signature: string;
}

/** How messages are signed and encrypted, which the reference leaves to both sides. */
export interface ImcCipher {
  readonly verifies: (secret: string, message: SignedMessage) => boolean;
  /** Undefined where nothing can be made of it. */
  readonly open: (secret: string, data: string) => string | undefined;
  readonly seal: (secret: string, text: string) => string;
}

const NONCE = 12;
const TAG = 16;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

const keyOf = (secret: string): Buffer => Buffer.from(hkdfSync('sha256', Buffer.from(secret, 'utf8'), new Uint8Array(0), 'parley imc', 32));

/** docs/oma.md: HMAC-SHA256 of `data`, and AES-256-GCM beneath it, with a key that is derived from the same secret. */
export const hmacAndGcm: ImcCipher = {
  verifies: (secret, { data, signature }) => sameSecret(signature, createHmac('sha256', secret).update(data, 'utf8').digest('base64')),
  open: (secret, data) => {
    const bytes = BASE64.test(data) ? Buffer.from(data, 'base64') : Buffer.alloc(0);
    if (bytes.length <= NONCE + TAG) return undefined;
    const decipher = createDecipheriv('aes-256-gcm', keyOf(secret), bytes.subarray(0, NONCE), { authTagLength: TAG }).setAuthTag(bytes.subarray(-TAG));
    try {
      const text = Buffer.concat([decipher.update(bytes.subarray(NONCE, -TAG)), decipher.final()]);
      return new TextDecoder('utf-8', { fatal: true }).decode(text);
    } catch {
      // Neither another key nor another text is told apart.
      return undefined;
    }
  },
  seal: (secret, text) => {
    const nonce = randomBytes(NONCE);
    const cipher = createCipheriv('aes-256-gcm', keyOf(secret), nonce, { authTagLength: TAG });
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, sealed, cipher.getAuthTag()]).toString('base64');
  },
};
