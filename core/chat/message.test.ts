import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isFile, messageBytes, otherFileTypes } from './message.ts';

describe('messages (Table 6-255)', () => {
  test('are counted in bytes', () => {
    assert.deepEqual(['', 'abc', 'ü', '中', '😀'].map(messageBytes), [0, 3, 2, 3, 4]);
  });

  test('are files or not', () => {
    for (const file of ['IMAGE', 'AUDIO', 'VIDEO', 'EMOTICONS', 'DOCUMENT']) assert.equal(isFile(file), true, file);
    for (const other of ['TEXT', 'CARD', 'LOCATE', 'RICHTEXT', 'constructor', '']) assert.equal(isFile(other), false, other);
  });

  test('have files of their kind', () => {
    const fits = (media: string, type: string) => otherFileTypes(media, type) === undefined;
    for (const [media, type] of [['IMAGE', 'png'], ['IMAGE', 'JPG'], ['AUDIO', 'm4a'], ['EMOTICONS', 'gif'], ['DOCUMENT', 'RTF'], ['VIDEO', 'avi'], ['TEXT', 'exe']] as const) {
      assert.ok(fits(media, type), `${media} ${type}`);
    }
    for (const [media, type] of [['IMAGE', 'gif'], ['AUDIO', 'wav'], ['EMOTICONS', 'png'], ['DOCUMENT', 'exe']] as const) assert.ok(!fits(media, type), `${media} ${type}`);
  });
});
