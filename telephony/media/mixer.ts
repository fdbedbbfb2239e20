import { FRAME_SAMPLES } from '../audio/frame.ts';

/** Somebody's or something's sound, in one pair of ears. */
export interface Source {
  /** Names it, so that it goes on at its loudness when the others around it change. */
  readonly of: string;
  readonly hear: (tick: number) => Int16Array;
  readonly gain: number;
  /** How loud it was at the end of the last frame: it swells and fades within one, as a jump would click. */
  reached: number;
}

const sums = new Int32Array(FRAME_SAMPLES);

/** Adds sources up into a frame; what is too loud is clipped. */
export function mixInto(frame: Int16Array, sources: readonly Source[], tick: number): Int16Array {
  sums.fill(0);
  for (const source of sources) add(source, source.hear(tick));
  for (let i = 0; i < FRAME_SAMPLES; i += 1) {
    const sum = sums[i] ?? 0;
    frame[i] = sum > 32_767 ? 32_767 : sum < -32_768 ? -32_768 : sum;
  }
  return frame;
}

function add(source: Source, sound: Int16Array): void {
  const { gain, reached } = source;
  if (gain === 1 && reached === 1) {
    for (let i = 0; i < FRAME_SAMPLES; i += 1) sums[i] = (sums[i] ?? 0) + (sound[i] ?? 0);
    return;
  }
  const slope = (gain - reached) / FRAME_SAMPLES;
  for (let i = 0; i < FRAME_SAMPLES; i += 1) sums[i] = (sums[i] ?? 0) + Math.round((sound[i] ?? 0) * (reached + slope * (i + 1)));
  source.reached = gain;
}
