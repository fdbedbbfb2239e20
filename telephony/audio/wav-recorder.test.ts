import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import * as fc from 'fast-check';
import { virtualTimers } from '../testing/virtual-timers.ts';
import { FRAME_SAMPLES } from './frame.ts';
import { loudestTones } from './listen.ts';
import { soundFiles, type SoundFile, type SoundFiles } from './sound-files.ts';
import { framesOf, sines } from './test-data/signals.ts';
import { buildChunk, buildWav } from './test-data/wav-files.ts';
import { readWav } from './wav.ts';
import { readWavLayout, repairWav } from './wav-layout.ts';
import { createWavRecorder, type RecordingFault, type WavRecorder, type WavRecorderOptions } from './wav-recorder.ts';

const folder = mkdtempSync(join(tmpdir(), 'parley-recorder-'));
after(() => { rmSync(folder, { recursive: true }); });
let files = 0;
const freshPath = (): string => join(folder, `${files += 1}.wav`);

const low = sines([{ hertz: 500, dbm0: -12 }], 3_000);
const high = sines([{ hertz: 1_500, dbm0: -12 }], 3_000);

function feed(recorder: WavRecorder, ms: number, both = false): void {
  const [one, two] = [framesOf(low), framesOf(high)];
  for (let i = 0; i < ms / 20; i += 1) recorder.put(one[i % one.length], both ? two[i % two.length] : undefined);
}

/** The channels of a file as 16-bit samples. */
function channelsOf(path: string): Int16Array[] {
  const sound = readWav(new Uint8Array(readFileSync(path)));
  assert.ok(sound.ok, sound.ok ? '' : sound.reason);
  return sound.channels.map((channel) => Int16Array.from(channel, (sample) => sample * 32_768));
}

const toneOf = (samples: Int16Array): number => Math.round(loudestTones(samples.subarray(800, 4_000))[0]?.hertz ?? 0);

function recorderOn(options: Partial<WavRecorderOptions> & { readonly path: string }): { recorder: WavRecorder; faults: RecordingFault[] } {
  const faults: RecordingFault[] = [];
  const recorder = createWavRecorder({ channels: 1, encoding: 'alaw', onFault: (fault) => { faults.push(fault); }, ...options });
  return { recorder, faults };
}

/** The file system with something wrong in its writing. */
function brokenFiles(write: (bytes: Uint8Array, at: number, file: SoundFile) => Promise<void>): SoundFiles {
  return {
    ...soundFiles,
    openToWrite: async (path, how) => {
      const file = await soundFiles.openToWrite(path, how);
      return { ...file, write: (bytes, at) => write(bytes, at, file) };
    },
  };
}

const failWith = (code: string): Promise<void> => Promise.reject(Object.assign(new Error(code), { code }));
const turns = async (count: number): Promise<void> => {
  for (let i = 0; i < count; i += 1) await new Promise((resolve) => { setImmediate(resolve); });
};

describe('recording', () => {
  for (const encoding of ['alaw', 'pcm16'] as const) {
    it(`writes two channels of ${encoding}, each side by itself`, async () => {
      const path = freshPath();
      const { recorder } = recorderOn({ path, channels: 2, encoding });
      feed(recorder, 2_500, true);
      assert.deepEqual(await recorder.close(), { ms: 2_500, fileMs: 2_500, lostMs: 0 });
      const [left, right] = channelsOf(path);
      assert.ok(left !== undefined && right !== undefined);
      assert.deepEqual([left.length, toneOf(left), toneOf(right)], [20_000, 500, 1_500]);
      assert.equal(statSync(path).size, (encoding === 'alaw' ? 58 + 40_000 : 44 + 80_000));
    });
  }

  it('is silent on the side that says nothing', async () => {
    const path = freshPath();
    const { recorder } = recorderOn({ path, channels: 2 });
    feed(recorder, 500);
    await recorder.close();
    assert.ok(channelsOf(path)[1]?.every((sample) => Math.abs(sample) <= 8));
  });

  it('leaves pauses out', async () => {
    const path = freshPath();
    const { recorder } = recorderOn({ path });
    feed(recorder, 1_000);
    recorder.pause();
    feed(recorder, 5_000);
    recorder.resume();
    feed(recorder, 500);
    assert.equal(recorder.ms(), 1_500);
    assert.equal((await recorder.close()).ms, 1_500);
    assert.equal(channelsOf(path)[0]?.length, 12_000);
  });

  it('goes on with a file, once more and once again', async () => {
    const path = freshPath();
    for (const expected of [1_240, 2_480, 3_720]) {
      const { recorder } = recorderOn({ path, append: true });
      feed(recorder, 1_240);
      assert.deepEqual(await recorder.close(), { ms: 1_240, fileMs: expected, lostMs: 0 });
    }
    assert.equal(channelsOf(path)[0]?.length, 3_720 * 8);
  });

  it('goes on with a file that others made, over the chunks behind its sound', async () => {
    const path = freshPath();
    const made = buildWav({ tag: 1, bits: 16, data: new Uint8Array(3_200), before: buildChunk('LIST', new Uint8Array(25)) });
    writeFileSync(path, Buffer.concat([made, buildChunk('LIST', new Uint8Array(70_000))]));
    const { recorder } = recorderOn({ path, append: true, encoding: 'pcm16' });
    feed(recorder, 1_000);
    assert.equal((await recorder.close()).fileMs, 1_200);
    const [sound] = channelsOf(path);
    assert.deepEqual([sound?.length, toneOf(sound?.subarray(1_600) ?? new Int16Array(0))], [9_600, 500]);
  });

  it('begins anew where it shall not go on', async () => {
    const path = freshPath();
    for (let i = 0; i < 2; i += 1) {
      const { recorder } = recorderOn({ path });
      feed(recorder, 300);
      await recorder.close();
    }
    assert.equal(channelsOf(path)[0]?.length, 2_400);
  });

  it('refuses to go on with another format, and leaves that file alone', async () => {
    const path = freshPath();
    for (const content of [buildWav({ tag: 1, bits: 16, data: new Uint8Array(320) }), Buffer.from('no sound at all')]) {
      writeFileSync(path, content);
      const { recorder, faults } = recorderOn({ path, append: true });
      feed(recorder, 2_000);
      const { ms, fault } = await recorder.close();
      assert.deepEqual([ms, fault?.why, faults.map(({ why }) => why)], [0, 'otherFormat', ['otherFormat']]);
      assert.deepEqual(readFileSync(path), Buffer.from(content));
    }
  });

  it('leaves a file that can be played when it is killed', async () => {
    const path = freshPath();
    const { recorder } = recorderOn({ path });
    feed(recorder, 3_500);
    // Nothing is closed: what has been written after a while is all there will be.
    const counted = (): number => (existsSync(path) && statSync(path).size >= 58 ? readFileSync(path).readUInt32LE(54) : 0);
    while (counted() !== 24_000) await turns(1);
    assert.equal(channelsOf(path)[0]?.length, 24_000);
    assert.deepEqual(await repairWav(path), { ok: true, wasFinished: true, durationMs: 3_000 });
    await recorder.close();
  });

  it('answers closing once, however often it is asked', async () => {
    const { recorder } = recorderOn({ path: freshPath() });
    feed(recorder, 100);
    const [one, two] = await Promise.all([recorder.close(), recorder.close()]);
    assert.equal(one, two);
    recorder.put(low.subarray(0, FRAME_SAMPLES));
    assert.equal(recorder.ms(), 100);
  });
});

describe('recording on a bad disk', () => {
  for (const [code, why] of [['ENOSPC', 'diskFull'], ['EDQUOT', 'diskFull'], ['EIO', 'io']] as const) {
    it(`reports ${code} once, and goes on without a file`, async () => {
      const path = freshPath();
      const { recorder, faults } = recorderOn({
        path,
        files: brokenFiles((bytes, at, file) => (at > 10_000 ? failWith(code) : file.write(bytes, at))),
      });
      feed(recorder, 3_000);
      while (faults.length === 0) await turns(1);
      feed(recorder, 7_000);
      const { ms, lostMs, fault } = await recorder.close();
      assert.deepEqual(faults.map((each) => each.why), [why]);
      assert.equal(fault, faults[0]);
      assert.deepEqual([ms, lostMs], [2_000, 8_000]);
      assert.equal(channelsOf(path)[0]?.length, 16_000);
    });
  }

  it('reports a folder that is not there', async () => {
    const { recorder, faults } = recorderOn({ path: join(folder, 'nowhere', 'x.wav') });
    feed(recorder, 2_000);
    assert.equal((await recorder.close()).ms, 0);
    assert.deepEqual(faults.map(({ why }) => why), ['io']);
  });

  it('keeps a few seconds for a slow disk, leaves out what is more, and goes on', async () => {
    const gate = Promise.withResolvers<undefined>();
    const path = freshPath();
    const { recorder, faults } = recorderOn({
      path,
      maxWaitingSeconds: 3,
      files: brokenFiles(async (bytes, at, file) => {
        await gate.promise;
        await file.write(bytes, at);
      }),
    });
    feed(recorder, 20_000);
    assert.deepEqual(faults.map(({ why }) => why), ['slow']);
    gate.resolve(undefined);
    while (recorder.ms() === 4_000) {
      feed(recorder, 20);
      await turns(1);
    }
    const { ms, lostMs } = await recorder.close();
    assert.equal(ms, 4_020);
    assert.ok(lostMs >= 16_000);
    assert.equal(channelsOf(path)[0]?.length, 4_020 * 8);
    assert.equal(faults.length, 1);
  });

  it('does not wait for a disk that has gone for ever', async () => {
    const timers = virtualTimers();
    const gate = Promise.withResolvers<undefined>();
    const never = brokenFiles(() => gate.promise);
    const { recorder, faults } = recorderOn({ path: freshPath(), timers, files: never });
    feed(recorder, 1_000);
    const closing = recorder.close();
    await timers.advance(5_000);
    assert.equal((await closing).ms, 0);
    assert.deepEqual(faults.map(({ why }) => why), ['slow']);
    assert.equal(timers.pending(), 0);
    // Should it come back after all, the file is closed then.
    gate.resolve(undefined);
    await turns(20);
  });
});

describe('repairing a recording', () => {
  const wav = (bytes: number, statedLength: number): Uint8Array =>
    buildWav({ tag: 6, bits: 8, data: new Uint8Array(bytes).fill(0xd5), statedLength });

  it('counts what the header does not', async () => {
    for (const [bytes, stated] of [[24_000, 0], [24_000, 16_000], [24_000, 0xffff_ffff], [24_001, 8_000]] as const) {
      const path = freshPath();
      writeFileSync(path, wav(bytes, stated));
      const repaired = await repairWav(path);
      assert.deepEqual(repaired, { ok: true, wasFinished: false, durationMs: 3_000 });
      assert.equal((await repairWav(path) as { wasFinished: boolean }).wasFinished, true);
      const header = readFileSync(path);
      // The byte of padding in the recipe of an odd length counts for sound when nobody says how much there is.
      assert.ok(Math.abs(header.readUInt32LE(40) - 24_000) <= 2);
      assert.equal(header.readUInt32LE(4), header.length - 8);
    }
  });

  it('leaves finished files as they are, with what follows the sound', async () => {
    const path = freshPath();
    const content = Buffer.concat([wav(801, 801), buildChunk('LIST', new Uint8Array(9))]);
    writeFileSync(path, content);
    assert.deepEqual(await repairWav(path), { ok: true, wasFinished: true, durationMs: 100 });
    assert.deepEqual(readFileSync(path), content);
  });

  it('refuses what is no recording', async () => {
    const path = freshPath();
    writeFileSync(path, 'RIFF');
    assert.deepEqual(await repairWav(path), { ok: false, reason: 'wav-not-riff' });
    writeFileSync(path, wav(0, 0).subarray(0, 20));
    assert.deepEqual(await repairWav(path), { ok: false, reason: 'wav-format-broken' });
    const missing = freshPath();
    await assert.rejects(repairWav(missing), { code: 'ENOENT' });
    assert.equal(existsSync(missing), false);
  });

  it('neither throws nor counts more than there is, whatever the file', async () => {
    const whole = Buffer.concat([wav(200, 200), buildChunk('LIST', new Uint8Array(9))]);
    const changes = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 8 });
    await fc.assert(fc.asyncProperty(changes, fc.nat(whole.length), async (bytes, length) => {
      const content = Uint8Array.from(whole);
      for (const [at, value] of bytes) content[at] = value;
      const layout = await readWavLayout(inMemory(content.subarray(0, length)));
      if (layout.ok) assert.ok(layout.dataAt + layout.dataBytes <= length && layout.dataBytes % layout.frameBytes === 0);
    }), { numRuns: 1_000 });
  });
});

function inMemory(content: Uint8Array): SoundFile {
  return {
    read: async (into, at) => {
      const part = content.subarray(at, at + into.length);
      into.set(part);
      return part.length;
    },
    write: () => Promise.reject(new Error('not to be written')),
    size: async () => content.length,
    truncate: () => Promise.reject(new Error('not to be cut')),
    close: async () => undefined,
  };
}
