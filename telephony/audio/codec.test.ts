import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { codecOf, loadCodec, MAX_PACKET_SAMPLES, MAX_PAYLOAD_BYTES, type Codec, type CodecName } from './codec.ts';
import { FRAME_SAMPLES } from './frame.ts';
import { loudestTones, loudness } from './listen.ts';
import { framesOf, sines } from './test-data/signals.ts';

const names: readonly CodecName[] = ['PCMA', 'PCMU', 'G722', 'opus'];

/** Sends the sound through the codec; lost packets are concealed. */
function talk(codec: Codec, sound: Int16Array, isLost: (index: number) => boolean = () => false): Int16Array[] {
  const encoder = codec.createEncoder();
  const decoder = codec.createDecoder();
  const payload = new Uint8Array(MAX_PAYLOAD_BYTES);
  const heard = framesOf(sound).map((frame, i) => {
    const bytes = encoder.encode(frame, payload);
    assert.ok(bytes > 0 && bytes <= MAX_PAYLOAD_BYTES);
    const into = new Int16Array(FRAME_SAMPLES);
    if (isLost(i)) decoder.conceal(into);
    else assert.equal(decoder.decode(payload.subarray(0, bytes), into), FRAME_SAMPLES);
    return into;
  });
  encoder.close();
  decoder.close();
  return heard;
}

for (const name of names) {
  describe(name, () => {
    const tone = sines([{ hertz: 1_000, dbm0: -12 }], 1_000);

    it('carries a tone with its frequency and its level', async () => {
      const heard = talk(await loadCodec(name), tone).slice(20, 40);
      const [loudest] = loudestTones(heard);
      assert.ok(loudest !== undefined && Math.abs(loudest.hertz - 1_000) < 2);
      assert.ok(Math.abs(loudest.dbm0 + 12) < 1, `${loudest.dbm0} dBm0`);
    });

    it('keeps silence', async () => {
      assert.ok(loudness(talk(await loadCodec(name), new Int16Array(8_000))) < -60);
    });

    it('does without one frame in ten, softly', async () => {
      const heard = talk(await loadCodec(name), tone, (i) => i % 10 === 9).slice(5);
      assert.ok(Math.abs(loudness(heard) + 12) < 3);
    });

    it('falls silent when nothing comes any more', async () => {
      const heard = talk(await loadCodec(name), tone, (i) => i > 10);
      assert.ok(loudness(heard.slice(40)) < -35);
    });

    it('neither throws nor writes where there is no room, whatever comes', async () => {
      const codec = await loadCodec(name);
      const decoder = codec.createDecoder();
      fc.assert(fc.property(fc.uint8Array({ maxLength: 1_500 }), fc.integer({ min: 0, max: MAX_PACKET_SAMPLES }), (payload, room) => {
        const into = new Int16Array(room + 1);
        into[room] = 12_345;
        const count = decoder.decode(payload, into.subarray(0, room));
        assert.ok(count >= 0 && count <= room);
        assert.equal(into[room], 12_345);
        decoder.conceal(new Int16Array(FRAME_SAMPLES), payload);
      }), { numRuns: 300 });
      decoder.close();
    });

    it('tells nothing of an empty payload', async () => {
      const decoder = (await loadCodec(name)).createDecoder();
      assert.equal(decoder.decode(new Uint8Array(0), new Int16Array(FRAME_SAMPLES)), 0);
    });

    it('mixes at 8 kHz, whatever its clock', async () => {
      const codec = await loadCodec(name);
      assert.equal(codec.sampleRate, 8_000);
      assert.equal(codec.clockRate, name === 'opus' ? 48_000 : 8_000);
    });
  });
}

describe('codecs of 8,000 bytes a second', () => {
  for (const name of ['PCMA', 'PCMU', 'G722'] as const) {
    it(`${name} takes packets of any length`, () => {
      const decoder = codecOf(name).createDecoder();
      for (const length of [80, 160, 240, 480, 960]) {
        assert.equal(decoder.decode(new Uint8Array(length), new Int16Array(MAX_PACKET_SAMPLES)), length);
      }
      assert.equal(decoder.decode(new Uint8Array(65_000), new Int16Array(MAX_PACKET_SAMPLES)), MAX_PACKET_SAMPLES);
    });
  }
});
