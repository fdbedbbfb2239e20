/** A number in [0, 1), other ones from call to call. */
export type Random = () => number;

/** The same numbers for the same seed (mulberry32), so that a run can be had again. */
export function seededRandom(seed: number): Random {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Times between things that come independently of each other, and much of what people do. */
export const exponential = (random: Random, mean: number): number => -Math.log(1 - random()) * mean;
