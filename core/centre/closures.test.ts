import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { anAgent } from '../conference/conference.fixture.ts';
import { MINUTE_MS } from '../conference/timers.ts';
import { arrangeRooms, everyRoom } from '../voice/arrange.ts';
import { aProfile, START } from './centre.fixture.ts';
import {
  afterDeathOf, aHouse, asks, conferring, dialling, during, hearing, inspecting, left, onlyCall, recording, REQUEST, ringing, stateOf, talking, waiting, writing,
} from './closures.fixture.ts';

/**
 * The lines of docs/closures.md, one test each. How a process really dies, and what its successor asks of the voice port, is
 * tested in server/engine; here the successor has what was journaled, and is told what it would find.
 */
const TESTED = new Map<string, string[]>();

function chapter(name: string, lines: Readonly<Record<string, () => void>>): void {
  TESTED.set(name, Object.keys(lines));
  describe(name, () => {
    for (const [line, check] of Object.entries(lines)) test(line, check);
  });
}

chapter('Agent session', {
  'The agent signs out (6.1.1.18)': () => {
    const rig = talking();
    assert.equal(rig.refuses({ kind: 'signOut', agent: 101 }), 'wrongState');
    rig.does({ kind: 'release', agent: 101 });
    assert.deepEqual(during(rig, () => rig.does({ kind: 'signOut', agent: 101 })), ['AgentSignedOut 101 258', 'LegDropped 1-1 518', 'LegEnded 1-1 platform 518']);
    assert.deepEqual([rig.centre.agents.size, left(rig)], [0, []]);
  },

  'The agent is signed out by force (6.1.1.19, 12.1.7)': () => {
    const rig = talking();
    rig.signIn(109);
    assert.deepEqual(during(rig, () => rig.does({ kind: 'force', agent: 109, target: 101, into: { what: 'signOut' } })), [
      'AgentLeft 101 signedOut 16', 'AgentSignedOut 101 109 257', 'CustomerLeft in-1 agent 518', 'LegDropped in-1 518', 'CallEnded 518', 'LegDropped 1-1 518',
      'LegEnded in-1 platform 518', 'LegEnded 1-1 platform 518',
    ]);
    const offered = ringing();
    offered.signIn(102);
    assert.deepEqual(during(offered, () => offered.does({ kind: 'signOut', agent: 101, force: true })).slice(0, 6), [
      'OfferEnded 101 phone 5', 'AgentSignedOut 101 258', 'CallQueued 1', 'CallDequeued 1 0', 'AgentMoved 102 occupied', 'CallOffered 102 1',
    ]);
  },

  'The same agent signs in anew by force (6.1.1.2)': () => {
    const rig = talking({ legsEnd: false });
    const old = rig.phone(101);
    assert.deepEqual(during(rig, () => rig.does({ kind: 'signIn', agent: 101, force: true, state: 'idle', profile: aProfile(101) })), [
      'AgentLeft 101 signedOut 16', 'AgentSignedOut 101 264', 'CustomerLeft in-1 agent 518', 'LegDropped in-1 518', 'CallEnded 518', 'LegDropped 1-1 518',
      'AgentSignedIn 101', 'AgentMoved 101 idle',
    ]);
    rig.callIn(1);
    rig.hangsUp(old);
    assert.equal(stateOf(rig, 101), 'talking', 'the old phone is none of the new session\'s business');
  },

  'Nothing is heard of the client for two minutes (6.1.1.1, 6.1.1.3)': () => {
    const rig = talking();
    const happened = during(rig, () => rig.does({ kind: 'signOut', agent: 101, force: true, cause: 263 }));
    assert.deepEqual(happened.slice(0, 2), ['AgentLeft 101 signedOut 16', 'AgentSignedOut 101 263']);
    assert.deepEqual(left(rig), []);
  },

  'The account is deleted (5.1.2)': () => {
    const rig = talking();
    const happened = during(rig, () => rig.does({ kind: 'configure', change: { agentsGone: [101] } }));
    assert.deepEqual(happened.slice(0, 3), ['Configured', 'AgentLeft 101 signedOut 16', 'AgentSignedOut 101 257']);
    assert.deepEqual([rig.centre.agents.size, left(rig)], [0, []]);
  },

  'The process dies': () => {
    const rig = talking();
    rig.signIn(102);
    rig.does({ kind: 'askState', agent: 102, request: 'rest', reason: 3, ms: 60_000 });
    rig.does({ kind: 'askState', agent: 101, request: 'sayBusy', reason: 200 });
    const next = afterDeathOf(rig);
    assert.equal(next.centre.agents.get(101)?.profile.session, 'session-101');
    assert.equal(next.phone(101), rig.phone(101));
    next.wait(60_000);
    assert.equal(next.centre.agents.get(102)?.counters.restOverruns, 1, 'the rest goes on, and its time with it');
    next.does({ kind: 'release', agent: 101 });
    assert.equal(stateOf(next, 101), 'busy', 'what was asked for during the call is not forgotten');
  },
});

chapter('Leg', {
  'The far end hangs up': () => {
    const rig = talking();
    assert.equal(during(rig, () => { rig.hangsUp('in-1', 531); })[0], 'LegEnded in-1 far 531');
    assert.equal(rig.centre.calls.size, 0);
    assert.deepEqual(during(rig, () => { rig.hangsUp(rig.phone(101)); }), ['LegEnded 1-1 far 531'], 'a phone that serves nothing just goes');
    assert.equal(stateOf(rig, 101), 'idle');
  },

  'We hang up': () => {
    const rig = talking({ legsEnd: false });
    rig.does({ kind: 'release', agent: 101 });
    assert.deepEqual([rig.centre.calls.size, stateOf(rig, 101)], [0, 'idle'], 'nobody waits for it');
    assert.deepEqual(rig.orders.findLast(({ kind }) => kind === 'drop'), { kind: 'drop', leg: 'in-1', cause: 518 });
    assert.deepEqual(left(rig), ['in-1', 'drop:in-1']);
    assert.deepEqual(during(rig, () => { rig.hangsUp('in-1'); }), ['LegEnded in-1 platform 531']);
    assert.deepEqual(left(rig), []);
  },

  'The voice port never tells that it has ended': () => {
    const rig = talking({ legsEnd: false }, true);
    rig.does({ kind: 'release', agent: 101 });
    assert.equal(stateOf(rig, 101), 'wrapUp', 'with releasephone the agent waits for the phone (6.1.1.17)');
    rig.wait(4999);
    assert.equal(rig.centre.legs.size, 2);
    rig.wait(1);
    assert.deepEqual([rig.centre.legs.size, stateOf(rig, 101)], [0, 'idle']);
  },

  'Nobody answers for thirty seconds': () => {
    const rig = dialling();
    rig.wait(29_999);
    assert.deepEqual(during(rig, () => { rig.wait(1); }), [
      'LegDropped 1-2 603', 'CustomerLeft 1-2 failed 603', 'AgentLeft 101 ended 26', 'AgentMoved 101 idle', 'CallEnded 603', 'LegEnded 1-2 platform 603',
    ]);
  },

  'It cannot be dialled': () => {
    const rig = dialling();
    assert.deepEqual(during(rig, () => { rig.hangsUp('1-2', 602); }), [
      'LegEnded 1-2 far 602', 'CustomerLeft 1-2 failed 602', 'AgentLeft 101 ended 25', 'AgentMoved 101 idle', 'CallEnded 602',
    ]);
  },

  'Its tenant may not call that number, or calls too much': () => {
    for (const [cause, leave] of [[564, 25], [565, 25], [567, 14]] as const) {
      const rig = dialling();
      assert.deepEqual(during(rig, () => { rig.hangsUp('1-2', cause); }), [
        `LegEnded 1-2 far ${cause}`, `CustomerLeft 1-2 failed ${cause}`, `AgentLeft 101 ended ${leave}`, 'AgentMoved 101 idle', `CallEnded ${cause}`,
      ]);
    }
  },

  'The minutes that its tenant may call are used up': () => {
    const rig = dialling();
    rig.answers('1-2');
    assert.deepEqual(during(rig, () => { rig.hangsUp('1-2', 565); }).filter((event) => /^(Leg|Customer|Call)/.test(event)), [
      'LegEnded 1-2 far 565', 'CustomerLeft 1-2 customer 565', 'CallEnded 565',
    ]);
    assert.deepEqual([rig.centre.calls.size, stateOf(rig, 101)], [0, 'idle']);
  },

  'It drops: its sound is gone, or the connection of its page': () => {
    const rig = talking();
    assert.deepEqual(during(rig, () => { rig.wait(15_000); }), [], 'the voice port waits, and tells nothing');
    assert.deepEqual([rig.centre.calls.size, stateOf(rig, 101)], [1, 'talking']);
    assert.equal(during(rig, () => { rig.hangsUp('in-1', 530); })[0], 'LegEnded in-1 far 530');
    assert.deepEqual([rig.centre.calls.size, stateOf(rig, 101)], [0, 'idle']);
  },

  'It is answered while it is being hung up': () => {
    const rig = dialling({ legsEnd: false });
    rig.does({ kind: 'release', agent: 101 });
    assert.deepEqual(during(rig, () => { rig.answers('1-2'); }), []);
    assert.equal(rig.centre.legs.get('1-2')?.state, 'dropping');
  },

  'The process dies': () => {
    const rig = dialling();
    const answered = afterDeathOf(rig, { answered: ['1-2'] });
    assert.equal(stateOf(answered, 101), 'talking', 'what was answered meanwhile is made up for');
    const never = afterDeathOf(rig, { gone: ['1-2'] });
    assert.deepEqual([left(never), stateOf(never, 101)], [[], 'idle'], 'what was perhaps never dialled is given up');
    const waits = afterDeathOf(rig);
    waits.wait(30_000);
    assert.deepEqual(left(waits), [], 'what rings, rings no longer than it may');
    for (const next of [answered, never, waits]) assert.deepEqual(next.orders.filter(({ kind }) => kind === 'dial'), [], 'nothing is dialled twice');
  },
});

chapter('Call', {
  'The customer hangs up': () => {
    const rig = talking();
    assert.deepEqual(during(rig, () => { rig.hangsUp('in-1', 531); }), [
      'LegEnded in-1 far 531', 'CustomerLeft in-1 customer 531', 'AgentLeft 101 ended 15', 'AgentMoved 101 idle', 'CallEnded 531',
    ]);
    assert.deepEqual(left(rig), []);
  },

  'The customer hangs up before anybody has answered': () => {
    const rig = waiting();
    assert.deepEqual(during(rig, () => { rig.hangsUp('in-1', 531); }), ['LegEnded in-1 far 531', 'CustomerLeft in-1 customer 531', 'CallDequeued 1 15', 'CallEnded 601']);
    const rung = ringing();
    assert.deepEqual(during(rung, () => { rung.hangsUp('in-1', 531); }).slice(0, 3), ['LegEnded in-1 far 531', 'CustomerLeft in-1 customer 531', 'OfferEnded 101 withdrawn 15']);
    assert.deepEqual([left(rung), stateOf(rung, 101), rung.centre.legs.size], [[], 'idle', 0], 'the agent\'s phone is hung up');
  },

  'The agent releases it (6.1.2.15, 6.1.2.16)': () => {
    const rig = talking();
    const released = ['CustomerLeft in-1 agent 518', 'LegDropped in-1 518', 'AgentLeft 101 released 16', 'AgentMoved 101 idle', 'CallEnded 518', 'LegEnded in-1 platform 518'];
    assert.deepEqual(during(rig, () => rig.does({ kind: 'release', agent: 101 })), released);
    const held = talking();
    held.does({ kind: 'hold', agent: 101 });
    assert.deepEqual(during(held, () => held.does({ kind: 'dropCall', agent: 101, call: onlyCall(held) })), released);
    assert.deepEqual([left(rig), left(held)], [[], []]);
  },

  'The agent who called gives it up before anybody has answered': () => {
    const rig = aHouse();
    rig.signIn(101);
    rig.does({ kind: 'dialOut', agent: 101, called: '13900000000', caller: '' });
    rig.answers(rig.phone(101));
    assert.deepEqual(during(rig, () => rig.does({ kind: 'release', agent: 101 })).filter((line) => line.startsWith('CallEnded')), ['CallEnded 601']);
    assert.deepEqual(left(rig), []);
    const inner = aHouse();
    for (const agent of [101, 102]) inner.signIn(agent, { autoAnswer: false });
    inner.does({ kind: 'callInner', agent: 101, called: '102', caller: '' });
    assert.deepEqual(during(inner, () => inner.does({ kind: 'release', agent: 101 })).filter((line) => line.startsWith('CallEnded')), ['CallEnded 601'], 'a colleague likewise');
  },

  'The agent\'s phone is put down': () => {
    const rig = talking();
    assert.deepEqual(during(rig, () => { rig.hangsUp(rig.phone(101)); }), [
      'LegEnded 1-1 far 531', 'CustomerLeft in-1 agent 518', 'LegDropped in-1 518', 'AgentLeft 101 released 16', 'AgentMoved 101 idle', 'CallEnded 518', 'LegEnded in-1 platform 518',
    ]);
    const both = talking();
    both.does({ kind: 'hold', agent: 101 });
    both.does({ kind: 'dialOut', agent: 101, called: '13900000000', caller: '' });
    both.hangsUp(both.phone(101));
    assert.deepEqual(left(both), [], 'held calls too');
  },

  'An inspector drops it (12.1.8)': () => {
    const rig = talking();
    rig.signIn(109);
    assert.deepEqual(during(rig, () => rig.does({ kind: 'forceDrop', agent: 109, call: onlyCall(rig) })), [
      'CustomerLeft in-1 agent 518', 'LegDropped in-1 518', 'AgentLeft 101 ended 16', 'AgentMoved 101 idle', 'CallEnded 518', 'LegEnded in-1 platform 518',
    ]);
  },

  'One of three leaves (6.1.2.5, 6.1.2.14)': () => {
    const rig = talking();
    rig.signIn(102);
    rig.does({ kind: 'innerHelp', agent: 101, mode: 'threeParty', to: { device: 'agent', agent: 102 } });
    assert.deepEqual(during(rig, () => rig.does({ kind: 'release', agent: 101 })), ['AgentLeft 101 released 16', 'AgentMoved 101 idle', 'AgentPromoted 102']);
    assert.equal(stateOf(rig, 102), 'talking', 'the two others go on');
  },

  'The customer of a consultation hangs up (6.1.2.5)': () => {
    const rig = talking();
    rig.signIn(102);
    const { result: consultation = '' } = rig.does({ kind: 'innerHelp', agent: 101, mode: 'twoParty', to: { device: 'agent', agent: 102 } });
    assert.deepEqual(during(rig, () => { rig.hangsUp('in-1', 531); }), ['LegEnded in-1 far 531', 'CustomerLeft in-1 customer 531', 'AgentLeft 101 ended 15', 'CallEnded 531']);
    assert.equal(onlyCall(rig), consultation, 'the two agents talk on');
  },

  'It is transferred (6.1.2.11)': () => {
    const rig = talking();
    rig.signIn(102);
    const happened = during(rig, () => rig.does({ kind: 'transfer', agent: 101, mode: 'blind', to: { device: 'agent', agent: 102 } }));
    assert.deepEqual(happened.slice(0, 5), ['AgentLeft 101 transferred 17', 'AgentMoved 102 occupied', 'CallOffered 102 1', 'LegBegan 1-2', 'AgentMoved 101 idle']);
    assert.ok(rig.centre.calls.has(onlyCall(rig)), 'the call goes on');
  },

  'Its flow hangs up': () => {
    const rig = talking();
    rig.does({ kind: 'transfer', agent: 101, mode: 'blind', to: { device: 'flow', flow: '7' } });
    assert.deepEqual(during(rig, () => rig.does({ kind: 'flowEnded', leg: 'in-1', outcome: { kind: 'hangUp' } })), [
      'FlowLeft 0', 'CustomerLeft in-1 agent 256', 'LegDropped in-1 256', 'CallEnded 256', 'LegEnded in-1 platform 256',
    ]);
  },

  'It becomes a conference (6.1.6.1)': () => {
    const rig = talking();
    assert.deepEqual(during(rig, () => { asks(rig, 101, REQUEST); }), [
      'ConferenceRequested 101', 'AgentLeft 101 merged 51', 'ConferenceJoined 101 1', 'CustomerLeft in-1 merged 732', 'ConferenceJoined in-1 2', 'CallEnded 732', 'ConferenceStarted 101',
    ]);
    assert.equal(rig.centre.legs.get('in-1')?.state, 'up', 'nobody is hung up on');
  },

  'The process dies': () => {
    const rig = talking();
    const next = afterDeathOf(rig);
    assert.deepEqual(arrangeRooms(next.centre, everyRoom(next.centre), new Map()), rig.orders.filter(({ kind }) => kind === 'arrange').slice(-1), 'whoever stands is heard again');
    next.does({ kind: 'hold', agent: 101 });
    next.does({ kind: 'retrieve', agent: 101 });
    const [customer, phone] = [afterDeathOf(rig, { gone: ['in-1'] }), afterDeathOf(rig, { gone: [rig.phone(101)] })];
    assert.deepEqual([left(customer), left(phone)], [[], []], 'whose leg is gone has hung up');
    assert.deepEqual([stateOf(customer, 101), stateOf(phone, 101)], ['idle', 'idle']);
    assert.deepEqual(customer.happened.findLast(({ event }) => event.type === 'CallEnded')?.event, { type: 'CallEnded', call: onlyCall(rig), cause: 531 });
  },
});

chapter('Queue place', {
  'An agent becomes free': () => {
    const rig = waiting();
    assert.deepEqual(during(rig, () => rig.does({ kind: 'askState', agent: 101, request: 'sayFree' })).slice(0, 4), ['AgentMoved 101 idle', 'CallDequeued 1 0', 'AgentMoved 101 occupied', 'CallOffered 101 1']);
    assert.deepEqual(rig.centre.queues.get(1)?.waiting.size, 0);
  },

  'The caller hangs up': () => {
    const rig = waiting();
    assert.deepEqual(during(rig, () => { rig.hangsUp('in-1', 531); }).slice(2), ['CallDequeued 1 15', 'CallEnded 601']);
    assert.deepEqual([left(rig), rig.centre.queues.get(1)?.waiting.size], [[], 0]);
  },

  'The longest wait is over (5.2.1)': () => {
    const rig = waiting();
    rig.wait(59_999);
    assert.deepEqual(during(rig, () => { rig.wait(1); }), [
      'CallDequeued 1 2', 'CallDiverted timeOut', 'CustomerLeft in-1 agent 606', 'LegDropped in-1 606', 'CallEnded 606', 'LegEnded in-1 platform 606',
    ]);
    const passed = waiting(2);
    assert.deepEqual(during(passed, () => { passed.wait(20_000); }), ['CallDequeued 2 2', 'CallDiverted timeOut', 'CallQueued 1'], 'or it goes where the queue says');
  },

  'An agent asks for the call (6.1.2.20)': () => {
    const rig = waiting();
    const happened = during(rig, () => rig.does({ kind: 'requestCall', agent: 101, call: onlyCall(rig), queue: 1 }));
    assert.deepEqual(happened.slice(0, 3), ['CallDequeued 1 0', 'AgentMoved 101 occupied', 'CallOffered 101 1']);
  },

  'Another of its queues has an agent': () => {
    const rig = aHouse();
    rig.signIn(101, {}, 'busy');
    rig.does({ kind: 'arrive', leg: 'in-1', caller: '138', called: '12345', to: { kind: 'flow', flow: '7' } });
    rig.does({ kind: 'flowEnded', leg: 'in-1', outcome: { kind: 'queue', queue: 1, also: [2] } });
    rig.does({ kind: 'chooseQueues', agent: 101, queues: [2] });
    const happened = during(rig, () => rig.does({ kind: 'askState', agent: 101, request: 'sayFree' }));
    assert.deepEqual(happened.slice(0, 4), ['AgentMoved 101 idle', 'CallDequeued 1 48', 'CallDequeued 2 0', 'AgentMoved 101 occupied']);
  },

  'The queue is deleted (5.2.2)': () => {
    const rig = waiting();
    assert.deepEqual(during(rig, () => rig.does({ kind: 'configure', change: { queuesGone: [1] } })), [
      'Configured', 'CallDequeued 1 3', 'CallDiverted noAgents', 'CustomerLeft in-1 agent 562', 'LegDropped in-1 562', 'CallEnded 562', 'LegEnded in-1 platform 562',
    ]);
  },

  'The agent who was rung does not answer': () => {
    const rig = ringing();
    assert.deepEqual(during(rig, () => { rig.wait(30_000); }), [
      'OfferEnded 101 unanswered 5', 'AgentPended 101', 'LegDropped 1-1 0', 'AgentMoved 101 wrapUp', 'CallQueued 1', 'LegEnded 1-1 platform 0', 'AgentMoved 101 busy',
    ]);
    rig.callIn(1, '13800000002');
    assert.deepEqual([rig.centre.queues.get(1)?.returned.size, rig.centre.queues.get(1)?.waiting.size], [1, 1], 'it goes before those who came later');
  },

  'The last agent signs out': () => {
    const rig = waiting();
    assert.deepEqual(during(rig, () => rig.does({ kind: 'signOut', agent: 101 })), ['AgentSignedOut 101 258']);
    rig.signIn(102);
    assert.equal(rig.centre.agents.get(102)?.call, onlyCall(rig), 'whoever comes takes it');
  },

  'The process dies': () => {
    const rig = waiting();
    rig.wait(50_000);
    const second = rig.callIn(1, '13800000002');
    const next = afterDeathOf(rig);
    assert.deepEqual([...next.centre.queues.get(1)?.waiting ?? []].at(-1), second, 'in the same order');
    next.wait(10_000);
    assert.deepEqual([...next.centre.calls.keys()], [second], 'the time that was waited counts');
  },
});

/** How the others of `conferring` leave, whoever ends the conference. */
const OTHERS_LEAVE = [
  'ConferencePlayEnded stopped', 'ConferenceLeft 102 2 ended', 'AgentMoved 102 idle', 'ConferenceLeft 3 ended', 'LegDropped 1-3 518',
  'ConferenceInviteEnded 103 4 ended', 'AgentPended 103', 'AgentMoved 103 idle',
];

chapter('Conference', {
  'The chair releases it (6.1.6.5)': () => {
    const rig = conferring();
    assert.deepEqual(during(rig, () => { asks(rig, 101, { what: 'release' }); }), [...OTHERS_LEAVE, 'ConferenceLeft 101 1 ended', 'ConferenceEnded released', 'AgentMoved 101 idle', 'LegEnded 1-3 platform 518']);
    assert.deepEqual(left(rig), []);
  },

  'The chair\'s phone is put down': () => {
    const rig = conferring();
    assert.deepEqual(during(rig, () => { rig.hangsUp(rig.phone(101)); }), [
      'LegEnded 1-1 far 531', ...OTHERS_LEAVE, 'ConferenceLeft 101 1 hungUp', 'ConferenceEnded chairLeft', 'AgentMoved 101 idle', 'LegEnded 1-3 platform 518',
    ]);
    assert.deepEqual(left(rig), []);
  },

  'The chair is signed out': () => {
    const rig = conferring();
    assert.deepEqual(during(rig, () => rig.does({ kind: 'signOut', agent: 101, force: true })), [
      ...OTHERS_LEAVE, 'ConferenceLeft 101 1 signedOut', 'ConferenceEnded chairLeft', 'AgentSignedOut 101 258', 'LegDropped 1-1 518', 'LegEnded 1-3 platform 518', 'LegEnded 1-1 platform 518',
    ]);
    assert.deepEqual(left(rig), []);
  },

  'Its time is over': () => {
    const rig = aHouse();
    rig.signIn(101);
    asks(rig, 101, REQUEST);
    assert.deepEqual(during(rig, () => { rig.wait(10 * MINUTE_MS); }), ['ConferenceNearEnd 101', 'ConferenceLeft 101 1 ended', 'ConferenceEnded timeOver', 'AgentMoved 101 idle']);
    assert.deepEqual(left(rig), []);
  },

  'The chair-to-be does not come to the phone': () => {
    const rig = aHouse({ phonesAnswer: false });
    rig.signIn(101);
    asks(rig, 101, REQUEST);
    assert.deepEqual(during(rig, () => { rig.hangsUp(rig.phone(101), 604); }), ['LegEnded 1-1 far 604', 'ConferenceFailed 101 21212', 'AgentPended 101', 'AgentMoved 101 idle']);
    assert.deepEqual(left(rig), []);
  },

  'A participant leaves, is removed, hangs up or is signed out (6.1.6.4, 6.1.6.11)': () => {
    const rig = conferring();
    assert.deepEqual(during(rig, () => { asks(rig, 102, { what: 'leave' }); }), ['ConferenceLeft 102 2 left', 'AgentMoved 102 idle']);
    assert.deepEqual(during(rig, () => { asks(rig, 101, { what: 'remove', participants: [anAgent(103)] }); }), ['ConferenceInviteEnded 103 4 removed', 'AgentPended 103', 'AgentMoved 103 idle']);
    assert.deepEqual(during(rig, () => { rig.hangsUp('1-3', 531); }), ['LegEnded 1-3 far 531', 'ConferenceLeft 3 hungUp']);
    assert.deepEqual([...rig.centre.conferences.get(1)?.participants.keys() ?? []], [1], 'the chair alone is conference enough');
    const out = conferring();
    assert.deepEqual(during(out, () => out.does({ kind: 'signOut', agent: 102, force: true })).slice(0, 2), ['ConferenceLeft 102 2 signedOut', 'AgentSignedOut 102 258']);
  },

  'The process dies': () => {
    const rig = conferring();
    const next = afterDeathOf(rig, { gone: ['1-3'] });
    assert.deepEqual([...next.centre.conferences.get(1)?.participants.values() ?? []].map(({ agent, state }) => [agent, state]), [[101, 'joined'], [102, 'joined'], [103, 'ringing']]);
    assert.equal(next.centre.conferences.get(1)?.plays.size, 0, 'what was played is not taken up again');
    assert.deepEqual(next.orders.filter(({ kind }) => kind === 'stopPlay').length, 1);
    next.wait(30_000);
    assert.equal(stateOf(next, 103), 'idle', 'invitations last no longer than they may');
    next.wait(10 * MINUTE_MS);
    assert.deepEqual(left(next), [], 'it ends when it would have ended');
    assert.deepEqual(left(afterDeathOf(rig, { gone: [rig.phone(101)] })), [], 'without its chair it is over');
  },
});

chapter('Inspection', {
  'The inspector stops it (12.1.4, 12.1.13)': () => {
    const rig = inspecting();
    assert.deepEqual(during(rig, () => rig.does({ kind: 'stopInspecting', agent: 109 })), ['InspectionEnded 109 stopped', 'AgentMoved 109 idle']);
    assert.equal(stateOf(rig, 101), 'talking', 'the agent talks on');
  },

  'The agent releases the last call': () => {
    const rig = inspecting();
    assert.deepEqual(during(rig, () => rig.does({ kind: 'release', agent: 101 })).slice(2, 6), ['AgentLeft 101 released 16', 'InspectionEnded 109 released', 'AgentMoved 109 idle', 'AgentMoved 101 idle']);
  },

  'The agent is signed out': () => {
    const rig = inspecting();
    assert.deepEqual(during(rig, () => rig.does({ kind: 'signOut', agent: 101, force: true })).slice(0, 4), ['InspectionEnded 109 targetSignedOut', 'AgentMoved 109 idle', 'AgentLeft 101 signedOut 16', 'AgentSignedOut 101 258']);
  },

  'The inspector is signed out': () => {
    const rig = inspecting();
    assert.deepEqual(during(rig, () => rig.does({ kind: 'signOut', agent: 109, force: true })), ['InspectionEnded 109 signedOut', 'AgentSignedOut 109 258', 'LegDropped 1-2 518', 'LegEnded 1-2 platform 518']);
    assert.deepEqual(rig.centre.agents.get(101)?.inspectors, []);
  },

  'The inspector\'s phone is put down, or is not answered': () => {
    const rig = inspecting();
    assert.deepEqual(during(rig, () => { rig.hangsUp(rig.phone(109)); }), ['LegEnded 1-2 far 531', 'InspectionEnded 109 phone', 'AgentMoved 109 idle']);
    const rung = aHouse({ phonesAnswer: false });
    rung.signIn(101);
    rung.signIn(109);
    rung.does({ kind: 'inspect', agent: 109, target: 101, how: 'listen' });
    assert.deepEqual(during(rung, () => { rung.wait(30_000); }), ['LegDropped 1-1 603', 'InspectionEnded 109 phone', 'LegEnded 1-1 platform 603', 'AgentMoved 109 idle']);
  },

  'The inspector may not inspect the agent any more (12.3.4.6, 12.3.4.9)': () => {
    const rig = inspecting();
    const change = { groups: [{ id: 1, inspects: [] }] };
    assert.deepEqual(during(rig, () => rig.does({ kind: 'configure', change })).slice(1), ['InspectionEnded 109 forbidden', 'AgentMoved 109 idle']);
    assert.equal(stateOf(rig, 101), 'talking', 'the agent talks on');
  },

  'The inspector takes the call over (12.1.3)': () => {
    const rig = inspecting();
    assert.deepEqual(during(rig, () => rig.does({ kind: 'intercept', agent: 109, target: 101 })), ['InspectionEnded 109 intercepted', 'AgentLeft 101 intercepted 12', 'AgentJoined 109', 'AgentMoved 101 idle']);
  },

  'The process dies': () => {
    const rig = inspecting();
    const next = afterDeathOf(rig);
    const [room] = arrangeRooms(next.centre, everyRoom(next.centre), new Map());
    assert.ok(room?.kind === 'arrange' && room.members.some(({ leg, to }) => leg === rig.phone(109) && to === 'none'), 'it goes on as it was');
    const without = afterDeathOf(rig, { gone: [rig.phone(109)] });
    assert.deepEqual([without.centre.agents.get(109)?.inspecting, without.centre.agents.get(101)?.inspectors, stateOf(without, 101)], [undefined, [], 'talking']);
  },
});

const written = (rig: { readonly does: ReturnType<typeof recording>['does'] }, record = 'rec-1-1', why: 'stopped' | 'end' | 'failed' = 'stopped'): void => {
  rig.does({ kind: 'recorded', record, why, ms: 1000 });
};

chapter('Recording', {
  'The agent stops it (13.1.1.10)': () => {
    const rig = recording();
    assert.deepEqual(during(rig, () => rig.does({ kind: 'stopRecord', agent: 101 })), ['RecordingStopped 101 agent']);
    assert.deepEqual(rig.orders.at(-1), { kind: 'stopRecord', record: 'rec-1-1' });
    assert.equal(rig.refuses({ kind: 'stopRecord', agent: 101 }), 'wrongState');
    assert.deepEqual(during(rig, () => { written(rig); }), [`RecordingEnded 101 ${START} stopped`]);
    assert.deepEqual(during(rig, () => {
      rig.does({ kind: 'hold', agent: 101 });
      rig.does({ kind: 'retrieve', agent: 101 });
    }), ['CallHeld 101', 'CallRetrieved 101'], 'nothing begins by itself');
    assert.deepEqual(during(rig, () => rig.does({ kind: 'record', agent: 101, append: false })), ['RecordingBegan 101']);
  },

  'The agent leaves the call (6.1.2.9, 6.1.2.11)': () => {
    const rig = recording();
    rig.signIn(102);
    const happened = during(rig, () => rig.does({ kind: 'transfer', agent: 101, mode: 'blind', hold: false, to: { device: 'agent', agent: 102 } }));
    assert.ok(happened.indexOf('AgentLeft 101 transferred 17') < happened.indexOf('RecordingStopped 101 platform'), happened.join('; '));
    assert.deepEqual([...rig.centre.recordings.values()].map(({ agent, state }) => [agent, state]), [[101, 'stopping'], [102, 'on']], 'whoever goes on is recorded');
    const three = recording();
    three.signIn(102);
    three.does({ kind: 'innerHelp', agent: 101, mode: 'threeParty', hold: false, to: { device: 'agent', agent: 102 } });
    three.does({ kind: 'release', agent: 102 });
    assert.deepEqual([...three.centre.recordings.values()].map(({ agent, state }) => [agent, state]), [[101, 'on'], [102, 'stopping']]);
  },

  'The call is over': () => {
    const rig = recording();
    assert.deepEqual(during(rig, () => { rig.hangsUp('in-1', 531); }), [
      'LegEnded in-1 far 531', 'CustomerLeft in-1 customer 531', 'AgentLeft 101 ended 15', 'AgentMoved 101 idle', 'CallEnded 531', 'RecordingStopped 101 platform',
    ]);
    written(rig);
    assert.deepEqual(left(rig), []);
  },

  'The agent leaves the conference, or it is over (6.1.6.4, 6.1.6.5)': () => {
    const rig = recording();
    rig.signIn(102);
    asks(rig, 101, REQUEST);
    asks(rig, 101, { what: 'invite', invited: [{ address: anAgent(102), deviceCallType: 0, deviceType: 0 }] });
    asks(rig, 102, { what: 'answer' });
    const on = () => [...rig.centre.recordings.values()].filter(({ state }) => state === 'on').map(({ agent, room }) => [agent, room]);
    assert.deepEqual(on(), [[101, 'conf-1-1'], [102, 'conf-1-1']], 'the call became a conference, and that is recorded of each');
    asks(rig, 102, { what: 'leave' });
    assert.deepEqual(on(), [[101, 'conf-1-1']]);
    const happened = during(rig, () => { asks(rig, 101, { what: 'release' }); });
    assert.ok(happened.indexOf('ConferenceEnded released') < happened.indexOf('RecordingStopped 101 platform'), happened.join('; '));
    assert.deepEqual(on(), []);
  },

  'The agent is signed out': () => {
    const rig = recording();
    assert.deepEqual(during(rig, () => rig.does({ kind: 'signOut', agent: 101, force: true })).slice(0, 3), [
      'RecordingStopped 101 platform', 'AgentLeft 101 signedOut 16', 'AgentSignedOut 101 258',
    ]);
    rig.signIn(101);
    written(rig);
    assert.deepEqual(rig.happened.at(-1)?.event, { ...rig.happened.at(-1)?.event, type: 'RecordingEnded', isHere: false }, 'the new session has nothing to do with it');
  },

  'It cannot be written': () => {
    const rig = recording();
    assert.deepEqual(during(rig, () => { written(rig, 'rec-1-1', 'failed'); }), [`RecordingEnded 101 ${START} failed`]);
    assert.equal(stateOf(rig, 101), 'talking');
    assert.deepEqual(during(rig, () => rig.does({ kind: 'mute', agent: 101, on: true })), ['CallMuted 101'], 'it is not tried again and again');
  },

  'Nobody is in the room any more': () => {
    const rig = recording();
    rig.does({ kind: 'hold', agent: 101 });
    assert.deepEqual(during(rig, () => { written(rig, 'rec-1-1', 'end'); }), [`RecordingEnded 101 ${START} end`]);
    assert.deepEqual(during(rig, () => rig.does({ kind: 'retrieve', agent: 101 })), ['CallRetrieved 101', 'RecordingBegan 101']);
  },

  'The voice port never tells that it is written': () => {
    const rig = recording();
    rig.does({ kind: 'release', agent: 101 });
    rig.wait(9999);
    assert.equal(rig.centre.recordings.size, 1);
    assert.deepEqual(during(rig, () => { rig.wait(1); }), [`RecordingEnded 101 ${START} lost`]);
    assert.deepEqual(left(rig), []);
  },

  'The process dies': () => {
    const next = afterDeathOf(recording());
    assert.deepEqual(next.happened.map(({ event }) => event.type), ['RecordingStopped', 'RecordingEnded', 'RecordingBegan']);
    assert.deepEqual([...next.centre.recordings.keys()], ['rec-1-2']);
    const gone = afterDeathOf(recording(), { gone: ['in-1', '1-1'] });
    assert.deepEqual([...gone.centre.recordings.keys()], [], 'with nobody on the line there is nothing more to record');
  },
});

const HEARD = 'Y:/1/0/20260105/101/1.V3';

chapter('Playback', {
  'All was played': () => {
    const rig = hearing();
    assert.deepEqual(during(rig, () => rig.does({ kind: 'playEnded', play: 'play-1-109-1', why: 'end' })), [
      'PlaybackEnded 109 end', 'LegDropped 1-1 0', 'LegEnded 1-1 platform 0', 'AgentMoved 109 idle',
    ]);
    const busy = hearing('busy');
    busy.does({ kind: 'playEnded', play: 'play-1-109-1', why: 'end' });
    assert.equal(stateOf(busy, 109), 'busy');
  },

  'The agent stops it (13.1.1.6)': () => {
    const rig = hearing();
    assert.equal(during(rig, () => rig.does({ kind: 'changePlayback', agent: 109, change: { what: 'stop' } }))[0], 'PlaybackEnded 109 stopped');
    assert.deepEqual(rig.orders.findLast(({ kind }) => kind === 'stopPlay'), { kind: 'stopPlay', play: 'play-1-109-1' });
    assert.deepEqual(during(rig, () => rig.does({ kind: 'playEnded', play: 'play-1-109-1', why: 'stopped' })), [], 'the port tells nothing new');
    assert.equal(stateOf(rig, 109), 'idle');
  },

  'The agent\'s phone is put down, or is not answered': () => {
    const rig = hearing();
    assert.deepEqual(during(rig, () => { rig.hangsUp(rig.phone(109)); }), ['LegEnded 1-1 far 531', 'PlaybackEnded 109 phone', 'AgentMoved 109 idle']);
    const rung = hearing('idle', { phonesAnswer: false });
    assert.equal(stateOf(rung, 109), 'dialling');
    assert.deepEqual(during(rung, () => { rung.wait(30_000); }), ['LegDropped 1-1 603', 'PlaybackEnded 109 phone', 'LegEnded 1-1 platform 603', 'AgentMoved 109 idle']);
  },

  'It cannot be played': () => {
    const rig = aHouse();
    rig.signIn(109);
    rig.does({ kind: 'play', agent: 109, path: HEARD, fromMs: 0, repeats: false, gain: 1 });
    assert.deepEqual(during(rig, () => rig.does({ kind: 'playEnded', play: 'play-1-109-1', why: 'failed' })), ['PlaybackEnded 109 failed', 'AgentMoved 109 idle']);
  },

  'A call comes in': () => {
    const rig = aHouse();
    rig.signIn(101);
    rig.does({ kind: 'play', agent: 101, path: HEARD, fromMs: 0, repeats: false, gain: 1 });
    assert.deepEqual(during(rig, () => { rig.callIn(1); }).filter((line) => line.includes('101')), []);
    assert.deepEqual(during(rig, () => rig.does({ kind: 'changePlayback', agent: 101, change: { what: 'stop' } })).slice(0, 5), [
      'PlaybackEnded 101 stopped', 'AgentMoved 101 idle', 'CallDequeued 1 0', 'AgentMoved 101 occupied', 'CallOffered 101 1',
    ]);
  },

  'The agent is signed out': () => {
    const rig = hearing();
    assert.equal(rig.refuses({ kind: 'signOut', agent: 109 }), 'wrongState');
    assert.deepEqual(during(rig, () => rig.does({ kind: 'signOut', agent: 109, force: true })), [
      'PlaybackEnded 109 signedOut', 'AgentSignedOut 109 258', 'LegDropped 1-1 518', 'LegEnded 1-1 platform 518',
    ]);
  },

  'The process dies': () => {
    const next = afterDeathOf(hearing());
    assert.deepEqual([stateOf(next, 109), next.centre.agents.get(109)?.playback], ['idle', undefined]);
    const gone = afterDeathOf(hearing(), { gone: ['1-1'] });
    assert.equal(stateOf(gone, 109), 'idle');
    for (const rig of [next, gone]) assert.deepEqual(rig.orders.filter(({ kind }) => kind === 'play'), []);
  },
});

chapter('Chat session', {
  'The customer leaves': () => {
    const rig = writing();
    assert.deepEqual(during(rig, () => rig.does({ kind: 'chatLeaves', call: onlyCall(rig) })), ['CustomerLeft customer 531', 'AgentLeft 101 ended 15', 'AgentMoved 101 idle', 'CallEnded 531']);
    const rung = writing({ autoAnswer: false });
    assert.deepEqual(during(rung, () => rung.does({ kind: 'chatLeaves', call: onlyCall(rung) })), ['CustomerLeft customer 601', 'OfferEnded 101 withdrawn 15', 'AgentPended 101', 'AgentMoved 101 idle', 'CallEnded 601'], 'before it was answered');
    assert.deepEqual([left(rig), left(rung)], [[], []]);
  },

  'The agent drops it (6.1.2.15)': () => {
    const rig = writing();
    assert.deepEqual(during(rig, () => rig.does({ kind: 'dropCall', agent: 101, call: onlyCall(rig) })), ['CustomerLeft agent 518', 'AgentLeft 101 released 16', 'AgentMoved 101 idle', 'CallEnded 518']);
    assert.deepEqual(left(rig), []);
  },

  'The agent is signed out': () => {
    const rig = writing();
    rig.signIn(102, {}, 'busy');
    assert.deepEqual(during(rig, () => rig.does({ kind: 'signOut', agent: 101, force: true })), ['AgentLeft 101 signedOut 16', 'AgentSignedOut 101 258', 'CallQueued 53']);
    assert.deepEqual([...rig.centre.queues.get(53)?.returned ?? []], [onlyCall(rig)], 'at the head of its queue');
  },

  'The agent does not answer it': () => {
    const rig = writing({ autoAnswer: false });
    assert.deepEqual(during(rig, () => { rig.wait(30_000); }), ['OfferEnded 101 unanswered 5', 'AgentPended 101', 'AgentMoved 101 busy', 'CallQueued 53']);
  },

  'The longest wait is over (5.2.1)': () => {
    const rig = aHouse();
    rig.signIn(101, {}, 'busy');
    rig.does({ kind: 'chatArrives', queue: 53, channel: 'web', media: 53, user: 'ann' });
    assert.deepEqual(during(rig, () => { rig.wait(60_000); }), ['CallDequeued 53 2', 'CallDiverted timeOut', 'CustomerLeft agent 606', 'CallEnded 606']);
  },

  'The process dies': () => {
    const rig = writing();
    const next = afterDeathOf(rig, { gone: [] });
    assert.deepEqual(next.centre.agents.get(101)?.chats, [onlyCall(next)], 'it has no leg that could be gone');
    next.does({ kind: 'chatLeaves', call: onlyCall(next) });
    assert.deepEqual([left(next), stateOf(next, 101)], [[], 'idle']);
  },
});

test('every line of docs/closures.md is tested, and every test is a line of it', () => {
  const text = readFileSync(new URL('../../docs/closures.md', import.meta.url), 'utf8');
  const lines = new Map<string, string[]>();
  let name = '';
  for (const line of text.split('\n')) {
    const [, heading] = /^## (.*)$/.exec(line) ?? [];
    const [, what] = /^\| ([^|]+?) +\| [^|]+ \|$/.exec(line) ?? [];
    if (heading !== undefined) name = heading;
    else if (name !== '' && what !== undefined && what !== 'What ends it') lines.set(name, [...lines.get(name) ?? [], what]);
  }
  assert.deepEqual(Object.fromEntries(lines), Object.fromEntries(TESTED));
});
