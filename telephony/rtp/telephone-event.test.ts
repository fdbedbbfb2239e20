import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { hasMarker, payloadTypeOf, readUint16, sequenceOf, timestampOf } from './packet.ts';
import { OutgoingStream } from './stream.ts';
import { createKeyReader, createKeySender, isKey, type Key, type KeySenderOptions } from './telephone-event.ts';
import { makePacket } from './test-data/packets.ts';

const sound = new Uint8Array(160).fill(0xd5);
const keys: readonly Key[] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '#', 'A', 'B', 'C', 'D', 'flash'];

/** A stream of sound into which keys are pressed, ticked every 20 ms. */
function makeSender(options: Partial<KeySenderOptions> = {}) {
  const clock = { ms: 0 };
  const packets: Uint8Array[] = [];
  const chances = [0, 0, 0];
  const stream = new OutgoingStream({ clockRate: 8_000, now: () => clock.ms, random: () => chances.shift() ?? 0, send: (packet) => { packets.push(packet.slice()); } });
  const sender = createKeySender({ stream, payloadType: 101, toneMs: 100, pauseMs: 80, ...options });
  const tick = (count: number): void => {
    for (let i = 0; i < count; i += 1) {
      if (!sender.tick()) stream.sendFrame(sound, 8, 160);
      clock.ms += 20;
    }
  };
  return { sender, packets, tick, events: () => packets.filter((packet) => payloadTypeOf(packet) === 101) };
}

function makeReader() {
  const heard: (readonly [Key, number])[] = [];
  const pressed: Key[] = [];
  const reader = createKeyReader({ clockRate: 8_000, onKey: (key, ms) => { heard.push([key, ms]); }, onPressed: (key) => { pressed.push(key); } });
  return { reader, heard, pressed };
}

describe('pressing keys', () => {
  it('sends one event with a duration that grows, and its end three times', () => {
    const { sender, tick, packets, events } = makeSender();
    tick(2);
    sender.press(['5']);
    tick(12);
    assert.deepEqual(events().map((packet) => [hasMarker(packet), packet[12], packet[13], readUint16(packet, 14)]), [
      [true, 5, 10, 160], [false, 5, 10, 320], [false, 5, 10, 480], [false, 5, 10, 640], [false, 5, 0x8a, 800], [false, 5, 0x8a, 800], [false, 5, 0x8a, 800],
    ]);
    assert.equal(new Set(events().map(timestampOf)).size, 1);
    assert.deepEqual(packets.map(sequenceOf), packets.map((_, i) => i + 1), 'one stream of numbers');
    assert.equal(timestampOf(events()[0] ?? sound), 320, 'where the sound stopped');
  });

  it('lets sound go on where the clock is, pauses between keys, and after the last', () => {
    const { sender, tick, packets, events } = makeSender();
    tick(1);
    sender.press(['1', '#']);
    tick(30);
    const starts = events().filter(hasMarker).map(timestampOf);
    assert.deepEqual(starts, [160, 160 + 9 * 160], 'five frames of tone and four of pause');
    const after = packets[packets.findLastIndex((packet) => payloadTypeOf(packet) === 101) + 1] ?? sound;
    assert.ok(hasMarker(after));
    assert.equal(timestampOf(after), 160 + 18 * 160 - 0);
    assert.equal(sender.isBusy(), false);
  });

  it('has a begin and an end however short the tone, and no longer one than an event can be', () => {
    const { sender, tick, events } = makeSender({ toneMs: 1 });
    sender.press(['A']);
    tick(10);
    assert.deepEqual(events().map((packet) => readUint16(packet, 14)), [160, 320, 320, 320]);
    sender.press(['B'], 60_000);
    tick(450);
    assert.equal(Math.max(...events().map((packet) => readUint16(packet, 14))), 0xffff);
  });

  it('does not take more keys than it may, and forgets them when told', () => {
    const { sender, tick, events } = makeSender({ maxWaiting: 3 });
    assert.equal(sender.press(['1', '2', '3', '4']), false);
    assert.equal(sender.press(['1', '2', '3']), true);
    tick(1);
    sender.cancel();
    tick(30);
    assert.equal(events().length, 7);
  });
});

describe('reading keys', () => {
  it('hears each key once, with its duration', () => {
    const { sender, tick, events } = makeSender();
    sender.press(keys);
    tick(400);
    const { reader, heard, pressed } = makeReader();
    for (const packet of events()) reader.read(packet, 0);
    assert.deepEqual(heard, keys.map((key) => [key, 100]));
    assert.deepEqual(pressed, keys);
  });

  it('hears each key once, whatever is lost, repeated or late, as long as one of its packets comes', () => {
    const some = fc.array(fc.constantFrom(...keys), { minLength: 1, maxLength: 8 });
    fc.assert(fc.property(some, fc.infiniteStream(fc.nat(9)), (sequence, chance) => {
      const { sender, tick, events } = makeSender();
      sender.press(sequence);
      tick(sequence.length * 9 + 5);
      const { reader, heard } = makeReader();
      const lastOf = new Map<number, Uint8Array>();
      for (const packet of events()) lastOf.set(timestampOf(packet), packet);
      let now = 0;
      let held: Uint8Array | undefined;
      for (const packet of events()) {
        now += 20;
        const luck = chance.next().value;
        // The last one comes, and before the next key does: afterwards nobody could tell it from a stray.
        const isLast = packet === lastOf.get(timestampOf(packet));
        if (luck < 4 && !isLast) continue;
        if (luck === 5 && held === undefined && !isLast) { held = packet; continue; }
        reader.read(packet, now);
        if (luck === 6) reader.read(packet, now);
        if (held !== undefined) reader.read(held, now);
        held = undefined;
      }
      if (held !== undefined) reader.read(held, now);
      assert.deepEqual(heard.map(([key]) => key), sequence);
    }));
  });

  it('ends a key whose end is lost when the next begins, or when nothing more comes', () => {
    const { reader, heard, pressed } = makeReader();
    const event = (code: number, duration: number): Uint8Array => Uint8Array.of(code, 10, duration >>> 8, duration);
    reader.read(makePacket({ sequence: 1, timestamp: 0, payload: event(1, 800) }), 0);
    reader.read(makePacket({ sequence: 2, timestamp: 4_000, payload: event(2, 160) }), 500);
    assert.deepEqual(heard, [['1', 100]]);
    reader.read(makePacket({ sequence: 3, timestamp: 4_000, payload: event(2, 320) }), 520);
    reader.expire(600);
    assert.equal(heard.length, 1);
    reader.expire(720);
    reader.expire(1_000);
    assert.deepEqual(heard, [['1', 100], ['2', 40]]);
    assert.deepEqual(pressed, ['1', '2']);
  });

  it('joins the segments of a key that is held for long', () => {
    const { reader, heard, pressed } = makeReader();
    const event = (flags: number, duration: number): Uint8Array => Uint8Array.of(11, flags, duration >>> 8, duration);
    reader.read(makePacket({ sequence: 1, timestamp: 100, payload: event(10, 0xffff) }), 0);
    reader.read(makePacket({ sequence: 2, timestamp: 100 + 0xffff, payload: event(10, 160) }), 0);
    reader.read(makePacket({ sequence: 3, timestamp: 100 + 0xffff, payload: event(0x8a, 801) }), 0);
    assert.deepEqual([pressed, heard], [['#'], [['#', Math.round((0xffff + 801) / 8)]]]);
  });

  it('hears a source that begins anew, and stands what is no key', () => {
    const { reader, heard } = makeReader();
    const end = (code: number): Uint8Array => Uint8Array.of(code, 0x8a, 3, 32);
    reader.read(makePacket({ sequence: 1, timestamp: 9_000, payload: end(1) }), 0);
    reader.read(makePacket({ sequence: 900, timestamp: 5, payload: end(1) }), 0);
    reader.read(makePacket({ ssrc: 2, sequence: 1, timestamp: 5, payload: end(1) }), 0);
    reader.read(makePacket({ sequence: 2, timestamp: 5_000_000, payload: end(36) }), 0);
    reader.read(makePacket({ sequence: 2, timestamp: 5_000_000, payload: new Uint8Array(3) }), 0);
    assert.equal(heard.length, 3);
  });

  it('knows the names of keys', () => {
    assert.ok(isKey('*') && isKey('flash'));
    assert.ok(!isKey('E') && !isKey('10'));
  });
});
