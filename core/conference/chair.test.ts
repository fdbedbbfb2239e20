import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { FIRST_CONFIG } from '../centre/centre.fixture.ts';
import type { ConferenceAsked } from './command.ts';
import { anAgent, anInvited, aPhone, createHall, remnants, type Hall } from './conference.fixture.ts';
import { CODE, MODES, of, type Mode } from './conference.ts';
import { MINUTE_MS } from './timers.ts';

const FILE = 'y:/conf/1/1136287.V3';

/** Everything that is for the chair alone, in a form that would succeed for the chair. */
const OF_CHAIR: readonly ConferenceAsked[] = [
  { what: 'release' }, { what: 'invite', invited: [anInvited(aPhone('13900000009'))] }, { what: 'remove', participants: [anAgent(103)] },
  { what: 'shift', to: 103 }, { what: 'prolong', minutes: 5 }, { what: 'resize', by: 2 }, { what: 'play', file: FILE, background: false }, { what: 'stopPlay' },
  { what: 'hold', participant: anAgent(103), file: FILE }, { what: 'unhold', participant: anAgent(103) }, { what: 'setMode', participant: anAgent(103), mode: 'listens' },
  { what: 'playTo', participant: anAgent(103), file: FILE }, { what: 'stopPlayTo', participant: anAgent(103) },
];

describe('who may do what', () => {
  for (const asked of OF_CHAIR) {
    test(`${asked.what}: 101-001 without a conference, 101-002 for members`, () => {
      const hall = createHall();
      hall.convene(101, [102, 103]);
      hall.signIn(104);
      hall.told();
      assert.equal(hall.refusal(104, asked), 'noConference');
      assert.equal(hall.refusal(102, asked), 'notChair');
      assert.deepEqual(hall.told(), []);
    });
  }

  test('the chair cannot leave (101-007), and hands the chair over only to another who has joined', () => {
    const hall = createHall();
    const conference = hall.convene(101, [102]);
    hall.signIn(103);
    hall.invite(101, anAgent(103));
    assert.equal(hall.refusal(101, { what: 'leave' }), 'chairLeaves');
    assert.equal(hall.refusal(101, { what: 'shift', to: 101 }), 'chairAlready');
    assert.equal(hall.refusal(101, { what: 'shift', to: 103 }), CODE.notIn, 'invited only');
    assert.equal(hall.refusal(101, { what: 'shift', to: 105 }), CODE.notIn);
    hall.confers(101, { what: 'shift', to: 102 });
    assert.equal(conference.chair, 102);
    assert.equal(hall.refusal(101, { what: 'release' }), 'notChair');
    hall.confers(101, { what: 'leave' });
    hall.confers(102, { what: 'release' });
    assert.deepEqual(remnants(hall), []);
  });

  test('what concerns a participant concerns one who has joined (21237)', () => {
    const hall = createHall();
    hall.convene(101);
    hall.signIn(102);
    hall.invite(101, anAgent(102));
    for (const participant of [anAgent(102), anAgent(105), aPhone('1')]) {
      assert.equal(hall.refusal(101, { what: 'hold', participant, file: FILE }), CODE.notIn);
      assert.equal(hall.refusal(101, { what: 'setMode', participant, mode: 'listens' }), CODE.notIn);
      assert.equal(hall.refusal(101, { what: 'playTo', participant, file: FILE }), CODE.notIn);
    }
  });
});

describe('the end', () => {
  const cases: readonly [name: string, act: (hall: Hall) => void, chairWhy: string, why: string][] = [
    ['released', (hall) => { hall.confers(101, { what: 'release' }); }, 'ended', 'released'],
    ['the chair hangs up', (hall) => { hall.hangsUp(hall.phone(101)); }, 'hungUp', 'chairLeft'],
    ['the chair is signed out', (hall) => { hall.does({ kind: 'signOut', agent: 101, force: true }); }, 'signedOut', 'chairLeft'],
    ['the chair signs in again by force', (hall) => { hall.does({ kind: 'signIn', agent: 101, force: true, state: 'idle', profile: hall.centre.agents.get(101)?.profile ?? assert.fail() }); }, 'signedOut', 'chairLeft'],
    ['its time is over', (hall) => { hall.wait(60 * MINUTE_MS); }, 'ended', 'timeOver'],
  ];
  for (const [name, act, chairWhy, why] of cases) {
    test(`everybody leaves, the chair last, and nothing is left: ${name}`, () => {
      const hall = createHall();
      const conference = hall.convene(101, [102], { tone: FILE });
      const phone = hall.phoneIn(101, '13900000001');
      if (name === 'its time is over') hall.wait(0);
      else {
        hall.signIn(103);
        hall.invite(101, anAgent(103), aPhone('13900000002'));
      }
      hall.confers(101, { what: 'play', file: FILE, background: true });
      hall.confers(101, { what: 'hold', participant: aPhone('13900000001'), file: FILE });
      hall.told();
      act(hall);
      const events = hall.told();
      const left = events.flatMap((event) => (event.type === 'ConferenceLeft' ? [[event.agent ?? event.personal?.number, event.why]] : []));
      assert.deepEqual(left, [[102, 'ended'], ['13900000001', 'ended'], [101, chairWhy]]);
      assert.deepEqual(events.at(-1), { type: 'ConferenceEnded', ...of(conference), why });
      const types = hall.happened.map(({ event }) => event.type);
      if (chairWhy === 'signedOut') assert.ok(types.lastIndexOf('AgentSignedOut') > types.lastIndexOf('ConferenceEnded'), 'the session hears of all of it (6.5.1.8.2)');
      assert.deepEqual(remnants(hall), []);
      assert.deepEqual(hall.room(conference), []);
      assert.equal(hall.centre.agents.get(102)?.state, 'idle');
      assert.ok(hall.orders.some((order) => order.kind === 'drop' && order.leg === phone.leg));
      const begun = hall.orders.flatMap((order) => (order.kind === 'play' ? [order.play] : []));
      assert.deepEqual([...hall.stops()].toSorted(), begun.toSorted(), 'all that sounded was stopped');
    });
  }

  test('what was under way means nothing afterwards', () => {
    const hall = createHall();
    const conference = hall.convene(101);
    hall.confers(101, { what: 'play', file: FILE, background: false });
    const { play } = hall.lastPlay();
    const phone = hall.phoneIn(101, '13900000001');
    hall.confers(101, { what: 'release' });
    assert.deepEqual(hall.send({ kind: 'playEnded', play, why: 'stopped' }).events, []);
    assert.deepEqual(hall.send({ kind: 'legReported', report: { kind: 'ended', leg: phone.leg ?? '', cause: 531 } }).events, []);
    assert.deepEqual(hall.send({ kind: 'timer', key: `conference:end:${conference.id}`, at: conference.startedAt + 60 * MINUTE_MS }).events, []);
  });
});

describe('how long, and how many', () => {
  test('the chair of the moment is told before the end', () => {
    const hall = createHall();
    const conference = hall.convene(101, [102], { minutes: 10, promptMinutes: 4 });
    hall.confers(101, { what: 'shift', to: 102 });
    hall.told();
    hall.wait(6 * MINUTE_MS - 1);
    assert.deepEqual(hall.told(), []);
    hall.wait(1);
    assert.deepEqual(hall.told(), [{ type: 'ConferenceNearEnd', ...of(conference), agent: 102 }]);
    hall.wait(4 * MINUTE_MS);
    assert.equal(hall.told().at(-1)?.type, 'ConferenceEnded');
  });

  test('prolonging moves the end and the notice, to 1440 minutes in all (6.1.6.8)', () => {
    const hall = createHall();
    hall.convene(101, [], { minutes: 60, promptMinutes: 3 });
    hall.wait(58 * MINUTE_MS);
    assert.equal(hall.confers(101, { what: 'prolong', minutes: 30 }).result, '30');
    hall.told();
    hall.wait(29 * MINUTE_MS);
    assert.deepEqual(hall.told().map(({ type }) => type), ['ConferenceNearEnd'], 'told a second time');
    assert.equal(hall.confers(101, { what: 'prolong', minutes: 1440 }).result, '1350');
    assert.equal(hall.refusal(101, { what: 'prolong', minutes: 1 }), CODE.noTimeLeft);
    hall.wait(1353 * MINUTE_MS);
    assert.deepEqual(remnants(hall), []);
  });

  test('a notice whose time has passed is not told again', () => {
    const hall = createHall();
    hall.convene(101, [], { minutes: 60, promptMinutes: 50 });
    hall.wait(30 * MINUTE_MS);
    hall.told();
    hall.confers(101, { what: 'prolong', minutes: 5 });
    hall.wait(20 * MINUTE_MS);
    assert.deepEqual(hall.told().map(({ type }) => type), ['ConferenceProlonged']);
  });

  test('seats: 120 at most, within the voice channels, and never fewer than are taken (6.1.6.17)', () => {
    const hall = createHall({ config: { ...FIRST_CONFIG, limits: { voiceChannels: 100 } } });
    const conference = hall.convene(101, [102], { seats: 10 });
    assert.equal(hall.refusal(101, { what: 'resize', by: 111 }), CODE.tooLarge);
    assert.equal(hall.refusal(101, { what: 'resize', by: 91 }), CODE.voiceLimit);
    hall.confers(101, { what: 'resize', by: 90 });
    assert.equal(conference.seats, 100);
    hall.signIn(103);
    hall.invite(101, anAgent(103));
    assert.equal(hall.refusal(101, { what: 'resize', by: -98 }), CODE.seatsTaken, 'an invitation takes a seat');
    hall.confers(101, { what: 'resize', by: -97 });
    assert.equal(hall.refusal(101, { what: 'invite', invited: [anInvited(aPhone('1'))] }), CODE.full);
  });
});

describe('hearing and speaking (6.1.6.12)', () => {
  const SOUND: Readonly<Record<Mode, { readonly to: string; readonly hears: boolean }>> = {
    listens: { to: 'none', hears: true }, speaks: { to: 'all', hears: false }, both: { to: 'all', hears: true }, neither: { to: 'none', hears: false },
  };
  for (const mode of MODES) {
    test(`${mode}: in the ears as it is named`, () => {
      const hall = createHall();
      const conference = hall.convene(101);
      const participant = aPhone('13900000001');
      const { leg } = hall.phoneIn(101, '13900000001');
      if (mode === 'both') {
        assert.equal(hall.refusal(101, { what: 'setMode', participant, mode }), CODE.modeUnchanged);
        hall.confers(101, { what: 'setMode', participant, mode: 'neither' });
      }
      hall.confers(101, { what: 'setMode', participant, mode });
      assert.equal(hall.refusal(101, { what: 'setMode', participant, mode }), CODE.modeUnchanged);
      assert.deepEqual(hall.member(conference, participant), { leg, music: false, ...SOUND[mode] });
    });
  }

  test('whoever had muted a call listens only when it becomes a conference', () => {
    const hall = createHall();
    hall.signIn(101);
    hall.signIn(102);
    hall.does({ kind: 'callInner', agent: 101, called: '102', caller: '' });
    hall.does({ kind: 'mute', agent: 102, on: true });
    const conference = hall.convene(101);
    assert.equal(hall.participant(conference, anAgent(102)).mode, 'listens');
    assert.equal(hall.member(conference, anAgent(102))?.to, 'none');
  });
});

describe('holding a participant (6.1.6.6, 6.1.6.7)', () => {
  test('the participant hears the file and then music, and is not heard; twice is refused', () => {
    const hall = createHall();
    const conference = hall.convene(101, [102]);
    const participant = anAgent(102);
    hall.told();
    assert.equal(hall.refusal(101, { what: 'unhold', participant }), CODE.notHeld);
    hall.confers(101, { what: 'hold', participant, file: FILE });
    assert.equal(hall.refusal(101, { what: 'hold', participant, file: FILE }), CODE.held);
    const played = hall.lastPlay();
    assert.deepEqual([played.to, played.file], [{ leg: hall.phone(102) }, FILE]);
    assert.deepEqual(hall.member(conference, participant), { leg: hall.phone(102), to: 'none', hears: false, music: true });
    hall.confers(101, { what: 'setMode', participant, mode: 'listens' });
    hall.confers(101, { what: 'unhold', participant });
    assert.deepEqual(hall.stops(), [played.play]);
    assert.deepEqual(hall.member(conference, participant), { leg: hall.phone(102), to: 'none', hears: true, music: false });
    assert.deepEqual(hall.told().map(({ type }) => type), ['ConferenceHeld', 'ConferencePlayBegan', 'ConferenceModeSet', 'ConferencePlayEnded', 'ConferenceUnheld']);
  });

  test('a file at its end is not stopped again', () => {
    const hall = createHall();
    hall.convene(101, [102]);
    hall.confers(101, { what: 'hold', participant: anAgent(102), file: FILE });
    hall.does({ kind: 'playEnded', play: hall.lastPlay().play, why: 'end' });
    hall.confers(101, { what: 'unhold', participant: anAgent(102) });
    assert.deepEqual(hall.stops(), []);
  });
});
