import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { JitterBuffer, type JitterBufferOptions } from './jitter-buffer.ts';
import { makePacket, type PacketFields } from './test-data/packets.ts';

const silence = 0xff;

function makeBuffer(options: Partial<JitterBufferOptions> = {}): JitterBuffer {
  return new JitterBuffer({ clockRate: 8_000, form: { kind: 'bytes', silence }, ...options });
}

/** A frame that can be told from others: its number, again and again. */
function frame(number: number, bytes = 160): Uint8Array {
  return new Uint8Array(bytes).fill(number);
}

interface Arriving extends PacketFields {
  readonly at: number;
  readonly isSound?: boolean;
}

/** Sends packets in at their times, takes every 20 ms from 1 ms on, and tells what was heard: a number, '-' for missing, '.' for silence. */
function play(buffer: JitterBuffer, arriving: readonly Arriving[], untilMs: number): (number | string)[] {
  const due = arriving.toSorted((a, b) => a.at - b.at);
  const heard: (number | string)[] = [];
  let next = 0;
  for (let now = 1; now <= untilMs; now += 20) {
    for (let packet = due[next]; packet !== undefined && packet.at <= now; packet = due[next]) {
      buffer.put(makePacket(packet), packet.at, packet.isSound);
      next += 1;
    }
    const taken = buffer.take(now);
    if (typeof taken === 'string') heard.push(taken === 'missing' ? '-' : '.');
    else heard.push(taken[0] ?? -1);
  }
  return heard;
}

/** Frame `i` of a steady source, on its way for a while. */
function steady(i: number, delay = 5): Arriving {
  return { sequence: 65_500 + i, timestamp: 0xfffff000 + i * 160, at: i * 20 + delay, payload: frame(i % 200) };
}

function numbers(heard: readonly (number | string)[]): readonly number[] {
  return heard.filter((one) => typeof one === 'number');
}

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from }, (_, i) => from + i);
}

describe('the jitter buffer', () => {
  it('waits for 40 ms at first, and then plays without a seam', () => {
    const buffer = makeBuffer();
    const heard = play(buffer, range(0, 60).map((i) => steady(i)), 1_200);
    assert.deepEqual(heard.slice(0, 3), ['.', '.', 0]);
    assert.deepEqual(numbers(heard), range(0, numbers(heard).length));
    assert.ok(!heard.includes('-'));
    assert.ok(buffer.delayMs >= 20 && buffer.delayMs <= 60, `${buffer.delayMs}`);
  });

  it('says what is missing, and drops what is late or comes twice', () => {
    const buffer = makeBuffer();
    const packets = range(0, 40).filter((i) => i !== 10 && i !== 20).map((i) => steady(i));
    const heard = play(buffer, [...packets, steady(15, 9), steady(20, 150)], 800);
    assert.equal(heard.filter((one) => one === '-').length, 2);
    assert.deepEqual(numbers(heard), range(0, 38).filter((i) => i !== 10 && i !== 20).slice(0, numbers(heard).length));
    assert.deepEqual([buffer.counts.duplicate, buffer.counts.late, buffer.counts.missing], [1, 1, 2]);
  });

  it('puts packets in order again', () => {
    const buffer = makeBuffer();
    const heard = play(buffer, range(0, 40).map((i) => steady(i, i % 5 === 2 ? 30 : 5)), 900);
    assert.deepEqual(numbers(heard), range(0, 40));
  });

  it('waits longer when the network becomes unsteady, and less when it is steady again', () => {
    const buffer = makeBuffer();
    const wobble = (i: number): number => (i >= 100 && i < 400 ? 5 + ((i * 37) % 110) : 5);
    const heard = play(buffer, range(0, 400).map((i) => steady(i, wobble(i))), 8_000);
    assert.ok(buffer.targetMs >= 100 && buffer.targetMs <= 130, `${buffer.targetMs}`);
    assert.ok(heard.slice(200, 390).filter((one) => one === '-').length <= 6, 'hardly any gap once it has adapted');
    const rest = range(400, 2_000).map((i) => steady(i));
    const later = play(buffer, rest.map((packet) => ({ ...packet, at: packet.at - 8_000 })), 1);
    assert.equal(later.length, 1);
    for (const [i, packet] of rest.entries()) {
      buffer.put(makePacket(packet), packet.at);
      buffer.take(8_001 + i * 20);
    }
    assert.ok(buffer.targetMs <= 40, `${buffer.targetMs}`);
    assert.ok(buffer.delayMs <= 75, `${buffer.delayMs}`);
  });

  it('takes pauses of a sender for silence, and begins after them without a loss', () => {
    const buffer = makeBuffer();
    const packets = range(0, 80).map((i) => {
      const pause = i < 40 ? 0 : 100;
      return { ...steady(i), timestamp: 0xfffff000 + (i + pause) * 160, at: (i + pause) * 20 + 5 };
    });
    const heard = play(buffer, packets, 3_700);
    assert.deepEqual(numbers(heard), range(0, 80));
    assert.ok(heard.filter((one) => one === '-').length <= 10, 'it is told from loss soon');
  });

  it('is told of pauses by comfort noise, whose numbers are not missed', () => {
    const buffer = makeBuffer();
    const before = range(0, 20).map((i) => steady(i));
    const noise = { ...steady(20), isSound: false };
    const after = range(21, 40).map((i) => ({ ...steady(i), timestamp: 0xfffff000 + (i + 50) * 160, at: (i + 50) * 20 + 5 }));
    const heard = play(buffer, [...before, noise, ...after], 2_000);
    assert.deepEqual(numbers(heard), [...range(0, 20), ...range(21, 40)]);
    assert.ok(!heard.slice(0, heard.indexOf(39)).includes('-'));
  });

  it('survives another source, and one that begins to count anew', () => {
    const buffer = makeBuffer();
    const first = range(0, 30).map((i) => steady(i));
    const second = range(30, 60).map((i) => ({ ...steady(i), ssrc: 9, sequence: i * 3 + 7_000 - 2 * i, timestamp: 77 + i * 160 }));
    const third = range(60, 90).map((i) => ({ ...steady(i), ssrc: 9, sequence: 40_000 + i, timestamp: 0x70000000 + i * 160 }));
    const heard = numbers(play(buffer, [...first, ...second, ...third], 1_900));
    assert.ok(heard.length >= 86, `${heard.length} heard`);
    assert.deepEqual(heard, heard.toSorted((a, b) => a - b));
    assert.equal(buffer.counts.jumps, 2);
  });

  it('survives timestamps that jump to and fro', () => {
    for (const jump of [0x40000000, -0x40000000, 16_000, -16_000, 4_000, -4_000, 800, -800]) {
      const buffer = makeBuffer();
      const heard = numbers(play(buffer, range(0, 150).map((i) => ({ ...steady(i), timestamp: (i < 50 ? 0 : jump) + 0x80000000 + i * 160 })), 3_050));
      assert.ok(heard.length >= 135, `${jump}: ${heard.length} heard`);
      assert.deepEqual(heard, heard.toSorted((a, b) => a - b));
      assert.ok(buffer.delayMs <= 220, `${jump}: ${buffer.delayMs}`);
    }
  });

  it('does not let two sources take turns', () => {
    const buffer = makeBuffer();
    const one = range(0, 50).map((i) => steady(i));
    const other = range(0, 50).map((i) => ({ ...steady(i, 6), ssrc: 9, payload: frame(250) }));
    const heard = numbers(play(buffer, [...one, ...other], 1_100));
    assert.ok(!heard.includes(250));
    assert.equal(buffer.counts.foreign, 50);
  });

  it('makes frames of packets of any length', () => {
    for (const ms of [5, 10, 30, 40, 60]) {
      const buffer = makeBuffer();
      const count = 1_200 / ms;
      const packets = range(0, count).map((i) => ({
        sequence: i, timestamp: i * ms * 8, at: i * ms + ms, payload: Uint8Array.from({ length: ms * 8 }, (_, k) => Math.floor((i * ms * 8 + k) / 160)),
      }));
      const heard = play(buffer, packets, 1_300);
      assert.deepEqual(numbers(heard), range(0, 60), `packets of ${ms} ms`);
      assert.ok(!heard.slice(0, 60).includes('-'));
    }
  });

  it('fills the hole that half a lost packet leaves in a frame', () => {
    const buffer = makeBuffer();
    for (const [i, at] of [0, 10, 30].entries()) buffer.put(makePacket({ sequence: i + Number(at === 30), timestamp: at * 8, payload: frame(i + 1, 80) }), at);
    buffer.take(60);
    const taken = buffer.take(60);
    assert.ok(typeof taken !== 'string');
    assert.deepEqual([taken.length, taken[0], taken[79], taken[80], taken[159]], [160, silence, silence, 3, 3]);
  });

  it('hands packets over whole where only a decoder can divide them', () => {
    const buffer = makeBuffer({ clockRate: 48_000, form: { kind: 'packets', unitsOf: (payload) => (payload[0] ?? 0) * 48 } });
    for (let i = 0; i < 20; i += 1) if (i !== 7) buffer.put(makePacket({ sequence: i, timestamp: i * 60 * 48, payload: Uint8Array.of(60, i) }), i * 60);
    let heardMs = 0;
    const heard: (number | string)[] = [];
    // The caller takes again when what it took is used up.
    for (let now = 60; heard.length < 12; now += 20) {
      for (heardMs -= 20; heardMs < 0; heardMs += buffer.takenUnits / 48) {
        const taken = buffer.take(now);
        heard.push(typeof taken === 'string' ? taken : taken[1] ?? -1);
      }
    }
    assert.deepEqual(heard.filter((one) => one !== 'silence'), [0, 1, 2, 3, 4, 5, 6, 'missing', 8, 9, 10, 11]);
  });

  it('keeps its delay against a peer whose clock is faster or slower', () => {
    for (const drift of [-0.001, 0.001]) {
      const buffer = makeBuffer();
      const heard = numbers(play(buffer, range(0, 6_000).map((i) => ({ ...steady(i), at: i * 20 * (1 + drift) + 5 })), 119_000));
      assert.ok(heard.length > 5_800, `${heard.length}`);
      assert.ok(buffer.delayMs >= 0 && buffer.delayMs <= 80, `${buffer.delayMs} at ${drift}`);
    }
  });

  it('leaves out what is quiet first, when the delay is too long', () => {
    const buffer = makeBuffer({ isQuiet: (payload) => payload[0] === 111 });
    const isQuiet = (i: number): boolean => i % 20 === 19;
    const packets = range(0, 1_500).map((i) => ({ ...steady(i, i < 40 ? 100 - (i % 2) * 95 : 5), payload: frame(isQuiet(i) ? 111 : i % 20) }));
    const heard = numbers(play(buffer, packets, 30_000)).slice(100);
    assert.ok(buffer.counts.skipped >= 2 && buffer.delayMs < 80, `${buffer.delayMs}`);
    for (let i = 0; i < 19; i += 1) assert.ok(Math.abs(heard.filter((one) => one === i).length - 70) <= 1);
  });

  it('catches up after the network has stood still', () => {
    const buffer = makeBuffer();
    const packets = range(0, 200).map((i) => steady(i, i >= 50 && i < 75 ? 5 + (75 - i) * 20 : 5));
    const heard = play(buffer, packets, 4_100);
    assert.deepEqual(numbers(heard), numbers(heard).toSorted((a, b) => a - b));
    assert.ok(numbers(heard).length >= 165, `${numbers(heard).length}`);
    assert.ok(buffer.delayMs <= 200, `${buffer.delayMs}`);
  });

  it('never plays out of order, never grows, and keeps its delay within bounds, whatever the network does', () => {
    const network = fc.record({
      loss: fc.integer({ min: 0, max: 40 }), jitter: fc.integer({ min: 0, max: 300 }), repeats: fc.integer({ min: 0, max: 20 }),
      chance: fc.infiniteStream(fc.nat(999)), pause: fc.integer({ min: 0, max: 100 }), jump: fc.constantFrom(0, 3_000, -3_000, 2 ** 31, 12_345_678),
    });
    fc.assert(fc.property(network, ({ loss, jitter, repeats, chance, pause, jump }) => {
      const next = (): number => chance.next().value / 1_000;
      const buffer = makeBuffer();
      const packets: Arriving[] = [];
      for (let i = 0; i < 250; i += 1) {
        if (next() * 100 < loss) continue;
        const shift = (i >= 100 ? pause : 0) + i;
        const packet = { sequence: 65_400 + i, timestamp: shift * 160 + (i >= 180 ? jump : 0), at: shift * 20 + next() * jitter, payload: frame(i) };
        packets.push(packet);
        if (next() * 100 < repeats) packets.push({ ...packet, at: packet.at + next() * 100 });
      }
      const due = packets.toSorted((a, b) => a.at - b.at);
      let last = -1;
      let at = 0;
      for (let now = 1; now < 8_000; now += 20) {
        for (let packet = due[at]; packet !== undefined && packet.at <= now; packet = due[at]) {
          buffer.put(makePacket(packet), packet.at);
          at += 1;
        }
        const taken = buffer.take(now);
        assert.ok(buffer.waiting <= 64);
        assert.ok(buffer.targetMs >= 20 && buffer.targetMs <= 200);
        if (typeof taken === 'string') continue;
        assert.ok(buffer.delayMs <= 200, `${buffer.delayMs}`);
        // The end of a frame: its begin can be that of the packet before.
        const number = taken.at(-1) ?? silence;
        if (number === silence) continue;
        assert.ok(number > last, `${number} after ${last}`);
        last = number;
      }
      assert.equal(buffer.waiting, 0);
    }), { numRuns: 150 });
  });

  it('stays within its bounds whatever comes', () => {
    const packet = fc.record({
      sequence: fc.nat(65_535), timestamp: fc.nat(0xffffffff), ssrc: fc.nat(3), payload: fc.uint8Array({ maxLength: 1_600 }), isSound: fc.boolean(), ms: fc.nat(3_000),
    });
    for (const form of [{ kind: 'bytes', silence }, { kind: 'packets', unitsOf: () => Number.NaN }] as const) {
      fc.assert(fc.property(fc.array(packet, { maxLength: 150 }), (packets) => {
        const buffer = makeBuffer({ form });
        let now = 0;
        for (const { ms, isSound, ...fields } of packets) {
          now += ms % 7 === 0 ? ms : ms % 25;
          buffer.put(makePacket(fields), now, isSound);
          const taken = buffer.take(now);
          assert.ok(buffer.waiting <= 64);
          assert.ok(buffer.takenUnits > 0);
          if (typeof taken !== 'string') assert.ok(form.kind === 'packets' || taken.length === 160);
        }
      }), { numRuns: 60 });
    }
  });
});
