import { MIX_RATE } from '../audio/frame.ts';
import type { Sound } from './plays.ts';

/** Semitones above the lowest note, two bars of eight quavers for each chord: a music box, which a telephone carries well. */
const BARS = [
  [0, 7, 12, 16, 19, 16, 12, 7], [-3, 4, 9, 12, 16, 12, 9, 4], [-7, 0, 5, 9, 12, 9, 5, 0], [-5, 2, 7, 11, 14, 11, 7, 2],
  [0, 7, 12, 16, 24, 19, 16, 12], [-3, 4, 9, 12, 21, 16, 12, 9], [-7, 0, 5, 9, 17, 12, 9, 5], [-5, 2, 7, 11, 19, 14, 11, 7],
] as const;
const LOWEST_HERTZ = 261.63;
const NOTE_MS = 330;
/** A note dies away within this. */
const DECAY_MS = 450;
const RING_MS = 1600;
const AMPLITUDE = 3200;
/** Each partial's share; a bell has few, and the higher ones die sooner. */
const PARTIALS = [1, 0.35, 0.12] as const;

let made: Int16Array | undefined;

/** Computed, not recorded: so it is nobody's, and there is always something to wait with. */
function compose(): Int16Array {
  const noteSamples = Math.round((NOTE_MS * MIX_RATE) / 1000);
  const notes = BARS.flat();
  const sums = new Float64Array(notes.length * noteSamples);
  for (const [index, semitones] of notes.entries()) {
    const hertz = LOWEST_HERTZ * 2 ** (semitones / 12);
    for (let i = 0; i < (RING_MS * MIX_RATE) / 1000; i += 1) {
      const seconds = i / MIX_RATE;
      let sample = 0;
      for (const [above, share] of PARTIALS.entries()) sample += share * Math.exp((-seconds * 1000 * (above + 1)) / DECAY_MS) * Math.sin(2 * Math.PI * hertz * (above + 1) * seconds);
      // What still rings at the end rings on at the beginning, so the piece has no seam.
      const at = (index * noteSamples + i) % sums.length;
      sums[at] = (sums[at] ?? 0) + sample * AMPLITUDE * Math.min(1, i / 40);
    }
  }
  return Int16Array.from(sums, (sum) => Math.max(-32_768, Math.min(32_767, Math.round(sum))));
}

/** The music of those who wait where none is given. */
export function defaultMusic(): Sound {
  made ??= compose();
  const music = made;
  let at = 0;
  return {
    next: (frame) => {
      for (let i = 0; i < frame.length; i += 1, at = (at + 1) % music.length) frame[i] = music[at] ?? 0;
      return true;
    },
    seek: (ms) => { at = Math.round((ms * MIX_RATE) / 1000) % music.length; },
    positionMs: () => Math.round((at * 1000) / MIX_RATE),
    close: () => undefined,
  };
}
