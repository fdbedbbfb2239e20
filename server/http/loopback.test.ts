import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isLoopback } from './loopback.ts';

test('the loopback is known by all its names', () => {
  assert.deepEqual(['127.0.0.1', '127.1.2.3', '::1', 'localhost', '::ffff:127.0.0.1', '0.0.0.0', '10.0.0.1'].map(isLoopback), [true, true, true, true, true, false, false]);
});
