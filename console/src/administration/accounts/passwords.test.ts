import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { isStrong, makeAccountPassword } from './passwords.ts';

/** Draws what the test says, over and over. */
const drawing = (numbers: readonly number[]) => {
  let at = 0;
  return (limit: number): number => {
    at += 1;
    return (numbers[at % numbers.length] ?? 0) % limit;
  };
};
const anyDraws = fc.array(fc.nat(), { minLength: 1, maxLength: 40 });

describe('a password that is made up', () => {
  test('keeps the rules of accounts, whatever is drawn', () => {
    fc.assert(fc.property(anyDraws, (draws) => { assert.ok(isStrong(makeAccountPassword(drawing(draws)))); }));
  });

  test('is another one each time', () => {
    assert.equal(new Set(Array.from({ length: 100 }, () => makeAccountPassword())).size, 100);
  });
});

test('a password that was typed needs eight characters of all four classes', () => {
  assert.deepEqual(['Abcdef1!', 'abcdef1!', 'ABCDEF1!', 'Abcdefg!', 'Abcdefg1', 'Abcde1!'].map(isStrong), [true, false, false, false, false, false]);
});
