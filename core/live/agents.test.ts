import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { aQueue, aSkill, createRig, EVERY_BIT } from '../centre/centre.fixture.ts';
import { BUSY_CONFIG, chanceOf, HAPPENINGS, OFTEN } from '../centre/commands.fixture.ts';
import { agentsOfExactly, agentsOfQueues, allAgents, countStates, CTI, interfaceStateOf, rightsOf, usableFor } from './agents.ts';

const drawn = fc.array(fc.record({ what: fc.constantFrom(...Object.keys(HAPPENINGS), ...OFTEN, ...OFTEN), numbers: fc.array(fc.nat(30), { minLength: 8, maxLength: 8 }) }), { minLength: 1, maxLength: 80, size: 'max' });

test('whatever happens, the counts by state sum to the number of agents, and those of a queue to its members', () => {
  fc.assert(fc.property(drawn, (sequence) => {
    const rig = createRig({ config: BUSY_CONFIG, phonesAnswer: false });
    const { centre } = rig;
    for (const { what, numbers } of sequence) {
      const next = HAPPENINGS[what]?.(rig, chanceOf(numbers));
      if (next?.kind === 'pause') rig.wait(next.ms);
      else if (next !== undefined) rig.send(next);
      const all = countStates(centre, allAgents(centre).map((id) => centre.agents.get(id)));
      const sum = (counts: readonly number[]): number => counts.reduce((one, other) => one + other, 0);
      assert.equal(sum(all.inState), centre.config.agents.size);
      assert.equal(all.inState[CTI.signedOut], centre.config.agents.size - centre.agents.size);
      assert.equal(all.signedIn, centre.agents.size);
      assert.ok(all.usable <= all.signedIn && all.usable >= (all.inState[CTI.idle] ?? 0));
      for (const [id, { members }] of centre.queues) {
        const ofQueue = countStates(centre, agentsOfQueues(centre, [id, id]));
        assert.equal(sum(ofQueue.inState), members.size);
        assert.equal(ofQueue.signedIn, members.size);
      }
      const both = agentsOfQueues(centre, centre.queues.keys());
      assert.equal(new Set(both).size, both.length, 'each agent once');
    }
  }), { numRuns: 40, seed: 20_260_105 });
});

describe('agents of queues', () => {
  const config = {
    queues: [aQueue(1), aQueue(2), aQueue(3, { media: 53 })], roles: [{ id: 2, bits: [1, 3, 128] }],
    agents: [
      { id: 102, roleId: 2, type: 99, skills: [aSkill(1), aSkill(2)] }, { id: 101, roleId: 2, type: 4, skills: [aSkill(1)] },
      { id: 103, roleId: 2, type: 99, skills: [aSkill(1), aSkill(3)] },
    ],
  };
  const ids = (agents: readonly { readonly id: number }[]): readonly number[] => agents.map(({ id }) => id);

  test('are those who are signed in, by work number and once each', () => {
    const { centre, signIn } = createRig({ config });
    for (const agent of [103, 102]) signIn(agent);
    assert.deepEqual(ids(agentsOfQueues(centre, [2, 1, 7])), [102, 103]);
    assert.deepEqual(allAgents(centre), [101, 102, 103]);
  });

  test('are, where all must match, those of just these queues', () => {
    const { centre, signIn, does } = createRig({ config });
    for (const agent of [101, 102, 103]) signIn(agent);
    assert.deepEqual(ids(agentsOfExactly(centre, [1])), [101]);
    assert.deepEqual(ids(agentsOfExactly(centre, [2, 1, 2])), [102]);
    assert.deepEqual(ids(agentsOfExactly(centre, [1, 9])), []);
    does({ kind: 'chooseQueues', agent: 102, queues: [1] });
    assert.deepEqual(ids(agentsOfExactly(centre, [1])), [101, 102], 'what counts is what they are signed in to');
  });

  test('are usable for the media of the queue: who writes has room for another session, or has not', () => {
    const { centre, signIn, does } = createRig({ config });
    signIn(103);
    does({ kind: 'chatArrives', channel: 'web', user: 'ann', queue: 3, media: 53 });
    const usable = (...media: readonly number[]): number => countStates(centre, centre.agents.values(), usableFor(media)).usable;
    assert.equal(countStates(centre, centre.agents.values()).usable, 0);
    does({ kind: 'setCapacity', agent: 103, media: 53, sessions: 2 });
    assert.deepEqual([usable(53), usable(5), usable(5, 53)], [1, 0, 1]);
    assert.equal(countStates(centre, centre.agents.values()).usable, 1);
  });

  test('have the rights of their role, the first one leftmost', () => {
    const { centre } = createRig({ config });
    const rights = rightsOf(centre, 101);
    assert.deepEqual([rights.length, rights.slice(0, 4), rights.at(-1)], [128, '1010', '1']);
    assert.equal(rightsOf(centre, 999), '0'.repeat(128));
  });
});

test('a rest that waits for the end of the call does not show in what programs know of the state (Table 12-482)', () => {
  const rig = createRig({ config: { queues: [aQueue(1)], roles: [{ id: 2, bits: EVERY_BIT }], agents: [{ id: 101, roleId: 2, type: 4, skills: [aSkill(1)] }] } });
  const state = (): number => interfaceStateOf(rig.centre, rig.centre.agents.get(101));
  assert.equal(state(), 2);
  rig.signIn(101);
  assert.equal(state(), 4);
  rig.callIn(1);
  rig.does({ kind: 'askState', agent: 101, request: 'rest', ms: 60_000 });
  assert.equal(state(), 7);
});
