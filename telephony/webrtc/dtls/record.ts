import { createCipheriv, createDecipheriv } from 'node:crypto';

/** Content types (RFC 6347 4.1). */
export const CONTENT = { changeCipherSpec: 20, alert: 21, handshake: 22, applicationData: 23 } as const;

/** DTLS 1.2. A ClientHello may say 1.0 at the record layer (RFC 6347 4.2.1). */
export const DTLS_1_2 = 0xfefd;

const HEADER = 13;
const EXPLICIT_NONCE = 8;
const TAG = 16;

export interface DtlsRecord {
  readonly type: number;
  readonly epoch: number;
  /** Epoch and sequence number as they stand in the header. */
  readonly number: Buffer;
  readonly fragment: Buffer;
}

/** The records of a datagram up to the first that is none: what is broken is dropped without a word (RFC 6347 4.1.2.7). */
export function readRecords(datagram: Buffer): DtlsRecord[] {
  const records: DtlsRecord[] = [];
  let at = 0;
  while (at + HEADER <= datagram.length) {
    const length = datagram.readUInt16BE(at + 11);
    const end = at + HEADER + length;
    if (datagram[at + 1] !== 0xfe || end > datagram.length) break;
    records.push({
      type: datagram.readUInt8(at), epoch: datagram.readUInt16BE(at + 3), number: datagram.subarray(at + 3, at + 11), fragment: datagram.subarray(at + HEADER, end),
    });
    at = end;
  }
  return records;
}

function header(type: number, number: Uint8Array, length: number): Buffer {
  const made = Buffer.alloc(HEADER);
  made[0] = type;
  made.writeUInt16BE(DTLS_1_2, 1);
  made.set(number, 3);
  made.writeUInt16BE(length, 11);
  return made;
}

/** What the authentication covers besides the text (RFC 5246 6.2.3.3). */
function additionalData(type: number, number: Uint8Array, length: number): Buffer {
  const made = Buffer.alloc(HEADER);
  made.set(number, 0);
  made[8] = type;
  made.writeUInt16BE(DTLS_1_2, 9);
  made.writeUInt16BE(length, 11);
  return made;
}

/** Numbers the records that we send, in the clear first and ciphered then. */
export interface RecordWriter {
  readonly plain: (type: number, fragment: Uint8Array) => Buffer;
  readonly ciphered: (type: number, fragment: Uint8Array, key: Uint8Array, salt: Uint8Array) => Buffer;
}

export function createRecordWriter(): RecordWriter {
  const next = [0, 0];
  const numberFor = (epoch: 0 | 1): Buffer => {
    const number = Buffer.alloc(8);
    number.writeUInt16BE(epoch, 0);
    const sequence = next[epoch] ?? 0;
    number.writeUIntBE(sequence, 2, 6);
    next[epoch] = sequence + 1;
    return number;
  };
  return {
    plain: (type, fragment) => Buffer.concat([header(type, numberFor(0), fragment.length), fragment]),
    ciphered: (type, fragment, key, salt) => {
      const number = numberFor(1);
      // The record's number never comes again under one key, so it serves as the nonce (RFC 5288 3).
      const cipher = createCipheriv('aes-128-gcm', key, Buffer.concat([salt, number]));
      cipher.setAAD(additionalData(type, number, fragment.length));
      const text = Buffer.concat([cipher.update(fragment), cipher.final()]);
      return Buffer.concat([header(type, number, EXPLICIT_NONCE + text.length + TAG), number, text, cipher.getAuthTag()]);
    },
  };
}

/** What a ciphered record says; undefined where it is not the holder of the key who says it. */
export function decipher(record: DtlsRecord, key: Uint8Array, salt: Uint8Array): Buffer | undefined {
  const { fragment } = record;
  const length = fragment.length - EXPLICIT_NONCE - TAG;
  if (length < 0) return undefined;
  const decipherer = createDecipheriv('aes-128-gcm', key, Buffer.concat([salt, fragment.subarray(0, EXPLICIT_NONCE)]));
  decipherer.setAAD(additionalData(record.type, record.number, length));
  decipherer.setAuthTag(fragment.subarray(EXPLICIT_NONCE + length));
  const text = decipherer.update(fragment.subarray(EXPLICIT_NONCE, EXPLICIT_NONCE + length));
  try {
    decipherer.final();
    return text;
  } catch {
    return undefined;
  }
}
