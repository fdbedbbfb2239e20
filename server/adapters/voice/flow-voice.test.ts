import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { OK, type MediaOrder } from '../../../telephony/media/order.ts';
import { createFlowVoice } from './flow-voice.ts';

test('a recording that is stopped while its file is being named never begins', async () => {
  const ordered: MediaOrder['kind'][] = [];
  const named = Promise.withResolvers<{ file: string; path: string }>();
  const { voice } = createFlowVoice({
    media: { perform: (order) => {
      ordered.push(order.kind);
      return Promise.resolve(OK);
    } },
    stored: () => Promise.resolve(undefined), toRecord: () => named.promise, after: () => () => undefined,
    report: ({ kind }) => { assert.fail(`${kind} was told of what never began`); },
  });
  const recording = voice.record('in-1', { vdnId: 1, call: 'c', maxMs: 1000 });
  recording.stop();
  named.resolve({ file: 'f', path: '/f' });
  assert.deepEqual(await recording.ended, { ok: false });
  assert.deepEqual(ordered, ['stopRecord']);
});

test('a file is told of before anything is written to it, and what became of it once', async () => {
  const happened: string[] = [];
  const { voice, took } = createFlowVoice({
    media: { perform: (order) => {
      happened.push(order.kind);
      return Promise.resolve(OK);
    } },
    stored: () => Promise.resolve(undefined), toRecord: () => Promise.resolve({ file: '7/flows/c-1.wav', path: '/x' }), after: () => () => undefined,
    report: (report) => { happened.push(JSON.stringify(report)); },
  });
  const recording = voice.record('in-1', { vdnId: 7, call: 'c', maxMs: 1000 });
  await setImmediate();
  recording.stop();
  for (const why of ['stopped', 'end'] as const) assert.ok(took({ kind: 'recorded', record: 'flow/1', ms: 900, why }));
  assert.deepEqual(await recording.ended, { ok: true, file: '7/flows/c-1.wav', ms: 900 });
  assert.deepEqual(happened, [
    JSON.stringify({ kind: 'flowRecording', vdnId: 7, call: 'c', file: '7/flows/c-1.wav' }), 'record', 'stopRecord',
    JSON.stringify({ kind: 'flowRecorded', vdnId: 7, file: '7/flows/c-1.wav', ms: 900, why: 'stopped' }),
  ]);
});
