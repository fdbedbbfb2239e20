import { FRAME_SAMPLES } from './frame.ts';
import { clipToInt16 } from './level.ts';

/**
 * The arithmetic of a room: everybody hears the others, not himself, and some hear somebody louder, softer or not at all.
 *
 * Where all hear all, the sum of everybody is made once, and from it each listener's own sound is taken off: n sums instead of
 * n². Who hears otherwise gets what differs added or taken off, or, where that is more work, a sum of his own. A
 * gain that changes slides to its new value within one frame, so that nothing clicks. Sums of whole numbers are exact: in a room
 * whose gains are all 1 and whose sum is not too loud, what is heard is that sum, to the bit.
 */
export interface Mix {
  /** Makes a place; undefined when the room is full. Its gains are 0: nobody hears it, it hears nobody. */
  readonly join: () => number | undefined;
  readonly leave: (place: number) => void;
  /** How loud one place hears another: 0 is not at all, 1 as it is. It holds from the next frame on. */
  readonly setGain: (listener: number, speaker: number, gain: number) => void;
  /**
   * What a place says in this frame. It is not copied, so it must stay as it is until the last listener has heard. Who says
   * nothing before `run` is silent for that frame.
   */
  readonly say: (place: number, frame: Int16Array) => void;
  /** Adds up what was said, once a frame, before anybody hears. */
  readonly run: () => void;
  /** Fills the frame with what a place hears. */
  readonly hear: (place: number, into: Int16Array) => void;
}

/** A gain of a speaker whom most hear as he is counts as 1 in the common sum. */
const plain = 1;
const loudest = 32_767;
/** So long the sound takes to be turned down when it gets too loud, and so much a frame it is let louder again (0.4 dB). */
const attackSamples = FRAME_SAMPLES / 8;
const release = 1.05;

class Room implements Mix {
  private readonly size: number;
  private readonly isTaken: Uint8Array;
  /** By listener and speaker: what it is and what it shall be. */
  private readonly gains: Float32Array;
  private readonly targets: Float32Array;
  private readonly said: (Int16Array | undefined)[];
  private readonly isFresh: Uint8Array;
  /** Who is in the common sum. */
  private readonly isCommon: Uint8Array;
  private readonly common = new Float64Array(FRAME_SAMPLES);
  private readonly sum = new Float64Array(FRAME_SAMPLES);
  /** How far each listener's sound is turned down for being too loud. */
  private readonly limits: Float32Array;

  constructor(size: number) {
    this.size = size;
    this.isTaken = new Uint8Array(size);
    this.gains = new Float32Array(size * size);
    this.targets = new Float32Array(size * size);
    this.said = Array.from({ length: size }, () => undefined);
    this.isFresh = new Uint8Array(size);
    this.isCommon = new Uint8Array(size);
    this.limits = new Float32Array(size).fill(1);
  }

  join(): number | undefined {
    const place = this.isTaken.indexOf(0);
    if (place < 0) return undefined;
    this.isTaken[place] = 1;
    this.limits[place] = 1;
    return place;
  }

  leave(place: number): void {
    this.isTaken[place] = 0;
    this.said[place] = undefined;
    this.isFresh[place] = 0;
    for (let other = 0; other < this.size; other += 1) {
      this.clear(place, other);
      this.clear(other, place);
    }
  }

  setGain(listener: number, speaker: number, gain: number): void {
    this.targets[listener * this.size + speaker] = gain;
  }

  say(place: number, frame: Int16Array): void {
    this.said[place] = frame;
    this.isFresh[place] = 1;
  }

  run(): void {
    const { size, said, isFresh, common, isCommon } = this;
    common.fill(0);
    for (let speaker = 0; speaker < size; speaker += 1) {
      if (isFresh[speaker] === 0) said[speaker] = undefined;
      isFresh[speaker] = 0;
      const frame = said[speaker];
      isCommon[speaker] = frame !== undefined && this.isHeardByMost(speaker) ? 1 : 0;
      if (frame !== undefined && isCommon[speaker] === 1) addPlain(common, frame, plain);
    }
  }

  hear(place: number, into: Int16Array): void {
    const { size, said, sum, gains, targets, isCommon } = this;
    const row = place * size;
    const isApart = this.differences(row) > this.voices(row);
    if (isApart) sum.fill(0);
    else sum.set(this.common);
    for (let speaker = 0; speaker < size; speaker += 1) {
      const at = row + speaker;
      const gain = gains[at] ?? 0;
      const target = targets[at] ?? 0;
      const frame = said[speaker];
      gains[at] = target;
      if (frame === undefined) continue;
      const counted = !isApart && isCommon[speaker] === 1 ? plain : 0;
      if (gain !== target) addSliding(sum, frame, gain - counted, target - counted);
      else if (target !== counted) addPlain(sum, frame, target - counted);
    }
    this.limits[place] = limit(sum, into, this.limits[place] ?? 1);
  }

  private clear(listener: number, speaker: number): void {
    this.gains[listener * this.size + speaker] = 0;
    this.targets[listener * this.size + speaker] = 0;
  }

  private isHeardByMost(speaker: number): boolean {
    let hear = 0;
    let others = 0;
    for (let listener = 0; listener < this.size; listener += 1) {
      if (this.isTaken[listener] === 0) continue;
      if (this.targets[listener * this.size + speaker] === plain) hear += 1;
      else others += 1;
    }
    return hear > 1 && hear >= others;
  }

  /** How many of those who speak this listener hears otherwise than they are in the common sum. */
  private differences(row: number): number {
    let count = 0;
    for (let speaker = 0; speaker < this.size; speaker += 1) {
      const at = row + speaker;
      if (this.said[speaker] === undefined) continue;
      if (this.targets[at] !== this.isCommon[speaker] || this.gains[at] !== this.targets[at]) count += 1;
    }
    return count;
  }

  /** How many of those who speak this listener hears at all. */
  private voices(row: number): number {
    let count = 0;
    for (let speaker = 0; speaker < this.size; speaker += 1) {
      const at = row + speaker;
      if (this.said[speaker] !== undefined && (this.targets[at] !== 0 || this.gains[at] !== 0)) count += 1;
    }
    return count;
  }
}

function addPlain(sum: Float64Array, frame: Int16Array, gain: number): void {
  for (let i = 0; i < FRAME_SAMPLES; i += 1) sum[i] = (sum[i] ?? 0) + (frame[i] ?? 0) * gain;
}

function addSliding(sum: Float64Array, frame: Int16Array, from: number, to: number): void {
  const step = (to - from) / FRAME_SAMPLES;
  let gain = from;
  for (let i = 0; i < FRAME_SAMPLES; i += 1) {
    gain += step;
    sum[i] = (sum[i] ?? 0) + (frame[i] ?? 0) * gain;
  }
}

/**
 * Rounds the sum to 16 bits. What is too loud is turned down as a whole, which is not heard as a fault, instead of having its peaks
 * cut off; only what comes before the gain has come down is cut. Answers how far it is turned down.
 */
function limit(sum: Float64Array, into: Int16Array, before: number): number {
  let peak = 0;
  for (let i = 0; i < FRAME_SAMPLES; i += 1) {
    const value = sum[i] ?? 0;
    // There is one step more below zero than above.
    const magnitude = value < 0 ? -value - 1 : value;
    if (magnitude > peak) peak = magnitude;
  }
  const fits = peak > loudest ? loudest / peak : 1;
  const after = Math.min(fits, before * release, 1);
  if (before === 1 && after === 1) {
    for (let i = 0; i < FRAME_SAMPLES; i += 1) into[i] = Math.round(sum[i] ?? 0);
    return 1;
  }
  const step = (after - before) / (after < before ? attackSamples : FRAME_SAMPLES);
  let gain = before;
  for (let i = 0; i < FRAME_SAMPLES; i += 1) {
    gain += step;
    if (step < 0 ? gain < after : gain > after) gain = after;
    const value = Math.round((sum[i] ?? 0) * gain);
    into[i] = clipToInt16(value);
  }
  return after;
}

/** A room for so many at most; its memory grows with their square. */
export function createMix(size = 8): Mix {
  return new Room(size);
}
