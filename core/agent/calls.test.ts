import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { aProfile, createRig, FIRST_CONFIG } from '../centre/centre.fixture.ts';
import { newAgent, type Agent } from './agent.ts';
import { callsOf, foremostCall, isInspector, mayAskAbout, onlyCall } from './calls.ts';

const anAgent = (calls: Partial<Pick<Agent, 'call' | 'held' | 'chats' | 'chatOffers'>>): Agent => ({ ...newAgent(101, aProfile(101), 0), ...calls });

describe('the calls of an agent', () => {
  const table: readonly [Partial<Agent>, readonly string[], string | undefined, string | undefined][] = [
    [{}, [], undefined, undefined],
    [{ call: 'a' }, ['a'], 'a', 'a'],
    [{ call: 'a', held: ['b', 'c'] }, ['a', 'b', 'c'], 'a', 'a'],
    [{ held: ['b'] }, ['b'], 'b', 'b'],
    [{ held: ['b', 'c'] }, ['b', 'c'], 'c', undefined],
    [{ chats: ['d'], chatOffers: ['e'] }, ['d', 'e'], undefined, undefined],
    [{ call: 'd', chats: ['d'] }, ['d'], 'd', 'd'],
  ];
  for (const [calls, all, foremost, only] of table) {
    test(`${JSON.stringify(calls)}: the one that is told of is ${foremost}, the one that is changed ${only}`, () => {
      const agent = anAgent(calls);
      assert.deepEqual([callsOf(agent), foremostCall(agent), onlyCall(agent)], [all, foremost, only]);
    });
  }
});

test('about others ask those who may listen or watch (6.3.8: 13 or 17), about oneself everybody', () => {
  const bitsOf = [[13], [17], [14, 15, 16, 18], []];
  const { centre } = createRig({
    config: {
      ...FIRST_CONFIG,
      roles: bitsOf.map((bits, id) => ({ id, bits })),
      agents: [...bitsOf.keys()].map((roleId) => ({ id: 101 + roleId, roleId, type: 4, skills: [] })),
    },
  });
  assert.deepEqual([101, 102, 103, 104, 999].map((id) => isInspector(centre, id)), [true, true, false, false, false]);
  assert.deepEqual([[101, 104], [104, 101], [104, 104]].map(([asker = 0, other = 0]) => mayAskAbout(centre, asker, other)), [true, false, true]);
});
