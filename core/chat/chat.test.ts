import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { gatewayStateOf } from '../agent/projection.ts';
import { isRefused } from '../centre/refused.ts';
import { aRoom, WRITING, type Room } from './chat.fixture.ts';
import { readersOf, sessionOf } from './chat.ts';

const AGENT = 101;

describe('a session that a customer begins (6.1.5)', () => {
  test('comes to the ready agent without a phone', () => {
    const room = aRoom();
    room.signIn(AGENT);
    room.news();
    const call = room.writes();
    assert.deepEqual(room.news(), [
      'CallBegan', 'CustomerJoined', 'CallQueued', 'CallDequeued', 'AgentMoved', 'CallOffered', 'OfferRang', 'AgentMoved', 'AgentJoined',
    ]);
    assert.deepEqual([room.state(AGENT), room.sessions(AGENT), room.centre.agents.get(AGENT)?.call], ['talking', [call], undefined]);
    assert.deepEqual([room.centre.legs.size, room.orders], [0, []]);
    assert.deepEqual(room.centre.calls.get(call)?.chat, { channel: 'web-1', media: 51 });
  });

  test('waits, is answered by hand, and ends by either side', () => {
    const room = aRoom();
    room.signIn(AGENT, { autoAnswer: false }, 'busy');
    const first = room.writes();
    room.does({ kind: 'askState', agent: AGENT, request: 'sayFree' });
    assert.equal(room.state(AGENT), 'ringing');
    room.does({ kind: 'answer', agent: AGENT });
    assert.equal(room.state(AGENT), 'talking');
    room.does({ kind: 'dropCall', agent: AGENT, call: first });
    assert.deepEqual([room.state(AGENT), room.centre.calls.size], ['idle', 0]);
    const second = room.writes();
    room.does({ kind: 'answer', agent: AGENT, call: second });
    room.does({ kind: 'chatLeaves', call: second });
    assert.deepEqual([room.state(AGENT), room.centre.calls.size], ['idle', 0]);
    assert.equal(room.refuses({ kind: 'chatLeaves', call: second }), 'unknownCall');
  });

  test('is taken back when the customer goes before anybody came', () => {
    const room = aRoom();
    room.signIn(AGENT, { autoAnswer: false }, 'busy');
    const waiting = room.writes();
    room.does({ kind: 'chatLeaves', call: waiting });
    assert.equal(room.centre.calls.size, 0);
    room.does({ kind: 'askState', agent: AGENT, request: 'sayFree' });
    const ringing = room.writes();
    room.does({ kind: 'chatLeaves', call: ringing });
    assert.deepEqual([room.state(AGENT), room.centre.calls.size, room.centre.timers.due.size], ['idle', 0, 0]);
  });

  test('goes to the next agent when one does not answer, or rejects', () => {
    for (const rejects of [false, true]) {
      const room = aRoom();
      room.signIn(AGENT, { autoAnswer: false });
      room.signIn(102, {}, 'busy');
      const call = room.writes();
      if (rejects) room.does({ kind: 'reject', agent: AGENT, mode: 1 });
      else room.wait(30_000);
      assert.equal(room.state(AGENT), 'busy');
      room.does({ kind: 'askState', agent: 102, request: 'sayFree' });
      assert.deepEqual(room.sessions(102), [call]);
    }
  });

  test('is refused to a queue for calls, and of a kind that is none', () => {
    const room = aRoom();
    const arrival = { kind: 'chatArrives', queue: 53, channel: 'web-1', media: 51, user: 'visitor' } as const;
    assert.equal(room.refuses({ ...arrival, queue: 1 }), 'unknownQueue');
    assert.equal(room.refuses({ ...arrival, queue: 999 }), 'unknownQueue');
    assert.equal(room.refuses({ ...arrival, media: 5 }), 'badMode');
    assert.equal(room.refuses({ ...arrival, data: 'x'.repeat(16_385) }), 'tooLarge');
  });

  test('is released where nobody is on duty', () => {
    const room = aRoom();
    assert.equal(room.centre.calls.has(room.writes()), false);
  });
});

describe('how many sessions an agent has (6.1.5.2)', () => {
  const three = (room: Room, media = 51): readonly string[] => [1, 2, 3].map(() => room.writes(media));

  test('one, unless more are asked for', () => {
    const room = aRoom();
    room.signIn(AGENT);
    const [first] = three(room);
    assert.deepEqual(room.sessions(AGENT), [first]);
    room.takes(AGENT, 2);
    assert.equal(room.sessions(AGENT).length, 2, 'what waits comes at once');
  });

  test('by kind: each that was set has a number of its own, the others share that of 53', () => {
    const room = aRoom();
    room.signIn(AGENT);
    room.takes(AGENT, 2, 51);
    const web = three(room, 51);
    const [social] = three(room, 53);
    const text = room.writes(1);
    assert.deepEqual(room.sessions(AGENT), [web[0], web[1], social]);
    room.takes(AGENT, 2, 53);
    assert.equal(room.sessions(AGENT).length, 4);
    room.does({ kind: 'dropCall', agent: AGENT, call: web[0] ?? '' });
    assert.equal(room.sessions(AGENT).includes(web[2] ?? ''), true, 'a place of the kind is free again');
    assert.equal(room.centre.calls.get(text)?.waitingIn.length, 1);
  });

  test('ringing ones count, and each is answered by its id', () => {
    const room = aRoom();
    room.signIn(AGENT, { autoAnswer: false });
    room.takes(AGENT, 2);
    const [first = '', second = '', third = ''] = three(room);
    assert.equal(room.centre.calls.get(third)?.offer, undefined);
    assert.equal(room.refuses({ kind: 'answer', agent: AGENT }), 'wrongState', 'which of the two?');
    assert.equal(room.refuses({ kind: 'answer', agent: AGENT, call: third }), 'notYours');
    room.does({ kind: 'answer', agent: AGENT, call: second });
    assert.deepEqual([room.state(AGENT), room.sessions(AGENT)], ['talking', [second]]);
    room.does({ kind: 'answer', agent: AGENT });
    assert.deepEqual(room.sessions(AGENT), [second, first]);
  });

  test('one that is not answered leaves the others alone, but no more come', () => {
    const room = aRoom();
    room.signIn(AGENT, { autoAnswer: false });
    room.signIn(102, {}, 'busy');
    room.takes(AGENT, 3);
    const [first = '', second = ''] = three(room);
    room.does({ kind: 'answer', agent: AGENT, call: first });
    room.wait(30_000);
    assert.deepEqual([room.state(AGENT), room.sessions(AGENT), room.centre.calls.get(second)?.offer], ['talking', [first], undefined]);
    room.does({ kind: 'dropCall', agent: AGENT, call: first });
    assert.equal(room.state(AGENT), 'busy');
  });

  test('go round among agents of the same weight', () => {
    const room = aRoom();
    for (const agent of [101, 102]) {
      room.signIn(agent);
      room.takes(agent, 5);
    }
    for (const _ of [1, 2, 3, 4]) room.writes();
    assert.deepEqual([room.sessions(101).length, room.sessions(102).length], [2, 2]);
  });

  test('is a number from 1 to 60 of a kind that there is', () => {
    const room = aRoom();
    room.signIn(AGENT);
    const set = (media: number, sessions: number) => room.refuses({ kind: 'setCapacity', agent: AGENT, media, sessions });
    for (const media of [1, 2, 4, 5, 15, 16, 17, 19, 51, 53]) assert.equal(set(media, 60), undefined);
    for (const media of [0, 3, 18, 54]) assert.equal(set(media, 1), 'badMode');
    for (const sessions of [0, 61, -1, 1.5]) assert.equal(set(53, sessions), 'limit');
  });

  test('that is lowered ends no session', () => {
    const room = aRoom();
    room.signIn(AGENT);
    room.takes(AGENT, 3);
    three(room);
    room.takes(AGENT, 1);
    assert.equal(room.sessions(AGENT).length, 3);
    room.writes();
    assert.equal(room.sessions(AGENT).length, 3);
  });
});

describe('who writes (6.5.3)', () => {
  test('is talking from the first session to the end of the last', () => {
    const room = aRoom();
    room.signIn(AGENT);
    room.takes(AGENT, 2);
    const [first, second] = [room.writes(), room.writes()];
    assert.equal(gatewayStateOf(room.centre, room.centre.agents.get(AGENT)), 7);
    room.does({ kind: 'dropCall', agent: AGENT, call: first });
    assert.equal(gatewayStateOf(room.centre, room.centre.agents.get(AGENT)), 7);
    room.does({ kind: 'dropCall', agent: AGENT, call: second });
    assert.equal(gatewayStateOf(room.centre, room.centre.agents.get(AGENT)), 4);
    assert.equal(room.refuses({ kind: 'signOut', agent: AGENT }), undefined);
  });

  test('is offered no call, and who talks on the phone no session', () => {
    const room = aRoom();
    room.signIn(AGENT);
    room.takes(AGENT, 5);
    const session = room.writes();
    const call = room.callIn(1);
    assert.equal(room.centre.calls.get(call)?.offer, undefined);
    room.does({ kind: 'dropCall', agent: AGENT, call: session });
    assert.equal(room.centre.agents.get(AGENT)?.call, call);
    const other = room.writes();
    assert.equal(room.centre.calls.get(other)?.offer, undefined);
    room.does({ kind: 'release', agent: AGENT });
    assert.deepEqual(room.sessions(AGENT), [other]);
  });

  test('may dial, and then goes on writing; more sessions come only after', () => {
    const room = aRoom();
    room.signIn(AGENT, { releasePhone: true });
    room.takes(AGENT, 2);
    const first = room.writes();
    const call = room.does({ kind: 'dialOut', agent: AGENT, called: '13900000000', caller: '' }).result ?? '';
    room.answers(room.customer(call));
    const second = room.writes();
    assert.deepEqual(room.sessions(AGENT), [first]);
    room.does({ kind: 'release', agent: AGENT });
    assert.deepEqual([room.state(AGENT), room.sessions(AGENT), room.centre.legs.size], ['talking', [first, second], 0]);
  });

  test('may answer a session while dialling, and goes on dialling', () => {
    const room = aRoom();
    room.signIn(AGENT, { autoAnswer: false });
    room.takes(AGENT, 2);
    const [first, second] = [room.writes(), room.writes()];
    room.does({ kind: 'answer', agent: AGENT, call: first });
    const call = room.does({ kind: 'dialOut', agent: AGENT, called: '13900000000', caller: '' }).result ?? '';
    room.does({ kind: 'answer', agent: AGENT, call: second });
    assert.deepEqual([room.state(AGENT), room.sessions(AGENT)], ['dialling', [first, second]]);
    room.answers(room.customer(call));
    assert.equal(room.state(AGENT), 'talking');
  });

  test('has what was asked for after the last session, and no new one before', () => {
    const room = aRoom();
    room.signIn(AGENT);
    room.takes(AGENT, 3);
    const first = room.writes();
    room.does({ kind: 'askState', agent: AGENT, request: 'rest', ms: 60_000 });
    const second = room.writes();
    assert.deepEqual([room.sessions(AGENT), room.centre.calls.get(second)?.waitingIn], [[first], [53]]);
    room.does({ kind: 'askState', agent: AGENT, request: 'cancelRest' });
    assert.deepEqual(room.sessions(AGENT), [first, second], 'it comes at once');
    room.does({ kind: 'askState', agent: AGENT, request: 'rest', ms: 60_000 });
    room.does({ kind: 'dropCall', agent: AGENT, call: first });
    assert.equal(room.state(AGENT), 'talking');
    room.does({ kind: 'dropCall', agent: AGENT, call: second });
    assert.equal(room.state(AGENT), 'rest');
  });

  test('wraps up where that was chosen, for as long as the queue of the last session says', () => {
    const room = aRoom();
    room.signIn(AGENT, { autoEnterIdle: false });
    room.does({ kind: 'dropCall', agent: AGENT, call: room.writes(51, 54) });
    assert.equal(room.state(AGENT), 'wrapUp');
    room.wait(5000);
    assert.equal(room.state(AGENT), 'idle');
  });

  test('is not offered sessions without having signed in for them (6.1.1.1 checkInWebm)', () => {
    const room = aRoom();
    room.signIn(AGENT, { webm: false });
    room.writes();
    assert.equal(room.state(AGENT), 'idle');
  });
});

describe('an agent who signs out', () => {
  test('leaves the sessions to their queues, where they come first', () => {
    const room = aRoom();
    room.signIn(AGENT);
    room.signIn(102, {}, 'busy');
    room.takes(102, 2);
    const [session, other] = [room.writes(), room.writes()];
    room.does({ kind: 'signOut', agent: AGENT, force: true });
    const call = room.centre.calls.get(session);
    assert.deepEqual([call?.waitingIn, call?.requeues, call?.lastReleasedBy], [[53], 1, AGENT]);
    room.does({ kind: 'askState', agent: 102, request: 'sayFree' });
    assert.deepEqual(room.sessions(102), [session, other]);
  });

  test('leaves one that rings to the next agent', () => {
    const room = aRoom();
    room.signIn(AGENT, { autoAnswer: false });
    const session = room.writes();
    room.signIn(102);
    room.does({ kind: 'signOut', agent: AGENT, force: true });
    assert.deepEqual(room.sessions(102), [session]);
  });

  test('ends them where nobody else is on duty', () => {
    const room = aRoom();
    room.signIn(AGENT);
    room.writes();
    room.does({ kind: 'signOut', agent: AGENT, force: true });
    assert.equal(room.centre.calls.size, 0);
  });
});

describe('who may write in a session, and who reads (6.1.5.1)', () => {
  test('its own agent', () => {
    const room = aRoom();
    room.signIn(AGENT);
    room.signIn(102);
    const session = room.writes();
    const [own, other] = [room.centre.agents.get(AGENT), room.centre.agents.get(102)];
    assert.equal(isRefused(sessionOf(room.centre, own, session)), false);
    for (const [agent, call] of [[other, session], [own, '1-1'], [undefined, session]] as const) assert.ok(isRefused(sessionOf(room.centre, agent, call)));
    assert.deepEqual([readersOf(room.centre, session), readersOf(room.centre, '1-1')], [[AGENT], []]);
  });

  test('nobody in a call', () => {
    const room = aRoom({ config: { ...WRITING } });
    room.signIn(AGENT);
    const call = room.callIn(1);
    assert.ok(isRefused(sessionOf(room.centre, room.centre.agents.get(AGENT), call)));
    assert.deepEqual(readersOf(room.centre, call), []);
  });
});
