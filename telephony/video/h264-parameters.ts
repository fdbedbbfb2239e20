import type { PictureForm } from './picture.ts';

/** Reads bit by bit, as H.264 writes its parameters (ITU-T H.264 7.2, 9.1). */
interface Bits {
  readonly read: (count: number) => number;
  /** An unsigned number of as many bits as it needs. */
  readonly number: () => number;
  readonly signed: () => number;
  /** Whether more was read than there is. */
  readonly isOver: () => boolean;
}

function bitsOf(bytes: Uint8Array): Bits {
  let at = 0;
  const end = 8 * bytes.length;
  const bit = (): number => {
    const value = at < end ? ((bytes[at >> 3] ?? 0) >> (7 - (at & 7))) & 1 : 0;
    at += 1;
    return value;
  };
  const read = (count: number): number => {
    let value = 0;
    for (let i = 0; i < count; i += 1) value = value * 2 + bit();
    return value;
  };
  const number = (): number => {
    let zeros = 0;
    while (bit() === 0 && zeros < 32) zeros += 1;
    return 2 ** zeros - 1 + read(zeros);
  };
  return {
    read, number,
    signed: () => {
      const value = number();
      return value % 2 === 0 ? -value / 2 : (value + 1) / 2;
    },
    isOver: () => at > end,
  };
}

/** Without the bytes that keep start codes out (ITU-T H.264 7.4.1). */
function unescape(unit: Uint8Array): Uint8Array {
  const plain = new Uint8Array(unit.length);
  let length = 0;
  let zeros = 0;
  for (const byte of unit) {
    if (zeros >= 2 && byte === 3) {
      zeros = 0;
      continue;
    }
    plain[length] = byte;
    length += 1;
    zeros = byte === 0 ? zeros + 1 : 0;
  }
  return plain.subarray(0, length);
}

/** Profiles that say more of their colours (ITU-T H.264 7.3.2.1.1). */
const RICH = new Set([44, 83, 86, 100, 110, 118, 122, 128, 134, 135, 138, 139, 244]);
const MAX_SIDE = 16_384;
/** Scaling lists and cycles of picture counts are as long as they say: no longer than this. */
const MAX_CYCLE = 255;

function skipScaling(bits: Bits, chroma: number): void {
  for (let list = 0; list < (chroma === 3 ? 12 : 8); list += 1) {
    if (bits.read(1) === 0) continue;
    let next = 8;
    for (let i = 0, last = 8; i < (list < 6 ? 16 : 64) && next !== 0; i += 1) {
      next = (last + bits.signed() + 256) % 256;
      last = next === 0 ? last : next;
    }
  }
}

/** Steps over how pictures are counted (ITU-T H.264 7.3.2.1.1); false where that is out of bounds. */
function skipCounting(bits: Bits): boolean {
  bits.number();
  const kind = bits.number();
  if (kind > 2) return false;
  if (kind === 0) bits.number();
  if (kind !== 1) return true;
  bits.read(1);
  bits.signed();
  bits.signed();
  const cycle = bits.number();
  if (cycle > MAX_CYCLE) return false;
  for (let i = 0; i < cycle; i += 1) bits.signed();
  return true;
}

/** How large the pictures are of a sequence parameter set (ITU-T H.264 7.3.2.1.1), as they are shown; undefined where it is none. */
export function readSequence(unit: Uint8Array): { readonly width: number; readonly height: number } | undefined {
  if (unit.length < 5) return undefined;
  const bits = bitsOf(unescape(unit.subarray(1)));
  const profile = bits.read(8);
  bits.read(16);
  bits.number();
  let chroma = 1;
  if (RICH.has(profile)) {
    chroma = bits.number();
    if (chroma > 3) return undefined;
    if (chroma === 3) bits.read(1);
    bits.number();
    bits.number();
    bits.read(1);
    if (bits.read(1) === 1) skipScaling(bits, chroma);
  }
  if (!skipCounting(bits)) return undefined;
  bits.number();
  bits.read(1);
  const across = 16 * (bits.number() + 1);
  const rows = bits.number() + 1;
  const isByFrames = bits.read(1);
  const down = 16 * rows * (2 - isByFrames);
  if (isByFrames === 0) bits.read(1);
  bits.read(1);
  const [left, right, top, bottom] = bits.read(1) === 1 ? [bits.number(), bits.number(), bits.number(), bits.number()] : [0, 0, 0, 0];
  const [stepAcross, stepDown] = [chroma === 1 || chroma === 2 ? 2 : 1, (chroma === 1 ? 2 : 1) * (2 - isByFrames)];
  const [width, height] = [across - (left + right) * stepAcross, down - (top + bottom) * stepDown];
  const isSound = !bits.isOver() && width > 0 && height > 0 && width <= MAX_SIDE && height <= MAX_SIDE;
  return isSound ? { width, height } : undefined;
}

const MAX_UNIT = 0xffff;
const hex = (byte: number): string => byte.toString(16).padStart(2, '0');

/** What a decoder is told by parameter sets (ISO 14496-15 5.3.3.1.2); undefined where it could make nothing of them. */
export function formOf(sequence: Uint8Array, picture: Uint8Array): PictureForm | undefined {
  const size = readSequence(sequence);
  if (size === undefined || picture.length < 2 || sequence.length > MAX_UNIT || picture.length > MAX_UNIT) return undefined;
  const [, profile = 0, compatible = 0, level = 0] = sequence;
  return {
    ...size,
    codec: `avc1.${hex(profile)}${hex(compatible)}${hex(level)}`,
    // Lengths of four bytes, one set of each kind.
    description: Uint8Array.of(
      1, profile, compatible, level, 0xff, 0xe1, sequence.length >> 8, sequence.length & 0xff, ...sequence, 1, picture.length >> 8, picture.length & 0xff, ...picture,
      // Those of the richer profiles say their colours again; 4:2:0 of 8 bits, as everybody sends.
      ...(RICH.has(profile) ? [0xfd, 0xf8, 0xf8, 0] : []),
    ),
  };
}
