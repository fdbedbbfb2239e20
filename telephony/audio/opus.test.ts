import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Worker } from 'node:worker_threads';
import { MAX_PACKET_SAMPLES, MAX_PAYLOAD_BYTES, type Encoder } from './codec.ts';
import { FRAME_SAMPLES } from './frame.ts';
import { loudness } from './listen.ts';
import { loadOpus } from './opus.ts';
import { framesOf, seeded, speech } from './test-data/signals.ts';

const codec = await loadOpus();
const voice = speech(4_000, seeded(5));

function packetsOf(sound: Int16Array, encoder: Encoder = codec.createEncoder()): Uint8Array[] {
  const payload = new Uint8Array(MAX_PAYLOAD_BYTES);
  return framesOf(sound).map((frame) => payload.slice(0, encoder.encode(frame, payload)));
}

/** The number of frames in a packet and their length in samples at 8 kHz (RFC 6716 3.1), of packets of one frame. */
function samplesOf(packet: Uint8Array): number {
  const config = (packet[0] ?? 0) >> 3;
  const lengths = config < 12 ? [80, 160, 320, 480] : config < 16 ? [80, 160] : [20, 40, 80, 160];
  return lengths[config % lengths.length] ?? 0;
}

describe('Opus', () => {
  it('sends one frame of 20 ms in mono, at about 24 kbit/s', () => {
    const packets = packetsOf(voice);
    for (const packet of packets) {
      assert.equal(samplesOf(packet), FRAME_SAMPLES);
      // The stereo flag and the code for one frame (RFC 6716 3.1).
      assert.equal((packet[0] ?? 0) & 7, 0);
    }
    const bits = packets.reduce((total, packet) => total + packet.length * 8, 0) / (packets.length * 0.02);
    assert.ok(bits > 12_000 && bits < 32_000, `${bits} bit/s`);
  });

  it('repairs a lost frame by the one that follows, better than by guessing', () => {
    const packets = packetsOf(voice);
    const differenceWith = (usesNext: boolean): number => {
      const [whole, broken] = [codec.createDecoder(), codec.createDecoder()];
      const [right, repaired] = [new Int16Array(FRAME_SAMPLES), new Int16Array(FRAME_SAMPLES)];
      let difference = 0;
      for (const [i, packet] of packets.entries()) {
        whole.decode(packet, right);
        if (i % 6 !== 5) {
          broken.decode(packet, repaired);
          continue;
        }
        if (usesNext) broken.conceal(repaired, packets[i + 1]);
        else broken.conceal(repaired);
        difference += right.reduce((sum, sample, k) => sum + (sample - (repaired[k] ?? 0)) ** 2, 0);
      }
      return difference;
    };
    assert.ok(differenceWith(true) < differenceWith(false) * 0.5);
  });

  it('decodes packets of other lengths', () => {
    const encoder = codec.createEncoder();
    const decoder = codec.createDecoder();
    const payload = new Uint8Array(MAX_PAYLOAD_BYTES);
    for (const samples of [80, 160, 320, 480]) {
      const bytes = encoder.encode(voice.subarray(0, samples), payload);
      assert.equal(decoder.decode(payload.subarray(0, bytes), new Int16Array(MAX_PACKET_SAMPLES)), samples);
    }
    // No packet of Opus has 19 ms.
    assert.equal(encoder.encode(voice.subarray(0, 152), payload), 0);
  });

  it('goes on after packets that are none', () => {
    const random = seeded(9);
    const decoder = codec.createDecoder();
    const into = new Int16Array(MAX_PACKET_SAMPLES);
    for (let i = 0; i < 500; i += 1) {
      const packet = Uint8Array.from({ length: 1 + Math.floor(random() * 300) }, () => Math.floor(random() * 256));
      assert.ok(decoder.decode(packet, into) <= MAX_PACKET_SAMPLES);
    }
    assert.equal(decoder.decode(new Uint8Array(65_000).fill(0xff), into), 0);
    const frames = packetsOf(voice).map((packet) => {
      const frame = new Int16Array(FRAME_SAMPLES);
      assert.equal(decoder.decode(packet, frame), FRAME_SAMPLES);
      return frame;
    });
    assert.ok(Math.abs(loudness(frames.slice(50)) - loudness(voice.subarray(8_000))) < 2);
  });

  it('gives back what it took: a thousand calls need no more memory than one', () => {
    const before = process.memoryUsage().arrayBuffers;
    for (let i = 0; i < 1_000; i += 1) {
      const [encoder, decoder] = [codec.createEncoder(), codec.createDecoder()];
      encoder.close();
      decoder.close();
      // To close twice does no harm.
      decoder.close();
      assert.equal(decoder.decode(Uint8Array.of(0), new Int16Array(FRAME_SAMPLES)), 0);
      assert.equal(encoder.encode(new Int16Array(FRAME_SAMPLES), new Uint8Array(MAX_PAYLOAD_BYTES)), 0);
    }
    assert.ok(process.memoryUsage().arrayBuffers - before < 4_000_000);
  });

  it('keeps two calls apart', () => {
    const alone = packetsOf(voice);
    const [one, two] = [codec.createEncoder(), codec.createEncoder()];
    const payload = new Uint8Array(MAX_PAYLOAD_BYTES);
    const mixed = framesOf(voice).map((frame) => {
      two.encode(new Int16Array(FRAME_SAMPLES).fill(1_000), payload);
      return payload.slice(0, one.encode(frame, payload));
    });
    assert.deepEqual(mixed, alone);
  });

  it('works in a worker thread', async () => {
    const url = JSON.stringify(new URL('./codec.ts', import.meta.url).href);
    const worker = new Worker(`
      const { parentPort } = require('node:worker_threads');
      import(${url}).then(({ loadCodec }) => loadCodec('opus')).then((codec) => {
        const bytes = codec.createEncoder().encode(new Int16Array(160), new Uint8Array(400));
        parentPort.postMessage(bytes);
      });
    `, { eval: true });
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    worker.once('message', resolve);
    worker.once('error', reject);
    assert.ok(await promise > 0);
    await worker.terminate();
  });
});
