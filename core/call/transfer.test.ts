import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { aSkill } from '../centre/centre.fixture.ts';
import type { Command } from '../centre/command.ts';
import type { Why } from '../centre/refused.ts';
import { CAUSE } from './call.ts';
import { assertAllEnds, assertTalk, callNamed, createTalk, events, heardBy, leavingOf, stateOf, whoIsIn, type Talk } from './talk.fixture.ts';
import { EACH, QUEUES, targetLeg, toAgent, toCode, toFlow, toNumber, toQueue, trace, transfer } from './transfer.fixture.ts';
import { MODES, type TransferMode } from './transfer.ts';

describe('the table of targets and modes (6.1.2.11)', () => {
  const ALL: readonly TransferMode[] = ['blind', 'afterSuccess', 'suspend', 'talk', 'threeParty'];
  for (const [device, to] of Object.entries(EACH)) {
    const modes = Object.values(MODES[to.device]);
    for (const mode of ALL) {
      test(`${mode} to ${device} is ${modes.includes(mode) ? 'done' : 'refused'}`, () => {
        const talk = createTalk({ config: QUEUES });
        const decision = talk.send(transfer(to, mode));
        assert.equal(decision.refused?.refused, modes.includes(mode) ? undefined : 'badMode');
        if (modes.includes(mode)) assert.ok(decision.events.length > 0);
        assertAllEnds(talk);
      });
    }
  }

  test('numbers its modes as the section does', () => {
    assert.deepEqual(Object.fromEntries(Object.entries(MODES).map(([device, modes]) => [device, Object.keys(modes)])), {
      queue: ['0', '2'], agent: ['0', '2'], flow: ['0', '1'], accessCode: ['0', '2'], number: ['1', '2', '3', '4'],
    });
  });
});

describe('a blind transfer', () => {
  test('to an agent: the call with its id and data rings there, and the source is out at once', () => {
    const talk = createTalk({ config: QUEUES, data: 'order 7', others: [] });
    talk.signIn(102, { autoAnswer: false });
    talk.does(transfer(toAgent, 'blind'));
    assert.deepEqual([stateOf(talk, 101), stateOf(talk, 102)], ['idle', 'ringing']);
    const call = callNamed(talk, talk.call);
    assert.deepEqual([call.offer?.how, call.data, call.lastReleasedBy, call.requeues], ['transfer', 'order 7', 101, 0]);
    assert.equal(heardBy(talk, talk.customerLeg), 'music');
    assert.deepEqual(leavingOf(talk, 101), ['transferred', 17]);
    talk.does({ kind: 'answer', agent: 102 });
    assertTalk(talk, talk.phone(102), talk.customerLeg);
    assert.deepEqual(trace(talk), [['queue', '1', 0, 0], ['agent', '101', 0, 17], ['agent', '102', 17, undefined]]);
    assert.equal(events(talk, 'ThirdEnded').length, 0, 'there is no result to tell');
    assertAllEnds(talk);
  });

  test('sets the data that go with it', () => {
    const talk = createTalk({ config: QUEUES, data: 'order 7' });
    talk.does(transfer(toAgent, 'blind', { data: 'order 8' }));
    assert.equal(callNamed(talk, talk.call).data, 'order 8');
  });

  test('to an agent who does not answer: the call goes back to the queue that it came from, else it is over', () => {
    const talk = createTalk({ config: QUEUES, others: [] });
    talk.signIn(102, { autoAnswer: false });
    talk.does({ kind: 'askState', agent: 101, request: 'sayBusy', reason: 0 });
    talk.does(transfer(toAgent, 'blind'));
    talk.wait(30_000);
    assert.deepEqual(callNamed(talk, talk.call).waitingIn, [1]);
    assertAllEnds(talk);

    const outbound = createTalk({ config: QUEUES, others: [] });
    outbound.does({ kind: 'release', agent: 101 });
    outbound.signIn(102, { autoAnswer: false });
    const id = outbound.does({ kind: 'dialOut', agent: 101, called: '139', caller: '' }).result ?? '';
    outbound.answers(outbound.customer(id));
    outbound.does(transfer(toAgent, 'blind'));
    outbound.wait(30_000);
    assert.equal(outbound.centre.calls.size, 0);
    assertAllEnds(outbound);
  });

  test('to an agent, counting for the queue that is said', () => {
    const talk = createTalk({ config: QUEUES, others: [] });
    talk.signIn(102, { autoEnterIdle: false });
    talk.does(transfer({ device: 'agent', agent: 102, queue: 2 }, 'blind'));
    assert.equal(callNamed(talk, talk.call).queue, 2);
    assert.equal(talk.centre.agents.get(102)?.lastQueue, 2);
  });

  test('to a queue: the next agent of it gets the call, and is told who let it go', () => {
    const talk = createTalk({ config: QUEUES, others: [] });
    talk.signIn(102, {}, 'busy');
    talk.does(transfer(toQueue, 'blind'));
    const call = callNamed(talk, talk.call);
    assert.deepEqual([stateOf(talk, 101), call.waitingIn, call.lastReleasedBy, call.requeues], ['idle', [2], 101, 1]);
    assert.equal(heardBy(talk, talk.customerLeg), 'music');
    talk.does({ kind: 'askState', agent: 102, request: 'sayFree' });
    assertTalk(talk, talk.phone(102), talk.customerLeg);
    assert.deepEqual(trace(talk), [['queue', '1', 0, 0], ['agent', '101', 0, 17], ['queue', '2', 17, 0], ['agent', '102', 0, undefined]]);
    assertAllEnds(talk);
  });

  test('to a queue of the agent\'s own: others come first', () => {
    const talk = createTalk({ others: [102] });
    talk.does(transfer({ device: 'queue', queue: 1 }, 'blind'));
    assert.deepEqual([stateOf(talk, 101), stateOf(talk, 102)], ['idle', 'talking']);
    talk.does({ kind: 'transfer', agent: 102, to: { device: 'queue', queue: 1 }, mode: 'blind' });
    assert.deepEqual([stateOf(talk, 101), stateOf(talk, 102)], ['talking', 'idle']);
  });

  test('to a flow, which decides what becomes of the call', () => {
    const talk = createTalk({ config: QUEUES });
    talk.does(transfer(toFlow, 'blind'));
    assert.equal(heardBy(talk, talk.customerLeg), 'flow');
    assert.equal(stateOf(talk, 101), 'idle');
    assert.equal(events(talk, 'FlowEntered').at(-1)?.agent, 101);
    talk.does({ kind: 'flowEnded', leg: talk.customerLeg, outcome: { kind: 'queue', queue: 2 } });
    assert.equal(whoIsIn(talk, talk.call)[1], talk.customerLeg);
    assertAllEnds(talk);
  });

  test('to a number: it is rung with the platform\'s own number, and customer and number talk', () => {
    const talk = createTalk({ config: QUEUES });
    talk.does(transfer(toNumber, 'blind'));
    assert.equal(stateOf(talk, 101), 'idle');
    const dialled = talk.orders.findLast(({ kind }) => kind === 'dial');
    assert.deepEqual(dialled, { kind: 'dial', vdnId: 1, leg: targetLeg(talk), to: { kind: 'number', number: '13911112222' }, from: '', ringMs: 30_000, near: 'in-1' });
    assert.equal(heardBy(talk, talk.customerLeg), 'music');
    const leg = targetLeg(talk);
    talk.answers(leg);
    assertTalk(talk, talk.customerLeg, leg);
    talk.hangsUp(leg, 531);
    assert.equal(talk.centre.calls.size, 0);
    assertAllEnds(talk);
  });

  for (const [name, end] of [['is busy', CAUSE.busy], ['hangs up', undefined]] as const) {
    test(`to a number is over when ${end === undefined ? `the customer ${name}` : `the number ${name}`}`, () => {
      const talk = createTalk({ config: QUEUES });
      talk.does(transfer(toNumber, 'blind'));
      if (end === undefined) talk.hangsUp(talk.customerLeg, 531);
      else talk.hangsUp(targetLeg(talk), end);
      assert.equal(talk.centre.calls.size, 0);
      assertAllEnds(talk);
    });
  }

  test('by an access code goes where the code leads', () => {
    const toQueueOf = createTalk({ config: QUEUES });
    toQueueOf.does(transfer(toCode, 'blind'));
    assert.equal(whoIsIn(toQueueOf, toQueueOf.call)[0], 102);
    const toFlowOf = createTalk({ config: QUEUES });
    toFlowOf.does(transfer({ device: 'accessCode', to: { kind: 'flow', flow: '7' } }, 'blind'));
    assert.equal(heardBy(toFlowOf, toFlowOf.customerLeg), 'flow');
    assert.equal(createTalk({ config: QUEUES }).refuses(transfer({ device: 'accessCode', to: { kind: 'nowhere' } }, 'blind')), 'badNumber');
  });
});

describe('a transfer is refused', () => {
  const CASES: Readonly<Record<string, readonly [(talk: Talk) => void, Command, Why]>> = {
    'without a call': [(talk) => { talk.does({ kind: 'release', agent: 101 }); }, transfer(toAgent, 'blind'), 'noCall'],
    'with the call on hold': [(talk) => { talk.does({ kind: 'hold', agent: 101 }); }, transfer(toAgent, 'blind'), 'noCall'],
    'of a call between agents': [(talk) => {
      talk.does({ kind: 'release', agent: 101 });
      talk.does({ kind: 'callInner', agent: 101, called: '102', caller: '' });
    }, transfer({ device: 'agent', agent: 103 }, 'blind'), 'noCall'],
    'while another one is under way': [(talk) => { talk.does(transfer(toNumber, 'talk')); }, transfer(toAgent, 'blind'), 'wrongState'],
    'out of three': [(talk) => { talk.does({ kind: 'innerHelp', agent: 101, to: { device: 'agent', agent: 102 }, mode: 'threeParty' }); }, transfer(toQueue, 'blind'), 'wrongState'],
    'to oneself': [() => undefined, transfer({ device: 'agent', agent: 101 }, 'blind'), 'self'],
    'to an agent there is none of': [() => undefined, transfer({ device: 'agent', agent: 999 }, 'afterSuccess'), 'unknownAgent'],
    'to an agent who is not signed in': [(talk) => { talk.does({ kind: 'signOut', agent: 102 }); }, transfer(toAgent, 'afterSuccess'), 'offline'],
    'to an agent who is busy, blindly': [(talk) => { talk.does({ kind: 'askState', agent: 102, request: 'sayBusy', reason: 0 }); }, transfer(toAgent, 'blind'), 'busy'],
    'to an agent for a queue there is none of': [() => undefined, transfer({ device: 'agent', agent: 102, queue: 999 }, 'blind'), 'unknownQueue'],
    'to a queue there is none of': [() => undefined, transfer({ device: 'queue', queue: 999 }, 'blind'), 'unknownQueue'],
    'to a queue of sessions': [() => undefined, transfer({ device: 'queue', queue: 4 }, 'blind'), 'unknownQueue'],
    'to a number that is none': [() => undefined, transfer({ device: 'number', number: '+49' }, 'talk'), 'badNumber'],
    'with a caller that is none': [() => undefined, transfer({ device: 'number', number: '139', caller: '+1' }, 'talk'), 'badNumber'],
    'with data that are too large': [() => undefined, transfer(toAgent, 'blind', { data: '好'.repeat(5500) }), 'tooLarge'],
    'of an outbound call to a number, blindly': [(talk) => {
      talk.does({ kind: 'release', agent: 101 });
      const id = talk.does({ kind: 'dialOut', agent: 101, called: '139', caller: '' }).result ?? '';
      talk.answers(talk.customer(id));
    }, transfer(toNumber, 'blind'), 'badMode'],
  };
  for (const [name, [before, command, why]] of Object.entries(CASES)) {
    test(name, () => {
      const talk = createTalk({ config: QUEUES });
      before(talk);
      assert.equal(talk.refuses(command), why);
    });
  }

  test('of a video call to a number, blindly', () => {
    const talk = createTalk({ config: { ...QUEUES, agents: [{ id: 101, roleId: 2, type: 11, skills: [aSkill(3)] }] }, others: [], queue: 3 });
    assert.equal(talk.refuses(transfer(toNumber, 'blind')), 'badMode');
    talk.does(transfer(toNumber, 'afterSuccess'));
  });

  for (const [bit, commands] of [
    [7, [transfer(toAgent, 'blind'), transfer(toQueue, 'afterSuccess'), transfer(toFlow, 'suspend'), transfer(toCode, 'blind')]],
    [8, [transfer(toAgent, 'blind'), transfer(toAgent, 'afterSuccess')]],
    [9, [transfer(toNumber, 'threeParty')]],
    [10, [transfer(toNumber, 'blind'), transfer(toNumber, 'talk')]],
  ] as const) {
    test(`without permission bit ${bit} (6.3.8)`, () => {
      const bits = Array.from({ length: 35 }, (_, index) => index + 1).filter((one) => one !== bit);
      for (const command of commands) {
        const talk = createTalk({ config: { ...QUEUES, roles: [{ id: 2, bits }] } });
        assert.equal(talk.refuses(command), 'noPermission');
      }
    });
  }
});
