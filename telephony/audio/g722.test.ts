import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { createG722Decoder, createG722Encoder, type G722Rate } from './g722.ts';
import { levelOf } from './level.ts';
import { g722Input, g722Junk } from './test-data/g722-input.ts';
import { levelAt } from './test-data/tones.ts';

const reference = new Uint8Array(readFileSync(new URL('./test-data/reference.g722', import.meta.url)));

function encode(samples: Int16Array, rate: G722Rate): Uint8Array {
  const codes = new Uint8Array(samples.length);
  return codes.subarray(0, createG722Encoder(rate).encode(samples, codes));
}

function decode(codes: Uint8Array, rate: G722Rate): Int16Array {
  const samples = new Int16Array(codes.length * 2);
  return samples.subarray(0, createG722Decoder(rate).decode(codes, samples));
}

function sine(hertz: number, amplitude: number, rate: number, seconds = 0.5): Int16Array {
  return Int16Array.from({ length: rate * seconds }, (_, i) => Math.round(amplitude * Math.sin((2 * Math.PI * hertz * i) / rate)));
}

function hashOf(samples: Int16Array): string {
  return createHash('sha256').update(new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength)).digest('hex');
}

/** The level of the tone, and by how much it is above all that is not the tone. */
function heard(samples: Int16Array, hertz: number, rate: number): { dbm0: number; ratio: number } {
  const steady = samples.subarray(rate / 10, rate / 10 + rate / 5);
  const amplitude = levelAt(steady, hertz, rate);
  const power = steady.reduce((sum, sample) => sum + sample ** 2, 0) / steady.length;
  return { dbm0: levelOf(amplitude), ratio: 10 * Math.log10(amplitude ** 2 / 2 / Math.max(1e-9, power - amplitude ** 2 / 2)) };
}

describe('G.722 at 16 kHz', () => {
  it('encodes bit for bit what another program encodes', () => {
    assert.deepEqual(encode(g722Input(), 16_000), reference);
  });

  it('decodes bit for bit what another program decodes', () => {
    assert.equal(hashOf(decode(reference, 16_000)), 'f8bad963e71ce06eb0451b3db4730f34da3432727e6184427070c89d42c27d3f');
  });

  it('decodes any bytes as another program does', () => {
    assert.equal(hashOf(decode(g722Junk(), 16_000)), 'e9b82c59dd79f5e0dbac067b9ebbf59845420cb52d0a470fded8d94b71df8f6d');
  });

  it('does not care how the sound is cut up', () => {
    const whole = g722Input();
    const encoder = createG722Encoder(16_000);
    const codes = new Uint8Array(reference.length);
    for (let at = 0; at < whole.length; at += 320) encoder.encode(whole.subarray(at, at + 320), codes.subarray(at / 2));
    assert.deepEqual(codes, reference);
  });

  for (const hertz of [200, 500, 1_000, 2_000, 3_000, 5_000, 6_500]) {
    it(`keeps a tone of ${hertz} Hz and its level`, () => {
      const { dbm0, ratio } = heard(decode(encode(sine(hertz, 8_000, 16_000), 16_000), 16_000), hertz, 16_000);
      assert.ok(Math.abs(dbm0 - levelOf(8_000)) < 0.5, `level ${dbm0}`);
      // The upper band has 2 bits.
      assert.ok(ratio > (hertz < 4_000 ? 30 : 12), `ratio ${ratio}`);
    });
  }

  it('keeps silence silent', () => {
    const samples = decode(encode(new Int16Array(3_200), 16_000), 16_000);
    assert.ok(samples.every((sample) => Math.abs(sample) <= 4));
  });

  it('clips what is too loud and does not wrap', () => {
    const square = Int16Array.from({ length: 3_200 }, (_, i) => (i % 40 < 20 ? 32_767 : -32_768));
    const samples = decode(encode(square, 16_000), 16_000).subarray(1_600);
    // The filters delay it by 22 samples; the middle of each half wave has its sign.
    for (let i = 0; i + 40 < samples.length; i += 40) {
      assert.ok((samples[i + 10 + 22] ?? 0) > 20_000);
      assert.ok((samples[i + 30 + 22] ?? 0) < -20_000);
    }
  });
});

describe('G.722 at 8 kHz', () => {
  for (const hertz of [300, 1_000, 2_500, 3_300]) {
    it(`keeps a tone of ${hertz} Hz and its level`, () => {
      const { dbm0, ratio } = heard(decode(encode(sine(hertz, 8_000, 8_000), 8_000), 8_000), hertz, 8_000);
      assert.ok(Math.abs(dbm0 - levelOf(8_000)) < 0.5, `level ${dbm0}`);
      assert.ok(ratio > 25, `ratio ${ratio}`);
    });

    it(`understands a tone of ${hertz} Hz that was encoded at 16 kHz, and is understood there`, () => {
      const fromWide = heard(decode(encode(sine(hertz, 8_000, 16_000), 16_000), 8_000), hertz, 8_000);
      const inWide = heard(decode(encode(sine(hertz, 8_000, 8_000), 8_000), 16_000), hertz, 16_000);
      assert.ok(Math.abs(fromWide.dbm0 - levelOf(8_000)) < 1.5, `level ${fromWide.dbm0}`);
      assert.ok(Math.abs(inWide.dbm0 - levelOf(8_000)) < 1.5, `level ${inWide.dbm0}`);
    });
  }

  it('decodes any bytes, no more than there is room for, and finds its way back', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), fc.nat(400), (codes, room) => {
      const decoder = createG722Decoder(8_000);
      const into = new Int16Array(room);
      assert.equal(decoder.decode(codes, into), Math.min(codes.length, room));
      const tone = sine(1_000, 8_000, 8_000, 0.4);
      const samples = new Int16Array(tone.length);
      decoder.decode(encode(tone, 8_000), samples);
      assert.ok(Math.abs(levelOf(levelAt(samples.subarray(1_600), 1_000, 8_000)) - levelOf(8_000)) < 1);
    }), { numRuns: 50 });
  });
});
