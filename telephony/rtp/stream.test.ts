import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { hasMarker, payloadLength, payloadOffset, payloadTypeOf, sequenceOf, sequenceStep, ssrcOf, timestampOf, timestampStep } from './packet.ts';
import { OutgoingStream } from './stream.ts';
import { makePacket } from './test-data/packets.ts';

interface Sent {
  readonly sequence: number;
  readonly timestamp: number;
  readonly marker: boolean;
  readonly payloadType: number;
}

/** A stream that begins at number 100, timestamp 0xffffff00 or so, and whose clock is set by hand. */
function makeStream() {
  const clock = { ms: 0 };
  const sent: Sent[] = [];
  const packets: Uint8Array[] = [];
  const chances = [0.5, 100 / 2 ** 15, 0xfffffff0 / 2 ** 32];
  const stream = new OutgoingStream({
    clockRate: 8_000, now: () => clock.ms, random: () => chances.shift() ?? 0,
    send: (packet) => {
      assert.equal(ssrcOf(packet), stream.ssrc);
      packets.push(packet);
      sent.push({ sequence: sequenceOf(packet), timestamp: timestampOf(packet), marker: hasMarker(packet), payloadType: payloadTypeOf(packet) });
    },
  });
  const steps = (): (readonly [number, number, boolean])[] => sent.map((packet, i) => {
    const before = sent[i - 1];
    return [before === undefined ? 0 : sequenceStep(before.sequence, packet.sequence), before === undefined ? 0 : timestampStep(before.timestamp, packet.timestamp), packet.marker];
  });
  return { clock, stream, sent, packets, steps };
}

const payload = new Uint8Array(160).fill(0xd5);

describe('an outgoing stream', () => {
  it('sends local frames without a seam, and marks the first', () => {
    const { clock, stream, sent, packets, steps } = makeStream();
    for (let i = 0; i < 4; i += 1) {
      clock.ms = i * 20 + (i % 2) * 7;
      stream.sendFrame(payload, 8, 160);
    }
    assert.deepEqual(sent[0], { sequence: 101, timestamp: 0xfffffff0, marker: true, payloadType: 8 });
    assert.deepEqual(steps().slice(1), [[1, 160, false], [1, 160, false], [1, 160, false]]);
    assert.equal(packets[0]?.length, 172);
  });

  it('goes on at the time of the clock after a pause', () => {
    const { clock, stream, steps } = makeStream();
    stream.sendFrame(payload, 8, 160);
    clock.ms = 3_000;
    stream.sendFrame(payload, 8, 160);
    stream.skip(320);
    stream.sendFrame(payload, 8, 160);
    assert.deepEqual(steps().slice(1), [[1, 24_000, true], [1, 480, false]]);
  });

  it('relays with the numbers and times of its own, in the buffer that came', () => {
    const { clock, stream, packets, steps } = makeStream();
    for (const [i, sequence] of [65_534, 65_535, 0, 1].entries()) {
      clock.ms = i * 20;
      const packet = makePacket({ sequence, timestamp: 5_000 + i * 160, payloadType: 96 });
      assert.ok(stream.relay(packet, 8));
      assert.equal(packets[i], packet);
      assert.equal(payloadTypeOf(packet), 8);
    }
    assert.deepEqual(steps(), [[0, 0, true], [1, 160, false], [1, 160, false], [1, 160, false]]);
  });

  it('keeps the losses, the disorder and the pauses of what it relays', () => {
    const { clock, stream, steps } = makeStream();
    const relay = (sequence: number, at = sequence): boolean => {
      clock.ms = at * 20;
      return stream.relay(makePacket({ sequence, timestamp: at * 160 }));
    };
    for (const sequence of [1, 2, 4]) relay(sequence);
    relay(3);
    assert.equal(relay(4), false, 'repeated');
    relay(5, 105);
    assert.deepEqual(steps().slice(1), [[1, 160, false], [2, 320, false], [-1, -160, false], [2, 102 * 160, false]]);
  });

  it('changes from music to talk and back without its receiver seeing it', () => {
    const { clock, stream, steps } = makeStream();
    const music = (): void => { stream.sendFrame(payload, 8, 160); clock.ms += 20; };
    const talk = (ssrc: number, sequence: number, timestamp: number): boolean => {
      const isSent = stream.relay(makePacket({ ssrc, sequence, timestamp }));
      clock.ms += 20;
      return isSent;
    };
    music();
    music();
    talk(1, 30_000, 1_000_000);
    talk(1, 30_001, 1_000_160);
    assert.equal(talk(1, 29_999, 999_840), false, 'from before the change');
    clock.ms += 40;
    music();
    talk(1, 30_050, 1_008_000);
    talk(2, 7, 77);
    talk(2, 8, 237);
    assert.deepEqual(steps().slice(1), [
      [1, 160, false], [1, 160, true], [1, 160, false], [1, 640, true], [1, 160, true], [1, 160, true], [1, 160, false],
    ]);
  });

  it('takes the jumps of a source that starts again, or whose clock jumps, out', () => {
    const { clock, stream, steps } = makeStream();
    const relay = (sequence: number, timestamp: number): void => {
      stream.relay(makePacket({ sequence, timestamp }));
      clock.ms += 20;
    };
    relay(10, 0);
    relay(50_000, 160);
    relay(50_001, 900_000);
    relay(50_002, 900_160);
    stream.cut();
    relay(50_003, 900_320);
    assert.deepEqual(steps().slice(1), [[1, 160, true], [1, 160, true], [1, 160, false], [1, 160, true]]);
  });

  it('lets the events of a source keep their place behind its sound', () => {
    const { clock, stream, steps } = makeStream();
    const relay = (sequence: number, timestamp: number): void => {
      stream.relay(makePacket({ sequence, timestamp }));
      clock.ms += 20;
    };
    relay(1, 8_000);
    relay(2, 8_160);
    for (let i = 3; i < 8; i += 1) relay(i, 8_320);
    relay(8, 9_120);
    stream.sendFrame(payload, 8, 160);
    assert.deepEqual(steps().slice(1), [[1, 160, false], [1, 160, false], [1, 0, false], [1, 0, false], [1, 0, false], [1, 0, false], [1, 800, false], [1, 160, true]]);
  });

  it('takes the extension of another peer out', () => {
    const { stream, packets } = makeStream();
    const extended = Buffer.from('90880001000000000000000abede000110ff00000102', 'hex');
    stream.relay(extended);
    const [packet = payload] = packets;
    assert.deepEqual([packet.length, payloadOffset(packet), payloadLength(packet), packet[12], packet[13]], [14, 12, 2, 1, 2]);
  });

  it('never sends a number twice, nor goes back in time for long, whatever it is to send', () => {
    const action = fc.record({
      source: fc.integer({ min: 0, max: 2 }), sequence: fc.integer({ min: -3, max: 6 }), jump: fc.boolean(), ms: fc.integer({ min: 0, max: 60 }),
    });
    fc.assert(fc.property(fc.array(action, { maxLength: 120 }), (actions) => {
      const { clock, stream, sent } = makeStream();
      const positions = [0, 20_000, 65_000];
      for (const { source, sequence, jump, ms } of actions) {
        clock.ms += ms;
        const position = ((positions[source] ?? 0) + sequence + (jump ? 10_000 : 0)) & 0xffff;
        positions[source] = position;
        if (source === 0) stream.sendFrame(payload, 8, 160);
        else stream.relay(makePacket({ ssrc: source, sequence: position, timestamp: (clock.ms * 8 + (jump ? 2 ** 31 : 0)) >>> 0 }));
      }
      const numbers = sent.map(({ sequence }) => sequence);
      let highest = 0;
      for (const [i, number] of numbers.entries()) {
        if (i === 0) { highest = number; continue; }
        const step = sequenceStep(highest, number);
        assert.ok(step > -20 && step < 20, `a step of ${step}`);
        if (step > 0) highest = number;
      }
      // A late packet of a source may be sent again by a source that repeats itself; a seam never repeats one.
      for (const [i, packet] of sent.entries()) if (packet.marker) assert.ok(!numbers.slice(0, i).includes(packet.sequence));
    }), { numRuns: 200 });
  });
});
