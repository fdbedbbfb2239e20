import type { Sounding } from './tone-classifier.ts';
import { cadences, type Country, type ToneName } from './tones.ts';

/** How long something sounded. */
export type Stretch = { readonly sounding: Sounding; readonly ms: number };

/** The tones that are known by their rhythm. */
export type CadenceName = Extract<ToneName, 'ringback' | 'busy' | 'congestion' | 'unobtainable'>;

export interface CadenceMatcher {
  /** Something ended. Tells which tone that makes sure of. */
  readonly put: (ended: Stretch) => CadenceName | undefined;
  /** The silence after it has lasted so long by now; telephones ring at long intervals, which nobody needs to wait for. */
  readonly lasting: (silenceMs: number) => CadenceName | undefined;
}

type Pattern = { readonly name: CadenceName; readonly stretches: readonly Stretch[] };

const names: readonly CadenceName[] = ['ringback', 'busy', 'congestion', 'unobtainable'];
/** Switches keep to a tenth, frames see 20 ms at either end. */
const tolerance = 0.12;
const toleranceMs = 45;
/** Two rounds of a rhythm of two strokes make it sure, one round of a longer one. */
const strokes = 4;
const kept = 8;
/** So much of the pause between two rings. */
const ringPause = 0.6;

export function createCadenceMatcher(countries: readonly Country[] = Object.keys(cadences) as Country[]): CadenceMatcher {
  const patterns = countries.flatMap((country) => names.flatMap((name) => patternOf(name, country)));
  const repeated = patterns.filter(({ name }) => name !== 'ringback');
  const rings = patterns.filter(({ name }) => name === 'ringback');
  const past: Stretch[] = [];
  let told: CadenceName | undefined;

  const tell = (name: CadenceName | undefined): CadenceName | undefined => {
    if (name === undefined || name === told) return undefined;
    told = name;
    return name;
  };

  return {
    put: (ended) => {
      past.push(ended);
      if (past.length > kept) past.shift();
      if (ended.sounding === 'sound') told = undefined;
      return tell(ended.sounding === 'silence' ? repeated.find((pattern) => isRepeated(past, pattern.stretches))?.name : undefined);
    },
    lasting: (silenceMs) => {
      for (const { name, stretches } of rings) {
        if (silenceMs >= (stretches.at(-1)?.ms ?? 0) * ringPause && isRung(past, stretches)) return tell(name);
      }
      return undefined;
    },
  };
}

function patternOf(name: CadenceName, country: Country): Pattern[] {
  const stretches = cadences[country][name].map(([hertz, ms]): Stretch => ({ sounding: soundingOf(hertz), ms }));
  // What sounds without a rhythm, or is no tone of these, is not told by it.
  return stretches.length < 2 || stretches.some(({ sounding }) => sounding === 'sound') ? [] : [{ name, stretches }];
}

function soundingOf(hertz: readonly number[]): Sounding {
  if (hertz.length === 0) return 'silence';
  if (hertz.every((each) => each >= 375 && each <= 500)) return 'low';
  return hertz[0] === 480 && hertz[1] === 620 ? '480+620' : 'sound';
}

function isLike(heard: Stretch | undefined, wanted: Stretch | undefined): boolean {
  if (heard === undefined || wanted === undefined || heard.sounding !== wanted.sounding) return false;
  return Math.abs(heard.ms - wanted.ms) <= Math.max(toleranceMs, wanted.ms * tolerance);
}

/** Whether what was heard last is the rhythm, beginning anywhere in it. */
function isRepeated(past: readonly Stretch[], pattern: readonly Stretch[]): boolean {
  const length = Math.max(pattern.length, strokes);
  const from = past.length - length;
  if (from < 0) return false;
  for (let turn = 0; turn < pattern.length; turn += 2) {
    let fits = 0;
    while (fits < length && isLike(past[from + fits], pattern[(turn + fits) % pattern.length])) fits += 1;
    if (fits === length) return true;
  }
  return false;
}

/** Whether what was heard last is the rhythm up to its long pause. */
function isRung(past: readonly Stretch[], pattern: readonly Stretch[]): boolean {
  const last = pattern.length - 1;
  for (let i = 0; i < last; i += 1) {
    if (!isLike(past[past.length - last + i], pattern[i])) return false;
  }
  return true;
}
