import assert from 'node:assert/strict';
import { test } from 'node:test';
import { INBOUND_TYPES, INTERNAL_TYPES, OUTBOUND_TYPES, RESULT_TYPES, resultTypeOf, typesOfResult } from './call-type.ts';

test('16.1 shows calls in kinds of its own', () => {
  assert.deepEqual([0, 6, 7, 43, 44, 41].map(resultTypeOf), [0, 0, 1, 2, 3, 4]);
  assert.deepEqual([5, 46, 10, 45, 62, 63, 60, 51, 52, 53].map(resultTypeOf), [0, 0, 1, 1, 2, 3, 4, 11, 11, 11]);
});

test('every call type is one of them, and is looked for as what it is shown as', () => {
  for (const type of [...INBOUND_TYPES, ...INTERNAL_TYPES, ...OUTBOUND_TYPES]) {
    assert.deepEqual(RESULT_TYPES.filter((wanted) => typesOfResult(wanted).includes(type)), [resultTypeOf(type)], String(type));
  }
  assert.deepEqual(typesOfResult(10), []);
});
