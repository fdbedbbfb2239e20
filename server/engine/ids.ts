/**
 * 19-digit ids that sort by time: 41 bits of milliseconds, 10 of node, 12 of sequence. They exceed 2^53 and therefore
 * are text everywhere.
 */
export interface Ids {
  readonly next: () => string;
}

/** Counted from 2014, so that ids have 19 digits from the start as those of the reference's examples have. */
const EPOCH = Date.UTC(2014, 0, 1);
const SEQUENCES = 4096;

export function createIds({ clock, node = 0 }: { clock: () => number; node?: number }): Ids {
  let lastMs = 0;
  let sequence = 0;
  return {
    next: () => {
      // A clock that steps back must not bring an id twice: go on from the last one.
      const ms = Math.max(clock(), lastMs);
      sequence = ms === lastMs ? sequence + 1 : 0;
      lastMs = ms;
      if (sequence === SEQUENCES) {
        lastMs += 1;
        sequence = 0;
      }
      return String((BigInt(lastMs - EPOCH) << 22n) | (BigInt(node & 1023) << 12n) | BigInt(sequence));
    },
  };
}
