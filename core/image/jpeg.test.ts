import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { LOOKS } from '../../sim/images.ts';
import { MAX_SIDE, readJpeg } from './jpeg.ts';

const FRAME = 0xc0;
const at = LOOKS.findIndex((byte, index) => byte === 0xff && LOOKS[index + 1] === FRAME);

/** The picture with other bytes at a place in its frame header. */
const framed = (offset: number, ...bytes: readonly number[]): Uint8Array => {
  const changed = Uint8Array.from(LOOKS);
  changed.set(bytes, at + offset);
  return changed;
};
const sized = (width: number, height: number): Uint8Array => framed(5, height >> 8, height & 255, width >> 8, width & 255);
const wrongIn = (bytes: Uint8Array): string => {
  const reading = readJpeg(bytes);
  return reading.ok ? 'nothing' : reading.message;
};

describe('the head of a JPEG', () => {
  test('says how large it is', () => {
    assert.deepEqual(readJpeg(LOOKS), { ok: true, width: 8, height: 8 });
    assert.deepEqual(readJpeg(sized(640, 480)), { ok: true, width: 640, height: 480 });
    for (const frame of [0xc1, 0xc2]) assert.equal(wrongIn(framed(1, frame)), 'nothing');
    const filled = Uint8Array.from([...LOOKS.subarray(0, at), 0xff, 0xff, ...LOOKS.subarray(at)]);
    assert.equal(wrongIn(filled), 'nothing', 'fill bytes may stand before a marker');
  });

  test('is refused where it is none, or one that nobody should open', () => {
    assert.match(wrongIn(new Uint8Array(0)), /no JPEG/);
    assert.match(wrongIn(Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0xff, 0xd9])), /no JPEG/);
    assert.match(wrongIn(LOOKS.subarray(0, -1)), /end is missing/);
    assert.match(wrongIn(Uint8Array.from([...LOOKS, 0x3c, 0x62])), /end is missing/);
    assert.match(wrongIn(sized(0, 8)), /empty/);
    assert.match(wrongIn(sized(8, MAX_SIDE + 1)), /larger/);
    assert.match(wrongIn(sized(65_535, 8)), /larger/);
    assert.match(wrongIn(framed(1, 0xc3)), /coding/);
    assert.match(wrongIn(framed(1, 0xfe)), /damaged/, 'a scan without a frame');
    assert.match(wrongIn(framed(2, 0xff, 0xff)), /damaged/);
    assert.match(wrongIn(framed(2, 0, 1)), /damaged/);
    assert.match(wrongIn(Uint8Array.from([0xff, 0xd8, 0xff, 0xd9])), /damaged/);
  });

  test('is read to an end whatever it is', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      const reading = readJpeg(Uint8Array.from([0xff, 0xd8, ...bytes, 0xff, 0xd9]));
      assert.ok(!reading.ok || (reading.width > 0 && reading.width <= MAX_SIDE && reading.height > 0 && reading.height <= MAX_SIDE));
    }));
    fc.assert(fc.property(fc.nat(LOOKS.length - 1), fc.nat(255), (place, byte) => {
      const changed = Uint8Array.from(LOOKS);
      changed[place] = byte;
      readJpeg(changed);
    }));
  });
});
