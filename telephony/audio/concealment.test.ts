import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createConcealment } from './concealment.ts';
import { FRAME_SAMPLES } from './frame.ts';
import { framesOf, noise, seeded, signalToNoise, silence, sines, speech } from './test-data/signals.ts';

/** Plays the frames and loses those that are said. */
function play(sound: Int16Array, isLost: (index: number) => boolean): Int16Array {
  const concealment = createConcealment();
  const heard = new Int16Array(sound.length);
  for (const [i, frame] of framesOf(sound).entries()) {
    if (isLost(i)) concealment.conceal(frame);
    else concealment.heard(frame, frame.length);
    heard.set(frame, i * FRAME_SAMPLES);
  }
  return heard;
}

function largestStep(samples: Int16Array): number {
  return samples.reduce((largest, sample, i) => Math.max(largest, i === 0 ? 0 : Math.abs(sample - (samples[i - 1] ?? 0))), 0);
}

describe('concealing lost sound', () => {
  const voiced = sines([{ hertz: 125, dbm0: -12 }, { hertz: 250, dbm0: -14 }, { hertz: 500, dbm0: -16 }], 400);

  it('changes nothing where nothing is lost', () => {
    assert.deepEqual(play(voiced, () => false), voiced);
  });

  it('says the last period again, so that a steady voice hardly changes for 10 ms', () => {
    const heard = play(voiced, (i) => i === 10);
    assert.ok(signalToNoise(voiced.subarray(1_600, 1_680), heard.subarray(1_600, 1_680)) > 15);
    assert.ok(signalToNoise(voiced, heard) > 15);
  });

  it('makes no click at either end of the gap', () => {
    const steepest = largestStep(voiced);
    for (const first of [7, 10, 13]) {
      const heard = play(voiced, (i) => i === first || i === first + 1);
      assert.ok(largestStep(heard) <= steepest * 1.5, `${largestStep(heard)} after ${first}, ${steepest} before`);
    }
  });

  it('grows softer and is silent after 60 ms', () => {
    const heard = play(voiced, (i) => i >= 10);
    const peaks = framesOf(heard.subarray(1_600)).map((frame) => frame.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0));
    assert.ok((peaks[0] ?? 0) > (peaks[1] ?? 0) && (peaks[1] ?? 0) > (peaks[2] ?? 0));
    assert.deepEqual(peaks.slice(3), peaks.slice(3).map(() => 0));
  });

  it('makes silence of silence, and silence before anything was heard', () => {
    assert.deepEqual(play(silence(200), (i) => i > 2), silence(200));
    assert.deepEqual(play(voiced, () => true), silence(400));
  });

  it('never wraps, whatever was heard and lost', () => {
    const random = seeded(1);
    const square = Int16Array.from({ length: 16_000 }, (_, i) => (i % 90 < 45 ? 32_767 : -32_768));
    const sounds = [speech(2_000, random), noise(2_000, 3, random), square];
    for (const sound of sounds) {
      const heard = play(sound, () => random() < 0.3);
      const loudest = Math.max(...sound.map(Math.abs));
      // Where it wrapped, there would be steps over the whole range in soft places.
      assert.ok(largestStep(heard) <= Math.max(largestStep(sound), loudest) * 1.2);
    }
  });

  it('takes sound of other lengths than a frame', () => {
    const concealment = createConcealment();
    for (const length of [1, 80, 240, 480, 960]) concealment.heard(voiced.slice(0, length), length);
    const frame = new Int16Array(FRAME_SAMPLES);
    concealment.conceal(frame);
    assert.ok(frame.some((sample) => Math.abs(sample) > 1_000));
  });
});
