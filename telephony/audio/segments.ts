import { MIX_RATE, type SoundSource } from './frame.ts';
import { clipToInt16 } from './level.ts';
import { Oscillator, type Tone } from './oscillator.ts';

/** Some tones at once for a while, or, without any, silence. */
export type Segment = { readonly tones: readonly Tone[]; readonly ms: number };

/** So long a segment takes to swell and to die away: a tone that is cut off clicks, and a click is all frequencies. */
const slopeSamples = (MIX_RATE * 2) / 1_000;

/** Plays one segment after another, once or for ever. */
export function playSegments(segments: readonly Segment[], isRepeated: boolean): SoundSource {
  const lengths = segments.map(({ ms }) => Math.round((ms * MIX_RATE) / 1_000));
  const isPlayable = lengths.some((length) => length > 0);
  // For ever at one tone is not to be heard swelling and dying.
  const isSteady = isRepeated && segments.length === 1;
  let index = 0;
  let at = 0;
  let started = false;
  let oscillators: readonly Oscillator[] = [];

  const advance = (): boolean => {
    while (!started || at >= (lengths[index] ?? 0)) {
      if (started) index += 1;
      if (index === segments.length && isRepeated && isPlayable) index = 0;
      const segment = segments[index];
      if (segment === undefined) return false;
      if (!started || !isSteady) oscillators = segment.tones.map((tone) => new Oscillator(tone));
      at = 0;
      started = true;
    }
    return true;
  };

  return {
    next: (frame) => {
      let filled = 0;
      while (filled < frame.length && advance()) {
        const length = lengths[index] ?? 0;
        const count = Math.min(frame.length - filled, length - at);
        for (let i = 0; i < count; i += 1, at += 1) {
          let sum = 0;
          for (const oscillator of oscillators) sum += oscillator.next();
          const edge = isSteady ? slopeSamples : Math.min(at + 1, length - at);
          frame[filled + i] = clipToInt16(Math.round(edge < slopeSamples ? (sum * edge) / slopeSamples : sum));
        }
        filled += count;
      }
      frame.fill(0, filled);
      return filled > 0;
    },
  };
}
