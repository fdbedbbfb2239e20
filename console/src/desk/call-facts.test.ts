import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { factsOf, fits } from './call-facts.ts';

describe('data of a call', () => {
  test('are a table where they are JSON', () => {
    assert.deepEqual(factsOf('{"order":{"id":7,"open":true},"tags":["new"],"note":null}'), [['order.id', '7'], ['order.open', 'true'], ['tags.0', 'new'], ['note', '']]);
    assert.deepEqual(factsOf('{}'), []);
  });

  test('are text where they are not', () => {
    for (const data of ['', 'order 7', '12', '"x"', 'null', '{"a":']) assert.equal(factsOf(data), undefined, data);
  });

  test('are counted in bytes', () => {
    assert.ok(fits('x'.repeat(16_384)));
    assert.ok(!fits('通'.repeat(5_462)));
  });
});
