import { DelayEstimate } from './delay-estimate.ts';
import { JitterQueue } from './jitter-queue.ts';
import { payloadLength, payloadOffset, sequenceOf, sequenceStep, ssrcOf, timestampOf, timestampStep } from './packet.ts';
import { MAX_DROPOUT, MAX_MISORDER } from './sequence.ts';

/** More than 200 ms of packets of 5 ms. */
const SLOTS = 64;
/** A transit time so far from the others is a jump of the source's clock. */
const MAX_SHIFT_MS = 1_000;
/** So many packets in a row that are too late for any delay: it is the source's clock, then, that went back. */
const MAX_UNUSABLE = 5;
/** Concealment fades within this long: after that it is silence. */
const MAX_MISSING_MS = 100;
/** Another source takes over when the one that is heard has been silent for so long, or by so many packets in a row. */
const SOURCE_SILENT_MS = 60;
const SOURCE_PACKETS = 3;
/** How many ticks the delay may be too long before a frame is left out: first only a quiet one, then any. */
const PATIENCE_TICKS = 25;
const MAX_PATIENCE_TICKS = 150;

export type SoundForm =
  /** One byte for each timestamp unit, as G.711 and G.722 have it: packets of any length become frames. `silence` fills a hole in a frame. */
  | { readonly kind: 'bytes'; readonly silence: number }
  /** Packets that only a decoder can divide, as Opus has them: they are handed over whole. */
  | { readonly kind: 'packets'; readonly unitsOf: (payload: Uint8Array) => number };

export interface JitterBufferOptions {
  readonly clockRate: number;
  readonly form: SoundForm;
  readonly frameMs?: number;
  readonly minMs?: number;
  readonly maxMs?: number;
  /** Whether a payload can be left out unheard, when the delay is to become shorter. */
  readonly isQuiet?: (payload: Uint8Array) => boolean;
}

/**
 * Puts one peer's sound back in order and in time (RFC 3550 leaves the how to the receiver). Timestamps tell when a packet is
 * to be heard, numbers only what is lost: the delay adapts to how late packets have come of late, in pauses where there are any.
 */
export class JitterBuffer {
  readonly #form: SoundForm;
  readonly #isQuiet: ((payload: Uint8Array) => boolean) | undefined;
  readonly #unitsPerMs: number;
  readonly #frameMs: number;
  readonly #frameUnits: number;
  readonly #maxMs: number;
  readonly #estimate: DelayEstimate;
  readonly #queue = new JitterQueue(SLOTS);
  readonly #frame: Uint8Array;
  /** Numbers lately of packets that were no sound, each in its place. */
  readonly #soundless = new Float64Array(SLOTS).fill(-1);

  #ssrc = -1;
  #heardAt = 0;
  #candidate = -1;
  #candidatePackets = 0;
  #suspect = -1;
  #unusable = 0;
  /** The source is a new one, and has not sent sound yet. */
  #isAnew = false;
  /** The highest number, in the packet and without end; the timestamp of the last sound in order, and its place on a line without end. */
  #topSequence = 0;
  #topOrder = 0;
  #topTimestamp = 0;
  #topAt = 0;
  #topUnits = 0;

  #isPlaying = false;
  #nextOrder = 0;
  #playAt = 0;
  #lastUnits: number;
  #takenUnits: number;
  #missingRun = 0;
  #overTicks = 0;
  #delayMs = 0;

  /** What became of packets and frames. */
  readonly counts = { late: 0, duplicate: 0, foreign: 0, overflown: 0, missing: 0, skipped: 0, jumps: 0 };

  constructor({ clockRate, form, frameMs = 20, minMs = 20, maxMs = 200, isQuiet }: JitterBufferOptions) {
    this.#form = form;
    this.#isQuiet = isQuiet;
    this.#unitsPerMs = clockRate / 1_000;
    this.#frameMs = frameMs;
    this.#frameUnits = Math.round(frameMs * this.#unitsPerMs);
    this.#maxMs = maxMs;
    this.#estimate = new DelayEstimate(minMs, maxMs);
    this.#frame = new Uint8Array(form.kind === 'bytes' ? this.#frameUnits : 0);
    this.#lastUnits = this.#frameUnits;
    this.#takenUnits = this.#frameUnits;
  }

  /** How long ago what was taken last could have come at the earliest. */
  get delayMs(): number { return this.#delayMs; }
  get targetMs(): number { return this.#estimate.targetMs; }
  get waiting(): number { return this.#queue.count; }
  /** Of how many timestamp units the last answer of `take` was; always a frame's where the form is bytes. */
  get takenUnits(): number { return this.#takenUnits; }

  /**
   * Takes a valid packet of sound in; what it keeps it copies. With `isSound` false it notes only that the packet came (an event,
   * comfort noise), so that its number is not missed. Answers whether the packet is of use.
   */
  put(packet: Uint8Array, nowMs: number, isSound = true): boolean {
    const sequence = sequenceOf(packet);
    const step = this.#follow(ssrcOf(packet), sequence, nowMs);
    if (Number.isNaN(step)) return false;
    const order = this.#topOrder + step;
    const isNewest = step > 0;
    if (isNewest) {
      this.#topSequence = sequence;
      this.#topOrder = order;
    }
    if (!isSound) {
      this.#soundless[order & (SLOTS - 1)] = order;
      return true;
    }
    const from = payloadOffset(packet);
    const to = from + payloadLength(packet, from);
    if (to <= from) return false;
    const timestamp = timestampOf(packet);
    const units = this.#form.kind === 'bytes' ? to - from : this.#unitsOf(packet, from, to);
    const at = this.#placeOf(timestamp, isNewest, nowMs);
    if (isNewest) {
      this.#topTimestamp = timestamp;
      this.#topAt = at;
      this.#topUnits = units;
    }
    if (order < this.#nextOrder || at === Number.NEGATIVE_INFINITY || (this.#isPlaying && at + units <= this.#playAt)) {
      this.counts.late += 1;
      return false;
    }
    if (this.#queue.isFull) {
      // The newest matters more than the oldest, unless this is one that is older still.
      if (order < this.#queue.order) return false;
      this.#pass();
      this.counts.overflown += 1;
    }
    if (this.#queue.add(order, at, units, packet, from, to)) return true;
    this.counts.duplicate += 1;
    return false;
  }

  #unitsOf(packet: Uint8Array, from: number, to: number): number {
    if (this.#form.kind === 'bytes') return to - from;
    const units = this.#form.unitsOf(packet.subarray(from, to));
    // No codec has packets of more than 120 ms (RFC 6716 2.1.4), nor of nothing.
    return Number.isFinite(units) ? Math.max(1, Math.min(120 * this.#unitsPerMs, units)) : this.#frameUnits;
  }

  /** How far a packet's number is ahead of the highest; not a number for a packet that is not to be used. */
  #follow(ssrc: number, sequence: number, nowMs: number): number {
    if (ssrc !== this.#ssrc) return this.#consider(ssrc, nowMs) ? this.#startSource(ssrc) : Number.NaN;
    this.#heardAt = nowMs;
    this.#candidatePackets = 0;
    const step = sequenceStep(this.#topSequence, sequence);
    if (step <= MAX_DROPOUT && step >= -MAX_MISORDER) {
      this.#suspect = -1;
      return step;
    }
    // Two in a row mean that the source has started again (RFC 3550 A.1).
    if (sequence === this.#suspect) return this.#startSource(ssrc);
    this.#suspect = (sequence + 1) & 0xffff;
    return Number.NaN;
  }

  /** Two sources that send at once must not take turns: the one that is heard stays until it stops. */
  #consider(ssrc: number, nowMs: number): boolean {
    if (this.#ssrc === -1 || nowMs - this.#heardAt >= SOURCE_SILENT_MS) {
      this.#heardAt = nowMs;
      return true;
    }
    this.#candidatePackets = ssrc === this.#candidate ? this.#candidatePackets + 1 : 1;
    this.#candidate = ssrc;
    if (this.#candidatePackets < SOURCE_PACKETS) {
      this.counts.foreign += 1;
      return false;
    }
    this.#heardAt = nowMs;
    return true;
  }

  /** The numbers of a source begin: its first packet is the one behind those that came. */
  #startSource(ssrc: number): number {
    this.#ssrc = ssrc;
    this.#suspect = -1;
    this.#candidatePackets = 0;
    this.#isAnew = true;
    return 1;
  }

  /** Where a packet of sound stands on the line without end. */
  #placeOf(timestamp: number, isNewest: boolean, nowMs: number): number {
    const at = this.#topAt + timestampStep(this.#topTimestamp, timestamp);
    const transit = nowMs - at / this.#unitsPerMs;
    const late = transit - this.#estimate.baseMs;
    if (!isNewest) {
      // The latest packets are those that others have overtaken. One from before a jump tells nothing.
      if (late >= 0 && late <= MAX_SHIFT_MS) this.#estimate.observe(transit, nowMs);
      return Math.abs(late) <= MAX_SHIFT_MS ? at : Number.NEGATIVE_INFINITY;
    }
    this.#unusable = late > this.#maxMs ? this.#unusable + 1 : 0;
    if (this.#isAnew || Math.abs(late) > MAX_SHIFT_MS || this.#unusable > MAX_UNUSABLE) {
      if (this.#topUnits > 0) this.counts.jumps += 1;
      this.#isAnew = false;
      this.#unusable = 0;
      // It came just now and is taken to be in time; but it does not stand before what came before it.
      const anew = Math.max(this.#topAt + this.#topUnits, Math.round((nowMs - this.#estimate.baseMs) * this.#unitsPerMs));
      this.#estimate.rebase(nowMs - anew / this.#unitsPerMs, nowMs);
      return anew;
    }
    this.#estimate.observe(transit, nowMs);
    return at;
  }

  /** Leaves the first one that waits behind. */
  #pass(): void {
    this.#nextOrder = this.#queue.order + 1;
    this.#queue.removeFirst();
  }

  #delayOf(at: number, nowMs: number): number {
    return nowMs - this.#estimate.baseMs - at / this.#unitsPerMs;
  }

  /**
   * What is to be heard next: a payload, which stands until the next call; 'missing', to be concealed; or 'silence', where the peer
   * sends none. To be called once a frame; where packets are handed over whole, whenever the sound of the last is used up.
   */
  take(nowMs: number): Uint8Array | 'missing' | 'silence' {
    this.#takenUnits = this.#form.kind === 'bytes' ? this.#frameUnits : this.#lastUnits;
    if (!this.#isPlaying && !this.#begin(nowMs)) return 'silence';
    this.#delayMs = this.#delayOf(this.#playAt, nowMs);
    if (this.#delayMs > this.#maxMs) this.#skip(this.#delayMs - this.targetMs, nowMs);
    else this.#shorten(nowMs);
    while (this.#queue.count > 0 && this.#isOver()) {
      this.#pass();
      this.counts.late += 1;
    }
    if (this.#queue.count === 0) return this.#wait();
    const gap = this.#queue.at - this.#playAt;
    const lost = gap > 0 ? this.#lostBefore() : 0;
    if (gap >= (this.#form.kind === 'bytes' ? this.#frameUnits : this.#lastUnits / 2)) return this.#cross(gap, lost);
    if (this.#form.kind === 'packets') return this.#takeWhole();
    if (gap > 0 && lost === 0) {
      // Sound begins out of step with the frames: the step moves, to where it is nearer.
      this.#playAt = this.#queue.at;
      if (gap > this.#frameUnits / 2) return 'silence';
    }
    this.#missingRun = 0;
    return this.#takeFrame();
  }

  /** Sound begins when its first packet has waited long enough. */
  #begin(nowMs: number): boolean {
    if (this.#queue.count === 0) return false;
    const { at } = this.#queue;
    if (this.#delayOf(at, nowMs) < this.targetMs - this.#frameMs / 2) return false;
    this.#isPlaying = true;
    this.#playAt = at;
    this.#missingRun = 0;
    this.#overTicks = 0;
    return true;
  }

  /** Whether the first that waits is past its time. */
  #isOver(): boolean {
    const part = this.#form.kind === 'bytes' ? this.#queue.units : this.#queue.units / 2;
    return this.#queue.at + part <= this.#playAt;
  }

  #skip(ms: number, nowMs: number): void {
    const frames = Math.max(1, Math.ceil(ms / this.#frameMs));
    this.#playAt += frames * this.#frameUnits;
    this.counts.skipped += frames;
    this.#overTicks = 0;
    this.#delayMs = this.#delayOf(this.#playAt, nowMs);
    while (this.#queue.count > 0 && this.#isOver()) this.#pass();
  }

  /** Leaves out a frame now and then while the delay is longer than it need be. */
  #shorten(nowMs: number): void {
    if (this.#delayMs <= this.targetMs + this.#frameMs) {
      this.#overTicks = 0;
      return;
    }
    this.#overTicks += 1;
    if (this.#overTicks < PATIENCE_TICKS || this.#queue.count < 2) return;
    if (this.#overTicks >= MAX_PATIENCE_TICKS || this.#isQuiet === undefined || this.#isQuiet(this.#queue.payload)) this.#skip(this.#frameMs, nowMs);
  }

  /** Nothing has come that could be heard: it is late, or lost, or there is none. */
  #wait(): 'missing' | 'silence' {
    const isToldSo = this.#topOrder >= this.#nextOrder && this.#soundless[this.#topOrder & (SLOTS - 1)] === this.#topOrder;
    if (isToldSo || this.#missingRun * this.#frameMs >= MAX_MISSING_MS) {
      this.#isPlaying = false;
      return 'silence';
    }
    this.#missingRun += 1;
    this.counts.missing += 1;
    this.#proceed();
    return 'missing';
  }

  /** Goes on past what is missing; but where the delay is too short for what comes now, time stands still: that makes it longer. */
  #proceed(): void {
    if (this.#delayMs + this.#frameMs > this.targetMs + this.#frameMs / 2) this.#playAt += this.#takenUnits;
  }

  /** How many packets are lost before the first that waits. */
  #lostBefore(): number {
    const { order } = this.#queue;
    let lost = order - this.#nextOrder;
    for (let i = Math.max(this.#nextOrder, order - SLOTS); i < order; i += 1) if (this.#soundless[i & (SLOTS - 1)] === i) lost -= 1;
    return lost;
  }

  /** A gap before the next packet: as much of it as was lost is missing, the rest is a pause, in which the delay can change unheard. */
  #cross(gap: number, lost: number): 'missing' | 'silence' {
    const maxMissing = Math.min(MAX_MISSING_MS / this.#frameMs, Math.ceil((lost * this.#lastUnits) / this.#takenUnits));
    if (this.#missingRun < maxMissing) {
      this.#missingRun += 1;
      this.counts.missing += 1;
      this.#proceed();
      return 'missing';
    }
    const over = this.#delayMs - this.targetMs;
    const half = this.#frameMs / 2;
    if (over >= -half) this.#playAt += Math.min(gap, over > half ? 2 * this.#takenUnits : this.#takenUnits);
    return 'silence';
  }

  #takeWhole(): Uint8Array {
    const { at, units, payload } = this.#queue;
    this.#missingRun = 0;
    this.#lastUnits = units;
    this.#takenUnits = units;
    this.#playAt = at + units;
    this.#pass();
    return payload;
  }

  #takeFrame(): Uint8Array {
    const end = this.#playAt + this.#frameUnits;
    const { at, units, payload } = this.#queue;
    this.#lastUnits = units;
    if (at === this.#playAt && units === this.#frameUnits) {
      this.#playAt = end;
      this.#pass();
      return payload;
    }
    this.#frame.fill(this.#form.kind === 'bytes' ? this.#form.silence : 0);
    while (this.#queue.count > 0 && this.#queue.at < end) {
      this.#copyPiece(end);
      if (this.#queue.at + this.#queue.units > end) break;
      this.#pass();
    }
    this.#playAt = end;
    return this.#frame;
  }

  /** The part of the first that waits which belongs to the frame up to `end`. */
  #copyPiece(end: number): void {
    const { at, units, payload } = this.#queue;
    const from = Math.max(at, this.#playAt);
    const to = Math.min(at + units, end);
    for (let i = from; i < to; i += 1) this.#frame[i - this.#playAt] = payload[i - at] ?? 0;
  }
}
