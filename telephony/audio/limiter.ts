import { FRAME_SAMPLES } from './frame.ts';
import { clipToInt16 } from './level.ts';

const LOUDEST = 32_767;
/** So long the sound takes to be turned down when it gets too loud, and so much a frame it is let louder again (0.4 dB). */
const ATTACK_SAMPLES = FRAME_SAMPLES / 8;
const RELEASE = 1.05;

/**
 * Turns a sum that is too loud down as a whole, rather than cutting its peaks off: several who talk at once stay
 * understandable. `before` is how far it was turned down in the frame before, 1 for not at all; so is what is answered.
 */
export function limitInto(into: Int16Array, sum: Int32Array, before: number): number {
  let peak = 0;
  for (let i = 0; i < FRAME_SAMPLES; i += 1) {
    const value = sum[i] ?? 0;
    // There is one step more below zero than above.
    const magnitude = value < 0 ? -value - 1 : value;
    if (magnitude > peak) peak = magnitude;
  }
  const after = Math.min(peak > LOUDEST ? LOUDEST / peak : 1, before * RELEASE, 1);
  if (before === 1 && after === 1) {
    for (let i = 0; i < FRAME_SAMPLES; i += 1) into[i] = sum[i] ?? 0;
    return 1;
  }
  const step = (after - before) / (after < before ? ATTACK_SAMPLES : FRAME_SAMPLES);
  let gain = before;
  for (let i = 0; i < FRAME_SAMPLES; i += 1) {
    gain += step;
    if (step < 0 ? gain < after : gain > after) gain = after;
    into[i] = clipToInt16(Math.round((sum[i] ?? 0) * gain));
  }
  return after;
}
