import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fieldOf, isSame, isWithin, renamed, valueAt, withValue } from './json.ts';

describe('a place in JSON', () => {
  test('is named as the server names it', () => {
    assert.equal(fieldOf(['cases', 0, 'to']), 'cases[0].to');
    assert.equal(fieldOf(['choices', '#']), 'choices.#');
    assert.ok(isWithin('cases[0].to', 'cases') && isWithin('cases', 'cases') && isWithin('a.b', 'a'));
    assert.ok(!isWithin('nextOne', 'next'));
  });

  test('is read where there is something', () => {
    assert.equal(valueAt({ a: [{ b: 1 }] }, ['a', 0, 'b']), 1);
    assert.equal(valueAt({ a: null }, ['a', 0, 'b']), undefined);
    assert.equal(valueAt({}, ['toString']), undefined);
  });

  test('is changed in a copy, made where it is missing, and taken away', () => {
    const before = { a: [{ b: 1 }], c: 2 };
    assert.deepEqual(withValue(before, ['a', 0, 'b'], 5), { a: [{ b: 5 }], c: 2 });
    assert.deepEqual(withValue(before, ['a', 1], 7), { a: [{ b: 1 }, 7], c: 2 });
    assert.deepEqual(withValue(before, ['a', 0], undefined), { a: [], c: 2 });
    assert.deepEqual(withValue(before, ['d', 'e'], 1), { ...before, d: { e: 1 } });
    assert.deepEqual(withValue(before, ['c'], undefined), { a: [{ b: 1 }] });
    assert.deepEqual(before, { a: [{ b: 1 }], c: 2 });
  });

  test('keeps its order when a name is changed', () => {
    assert.deepEqual(Object.keys(renamed({ a: 1, b: 2, c: 3 }, 'b', 'z')), ['a', 'z', 'c']);
  });

  test('is the same in whatever order its names stand', () => {
    assert.ok(isSame({ a: 1, b: [1, { c: null }] }, { b: [1, { c: null }], a: 1 }));
    for (const [one, other] of [[{ a: 1 }, { a: 2 }], [{ a: 1 }, { b: 1 }], [[1, 2], [2, 1]], [[], {}], [null, {}], [{ a: undefined }, { b: undefined }]] as const) assert.ok(!isSame(one, other));
  });
});
