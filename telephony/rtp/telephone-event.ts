import { payloadLength, payloadOffset, readUint16, sequenceOf, ssrcOf, timestampOf, timestampStep, writeUint16 } from './packet.ts';
import type { OutgoingStream } from './stream.ts';

/** The events of RFC 4733 3.2 in the order of their codes. */
const KEYS = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '#', 'A', 'B', 'C', 'D', 'flash'] as const;
export type Key = (typeof KEYS)[number];

const END = 0x80;
const EVENT_BYTES = 4;
const MAX_DURATION = 0xffff;
/** The last packet goes out three times, so that the end of an event gets through (RFC 4733 2.5.1.4). */
const END_PACKETS = 3;

export function isKey(text: string): text is Key {
  return KEYS.some((key) => key === text);
}

export interface KeySenderOptions {
  readonly stream: OutgoingStream;
  /** As negotiated for telephone-event. */
  readonly payloadType: number;
  /** How often `tick` is called. */
  readonly frameMs?: number;
  readonly toneMs?: number;
  /** Between two keys; the packets of the end go out meanwhile. Exchanges want 40 ms at least (ITU-T Q.24). */
  readonly pauseMs?: number;
  /** How far below 0 dBm0, 0 to 63 (RFC 4733 2.3.3). */
  readonly volume?: number;
  readonly maxWaiting?: number;
}

/** Presses keys within a stream. While it is at work no other sound goes into the stream. */
export interface KeySender {
  /** False, and nothing is pressed, where too many keys wait already. */
  readonly press: (keys: readonly Key[], toneMs?: number) => boolean;
  /** Sends what is due; to be called once a frame. Answers whether it is at work. */
  readonly tick: () => boolean;
  readonly isBusy: () => boolean;
  /** Forgets the keys that wait; the one under way ends as it should. */
  readonly cancel: () => void;
}

interface Press {
  readonly code: number;
  readonly units: number;
}

export function createKeySender(options: KeySenderOptions): KeySender {
  const { stream, payloadType, frameMs = 20, toneMs = 160, pauseMs = 80, volume = 10, maxWaiting = 128 } = options;
  const waiting: Press[] = [];
  const payload = new Uint8Array(EVENT_BYTES);
  const unitsOf = (ms: number): number => Math.round((ms * stream.clockRate) / 1_000);
  const frame = unitsOf(frameMs);
  const pauseTicks = Math.max(1, Math.round(pauseMs / frameMs));
  let current: Press | undefined;
  let start = 0;
  let duration = 0;
  let ends = 0;
  let pause = 0;

  const emit = (press: Press, isEnd: boolean, isFirst: boolean): void => {
    payload[0] = press.code;
    payload[1] = (isEnd ? END : 0) | (volume & 0x3f);
    writeUint16(payload, 2, duration);
    stream.sendEvent(payload, payloadType, isFirst, start, duration);
  };

  const tick = (): boolean => {
    if (current === undefined) {
      if (pause > 0) {
        pause -= 1;
        return true;
      }
      current = waiting.shift();
      if (current === undefined) return false;
      start = stream.position();
      duration = 0;
      ends = 0;
    }
    const isFirst = duration === 0;
    duration = Math.min(duration + frame, current.units);
    const isEnd = !isFirst && duration === current.units;
    emit(current, isEnd, isFirst);
    if (isEnd) ends += 1;
    if (ends === END_PACKETS) {
      current = undefined;
      pause = Math.max(0, pauseTicks - END_PACKETS + 1);
    }
    return true;
  };

  return {
    press: (keys, ms = toneMs) => {
      if (waiting.length + keys.length > maxWaiting) return false;
      // Two frames at least, so that there is a begin and an end; longer events would need segments (RFC 4733 2.5.1.3).
      const units = Math.max(2 * frame, Math.min(MAX_DURATION, unitsOf(ms)));
      for (const key of keys) waiting.push({ code: KEYS.indexOf(key), units });
      return true;
    },
    tick,
    isBusy: () => current !== undefined || pause > 0 || waiting.length > 0,
    cancel: () => { waiting.length = 0; },
  };
}

export interface KeyReaderOptions {
  readonly clockRate: number;
  /** A key is over, once for each, with how long it was pressed. */
  readonly onKey: (key: Key, durationMs: number) => void;
  /** A key goes down, once for each: in time to stop what is being said. */
  readonly onPressed?: (key: Key) => void;
  /** A key of which nothing more comes is over after so long. */
  readonly lostMs?: number;
}

/** Makes keys of the packets of one stream, however many are lost or come twice: any one packet of an event is enough. */
export interface KeyReader {
  /** A valid packet of the payload type of telephone-event. */
  readonly read: (packet: Uint8Array, nowMs: number) => void;
  /** Ends the key whose end got lost; to be called now and then, and with `Infinity` when the stream is over. */
  readonly expire: (nowMs: number) => void;
}

export function createKeyReader({ clockRate, onKey, onPressed, lostMs = 200 }: KeyReaderOptions): KeyReader {
  let ssrc = -1;
  let code = -1;
  let isOpen = false;
  let start = 0;
  let heardAt = 0;
  let sequence = 0;
  /** Of the segments before, and of this one (RFC 4733 2.5.1.3). */
  let before = 0;
  let duration = 0;

  const finish = (): void => {
    if (!isOpen) return;
    isOpen = false;
    const key = KEYS[code];
    if (key !== undefined) onKey(key, Math.round(((before + duration) * 1_000) / clockRate));
  };

  /** Whether the packet is of an event before the one that is known, or of one that is over. */
  const isStale = (packet: Uint8Array, timestamp: number): boolean => {
    const step = timestampStep(start, timestamp);
    if (step < 0) return ((sequence - sequenceOf(packet)) & 0xffff) < 0x8000;
    return step === 0 && !isOpen;
  };

  const read = (packet: Uint8Array, nowMs: number): void => {
    const offset = payloadOffset(packet);
    if (payloadLength(packet, offset) < EVENT_BYTES) return;
    const event = packet[offset] ?? 0;
    const key = KEYS[event];
    if (key === undefined) return;
    const flags = packet[offset + 1] ?? 0;
    const length = readUint16(packet, offset + 2);
    const timestamp = timestampOf(packet);
    const source = ssrcOf(packet);
    if (source === ssrc && isStale(packet, timestamp)) return;
    if (source !== ssrc || timestamp !== start || event !== code) {
      const goesOn = source === ssrc && isOpen && event === code && timestampStep(start, timestamp) === duration && duration === MAX_DURATION;
      if (goesOn) {
        before += duration;
      } else {
        finish();
        before = 0;
        isOpen = true;
        onPressed?.(key);
      }
      ssrc = source;
      code = event;
      start = timestamp;
      duration = 0;
    }
    heardAt = nowMs;
    sequence = sequenceOf(packet);
    duration = Math.max(duration, length);
    if ((flags & END) !== 0) finish();
  };

  return {
    read,
    expire: (nowMs) => { if (isOpen && nowMs - heardAt >= lostMs) finish(); },
  };
}
