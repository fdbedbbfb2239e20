import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { MAX_VOICE_FILE_BYTES } from '@parley/contract/configuration/voice.ts';
import { base64Of, fileFlawOf, nameFrom, statusOf } from './voice.ts';

describe('a voice file that is uploaded', () => {
  test('is a WAV or MP3 file of up to 8 MB', () => {
    assert.equal(fileFlawOf({ name: 'Welcome.WAV', size: 1 }), undefined);
    assert.equal(fileFlawOf({ name: 'welcome.mp3', size: MAX_VOICE_FILE_BYTES }), undefined);
    assert.equal(fileFlawOf({ name: 'welcome.mp3', size: MAX_VOICE_FILE_BYTES + 1 }), 'size');
    assert.equal(fileFlawOf({ name: 'welcome.ogg', size: 1 }), 'kind');
    assert.equal(fileFlawOf({ name: 'wav', size: 0 }), 'missing');
    assert.equal(fileFlawOf(null), 'missing');
  });

  test('is called as the file is, as far as names go', () => {
    assert.equal(nameFrom('Welcome to-us 2.wav'), 'Welcometous2');
    assert.equal(nameFrom('欢迎 光临.v2.mp3'), '欢迎光临v2');
    assert.equal(nameFrom(`${'a'.repeat(60)}.wav`).length, 50);
  });

  test('goes out as Base64, however large it is', () => {
    const bytes = Uint8Array.from({ length: 100_001 }, (_none, index) => index % 256);
    assert.equal(base64Of(bytes), Buffer.from(bytes).toString('base64'));
  });
});

test('all reviews are those of no status', () => {
  assert.deepEqual([statusOf('all'), statusOf('waiting')], [{}, { status: 'waiting' }]);
});
