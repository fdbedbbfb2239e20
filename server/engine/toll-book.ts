/** An amount of a part of the time, by when that began in milliseconds since 1970. */
type Part = readonly [at: number, amount: number];

/** What the calls of a tenant to the outside have used in the last minute and day: calls, and milliseconds of talk. */
export interface KeptTolls {
  readonly minute: readonly Part[];
  readonly day: readonly Part[];
  readonly talk: readonly Part[];
}

/** Where that is kept, so that limits do not begin anew with every start. */
export interface TollBook {
  readonly read: () => Promise<ReadonlyMap<number, KeptTolls>>;
  /** Puts these in place of what was kept of the same tenants. */
  readonly write: (tolls: ReadonlyMap<number, KeptTolls>) => Promise<void>;
}
