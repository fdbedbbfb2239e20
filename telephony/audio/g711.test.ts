import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decodeAlaw, decodeMulaw, encodeAlaw, encodeMulaw } from './g711.ts';

const everySample = Int16Array.from({ length: 65_536 }, (_, i) => i - 32_768);
const everyCode = Uint8Array.from({ length: 256 }, (_, code) => code);

function highestBit(value: number): number {
  return 31 - Math.clz32(value);
}

describe('A-law', () => {
  it('encodes the values of the tables of G.711', () => {
    const samples = Int16Array.of(0, 15, 16, -1, -16, -17, 1_000, -1_000, 4_096, 32_767, -32_768);
    const codes = [0xd5, 0xd5, 0xd4, 0x55, 0x55, 0x54, 0xfa, 0x7a, 0x85, 0xaa, 0x2a];
    assert.deepEqual([...encodeAlaw(samples)], codes);
  });

  it('decodes the values of the tables of G.711', () => {
    const samples = [8, -8, 24, -24, 32_256, -32_256, 5_504];
    assert.deepEqual([...decodeAlaw(Uint8Array.of(0xd5, 0x55, 0xd4, 0x54, 0xaa, 0x2a, 0x80))], samples);
  });

  it('stays within half a step for every 16-bit sample', () => {
    const heard = decodeAlaw(encodeAlaw(everySample));
    for (const [i, sample] of everySample.entries()) {
      const value = heard[i] ?? Number.NaN;
      const halfStep = Math.max(8, 2 ** (highestBit(Math.abs(value)) - 5));
      assert.ok(Math.abs(value - sample) <= halfStep, `${sample} became ${value}`);
    }
  });

  it('keeps every code through decoding and encoding', () => {
    assert.deepEqual(encodeAlaw(decodeAlaw(everyCode)), everyCode);
  });
});

describe('mu-law', () => {
  it('encodes the values of the tables of G.711', () => {
    const samples = Int16Array.of(0, 3, 4, -1, -4, -5, 1_000, -1_000, 32_767, -32_768);
    assert.deepEqual([...encodeMulaw(samples)], [0xff, 0xff, 0xfe, 0x7f, 0x7f, 0x7e, 0xce, 0x4e, 0x80, 0x00]);
  });

  it('decodes the values of the tables of G.711', () => {
    const codes = Uint8Array.of(0xff, 0x7f, 0xfe, 0x7e, 0x80, 0x00, 0xce);
    assert.deepEqual([...decodeMulaw(codes)], [0, 0, 8, -8, 32_124, -32_124, 988]);
  });

  it('stays within half a step for every 16-bit sample that is not clipped', () => {
    const heard = decodeMulaw(encodeMulaw(everySample));
    for (const [i, sample] of everySample.entries()) {
      const value = heard[i] ?? Number.NaN;
      // The scale ends at 8,158 of 14 bits: 32,635 here.
      const clipped = Math.max(-32_635, Math.min(32_635, sample));
      const halfStep = 2 ** (highestBit(Math.abs(value) + 132) - 5);
      assert.ok(Math.abs(value - clipped) <= halfStep, `${sample} became ${value}`);
    }
  });

  it('keeps every code through decoding and encoding, but for the negative zero', () => {
    const expected = everyCode.map((code) => (code === 0x7f ? 0xff : code));
    assert.deepEqual(encodeMulaw(decodeMulaw(everyCode)), expected);
  });

  it('keeps every level through encoding and decoding', () => {
    const levels = decodeMulaw(everyCode);
    assert.deepEqual(decodeMulaw(encodeMulaw(levels)), levels);
  });
});

describe('G.711', () => {
  it('fills the buffer it is given', () => {
    const codes = new Uint8Array(160).fill(0x33);
    assert.equal(encodeAlaw(Int16Array.of(0, -1), codes), codes);
    assert.deepEqual([...codes.subarray(0, 3)], [0xd5, 0x55, 0x33]);
  });
});
