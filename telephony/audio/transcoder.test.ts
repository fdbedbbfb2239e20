import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { after, describe, it } from 'node:test';
import { findMp3Frames } from './mp3-frames.ts';
import { toTelephoneAudio } from './telephone-audio.ts';
import { buildWav } from './test-data/wav-files.ts';
import { createTranscoder } from './transcoder.ts';
import { writeWav } from './wav.ts';

const mono = new Uint8Array(readFileSync(new URL('./test-data/tone-mono.mp3', import.meta.url)));
const short = writeWav(new Uint8Array(800).fill(0x55));
const shortSource = { type: 'wav', encoding: 'alaw', sampleRate: 8_000, channelCount: 1 };

/** An MP3 of so many bytes: the frames of the tone, again and again. */
function makeLongMp3(bytes: number): Uint8Array {
  const run = findMp3Frames(mono)?.runs[0];
  assert.ok(run !== undefined);
  const frames = mono.subarray(run.from, run.to);
  return new Uint8Array(Buffer.concat(Array.from({ length: Math.floor(bytes / frames.length) }, () => frames)));
}

/** Breaks down over a file that begins with 1, never answers one that begins with 2, and refuses any other. */
const troubledWorker = new URL(
  `data:text/javascript,${encodeURIComponent(`
    import { parentPort } from 'node:worker_threads';
    parentPort.on('message', ({ file }) => {
      if (file[0] === 1) throw new Error('broken on purpose');
      if (file[0] === 2) for (;;);
      parentPort.postMessage({ ok: false, reason: 'audio-empty' });
    });
  `)}`,
);

describe('transcoding in a worker', () => {
  const transcoder = createTranscoder({ threads: 1 });
  after(() => transcoder.close());

  it('gives what transcoding on the spot gives, and leaves the file to its owner', async () => {
    const file = Uint8Array.from(mono);
    assert.deepEqual(await transcoder.transcode(file, 'mp3'), await toTelephoneAudio(mono, 'mp3'));
    assert.deepEqual(file, mono);
  });

  it('passes refusals and limits on', async () => {
    assert.deepEqual(await transcoder.transcode(mono, 'wav'), { ok: false, reason: 'wav-not-riff' });
    const limits = { maxSeconds: 0.5 };
    assert.deepEqual(await transcoder.transcode(mono, 'mp3', { limits }), { ok: false, reason: 'audio-too-long' });
  });

  const longFiles = [
    { name: 'MP3', type: 'mp3', file: makeLongMp3(4_000_000) },
    {
      name: 'WAV',
      type: 'wav',
      file: buildWav({ tag: 1, bits: 8, sampleRate: 44_101, data: new Uint8Array(8_000_000).fill(0x90) }),
    },
  ] as const;
  for (const { name, type, file } of longFiles) {
    it(`leaves the event loop free during a long ${name}`, async () => {
      const delay = monitorEventLoopDelay({ resolution: 5 });
      delay.enable();
      const audio = await transcoder.transcode(file, type);
      delay.disable();
      assert.equal(audio.ok, true);
      assert.ok(delay.count > 20, `only ${delay.count} measured`);
      assert.ok(delay.percentile(90) < 50e6, `${delay.percentile(90) / 1e6} ms`);
    });
  }

  it('refuses a file past its deadline, and does the next', async () => {
    const file = makeLongMp3(8_000_000);
    assert.deepEqual(await transcoder.transcode(file, 'mp3', { deadlineMs: 100 }), {
      ok: false,
      reason: 'transcoder-overdue',
    });
    const audio = await transcoder.transcode(short, 'wav');
    assert.deepEqual(audio, { ok: true, alaw: new Uint8Array(800).fill(0x55), durationMs: 100, source: shortSource });
  });

  it('does many files at once, one after another', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => transcoder.transcode(short, 'wav')));
    assert.ok(answers.every((answer) => answer.ok));
  });
});

describe('a worker in trouble', () => {
  const fine = Uint8Array.of(0);
  const crashing = Uint8Array.of(1);
  const hanging = Uint8Array.of(2);

  it('is replaced when it breaks down, and the fault is told', async (context) => {
    const faults: unknown[] = [];
    const onWorkerFault = (fault: unknown): void => void faults.push(fault);
    const transcoder = createTranscoder({ workerScript: troubledWorker, onWorkerFault });
    context.after(() => transcoder.close());
    const files = [crashing, fine, crashing, fine];
    const answers = await Promise.all(files.map((file) => transcoder.transcode(file, 'wav')));
    assert.deepEqual(
      answers.map((answer) => answer.ok || answer.reason),
      ['transcoder-crashed', 'audio-empty', 'transcoder-crashed', 'audio-empty'],
    );
    assert.deepEqual(
      faults.map((fault) => fault instanceof Error && fault.message),
      ['broken on purpose', 'broken on purpose'],
    );
  });

  it('is ended when it hangs, and those who waited too long are refused too', async (context) => {
    const transcoder = createTranscoder({ workerScript: troubledWorker, deadlineMs: 30_000 });
    context.after(() => transcoder.close());
    const running = transcoder.transcode(hanging, 'wav', { deadlineMs: 200 });
    const waiting = transcoder.transcode(fine, 'wav', { deadlineMs: 20 });
    const patient = transcoder.transcode(fine, 'wav');
    assert.deepEqual(await waiting, { ok: false, reason: 'transcoder-busy' });
    assert.deepEqual(await running, { ok: false, reason: 'transcoder-overdue' });
    assert.deepEqual(await patient, { ok: false, reason: 'audio-empty' });
  });

  it('does not hold up the other threads', async (context) => {
    const transcoder = createTranscoder({ workerScript: troubledWorker, threads: 2 });
    context.after(() => transcoder.close());
    const hung = transcoder.transcode(hanging, 'wav');
    assert.deepEqual(await transcoder.transcode(fine, 'wav'), { ok: false, reason: 'audio-empty' });
    await transcoder.close();
    assert.deepEqual(await hung, { ok: false, reason: 'transcoder-closed' });
  });

  it('lets only so many files wait', async (context) => {
    const transcoder = createTranscoder({ workerScript: troubledWorker, maxWaiting: 1 });
    context.after(() => transcoder.close());
    const running = transcoder.transcode(hanging, 'wav');
    const waiting = transcoder.transcode(fine, 'wav');
    assert.deepEqual(await transcoder.transcode(fine, 'wav'), { ok: false, reason: 'transcoder-busy' });
    await transcoder.close();
    assert.deepEqual(await running, { ok: false, reason: 'transcoder-closed' });
    assert.deepEqual(await waiting, { ok: false, reason: 'transcoder-closed' });
  });

  it('takes nothing once closed', async () => {
    const transcoder = createTranscoder();
    await transcoder.close();
    assert.deepEqual(await transcoder.transcode(short, 'wav'), { ok: false, reason: 'transcoder-closed' });
  });
});
