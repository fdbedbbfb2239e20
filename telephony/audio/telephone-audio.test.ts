import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { decodeAlaw, encodeAlaw } from './g711.ts';
import { mixToMono, toInt16 } from './sound.ts';
import { toTelephoneAudio, type AudioFileType, type TelephoneAudio } from './telephone-audio.ts';
import { decibels, levelAt, loudestFrequency, makeTone } from './test-data/tones.ts';
import { buildWav, layOutPcm16 } from './test-data/wav-files.ts';
import { writeWav } from './wav.ts';

const mono = new Uint8Array(readFileSync(new URL('./test-data/tone-mono.mp3', import.meta.url)));
const stereo = new Uint8Array(readFileSync(new URL('./test-data/tone-stereo.mp3', import.meta.url)));
/** See test-data/README.md. */
const lameDecibels = -0.45;

async function transmit(file: Uint8Array, type: AudioFileType): Promise<TelephoneAudio> {
  const audio = await toTelephoneAudio(file, type);
  assert.ok(audio.ok, `refused: ${audio.ok ? '' : audio.reason}`);
  return audio;
}

function levelOf(audio: TelephoneAudio, frequency: number): number {
  const samples = Float32Array.from(decodeAlaw(audio.alaw), (sample) => sample / 32_768);
  return decibels(levelAt(samples.subarray(400, samples.length - 400), frequency, 8_000) / 0.5);
}

describe('audio for the telephone', () => {
  it('passes A-law of 8 kHz, mono, bit by bit', async () => {
    const alaw = Uint8Array.from({ length: 1_600 }, (_, i) => (i * 37) & 0xff);
    assert.deepEqual(await toTelephoneAudio(writeWav(alaw), 'wav'), {
      ok: true,
      alaw,
      durationMs: 200,
      source: { type: 'wav', encoding: 'alaw', sampleRate: 8_000, channelCount: 1 },
    });
  });

  it('encodes 16-bit PCM of 8 kHz, mono, sample by sample', async () => {
    const samples = Int16Array.from({ length: 4_000 }, (_, i) => ((i * 9_973) % 65_536) - 32_768);
    const audio = await transmit(buildWav({ tag: 1, bits: 16, data: new Uint8Array(samples.buffer) }), 'wav');
    assert.deepEqual(audio.alaw, encodeAlaw(samples));
  });

  it('brings a stereo WAV of 44.1 kHz to the telephone', async () => {
    const channels = [makeTone(1_000, 44_100, 2), makeTone(6_300, 44_100, 2)];
    const file = buildWav({ tag: 1, bits: 16, channelCount: 2, sampleRate: 44_100, data: layOutPcm16(channels) });
    const audio = await transmit(file, 'wav');
    assert.equal(audio.alaw.length, 16_000);
    assert.equal(audio.durationMs, 2_000);
    assert.deepEqual(audio.source, { type: 'wav', encoding: 'pcm16', sampleRate: 44_100, channelCount: 2 });
    // The average of two channels halves what is on one of them; 6.3 kHz would have folded to 1.7 kHz.
    assert.ok(Math.abs(levelOf(audio, 1_000) + 6.02) < 0.1);
    assert.ok(levelOf(audio, 1_700) < -50);
  });

  it('brings an MP3 to the telephone', async () => {
    const audio = await transmit(mono, 'mp3');
    assert.equal(audio.durationMs, 1_000);
    assert.deepEqual(audio.source, { type: 'mp3', encoding: 'mp3', sampleRate: 44_100, channelCount: 1 });
    assert.equal(loudestFrequency(decodeAlaw(audio.alaw).subarray(0, 1_600), 8_000), 1_000);
    assert.ok(Math.abs(levelOf(audio, 1_000) - lameDecibels) < 0.1);
  });

  it('mixes both channels of a stereo MP3', async () => {
    const audio = await transmit(stereo, 'mp3');
    for (const frequency of [440, 1_000]) {
      assert.ok(Math.abs(levelOf(audio, frequency) + 6.02 - lameDecibels) < 0.1);
    }
  });

  it('refuses what lasts longer than allowed, and what is of the other type', async () => {
    const wav = writeWav(new Uint8Array(8_001));
    assert.deepEqual(await toTelephoneAudio(wav, 'wav', { maxSeconds: 1 }), { ok: false, reason: 'audio-too-long' });
    assert.deepEqual(await toTelephoneAudio(mono, 'mp3', { maxSeconds: 1 }), { ok: false, reason: 'audio-too-long' });
    assert.deepEqual(await toTelephoneAudio(wav, 'mp3'), { ok: false, reason: 'mp3-no-frames' });
    assert.deepEqual(await toTelephoneAudio(mono, 'wav'), { ok: false, reason: 'wav-not-riff' });
  });

  it('answers every spoilt file', async () => {
    const tone = [makeTone(500, 44_100, 0.02), makeTone(700, 44_100, 0.02)];
    const wav = buildWav({ tag: 1, bits: 16, channelCount: 2, sampleRate: 44_100, data: layOutPcm16(tone) });
    const spoilt = fc.record({
      type: fc.constantFrom<AudioFileType>('wav', 'mp3'),
      changes: fc.array(fc.tuple(fc.nat(60), fc.integer({ min: 0, max: 255 })), { maxLength: 6 }),
      length: fc.nat(9_000),
    });
    await fc.assert(
      fc.asyncProperty(spoilt, async ({ type, changes, length }) => {
        const file = Uint8Array.from(type === 'wav' ? wav : stereo).subarray(0, length);
        for (const [at, byte] of changes) file[at] = byte;
        const audio = await toTelephoneAudio(file, type);
        assert.ok(audio.ok ? audio.alaw.length > 0 : audio.reason.length > 0);
      }),
      { numRuns: 200 },
    );
  });
});

describe('mixing to mono', () => {
  it('takes the average', () => {
    const channels = [Float32Array.of(1, 0.5), Float32Array.of(-1, 0.5), Float32Array.of(0.75, 0.5)];
    assert.deepEqual(mixToMono(channels), Float32Array.of(0.25, 0.5));
  });
});

describe('rounding to 16 bits', () => {
  it('clips beyond full scale', () => {
    const rounded = toInt16(Float32Array.of(0, 0.5, 1, 1.5, -1, -2));
    assert.deepEqual([...rounded], [0, 16_384, 32_767, 32_767, -32_768, -32_768]);
  });
});
