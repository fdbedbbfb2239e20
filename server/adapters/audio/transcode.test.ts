import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { decodeAlaw, encodeAlaw } from '@parley/telephony/audio/g711.ts';
import { loudestFrequency, makeTone } from '@parley/telephony/audio/test-data/tones.ts';
import { toInt16 } from '@parley/telephony/audio/sound.ts';
import { openWav, writeWav } from '@parley/telephony/audio/wav.ts';
import { Overloaded } from '../../engine/lanes.ts';
import { createTranscode } from './transcode.ts';

const audio = createTranscode();
after(() => audio.close());

const mp3 = new Uint8Array(readFileSync(new URL('../../../telephony/audio/test-data/tone-mono.mp3', import.meta.url)));

function listen(file: Uint8Array) {
  const wav = openWav(file);
  assert.ok(wav.ok, 'not a WAV file');
  const { encoding, sampleRate, channelCount, data } = wav;
  return { format: { encoding, sampleRate, channelCount }, data };
}

test('an MP3 file comes out as a WAV file of A-law, 8 kHz, mono, with its sound in it', async () => {
  const sound = await audio.transcode(mp3, 'mp3');
  assert.ok(sound.ok);
  const { format, data } = listen(sound.wav);
  assert.deepEqual(format, { encoding: 'alaw', sampleRate: 8000, channelCount: 1 });
  assert.equal(loudestFrequency(decodeAlaw(data), 8000), 1000);
  assert.equal(sound.durationMs, Math.round(data.length / 8));
});

test('what is in that form already comes out bit by bit', async () => {
  const alaw = encodeAlaw(toInt16(makeTone(440, 8000, 0.25)));
  const sound = await audio.transcode(writeWav(alaw), 'wav');
  assert.deepEqual(sound, { ok: true, wav: writeWav(alaw), durationMs: 250 });
});

test('what is no sound is refused in words', async () => {
  assert.deepEqual(await audio.transcode(mp3, 'wav'), { ok: false, reason: 'The file is not a RIFF/WAVE file.' });
  assert.deepEqual(await audio.transcode(new Uint8Array(5000), 'mp3'), { ok: false, reason: 'The file has no run of MPEG audio layer III frames.' });
});

test('a transcoder without room is no fault of the file', async () => {
  const small = createTranscode({ threads: 1, maxWaiting: 0 });
  const outcomes = await Promise.allSettled([small.transcode(mp3, 'mp3'), small.transcode(mp3, 'mp3')]);
  assert.deepEqual(outcomes.map(({ status }) => status), ['fulfilled', 'rejected']);
  await small.close();
  await assert.rejects(small.transcode(mp3, 'mp3'), Overloaded);
});
