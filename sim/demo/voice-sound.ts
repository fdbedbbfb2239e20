import { FRAME_SAMPLES, MIX_RATE } from '../../telephony/audio/frame.ts';

const LOUD = 1800;
const SYLLABLES_HZ = 3.3;
const PHRASE_SECONDS = 2.6;
const PAUSE_SECONDS = 1.1;
const HARMONICS = [1, 0.6, 0.45, 0.2] as const;

/** What sounds like somebody behind a door: syllables of a voice that say nothing, with pauses. */
export function createMurmur(hertz: number): (frame: Int16Array) => void {
  let sample = 0;
  return (frame) => {
    for (let index = 0; index < FRAME_SAMPLES; index += 1) {
      const seconds = sample / MIX_RATE;
      sample += 1;
      const isPause = seconds % (PHRASE_SECONDS + PAUSE_SECONDS) > PHRASE_SECONDS;
      const syllable = isPause ? 0 : Math.max(0, Math.sin(2 * Math.PI * SYLLABLES_HZ * seconds));
      const pitch = hertz * (1 + 0.06 * Math.sin(2 * Math.PI * 0.4 * seconds));
      let sum = 0;
      for (const [order, loudness] of HARMONICS.entries()) sum += loudness * Math.sin(2 * Math.PI * pitch * (order + 1) * seconds);
      frame[index] = Math.round(LOUD * syllable * sum);
    }
  };
}
