import type { SoundSource } from './frame.ts';
import { playSegments, type Segment } from './segments.ts';

/** The tones of ITU-T Q.23: one of four low ones and one of four high ones make a digit. */
export const lowTones = [697, 770, 852, 941] as const;
export const highTones = [1_209, 1_336, 1_477, 1_633] as const;
/** Row by row. */
export const dtmfDigits = '123A456B789C*0#D';

export type DtmfOptions = {
  /** How long a digit and the pause after it last; Q.24 wants at least 40 ms of each to be understood. */
  readonly toneMs?: number;
  readonly pauseMs?: number;
  /** Of the low tone; the high one is sent 2 dB louder, for lines weaken it more. */
  readonly dbm0?: number;
};

/** Plays digits; what is none (a comma, as people write it) is a pause of half a second. */
export function playDtmf(digits: string, { toneMs = 100, pauseMs = 100, dbm0 = -10 }: DtmfOptions = {}): SoundSource {
  const segments: Segment[] = Array.from(digits.toUpperCase()).flatMap((digit) => {
    const place = dtmfDigits.indexOf(digit);
    const low = lowTones[place >> 2];
    const high = highTones[place & 3];
    if (place < 0 || low === undefined || high === undefined) return [{ tones: [], ms: 500 }];
    return [{ tones: [{ hertz: low, dbm0 }, { hertz: high, dbm0: dbm0 + 2 }], ms: toneMs }, { tones: [], ms: pauseMs }];
  });
  return playSegments(segments, false);
}
