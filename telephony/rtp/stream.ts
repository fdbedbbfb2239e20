import {
  HEADER_BYTES, hasMarker, sequenceOf, sequenceStep, setMarker, setPayloadType, setSequence, setSsrc, setTimestamp, ssrcOf, timestampOf,
  timestampStep, withoutExtras, writeHeader,
} from './packet.ts';
import { secureRandom, type Random } from './random.ts';
import { MAX_DROPOUT, MAX_MISORDER } from './sequence.ts';

/** A packet of local sound is no longer than an Ethernet carries. */
const MAX_PAYLOAD_BYTES = 1_400;
/**
 * A socket that is full keeps a packet until it can be sent, so the next few are written elsewhere. A packet that waits
 * longer than this many frames is of no use any more.
 */
const BUFFERS = 8;
/** Local sound that stopped for longer goes on at the time of the clock, not where it stopped. */
const MAX_PAUSE_MS = 500;
/** How far a source's timestamp may run ahead of the clock before it is taken for another one. */
const MAX_LEAD_MS = 2_000;
/** Packets of a telephone event carry the timestamp of its begin, which is this long ago at most (RFC 4733 2.3.4). */
const MAX_LAG_UNITS = 0x10000;
const FRAME_MS = 20;
/** No source: the sound is local, or there was none. Not a number that an SSRC can be. */
const LOCAL = -1;

export interface OutgoingStreamOptions {
  readonly send: (packet: Uint8Array) => void;
  /** Milliseconds; only differences mean something. */
  readonly now: () => number;
  readonly clockRate: number;
  readonly random?: Random;
}

/**
 * A stream of packets that is one to its receiver, whoever's sound it carries: one SSRC, sequence numbers without a seam,
 * timestamps that follow the clock across each change of the source (RFC 3550 5.1).
 */
export class OutgoingStream {
  readonly ssrc: number;
  readonly clockRate: number;
  readonly #send: (packet: Uint8Array) => void;
  readonly #now: () => number;
  readonly #unitsPerMs: number;
  readonly #frameUnits: number;
  readonly #buffers: Uint8Array[];
  readonly #views: Uint8Array[];
  #turn = 0;
  /** The highest number sent. */
  #sequence: number;
  /** Where the sound begins that was sent last, how long it is, and when that was. */
  #timestamp: number;
  #units: number;
  #stoodAt = 0;
  #isStarted = false;
  #source = LOCAL;
  #isCut = false;
  /** Of the source that is relayed: its highest number, how many of its numbers can be late, and what is added to it. */
  #highest = 0;
  #reach = 0;
  #sequenceOffset = 0;
  #timestampOffset = 0;
  #sourceTimestamp = 0;

  constructor({ send, now, clockRate, random = secureRandom }: OutgoingStreamOptions) {
    this.#send = send;
    this.#now = now;
    this.clockRate = clockRate;
    this.#unitsPerMs = clockRate / 1_000;
    this.#frameUnits = Math.round(FRAME_MS * this.#unitsPerMs);
    this.#units = this.#frameUnits;
    this.ssrc = Math.floor(random() * 2 ** 32) >>> 0;
    // The lower half only: SRTP's receiver cannot tell a wrap that is lost at the very beginning (RFC 3711 3.3.1).
    this.#sequence = Math.floor(random() * 2 ** 15);
    this.#timestamp = Math.floor(random() * 2 ** 32) >>> 0;
    this.#buffers = Array.from({ length: BUFFERS }, () => new Uint8Array(HEADER_BYTES + 160));
    this.#views = [...this.#buffers];
  }

  /** The number of the last packet. */
  get sequence(): number { return this.#sequence; }

  /** Where sound stands in the stream that begins now. */
  position(now = this.#now()): number {
    if (!this.#isStarted) return this.#timestamp;
    const passed = Math.round((now - this.#stoodAt) * this.#unitsPerMs);
    return (this.#timestamp + Math.max(this.#units, passed)) >>> 0;
  }

  /** Says that the next packet is of another source, though nothing in it tells. */
  cut(): void {
    this.#isCut = true;
  }

  /** Sends local sound of so many timestamp units, right behind the last; the first of it is marked (RFC 3551 4.1). */
  sendFrame(payload: Uint8Array, payloadType: number, units: number, marker = false): void {
    const now = this.#now();
    const goesOn = this.#isStarted && this.#source === LOCAL && !this.#isCut && now - this.#stoodAt <= MAX_PAUSE_MS;
    this.#stand(goesOn ? (this.#timestamp + this.#units) >>> 0 : this.position(now), units, now);
    this.#isCut = false;
    this.#write(payload, payloadType, marker || !goesOn, this.#timestamp);
  }

  /** Lets local time pass without sound. */
  skip(units: number): void {
    this.#stand(this.#timestamp, this.#units + units, this.#now());
  }

  /**
   * Sends a packet of a telephone event (RFC 4733 2.5.1): it begins at `timestamp`, where the stream stood, and has lasted
   * for `duration`. What comes after it goes on at the time of the clock.
   */
  sendEvent(payload: Uint8Array, payloadType: number, marker: boolean, timestamp: number, duration: number): void {
    this.#stand(timestamp, duration, timestamp === this.#timestamp && this.#isStarted ? this.#stoodAt : this.#now());
    this.#isCut = true;
    this.#write(payload, payloadType, marker, timestamp);
  }

  #stand(timestamp: number, units: number, at: number): void {
    this.#timestamp = timestamp;
    this.#units = units;
    this.#stoodAt = at;
    this.#isStarted = true;
  }

  #write(payload: Uint8Array, payloadType: number, marker: boolean, timestamp: number): void {
    if (payload.length > MAX_PAYLOAD_BYTES) throw new RangeError(`A payload of ${payload.length} bytes is too long.`);
    const packet = this.#bufferOf(HEADER_BYTES + payload.length);
    this.#sequence = (this.#sequence + 1) & 0xffff;
    this.#source = LOCAL;
    writeHeader(packet, payloadType, marker, this.#sequence, timestamp, this.ssrc);
    packet.set(payload, HEADER_BYTES);
    this.#send(packet);
  }

  #bufferOf(length: number): Uint8Array {
    this.#turn = (this.#turn + 1) % BUFFERS;
    const view = this.#views[this.#turn];
    if (view?.length === length) return view;
    let buffer = this.#buffers[this.#turn];
    if (buffer === undefined || buffer.length < length) {
      buffer = new Uint8Array(length);
      this.#buffers[this.#turn] = buffer;
    }
    const packet = buffer.subarray(0, length);
    this.#views[this.#turn] = packet;
    return packet;
  }

  /**
   * Sends another stream's packet, rewritten where it lies: the receiver sees that stream's losses, disorder and pauses as they are,
   * but none of its changes. False for a packet that is too late for its place, or was there already. The packet is a valid one.
   */
  relay(received: Uint8Array, payloadType = -1): boolean {
    const now = this.#now();
    const ssrc = ssrcOf(received);
    const sequence = sequenceOf(received);
    const timestamp = timestampOf(received);
    const step = sequenceStep(this.#highest, sequence);
    let marker = hasMarker(received);
    if (ssrc !== this.#source || this.#isCut || step > MAX_DROPOUT || step < -MAX_MISORDER) {
      this.#begin(ssrc, sequence, timestamp, now);
      marker = true;
    } else if (step > 0) {
      this.#highest = sequence;
      this.#reach = Math.min(MAX_MISORDER, this.#reach + step);
      if (this.#follow(timestamp, now)) marker = true;
    } else if (step === 0 || -step > this.#reach) {
      // A number is sent once, and from before the begin it would be one of the source before.
      return false;
    }
    const packet = withoutExtras(received);
    const position = (timestamp + this.#timestampOffset) >>> 0;
    this.#sequence = (this.#highest + this.#sequenceOffset) & 0xffff;
    // A telephone event stands behind sound that was sent already: the stream does not go back with it.
    if (timestampStep(this.#timestamp, position) > 0) this.#stand(position, this.#frameUnits, now);
    setMarker(packet, marker);
    if (payloadType !== -1) setPayloadType(packet, payloadType);
    setSequence(packet, sequence + this.#sequenceOffset);
    setTimestamp(packet, position);
    setSsrc(packet, this.ssrc);
    this.#send(packet);
    return true;
  }

  /** The source has changed, or started again: it goes on where the stream stands. */
  #begin(ssrc: number, sequence: number, timestamp: number, now: number): void {
    const position = this.position(now);
    this.#stand(position, this.#frameUnits, now);
    this.#isCut = false;
    this.#sequenceOffset = (this.#sequence + 1 - sequence) & 0xffff;
    this.#timestampOffset = (position - timestamp) | 0;
    this.#source = ssrc;
    this.#highest = sequence;
    this.#reach = 0;
    this.#sourceTimestamp = timestamp;
  }

  /** Takes a jump out of the source's timestamps that time does not account for, and tells whether there was one. */
  #follow(timestamp: number, now: number): boolean {
    const step = timestampStep(this.#sourceTimestamp, timestamp);
    this.#sourceTimestamp = timestamp;
    if (step >= -MAX_LAG_UNITS && step <= (now - this.#stoodAt + MAX_LEAD_MS) * this.#unitsPerMs) return false;
    this.#timestampOffset = (this.position(now) - timestamp) | 0;
    return true;
  }
}
