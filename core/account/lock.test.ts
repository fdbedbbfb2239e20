import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { afterFailure, isLocked, LOCK, UNLOCKED, type LockState } from './lock.ts';

test('the third failure in a row locks for 30 minutes', () => {
  const second = afterFailure(afterFailure(UNLOCKED, 1000), 2000);
  assert.equal(isLocked(second, 2000), false);
  const third = afterFailure(second, 3000);
  assert.equal(third.lockedUntil, 3000 + 30 * 60_000);
  assert.equal(isLocked(third, third.lockedUntil - 1), true);
  assert.equal(isLocked(third, third.lockedUntil), false);
});

test('failures while it is locked neither count nor prolong it', () => {
  const locked: LockState = { failures: 0, lockedUntil: 10_000 };
  assert.deepEqual(afterFailure(locked, 9_999), locked);
});

test('when the lock has ended, counting begins anew', () => {
  const ended: LockState = { failures: 0, lockedUntil: 10_000 };
  assert.deepEqual(afterFailure(ended, 10_000), { failures: 1, lockedUntil: 10_000 });
});

test('between locks there are never more than three failures, however they are spread', () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 40 * 60_000 }), { maxLength: 60 }), (pauses) => {
    let now = 0;
    let state = UNLOCKED;
    let counted = 0;
    for (const pause of pauses) {
      now += pause;
      if (isLocked(state, now)) continue;
      const before = state;
      state = afterFailure(state, now);
      counted = isLocked(state, now) ? 0 : counted + 1;
      assert.ok(counted < LOCK.failures);
      assert.notDeepEqual(state, before);
    }
  }));
});
