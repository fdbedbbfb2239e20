import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { aboutCall, agentsOf, holdsOf, type AgentOperation } from './agent-operations.ts';
import type { Segment } from './timeline.ts';

const CALL = '1790000000-7';
const operation = (changes: Partial<AgentOperation>): AgentOperation => ({ workNo: 102, id: '1', type: 38, object: null, cause: null, from: 1000, to: 2000, callId: CALL, queueId: null, phone: '', ...changes });
const at = (device: Segment['device'], no: string): Segment => ({ device, no }) as Segment;

describe('what agents did around a call', () => {
  test('is asked of each agent once', () => {
    assert.deepEqual(agentsOf([at('queue', '5'), at('agent', '102'), at('number', '139'), at('agent', '101'), at('agent', '102')]), [102, 101]);
  });

  test('is told in order, without talks and what is about other calls', () => {
    const operations = [operation({ id: 'wrap-up', type: 27, from: 5000 }), operation({ id: 'talk', type: 60 }), operation({ id: 'other', callId: '1790000000-8' }), operation({ id: 'busy', type: 3, callId: null, from: 900 })];
    assert.deepEqual(aboutCall(operations, CALL).map(({ id }) => id), ['busy', 'wrap-up']);
  });

  test('tells who held the call, and when', () => {
    const holds = holdsOf([operation({ from: 1000, to: 2000 }), operation({ from: 3000, to: 4000 }), operation({ workNo: 101 }), operation({ type: 32 }), operation({ callId: null })], CALL);
    assert.deepEqual([...holds].map(([agent, spans]) => [agent, spans.map(({ from, to }) => [from, to])]), [['102', [[1000, 2000], [3000, 4000]]], ['101', [[1000, 2000]]]]);
  });
});
