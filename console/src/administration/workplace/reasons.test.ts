import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { flawOf, freeCode, moved, tidied } from './reasons.ts';

const meal = { code: 1, name: 'Meal' };

describe('reasons', () => {
  test('have a code of their kind and a name, each once', () => {
    assert.equal(flawOf('rest', [meal, { code: 2, name: 'Meeting' }], 1), undefined);
    assert.equal(flawOf('busy', [meal], 0), 'codeForm', 'a code of rest is none of busy');
    assert.equal(flawOf('busy', [{ code: 0, name: 'None' }], 0), undefined);
    assert.equal(flawOf('rest', [{ code: 256, name: 'x' }], 0), 'codeForm');
    assert.equal(flawOf('rest', [meal, { code: 1, name: 'x' }], 1), 'codeTwice');
    assert.equal(flawOf('rest', [meal, { code: 2, name: ' ' }], 1), 'nameMissing');
    assert.equal(flawOf('rest', [meal, { code: 2, name: 'Meal ' }], 1), 'nameTwice');
  });

  test('get the lowest free code, as long as there is one', () => {
    assert.equal(freeCode('rest', [meal]), 2);
    assert.equal(freeCode('busy', [meal]), 200);
    assert.equal(freeCode('busy', Array.from({ length: 51 }, (_none, index) => ({ code: 200 + index, name: String(index) }))), undefined);
  });

  test('are kept in the order of their codes, and moved by changing places', () => {
    assert.deepEqual(tidied([{ code: 2, name: ' B ' }, meal]), [meal, { code: 2, name: 'B' }]);
    assert.deepEqual(moved([meal, { code: 5, name: 'B' }], 0, 1), [{ code: 1, name: 'B' }, { code: 5, name: 'Meal' }]);
    assert.deepEqual(moved([meal], 0, -1), [meal]);
  });
});
