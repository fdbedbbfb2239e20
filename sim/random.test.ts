import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { exponential, seededRandom } from './random.ts';

const many = (count: number, draw: () => number): number[] => Array.from({ length: count }, draw);
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('chance', () => {
  test('is the same for the same seed, and another for another', () => {
    assert.deepEqual(many(50, seededRandom(7)), many(50, seededRandom(7)));
    assert.notDeepEqual(many(50, seededRandom(7)), many(50, seededRandom(8)));
  });

  test('is spread evenly from 0 to below 1', () => {
    const values = many(20_000, seededRandom(1));
    assert.ok(values.every((value) => value >= 0 && value < 1));
    const tenths = Map.groupBy(values, (value) => Math.floor(value * 10));
    for (const [tenth, { length }] of tenths) assert.ok(Math.abs(length - 2000) < 200, `${length} values from ${tenth / 10}`);
  });

  test('has the mean that was asked for where it is exponential', () => {
    const random = seededRandom(2);
    const values = many(20_000, () => exponential(random, 3000));
    assert.ok(values.every((value) => value >= 0 && Number.isFinite(value)));
    assert.ok(Math.abs(mean(values) - 3000) < 100, String(mean(values)));
  });
});
