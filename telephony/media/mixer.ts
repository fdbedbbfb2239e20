import { FRAME_SAMPLES } from '../audio/frame.ts';
import { limitInto } from '../audio/limiter.ts';

/** Somebody's or something's sound, in one pair of ears. */
export interface Source {
  /** Names it, so that it goes on at its loudness when the others around it change. */
  readonly of: string;
  readonly hear: (tick: number) => Int16Array;
  readonly gain: number;
  /** How loud it was at the end of the last frame: it swells and fades within one, as a jump would click. */
  reached: number;
}

/** Several sounds that are heard together. */
export interface Blend {
  sources: readonly Source[];
  /** How far the sum is turned down for being too loud. */
  level: number;
}

const sums = new Int32Array(FRAME_SAMPLES);

/**
 * Adds sources up: answers what is heard. Mostly that is the frame that is given, filled; but one source alone that is heard as it is needs
 * no sum, so it can also be that source's own, which nobody may write to.
 */
export function mixInto(frame: Int16Array, blend: Blend, tick: number): Int16Array {
  const { sources, level } = blend;
  const [only] = sources;
  if (level === 1 && sources.length <= 1) {
    if (only === undefined) return frame.fill(0);
    if (only.gain === 1 && only.reached === 1) return only.hear(tick);
  }
  sums.fill(0);
  for (const source of sources) add(source, source.hear(tick));
  blend.level = limitInto(frame, sums, blend.level);
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
