import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { CAUSE } from '@parley/core/call/call.ts';
import { endCause, failureCause } from './causes.ts';

describe('the cause of a leg that nobody answered', () => {
  const byStatus: readonly (readonly [number, number])[] = [
    [404, 538], [410, 538], [484, 538], [604, 538], [408, 603], [480, 603], [487, 603], [486, 537], [600, 537], [403, 604], [603, 604], [607, 604],
    [500, 602], [502, 602], [503, 602], [504, 602], [400, 604], [488, 604], [420, 604],
  ];
  for (const [status, cause] of byStatus) test(`${status} is ${cause}`, () => { assert.equal(failureCause(status), cause); });

  test('is what the network says of it, where it says something that is known', () => {
    assert.deepEqual([[503, 17], [480, 1], [500, 21], [404, 34], [486, 19]].map(([status = 0, q850]) => failureCause(status, q850)), [537, 538, 604, 602, 603]);
    assert.equal(failureCause(486, 127), 537);
  });

  test('is never that all was as it should be', () => {
    for (let status = 300; status < 700; status += 1) {
      for (const q850 of [undefined, 16, 17, 127]) assert.notEqual(failureCause(status, q850), CAUSE.released);
    }
  });
});

test('a leg that ends tells who has ended it', () => {
  assert.equal(endCause({ kind: 'hungUp' }, 'out', true), CAUSE.normal);
  assert.equal(endCause({ kind: 'hungUp' }, 'in', true), CAUSE.normal);
  assert.equal(endCause({ kind: 'hungUp' }, 'in', false), CAUSE.gaveUp);
  assert.equal(endCause({ kind: 'cancelled' }, 'in', false), CAUSE.gaveUp);
  assert.equal(endCause({ kind: 'failed', status: 486, reason: 'Busy Here' }, 'out', false), CAUSE.busy);
  assert.equal(endCause({ kind: 'failed', status: 503, reason: '', q850: 17 }, 'out', false), CAUSE.busy);
  for (const why of ['ack', 'session', 'transport', 'unknown'] as const) {
    assert.deepEqual([endCause({ kind: 'lost', why }, 'out', true), endCause({ kind: 'lost', why }, 'out', false)], [CAUSE.internalError, CAUSE.noResource]);
  }
  assert.equal(endCause({ kind: 'ours' }, 'out', true), CAUSE.released);
});
