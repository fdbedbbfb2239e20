import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createNumbering, linesOf, matching, since } from './events.ts';

const ready = { at: 1_790_000_000_000, eventType: 'AgentState_Ready', content: null };
const talking = { at: 1_790_000_000_000, eventType: 'AgentEvent_Talking', content: { caller: '13900000001' } };
const events = [ready, talking];

describe('the log of events', () => {
  test('shows what came since it was cleared, and all once that is forgotten', () => {
    assert.deepEqual(since(events, undefined), events);
    assert.deepEqual(since(events, ready), [talking]);
    assert.deepEqual(since(events, talking), []);
    assert.deepEqual(since(events, { ...ready }), events);
  });

  test('finds by type and by content', () => {
    assert.deepEqual(matching(events, ''), events);
    assert.deepEqual(matching(events, ' talking '), [talking]);
    assert.deepEqual(matching(events, '139000'), [talking]);
    assert.deepEqual(matching(events, 'ring'), []);
  });

  test('is copied a line an event', () => {
    assert.equal(linesOf(events).split('\n')[0], '{"at":"2026-09-21T14:13:20.000Z","eventType":"AgentState_Ready","content":null}');
  });

  test('tells events apart that are alike', () => {
    const numberOf = createNumbering();
    const [one, other] = [{ ...ready }, { ...ready }];
    assert.notEqual(numberOf(one), numberOf(other));
    assert.equal(numberOf(one), numberOf(one));
  });
});
