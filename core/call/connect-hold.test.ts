import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { FIRST_CONFIG } from '../centre/centre.fixture.ts';
import { assertAllEnds, assertTalk, callNamed, createTalk, leavingOf, stateOf, whoIsIn } from './talk.fixture.ts';

describe('connecting the held party with the current one (6.1.2.9)', () => {
  test('a consultation: the helper has the customer, and the agent is out', () => {
    const talk = createTalk({ data: 'order 7' });
    const consultation = talk.does({ kind: 'innerHelp', agent: 101, to: { device: 'agent', agent: 102 }, mode: 'twoParty' }).result ?? '';
    talk.does({ kind: 'connectHold', agent: 101, call: talk.call });
    assert.deepEqual([...talk.centre.calls.keys()], [talk.call]);
    assert.deepEqual(whoIsIn(talk, talk.call), [102, talk.customerLeg]);
    assertTalk(talk, talk.phone(102), talk.customerLeg);
    assert.deepEqual([leavingOf(talk, 101, talk.call), leavingOf(talk, 101, consultation)], [['transferred', 7], ['merged', 7]]);
    assert.deepEqual([stateOf(talk, 101), stateOf(talk, 102)], ['idle', 'talking']);
    const call = callNamed(talk, talk.call);
    assert.deepEqual([call.data, call.lastReleasedBy], ['order 7', 101]);
    assert.deepEqual(call.parts.flatMap((part) => (part.kind === 'agent' ? [part.role] : [])), ['main']);
    assert.deepEqual(call.visits.map(({ device, no, enterReason, leaveReason }) => [device, no, enterReason, leaveReason]), [
      ['queue', '1', 0, 0], ['agent', '101', 0, 7], ['agent', '102', 7, undefined],
    ]);
    assertAllEnds(talk);
  });

  for (const [name, end] of [['the customer', 'customer'], ['the number', 'number']] as const) {
    test(`two numbers outside talk with each other, until ${name} hangs up`, () => {
      const talk = createTalk();
      talk.does({ kind: 'hold', agent: 101 });
      const outside = talk.does({ kind: 'dialOut', agent: 101, called: '13911112222', caller: '' }).result ?? '';
      const leg = talk.customer(outside);
      talk.answers(leg);
      talk.does({ kind: 'connectHold', agent: 101, call: talk.call });
      assertTalk(talk, talk.customerLeg, leg);
      assert.equal(stateOf(talk, 101), 'idle');
      talk.hangsUp(end === 'customer' ? talk.customerLeg : leg, 531);
      assert.equal(talk.centre.calls.size, 0);
      assert.deepEqual([...talk.centre.legs.keys()], [talk.phone(101)], 'the other one was hung up too');
      assertAllEnds(talk);
    });
  }

  test('the customer\'s call goes on also where the consultation is the held one', () => {
    const talk = createTalk();
    const consultation = talk.does({ kind: 'innerHelp', agent: 101, to: { device: 'agent', agent: 102 }, mode: 'twoParty' }).result ?? '';
    talk.does({ kind: 'hold', agent: 101 });
    talk.does({ kind: 'retrieve', agent: 101, call: talk.call });
    talk.does({ kind: 'connectHold', agent: 101, call: consultation });
    assert.deepEqual([...talk.centre.calls.keys()], [talk.call]);
    assertTalk(talk, talk.phone(102), talk.customerLeg);
    assert.deepEqual([stateOf(talk, 101), talk.centre.agents.get(101)?.held], ['idle', []]);
    assertAllEnds(talk);
  });

  test('other held calls stay with the agent', () => {
    const talk = createTalk();
    talk.does({ kind: 'hold', agent: 101 });
    const second = talk.does({ kind: 'dialOut', agent: 101, called: '139', caller: '' }).result ?? '';
    talk.answers(talk.customer(second));
    talk.does({ kind: 'hold', agent: 101 });
    talk.does({ kind: 'callInner', agent: 101, called: '102', caller: '' });
    talk.does({ kind: 'connectHold', agent: 101, call: talk.call });
    assert.deepEqual(talk.centre.agents.get(101)?.held, [second]);
    assert.equal(stateOf(talk, 101), 'talking');
    assert.deepEqual(whoIsIn(talk, talk.call), [102, talk.customerLeg]);
    assertAllEnds(talk);
  });

  test('is refused without a current call, without that held one, and without the right to it (6.3.8, bit 4)', () => {
    const talk = createTalk();
    assert.equal(talk.refuses({ kind: 'connectHold', agent: 101, call: talk.call }), 'unknownCall');
    talk.does({ kind: 'hold', agent: 101 });
    assert.equal(talk.refuses({ kind: 'connectHold', agent: 101, call: talk.call }), 'noCall');
    const without = createTalk({ config: { ...FIRST_CONFIG, roles: [{ id: 2, bits: [3, 5, 6, 9] }] } });
    without.does({ kind: 'innerHelp', agent: 101, to: { device: 'agent', agent: 102 }, mode: 'twoParty' });
    assert.equal(without.refuses({ kind: 'connectHold', agent: 101, call: without.call }), 'noPermission');
  });
});
