import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Command } from '../centre/command.ts';
import { CAUSE } from './call.ts';
import { assertAllEnds, assertTalk, callNamed, createTalk, events, heardBy, leavingOf, stateOf, thirdEnd, whoIsIn, type Talk } from './talk.fixture.ts';
import { partnersOf } from './three-party.ts';
import { QUEUES, targetLeg, toAgent, toFlow, toNumber, toQueue, trace, transfer } from './transfer.fixture.ts';
import type { TransferTo } from './transfer.ts';

describe('a transfer that its agent watches over (release-after-transfer)', () => {
  const done = (talk: Talk): void => {
    assert.deepEqual(thirdEnd(talk), ['afterSuccess', 'done', CAUSE.released]);
    assert.deepEqual(leavingOf(talk, 101), ['transferred', 17]);
    assert.equal(stateOf(talk, 101), 'idle');
    assert.equal(callNamed(talk, talk.call).lastReleasedBy, 101);
  };

  test('to an agent: the source talks on until the target has answered', () => {
    const talk = createTalk({ config: QUEUES, data: 'order 7', others: [] });
    talk.signIn(102, { autoAnswer: false });
    talk.does(transfer(toAgent, 'afterSuccess'));
    assertTalk(talk, talk.phone(101), talk.customerLeg);
    assert.deepEqual([stateOf(talk, 101), stateOf(talk, 102), callNamed(talk, talk.call).third?.by], ['talking', 'ringing', 101]);
    talk.news();
    talk.does({ kind: 'answer', agent: 102 });
    assert.deepEqual(talk.news(), ['AgentMoved', 'AgentJoined', 'ThirdEnded', 'AgentLeft', 'AgentMoved']);
    done(talk);
    assertTalk(talk, talk.phone(102), talk.customerLeg);
    assert.equal(callNamed(talk, talk.call).data, 'order 7');
    assertAllEnds(talk);
  });

  test('to a queue: the source talks on while the call waits', () => {
    const talk = createTalk({ config: QUEUES, others: [] });
    talk.signIn(102, {}, 'busy');
    talk.does(transfer(toQueue, 'afterSuccess'));
    assert.deepEqual(callNamed(talk, talk.call).waitingIn, [2]);
    assertTalk(talk, talk.phone(101), talk.customerLeg);
    talk.does({ kind: 'askState', agent: 102, request: 'sayFree' });
    assert.equal(events(talk, 'CallOffered').at(-1)?.how, 'transfer');
    done(talk);
    assertTalk(talk, talk.phone(102), talk.customerLeg);
    assert.equal(callNamed(talk, talk.call).queue, 2);
    assertAllEnds(talk);
  });

  test('to a number: with the number that is to be shown', () => {
    const talk = createTalk({ config: QUEUES });
    talk.does(transfer(toNumber, 'afterSuccess'));
    const leg = targetLeg(talk);
    assert.deepEqual(talk.orders.findLast(({ kind }) => kind === 'dial'), { kind: 'dial', vdnId: 1, leg, to: { kind: 'number', number: '13911112222' }, from: '40040', ringMs: 30_000, near: 'in-1' });
    assertTalk(talk, talk.phone(101), talk.customerLeg);
    talk.answers(leg);
    done(talk);
    assertTalk(talk, talk.customerLeg, leg);
    assertAllEnds(talk);
  });

  test('by an access code that leads to a flow, which answers at once', () => {
    const talk = createTalk({ config: QUEUES });
    talk.does(transfer({ device: 'accessCode', to: { kind: 'flow', flow: '7' } }, 'afterSuccess'));
    done(talk);
    assert.equal(heardBy(talk, talk.customerLeg), 'flow');
    assertAllEnds(talk);
  });

  type Fault = readonly [before: (talk: Talk) => void, to: TransferTo, then: (talk: Talk) => void, outcome: string, cause: number];
  const FAULTS: Readonly<Record<string, Fault>> = {
    'the agent is busy': [(talk) => { talk.does({ kind: 'askState', agent: 102, request: 'sayBusy', reason: 0 }); }, toAgent, () => undefined, 'failed', CAUSE.busy],
    'the agent does not answer': [() => undefined, toAgent, (talk) => { talk.wait(30_000); }, 'failed', CAUSE.agentUnanswered],
    'the agent rejects': [() => undefined, toAgent, (talk) => { talk.does({ kind: 'reject', agent: 102, mode: 1 }); }, 'failed', CAUSE.agentRejected],
    'the agent rejects and stays idle': [() => undefined, toAgent, (talk) => { talk.does({ kind: 'reject', agent: 102, mode: 2 }); }, 'failed', CAUSE.agentRejected],
    'the agent is signed out': [() => undefined, toAgent, (talk) => { talk.does({ kind: 'signOut', agent: 102, force: true }); }, 'failed', CAUSE.agentUnanswered],
    'the source calls it off': [() => undefined, toAgent, (talk) => { talk.does({ kind: 'disconnect', agent: 101, number: '102' }); }, 'cancelled', CAUSE.released],
    'nobody serves the queue': [(talk) => { talk.does({ kind: 'signOut', agent: 102 }); }, toQueue, () => undefined, 'failed', CAUSE.noAgent],
    'the queue takes too long': [(talk) => { talk.does({ kind: 'askState', agent: 102, request: 'sayBusy', reason: 0 }); }, toQueue, (talk) => { talk.wait(40_000); }, 'failed', CAUSE.timeout],
    'the number is busy': [() => undefined, toNumber, (talk) => { talk.hangsUp(targetLeg(talk), CAUSE.busy); }, 'failed', CAUSE.busy],
    'the number does not answer': [() => undefined, toNumber, (talk) => { talk.wait(30_000); }, 'failed', CAUSE.unanswered],
    'the source disconnects the number': [() => undefined, toNumber, (talk) => { talk.does({ kind: 'disconnect', agent: 101, number: '13911112222' }); }, 'cancelled', CAUSE.released],
  };
  for (const [name, [before, to, then, outcome, cause]] of Object.entries(FAULTS)) {
    test(`${name}: the source talks on as before`, () => {
      const talk = createTalk({ config: QUEUES, others: [] });
      talk.signIn(102, { autoAnswer: false });
      before(talk);
      talk.does(transfer(to, 'afterSuccess'));
      then(talk);
      assert.deepEqual(thirdEnd(talk), ['afterSuccess', outcome, cause]);
      assert.equal(events(talk, 'ThirdEnded').length, 1);
      assert.deepEqual(whoIsIn(talk, talk.call), [101, talk.customerLeg]);
      assertTalk(talk, talk.phone(101), talk.customerLeg);
      assert.equal(callNamed(talk, talk.call).queue, 1, 'the call is one of its own queue again');
      talk.does(transfer({ device: 'flow', flow: '7' }, 'blind'));
      assertAllEnds(talk);
    });
  }

  test('goes on without the source when the source hangs up meanwhile', () => {
    for (const to of [toAgent, toQueue, toNumber]) {
      const talk = createTalk({ config: QUEUES, others: [] });
      talk.signIn(102, { autoAnswer: false });
      talk.does(transfer(to, 'afterSuccess'));
      const leg = targetLeg(talk);
      talk.does({ kind: 'release', agent: 101 });
      assert.deepEqual(thirdEnd(talk), ['afterSuccess', 'left', CAUSE.released]);
      assert.deepEqual(leavingOf(talk, 101), ['transferred', 17]);
      assert.equal(heardBy(talk, talk.customerLeg), 'music');
      if (to === toNumber) talk.answers(leg);
      else talk.does({ kind: 'answer', agent: 102 });
      assertTalk(talk, to === toNumber ? leg : talk.phone(102), talk.customerLeg);
      assertAllEnds(talk);
    }
  });

  test('nobody is rung any more when the customer hangs up', () => {
    for (const to of [toAgent, toQueue, toNumber]) {
      const talk = createTalk({ config: QUEUES, others: [] });
      talk.signIn(102, { autoAnswer: false });
      talk.does(transfer(to, 'afterSuccess'));
      talk.hangsUp(talk.customerLeg, 531);
      assert.equal(thirdEnd(talk)?.[1], 'failed');
      assert.equal(talk.centre.calls.size, 0);
      assert.deepEqual([stateOf(talk, 101), stateOf(talk, 102)], ['idle', 'idle']);
      assertAllEnds(talk);
    }
  });

  test('takes the source out even where the source holds the call', () => {
    const talk = createTalk({ config: QUEUES, others: [] });
    talk.signIn(102, { autoAnswer: false });
    talk.does(transfer(toAgent, 'afterSuccess'));
    talk.does({ kind: 'hold', agent: 101 });
    talk.does({ kind: 'answer', agent: 102 });
    done(talk);
    assert.deepEqual(talk.centre.agents.get(101)?.held, []);
    assertTalk(talk, talk.phone(102), talk.customerLeg);
    assertAllEnds(talk);
  });
});

describe('a transfer to a number that the agent talks to first, or all three together', () => {
  const MODE = ['talk', 'threeParty'] as const;

  test('talk: the customer hears music until the agent has gone', () => {
    const talk = createTalk({ config: QUEUES });
    talk.does(transfer(toNumber, 'talk'));
    const leg = targetLeg(talk);
    assert.equal(heardBy(talk, talk.customerLeg), 'music');
    talk.answers(leg);
    assertTalk(talk, talk.phone(101), leg);
    assert.equal(heardBy(talk, talk.customerLeg), 'music');
    assert.equal(events(talk, 'ThreePartyBegan').length, 0);
    assert.deepEqual([stateOf(talk, 101), talk.centre.agents.get(101)?.held], ['talking', []]);
    talk.does({ kind: 'release', agent: 101 });
    assertTalk(talk, talk.customerLeg, leg);
    assert.deepEqual(thirdEnd(talk), ['talk', 'done', CAUSE.released]);
    assert.deepEqual(leavingOf(talk, 101), ['transferred', 17]);
    assertAllEnds(talk);
  });

  for (const [hold, customer] of [[true, 'music'], [false, 'the agent']] as const) {
    test(`three-party with holdflag ${hold}: the customer hears ${customer} until the number is there`, () => {
      const talk = createTalk({ config: QUEUES });
      talk.does(transfer(toNumber, 'threeParty', { hold }));
      const leg = targetLeg(talk);
      assert.equal(heardBy(talk, talk.customerLeg), hold ? 'music' : talk.phone(101));
      talk.answers(leg);
      assertTalk(talk, talk.phone(101), talk.customerLeg, leg);
      assert.equal(events(talk, 'ThreePartyBegan').at(-1)?.agent, 101);
      assert.deepEqual(partnersOf(callNamed(talk, talk.call), 101), ['13800000001', '13911112222']);
      talk.does({ kind: 'release', agent: 101 });
      assertTalk(talk, talk.customerLeg, leg);
      assert.deepEqual(leavingOf(talk, 101), ['transferred', 17]);
      assertAllEnds(talk);
    });
  }

  for (const mode of MODE) {
    for (const answered of [false, true]) {
      const when = answered ? 'after' : 'before';
      const begin = (): Talk & { readonly leg: string } => {
        const talk = createTalk({ config: QUEUES });
        talk.does(transfer(toNumber, mode));
        const leg = targetLeg(talk);
        if (answered) talk.answers(leg);
        return { ...talk, leg };
      };

      test(`${mode} is taken back ${when} the number answers (6.1.2.12)`, () => {
        const talk = begin();
        talk.news();
        talk.does({ kind: 'cancelTransfer', agent: 101 });
        assert.deepEqual(talk.news(), ['ThirdEnded', 'CustomerLeft', 'LegDropped', 'LegEnded']);
        assert.deepEqual(thirdEnd(talk), [mode, 'cancelled', CAUSE.released]);
        assert.deepEqual(whoIsIn(talk, talk.call), [101, talk.customerLeg]);
        assertTalk(talk, talk.phone(101), talk.customerLeg);
        assert.equal(talk.refuses({ kind: 'cancelTransfer', agent: 101 }), 'nothing');
        assertAllEnds(talk);
      });

      test(`${mode}: the number hangs up ${when} answering`, () => {
        const talk = begin();
        talk.hangsUp(talk.leg, answered ? 531 : CAUSE.rejected);
        assert.deepEqual(thirdEnd(talk), [mode, answered ? 'over' : 'failed', answered ? CAUSE.normal : CAUSE.rejected]);
        assertTalk(talk, talk.phone(101), talk.customerLeg);
        assertAllEnds(talk);
      });

      test(`${mode}: the customer hangs up ${when} the number answers`, () => {
        const talk = begin();
        talk.hangsUp(talk.customerLeg, 531);
        assert.deepEqual(thirdEnd(talk), [mode, answered ? 'over' : 'failed', CAUSE.normal]);
        if (answered) assertTalk(talk, talk.phone(101), talk.leg);
        else assert.equal(talk.centre.calls.size, 0);
        assertAllEnds(talk);
      });

      for (const [name, leave] of [
        ['hangs up', (talk: Talk) => { talk.hangsUp(talk.phone(101)); }], ['is signed out', (talk: Talk) => { talk.does({ kind: 'signOut', agent: 101, force: true }); }],
      ] as const) {
        test(`${mode}: the source ${name} ${when} the number answers`, () => {
          const talk = begin();
          leave(talk);
          assert.deepEqual(thirdEnd(talk), [mode, answered ? 'done' : 'left', CAUSE.released]);
          if (!answered) {
            assert.equal(heardBy(talk, talk.customerLeg), 'music');
            talk.answers(talk.leg);
          }
          assertTalk(talk, talk.customerLeg, talk.leg);
          assertAllEnds(talk);
        });
      }
    }
  }

  test('is not taken back in the other modes, nor by others, nor where there is none', () => {
    const talk = createTalk({ config: QUEUES });
    assert.equal(talk.refuses({ kind: 'cancelTransfer', agent: 101 }), 'nothing');
    assert.equal(talk.refuses({ kind: 'cancelTransfer', agent: 102 }), 'noCall');
    talk.does(transfer(toNumber, 'afterSuccess'));
    assert.equal(talk.refuses({ kind: 'cancelTransfer', agent: 101 }), 'nothing');
  });
});

describe('a hang-up transfer (6.1.2.11, IVR with mode 1)', () => {
  const suspended = (): Talk => {
    const talk = createTalk({ config: QUEUES });
    talk.does(transfer(toFlow, 'suspend'));
    return talk;
  };
  const over = (talk: Talk, outcome: Extract<Command, { kind: 'flowEnded' }>['outcome']): void => { talk.does({ kind: 'flowEnded', leg: talk.customerLeg, outcome }); };

  test('the agent waits, and has the customer back when the flow is through', () => {
    const talk = suspended();
    assert.deepEqual([heardBy(talk, talk.customerLeg), heardBy(talk, talk.phone(101)), stateOf(talk, 101)], ['flow', 'nothing', 'talking']);
    over(talk, { kind: 'done' });
    assert.equal(events(talk, 'FlowLeft').at(-1)?.returnTo, 101);
    assertTalk(talk, talk.phone(101), talk.customerLeg);
    assert.deepEqual(trace(talk), [['queue', '1', 0, 0], ['agent', '101', 0, 17], ['flow', '7', 17, 0], ['agent', '101', 6, undefined]]);
    assertAllEnds(talk);
  });

  test('the agent is out where the flow sends the customer elsewhere or hangs up', () => {
    const elsewhere = suspended();
    over(elsewhere, { kind: 'queue', queue: 2 });
    assert.equal(stateOf(elsewhere, 101), 'idle');
    assert.equal(whoIsIn(elsewhere, elsewhere.call)[0], 102);
    assertAllEnds(elsewhere);
    const gone = suspended();
    over(gone, { kind: 'hangUp' });
    assert.equal(stateOf(gone, 101), 'idle');
    assert.equal(gone.centre.calls.size, 0);
  });

  test('the customer hangs up in the flow: the agent waits for nobody', () => {
    const talk = suspended();
    talk.hangsUp(talk.customerLeg, 531);
    assert.deepEqual([talk.centre.calls.size, stateOf(talk, 101)], [0, 'idle']);
    assertAllEnds(talk);
  });

  for (const [name, leave] of [['releases', { kind: 'release', agent: 101 }], ['is signed out', { kind: 'signOut', agent: 101, force: true }]] as const) {
    test(`the agent ${name} meanwhile: the flow ends by itself`, () => {
      const talk = suspended();
      talk.does(leave);
      assert.equal(heardBy(talk, talk.customerLeg), 'flow');
      over(talk, { kind: 'done' });
      assert.equal(talk.centre.calls.size, 0);
      assertAllEnds(talk);
    });
  }

  test('nothing else is begun with the call meanwhile', () => {
    const talk = suspended();
    for (const command of [
      transfer(toAgent, 'blind'), { kind: 'innerHelp', agent: 101, to: { device: 'agent', agent: 102 }, mode: 'twoParty' } as const,
    ]) assert.equal(talk.refuses(command), 'wrongState');
  });
});
