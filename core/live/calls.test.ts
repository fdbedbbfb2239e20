import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createRig, type Rig } from '../centre/centre.fixture.ts';
import { allCallsOf, CALL_STATUS, callStatusOf, wentOutFrom } from './calls.ts';
import { restOf } from './rests.ts';

/** Status and direction of an agent's calls (Table 12-470). */
const callsOf = ({ centre }: Rig, id: number): readonly string[] => {
  const agent = centre.agents.get(id);
  const names = Object.keys(CALL_STATUS) as (keyof typeof CALL_STATUS)[];
  return agent === undefined ? [] : allCallsOf(centre, agent).map((call) => {
    const status = callStatusOf(centre, call, agent);
    return `${names.find((name) => CALL_STATUS[name] === status)} ${wentOutFrom(call, id) ? 'out' : 'in'}`;
  });
};

describe('how a call of an agent stands', () => {
  test('from the ringing phone to the talk, muted, held and lent to a flow', () => {
    const rig = createRig({ phonesAnswer: false });
    rig.signIn(101, { autoAnswer: false });
    rig.callIn(1);
    assert.deepEqual(callsOf(rig, 101), ['occupied in']);
    rig.answers(rig.phone(101));
    assert.deepEqual(callsOf(rig, 101), ['alerting in']);
    rig.does({ kind: 'answer', agent: 101 });
    assert.deepEqual(callsOf(rig, 101), ['talk in']);
    rig.does({ kind: 'mute', agent: 101, on: true });
    assert.deepEqual(callsOf(rig, 101), ['muted in']);
    rig.does({ kind: 'mute', agent: 101, on: false });
    rig.does({ kind: 'hold', agent: 101 });
    assert.deepEqual(callsOf(rig, 101), ['held in']);
  });

  test('out to a number, which rings and answers', () => {
    const rig = createRig();
    rig.signIn(101);
    rig.does({ kind: 'dialOut', agent: 101, called: '40040', caller: '' });
    const leg = [...rig.centre.legs.values()].find(({ agent }) => agent === undefined);
    assert.ok(leg !== undefined);
    assert.deepEqual(callsOf(rig, 101), ['occupied out']);
    rig.does({ kind: 'legReported', report: { kind: 'rang', leg: leg.id } });
    assert.deepEqual(callsOf(rig, 101), ['alerting out']);
    rig.answers(leg.id);
    assert.deepEqual(callsOf(rig, 101), ['talk out']);
  });

  test('between colleagues, out for the one and in for the other', () => {
    const rig = createRig();
    rig.signIn(101);
    rig.signIn(102);
    rig.does({ kind: 'callInner', agent: 101, called: '102', caller: '' });
    assert.deepEqual([callsOf(rig, 101), callsOf(rig, 102)], [['talk out'], ['talk in']]);
  });

  test('waiting for this agent alone', () => {
    const rig = createRig();
    rig.signIn(101);
    rig.callIn(1);
    rig.does({ kind: 'arrive', leg: 'in-2', caller: '1', called: '2', to: { kind: 'flow', flow: '7' } });
    rig.does({ kind: 'flowEnded', leg: 'in-2', outcome: { kind: 'agent', agent: 101 } });
    assert.deepEqual(callsOf(rig, 101), ['talk in', 'awaitsAgent in']);
  });
});

test('a rest is told of from the moment when it is asked for', () => {
  const rig = createRig();
  rig.signIn(101);
  const call = rig.callIn(1);
  const rest = () => {
    const agent = rig.centre.agents.get(101);
    return agent === undefined ? undefined : restOf(agent);
  };
  assert.equal(rest(), undefined);
  rig.wait(2000);
  const askedAt = rig.now();
  rig.does({ kind: 'askState', agent: 101, request: 'rest', reason: 3, ms: 60_000 });
  rig.wait(5000);
  assert.deepEqual(rest(), { agent: 101, isOn: false, since: askedAt, ms: 60_000 });
  rig.hangsUp(rig.customer(call));
  assert.deepEqual(rest(), { agent: 101, isOn: true, since: rig.now(), ms: 60_000 });
  assert.equal(rig.centre.agents.get(101)?.beforeMs, 7000, 'the talk before it');
});
