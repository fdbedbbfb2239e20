import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { FIRST_CONFIG } from '../centre/centre.fixture.ts';
import type { Command } from '../centre/command.ts';
import type { Why } from '../centre/refused.ts';
import { assertAllEnds, assertTalk, callNamed, createTalk, events, heardBy, leavingOf, stateOf, whoIsIn, type Talk } from './talk.fixture.ts';
import { featureFor, partnersOf } from './three-party.ts';

const CONSULT: Command = { kind: 'innerHelp', agent: 101, to: { device: 'agent', agent: 102 }, mode: 'twoParty' };
const join = (talk: Talk, more: object = {}): Command => ({ kind: 'confJoin', agent: 101, call: talk.call, ...more });

/** The customer is held, and 101 talks with a number outside. */
function withNumber(talk: Talk): string {
  talk.does({ kind: 'hold', agent: 101 });
  const outside = talk.does({ kind: 'dialOut', agent: 101, called: '13911112222', caller: '' }).result ?? '';
  talk.answers(talk.customer(outside));
  return outside;
}

describe('a three-party call of a held and a current one (6.1.2.14)', () => {
  test('of a consultation: the customer\'s call goes on with its id and data, and all hear all', () => {
    const talk = createTalk({ data: 'order 7' });
    const consultation = talk.does(CONSULT).result ?? '';
    talk.news();
    talk.does(join(talk, { data: 'order 8' }));
    assert.deepEqual(talk.news(), ['CallDataSet', 'AgentLeft', 'CallRetrieved', 'AgentLeft', 'AgentJoined', 'CallEnded', 'ThreePartyBegan']);
    const call = callNamed(talk, talk.call);
    assert.deepEqual(whoIsIn(talk, talk.call), [101, 102, talk.customerLeg]);
    assert.equal(call.data, 'order 8');
    assertTalk(talk, talk.phone(101), talk.phone(102), talk.customerLeg);
    assert.deepEqual([leavingOf(talk, 101, consultation), leavingOf(talk, 102, consultation)], [['merged', 10], ['merged', 10]]);
    assert.deepEqual([partnersOf(call, 101), partnersOf(call, 102)], [['102', '13800000001'], ['101', '13800000001']]);
    assert.deepEqual([featureFor(call, 101), featureFor(call, 102)], [0, 52]);
    assert.deepEqual(talk.centre.agents.get(101)?.held, []);
    assert.deepEqual([stateOf(talk, 101), stateOf(talk, 102)], ['talking', 'talking']);
    assertAllEnds(talk);
  });

  test('of a consultation that is held meanwhile: it is the customer\'s call that goes on all the same', () => {
    const talk = createTalk();
    const consultation = talk.does(CONSULT).result ?? '';
    talk.does({ kind: 'hold', agent: 101 });
    talk.does({ kind: 'retrieve', agent: 101, call: talk.call });
    talk.does({ kind: 'confJoin', agent: 101, call: consultation });
    assert.deepEqual([...talk.centre.calls.keys()], [talk.call]);
    assertTalk(talk, talk.phone(101), talk.phone(102), talk.customerLeg);
    assert.deepEqual(talk.centre.agents.get(101)?.held, []);
    assertAllEnds(talk);
  });

  test('of a second call: the number comes into the customer\'s', () => {
    const talk = createTalk();
    const outside = withNumber(talk);
    const leg = talk.customer(outside);
    assert.equal(heardBy(talk, talk.customerLeg), 'music');
    talk.does(join(talk));
    assert.equal(talk.centre.calls.has(outside), false);
    assert.equal(talk.centre.legs.get(leg)?.call, talk.call);
    assertTalk(talk, talk.phone(101), talk.customerLeg, leg);
    assert.deepEqual(partnersOf(callNamed(talk, talk.call), 101), ['13800000001', '13911112222']);
    assertAllEnds(talk);
  });

  test('keeps a colleague who was muted muted, and one who holds on hold', () => {
    const talk = createTalk();
    talk.does(CONSULT);
    talk.does({ kind: 'mute', agent: 102, on: true });
    talk.does(join(talk));
    assert.equal(heardBy(talk, talk.customerLeg), talk.phone(101));

    const other = createTalk();
    other.does(CONSULT);
    other.does({ kind: 'hold', agent: 102 });
    other.does(join(other));
    assert.deepEqual(other.centre.agents.get(102)?.held, [other.call]);
    assertTalk(other, other.phone(101), other.customerLeg);
    other.does({ kind: 'retrieve', agent: 102 });
    assertTalk(other, other.phone(101), other.phone(102), other.customerLeg);
    assertAllEnds(other);
  });

  const LEAVES: Readonly<Record<string, readonly [(talk: Talk, outside: string) => void, (talk: Talk, outside: string) => readonly (number | string)[]]>> = {
    'the agent': [(talk) => { talk.does({ kind: 'release', agent: 101 }); }, (talk, outside) => [talk.customerLeg, outside]],
    'the agent, signed out': [(talk) => { talk.does({ kind: 'signOut', agent: 101, force: true }); }, (talk, outside) => [talk.customerLeg, outside]],
    'the customer': [(talk) => { talk.hangsUp(talk.customerLeg, 531); }, (_, outside) => [101, outside]],
    'the number': [(talk, outside) => { talk.hangsUp(outside, 531); }, (talk) => [101, talk.customerLeg]],
    'the number, by the agent': [(talk) => { talk.does({ kind: 'disconnect', agent: 101, number: '13911112222' }); }, (talk) => [101, talk.customerLeg]],
  };
  for (const [name, [leave, left]] of Object.entries(LEAVES)) {
    test(`the last two go on when the first to leave is ${name}`, () => {
      const talk = createTalk();
      const outside = talk.customer(withNumber(talk));
      talk.does(join(talk));
      const rest = left(talk, outside);
      const legs = rest.map((one) => (typeof one === 'number' ? talk.phone(one) : one));
      leave(talk, outside);
      assert.deepEqual(whoIsIn(talk, talk.call), rest);
      assertTalk(talk, ...legs);
      assertAllEnds(talk);
    });
  }

  const REFUSED: Readonly<Record<string, readonly [(talk: Talk) => void, (talk: Talk) => Command, Why]>> = {
    'without a current call': [(talk) => { talk.does({ kind: 'hold', agent: 101 }); }, join, 'noCall'],
    'with a call that is not held': [() => undefined, join, 'unknownCall'],
    'while the colleague is rung': [(talk) => {
      talk.does({ kind: 'signOut', agent: 102 });
      talk.signIn(102, { autoAnswer: false });
      talk.does(CONSULT);
    }, join, 'wrongState'],
    'while the number is rung': [(talk) => {
      talk.does({ kind: 'hold', agent: 101 });
      talk.does({ kind: 'dialOut', agent: 101, called: '139', caller: '' });
    }, join, 'wrongState'],
    'with data that are too large': [(talk) => { talk.does(CONSULT); }, (talk) => join(talk, { data: 'x'.repeat(16_385) }), 'tooLarge'],
    'with a fourth': [(talk) => {
      withNumber(talk);
      talk.does(join(talk));
      talk.does({ kind: 'hold', agent: 101 });
      talk.does({ kind: 'callInner', agent: 101, called: '102', caller: '' });
    }, join, 'limit'],
  };
  for (const [name, [before, command, why]] of Object.entries(REFUSED)) {
    test(`is refused ${name}`, () => {
      const talk = createTalk();
      before(talk);
      assert.equal(talk.refuses(command(talk)), why);
    });
  }

  test('is refused without the right to it (6.3.8, bit 9)', () => {
    const talk = createTalk({ config: { ...FIRST_CONFIG, roles: [{ id: 2, bits: [3, 5, 6] }] } });
    talk.does(CONSULT);
    assert.equal(talk.refuses(join(talk)), 'noPermission');
  });
});

describe('keys passed on to the third party (6.1.2.25)', () => {
  const press = (talk: Talk, leg: string, digits: string): void => { talk.does({ kind: 'digits', leg, digits }); };
  const pressed = (talk: Talk): readonly unknown[] => talk.orders.filter(({ kind }) => kind === 'digits');

  test('reach its IVR from the moment on that the agent asks for it, and are kept nowhere', () => {
    const talk = createTalk();
    const ivr = talk.customer(withNumber(talk));
    talk.does(join(talk));
    press(talk, talk.customerLeg, '1');
    assert.deepEqual(pressed(talk), []);
    talk.does({ kind: 'passKeys', agent: 101 });
    talk.news();
    press(talk, talk.customerLeg, '4711#');
    assert.deepEqual(pressed(talk), [{ kind: 'digits', leg: ivr, digits: '4711#' }]);
    assert.deepEqual(talk.news(), []);
    press(talk, ivr, '2');
    assert.equal(pressed(talk).length, 1, 'what the machine presses is not sent back to it');
    talk.does({ kind: 'passKeys', agent: 101 });
    assert.equal(events(talk, 'KeysPassedOn').length, 1);
    talk.hangsUp(ivr);
    press(talk, talk.customerLeg, '3');
    assert.equal(pressed(talk).length, 1);
  });

  test('reach the number of a three-party transfer too', () => {
    const talk = createTalk();
    talk.does({ kind: 'transfer', agent: 101, to: { device: 'number', number: '13911112222' }, mode: 'threeParty' });
    assert.equal(talk.refuses({ kind: 'passKeys', agent: 101 }), 'wrongState', 'it has not answered yet');
    const ivr = callNamed(talk, talk.call).third?.leg ?? '';
    talk.answers(ivr);
    talk.does({ kind: 'passKeys', agent: 101 });
    press(talk, talk.customerLeg, '5');
    assert.deepEqual(pressed(talk), [{ kind: 'digits', leg: ivr, digits: '5' }]);
  });

  test('need the three of them', () => {
    const talk = createTalk();
    assert.equal(talk.refuses({ kind: 'passKeys', agent: 101 }), 'wrongState');
    assert.equal(talk.refuses({ kind: 'passKeys', agent: 102 }), 'noCall');
    talk.does({ kind: 'innerHelp', agent: 101, to: { device: 'agent', agent: 102 }, mode: 'threeParty' });
    assert.equal(talk.refuses({ kind: 'passKeys', agent: 101 }), 'wrongState', 'an agent has no machine');
    press(talk, 'no such leg', '1');
    press(talk, talk.phone(101), '1');
    assert.deepEqual(pressed(talk), []);
  });
});
