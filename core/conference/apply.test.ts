import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { FIRST_CONFIG } from '../centre/centre.fixture.ts';
import { anAgent, APPLICATION, aPhone, createHall, remnants, type Hall } from './conference.fixture.ts';
import { CODE, roomOf } from './conference.ts';

const limited = (voiceChannels: number) => createHall({ config: { ...FIRST_CONFIG, limits: { voiceChannels } } });
const causes = (hall: Hall): readonly (number | undefined)[] => hall.told().map((event) => (event.type === 'ConferenceFailed' ? event.cause : undefined));

describe('asking for a conference (6.1.6.1)', () => {
  test('an idle agent is rung first, joins, and then the conference obeys', () => {
    const hall = createHall({ phonesAnswer: false });
    hall.signIn(101);
    hall.news();
    hall.confers(101, APPLICATION);
    assert.deepEqual(hall.news(), ['ConferenceRequested', 'AgentMoved', 'LegBegan']);
    assert.equal(hall.centre.agents.get(101)?.state, 'occupied');
    assert.equal(hall.refusal(101, { what: 'release' }), CODE.unsettled);
    assert.equal(hall.refusal(101, { what: 'leave' }), CODE.unsettled);
    hall.picksUp(101);
    assert.deepEqual(hall.news(), ['LegAnswered', 'AgentMoved', 'ConferenceJoined', 'ConferenceStarted']);
    assert.equal(hall.centre.agents.get(101)?.state, 'talking');
    const [conference] = hall.centre.conferences.values();
    assert.deepEqual([conference?.id, conference?.state, conference?.chair], [1, 'on', 101]);
    assert.deepEqual(hall.orders.at(-1), {
      kind: 'arrange', room: roomOf(1, 1), members: [{ leg: hall.phone(101), to: 'all', hears: true, music: false }],
    });
  });

  test('a phone that is up already is not rung', () => {
    const hall = createHall();
    hall.signIn(101);
    hall.convene(101);
    hall.confers(101, { what: 'release' });
    const dialled = hall.orders.filter(({ kind }) => kind === 'dial').length;
    hall.convene(101);
    assert.equal(hall.orders.filter(({ kind }) => kind === 'dial').length, dialled);
    assert.deepEqual([...hall.centre.conferences.keys()], [2]);
  });

  test('whoever is in the agent\'s call is in the conference, and the call is over', () => {
    const hall = createHall();
    hall.signIn(101);
    const call = hall.callIn(1, '13800000001');
    const customer = hall.customer(call);
    hall.news();
    hall.confers(101, APPLICATION);
    assert.deepEqual(hall.news(), [
      'ConferenceRequested', 'AgentLeft', 'ConferenceJoined', 'CustomerLeft', 'ConferenceJoined', 'CallEnded', 'ConferenceStarted',
    ]);
    const [conference] = hall.centre.conferences.values();
    assert.ok(conference !== undefined);
    assert.equal(hall.participant(conference, aPhone('13800000001')).leg, customer);
    assert.deepEqual(hall.room(conference).map(({ leg }) => leg), [hall.phone(101), customer]);
    assert.equal(hall.centre.calls.size, 0);
    assert.equal(hall.centre.agents.get(101)?.state, 'talking');
    hall.hangsUp(customer);
    assert.equal(conference.participants.size, 1, 'the conference goes on with its chair');
    hall.confers(101, { what: 'release' });
    assert.deepEqual(remnants(hall), []);
  });

  test('fails for whoever is neither idle nor in a call that simply talks', () => {
    const cases: readonly [name: string, prepare: (hall: Hall) => void, cause: number][] = [
      ['busy', (hall) => { hall.does({ kind: 'askState', agent: 101, request: 'sayBusy' }); }, CODE.wrongState],
      ['in wrap-up', (hall) => { hall.does({ kind: 'askState', agent: 101, request: 'work' }); }, CODE.wrongState],
      ['who dials', (hall) => { hall.does({ kind: 'dialOut', agent: 101, called: '13900000000', caller: '' }); }, CODE.wrongState],
      ['who holds', (hall) => { hall.callIn(1); hall.does({ kind: 'hold', agent: 101 }); }, CODE.wrongState],
      ['who is muted', (hall) => { hall.callIn(1); hall.does({ kind: 'mute', agent: 101, on: true }); }, CODE.wrongState],
      ['who is in one already', (hall) => { hall.convene(101); }, CODE.elsewhere],
      ['who is invited to one', (hall) => { hall.convene(102); hall.invite(102, anAgent(101)); }, CODE.elsewhere],
    ];
    for (const [name, prepare, cause] of cases) {
      const hall = createHall();
      hall.signIn(101);
      prepare(hall);
      const { state, conference } = hall.centre.agents.get(101) ?? {};
      hall.told();
      hall.confers(101, APPLICATION);
      assert.deepEqual(causes(hall), [cause], name);
      assert.deepEqual([hall.centre.agents.get(101)?.state, hall.centre.agents.get(101)?.conference], [state, conference], name);
    }
  });

  test('needs three free voice channels, and no more seats than there are channels', () => {
    const hall = limited(3);
    hall.signIn(101);
    hall.confers(101, { ...APPLICATION, seats: 4 });
    assert.deepEqual(causes(hall), [CODE.voiceLimit]);
    hall.convene(101, [], { seats: 3 });
    hall.signIn(102);
    hall.told();
    hall.confers(102, { ...APPLICATION, seats: 2 });
    assert.deepEqual(causes(hall), [CODE.tooFewChannels], 'a phone is up: two are free');
  });

  test('has 120 seats at most, and one for everybody who is there', () => {
    const hall = createHall();
    hall.signIn(101);
    hall.confers(101, { ...APPLICATION, seats: 121 });
    assert.deepEqual(causes(hall), [CODE.tooManySeats]);
    hall.callIn(1);
    hall.told();
    hall.confers(101, { ...APPLICATION, seats: 1 });
    assert.deepEqual(causes(hall), [CODE.voiceLimit]);
    assert.equal(hall.centre.calls.size, 1, 'the call goes on');
  });

  test('is refused at once where the password must be changed first, and without a session', () => {
    const hall = createHall();
    assert.equal(hall.refusal(101, APPLICATION), 'notSignedIn');
    hall.signIn(101, { mustChangePassword: true });
    assert.equal(hall.refusal(101, APPLICATION), 'mustChangePassword');
    hall.signIn(102, { phone: '' });
    hall.confers(102, APPLICATION);
    assert.deepEqual(causes(hall), [CODE.notSeized], 'there is no phone to ring');
  });

  test('the notice before the end is always within the conference', () => {
    const hall = createHall();
    hall.signIn(101);
    assert.equal(hall.convene(101, [], { minutes: 4, promptMinutes: 1440 }).promptMinutes, 3);
  });
});

describe('an application whose chair does not come', () => {
  const cases: readonly [name: string, act: (hall: Hall) => void, cause: number, state: string | undefined][] = [
    ['the phone is not answered', (hall) => { hall.wait(30_000); }, CODE.seizureTimedOut, 'idle'],
    ['the phone rejects', (hall) => { hall.hangsUp(hall.phone(101), 604); }, CODE.notSeized, 'idle'],
    ['the agent is signed out', (hall) => { hall.does({ kind: 'signOut', agent: 101, force: true }); }, CODE.signedOut, undefined],
  ];
  for (const [name, act, cause, state] of cases) {
    test(`fails and leaves nothing behind: ${name}`, () => {
      const hall = createHall({ phonesAnswer: false });
      hall.signIn(101, { autoEnterIdle: false });
      hall.confers(101, APPLICATION);
      const leg = hall.phone(101);
      hall.told();
      act(hall);
      assert.deepEqual(causes(hall), [cause]);
      assert.equal(hall.centre.agents.get(101)?.state, state);
      assert.equal(hall.centre.legs.size, 0);
      assert.deepEqual(remnants(hall), []);
      assert.deepEqual(hall.send({ kind: 'legReported', report: { kind: 'answered', leg } }).events, [], 'what the phone does later means nothing');
    });
  }

  test('keeps what the agent asked for meanwhile', () => {
    const hall = createHall({ phonesAnswer: false });
    hall.signIn(101);
    hall.confers(101, APPLICATION);
    hall.does({ kind: 'askState', agent: 101, request: 'sayBusy', reason: 201 });
    hall.wait(30_000);
    assert.deepEqual([hall.centre.agents.get(101)?.state, hall.centre.agents.get(101)?.reason], ['busy', 201]);
  });
});
