import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { remembered } from './remembered.ts';

describe('what texts were read as', () => {
  it('is remembered, also that one cannot be read', () => {
    const asked: string[] = [];
    const read = remembered((text) => {
      asked.push(text);
      return text === '' ? undefined : { text };
    });
    assert.equal(read('a'), read('a'));
    assert.equal(read(''), undefined);
    assert.equal(read(''), undefined);
    assert.deepEqual(asked, ['a', '']);
  });

  it('is forgotten where more and more comes', () => {
    let reads = 0;
    const read = remembered((text) => {
      reads += 1;
      return text;
    });
    read('first');
    for (let at = 0; at < 1000; at += 1) read(String(at));
    read('first');
    assert.equal(reads, 1002);
  });
});
