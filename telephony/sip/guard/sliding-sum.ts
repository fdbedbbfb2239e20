/** How much there was in a part of the time, and when that began. */
export type SumPart = readonly [at: number, amount: number];

/** How much there was in the time just past: an hour, a day. Kept in parts, so that it never takes more room. */
export interface SlidingSum {
  readonly add: (amount: number, now: number) => void;
  /** Counts a part that is past in half still whole: rather too much than too little. */
  readonly sum: (now: number) => number;
  /** The parts in which there was something. */
  readonly parts: (now: number) => readonly SumPart[];
  /** Adds a part that was kept. What is too long ago is left out, and what is still to come counts as of now. */
  readonly restore: (part: SumPart, now: number) => void;
}

export function createSlidingSum(spanMs: number, parts: number): SlidingSum {
  const partMs = spanMs / parts;
  // One more than the parts, as the one that runs has only begun.
  const amounts = Array.from({ length: parts + 1 }, () => 0);
  let latest = 0;
  let total = 0;

  const moveTo = (now: number): void => {
    const part = Math.floor(now / partMs);
    const first = Math.max(latest + 1, part - parts);
    for (let at = first; at <= part; at += 1) {
      const place = at % amounts.length;
      total -= amounts[place] ?? 0;
      amounts[place] = 0;
    }
    latest = Math.max(latest, part);
  };
  return {
    add: (amount, now) => {
      moveTo(now);
      const place = latest % amounts.length;
      amounts[place] = (amounts[place] ?? 0) + amount;
      total += amount;
    },
    sum: (now) => {
      moveTo(now);
      return total;
    },
    parts: (now) => {
      moveTo(now);
      const found: SumPart[] = [];
      for (let at = Math.max(0, latest - parts); at <= latest; at += 1) {
        const amount = amounts[at % amounts.length] ?? 0;
        if (amount > 0) found.push([at * partMs, amount]);
      }
      return found;
    },
    restore: ([began, amount], now) => {
      moveTo(now);
      const part = Math.min(latest, Math.floor(began / partMs));
      if (part < 0 || part < latest - parts) return;
      const place = part % amounts.length;
      amounts[place] = (amounts[place] ?? 0) + amount;
      total += amount;
    },
  };
}
