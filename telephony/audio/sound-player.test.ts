import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, describe, it } from 'node:test';
import { FRAME_SAMPLES, MIX_RATE } from './frame.ts';
import { decodeAlaw, encodeAlaw, encodeMulaw } from './g711.ts';
import { loudestTones, loudness } from './listen.ts';
import { createSoundCache, type SoundCache } from './sound-cache.ts';
import { soundFiles, type SoundFiles } from './sound-files.ts';
import { openSound, type OpenSoundOptions, type SoundPlayer } from './sound-player.ts';
import { concat, sines } from './test-data/signals.ts';
import { makeTone } from './test-data/tones.ts';
import { buildWav, layOutPcm16 } from './test-data/wav-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'parley-player-'));
after(() => { rmSync(folder, { recursive: true }); });
let files = 0;

function fileOf(content: Uint8Array, name = 'wav'): string {
  const path = join(folder, `${files += 1}.${name}`);
  writeFileSync(path, content);
  return path;
}

const mp3 = fileURLToPath(new URL('./test-data/tone-mono.mp3', import.meta.url));
/** A second each of 400, 500, 600 ... Hz, so that it can be heard where one is. */
const seconds = (count: number): Int16Array =>
  concat(...Array.from({ length: count }, (_, i) => sines([{ hertz: 400 + i * 100, dbm0: -12 }], 1_000)));
const alawFile = (sound: Int16Array): string => fileOf(buildWav({ tag: 6, bits: 8, data: encodeAlaw(sound) }));

async function open(options: OpenSoundOptions): Promise<SoundPlayer> {
  const player = await openSound(options);
  assert.ok(player.ok, player.ok ? '' : player.reason);
  return player;
}

/** Plays so long or to the end. What is streamed gets the time that it needs. */
async function play(player: SoundPlayer, ms = 60_000): Promise<Int16Array> {
  const frames: Int16Array[] = [];
  while (frames.length < ms / 20) {
    const frame = new Int16Array(FRAME_SAMPLES);
    const before = player.positionMs();
    if (!player.next(frame)) break;
    if (player.positionMs() === before) await breathe();
    else frames.push(frame);
  }
  return concat(...frames);
}

/** What is heard while nothing moves on. */
function standStill(player: SoundPlayer, frames: number): Int16Array {
  return concat(...Array.from({ length: frames }, () => {
    const frame = new Int16Array(FRAME_SAMPLES);
    assert.equal(player.next(frame), true);
    return frame;
  }));
}

const breathe = (): Promise<void> => new Promise((resolve) => { setImmediate(resolve); });

/** Waits until what was sought is there, and answers the tone that is heard then. */
async function toneNow(player: SoundPlayer): Promise<number> {
  const frame = new Int16Array(FRAME_SAMPLES);
  for (let before = player.positionMs(); player.positionMs() === before && player.next(frame);) await breathe();
  const next = await play(player, 200);
  return Math.round((loudestTones(next)[0]?.hertz ?? 0) / 10) * 10;
}

const ways: readonly (readonly [string, (sound: Int16Array) => string, SoundCache | undefined])[] = [
  ['as it is read', alawFile, undefined],
  ['from the cache', alawFile, createSoundCache()],
];

for (const [how, make, cache] of ways) {
  describe(`playing a file ${how}`, () => {
    const withCache = cache === undefined ? {} : { cache };

    it('plays all of it, sample by sample, and is over', async () => {
      const sound = seconds(3).subarray(0, 3 * MIX_RATE - 77);
      const player = await open({ path: make(sound), ...withCache });
      assert.equal(player.durationMs, 2_990);
      const heard = await play(player);
      assert.equal(heard.length, 3 * MIX_RATE);
      assert.deepEqual(heard.subarray(0, sound.length), decodeAlaw(encodeAlaw(sound)));
      assert.ok(heard.subarray(sound.length).every((sample) => sample === 0));
      assert.equal(player.next(new Int16Array(FRAME_SAMPLES)), false);
      assert.equal(player.positionMs(), 2_990);
      assert.equal(player.fault(), undefined);
      player.close();
    });

    it('begins anew at the end when it loops, without a gap', async () => {
      const sound = seconds(2);
      const player = await open({ path: make(sound), loop: true, ...withCache });
      const expected = decodeAlaw(encodeAlaw(sound));
      assert.deepEqual(await play(player, 5_000), concat(expected, expected, expected.subarray(0, MIX_RATE)));
      player.close();
    });

    it('seeks, and knows where it is', async () => {
      const player = await open({ path: make(seconds(8)), ...withCache });
      for (const second of [5, 1, 7, 0, 3]) {
        player.seek(second * 1_000 + 200);
        assert.equal(player.positionMs(), second * 1_000 + 200);
        assert.equal(await toneNow(player), 400 + second * 100);
        assert.equal(player.positionMs(), second * 1_000 + 420);
      }
      player.seek(1e9);
      assert.equal(player.next(new Int16Array(FRAME_SAMPLES)), false);
      player.seek(-5);
      assert.equal(await toneNow(player), 400);
      player.close();
    });

    it('pauses where it is', async () => {
      const player = await open({ path: make(seconds(2)), ...withCache });
      await play(player, 1_500);
      player.pause();
      assert.ok(loudness(standStill(player, 20)) < -60);
      assert.equal(player.positionMs(), 1_500);
      player.resume();
      assert.equal(await toneNow(player), 500);
      player.close();
    });

    it('plays nothing more once it is closed', async () => {
      const player = await open({ path: make(seconds(2)), ...withCache });
      player.close();
      player.close();
      assert.equal(player.next(new Int16Array(FRAME_SAMPLES)), false);
    });
  });
}

describe('playing files of all kinds', () => {
  const tone = sines([{ hertz: 1_000, dbm0: -10 }], 1_000);
  const bytes = new Uint8Array(tone.buffer);
  const wide = makeTone(1_000, 16_000, 1, 0.22);
  const twice = (codes: Uint8Array): Uint8Array => Uint8Array.from({ length: codes.length * 2 }, (_, i) => codes[i >> 1] ?? 0);
  const kinds: readonly (readonly [string, () => string])[] = [
    ['mu-law', () => fileOf(buildWav({ tag: 7, bits: 8, data: encodeMulaw(tone) }))],
    ['16-bit PCM', () => fileOf(buildWav({ tag: 1, bits: 16, data: bytes }))],
    ['8-bit PCM', () => fileOf(buildWav({ tag: 1, bits: 8, data: Uint8Array.from(tone, (sample) => (sample >> 8) + 128) }))],
    ['two channels', () => fileOf(buildWav({ tag: 6, bits: 8, channelCount: 2, data: twice(encodeAlaw(tone)) }))],
    ['44.1 kHz', () => fileOf(buildWav({ tag: 1, bits: 16, sampleRate: 44_100, data: layOutPcm16([makeTone(1_000, 44_100, 1, 0.22)]) }))],
    ['16 kHz, two channels', () => fileOf(buildWav({ tag: 1, bits: 16, sampleRate: 16_000, channelCount: 2, data: layOutPcm16([wide, wide]) }))],
    ['MP3', () => mp3],
  ];
  for (const [kind, make] of kinds) {
    it(`plays ${kind}`, async () => {
      const player = await open({ path: make() });
      assert.equal(player.durationMs, 1_000);
      const heard = await play(player);
      const [loudest] = loudestTones(heard.subarray(800, 7_200));
      assert.ok(Math.abs((loudest?.hertz ?? 0) - 1_000) < 2);
      assert.ok(Math.abs((loudest?.dbm0 ?? 0) + (kind === 'MP3' ? 3.3 : 10)) < 0.5, `${loudest?.dbm0}`);
      player.close();
    });
  }

  it('refuses what is missing and what is no sound', async () => {
    for (const cache of [undefined, createSoundCache()]) {
      const withCache = cache === undefined ? {} : { cache };
      assert.deepEqual(await openSound({ path: join(folder, 'nowhere.wav'), ...withCache }), { ok: false, reason: 'sound-missing' });
      assert.deepEqual(await openSound({ path: folder, ...withCache }), { ok: false, reason: 'sound-missing' });
      assert.deepEqual(await openSound({ path: fileOf(new Uint8Array(5_000)), ...withCache }), { ok: false, reason: 'mp3-no-frames' });
      assert.deepEqual(await openSound({ path: fileOf(new Uint8Array(0)), ...withCache }), { ok: false, reason: 'mp3-no-frames' });
    }
  });

  it('is silent while the disk is slow, and goes on where it was', async () => {
    const gates: PromiseWithResolvers<undefined>[] = [];
    const slow: SoundFiles = {
      ...soundFiles,
      openToRead: async (path) => {
        const file = await soundFiles.openToRead(path);
        return {
          ...file,
          read: async (into, at) => {
            if (into.length > 1_000 && at > 1_000) {
              const gate = Promise.withResolvers<undefined>();
              gates.push(gate);
              await gate.promise;
            }
            return file.read(into, at);
          },
        };
      },
    };
    const sound = seconds(3);
    const player = await open({ path: alawFile(sound), files: slow });
    assert.deepEqual(await play(player, 1_000), decodeAlaw(encodeAlaw(sound.subarray(0, MIX_RATE))));
    assert.ok(standStill(player, 20).every((sample) => sample === 0));
    assert.equal(player.positionMs(), 1_000);
    gates[0]?.resolve(undefined);
    assert.equal(await toneNow(player), 500);
    player.close();
    gates[1]?.resolve(undefined);
    await breathe();
  });

  it('ends with a reason when the file becomes shorter under it', async () => {
    const path = alawFile(seconds(5));
    const player = await open({ path });
    truncateSync(path, 10_000);
    const heard = await play(player);
    assert.ok(heard.length < 3 * MIX_RATE);
    assert.match(player.fault() ?? '', /shorter/);
    player.close();
  });
});

describe('the cache of sounds', () => {
  const short = (hertz: number): string => alawFile(sines([{ hertz, dbm0: -10 }], 1_000));

  it('decodes a file once, for however many at once', async () => {
    let decoded = 0;
    const cache = createSoundCache({
      decode: async (file) => {
        decoded += 1;
        const source = { type: 'wav', encoding: 'alaw', sampleRate: 8_000, channelCount: 1 } as const;
        return { ok: true, alaw: file.slice(0, 100), durationMs: 12, source };
      },
    });
    const path = short(500);
    const sounds = await Promise.all(Array.from({ length: 50 }, () => cache.get(path)));
    assert.equal(new Set(sounds).size, 1);
    assert.equal(decoded, 1);
    assert.equal(cache.bytes(), 100);
  });

  it('lets go what has not been asked for the longest', async () => {
    const cache = createSoundCache({ maxBytes: 20_000 });
    const [a, b, c] = [short(500), short(600), short(700)] as const;
    const first = await cache.get(a);
    const second = await cache.get(b);
    assert.equal(await cache.get(a), first);
    await cache.get(c);
    while (cache.bytes() > 20_000) await breathe();
    assert.equal(cache.bytes(), 16_000);
    assert.equal(await cache.get(a), first);
    assert.notEqual(await cache.get(b), second);
  });

  it('reads a file again when it has changed', async () => {
    const cache = createSoundCache();
    const path = short(500);
    const before = await cache.get(path);
    writeFileSync(path, buildWav({ tag: 6, bits: 8, data: encodeAlaw(sines([{ hertz: 900, dbm0: -10 }], 500)) }));
    const now = await cache.get(path);
    assert.ok(before.ok && now.ok);
    assert.deepEqual([before.durationMs, now.durationMs, cache.bytes()], [1_000, 500, 4_000]);
  });

  it('keeps a refusal of the file, but not that the transcoder was busy', async () => {
    let asked = 0;
    const cache = createSoundCache({
      decode: async () => {
        asked += 1;
        return { ok: false, reason: asked === 1 ? 'transcoder-busy' : 'audio-empty' };
      },
    });
    const path = short(500);
    const answers = [await cache.get(path), await cache.get(path), await cache.get(path)];
    assert.deepEqual(answers.map((answer) => !answer.ok && answer.reason), ['transcoder-busy', 'audio-empty', 'audio-empty']);
    assert.equal(asked, 2);
    assert.equal(cache.bytes(), 0);
  });
});
