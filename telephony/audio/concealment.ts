import { MIX_RATE } from './frame.ts';
import { clipToInt16 } from './level.ts';

/**
 * What is heard in place of sound that got lost, in the spirit of ITU-T G.711 Appendix I: the last period of the voice is
 * said again, from the tenth millisecond on ever softer, until after 60 ms there is silence; the first sound that comes
 * again is faded in. The Appendix delays all sound by 3.75 ms to blend the seam; here the step there is faded out instead.
 */
export interface Concealment {
  /** Sound that came: kept for bad times, and, after some, blended with what stood in for it, in place. */
  readonly heard: (samples: Int16Array, count: number) => void;
  /** Fills the whole array with what might have come. */
  readonly conceal: (into: Int16Array) => void;
}

/** Voices between 66 and 200 Hz, as the Appendix has it. */
const shortestPeriod = MIX_RATE / 200;
const longestPeriod = Math.floor(MIX_RATE / 66);
/** So much of the past is compared with what lies a period before it. */
const compared = MIX_RATE / 50;
const kept = compared + longestPeriod;
/** The seam of two periods: a quarter of the shortest one. */
const seam = shortestPeriod / 4;
const stepFade = MIX_RATE / 1_000;
const steadyFor = MIX_RATE / 100;
const silentAfter = (MIX_RATE * 60) / 1_000;
const fadePerSample = 1 / (silentAfter - steadyFor);
/** The blend back takes 4 ms, and more after a longer gap, up to 10 (Appendix I.2.7). */
const shortestBlend = (MIX_RATE * 4) / 1_000;
const longestBlend = MIX_RATE / 100;

export function createConcealment(): Concealment {
  const past = new Int16Array(kept);
  const cycle = new Float32Array(longestPeriod);
  const blend = new Int16Array(longestBlend);
  let period = 0;
  /** Samples concealed since something was heard. */
  let missing = 0;
  /** What the first sample of the repetition lies off from the last one heard. */
  let step = 0;

  const begin = (): void => {
    period = findPeriod(past);
    const start = kept - period;
    for (let i = 0; i < period; i += 1) cycle[i] = past[start + i] ?? 0;
    // The end of the period turns into what came before its beginning, so that one follows the other without a step.
    for (let i = 0; i < seam; i += 1) {
      const share = (i + 1) / (seam + 1);
      const at = period - seam + i;
      cycle[at] = (cycle[at] ?? 0) * (1 - share) + (past[start - seam + i] ?? 0) * share;
    }
    step = (past[kept - 1] ?? 0) - (past[start - 1] ?? 0);
  };

  const stand = (into: Int16Array): void => {
    for (let i = 0; i < into.length; i += 1) {
      const at = missing + i;
      const gain = at < steadyFor ? 1 : Math.max(0, 1 - (at - steadyFor) * fadePerSample);
      const correction = at < stepFade ? step * (1 - at / stepFade) : 0;
      into[i] = gain === 0 ? 0 : clipToInt16(Math.round(((cycle[at % period] ?? 0) + correction) * gain));
    }
  };

  return {
    heard: (samples, count) => {
      if (missing > 0) {
        const length = Math.min(count, longestBlend, shortestBlend + Math.floor(missing / 10));
        stand(blend);
        for (let i = 0; i < length; i += 1) {
          const share = (i + 1) / (length + 1);
          samples[i] = Math.round((blend[i] ?? 0) * (1 - share) + (samples[i] ?? 0) * share);
        }
        missing = 0;
      }
      const fresh = Math.min(count, kept);
      past.copyWithin(0, fresh);
      for (let i = 0; i < fresh; i += 1) past[kept - fresh + i] = samples[count - fresh + i] ?? 0;
    },
    conceal: (into) => {
      if (missing === 0) begin();
      stand(into);
      // Counting on would be of no use, and for ever is long.
      missing = Math.min(missing + into.length, silentAfter + longestPeriod);
    },
  };
}

/** The lag at which the last 20 ms are most like what was before, by normalised correlation, every second sample taken. */
function findPeriod(past: Int16Array): number {
  const from = kept - compared;
  let best = longestPeriod;
  let bestLikeness = 0;
  for (let lag = shortestPeriod; lag <= longestPeriod; lag += 1) {
    let product = 0;
    let energy = 1;
    for (let i = from; i < kept; i += 2) {
      const before = past[i - lag] ?? 0;
      product += (past[i] ?? 0) * before;
      energy += before * before;
    }
    const likeness = product <= 0 ? 0 : (product * product) / energy;
    // A multiple of the period is as good; the first good one is it.
    if (likeness > bestLikeness * 1.02) {
      best = lag;
      bestLikeness = likeness;
    }
  }
  return best;
}
