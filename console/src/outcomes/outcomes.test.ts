import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { showCall } from '@parley/contract/admin/call.ts';
import type { Result } from '@parley/contract/operation.ts';
import { choicesOf, mayNote, withNote, type Outcome } from './outcomes.ts';

const HOUR_MS = 3_600_000;
const outcome = (code: string, enabled = true): Outcome => ({ code, name: code, description: '', enabled });

describe('outcomes of calls', () => {
  test('can be chosen when they are switched on, or chosen already', () => {
    const all = [outcome('a'), outcome('b', false), outcome('c', false)];
    assert.deepEqual(choicesOf(all, undefined).map(({ code }) => code), ['a']);
    assert.deepEqual(choicesOf(all, 'c').map(({ code }) => code), ['a', 'c']);
  });

  test('are one of each agent, the latest last', () => {
    const [alice, bob] = [101, 102].map((workNo) => ({ workNo, agentName: '', code: 'order', name: 'Order placed', remark: '', at: 0 }));
    assert.ok(alice !== undefined && bob !== undefined);
    assert.deepEqual(withNote([alice, bob], { ...alice, code: 'later' }), [bob, { ...alice, code: 'later' }]);
  });

  test('are noted by whoever has talked, until 24 hours after the call', () => {
    const trace = showCall.examples?.[0]?.response as Result<typeof showCall>;
    const endedAt = trace.call.endedAt ?? 0;
    assert.equal(mayNote(trace, 102, endedAt + HOUR_MS), true);
    assert.equal(mayNote(trace, 102, endedAt + 24 * HOUR_MS), false);
    assert.equal(mayNote(trace, 101, endedAt + HOUR_MS), false);
    assert.equal(mayNote(trace, null, endedAt + HOUR_MS), false);
    assert.equal(mayNote({ ...trace, call: { ...trace.call, endedAt: null } }, 102, endedAt + 48 * HOUR_MS), true);
    assert.equal(mayNote({ ...trace, segments: trace.segments.map((segment) => ({ ...segment, talkedAt: null })) }, 102, endedAt), false, 'it has only rung there');
  });
});
