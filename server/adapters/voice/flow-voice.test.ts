import assert from 'node:assert/strict';
import { test } from 'node:test';
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
  });
  const recording = voice.record('in-1', { vdnId: 1, call: 'c', maxMs: 1000 });
  recording.stop();
  named.resolve({ file: 'f', path: '/f' });
  assert.deepEqual(await recording.ended, { ok: false });
  assert.deepEqual(ordered, ['stopRecord']);
});
