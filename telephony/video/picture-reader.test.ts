import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { HEADER_BYTES, setTimestamp, timestampOf } from '../rtp/packet.ts';
import { createCamera, h264Payloads, PICTURE_SET, SEQUENCE_SET, slice, together, vp8Payloads, vp8Picture } from './camera.fixture.ts';
import { createH264Gatherer } from './h264.ts';
import { formOf, readSequence } from './h264-parameters.ts';
import { createPictureReader } from './picture-reader.ts';
import type { Picture, PictureFormat } from './picture.ts';
import { createVp8Gatherer, readVp8Descriptor, readVp8Form } from './vp8.ts';

interface Read {
  readonly pictures: Picture[];
  readonly put: (packets: readonly Uint8Array[], now?: number) => void;
  readonly lost: () => number;
}

function reading(format: PictureFormat): Read {
  const pictures: Picture[] = [];
  let lost = 0;
  const reader = createPictureReader({ format, onPicture: (picture) => { pictures.push(picture); }, onLost: () => { lost += 1; } });
  return {
    pictures, lost: () => lost,
    put: (packets, now = 0) => {
      for (const packet of packets) {
        // Packets are rewritten where they lie, once they have been looked at.
        const lent = packet.slice();
        reader.put(lent, now);
        lent.fill(0xee);
      }
    },
  };
}

/** Units behind their lengths. */
function unitsOf(data: Uint8Array): readonly Uint8Array[] {
  const units: Uint8Array[] = [];
  for (let at = 0; at < data.length;) {
    const length = new DataView(data.buffer, data.byteOffset).getUint32(at);
    units.push(data.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return units;
}

describe('the descriptor of VP8 (RFC 7741 4.2)', () => {
  const CASES: readonly (readonly [name: string, bytes: readonly number[], begins: boolean, at: number])[] = [
    ['alone', [0x10, 9], true, 1],
    ['in the middle', [0x00, 9], false, 1],
    ['of another partition', [0x11, 9], false, 1],
    ['with a short number', [0x90, 0x80, 0x11, 9], true, 3],
    ['with a long number', [0x90, 0x80, 0x91, 0x22, 9], true, 4],
    ['with everything', [0x90, 0xf0, 0x91, 0x22, 3, 0x40, 9], true, 6],
    ['with layers alone', [0x90, 0x20, 0x40, 9], true, 3],
  ];
  for (const [name, bytes, begins, at] of CASES) test(name, () => { assert.deepEqual(readVp8Descriptor(Uint8Array.from(bytes)), { begins, at }); });

  for (const bytes of [[], [0x10], [0x90, 0x80], [0x90, 0x80, 0x91, 0x22], [0x90, 0xf0, 0x91, 0x22, 3, 0x40]]) {
    test(`is none where nothing is behind it: ${bytes.join(' ')}`, () => { assert.equal(readVp8Descriptor(Uint8Array.from(bytes)), undefined); });
  }
});

test('a whole picture of VP8 says how large it is, and no other does', () => {
  assert.deepEqual(readVp8Form(vp8Picture({ width: 1280, height: 720 })), { width: 1280, height: 720, codec: 'vp8' });
  const broken = vp8Picture({ width: 640, height: 480 });
  broken[3] = 0;
  for (const none of [vp8Picture(undefined), vp8Picture({ width: 0, height: 480 }), vp8Picture({ width: 640, height: 480 }).subarray(0, 9), broken, new Uint8Array()]) {
    assert.equal(readVp8Form(none), undefined);
  }
});

describe('parameter sets of H.264', () => {
  test('say how large the pictures are', () => {
    assert.deepEqual(readSequence(SEQUENCE_SET), { width: 640, height: 480 });
    // High profile, 1920 x 1080: 1088 lines of which eight are cut off.
    assert.deepEqual(readSequence(Uint8Array.from(Buffer.from('67640028acd940780227e5c044000003000400000300c83c60c658', 'hex'))), { width: 1920, height: 1080 });
  });

  test('are what a decoder is told', () => {
    const form = formOf(SEQUENCE_SET, PICTURE_SET);
    assert.equal(form?.codec, 'avc1.42c01e');
    assert.deepEqual([...form.description ?? []], [1, 0x42, 0xc0, 0x1e, 0xff, 0xe1, 0, SEQUENCE_SET.length, ...SEQUENCE_SET, 1, 0, PICTURE_SET.length, ...PICTURE_SET]);
  });

  test('that make no sense are none, whatever is in them', () => {
    for (let length = 0; length < 7; length += 1) assert.equal(readSequence(SEQUENCE_SET.subarray(0, length)), undefined);
    assert.equal(readSequence(Uint8Array.of(0x67, 0x42, 0, 0x1e, ...new Uint8Array(40))), undefined);
    fc.assert(fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
      const size = readSequence(bytes);
      assert.ok(size === undefined || (size.width > 0 && size.height > 0 && size.width <= 16_384 && size.height <= 16_384));
    }));
  });
});

describe('a picture of H.264 (RFC 6184)', () => {
  const gather = (...payloads: readonly Uint8Array[]): unknown => {
    const gatherer = createH264Gatherer();
    return payloads.every((payload) => gatherer.add(payload)) ? gatherer.finish() : 'refused';
  };
  const isPicture = (gathered: unknown): gathered is Omit<Picture, 'timestamp'> => typeof gathered === 'object';

  test('is put together from single units, several in one packet, and fragments', () => {
    for (const payloads of [
      [SEQUENCE_SET, PICTURE_SET, slice(5)], [together(SEQUENCE_SET, PICTURE_SET), slice(5)], [together(SEQUENCE_SET, PICTURE_SET, slice(5))],
      [SEQUENCE_SET, PICTURE_SET, ...h264Payloads(slice(5), 25)], [Uint8Array.of(0x09, 0xf0), SEQUENCE_SET, PICTURE_SET, slice(5)],
    ]) {
      const made = gather(...payloads);
      assert.ok(isPicture(made));
      assert.deepEqual([made.form?.width, made.form?.height], [640, 480]);
      assert.deepEqual(unitsOf(made.data).map((unit) => [...unit]), [SEQUENCE_SET, PICTURE_SET, slice(5)].map((unit) => [...unit]));
    }
  });

  test('that builds on another has no form, and parameters alone are no picture', () => {
    const made = gather(slice(1));
    assert.ok(isPicture(made));
    assert.equal(made.form, undefined);
    assert.equal(gather(SEQUENCE_SET, PICTURE_SET), 'nothing');
  });

  test('that is whole has its parameters from before, where it brings none along', () => {
    const gatherer = createH264Gatherer();
    assert.ok(gatherer.add(together(SEQUENCE_SET, PICTURE_SET)));
    assert.equal(gatherer.finish(), 'nothing');
    assert.ok(gatherer.add(slice(5)));
    const made = gatherer.finish();
    assert.ok(isPicture(made));
    assert.equal(unitsOf(made.data).length, 3);
    assert.equal(gather(slice(5)), undefined, 'without any it cannot be shown');
  });

  const fragments = h264Payloads(slice(1, 100), 30);
  const [first = slice(1), second = slice(1), ...others] = fragments;
  const HOSTILE: readonly (readonly [name: string, ...payloads: readonly Uint8Array[]])[] = [
    ['nothing', new Uint8Array()],
    ['what says that it is spoilt', Uint8Array.of(0xe1, 1)],
    ['a fragment without its first', second, ...others],
    ['a fragment that begins twice', first, first],
    ['a fragment that begins and ends at once', Uint8Array.of(0x7c, 0xc1, 1)],
    ['a fragment of nothing', Uint8Array.of(0x7c, 0x81)],
    ['another unit among fragments', first, slice(1), ...others],
    ['several of which the last is cut off', together(slice(1)).subarray(0, 20)],
    ['several of none', Uint8Array.of(0x78)],
    ['several of which one is empty', Uint8Array.of(0x78, 0, 0)],
    ['several with something behind them', Uint8Array.of(...together(slice(1)), 0)],
    ['units of a kind that was not agreed on', Uint8Array.of(0x79, 1, 2)],
    ['interleaved fragments', Uint8Array.of(0x7d, 0x81, 1, 2, 3)],
    ['a kind that is none', Uint8Array.of(0x60, 1)],
  ];
  for (const [name, ...payloads] of HOSTILE) test(`is not made of ${name}`, () => { assert.equal(gather(...payloads), 'refused'); });

  test('is not whole while a fragment is missing at its end', () => { assert.equal(gather(first, second), undefined); });

  test('has no more units than a picture can have', () => {
    const gatherer = createH264Gatherer();
    let taken = 0;
    while (taken < 10_000 && gatherer.add(Uint8Array.of(0x61, 1))) taken += 1;
    assert.ok(taken < 1000, String(taken));
  });
});

for (const format of ['VP8', 'H264'] as const) {
  describe(`pictures of ${format} out of packets`, () => {
    test('come one by one, with the time that their sender gave them', () => {
      const read = reading(format);
      const camera = createCamera(format);
      const packets = [camera.shoot(true), camera.shoot(false), camera.shoot(false, { bytes: 30 })];
      for (const picture of packets) read.put(picture);
      assert.deepEqual(read.pictures.map(({ form }) => form?.width), [640, undefined, undefined]);
      assert.deepEqual(read.pictures.map(({ timestamp }) => timestamp), packets.map(([packet = new Uint8Array(12)]) => timestampOf(packet)));
      assert.equal(read.lost(), 0);
    });

    test('come in any order of their packets, and once', () => {
      fc.assert(fc.property(fc.array(fc.nat(3), { minLength: 40, maxLength: 40 }), fc.nat(5), (shifts, repeated) => {
        const read = reading(format);
        const camera = createCamera(format);
        const packets = [camera.shoot(true), ...Array.from({ length: 6 }, () => camera.shoot(false))].flat();
        const [opening = new Uint8Array(), ...rest] = packets;
        const shuffled = rest.map((packet, index) => ({ packet, at: index + (shifts[index] ?? 0) })).toSorted((one, other) => one.at - other.at).map(({ packet }) => packet);
        read.put([opening, ...shuffled, ...shuffled.slice(0, repeated)]);
        assert.equal(read.pictures.length, 7);
        assert.equal(read.lost(), 0);
        const inOrder = reading(format);
        inOrder.put(packets);
        assert.deepEqual(read.pictures, inOrder.pictures);
      }), { numRuns: 50 });
    });

    test('of which something is missing do not come, and that is told', () => {
      const read = reading(format);
      const camera = createCamera(format);
      read.put(camera.shoot(true));
      read.put(camera.shoot(false).toSpliced(1, 1));
      for (let more = 0; more < 40; more += 1) read.put(camera.shoot(false), 40 * more);
      assert.ok(read.lost() > 0);
      // Whether H.264 has lost more than that nobody can know.
      assert.equal(read.pictures.length, format === 'VP8' ? 41 : 40);
    });

    test('whose end is not marked end with the next', () => {
      const read = reading(format);
      const camera = createCamera(format);
      for (const isWhole of [true, false, false]) read.put(camera.shoot(isWhole).map((packet) => packet.with(1, 96)));
      assert.equal(read.pictures.length, 2);
      assert.equal(read.lost(), 0);
    });

    test('of another sender begin anew', () => {
      const read = reading(format);
      read.put(createCamera(format).shoot(true));
      read.put(createCamera(format, { ssrc: 8, sequence: 100 }).shoot(true));
      assert.deepEqual([read.pictures.length, read.lost()], [2, 1]);
    });

    test('are not made of padding, and nothing is missing because of it', () => {
      const read = reading(format);
      const camera = createCamera(format);
      read.put(camera.shoot(true));
      const padding = camera.send([Uint8Array.of(0, 0, 3)]).map((packet) => packet.with(0, 0xa0));
      for (const packet of padding) setTimestamp(packet, 1);
      read.put(padding);
      read.put(camera.shoot(false));
      assert.deepEqual([read.pictures.length, read.lost()], [2, 0]);
    });

    test('are never made of what is hostile, nor is anything kept of it without end', () => {
      fc.assert(fc.property(fc.array(fc.record({
        kind: fc.constantFrom('noise', 'cut', 'bent', 'fine'), bytes: fc.uint8Array({ maxLength: 60 }), at: fc.nat(80), isWhole: fc.boolean(),
      }), { maxLength: 60 }), (steps) => {
        const read = reading(format);
        const camera = createCamera(format);
        for (const [index, { kind, bytes, at, isWhole }] of steps.entries()) {
          if (kind === 'noise') read.put([bytes], index);
          else {
            const packets = camera.shoot(isWhole, { bytes: 90 });
            read.put(kind === 'fine' ? packets : packets.map((packet) => (kind === 'cut' ? packet.subarray(0, at) : packet.with(HEADER_BYTES + at % (packet.length - HEADER_BYTES), bytes[0] ?? 0))), index);
          }
        }
        for (const { form, data } of read.pictures) {
          assert.ok(data.length > 0);
          assert.ok(form === undefined || (form.width > 0 && form.height > 0));
        }
      }));
    });
  });
}

test('pictures that are too large are not put together', () => {
  const camera = createCamera('VP8');
  const read = reading('VP8');
  const huge = camera.send(vp8Payloads(vp8Picture({ width: 640, height: 480 }, 2_100_000), 1400));
  read.put(huge);
  assert.deepEqual([read.pictures.length, read.lost()], [0, 1]);
  const gatherer = createVp8Gatherer();
  assert.equal(gatherer.finish(), 'nothing');
});
