/**
 * ITU-T G.711 companding between 16-bit linear samples and 8-bit codes. The linear side is left-justified in 16 bits
 * (13 bits for A-law, 14 for mu-law), and negative samples fold by ones' complement, as the ITU's reference in
 * G.191 does, so that both signs quantise alike.
 */

/** What mu-law adds to the 14-bit magnitude so that every segment begins at a power of two. */
const mulawBias = 33;

/** Code of each 16-bit sample, indexed by the sample as an unsigned 16-bit number. */
const alawCodes = buildCodes(compressToAlaw);
const mulawCodes = buildCodes(compressToMulaw);
/** Sample of each code. */
const alawSamples = Int16Array.from({ length: 256 }, (_, code) => expandFromAlaw(code));
const mulawSamples = Int16Array.from({ length: 256 }, (_, code) => expandFromMulaw(code));

/** Encodes samples as A-law; `into`, when given, is filled and returned, and holds at least as many bytes. */
export function encodeAlaw(samples: Int16Array, into: Uint8Array = new Uint8Array(samples.length)): Uint8Array {
  return encode(samples, alawCodes, into);
}

/** Encodes samples as A-law to every `step`-th byte from `at` on: one channel of several, or a place in a larger buffer. */
export function encodeAlawAt(samples: Int16Array, into: Uint8Array, at: number, step = 1): void {
  for (let i = 0; i < samples.length; i += 1) into[at + i * step] = alawCodes[(samples[i] ?? 0) & 0xffff] ?? 0;
}

export function encodeMulaw(samples: Int16Array, into: Uint8Array = new Uint8Array(samples.length)): Uint8Array {
  return encode(samples, mulawCodes, into);
}

/** Decodes A-law codes; `into`, when given, is filled and returned, and holds at least as many samples. */
export function decodeAlaw(codes: Uint8Array, into: Int16Array = new Int16Array(codes.length)): Int16Array {
  return decode(codes, alawSamples, into);
}

export function decodeMulaw(codes: Uint8Array, into: Int16Array = new Int16Array(codes.length)): Int16Array {
  return decode(codes, mulawSamples, into);
}

/** The sample that an A-law code stands for. */
export function alawSample(code: number): number {
  return alawSamples[code] ?? 0;
}

export function mulawSample(code: number): number {
  return mulawSamples[code] ?? 0;
}

function encode(samples: Int16Array, table: Uint8Array, into: Uint8Array): Uint8Array {
  for (let i = 0; i < samples.length; i += 1) into[i] = table[(samples[i] ?? 0) & 0xffff] ?? 0;
  return into;
}

function decode(codes: Uint8Array, table: Int16Array, into: Int16Array): Int16Array {
  for (let i = 0; i < codes.length; i += 1) into[i] = table[codes[i] ?? 0] ?? 0;
  return into;
}

function buildCodes(compress: (sample: number) => number): Uint8Array {
  return Uint8Array.from({ length: 65_536 }, (_, word) => compress((word << 16) >> 16));
}

/** The position of the highest set bit: 0 for 1, 1 for 2 and 3, and so on. */
function highestBit(value: number): number {
  return 31 - Math.clz32(value);
}

function compressToAlaw(sample: number): number {
  const magnitude = (sample < 0 ? ~sample : sample) >> 4;
  // The first two segments share one step size, so segment 0 is simply the value itself.
  const segment = magnitude < 32 ? magnitude >> 4 : highestBit(magnitude) - 3;
  const step = segment < 2 ? magnitude & 0x0f : (magnitude >> (segment - 1)) & 0x0f;
  const sign = sample < 0 ? 0 : 0x80;
  return (sign | (segment << 4) | step) ^ 0x55;
}

function expandFromAlaw(code: number): number {
  const bits = code ^ 0x55;
  const segment = (bits >> 4) & 0x07;
  const step = bits & 0x0f;
  // The half step added puts the value in the middle of its interval.
  const magnitude = segment === 0 ? (step << 4) + 8 : ((step << 4) + 0x108) << (segment - 1);
  return (bits & 0x80) === 0 ? -magnitude : magnitude;
}

function compressToMulaw(sample: number): number {
  const magnitude = Math.min(((sample < 0 ? ~sample : sample) >> 2) + mulawBias, 0x1fff);
  const segment = highestBit(magnitude) - 5;
  const step = (magnitude >> (segment + 1)) & 0x0f;
  const sign = sample < 0 ? 0x80 : 0;
  return ~(sign | (segment << 4) | step) & 0xff;
}

function expandFromMulaw(code: number): number {
  const bits = ~code & 0xff;
  const segment = (bits >> 4) & 0x07;
  const step = bits & 0x0f;
  const magnitude = ((((step << 1) + mulawBias) << segment) - mulawBias) << 2;
  return (bits & 0x80) === 0 ? magnitude : -magnitude;
}
