import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { createRateLimit } from './rate-limit.ts';

describe('a rate limit', () => {
  test('lets so many through in a window, and again in the next', () => {
    const limit = createRateLimit(2, 1000);
    const taken = [0, 10, 999, 1000, 1001, 1999].map((now) => limit.take('a', now));
    assert.deepEqual(taken, [true, true, false, true, true, false]);
  });

  test('counts each key for itself', () => {
    const limit = createRateLimit(1, 1000);
    assert.deepEqual(['a', 'b', 'a', 'b'].map((key) => limit.take(key, 0)), [true, true, false, false]);
  });

  test('forgets the oldest keys, so that strangers cannot fill the memory', () => {
    const limit = createRateLimit(1, 1000, 100);
    for (let key = 0; key < 10_000; key++) limit.take(String(key), 0);
    assert.equal(limit.size(), 100);
    assert.equal(limit.take('9999', 0), false, 'the newest is remembered');
    assert.equal(limit.take('0', 0), true, 'the oldest is not');
  });

  test('never lets more through than its number in one window, whenever the calls come', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 5 }), fc.array(fc.nat(400), { maxLength: 60 }), (number, gaps) => {
      const limit = createRateLimit(number, 1000);
      let now = 0;
      let windowStart = -Infinity;
      let used = 0;
      for (const gap of gaps) {
        now += gap;
        if (now - windowStart >= 1000) [windowStart, used] = [now, 0];
        const taken = limit.take('a', now);
        assert.equal(taken, used < number);
        if (taken) used += 1;
      }
    }));
  });
});
