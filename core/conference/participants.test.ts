import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { FIRST_CONFIG } from '../centre/centre.fixture.ts';
import { dueForErasure, keptForNow } from '../centre/erasure.ts';
import { replay } from '../centre/replay.ts';
import { decodeCentre, encodeCentre } from '../centre/snapshot.ts';
import { anAgent, anInvited, aPhone, createHall, remnants, type Hall } from './conference.fixture.ts';
import { CODE, of } from './conference.ts';

const results = (hall: Hall) => hall.told().flatMap((event) => (event.type === 'ConferenceInviteEnded' ? [[event.why, event.result]] : []));
const departures = (hall: Hall) => hall.told().flatMap((event) => (event.type === 'ConferenceLeft' ? [[event.agent ?? event.personal?.number, event.why]] : []));

describe('inviting (6.1.6.10)', () => {
  test('an agent is rung, asked by the software, and in after the answer', () => {
    const hall = createHall({ phonesAnswer: false });
    hall.signIn(101);
    hall.signIn(102);
    hall.confers(101, { what: 'request', seats: 5, minutes: 60, promptMinutes: 3, caller: '10000' });
    hall.picksUp(101);
    hall.told();
    hall.confers(101, { what: 'invite', invited: [{ address: anAgent(102), deviceCallType: 1, deviceType: 66 }] });
    assert.equal(hall.centre.agents.get(102)?.state, 'occupied');
    assert.equal(hall.refusal(102, { what: 'answer' }), 'wrongState', 'the software has not asked yet');
    hall.picksUp(102);
    assert.equal(hall.centre.agents.get(102)?.state, 'ringing', 'also where calls are answered by themselves');
    hall.confers(102, { what: 'answer' });
    assert.equal(hall.centre.agents.get(102)?.state, 'talking');
    const which = of(hall.centre.conferences.get(1) ?? assert.fail());
    assert.deepEqual(hall.told(), [
      { type: 'ConferenceInvited', ...which, participant: 2, agent: 102, deviceCallType: 1, deviceType: 66 },
      { type: 'ConferenceRang', ...which, participant: 2, agent: 102 },
      { type: 'ConferenceJoined', ...which, participant: 2, agent: 102, deviceCallType: 1, deviceType: 66, mode: 'both' },
    ]);
    assert.equal(hall.refusal(102, { what: 'answer' }), 'wrongState', 'twice is once too often');
    assert.equal(hall.refusal(102, { what: 'reject' }), 'wrongState');
  });

  test('a mobile agent has no software to answer with, and is in by taking the phone (6.1.2.26)', () => {
    const hall = createHall();
    hall.signIn(102, { mobile: true });
    const conference = hall.convene(101);
    hall.invite(101, anAgent(102));
    assert.equal(hall.participant(conference, anAgent(102)).state, 'joined');
    assert.equal(hall.centre.agents.get(102)?.state, 'talking');
  });

  test('a phone is dialled with the number of the invitation, else with that of the application', () => {
    const hall = createHall();
    const conference = hall.convene(101, [102]);
    hall.confers(101, { what: 'invite', invited: [anInvited(aPhone('13900000001'))], caller: '11111' });
    hall.confers(101, { what: 'invite', invited: [anInvited(aPhone('13900000002'))] });
    const dialled = hall.orders.flatMap((order) => (order.kind === 'dial' && order.to.kind === 'number' ? [[order.to.number, order.from]] : []));
    assert.deepEqual(dialled, [['13900000001', '11111'], ['13900000002', '10000']]);
    const invited = hall.participant(conference, aPhone('13900000001'));
    assert.equal(hall.member(conference, aPhone('13900000001')), undefined);
    hall.answers(invited.leg ?? '');
    assert.equal(invited.state, 'joined');
    assert.deepEqual(hall.member(conference, aPhone('13900000001')), { leg: invited.leg, to: 'all', hears: true, music: false });
  });

  test('is refused as a whole where the wish itself is wrong', () => {
    const hall = createHall();
    hall.convene(101, [102], { seats: 4 });
    hall.convene(103, [104]);
    const asked: readonly [name: string, addresses: Parameters<Hall['invite']>[1][], code: number | string][] = [
      ['nobody', [], CODE.nobodyInvited],
      ['the chair', [anAgent(105), anAgent(101)], CODE.chairInvited],
      ['who is in another one', [anAgent(105), anAgent(104)], CODE.elsewhere],
      ['who is in this one', [anAgent(102)], CODE.elsewhere],
      ['more than there are seats', [anAgent(105), aPhone('1'), aPhone('2')], CODE.full],
      ['what cannot be dialled', [aPhone('+49 30')], 'badNumber'],
    ];
    for (const [name, addresses, code] of asked) assert.equal(hall.refusal(101, { what: 'invite', invited: addresses.map(anInvited) }), code, name);
    hall.phoneIn(101, '13900000001');
    assert.equal(hall.refusal(101, { what: 'invite', invited: [anInvited(aPhone('13900000001'))] }), CODE.elsewhere);
    hall.signIn(105);
    hall.invite(101, anAgent(105));
    assert.equal(hall.refusal(101, { what: 'invite', invited: [anInvited(aPhone('3'))] }), CODE.full, 'an invitation takes a seat');
  });

  test('whoever is named twice is invited once', () => {
    const hall = createHall();
    const conference = hall.convene(101, [], { seats: 2 });
    hall.invite(101, aPhone('13900000001'), aPhone('13900000001'));
    assert.equal(conference.participants.size, 2);
  });

  test('phones need the right to call out (6.3.8, bit 5); agents do not', () => {
    const hall = createHall({ config: { ...FIRST_CONFIG, roles: [{ id: 2, bits: [6] }] } });
    hall.convene(101);
    assert.equal(hall.refusal(101, { what: 'invite', invited: [anInvited(aPhone('13900000001'))] }), 'noPermission');
    hall.signIn(102);
    hall.invite(101, anAgent(102));
  });

  test('an agent who cannot be had is told of, and hinders nobody else', () => {
    const hall = createHall();
    const conference = hall.convene(101);
    hall.signIn(102, {}, 'busy');
    hall.signIn(103);
    hall.told();
    hall.invite(101, anAgent(102), anAgent(103), anAgent(104));
    assert.deepEqual(results(hall), [['unreachable', CODE.notSeized], ['unreachable', CODE.notSeized]], 'busy, and not signed in');
    assert.equal(conference.participants.size, 2);
    assert.equal(hall.centre.agents.get(102)?.state, 'busy');
  });

  test('needs a free voice channel for every phone that is rung', () => {
    const hall = createHall({ config: { ...FIRST_CONFIG, limits: { voiceChannels: 3 } } });
    const conference = hall.convene(101, [], { seats: 3 });
    hall.signIn(102);
    hall.signIn(103);
    hall.phoneIn(101, '13900000001');
    hall.phoneIn(101, '13900000002');
    hall.told();
    hall.confers(101, { what: 'remove', participants: [aPhone('13900000002')] });
    hall.invite(101, anAgent(102));
    assert.deepEqual(results(hall), []);
    hall.confers(101, { what: 'remove', participants: [aPhone('13900000001')] });
    hall.invite(101, aPhone('13900000003'));
    assert.equal(conference.participants.size, 3);
    hall.confers(102, { what: 'reject' });
    hall.told();
    hall.invite(101, anAgent(103));
    assert.deepEqual(results(hall), [['unreachable', CODE.noChannelLeft]], 'the phone of 102 is still up');
  });
});

describe('an invitation that comes to nothing', () => {
  test('rejected: the agent is idle again, whatever comes after calls otherwise (6.1.6.3)', () => {
    const hall = createHall();
    hall.convene(101);
    hall.signIn(102, { autoEnterIdle: false });
    hall.invite(101, anAgent(102));
    hall.told();
    hall.confers(102, { what: 'reject' });
    assert.equal(hall.centre.agents.get(102)?.state, 'idle');
    assert.deepEqual(results(hall), [['rejected', CODE.notSeized]]);
    assert.equal(hall.refusal(102, { what: 'reject' }), 'noConference');
  });

  test('rejected while the phone rings: the phone is hung up', () => {
    const hall = createHall({ phonesAnswer: false });
    hall.signIn(101);
    hall.confers(101, { what: 'request', seats: 5, minutes: 60, promptMinutes: 3, caller: '' });
    hall.picksUp(101);
    hall.signIn(102);
    hall.invite(101, anAgent(102));
    hall.confers(102, { what: 'reject' });
    assert.equal(hall.centre.agents.get(102)?.leg, undefined);
    assert.equal(hall.centre.agents.get(102)?.state, 'idle');
  });

  for (const phonesAnswer of [true, false]) {
    test(`not answered ${phonesAnswer ? 'by the software' : 'by the phone'}: over after thirty seconds`, () => {
      const hall = createHall({ phonesAnswer });
      hall.signIn(101);
      hall.confers(101, { what: 'request', seats: 5, minutes: 60, promptMinutes: 3, caller: '' });
      if (!phonesAnswer) hall.picksUp(101);
      hall.signIn(102);
      hall.invite(101, anAgent(102));
      hall.told();
      hall.wait(29_999);
      assert.deepEqual(results(hall), []);
      hall.wait(1);
      assert.deepEqual(results(hall), [['unanswered', CODE.seizureTimedOut]]);
      assert.equal(hall.centre.agents.get(102)?.state, 'idle');
      assert.equal(hall.centre.agents.get(102)?.conference, undefined);
    });
  }

  test('the invited agent is signed out, or the phone goes down', () => {
    const hall = createHall();
    const conference = hall.convene(101);
    hall.signIn(102);
    hall.signIn(103);
    hall.invite(101, anAgent(102), anAgent(103));
    hall.told();
    hall.does({ kind: 'signOut', agent: 102, force: true });
    hall.hangsUp(hall.phone(103));
    assert.deepEqual(results(hall), [['signedOut', CODE.notSeized], ['unreachable', CODE.notSeized]]);
    assert.equal(hall.centre.agents.get(103)?.state, 'idle');
    assert.equal(conference.participants.size, 1);
  });

  test('a phone is busy, or nobody answers: the cause is told', () => {
    const hall = createHall();
    const conference = hall.convene(101);
    hall.invite(101, aPhone('13900000001'), aPhone('13900000002'));
    hall.told();
    hall.hangsUp(hall.participant(conference, aPhone('13900000001')).leg ?? '', 537);
    hall.wait(30_000);
    assert.deepEqual(results(hall), [['unreachable', 537], ['unanswered', 603]]);
    assert.equal(conference.participants.size, 1);
    hall.confers(101, { what: 'release' });
    assert.deepEqual(remnants(hall), []);
  });

  test('whoever is only invited is in no conference yet', () => {
    const hall = createHall();
    hall.convene(101);
    hall.signIn(102);
    hall.invite(101, anAgent(102));
    for (const what of ['leave', 'release', 'stopPlay'] as const) assert.equal(hall.refusal(102, { what }), 'noConference', what);
    hall.does({ kind: 'askState', agent: 102, request: 'sayBusy', reason: 200 });
    hall.confers(102, { what: 'reject' });
    assert.equal(hall.centre.agents.get(102)?.state, 'busy', 'what was asked for meanwhile comes after it');
  });
});

describe('leaving', () => {
  test('a member leaves, is removed, hangs up or is signed out; each time it is told why', () => {
    const hall = createHall();
    const conference = hall.convene(101, [102, 103, 104, 105]);
    hall.phoneIn(101, '13900000001');
    hall.phoneIn(101, '13900000002');
    hall.told();
    hall.confers(102, { what: 'leave' });
    hall.confers(101, { what: 'remove', participants: [anAgent(103), aPhone('13900000001')] });
    hall.hangsUp(hall.phone(104));
    hall.does({ kind: 'signOut', agent: 105, force: true });
    hall.hangsUp(hall.participant(conference, aPhone('13900000002')).leg ?? '');
    assert.deepEqual(departures(hall), [
      [102, 'left'], [103, 'removed'], ['13900000001', 'removed'], [104, 'hungUp'], [105, 'signedOut'], ['13900000002', 'hungUp'],
    ]);
    assert.deepEqual([102, 103, 104].map((agent) => hall.centre.agents.get(agent)?.state), ['idle', 'idle', 'idle']);
    assert.equal(conference.participants.size, 1);
    assert.deepEqual(hall.room(conference).map(({ leg }) => leg), [hall.phone(101)]);
    assert.equal(hall.refusal(102, { what: 'leave' }), 'noConference');
  });

  test('a member who is free again gets the call that waits', () => {
    const hall = createHall();
    hall.convene(101, [102]);
    const call = hall.callIn(1);
    assert.equal(hall.centre.calls.get(call)?.waitingIn.length, 1);
    hall.confers(102, { what: 'leave' });
    assert.equal(hall.centre.agents.get(102)?.call, call);
  });

  test('with releasephone the phone is hung up first', () => {
    const hall = createHall();
    hall.signIn(102, { releasePhone: true });
    hall.convene(101, [102]);
    hall.confers(102, { what: 'leave' });
    assert.equal(hall.centre.agents.get(102)?.leg, undefined);
    assert.equal(hall.centre.agents.get(102)?.state, 'idle');
  });

  test('removing: the chair never, nobody not at all, and those who are not there are answered (6.1.6.11)', () => {
    const hall = createHall();
    const conference = hall.convene(101, [102]);
    assert.equal(hall.refusal(101, { what: 'remove', participants: [anAgent(102), anAgent(101)] }), 'chairRemoved');
    assert.equal(hall.refusal(101, { what: 'remove', participants: [] }), CODE.nobodyRemoved);
    assert.equal(conference.participants.size, 2);
    const { result } = hall.confers(101, { what: 'remove', participants: [aPhone('1'), anAgent(102), anAgent(103), anAgent(102)] });
    assert.equal(result, '0,2');
    assert.equal(conference.participants.size, 1);
    assert.equal(hall.confers(101, { what: 'remove', participants: [anAgent(102)] }).result, '0');
  });

  test('removing takes an invitation back, and hangs up what rings', () => {
    const hall = createHall();
    const conference = hall.convene(101);
    hall.signIn(102);
    hall.invite(101, anAgent(102), aPhone('13900000001'));
    const { leg = '' } = hall.participant(conference, aPhone('13900000001'));
    hall.told();
    assert.equal(hall.confers(101, { what: 'remove', participants: [anAgent(102), aPhone('13900000001')] }).result, '');
    assert.deepEqual(results(hall), [['removed', CODE.leftBefore], ['removed', CODE.leftBefore]]);
    assert.equal(hall.centre.agents.get(102)?.state, 'idle');
    assert.equal(hall.centre.legs.has(leg), false);
    assert.deepEqual(hall.send({ kind: 'legReported', report: { kind: 'answered', leg } }).events, []);
  });

  test('a phone that was answered at the last moment stays in', () => {
    const hall = createHall();
    const conference = hall.convene(101);
    hall.invite(101, aPhone('13900000001'));
    hall.wait(29_999);
    hall.answers(hall.participant(conference, aPhone('13900000001')).leg ?? '');
    hall.wait(1);
    assert.equal(conference.participants.size, 2, 'the ring timer is gone with the answer');
  });
});

describe('what others do with those who are in a conference', () => {
  test('no call comes to them, and they make none', () => {
    const hall = createHall();
    hall.convene(101, [102]);
    for (const agent of [101, 102]) {
      assert.equal(hall.send({ kind: 'dialOut', agent, called: '13900000000', caller: '' }).refused?.refused, 'wrongState');
      assert.equal(hall.send({ kind: 'release', agent }).refused?.refused, 'noCall');
      assert.equal(hall.send({ kind: 'hold', agent }).refused?.refused, 'noCall');
    }
    const call = hall.callIn(1);
    assert.equal(hall.centre.calls.get(call)?.offer, undefined);
  });

  test('an inspector hears the conference as the agent\'s calls (12.1)', () => {
    const hall = createHall({ config: { ...FIRST_CONFIG, agents: (FIRST_CONFIG.agents ?? []).map((agent) => (agent.id === 105 ? { ...agent, roleId: 3 } : agent)) } });
    hall.signIn(102);
    hall.signIn(105);
    hall.does({ kind: 'inspect', agent: 105, target: 102, how: 'whisper' });
    const conference = hall.convene(101, [102]);
    const inspector = () => hall.room(conference).find(({ leg }) => leg === hall.phone(105));
    assert.deepEqual(inspector(), { leg: hall.phone(105), to: [hall.phone(102)], hears: true, music: false });
    hall.does({ kind: 'switchInspection', agent: 105, target: 102, how: 'insert' });
    assert.equal(inspector()?.to, 'all');
    hall.confers(102, { what: 'leave' });
    assert.equal(inspector(), undefined);
  });

  test('their numbers are erased when the conference is over, not before (5.1.13)', () => {
    const hall = createHall();
    const conference = hall.convene(101);
    hall.phoneIn(101, '13900000001');
    hall.does({ kind: 'forget', numbers: ['13900000001'] });
    assert.deepEqual([dueForErasure(hall.centre), keptForNow(hall.centre)], [[], [conference.call]]);
    hall.confers(101, { what: 'release' });
    assert.deepEqual(dueForErasure(hall.centre), [conference.call]);
  });

  test('a call that is to be erased stays so as a conference', () => {
    const hall = createHall();
    hall.signIn(101);
    const call = hall.callIn(1, '13900000001');
    hall.does({ kind: 'forget', numbers: ['13900000001'] });
    const conference = hall.convene(101);
    assert.deepEqual(dueForErasure(hall.centre), [call]);
    hall.confers(101, { what: 'release' });
    assert.deepEqual(dueForErasure(hall.centre), [call, conference.call]);
  });

  test('a conference is read back from a snapshot, and replayed, as it is', () => {
    const hall = createHall();
    const conference = hall.convene(101, [102], { tone: 'y:/conf/1/1.V3' });
    hall.phoneIn(101, '13900000001');
    hall.confers(101, { what: 'hold', participant: anAgent(102), file: 'y:/conf/1/2.V3' });
    const state = encodeCentre(hall.centre);
    assert.equal(encodeCentre(decodeCentre(1, JSON.parse(state))), state);
    const again = replay(1, hall.happened);
    assert.equal(encodeCentre(again), state);
    const { plays, given } = again.conferences.get(conference.id) ?? {};
    assert.deepEqual([[...plays?.values() ?? []].map(({ what }) => what), given], [['tone', 'hold'], { participant: 3, play: 2 }]);
  });
});
