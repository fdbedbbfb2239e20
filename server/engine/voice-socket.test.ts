import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createQuietVoice } from '../testing/quiet-voice.ts';
import type { VoiceReport } from './voice.ts';
import { createVoiceSocket } from './voice-socket.ts';

const DIAL = { kind: 'dial', vdnId: 1, leg: '1-1', to: { kind: 'phone', number: '8001' }, from: '', ringMs: 1000 } as const;

test('before anything is plugged in no leg stands and orders are refused', async () => {
  const socket = createVoiceSocket();
  assert.deepEqual(await socket.legs(), []);
  assert.equal((await socket.perform(DIAL)).ok, false);
});

test('who listened before hears what is plugged in, until they stop', async () => {
  const socket = createVoiceSocket();
  const heard: VoiceReport['kind'][] = [];
  const stop = socket.subscribe(({ kind }) => { heard.push(kind); });
  socket.plug(createQuietVoice());
  assert.deepEqual(await socket.perform(DIAL), { ok: true });
  await Promise.resolve();
  assert.deepEqual(heard, ['rang', 'answered']);
  assert.deepEqual(await socket.legs(), [{ leg: '1-1', state: 'up' }]);
  stop();
  await socket.perform({ kind: 'drop', leg: '1-1', cause: 531 });
  await Promise.resolve();
  assert.equal(heard.length, 2);
});
