import assert from 'node:assert/strict';
import { test } from 'node:test';
import { freeCode } from './flow-codes.ts';

test('a new flow gets a code that no other has', () => {
  assert.equal(freeCode([]), '70001');
  assert.equal(freeCode(['6001', '70001', '70003']), '70002');
});
