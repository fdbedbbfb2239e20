import { sequenceStep, timestampStep } from './packet.ts';

/** What a packet is to those before it. Suspect is one whose sequence number is far off: the next one shows whether the source has started again. */
export type Arrival = 'next' | 'ahead' | 'reordered' | 'duplicate' | 'suspect' | 'restarted';

/** RFC 3550 A.1: steps beyond these are not loss or disorder any more. */
export const MAX_DROPOUT = 3_000;
export const MAX_MISORDER = 100;
/** A power of two beyond `MAX_MISORDER`, so that a late packet still finds its place. */
const REMEMBERED = 128;
/** A step of the transit time that no network makes: the source's clock has jumped, which says nothing of the jitter. */
const MAX_TRANSIT_STEP_MS = 2_000;

/** One source of packets, as its receiver sees it: extended sequence, loss, disorder, jitter (RFC 3550 A.1, A.3, A.8). */
export class Reception {
  readonly #unitsPerMs: number;
  /** The extended sequence numbers that came lately, each in its place, one more than they are: 0 is an empty place. */
  readonly #came = new Float64Array(REMEMBERED);
  #started = false;
  #first = 0;
  #highest = 0;
  #suspect = -1;
  #received = 0;
  #duplicates = 0;
  #reordered = 0;
  #restarts = 0;
  #expectedBefore = 0;
  #receivedBefore = 0;
  #jitter = 0;
  #transit = 0;
  #lastTimestamp = 0;

  constructor(clockRate: number) {
    this.#unitsPerMs = clockRate / 1_000;
  }

  receive(sequence: number, timestamp: number, arrivedMs: number): Arrival {
    if (!this.#started) {
      this.#start(sequence, timestamp, arrivedMs);
      return 'next';
    }
    const step = sequenceStep(this.#highest & 0xffff, sequence);
    if (step > MAX_DROPOUT || step < -MAX_MISORDER) {
      // Two in a row mean that the source has started again without a word (RFC 3550 A.1).
      if (sequence !== this.#suspect) {
        this.#suspect = (sequence + 1) & 0xffff;
        return 'suspect';
      }
      this.#restarts += 1;
      this.#start(sequence, timestamp, arrivedMs);
      return 'restarted';
    }
    this.#suspect = -1;
    this.#received += 1;
    const extended = this.#highest + step;
    const place = extended & (REMEMBERED - 1);
    if (this.#came[place] === extended + 1) {
      this.#duplicates += 1;
      return 'duplicate';
    }
    this.#came[place] = extended + 1;
    if (step > 0) {
      this.#highest = extended;
      this.#measure(timestamp, arrivedMs);
      return step === 1 ? 'next' : 'ahead';
    }
    this.#reordered += 1;
    // One from before the first packet that came: the count of those expected begins there.
    if (extended < this.#first) this.#first = extended;
    return 'reordered';
  }

  #start(sequence: number, timestamp: number, arrivedMs: number): void {
    this.#started = true;
    this.#suspect = -1;
    // One cycle ahead of zero, so that packets from before the first have numbers of their own; reports see it modulo 2^32.
    this.#first = 0x10000 + sequence;
    this.#highest = this.#first;
    this.#came.fill(0);
    this.#came[this.#first & (REMEMBERED - 1)] = this.#first + 1;
    this.#received = 1;
    this.#duplicates = 0;
    this.#reordered = 0;
    this.#expectedBefore = 0;
    this.#receivedBefore = 0;
    this.#transit = arrivedMs * this.#unitsPerMs;
    this.#lastTimestamp = timestamp;
  }

  #measure(timestamp: number, arrivedMs: number): void {
    const step = timestampStep(this.#lastTimestamp, timestamp);
    // Packets of one telephone event share their timestamp (RFC 4733 2.5.1.2), which is not jitter.
    if (step === 0) return;
    this.#lastTimestamp = timestamp;
    const arrived = arrivedMs * this.#unitsPerMs;
    // The transit times themselves need a common clock; their difference is all that counts (RFC 3550 6.4.1).
    const difference = Math.abs(arrived - this.#transit - step);
    this.#transit = arrived;
    if (difference < MAX_TRANSIT_STEP_MS * this.#unitsPerMs) this.#jitter += (difference - this.#jitter) / 16;
  }

  get isStarted(): boolean { return this.#started; }
  /** The cycles of the sequence number above the highest that came, as reports carry it (RFC 3550 6.4.1). */
  get extendedHighest(): number { return (this.#highest - 0x10000) >>> 0; }
  get received(): number { return this.#received; }
  get duplicates(): number { return this.#duplicates; }
  get reordered(): number { return this.#reordered; }
  get restarts(): number { return this.#restarts; }
  get expected(): number { return this.#started ? this.#highest - this.#first + 1 : 0; }
  /** Can be less than zero where packets came twice (RFC 3550 A.3). */
  get lost(): number { return this.expected - this.#received; }
  /** In units of the timestamp. */
  get jitter(): number { return Math.floor(this.#jitter); }
  get jitterMs(): number { return this.#jitter / this.#unitsPerMs; }

  /** The share of packets lost since it was last asked, in 256ths (RFC 3550 A.3). */
  takeFractionLost(): number {
    const expected = this.expected - this.#expectedBefore;
    const lost = expected - (this.#received - this.#receivedBefore);
    this.#expectedBefore = this.expected;
    this.#receivedBefore = this.#received;
    return expected <= 0 || lost <= 0 ? 0 : Math.min(255, Math.floor((lost * 256) / expected));
  }
}
