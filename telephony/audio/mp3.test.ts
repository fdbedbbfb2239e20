import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { findMp3Frames } from './mp3-frames.ts';
import { decodeMp3 } from './mp3.ts';
import { decibels, levelAt, loudestFrequency } from './test-data/tones.ts';
import { buildWav } from './test-data/wav-files.ts';

const mono = new Uint8Array(readFileSync(new URL('./test-data/tone-mono.mp3', import.meta.url)));
const stereo = new Uint8Array(readFileSync(new URL('./test-data/tone-stereo.mp3', import.meta.url)));

async function decode(file: Uint8Array): Promise<{ sampleRate: number; channels: Float32Array[] }> {
  const sound = await decodeMp3(file);
  assert.ok(sound.ok, `refused: ${sound.ok ? '' : sound.reason}`);
  return sound;
}

async function lengthOf(file: Uint8Array): Promise<number | undefined> {
  return (await decode(file)).channels[0]?.length;
}

describe('decoding an MP3 file', () => {
  it('decodes a mono tone with its frequency, its level and, by its Info frame, its exact length', async () => {
    const { sampleRate, channels } = await decode(mono);
    assert.equal(sampleRate, 44_100);
    assert.deepEqual(channels.map((channel) => channel.length), [44_100]);
    const heard = channels[0]?.subarray(4_410, 8_820) ?? [];
    assert.equal(loudestFrequency(heard, 44_100), 1_000);
    assert.ok(Math.abs(decibels(levelAt(heard, 1_000, 44_100) / 0.475)) < 0.05);
  });

  it('keeps two channels apart', async () => {
    const { sampleRate, channels } = await decode(stereo);
    assert.equal(sampleRate, 22_050);
    assert.deepEqual(
      channels.map((channel) => loudestFrequency(channel.subarray(0, 4_410), sampleRate)),
      [1_000, 440],
    );
  });

  it('does not mind what stands before, after or between the frames', async () => {
    const length = await lengthOf(stereo);
    const noise = Uint8Array.from({ length: 3_000 }, (_, i) => (i * i * 7) & 0xff);
    const untrueTag = Uint8Array.from([...Buffer.from('ID3'), 3, 0, 0, 0x7f, 0x7f, 0x7f, 0x7f]);
    assert.equal(await lengthOf(Buffer.concat([stereo, noise])), length);
    assert.equal(await lengthOf(Buffer.concat([noise, stereo])), length);
    assert.equal(await lengthOf(Buffer.concat([untrueTag, stereo])), length);
    assert.equal(await lengthOf(Buffer.concat([stereo, noise, stereo])), (length ?? 0) * 2);
  });

  it('skips a tag by its length, even when it holds frames', async () => {
    const picture = mono.subarray(127);
    const tag = Buffer.from([...Buffer.from('ID3'), 3, 0, 0, 0, 0, picture.length >> 7, picture.length & 0x7f]);
    assert.equal((await decode(Buffer.concat([tag, picture, stereo]))).sampleRate, 22_050);
  });

  it('passes over frames of another rate', async () => {
    assert.equal(await lengthOf(Buffer.concat([stereo, mono])), await lengthOf(stereo));
  });

  it('leaves out a frame that is cut short', async () => {
    assert.equal(await lengthOf(stereo.subarray(0, stereo.length - 1)), ((await lengthOf(stereo)) ?? 0) - 576);
  });

  it('hands the decoder no more than 128 frames at once', () => {
    const frames = findMp3Frames(Buffer.concat(Array.from({ length: 20 }, () => stereo)));
    assert.equal(frames?.frameCount, 500);
    assert.deepEqual(frames?.runs.length, 4);
  });
});

describe('refusing an MP3 file', () => {
  it('refuses what has no frames', async () => {
    const wav = buildWav({ tag: 1, bits: 16, data: new Uint8Array(10_000).fill(0x55) });
    for (const file of [new Uint8Array(0), wav, new Uint8Array(10_000).fill(0xff), mono.subarray(0, 400)]) {
      assert.deepEqual(await decodeMp3(file), { ok: false, reason: 'mp3-no-frames' });
    }
  });

  it('refuses what lasts longer than allowed', async () => {
    assert.deepEqual(await decodeMp3(mono, { maxSeconds: 1 }), { ok: false, reason: 'audio-too-long' });
    assert.equal((await decodeMp3(mono, { maxSeconds: 1.1 })).ok, true);
  });

  it('neither throws nor makes more sound than the frames hold, whatever the file', async () => {
    const whole = fc.constantFrom(mono, stereo);
    const spoilt = fc
      .tuple(whole, fc.array(fc.tuple(fc.nat(8_000), fc.integer({ min: 0, max: 255 })), { maxLength: 200 }))
      .map(([file, changes]) => {
        const copy = Uint8Array.from(file);
        for (const [at, byte] of changes) copy[at % copy.length] = byte;
        return copy;
      });
    const cut = fc.tuple(whole, fc.nat(8_000), fc.nat(8_000)).map(([file, a, b]) => file.subarray(a % 4_000, b));
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.uint8Array({ maxLength: 2_000 }), spoilt, cut), async (file) => {
        const sound = await decodeMp3(file);
        if (!sound.ok) return;
        const frames = findMp3Frames(file);
        assert.ok(frames !== undefined);
        for (const channel of sound.channels) {
          assert.ok(channel.length > 0 && channel.length <= frames.frameCount * frames.samplesPerFrame);
          assert.ok(channel.every((sample) => Math.abs(sample) <= 1));
        }
      }),
      { numRuns: 300 },
    );
  });
});
