import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { ALL_FORMATS, BufferSource, EncodedPacketSink, Input } from 'mediabunny';
import { FRAME_SAMPLES } from '../audio/frame.ts';
import { soundFiles, type SoundFiles } from '../audio/sound-files.ts';
import { virtualTimers } from '../testing/virtual-timers.ts';
import { createCamera, type Camera } from '../video/camera.fixture.ts';
import type { PictureCodec } from './order.ts';
import { videoRecorderOn, type VideoRecorder } from './video-recorder.ts';

const folder = mkdtempSync(join(tmpdir(), 'parley-film-'));
after(() => { rmSync(folder, { recursive: true, force: true }); });

let names = 0;
const TICK_MS = 20;
const sound = new Int16Array(FRAME_SAMPLES).map((_, at) => 8000 * Math.sin(at / 3));

interface Stage {
  readonly recorder: VideoRecorder;
  readonly path: string;
  /** Who was asked for whole pictures. */
  readonly asked: string[];
  /** Goes on for so long; these show a picture each 40 ms, a whole one where they are asked for it. */
  readonly roll: (ms: number, ...shown: readonly string[]) => Promise<void>;
  readonly show: (leg: string, isWhole: boolean) => void;
  readonly seen: string[];
}

async function stage({ codec = 'VP8', files = soundFiles, obeys = true }: { codec?: PictureCodec; files?: SoundFiles; obeys?: boolean } = {}): Promise<Stage> {
  const path = join(folder, 'deep', `${names += 1}${codec === 'VP8' ? '.webm' : '.mp4'}`);
  const asked: string[] = [];
  const wanted = new Set<string>();
  const seen = ['agent', 'customer'];
  const recorder = await videoRecorderOn(files, virtualTimers())(path, {
    legs: () => seen,
    want: (leg) => {
      asked.push(leg);
      if (obeys) wanted.add(leg);
    },
  }, 'agent');
  const cameras = new Map<string, Camera>([
    ['agent', createCamera(codec, { size: { width: 320, height: 240 } })], ['customer', createCamera(codec, { size: { width: 640, height: 480 }, ssrc: 9 })],
  ]);
  const show: Stage['show'] = (leg, isWhole) => { for (const packet of cameras.get(leg)?.shoot(isWhole, { bytes: 200 }) ?? []) recorder.show(leg, codec, packet); };
  return {
    recorder, path, asked, seen, show,
    roll: async (ms, ...shown) => {
      for (let at = 0; at < ms; at += TICK_MS) {
        recorder.write([sound]);
        // What is written is written behind one's back.
        if (at % 1000 === 0) await new Promise((resolve) => { setImmediate(resolve); });
        if (at % 40 === 0) for (const leg of shown) show(leg, wanted.delete(leg));
      }
    },
  };
}

interface Track {
  readonly type: string;
  readonly size: readonly number[];
  readonly packets: number;
  readonly from: number;
  readonly to: number;
}

async function tracksOf(path: string): Promise<readonly Track[]> {
  const input = new Input({ formats: ALL_FORMATS, source: new BufferSource(readFileSync(path)) });
  const found: Track[] = [];
  for (const track of await input.getTracks()) {
    const times: number[] = [];
    for await (const packet of new EncodedPacketSink(track).packets()) {
      if (times.length === 0) assert.equal(packet.type, 'key', 'it begins with a whole picture');
      times.push(packet.timestamp);
    }
    assert.deepEqual(times, times.toSorted((one, other) => one - other));
    const size = track.isVideoTrack() ? [await track.getCodedWidth(), await track.getCodedHeight()] : [];
    found.push({ type: track.type, size, packets: times.length, from: times[0] ?? NaN, to: times.at(-1) ?? NaN });
  }
  return found;
}

const near = (one: number, other: number, by = 0.1): void => { assert.ok(Math.abs(one - other) <= by, `${one} is not ${other}`); };

describe('a recorder of pictures', () => {
  for (const codec of ['VP8', 'H264'] as const) {
    test(`has the customer first and then the agent, and what both say (${codec})`, async () => {
      const { recorder, path, roll, asked } = await stage({ codec });
      await roll(3000, 'agent', 'customer');
      const { ok, ms } = await recorder.close();
      assert.ok(ok);
      assert.deepEqual(new Set(asked), new Set(['agent', 'customer']));
      const [customer, agent, voice, ...others] = await tracksOf(path);
      // What a decoder is told of H.264 here is always as large.
      assert.deepEqual([customer?.type, customer?.size, agent?.type, agent?.size, voice?.type], ['video', [640, 480], 'video', codec === 'VP8' ? [320, 240] : [640, 480], 'audio']);
      assert.deepEqual(others, []);
      near(ms, 3000, 100);
      for (const track of [customer, agent, voice]) near(track?.to ?? NaN, 3, 0.15);
      assert.ok((customer?.packets ?? 0) >= 73 && (voice?.packets ?? 0) >= 147);
    });
  }

  test('of one who has a camera has one track, after a while in which the other was waited for', async () => {
    const { recorder, path, roll, asked } = await stage();
    await roll(5000, 'customer');
    await recorder.close();
    const [customer, voice, ...others] = await tracksOf(path);
    assert.deepEqual([customer?.type, voice?.type, others.length], ['video', 'audio', 0]);
    // What was shown while the other was waited for is there.
    near(customer?.from ?? NaN, 0);
    near(customer?.to ?? NaN, 5, 0.15);
    assert.ok(asked.filter((leg) => leg === 'agent').length < 8, 'and is not asked for ever');
  });

  test('begins with the first whole picture', async () => {
    const { recorder, path, roll } = await stage();
    await roll(4000);
    assert.ok(!existsSync(path));
    await roll(2000, 'agent', 'customer');
    const { ok, ms } = await recorder.close();
    assert.ok(ok);
    near(ms, 2000, 100);
    for (const { from } of await tracksOf(path)) near(from, 0);
  });

  test('has nothing but whole pictures behind a gap', async () => {
    const { recorder, path, roll, show, asked } = await stage();
    await roll(1000, 'agent', 'customer');
    const before = asked.length;
    const camera = createCamera('VP8', { ssrc: 9, sequence: 20_000 });
    for (const packet of camera.shoot(false)) recorder.show('customer', 'VP8', packet);
    await roll(600);
    assert.ok(asked.slice(before).includes('customer'), 'it is asked for another');
    show('customer', false);
    await recorder.close();
    const [customer] = await tracksOf(path);
    near(customer?.to ?? NaN, 0.95, 0.1);
  });

  test('leaves out what happens in a pause, and goes on with whole pictures', async () => {
    const { recorder, path, roll, asked } = await stage();
    await roll(1000, 'agent', 'customer');
    recorder.pause();
    await roll(4000, 'agent', 'customer');
    const before = asked.length;
    recorder.resume();
    await roll(1000, 'agent', 'customer');
    assert.deepEqual(new Set(asked.slice(before)), new Set(['agent', 'customer']));
    const { ms } = await recorder.close();
    near(ms, 2000, 100);
    for (const { to } of await tracksOf(path)) near(to, 2, 0.15);
  });

  test('goes on with whoever is left when a camera is gone, and is through when it is there again', async () => {
    const { recorder, path, roll } = await stage();
    await roll(1000, 'agent', 'customer');
    await roll(14_000, 'agent');
    assert.equal(recorder.isThrough?.(), false);
    await roll(400, 'agent', 'customer');
    assert.equal(recorder.isThrough?.(), true);
    const { ok, ms } = await recorder.close();
    assert.ok(ok);
    near(ms, 15_000, 700);
    const [customer, agent] = await tracksOf(path);
    near(customer?.to ?? NaN, 1, 0.15);
    near(agent?.to ?? NaN, 15, 0.7);
  });

  test('is through when somebody comes to be seen who was not at its beginning, but not at once', async () => {
    const { recorder, roll } = await stage();
    await roll(3000, 'customer');
    await roll(6000, 'customer', 'agent');
    assert.equal(recorder.isThrough?.(), false);
    await roll(2000, 'customer', 'agent');
    assert.equal(recorder.isThrough?.(), true);
    await recorder.close();
  });

  test('of whom nobody showed anything whole is none, and leaves nothing behind', async () => {
    const { recorder, path, roll } = await stage({ obeys: false });
    await roll(3000, 'agent', 'customer');
    assert.deepEqual(await recorder.close(), { ok: false, ms: 0 });
    assert.ok(!existsSync(path));
  });

  test('on a full disk is broken, and the call waits for nothing', async () => {
    const full = (): Promise<never> => Promise.reject(Object.assign(new Error('full'), { code: 'ENOSPC' }));
    const { recorder, roll } = await stage({ files: { ...soundFiles, openToWrite: async (path, how) => ({ ...await soundFiles.openToWrite(path, how), write: full }) } });
    await roll(3000, 'agent', 'customer');
    for (let turns = 0; turns < 200 && !recorder.isBroken(); turns += 1) {
      await roll(1000, 'agent', 'customer');
      await new Promise((resolve) => { setTimeout(resolve, 1); });
    }
    assert.ok(recorder.isBroken());
    assert.equal((await recorder.close()).ok, false);
  });

  test('on a disk that never answers leaves out what has no place, and ends in time', async () => {
    const never = new Promise<never>(() => undefined);
    const { timers, opened } = { timers: virtualTimers(), opened: { write: () => never, size: () => Promise.resolve(0), close: () => Promise.resolve(), read: () => never, truncate: () => never } };
    const recorder = await videoRecorderOn({ ...soundFiles, openToWrite: () => Promise.resolve(opened) }, timers)(join(folder, 'never.webm'), { legs: () => ['customer'], want: () => undefined }, 'agent');
    const camera = createCamera('VP8');
    const before = process.memoryUsage().arrayBuffers;
    for (let picture = 0; picture < 400; picture += 1) {
      for (const packet of camera.shoot(true, { bytes: 150_000 })) recorder.show('customer', 'VP8', packet);
      recorder.write([sound]);
      await new Promise((resolve) => { setImmediate(resolve); });
    }
    globalThis.gc?.();
    assert.ok(process.memoryUsage().arrayBuffers - before < 45_000_000, 'of the 60 MB that were shown');
    const closed = recorder.close();
    await new Promise((resolve) => { setImmediate(resolve); });
    await timers.advance(5000);
    assert.equal((await closed).ok, false);
  });

  test('is not made for another kind of file', async () => {
    await assert.rejects(videoRecorderOn(soundFiles, virtualTimers())(join(folder, 'x.wav'), { legs: () => [], want: () => undefined }, undefined), /no name of a video file/);
  });
});
