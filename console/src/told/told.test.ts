import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { told, tellIn } from './told.ts';

const TEXT = 'There is no call to hold.';

describe('the language in which a refusal is told', () => {
  afterEach(() => tellIn('en'));

  test('is the server\'s own in English', async () => {
    await tellIn('en');
    assert.equal(told(TEXT), TEXT);
  });

  test('is that of the page, once its words are there', async () => {
    const loading = tellIn('zh');
    assert.equal(told(TEXT), TEXT);
    await loading;
    assert.equal(told(TEXT), '没有可保持的通话');
  });

  test('is the last one chosen, whichever comes first', async () => {
    await Promise.all([tellIn('zh'), tellIn('en')]);
    assert.equal(told(TEXT), TEXT);
  });
});
