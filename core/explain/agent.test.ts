import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { aSkill, createRig, FIRST_CONFIG } from '../centre/centre.fixture.ts';
import { explainAgent } from './agent.ts';

describe('why no call comes to an agent', () => {
  test('not there, not signed in, in another state', () => {
    const rig = createRig();
    assert.deepEqual(explainAgent(rig.centre, 999).obstacles, [{ why: 'notConfigured' }]);
    assert.deepEqual(explainAgent(rig.centre, 101).obstacles, [{ why: 'notSignedIn' }]);
    rig.signIn(101, {}, 'busy');
    assert.deepEqual(explainAgent(rig.centre, 101).obstacles, [{ why: 'state', state: 'busy', since: rig.now(), reason: 0 }]);
  });

  test('others are ready for longer, or weigh more', () => {
    const rig = createRig({ config: { ...FIRST_CONFIG, agents: [101, 102, 103].map((id) => ({ id, roleId: 2, type: 4, skills: [aSkill(1, id === 103 ? 9 : 1)] })) } });
    for (const agent of [101, 102, 103]) rig.signIn(agent);
    const standing = (agent: number) => explainAgent(rig.centre, agent).queues[0]?.ahead;
    assert.deepEqual([101, 102, 103].map(standing), [1, 2, 0]);
    rig.callIn(1);
    assert.deepEqual([101, 102, 103].map(standing), [0, 1, undefined]);
  });

  test('no phone, or no wish for calls', () => {
    const rig = createRig();
    rig.signIn(101, { ctiOnly: true, phone: '' });
    rig.does({ kind: 'setTalkRight', agent: 101, on: false });
    assert.deepEqual(explainAgent(rig.centre, 101).obstacles, [{ why: 'noPhone' }, { why: 'takesNoCalls' }]);
  });

  test('no skills in force', () => {
    const rig = createRig({ config: { ...FIRST_CONFIG, agents: [{ id: 101, roleId: 2, type: 4, skills: [] }] } });
    rig.signIn(101);
    assert.deepEqual(explainAgent(rig.centre, 101), { obstacles: [{ why: 'noSkills' }], queues: [] });
  });
});
