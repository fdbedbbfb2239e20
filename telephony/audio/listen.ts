import { MIX_RATE } from './frame.ts';
import { levelOf } from './level.ts';

/**
 * Ears for tests: which of many pilot tones are to be heard, and how loud. Every party of a test sends a sine of its own; from 200
 * ms of what another one hears, tones 100 Hz apart are told from each other though one is 40 dB softer. Made to be right, not fast.
 */
export type HeardTone = { readonly hertz: number; /** dBm0 of the sine. */ readonly dbm0: number };

/** Frames one after another, or one long one. */
type Frames = Int16Array | readonly Int16Array[];

const lowest = 300;
const highest = 3_400;
/** The search goes over the band in steps; a window of 200 ms is 20 Hz wide. */
const searchStep = 5;
/** Below that there is nothing but what G.711 adds of its own. */
const defaultFloor = -45;

function join(frames: Frames): Int16Array {
  if (frames instanceof Int16Array) return frames;
  const joined = new Int16Array(frames.reduce((total, frame) => total + frame.length, 0));
  let at = 0;
  for (const frame of frames) {
    joined.set(frame, at);
    at += frame.length;
  }
  return joined;
}

/** Swells and dies away, so that loud tones do not leak into the places of others (a Hann window); its mean is 1. */
function shape(sound: Int16Array): Float64Array {
  const turn = (2 * Math.PI) / sound.length;
  return Float64Array.from(sound, (sample, i) => sample * (1 - Math.cos(turn * (i + 0.5))));
}

function levelIn(shaped: Float64Array, hertz: number, sampleRate: number): number {
  const double = 2 * Math.cos((2 * Math.PI * hertz) / sampleRate);
  let last = 0;
  let before = 0;
  for (const sample of shaped) {
    const now = sample + double * last - before;
    before = last;
    last = now;
  }
  const power = Math.max(0, last * last + before * before - double * last * before);
  return levelOf(Math.max(1e-6, (2 * Math.sqrt(power)) / shaped.length));
}

/** The level of each of these frequencies. */
export function spectrum(frames: Frames, frequencies: readonly number[], sampleRate = MIX_RATE): HeardTone[] {
  const shaped = shape(join(frames));
  return frequencies.map((hertz) => ({ hertz, dbm0: levelIn(shaped, hertz, sampleRate) }));
}

/** So much less than it was made is hardly there: -26 dB. */
const LEAST_SHARE = 0.05;

/** Which of these tones are to be heard, and how loud: 1 as they were made, at `dbm0`. */
export function tonesAmong(frames: Frames, frequencies: readonly number[], dbm0: number): Readonly<Record<number, number>> {
  const found: Record<number, number> = {};
  for (const heard of spectrum(frames, frequencies)) {
    const share = 10 ** ((heard.dbm0 - dbm0) / 20);
    if (share > LEAST_SHARE) found[heard.hertz] = share;
  }
  return found;
}

/** Which of these frequencies are to be heard at all. */
export function heardAmong(frames: Frames, frequencies: readonly number[], floor = defaultFloor): number[] {
  return spectrum(frames, frequencies).filter(({ dbm0 }) => dbm0 > floor).map(({ hertz }) => hertz);
}

/** The loudest tones of the telephone band, the loudest first, none softer than `floor`. */
export function loudestTones(frames: Frames, count = 1, floor = defaultFloor, sampleRate = MIX_RATE): HeardTone[] {
  const shaped = shape(join(frames));
  const levels: number[] = [];
  for (let hertz = lowest - searchStep; hertz <= highest + searchStep; hertz += searchStep) levels.push(levelIn(shaped, hertz, sampleRate));
  const peaks: HeardTone[] = [];
  for (let i = 1; i < levels.length - 1; i += 1) {
    const [left = 0, middle = 0, right = 0] = levels.slice(i - 1, i + 2);
    if (middle < floor || middle <= left || middle < right) continue;
    // A parabola through the three puts the top between them.
    const shift = (left - right) / (2 * (left - 2 * middle + right));
    const hertz = lowest - searchStep + (i + shift) * searchStep;
    peaks.push({ hertz, dbm0: levelIn(shaped, hertz, sampleRate) });
  }
  return peaks.toSorted((a, b) => b.dbm0 - a.dbm0).slice(0, count);
}

/** The level of everything there is, noise and voices too. */
export function loudness(frames: Frames): number {
  const sound = join(frames);
  const meanSquare = sound.reduce((total, sample) => total + sample * sample, 0) / Math.max(1, sound.length);
  return levelOf(Math.max(1e-6, Math.sqrt(2 * meanSquare)));
}
