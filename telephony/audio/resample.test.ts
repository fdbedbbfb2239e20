import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { createResampler, designResamplingFilter, resample } from './resample.ts';
import { decibels, levelAt, loudestFrequency, makeTone, peakOf } from './test-data/tones.ts';

/** The middle of the sound, where the filter has its whole length. */
function middleOf(samples: Float32Array): Float32Array {
  return samples.subarray(samples.length >> 3, samples.length - (samples.length >> 3));
}

describe('resampling', () => {
  for (const inRate of [4_000, 11_025, 16_000, 22_050, 44_100, 44_101, 48_000, 96_000, 192_000]) {
    it(`brings a tone of 1 kHz from ${inRate} Hz to 8 kHz with its frequency and level`, () => {
      const heard = middleOf(resample(makeTone(1_000, inRate, 0.5), inRate, 8_000));
      assert.equal(loudestFrequency(heard.subarray(0, 1_600), 8_000), 1_000);
      assert.ok(Math.abs(decibels(levelAt(heard, 1_000, 8_000) / 0.5)) < 0.1);
    });
  }

  it('keeps the telephone band flat to a tenth of a decibel', () => {
    for (const frequency of [50, 300, 2_000, 3_000, 3_400]) {
      const heard = middleOf(resample(makeTone(frequency, 44_100, 0.5), 44_100, 8_000));
      assert.ok(Math.abs(decibels(levelAt(heard, frequency, 8_000) / 0.5)) < 0.1, `${frequency} Hz`);
    }
  });

  it('stops what is above half the new rate by 50 dB and more', () => {
    for (const frequency of [4_050, 5_000, 6_000, 12_000, 20_000]) {
      for (const inRate of [44_100, 44_101]) {
        const left = peakOf(middleOf(resample(makeTone(frequency, inRate, 0.5), inRate, 8_000)));
        assert.ok(decibels(left / 0.5) < -50, `${frequency} Hz is at ${decibels(left / 0.5)} dB`);
      }
    }
  });

  it('leaves no image of a tone when the rate goes up', () => {
    const heard = middleOf(resample(makeTone(1_000, 8_000, 0.5), 8_000, 48_000));
    assert.ok(Math.abs(decibels(levelAt(heard, 1_000, 48_000) / 0.5)) < 0.1);
    for (const image of [7_000, 9_000, 15_000]) assert.ok(decibels(levelAt(heard, image, 48_000) / 0.5) < -50);
  });

  it('delays nothing', () => {
    const impulse = new Float32Array(4_410);
    impulse[2_205] = 1;
    const heard = resample(impulse, 44_100, 8_000);
    assert.equal(heard.indexOf(peakOf(heard)), 400);
  });

  it('has linear phase: an impulse comes out symmetric', () => {
    const impulse = new Float32Array(4_410);
    impulse[2_205] = 1;
    const heard = resample(impulse, 44_100, 8_000);
    for (let i = 1; i < 200; i += 1) {
      assert.ok(Math.abs((heard[400 - i] ?? Number.NaN) - (heard[400 + i] ?? Number.NaN)) < 1e-6);
    }
  });

  it('keeps a constant level', () => {
    for (const inRate of [11_025, 44_100, 191_999]) {
      const heard = middleOf(resample(new Float32Array(inRate >> 1).fill(0.25), inRate, 8_000));
      for (const sample of heard) assert.ok(Math.abs(sample - 0.25) < 1e-5);
    }
  });

  it('passes equal rates unchanged', () => {
    const tone = makeTone(3_900, 8_000, 0.1);
    assert.deepEqual(resample(tone, 8_000, 8_000), tone);
  });

  it('gives the right number of samples, to one', () => {
    const rate = fc.integer({ min: 4_000, max: 192_000 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3_000 }), rate, (length, inRate) => {
        assert.equal(resample(new Float32Array(length), inRate, 8_000).length, Math.ceil((length * 8_000) / inRate));
      }),
      { numRuns: 30 },
    );
  });

  it('gives the same however the stream is cut', () => {
    const filter = designResamplingFilter(44_100, 8_000);
    const sound = Float32Array.from({ length: 12_000 }, (_, i) => Math.sin(i * i * 1e-5));
    const whole = resample(sound, 44_100, 8_000);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 5_000 }), { maxLength: 20 }), (cuts) => {
        const resampler = createResampler(44_100, 8_000, filter);
        const heard: number[] = [];
        let at = 0;
        for (const cut of [...cuts, sound.length]) {
          heard.push(...resampler.push(sound.subarray(at, at + cut)));
          at += cut;
        }
        heard.push(...resampler.flush());
        assert.deepEqual(Float32Array.from(heard), whole);
      }),
      { numRuns: 30 },
    );
  });
});
