import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { aQueue, aSkill, FIRST_CONFIG, type Rig } from '../centre/centre.fixture.ts';
import type { Command } from '../centre/command.ts';
import type { Why } from '../centre/refused.ts';
import { CAUSE } from './call.ts';
import { assertAllEnds, assertTalk, callNamed, createTalk, events, heardBy, leavingOf, stateOf, thirdEnd, whoIsIn, type Talk } from './talk.fixture.ts';
import { featureFor, partnersOf } from './three-party.ts';

const help = (mode: 'twoParty' | 'threeParty' = 'twoParty', more: object = {}): Command =>
  ({ kind: 'innerHelp', agent: 101, to: { device: 'agent', agent: 102 }, mode, ...more });

const helpByQueue = (queue: number, mode: 'twoParty' | 'threeParty' = 'twoParty'): Command =>
  ({ kind: 'innerHelp', agent: 101, to: { device: 'queue', queue }, mode });

function consult(talk: Talk, command: Command = help()): string {
  const id = talk.does(command).result;
  assert.ok(id !== undefined);
  return id;
}

describe('help by the two agents alone (6.1.2.5)', () => {
  test('holds the customer, rings the colleague and brings the two together, out of the customer\'s hearing', () => {
    const talk = createTalk({ data: 'order 7', others: [] });
    talk.signIn(102, { autoAnswer: false });
    talk.news();
    const id = consult(talk);
    assert.deepEqual(talk.news(), [
      'CallHeld', 'AgentMoved', 'CallBegan', 'AgentJoined', 'ThirdSought', 'AgentMoved', 'CallOffered', 'LegBegan', 'LegRang', 'LegAnswered', 'OfferRang', 'AgentMoved',
    ]);
    assert.deepEqual([stateOf(talk, 101), stateOf(talk, 102)], ['dialling', 'ringing']);
    assert.equal(heardBy(talk, talk.customerLeg), 'music');
    talk.does({ kind: 'answer', agent: 102 });
    assert.deepEqual([stateOf(talk, 101), stateOf(talk, 102)], ['talking', 'talking']);
    assertTalk(talk, talk.phone(101), talk.phone(102));
    assert.equal(heardBy(talk, talk.customerLeg), 'music');
    const consultation = callNamed(talk, id);
    assert.deepEqual([consultation.feature, consultation.about, consultation.data, consultation.caller, consultation.called], [51, talk.call, 'order 7', '101', '102']);
    assert.deepEqual(consultation.parts.map((part) => part.kind === 'agent' && part.role), ['main', 'assistant']);
    assert.deepEqual(talk.centre.agents.get(101)?.held, [talk.call]);
    assertAllEnds(talk);
  });

  test('gives the colleague the data that were said for it, and keeps those of the customer\'s call', () => {
    const talk = createTalk({ data: 'order 7' });
    const id = consult(talk, help('twoParty', { data: 'may I refund?' }));
    assert.deepEqual([callNamed(talk, id).data, callNamed(talk, talk.call).data], ['may I refund?', 'order 7']);
  });

  const backWith = (talk: Talk, id: string): void => {
    assert.equal(talk.centre.calls.has(id), false);
    assert.deepEqual(whoIsIn(talk, talk.call), [101, talk.customerLeg]);
    assertTalk(talk, talk.phone(101), talk.customerLeg);
    assert.deepEqual(talk.centre.agents.get(101)?.held, []);
    assert.equal(stateOf(talk, 101), 'talking');
    assert.equal(leavingOf(talk, 101, id)?.[1], 11);
  };
  const handedOver = (talk: Talk, id: string): void => {
    assert.equal(talk.centre.calls.has(id), false);
    assert.deepEqual(whoIsIn(talk, talk.call), [102, talk.customerLeg]);
    assertTalk(talk, talk.phone(102), talk.customerLeg);
    const call = callNamed(talk, talk.call);
    assert.deepEqual(call.parts.flatMap((part) => (part.kind === 'agent' ? [part.role] : [])), ['main']);
    assert.equal(call.data, 'order 7');
  };
  const ENDS: Readonly<Record<string, readonly [(talk: Talk, id: string) => void, (talk: Talk, id: string) => void, Readonly<Record<number, string>>]>> = {
    'the helper releases': [(talk) => { talk.does({ kind: 'release', agent: 102 }); }, backWith, { 102: 'idle' }],
    'the helper hangs the phone up': [(talk) => { talk.hangsUp(talk.phone(102)); }, backWith, { 102: 'idle' }],
    'the helper is signed out': [(talk) => { talk.does({ kind: 'signOut', agent: 102, force: true }); }, backWith, { 102: 'signedOut' }],
    'the asker drops the consultation (6.1.2.15)': [(talk, id) => { talk.does({ kind: 'dropCall', agent: 101, call: id }); }, backWith, { 102: 'idle' }],
    'the asker disconnects the helper (6.1.2.17)': [(talk) => { talk.does({ kind: 'disconnect', agent: 101, number: '102' }); }, backWith, { 102: 'idle' }],
    'the asker releases': [(talk) => { talk.does({ kind: 'release', agent: 101 }); }, handedOver, { 101: 'idle', 102: 'talking' }],
    'the asker hangs the phone up': [(talk) => { talk.hangsUp(talk.phone(101)); }, handedOver, { 101: 'idle', 102: 'talking' }],
    'the asker is signed out': [(talk) => { talk.does({ kind: 'signOut', agent: 101, force: true }); }, handedOver, { 101: 'signedOut', 102: 'talking' }],
  };
  for (const [name, [end, expected, states]] of Object.entries(ENDS)) {
    test(`ends when ${name}`, () => {
      const talk = createTalk({ data: 'order 7' });
      const id = consult(talk);
      end(talk, id);
      expected(talk, id);
      for (const [agent, state] of Object.entries(states)) assert.equal(stateOf(talk, Number(agent)), state);
      assertAllEnds(talk);
    });
  }

  test('hands the customer over with the trace telling so, and the helper being told who had the call', () => {
    const talk = createTalk();
    consult(talk);
    talk.does({ kind: 'release', agent: 101 });
    assert.deepEqual(leavingOf(talk, 101, talk.call), ['transferred', 11]);
    assert.equal(callNamed(talk, talk.call).lastReleasedBy, 101);
    assert.deepEqual(callNamed(talk, talk.call).visits.map(({ device, no, enterReason, leaveReason }) => [device, no, enterReason, leaveReason]), [
      ['queue', '1', 0, 0], ['agent', '101', 0, 11], ['agent', '102', 11, undefined],
    ]);
    assert.equal(featureFor(callNamed(talk, talk.call), 102), 0);
  });

  test('leaves the agents to each other when the customer hangs up', () => {
    const talk = createTalk();
    const id = consult(talk);
    talk.hangsUp(talk.customerLeg);
    assert.equal(talk.centre.calls.has(talk.call), false);
    assertTalk(talk, talk.phone(101), talk.phone(102));
    talk.does({ kind: 'release', agent: 101 });
    assert.equal(talk.centre.calls.has(id), false);
    assert.deepEqual([stateOf(talk, 101), stateOf(talk, 102)], ['idle', 'idle']);
    assertAllEnds(talk);
  });

  test('may be interrupted: the agent goes to and fro between the two', () => {
    const talk = createTalk();
    const id = consult(talk);
    talk.does({ kind: 'hold', agent: 101 });
    assert.equal(heardBy(talk, talk.phone(102)), 'music');
    talk.does({ kind: 'retrieve', agent: 101, call: talk.call });
    assertTalk(talk, talk.phone(101), talk.customerLeg);
    assert.equal(heardBy(talk, talk.phone(102)), 'music');
    talk.does({ kind: 'release', agent: 101 });
    assert.deepEqual(whoIsIn(talk, id), [101, 102], 'only the customer was released');
    talk.does({ kind: 'retrieve', agent: 101 });
    assertTalk(talk, talk.phone(101), talk.phone(102));
    assertAllEnds(talk);
  });
});

describe('help that does not come', () => {
  const MANUAL = { autoAnswer: false } as const;
  /** Both ways of asking; how it comes to nothing; what the cause is. */
  const FAILS: Readonly<Record<string, readonly [(talk: Talk) => void, (talk: Talk) => void, 'failed' | 'cancelled', number]>> = {
    'nobody is signed in': [(talk) => { talk.does({ kind: 'signOut', agent: 102 }); }, () => undefined, 'failed', CAUSE.noAgent],
    'the colleague is busy': [(talk) => { talk.does({ kind: 'askState', agent: 102, request: 'sayBusy', reason: 0 }); }, () => undefined, 'failed', CAUSE.busy],
    'the colleague does not answer': [() => undefined, (talk) => { talk.wait(30_000); }, 'failed', CAUSE.agentUnanswered],
    'the colleague rejects': [() => undefined, (talk) => { talk.does({ kind: 'reject', agent: 102, mode: 1 }); }, 'failed', CAUSE.agentRejected],
    'the colleague rejects and stays idle': [() => undefined, (talk) => { talk.does({ kind: 'reject', agent: 102, mode: 2 }); }, 'failed', CAUSE.agentRejected],
    'the colleague\'s phone goes down': [() => undefined, (talk) => { talk.hangsUp(talk.phone(102)); }, 'failed', CAUSE.agentRejected],
    'the colleague is signed out': [() => undefined, (talk) => { talk.does({ kind: 'signOut', agent: 102, force: true }); }, 'failed', CAUSE.agentUnanswered],
    'the asker calls it off': [() => undefined, (talk) => { talk.does({ kind: 'disconnect', agent: 101, number: '102' }); }, 'cancelled', CAUSE.released],
  };
  for (const [name, [before, then, outcome, cause]] of Object.entries(FAILS)) {
    for (const [mode, purpose] of [['twoParty', 'consult'], ['threeParty', 'help']] as const) {
      test(`${purpose}: ${name}; the agent talks with the customer again`, () => {
        const talk = createTalk({ others: [] });
        talk.signIn(102, MANUAL);
        before(talk);
        const id = consult(talk, help(mode));
        if (mode === 'threeParty') assert.equal(id, talk.call);
        then(talk);
        assert.deepEqual(thirdEnd(talk), [purpose, outcome, cause]);
        assert.equal(events(talk, 'ThirdEnded').length, 1);
        assert.equal(events(talk, 'ThirdEnded')[0]?.call, id);
        assert.deepEqual(whoIsIn(talk, talk.call), [101, talk.customerLeg]);
        assertTalk(talk, talk.phone(101), talk.customerLeg);
        assert.equal(stateOf(talk, 101), 'talking');
        assert.deepEqual([...talk.centre.calls.keys()], [talk.call]);
        assert.equal(callNamed(talk, talk.call).third, undefined);
        assertAllEnds(talk);
      });
    }
  }

  test('the customer is not held where it is known at once that nobody can come', () => {
    const talk = createTalk({ others: [] });
    talk.does(help());
    assert.deepEqual(talk.news(), ['CallBegan', 'ThirdSought', 'ThirdEnded', 'CallEnded']);
  });

  test('a consultation that is released before the colleague answers leads back to the customer', () => {
    const talk = createTalk({ others: [] });
    talk.signIn(102, MANUAL);
    consult(talk);
    talk.does({ kind: 'release', agent: 101 });
    assert.deepEqual(thirdEnd(talk), ['consult', 'cancelled', CAUSE.released]);
    assertTalk(talk, talk.phone(101), talk.customerLeg);
    assert.equal(stateOf(talk, 102), 'idle');
    assertAllEnds(talk);
  });

  test('the asker who hangs up among three before the helper came has released the customer', () => {
    const talk = createTalk({ others: [] });
    talk.signIn(102, MANUAL);
    talk.does(help('threeParty'));
    talk.does({ kind: 'release', agent: 101 });
    assert.deepEqual(thirdEnd(talk), ['help', 'cancelled', CAUSE.released]);
    assert.equal(talk.centre.calls.size, 0);
    assert.deepEqual([stateOf(talk, 101), stateOf(talk, 102)], ['idle', 'idle']);
    assertAllEnds(talk);
  });

  for (const mode of ['twoParty', 'threeParty'] as const) {
    test(`nobody is rung any more when the customer hangs up (${mode})`, () => {
      const talk = createTalk({ others: [] });
      talk.signIn(102, MANUAL);
      talk.does(help(mode));
      talk.hangsUp(talk.customerLeg, 531);
      assert.equal(thirdEnd(talk)?.[1], 'failed');
      assert.equal(talk.centre.calls.size, 0);
      assert.deepEqual([stateOf(talk, 101), stateOf(talk, 102)], ['idle', 'idle']);
      assertAllEnds(talk);
    });
    test(`nobody is rung any more when the asker is signed out (${mode})`, () => {
      const talk = createTalk({ others: [] });
      talk.signIn(102, MANUAL);
      talk.does(help(mode));
      talk.does({ kind: 'signOut', agent: 101, force: true });
      assert.equal(talk.centre.calls.size, 0);
      assert.equal(stateOf(talk, 102), 'idle');
      assertAllEnds(talk);
    });
  }
});

describe('help from a skill queue', () => {
  /** 101 and nobody else serves queue 1; 102 serves queue 3, whose callers go on to queue 4 after 20 s, and from there nowhere. */
  const QUEUES = {
    ...FIRST_CONFIG,
    queues: [
      aQueue(1),
      aQueue(3, { maxWaitMs: 20_000, treatment: { noAgents: { kind: 'release' }, busy: { kind: 'release' }, timeOut: { kind: 'queue', queueId: 4 } } }),
      aQueue(4, { maxWaitMs: 10_000, treatment: { noAgents: { kind: 'release' }, busy: { kind: 'release' }, timeOut: { kind: 'flow', flowId: 9 } } }),
      aQueue(5, { media: 53 }),
    ],
    agents: [
      { id: 101, roleId: 2, type: 4, skills: [aSkill(1)] }, { id: 102, roleId: 2, type: 4, skills: [aSkill(3)] }, { id: 103, roleId: 2, type: 4, skills: [aSkill(4)] },
    ],
  };
  for (const mode of ['twoParty', 'threeParty'] as const) {
    test(`waits there and is offered as help, not as a call (${mode})`, () => {
      const talk = createTalk({ config: QUEUES, others: [] });
      talk.signIn(102, {}, 'busy');
      const id = consult(talk, helpByQueue(3, mode));
      assert.deepEqual(callNamed(talk, id).waitingIn, [3]);
      assert.equal(heardBy(talk, talk.customerLeg), 'music');
      talk.does({ kind: 'askState', agent: 102, request: 'sayFree' });
      const [offered] = events(talk, 'CallOffered').slice(-1);
      assert.deepEqual([offered?.agent, offered?.how, offered?.queue], [102, mode === 'twoParty' ? 'consult' : 'threeParty', 3]);
      assert.ok(whoIsIn(talk, id).includes(102));
      assert.equal(callNamed(talk, talk.call).queue, 1, 'the customer\'s call stays one of queue 1');
      assert.equal(talk.centre.agents.get(102)?.lastQueue, 3, 'the wrap-up of the helper is that of queue 3');
      assertAllEnds(talk);
    });

    test(`goes on to another queue, and fails where a customer would be sent away (${mode})`, () => {
      const talk = createTalk({ config: QUEUES, others: [] });
      talk.signIn(102, {}, 'busy');
      talk.signIn(103, {}, 'busy');
      const id = consult(talk, helpByQueue(3, mode));
      talk.wait(20_000);
      assert.deepEqual(callNamed(talk, id).waitingIn, [4]);
      talk.wait(10_000);
      assert.deepEqual(thirdEnd(talk), [mode === 'twoParty' ? 'consult' : 'help', 'failed', CAUSE.timeout]);
      assertTalk(talk, talk.phone(101), talk.customerLeg);
      assert.equal(callNamed(talk, talk.call).queue, 1);
      assertAllEnds(talk);
    });

    test(`goes back to the head of the queue when the colleague does not answer (${mode})`, () => {
      const talk = createTalk({ config: QUEUES, others: [] });
      talk.signIn(102, { autoAnswer: false });
      const id = consult(talk, helpByQueue(3, mode));
      talk.wait(30_000);
      assert.equal(stateOf(talk, 102), 'busy');
      assert.deepEqual(callNamed(talk, id).waitingIn, [3]);
      talk.does({ kind: 'askState', agent: 102, request: 'sayFree' });
      talk.does({ kind: 'answer', agent: 102 });
      assert.equal(thirdEnd(talk)?.[1], 'done');
      assertAllEnds(talk);
    });

    test(`fails at once where nobody is on duty (${mode})`, () => {
      const talk = createTalk({ config: QUEUES, others: [] });
      talk.does(helpByQueue(3, mode));
      assert.deepEqual(thirdEnd(talk), [mode === 'twoParty' ? 'consult' : 'help', 'failed', CAUSE.noAgent]);
      assertTalk(talk, talk.phone(101), talk.customerLeg);
      assertAllEnds(talk);
    });
  }

  test('a helper who is no longer needed is not given the help when becoming free for it', () => {
    const talk = createTalk({ config: QUEUES, others: [] });
    talk.signIn(102, {}, 'busy');
    consult(talk, helpByQueue(3));
    talk.does({ kind: 'release', agent: 101 });
    talk.does({ kind: 'askState', agent: 102, request: 'sayFree' });
    assert.equal(stateOf(talk, 102), 'idle');
    assertTalk(talk, talk.phone(101), talk.customerLeg);
  });

  test('is not sought where only sessions are served', () => {
    const talk = createTalk({ config: QUEUES, others: [] });
    assert.equal(talk.refuses(helpByQueue(5)), 'unknownQueue');
  });
});

describe('help among three (6.1.2.5, mode 2)', () => {
  test('brings the colleague into the customer\'s own call', () => {
    const talk = createTalk({ data: 'order 7' });
    const id = consult(talk, help('threeParty', { data: 'order 8' }));
    assert.equal(id, talk.call);
    assert.deepEqual(talk.news(), [
      'CallDataSet', 'ThirdSought', 'AgentMoved', 'CallOffered', 'LegBegan', 'LegRang', 'LegAnswered', 'OfferRang', 'AgentMoved', 'AgentJoined', 'ThirdEnded', 'ThreePartyBegan',
    ]);
    const call = callNamed(talk, id);
    assertTalk(talk, talk.phone(101), talk.phone(102), talk.customerLeg);
    assert.equal(call.data, 'order 8');
    assert.deepEqual([featureFor(call, 101), featureFor(call, 102)], [0, 52]);
    assert.deepEqual([partnersOf(call, 101), partnersOf(call, 102)], [['102', '13800000001'], ['101', '13800000001']]);
    assert.deepEqual(call.visits.at(-1), { ...call.visits.at(-1), device: 'agent', no: '102', enterReason: 8 });
    assertAllEnds(talk);
  });

  for (const [hold, customer] of [[true, 'music'], [false, 'agent']] as const) {
    test(`with holdflag ${hold} the customer hears the ${customer} until the colleague is there`, () => {
      const talk = createTalk({ others: [] });
      talk.signIn(102, { autoAnswer: false });
      talk.does(help('threeParty', { hold }));
      assert.equal(heardBy(talk, talk.customerLeg), hold ? 'music' : talk.phone(101));
      assert.equal(heardBy(talk, talk.phone(101)), hold ? 'nothing' : talk.customerLeg);
      talk.does({ kind: 'answer', agent: 102 });
      assertTalk(talk, talk.phone(101), talk.phone(102), talk.customerLeg);
      assertAllEnds(talk);
    });
  }

  const LEAVES: Readonly<Record<string, readonly [(talk: Talk) => void, (talk: Talk) => readonly (number | string)[]]>> = {
    'the asker releases': [(talk) => { talk.does({ kind: 'release', agent: 101 }); }, (talk) => [102, talk.customerLeg]],
    'the asker hangs the phone up': [(talk) => { talk.hangsUp(talk.phone(101)); }, (talk) => [102, talk.customerLeg]],
    'the asker is signed out': [(talk) => { talk.does({ kind: 'signOut', agent: 101, force: true }); }, (talk) => [102, talk.customerLeg]],
    'the helper releases': [(talk) => { talk.does({ kind: 'release', agent: 102 }); }, (talk) => [101, talk.customerLeg]],
    'the helper is signed out': [(talk) => { talk.does({ kind: 'signOut', agent: 102, force: true }); }, (talk) => [101, talk.customerLeg]],
    'the asker disconnects the helper': [(talk) => { talk.does({ kind: 'disconnect', agent: 101, number: '102' }); }, (talk) => [101, talk.customerLeg]],
    'the customer hangs up': [(talk) => { talk.hangsUp(talk.customerLeg, 531); }, () => [101, 102]],
    'the asker disconnects the customer': [(talk) => { talk.does({ kind: 'disconnect', agent: 101, number: '13800000001' }); }, () => [101, 102]],
  };
  for (const [name, [leave, left]] of Object.entries(LEAVES)) {
    test(`the last two go on when ${name}`, () => {
      const talk = createTalk();
      talk.does(help('threeParty'));
      const rest = left(talk);
      const legs = rest.map((one) => (typeof one === 'number' ? talk.phone(one) : one));
      leave(talk);
      assert.deepEqual(whoIsIn(talk, talk.call), rest);
      assertTalk(talk, ...legs);
      assert.ok(callNamed(talk, talk.call).parts.some((part) => part.kind === 'agent' && part.role === 'main'), 'somebody has the call');
      assertAllEnds(talk);
    });
  }

  test('the helper releases nobody but itself, until the call is the helper\'s', () => {
    const talk = createTalk();
    talk.does(help('threeParty'));
    assert.equal(talk.refuses({ kind: 'disconnect', agent: 102, number: '13800000001' }), 'nothing');
    assert.equal(talk.refuses({ kind: 'disconnect', agent: 102, number: '101' }), 'nothing');
    talk.does({ kind: 'release', agent: 101 });
    assert.equal(events(talk, 'AgentPromoted').at(-1)?.agent, 102);
    talk.does({ kind: 'disconnect', agent: 102, number: '13800000001' });
    assert.equal(talk.centre.calls.size, 0);
  });

  test('who holds the call leaves the two others to each other', () => {
    const talk = createTalk();
    talk.does(help('threeParty'));
    talk.does({ kind: 'hold', agent: 101 });
    assertTalk(talk, talk.phone(102), talk.customerLeg);
    talk.does({ kind: 'retrieve', agent: 101 });
    assertTalk(talk, talk.phone(101), talk.phone(102), talk.customerLeg);
  });
});

describe('help is refused', () => {
  const bits = (without: number) => ({ ...FIRST_CONFIG, roles: [{ id: 2, bits: Array.from({ length: 35 }, (_, index) => index + 1).filter((bit) => bit !== without) }] });
  const CASES: Readonly<Record<string, readonly [(rig: Talk) => void, Command, Why]>> = {
    'without a call': [(talk) => { talk.does({ kind: 'release', agent: 101 }); }, help(), 'noCall'],
    'while the call is held': [(talk) => { talk.does({ kind: 'hold', agent: 101 }); }, help(), 'noCall'],
    'from oneself': [() => undefined, help('twoParty', { to: { device: 'agent', agent: 101 } }), 'self'],
    'from an agent there is none of': [() => undefined, help('twoParty', { to: { device: 'agent', agent: 999 } }), 'unknownAgent'],
    'from a queue there is none of': [() => undefined, helpByQueue(999), 'unknownQueue'],
    'with data that are too large': [() => undefined, help('twoParty', { data: 'x'.repeat(16_385) }), 'tooLarge'],
    'while a helper is there': [(talk) => { talk.does(help('threeParty')); }, help('twoParty', { to: { device: 'agent', agent: 103 } }), 'wrongState'],
    'in the consultation itself': [(talk) => { talk.does(help()); }, help('twoParty', { to: { device: 'agent', agent: 103 } }), 'noCall'],
  };
  for (const [name, [before, command, why]] of Object.entries(CASES)) {
    test(name, () => {
      const talk = createTalk();
      before(talk);
      assert.equal(talk.refuses(command), why);
    });
  }

  test('among three without the right to it (6.3.8, bit 9), but not between the two', () => {
    const talk = createTalk({ config: bits(9) });
    assert.equal(talk.refuses(help('threeParty')), 'noPermission');
    talk.does(help());
  });

  test('until the password is changed', () => {
    const talk: Rig = createTalk({ profile: { mustChangePassword: true } });
    assert.equal(talk.refuses(help()), 'mustChangePassword');
  });
});
