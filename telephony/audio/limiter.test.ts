import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { FRAME_SAMPLES } from './frame.ts';
import { limitInto } from './limiter.ts';

const sine = (amplitude: number): Int32Array => Int32Array.from({ length: FRAME_SAMPLES }, (_, i) => Math.round(amplitude * Math.sin((2 * Math.PI * i) / 20)));

test('what is not too loud stays as it is, to the bit', () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: -32_768, max: 32_767 }), { minLength: FRAME_SAMPLES, maxLength: FRAME_SAMPLES }), (samples) => {
    const into = new Int16Array(FRAME_SAMPLES);
    assert.equal(limitInto(into, Int32Array.from(samples), 1), 1);
    assert.deepEqual([...into], samples);
  }));
});

test('what is too loud is turned down as a whole, and let louder again when it is over', () => {
  const into = new Int16Array(FRAME_SAMPLES);
  let level = limitInto(into, sine(65_000), 1);
  assert.ok(Math.abs(level - 32_767 / 65_000) < 0.01, String(level));
  level = limitInto(into, sine(65_000), level);
  assert.ok(Math.max(...into) <= 32_767 && Math.max(...into) > 32_000);
  // A sine that is turned down is a sine: its half as loud part is half as loud.
  assert.ok(Math.abs((into[23] ?? 0) / (into[25] ?? 1) - Math.sin((2 * Math.PI * 3) / 20)) < 0.01);
  for (let frames = 0; frames < 20; frames += 1) level = limitInto(into, sine(1000), level);
  assert.equal(level, 1);
});
