import type { SoundSource } from './frame.ts';
import type { Tone } from './oscillator.ts';
import { playSegments, type Segment } from './segments.ts';

/**
 * What a network tells a caller by tones (ITU-T E.180 and its Supplement 2, the national tones; E.180 3.7 for the special
 * information tone). `unobtainable` is a number that does not exist.
 */
export type ToneName = 'ringback' | 'busy' | 'congestion' | 'unobtainable' | 'information' | 'dial';

export type Country = 'ITU' | 'CN' | 'US' | 'UK' | 'DE';

/** A row of hertz (one, or two at once; none is silence) and milliseconds. 0 milliseconds is for ever. */
type Cadence = readonly (readonly [hertz: readonly number[], ms: number])[];

/** E.180 3.7: three tones, one after another, and a pause of a second. */
const information: Cadence = [[[950], 330], [[1_400], 330], [[1_800], 330], [[], 1_000]];
/** North America sends the first one lower for some reasons, which a caller does not hear; this is the one for "vacant". */
const vacant: Cadence = [[[985.2], 380], [[1_370.6], 274], [[1_776.7], 380], [[], 1_000]];

export const cadences: Readonly<Record<Country, Readonly<Record<ToneName, Cadence>>>> = {
  ITU: {
    dial: [[[425], 0]],
    ringback: [[[425], 1_000], [[], 4_000]],
    busy: [[[425], 500], [[], 500]],
    congestion: [[[425], 250], [[], 250]],
    unobtainable: information,
    information,
  },
  CN: {
    dial: [[[450], 0]],
    ringback: [[[450], 1_000], [[], 4_000]],
    busy: [[[450], 350], [[], 350]],
    congestion: [[[450], 700], [[], 700]],
    unobtainable: [
      [[450], 100], [[], 100], [[450], 100], [[], 100], [[450], 100], [[], 100], [[450], 400], [[], 400],
    ],
    information,
  },
  US: {
    dial: [[[350, 440], 0]],
    ringback: [[[440, 480], 2_000], [[], 4_000]],
    busy: [[[480, 620], 500], [[], 500]],
    congestion: [[[480, 620], 250], [[], 250]],
    unobtainable: vacant,
    information,
  },
  UK: {
    dial: [[[350, 440], 0]],
    ringback: [[[400, 450], 400], [[], 200], [[400, 450], 400], [[], 2_000]],
    busy: [[[400], 375], [[], 375]],
    congestion: [[[400], 400], [[], 350], [[400], 225], [[], 525]],
    unobtainable: [[[400], 0]],
    information,
  },
  DE: {
    dial: [[[425], 0]],
    ringback: [[[425], 1_000], [[], 4_000]],
    busy: [[[425], 480], [[], 480]],
    congestion: [[[425], 240], [[], 240]],
    unobtainable: information,
    information,
  },
};

/** E.180 2: -10 dBm0, plus and minus 5; two tones share it. */
const singleLevel = -10;
const pairLevel = -13;

function tonesOf(hertz: readonly number[]): Tone[] {
  return hertz.map((each) => ({ hertz: each, dbm0: hertz.length === 1 ? singleLevel : pairLevel }));
}

/** The tone of that country, for as long as it is asked for. */
export function playTone(name: ToneName, country: Country = 'ITU'): SoundSource {
  const segments: Segment[] = cadences[country][name].map(([hertz, ms]) => ({ tones: tonesOf(hertz), ms: ms === 0 ? 60_000 : ms }));
  return playSegments(segments, true);
}

/** A tone of any frequency, for ever: the pilot tone of a test, the beep of a recording with `ms`. */
export function playSine(hertz: number, dbm0 = singleLevel, ms?: number): SoundSource {
  return playSegments([{ tones: [{ hertz, dbm0 }], ms: ms ?? 60_000 }], ms === undefined);
}
