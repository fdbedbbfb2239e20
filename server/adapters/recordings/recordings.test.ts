import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, test } from 'node:test';
import fc from 'fast-check';
import { alawSample, encodeAlaw } from '../../../telephony/audio/g711.ts';
import { buildWavHeader, stampWavHeader } from '../../../telephony/audio/wav-header.ts';
import { readWav } from '../../../telephony/audio/wav.ts';
import type { SoundBytes } from '../../engine/recording-files.ts';
import { createRecordingFolder } from './folder.ts';

const root = mkdtempSync(join(tmpdir(), 'parley-folder-'));
after(() => { rmSync(root, { recursive: true, force: true }); });
const folder = createRecordingFolder(root);

let names = 0;
/** A file of these samples, as a recorder leaves it; `isFinished` false, as one that was killed does. */
async function aFile(samples: Uint8Array, channels: 1 | 2, isFinished = true): Promise<string> {
  const path = `Y:/1/0/20260105/101/${names += 1}.V3`;
  const header = buildWavHeader({ encoding: 'alaw', sampleRate: 8000, channelCount: channels });
  stampWavHeader(header, isFinished ? samples.length : 0);
  writeFileSync(await folder.pathToRecord(path), Buffer.concat([header, samples]));
  return `1/0/20260105/101/${names}.wav`;
}

async function read(sound: SoundBytes | undefined, from = 0, to = sound?.size ?? 0): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of sound?.read(from, to) ?? []) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const channelsOf = (bytes: Uint8Array): readonly (readonly number[])[] => {
  const sound = readWav(bytes);
  assert.ok(sound.ok, sound.ok ? '' : sound.reason);
  return sound.channels.map((channel) => [...channel].map((sample) => Math.round(sample * 32_768)));
};

const codes = (length: number, seed = 1): Uint8Array => Uint8Array.from({ length }, (_, index) => (index * 37 * seed + 11) % 256);

describe('the folder of recordings', () => {
  test('has a place for each, and none for what leads elsewhere', async () => {
    assert.equal(await folder.pathToRecord('y:\\7\\1\\20260105\\101\\0900000.V3'), join(root, '7', '1', '20260105', '101', '0900000.wav'));
    for (const wrong of ['Y:/7/../../x/1.V3', '/etc/passwd', 'x']) {
      await assert.rejects(folder.pathToRecord(wrong), /no path of a recording/);
      assert.equal(await folder.pathToPlay(wrong), undefined);
    }
  });

  test('plays what is there', async () => {
    const file = await aFile(codes(80), 1);
    assert.equal(await folder.pathToPlay(`C:/${file.replace('.wav', '.V3')}`), join(root, file));
    assert.equal(await folder.pathToPlay('Y:/1/0/20260105/101/never.V3'), undefined);
    await mkdir(join(root, '1/0/20260105/101/folder.wav'));
    assert.equal(await folder.pathToPlay('Y:/1/0/20260105/101/folder.wav'), undefined);
  });

  test('forgets what is removed, and that again does no harm', async () => {
    const file = await aFile(codes(80), 1);
    await folder.remove(file);
    await folder.remove(file);
    assert.equal(await folder.open([file], 'mixed'), undefined);
  });
});

describe('the sound of recordings', () => {
  test('has each side by itself, as it was recorded', async () => {
    const samples = codes(1600);
    const bytes = await read(await folder.open([await aFile(samples, 2)], 'apart'));
    assert.deepEqual(channelsOf(bytes), [0, 1].map((side) => [...samples].filter((_, at) => at % 2 === side).map((code) => alawSample(code))));
  });

  test('has both sides on one channel, added up, and what is too loud at its loudest', async () => {
    const [quiet, loud] = [encodeAlaw(Int16Array.of(1000, 2000)), encodeAlaw(Int16Array.of(30_000, 30_000))];
    const [[first = 0, second = 0] = []] = channelsOf(await read(await folder.open([await aFile(Uint8Array.of(...quiet, ...loud), 2)], 'mixed')));
    assert.ok(Math.abs(first - 3000) < 100 && second > 31_000, `${first} ${second}`);
  });

  test('of several files is one, whatever their channels', async () => {
    const [one, other] = [codes(400), codes(300, 3)];
    const files = [await aFile(one, 2), '1/0/20260105/101/missing.wav', await aFile(other, 1)];
    const [left = [], right = []] = channelsOf(await read(await folder.open(files, 'apart')));
    assert.deepEqual([left.length, right.length], [500, 500]);
    assert.deepEqual([left.slice(200), right.slice(200)], [0, 1].map(() => [...other].map((code) => alawSample(code))));
  });

  test('of a recorder that was killed is there as far as it was written', async () => {
    const bytes = await read(await folder.open([await aFile(codes(4001), 2, false)], 'apart'));
    assert.equal(channelsOf(bytes)[0]?.length, 2000);
  });

  test('is none where another kind of file lies', async () => {
    const path = join(root, '1/record/20260105/text.wav');
    await mkdir(dirname(path), { recursive: true });
    writeFileSync(path, 'no sound at all');
    assert.equal(await folder.open(['1/record/20260105/text.wav'], 'mixed'), undefined);
  });

  test('is the same in any parts', async () => {
    const files = [await aFile(codes(1001), 1), await aFile(codes(802), 2)];
    for (const form of ['mixed', 'apart'] as const) {
      const sound = await folder.open(files, form);
      const whole = await read(sound);
      assert.equal(whole.length, sound?.size);
      await fc.assert(fc.asyncProperty(fc.nat(whole.length), fc.nat(whole.length), async (one, other) => {
        const [from, to] = [Math.min(one, other), Math.max(one, other)];
        assert.deepEqual(Buffer.from(await read(sound, from, to)), Buffer.from(whole.subarray(from, to)), `${form} ${from}-${to}`);
      }), { numRuns: 40 });
    }
  });
});
