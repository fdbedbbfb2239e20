import { u16, u24, u8 } from './fields.ts';

/** Handshake types (RFC 5246 7.4). */
export const HANDSHAKE = {
  clientHello: 1, serverHello: 2, certificate: 11, serverKeyExchange: 12, certificateRequest: 13, serverHelloDone: 14,
  certificateVerify: 15, clientKeyExchange: 16, finished: 20,
} as const;

const HEADER = 12;
/** A certificate is the longest, and 1 kB is long for one that nobody signed. */
const MAX_MESSAGE = 16_384;
/** Messages that may come before those in front of them: those of one flight. */
const MAX_AHEAD = 8;

export interface HandshakeMessage {
  readonly type: number;
  readonly sequence: number;
  readonly body: Buffer;
  /** As if it had come in one piece, which is how hashes and signatures see it (RFC 6347 4.2.6). */
  readonly whole: Buffer;
}

export function writeMessage(type: number, sequence: number, body: Uint8Array): Buffer {
  return Buffer.concat([u8(type), u24(body.length), u16(sequence), u24(0), u24(body.length), body]);
}

export interface Assembly {
  /** Takes the fragments of a record, if they are of a type that may come so; answers the messages that are whole now, in their order. */
  readonly push: (fragments: Buffer, takes: (type: number) => boolean) => HandshakeMessage[];
  /** The number of the message that is to come. */
  readonly next: () => number;
}

interface Piecemeal {
  readonly type: number;
  readonly body: Buffer;
  /** Which bytes are there. */
  readonly have: Uint8Array;
  missing: number;
}

/** Puts messages together that come in fragments, out of order, twice or overlapping (RFC 6347 4.2.3). */
export function createAssembly(): Assembly {
  const begun = new Map<number, Piecemeal>();
  let next = 0;

  const place = (type: number, sequence: number, length: number, offset: number, part: Buffer): void => {
    let message = begun.get(sequence);
    if (message === undefined) {
      message = { type, body: Buffer.alloc(length), have: new Uint8Array(length), missing: length };
      begun.set(sequence, message);
    }
    if (message.type !== type || message.body.length !== length) return;
    for (let i = 0; i < part.length; i += 1) {
      if (message.have[offset + i] === 1) continue;
      message.have[offset + i] = 1;
      message.body[offset + i] = part[i] ?? 0;
      message.missing -= 1;
    }
  };

  return {
    next: () => next,
    push: (fragments, takes) => {
      let at = 0;
      while (at + HEADER <= fragments.length) {
        const length = fragments.readUIntBE(at + 1, 3);
        const sequence = fragments.readUInt16BE(at + 4);
        const offset = fragments.readUIntBE(at + 6, 3);
        const size = fragments.readUIntBE(at + 9, 3);
        const end = at + HEADER + size;
        if (end > fragments.length || offset + size > length || length > MAX_MESSAGE) break;
        const type = fragments.readUInt8(at);
        if (takes(type) && sequence >= next && sequence < next + MAX_AHEAD) place(type, sequence, length, offset, fragments.subarray(at + HEADER, end));
        at = end;
      }
      const whole: HandshakeMessage[] = [];
      for (let message = begun.get(next); message?.missing === 0; message = begun.get(next)) {
        begun.delete(next);
        whole.push({ type: message.type, sequence: next, body: message.body, whole: writeMessage(message.type, next, message.body) });
        next += 1;
      }
      return whole;
    },
  };
}
