import { createCipheriv, createDecipheriv, createSecretKey, hash } from 'node:crypto';
import { writeUint16, writeUint32 } from './packet.ts';
import { sizesOf, type SessionKeys, type SrtpSuite } from './srtp-keys.ts';

/** No datagram of media is longer than an Ethernet carries; this leaves room for tags. */
export const MAX_PACKET_BYTES = 2_048;

/** The word of SRTCP, index and flag, stands before the tag there, except with GCM (RFC 3711 3.4). */
const WORD_BYTES = 4;

/**
 * Turns a packet over in place. Bytes before `from` stay readable. `behind` is what is authenticated besides the packet, and
 * is no part of it: the rollover counter, or the word of SRTCP (RFC 3711 4.2, 3.4). The tag follows the packet.
 */
export interface Transform {
  readonly seal: (bytes: Uint8Array, from: number, to: number, ssrc: number, index: number, behind: number) => void;
  /** False where the tag is not that of the packet: its bytes are of no use then. */
  readonly open: (bytes: Uint8Array, from: number, to: number, ssrc: number, index: number, behind: number) => boolean;
}

export function createTransform(suite: SrtpSuite, keys: SessionKeys, tagBytes: number, isControl: boolean): Transform {
  return sizesOf(suite).isAead ? createAead(keys, isControl) : createCounterMode(keys, tagBytes, isControl ? WORD_BYTES : 0);
}

/**
 * AES in counter mode made of AES of single blocks, whose cipher lives as long as the stream: to set up a cipher for each packet
 * costs more than the packet. What is encrypted are counters, each once, so the mode is the counter mode of RFC 3711 4.1.1.
 * The tag comes so many bytes behind the packet.
 */
function createCounterMode({ key, salt, auth }: SessionKeys, tagBytes: number, gap: number): Transform {
  const cipher = createCipheriv(key.length === 32 ? 'aes-256-ecb' : 'aes-128-ecb', key, null).setAutoPadding(false);
  const counters = new Uint8Array(MAX_PACKET_BYTES);
  const views: (Uint8Array | undefined)[] = [];
  const sign = createHmacSha1(auth);

  const crypt = (bytes: Uint8Array, from: number, to: number, ssrc: number, index: number): void => {
    const blocks = Math.ceil((to - from) / 16);
    if (blocks === 0) return;
    // The salt, with the source and the index put upon it; the last two bytes count blocks (RFC 3711 4.1.1).
    counters.set(salt);
    for (let i = 0; i < 4; i += 1) counters[4 + i] = (counters[4 + i] ?? 0) ^ (ssrc >>> (24 - 8 * i));
    const high = Math.floor(index / 0x10000);
    for (let i = 0; i < 4; i += 1) counters[8 + i] = (counters[8 + i] ?? 0) ^ (high >>> (24 - 8 * i));
    counters[12] = (counters[12] ?? 0) ^ (index >>> 8);
    counters[13] = (counters[13] ?? 0) ^ index;
    writeUint16(counters, 14, 0);
    for (let block = 1; block < blocks; block += 1) {
      counters.copyWithin(16 * block, 0, 14);
      writeUint16(counters, 16 * block + 14, block);
    }
    const view = views[blocks] ?? counters.subarray(0, 16 * blocks);
    views[blocks] = view;
    const stream = cipher.update(view);
    for (let i = from; i < to; i += 1) bytes[i] = (bytes[i] ?? 0) ^ (stream[i - from] ?? 0);
  };

  return {
    seal: (bytes, from, to, ssrc, index, behind) => {
      crypt(bytes, from, to, ssrc, index);
      const tag = sign(bytes, to, behind);
      for (let i = 0; i < tagBytes; i += 1) bytes[to + gap + i] = tag.charCodeAt(i);
    },
    open: (bytes, from, to, ssrc, index, behind) => {
      const tag = sign(bytes, to, behind);
      let difference = 0;
      for (let i = 0; i < tagBytes; i += 1) difference |= (bytes[to + gap + i] ?? 0) ^ tag.charCodeAt(i);
      if (difference !== 0) return false;
      crypt(bytes, from, to, ssrc, index);
      return true;
    },
  };
}

const HASH_BLOCK = 64;
const SHA1_BYTES = 20;

/** HMAC-SHA1 (RFC 2104) of a packet and the word behind it, one character a byte: made of two hashes at once, a quarter of the cost of `createHmac`. */
function createHmacSha1(key: Uint8Array): (bytes: Uint8Array, length: number, behind: number) => string {
  const inner = Buffer.alloc(HASH_BLOCK + MAX_PACKET_BYTES + 4);
  const outer = Buffer.alloc(HASH_BLOCK + SHA1_BYTES);
  for (let i = 0; i < HASH_BLOCK; i += 1) {
    inner[i] = (key[i] ?? 0) ^ 0x36;
    outer[i] = (key[i] ?? 0) ^ 0x5c;
  }
  let view = inner;
  return (bytes, length, behind) => {
    for (let i = 0; i < length; i += 1) inner[HASH_BLOCK + i] = bytes[i] ?? 0;
    writeUint32(inner, HASH_BLOCK + length, behind);
    const end = HASH_BLOCK + length + 4;
    if (view.length !== end) view = inner.subarray(0, end);
    outer.write(hash('sha1', view, 'binary'), HASH_BLOCK, 'latin1');
    return hash('sha1', outer, 'binary');
  };
}

const AEAD_TAG_BYTES = 16;

/** AES-GCM (RFC 7714), of RTP or of RTCP: their nonces and what they authenticate besides differ. */
function createAead({ key, salt }: SessionKeys, isControl: boolean): Transform {
  const algorithm = key.length === 32 ? 'aes-256-gcm' : 'aes-128-gcm';
  // As an object the key is taken in once, not with each packet.
  const secret = createSecretKey(key);
  const nonce = new Uint8Array(12);
  const word = new Uint8Array(4);
  const options = { authTagLength: AEAD_TAG_BYTES };

  /** The source, and the index of 48 bits, which for RTCP has 31 (RFC 7714 8.1, 9.1). */
  const setNonce = (ssrc: number, index: number): void => {
    writeUint16(nonce, 0, 0);
    writeUint32(nonce, 2, ssrc);
    writeUint32(nonce, 6, Math.floor(index / 0x10000));
    writeUint16(nonce, 10, index);
    for (let i = 0; i < 12; i += 1) nonce[i] = (nonce[i] ?? 0) ^ (salt[i] ?? 0);
  };

  return {
    seal: (bytes, from, to, ssrc, index, behind) => {
      setNonce(ssrc, index);
      const cipher = createCipheriv(algorithm, secret, nonce, options);
      cipher.setAAD(bytes.subarray(0, from));
      if (isControl) {
        writeUint32(word, 0, behind);
        cipher.setAAD(word);
      }
      bytes.set(cipher.update(bytes.subarray(from, to)), from);
      cipher.final();
      bytes.set(cipher.getAuthTag(), to);
    },
    open: (bytes, from, to, ssrc, index, behind) => {
      setNonce(ssrc, index);
      const decipher = createDecipheriv(algorithm, secret, nonce, options);
      decipher.setAAD(bytes.subarray(0, from));
      if (isControl) {
        writeUint32(word, 0, behind);
        decipher.setAAD(word);
      }
      decipher.setAuthTag(bytes.subarray(to, to + AEAD_TAG_BYTES));
      const plain = decipher.update(bytes.subarray(from, to));
      try {
        decipher.final();
      } catch {
        return false;
      }
      bytes.set(plain, from);
      return true;
    },
  };
}
