import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createFailureLock } from './failure-lock.ts';

const options = { failures: 3, lockMs: 1000 };

test('failures in a row lock the name for a while, and no other', () => {
  const lock = createFailureLock(options);
  for (const now of [0, 10]) lock.fail('a', now);
  assert.equal(lock.lockedFor('a', 10), 0);
  lock.fail('a', 20);
  assert.equal(lock.lockedFor('a', 20), 1000);
  assert.equal(lock.lockedFor('a', 1019), 1);
  assert.equal(lock.lockedFor('a', 1020), 0);
  assert.equal(lock.lockedFor('b', 20), 0);
});

test('a success forgets the failures', () => {
  const lock = createFailureLock(options);
  for (const now of [0, 10]) lock.fail('a', now);
  lock.succeed('a');
  lock.fail('a', 20);
  assert.equal(lock.lockedFor('a', 20), 0);
});

test('failures further apart than the lock lasts do not add up', () => {
  const lock = createFailureLock(options);
  for (const now of [0, 1000, 2000, 3000]) lock.fail('a', now);
  assert.equal(lock.lockedFor('a', 3000), 0);
});

test('after the lock, counting begins anew', () => {
  const lock = createFailureLock(options);
  for (const now of [0, 1, 2]) lock.fail('a', now);
  lock.fail('a', 1002);
  assert.equal(lock.lockedFor('a', 1002), 0);
});

test('it remembers a bounded number of names, and drops those that failed longest ago', () => {
  const lock = createFailureLock({ ...options, failures: 1, maxNames: 3 });
  for (const name of ['a', 'b', 'c']) lock.fail(name, 0);
  lock.fail('a', 1);
  lock.fail('d', 2);
  assert.deepEqual(['a', 'b', 'c', 'd'].map((name) => lock.lockedFor(name, 2) > 0), [true, false, true, true]);
});

test('a name is locked exactly when its last failures in a row are near enough', () => {
  const step = fc.record({ kind: fc.constantFrom('fail', 'fail', 'fail', 'succeed'), pause: fc.integer({ min: 0, max: 1500 }) });
  fc.assert(fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
    const lock = createFailureLock(options);
    let now = 0;
    let row: number[] = [];
    for (const { kind, pause } of steps) {
      now += pause;
      if (kind === 'succeed') {
        lock.succeed('a');
        row = [];
      } else {
        const last = row.at(-1);
        row = last === undefined || now - last >= options.lockMs ? [now] : [...row, now];
        lock.fail('a', now);
      }
      assert.equal(lock.lockedFor('a', now) > 0, row.length >= options.failures);
    }
  }));
});
