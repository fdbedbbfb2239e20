import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { SoundFile, SoundFiles } from '../audio/sound-files.ts';
import { createPorts } from '../rtp/ports.ts';
import { OutgoingStream } from '../rtp/stream.ts';
import { virtualTimers } from '../testing/virtual-timers.ts';
import { realTimers } from '../timers.ts';
import { beginWorker, createMedia, type Media, type ThreadHandle } from './media.ts';
import type { MediaOrder, MediaReport } from './order.ts';
import { recorderOn } from './recorder.ts';
import { openRtpEnd } from './rtp-end.ts';
import { createThread } from './thread.ts';
import type { ThreadSettings } from './threads.ts';

const HOST = '127.0.0.1';
const PCMA = 8;
const FRAME_MS = 20;
const PATIENCE_MS = 20_000;
const SILENT_MS = 400;
/** Test files that run at once must not take each other's ports. */
const FIRST_PORT = 12_000 + (process.pid % 30) * 200;
const SETTINGS: ThreadSettings = {
  address: HOST, advertised: HOST, ports: { from: FIRST_PORT, to: FIRST_PORT + 99 }, codecs: ['PCMA'], music: undefined, silentMs: SILENT_MS,
};

const farPorts = createPorts({ from: FIRST_PORT + 100, to: FIRST_PORT + 199, address: HOST, pauseMs: 0 });
const folder = mkdtempSync(join(tmpdir(), 'parley-media-'));
const undone: (() => unknown)[] = [];
afterEach(async () => { for (const undo of undone.splice(0)) await undo(); });
after(() => { rmSync(folder, { recursive: true, force: true }); });

async function until(condition: () => boolean, what: string): Promise<void> {
  for (const started = performance.now(); !condition(); await pause(FRAME_MS)) assert.ok(performance.now() - started < PATIENCE_MS, `it did not come to pass that ${what}`);
}

/** The engine with what it has told, and hands to do harm to its threads. */
function open(threads: number, begin: (settings: ThreadSettings) => ThreadHandle = beginWorker): { readonly media: Media; readonly reports: readonly MediaReport[]; readonly faults: readonly string[]; readonly handles: readonly ThreadHandle[] } {
  const reports: MediaReport[] = [];
  const faults: string[] = [];
  const handles: ThreadHandle[] = [];
  const media = createMedia({
    settings: SETTINGS, threads,
    onFault: (message) => { faults.push(message); },
    begin: (settings) => {
      const handle = begin(settings);
      handles.push(handle);
      return handle;
    },
  });
  media.subscribe((report) => { reports.push(report); });
  undone.push(() => media.stop());
  return { media, reports, faults, handles };
}

const does = async (media: Media, order: MediaOrder): Promise<string> => {
  const answer = await media.perform(order);
  assert.ok(answer.ok, `${order.kind}: ${JSON.stringify(answer)}`);
  return answer.sdp ?? '';
};

/** Somebody who speaks all the time, on a leg that is up. */
interface Speaker {
  readonly leg: string;
  readonly packets: () => number;
  isQuiet: boolean;
}

async function speaker(media: Media, leg: string, near?: string): Promise<Speaker> {
  const end = await openRtpEnd({ ports: farPorts, advertised: HOST, codecs: ['PCMA'], cname: leg, silentMs: 60_000, timers: realTimers });
  assert.ok(end !== undefined);
  await does(media, { kind: 'open', leg, carrier: 'rtp', ...(near === undefined ? {} : { near }) });
  const answered = await end.accept(await does(media, { kind: 'answer', leg, sdp: await end.offer() }));
  assert.ok(answered.ok);
  await does(media, { kind: 'up', leg });
  let packets = 0;
  end.onPacket(() => { packets += 1; });
  const stream = new OutgoingStream({ send: end.send, now: realTimers.now, clockRate: 8000 });
  const frame = new Uint8Array(160).fill(0x5a);
  const self: Speaker = { leg, packets: () => packets, isQuiet: false };
  const speaking = setInterval(() => { if (!self.isQuiet) stream.sendFrame(frame, PCMA, frame.length); }, FRAME_MS);
  undone.push(() => {
    clearInterval(speaking);
    end.close();
  });
  return self;
}

async function conversation(media: Media, name: string): Promise<readonly Speaker[]> {
  const first = await speaker(media, `${name}1`);
  const both = [first, await speaker(media, `${name}2`, first.leg)];
  await does(media, { kind: 'arrange', room: name, members: both.map(({ leg }) => ({ leg, to: 'all', hears: true, music: false })) });
  await hear(both);
  return both;
}

/** They go on hearing. */
async function hear(speakers: readonly Speaker[]): Promise<void> {
  const heard = speakers.map(({ packets }) => packets());
  await until(() => speakers.every(({ packets }, index) => packets() > (heard[index] ?? 0) + 5), 'they hear');
}

const lost = (reports: readonly MediaReport[]): readonly string[] => reports.flatMap((report) => (report.kind === 'lost' ? [`${report.leg} ${report.why}`] : [])).toSorted();

/** A disk on which there is room for so many bytes. */
function smallDisk(bytes: number): SoundFiles {
  const file: SoundFile = {
    read: () => Promise.resolve(0), size: () => Promise.resolve(0), truncate: () => Promise.resolve(), close: () => Promise.resolve(),
    write: ({ length }, at) => (at + length > bytes ? Promise.reject(Object.assign(new Error('there is no room left'), { code: 'ENOSPC' })) : Promise.resolve()),
  };
  return { openToWrite: () => Promise.resolve(file), openToRead: () => Promise.resolve(file), stamp: () => Promise.resolve('') };
}

/** A thread that is none, so that its disk can be another. */
const beginOn = (files: SoundFiles) => (settings: ThreadSettings): ThreadHandle => {
  const ports = createPorts({ ...settings.ports, address: settings.address });
  let listener: Parameters<ThreadHandle['onMessage']>[0] = () => undefined;
  const thread = createThread({
    now: realTimers.now, music: undefined, openRecorder: recorderOn(files),
    post: (message) => { queueMicrotask(() => { listener(message); }); },
    openEnd: () => openRtpEnd({ ports, advertised: settings.advertised, codecs: settings.codecs, cname: 'test', silentMs: settings.silentMs, timers: realTimers }),
    openSound: () => Promise.reject(new Error('there are no files')),
  });
  return { post: (message) => { thread.take(message); }, onMessage: (next) => { listener = next; }, onGone: () => undefined, stop: thread.close };
};

describe('the media engine', () => {
  test('when a thread dies, its legs and recordings are told to be over, the others go on, and another takes its place', async () => {
    const { media, reports, faults, handles } = open(2);
    const [dying, living] = [await conversation(media, 'dying'), await conversation(media, 'living')];
    await does(media, { kind: 'record', record: 'of the dying', of: { room: 'dying' }, path: join(folder, 'dying.wav') });
    await does(media, { kind: 'record', record: 'of the living', of: { room: 'living' }, path: join(folder, 'living.wav') });
    await handles[0]?.stop();
    await until(() => faults.length > 0, 'the death is told');
    assert.deepEqual(lost(reports), ['dying1 died', 'dying2 died']);
    assert.deepEqual(reports.filter(({ kind }) => kind === 'recorded'), [{ kind: 'recorded', record: 'of the dying', ms: 0, why: 'failed' }]);
    await hear(living);
    for (const { leg } of dying) await media.perform({ kind: 'close', leg });
    await conversation(media, 'new');
    assert.equal(handles.length, 3);
    assert.deepEqual({ ...await media.figures(), strangers: 0 }, { legs: 4, rooms: 2, plays: 0, recordings: 1, strangers: 0 });
  });

  test('threads that die young again and again are begun ever more seldom, and meanwhile legs are refused', async () => {
    const timers = virtualTimers();
    let begun = 0;
    const media = createMedia({
      settings: SETTINGS, threads: 1, timers, onFault: () => undefined,
      begin: () => {
        begun += 1;
        return { post: () => undefined, onMessage: () => undefined, onGone: (listener) => { timers.after(100, () => { listener(new Error('no memory')); }); }, stop: () => Promise.resolve() };
      },
    });
    await timers.advance(250);
    assert.equal(begun, 2);
    assert.deepEqual(await media.perform({ kind: 'open', leg: 'x', carrier: 'rtp' }), { ok: false, why: 'failed', message: 'there is no media thread' });
    await timers.advance(60_000);
    assert.ok(begun > 6 && begun < 12, `${begun} in a minute`);
    await media.stop();
    const atTheEnd = begun;
    await timers.advance(200_000);
    assert.equal(begun, atTheEnd);
  });

  test('who falls silent is told to be lost, who is heard again to be found, and the others go on', async () => {
    const { media, reports } = open(1);
    const [falling, other] = await conversation(media, 'room');
    assert.ok(falling !== undefined && other !== undefined);
    falling.isQuiet = true;
    await until(() => lost(reports).length > 0, 'it is told to be lost');
    assert.deepEqual(lost(reports), [`${falling.leg} silent`]);
    await hear([falling]);
    falling.isQuiet = false;
    await until(() => reports.some((report) => report.kind === 'found' && report.leg === falling.leg), 'it is told to be found');
    await hear([other]);
    assert.deepEqual(lost(reports), [`${falling.leg} silent`]);
  });

  test('a full disk ends the recording, which is told at once, and not the conversation', async () => {
    const { media, reports } = open(1, beginOn(smallDisk(10_000)));
    const both = await conversation(media, 'room');
    await does(media, { kind: 'record', record: 'r', of: { room: 'room' }, path: join(folder, 'full.wav'), apart: both[0]?.leg ?? '' });
    await until(() => reports.some(({ kind }) => kind === 'recorded'), 'the failure is told');
    await hear(both);
    assert.deepEqual(reports, [{ kind: 'recorded', record: 'r', ms: 0, why: 'failed' }]);
    assert.equal((await media.figures()).recordings, 0);
    await does(media, { kind: 'stopRecord', record: 'r' });
    await does(media, { kind: 'record', record: 'r', of: { room: 'room' }, path: join(folder, 'full.wav') });
    await does(media, { kind: 'arrange', room: 'room', members: [] });
    await until(() => reports.length > 1, 'the second is told to be over');
    const [, second] = reports;
    assert.equal(second?.kind === 'recorded' ? second.why : undefined, 'end');
  });
});
