/**
 * Reads the fields of a message that somebody sent us (RFC 5246 4). Past the end it reads zeros and empty vectors, and
 * `isWhole` tells at last whether that was so: one check in place of one at each field.
 */
export interface FieldReader {
  readonly u8: () => number;
  readonly u16: () => number;
  readonly u24: () => number;
  readonly bytes: (length: number) => Buffer;
  /** Bytes behind their length. */
  readonly vector8: () => Buffer;
  readonly vector16: () => Buffer;
  readonly vector24: () => Buffer;
  readonly left: () => number;
  readonly isWhole: () => boolean;
}

const NOTHING = Buffer.alloc(0);

export function readFields(from: Buffer): FieldReader {
  let at = 0;
  let whole = true;
  const take = (length: number): Buffer => {
    if (at + length > from.length) {
      whole = false;
      at = from.length;
      return NOTHING;
    }
    at += length;
    return from.subarray(at - length, at);
  };
  const number = (length: number): number => {
    const bytes = take(length);
    return bytes.length === 0 ? 0 : bytes.readUIntBE(0, length);
  };
  return {
    u8: () => number(1),
    u16: () => number(2),
    u24: () => number(3),
    bytes: take,
    vector8: () => take(number(1)),
    vector16: () => take(number(2)),
    vector24: () => take(number(3)),
    left: () => from.length - at,
    isWhole: () => whole,
  };
}

export function u8(value: number): Buffer {
  return Buffer.of(value);
}

export function u16(value: number): Buffer {
  return Buffer.of(value >>> 8, value & 0xff);
}

export function u24(value: number): Buffer {
  return Buffer.of(value >>> 16, (value >>> 8) & 0xff, value & 0xff);
}

/** Bytes behind their length, of one, two or three bytes. */
export function vector8(...parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  return Buffer.concat([u8(body.length), body]);
}

export function vector16(...parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  return Buffer.concat([u16(body.length), body]);
}

export function vector24(...parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  return Buffer.concat([u24(body.length), body]);
}
