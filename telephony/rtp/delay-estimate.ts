/** Buckets of lateness, each so wide; what is later counts in the last one. */
const BUCKET_MS = 5;
const BUCKETS = 64;
/** The share of packets that are to come in time. */
const IN_TIME = 0.98;
/** Each packet weighs this much more than the one before, so that the last 10 s or so count. */
const GROWTH = 1 / 0.998;
const MAX_WEIGHT = 1e9;
/** The fastest packet of this long and of as long before is what lateness is measured against: clocks drift, routes change. */
const WINDOW_MS = 5_000;
/** What the first packets are believed to be late by, until about 50 have come. */
const FIRST_GUESS_MS = 28;
/** Beyond the estimate: the caller's tick is not exact either. */
const MARGIN_MS = 10;

/** How late packets come, against the fastest of late, and how long to wait for them so that nearly all are in time. */
export class DelayEstimate {
  readonly #minMs: number;
  readonly #maxMs: number;
  readonly #weights = new Float64Array(BUCKETS);
  #total = 0;
  #weight = 1;
  #isStarted = false;
  #windowFrom = 0;
  #fastest = 0;
  #fastestBefore = 0;
  #since = 0;
  #targetMs: number;

  constructor(minMs: number, maxMs: number) {
    this.#minMs = minMs;
    this.#maxMs = maxMs;
    this.#add(FIRST_GUESS_MS);
    this.#targetMs = this.#quantile();
  }

  /** How long a packet takes that is not delayed, by the clocks of both ends: only differences mean something. */
  get baseMs(): number { return Math.min(this.#fastest, this.#fastestBefore); }
  get targetMs(): number { return this.#targetMs; }

  /** Takes in one packet's transit time, and answers how late it is. */
  observe(transitMs: number, nowMs: number): number {
    if (!this.#isStarted) this.rebase(transitMs, nowMs);
    if (nowMs - this.#windowFrom >= WINDOW_MS) {
      this.#fastestBefore = this.#fastest;
      this.#fastest = transitMs;
      this.#windowFrom = nowMs;
    } else if (transitMs < this.#fastest) {
      this.#fastest = transitMs;
    }
    const late = transitMs - this.baseMs;
    this.#add(late);
    this.#since += 1;
    // The quantile is looked for now and then, and at once when packets begin to come late.
    if (this.#since >= 10 || late + MARGIN_MS > this.#targetMs) {
      this.#since = 0;
      this.#targetMs = this.#quantile();
    }
    return late;
  }

  /** The source's clock has jumped: transit times are measured anew, the habits of the network stay. */
  rebase(transitMs: number, nowMs: number): void {
    this.#isStarted = true;
    this.#fastest = transitMs;
    this.#fastestBefore = transitMs;
    this.#windowFrom = nowMs;
  }

  #add(lateMs: number): void {
    const bucket = Math.min(BUCKETS - 1, Math.floor(lateMs / BUCKET_MS));
    this.#weights[bucket] = (this.#weights[bucket] ?? 0) + this.#weight;
    this.#total += this.#weight;
    this.#weight *= GROWTH;
    if (this.#weight < MAX_WEIGHT) return;
    for (let i = 0; i < BUCKETS; i += 1) this.#weights[i] = (this.#weights[i] ?? 0) / MAX_WEIGHT;
    this.#total /= MAX_WEIGHT;
    this.#weight /= MAX_WEIGHT;
  }

  #quantile(): number {
    let rest = this.#total * (1 - IN_TIME);
    let bucket = BUCKETS - 1;
    while (bucket > 0) {
      rest -= this.#weights[bucket] ?? 0;
      if (rest < 0) break;
      bucket -= 1;
    }
    return Math.max(this.#minMs, Math.min(this.#maxMs, (bucket + 1) * BUCKET_MS + MARGIN_MS));
  }
}
