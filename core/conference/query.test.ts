import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { FIRST_CONFIG } from '../centre/centre.fixture.ts';
import { isRefused } from '../centre/refused.ts';
import { anAgent, APPLICATION, createHall } from './conference.fixture.ts';
import { CODE } from './conference.ts';
import { conferencesOn, conferencesSeen } from './query.ts';

/** 105 is an inspector. */
function createHallWithInspector() {
  const agents = (FIRST_CONFIG.agents ?? []).map((agent) => (agent.id === 105 ? { ...agent, roleId: 3 } : agent));
  const hall = createHall({ config: { ...FIRST_CONFIG, agents } });
  hall.convene(101, [102]);
  hall.convene(103);
  hall.signIn(104);
  hall.signIn(105);
  const agentOf = (id: number) => hall.centre.agents.get(id) ?? assert.fail();
  const seen = (id: number, ids: readonly number[]) => {
    const answer = conferencesSeen(hall.centre, agentOf(id), ids);
    return isRefused(answer) ? answer.code : answer.map((conference) => conference.id);
  };
  return { hall, agentOf, seen };
}

describe('looking at conferences (6.1.6.18)', () => {
  test('an inspector sees all, others their own; what there is not is left out', () => {
    const { seen } = createHallWithInspector();
    assert.deepEqual(seen(105, [1, 2, 3]), [1, 2]);
    assert.deepEqual(seen(101, [1, 2, 3]), [1]);
    assert.deepEqual(seen(102, [2, 1, 1]), [1]);
    assert.deepEqual(seen(104, [1, 2]), []);
  });

  test('whoever is only invited does not see it, nor does anybody before it has begun', () => {
    const { hall, seen } = createHallWithInspector();
    hall.invite(101, anAgent(104));
    assert.deepEqual(seen(104, [1]), []);
    const quiet = createHall({ phonesAnswer: false });
    quiet.signIn(101);
    quiet.confers(101, APPLICATION);
    assert.deepEqual(conferencesSeen(quiet.centre, quiet.centre.agents.get(101) ?? assert.fail(), [1]), []);
  });

  test('twenty at a time (21244)', () => {
    const { seen } = createHallWithInspector();
    const ids = Array.from({ length: 21 }, (_, index) => index + 1);
    assert.equal(seen(105, ids), CODE.asksTooMany);
    assert.deepEqual(seen(105, ids.slice(0, 20)), [1, 2]);
  });
});

describe('listing them (6.1.6.19)', () => {
  test('is for inspectors (101-004)', () => {
    const { hall, agentOf } = createHallWithInspector();
    const refusal = conferencesOn(hall.centre, agentOf(101));
    assert.equal(isRefused(refusal) && refusal.refused, 'notInspector');
    assert.deepEqual(conferencesOn(hall.centre, agentOf(105)), [1, 2]);
    hall.confers(103, { what: 'release' });
    assert.deepEqual(conferencesOn(hall.centre, agentOf(105)), [1]);
  });
});
