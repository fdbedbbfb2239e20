import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { createTalk, type Talk } from '../call/talk.fixture.ts';
import { partOf } from '../call/call.ts';
import { targetLeg, toFlow, toNumber, transfer } from '../call/transfer.fixture.ts';
import { createRig, FIRST_CONFIG, type Rig } from '../centre/centre.fixture.ts';
import type { Command } from '../centre/command.ts';
import { BUSY_CONFIG, chanceOf, HAPPENINGS, OFTEN } from '../centre/commands.fixture.ts';
import { aRoom } from '../chat/chat.fixture.ts';
import { anAgent, createHall } from '../conference/conference.fixture.ts';
import { participantOf } from '../conference/conference.ts';
import { aDesk } from '../inspection/inspection.fixture.ts';
import { agentOnBoard } from './board.ts';
import { deskNow, type CallOnDesk, type DeskNow } from './desk.ts';

const CUSTOMER = '13800000001';
const NUMBER = '13911112222';
const CONSULT: Command = { kind: 'innerHelp', agent: 101, to: { device: 'agent', agent: 102 }, mode: 'twoParty' };
const HELP: Command = { ...CONSULT, mode: 'threeParty' };

function deskOf({ centre }: Rig, agent: number): DeskNow {
  const desk = deskNow(centre, agent);
  assert.ok(desk !== undefined, `${agent} is not signed in`);
  return desk;
}

/** The call in hand. */
function inHand(rig: Rig, agent: number): CallOnDesk {
  const [call] = deskOf(rig, agent).calls;
  assert.ok(call !== undefined, `${agent} has no call`);
  return call;
}

/** Stage and parties of each call, to be read as they stand. */
const shown = (rig: Rig, agent: number): readonly string[] => deskOf(rig, agent).calls.map(({ stage, parties }) =>
  `${stage}: ${parties.map(({ kind, no, isHeld, isRung }) => `${kind} ${no}${isHeld ? ' held' : ''}${isRung ? ' rung' : ''}`).join(', ')}`);

/** 101 talks with a customer; 102 has a telephone that rings until somebody answers it. */
function talkBesideRinging(): Talk {
  const talk = createTalk({ others: [] });
  talk.signIn(102, { autoAnswer: false });
  return talk;
}

function doing(talk: Talk, ...commands: readonly Command[]): Talk {
  for (const command of commands) talk.does(command);
  return talk;
}

/** The customer is held, and 101 calls a number. */
const dialling = (): Talk => doing(createTalk(), { kind: 'hold', agent: 101 }, { kind: 'dialOut', agent: 101, called: NUMBER, caller: '' });

function withSecondCall(): Talk {
  const talk = dialling();
  talk.answers(talk.customer(talk.centre.agents.get(101)?.call ?? ''));
  return talk;
}

function amongThree(...more: readonly Command[]): Talk {
  const talk = doing(createTalk(), CONSULT);
  return doing(talk, { kind: 'confJoin', agent: 101, call: talk.call }, ...more);
}

function withNumber(mode: 'talk' | 'threeParty'): Talk {
  const talk = doing(createTalk(), transfer(toNumber, mode));
  talk.answers(targetLeg(talk));
  return talk;
}

function rung(): Rig {
  const rig = createRig();
  rig.signIn(101, { autoAnswer: false });
  rig.callIn(1);
  return rig;
}

function inspected(...more: readonly Command[]): Rig {
  const rig = aDesk();
  rig.callIn(1);
  rig.does({ kind: 'inspect', agent: 109, target: 101, how: 'listen' });
  for (const command of more) rig.does(command);
  return rig;
}

function conferring(): Rig {
  const hall = createHall();
  hall.convene(101, [102]);
  hall.phoneIn(101, NUMBER);
  hall.signIn(103);
  hall.invite(101, anAgent(103));
  return hall;
}

const HELD = `held: customer ${CUSTOMER} held`;

/** What is going on, and what agents have on their desks then. */
const SITUATIONS: readonly (readonly [name: string, situation: () => Rig, desks: Readonly<Record<number, readonly string[]>>])[] = [
  ['nothing', () => createTalk(), { 102: [] }],
  ['a call rings', rung, { 101: [`ringing: customer ${CUSTOMER}`] }],
  ['a talk', () => createTalk(), { 101: [`talking: customer ${CUSTOMER}`] }],
  ['a held call', () => doing(createTalk(), { kind: 'hold', agent: 101 }), { 101: [HELD] }],
  ['a second call is being made', dialling, { 101: [`dialling: customer ${NUMBER} rung`, HELD] }],
  ['a held call and a second one', withSecondCall, { 101: [`talking: customer ${NUMBER}`, HELD] }],
  ['a colleague is called', () => doing(talkBesideRinging(), { kind: 'hold', agent: 101 }, { kind: 'callInner', agent: 101, called: '102', caller: '' }), {
    101: ['dialling: agent 102 rung', HELD], 102: ['ringing: agent 101'],
  }],
  ['one of two colleagues holds', () => doing(createTalk(), { kind: 'callInner', agent: 102, called: '103', caller: '' }, { kind: 'hold', agent: 102 }), {
    102: ['held: agent 103 held'], 103: ['talking: agent 102 held'],
  }],
  ['a consultation is asked for', () => doing(talkBesideRinging(), CONSULT), { 101: ['dialling: agent 102 rung', HELD], 102: ['ringing: agent 101'] }],
  ['a consultation', () => doing(createTalk(), CONSULT), { 101: ['talking: agent 102', HELD], 102: ['talking: agent 101'] }],
  ['three talk', amongThree, { 101: [`conference: customer ${CUSTOMER}, agent 102`], 102: [`conference: customer ${CUSTOMER}, agent 101`] }],
  ['one of three holds', () => amongThree({ kind: 'hold', agent: 102 }), {
    101: [`talking: customer ${CUSTOMER}, agent 102 held`], 102: [`held: customer ${CUSTOMER}, agent 101`],
  }],
  ['help is asked for, and the customer hears music', () => doing(talkBesideRinging(), HELP), {
    101: [`talking: customer ${CUSTOMER} held, agent 102 rung`], 102: [`ringing: customer ${CUSTOMER} held, agent 101`],
  }],
  ['help has come', () => doing(createTalk(), HELP), { 101: [`conference: customer ${CUSTOMER}, agent 102`] }],
  ['a number is being rung', () => doing(createTalk(), transfer(toNumber, 'threeParty')), { 101: [`talking: customer ${CUSTOMER} held, number ${NUMBER} rung`] }],
  ['a number is talked to aside', () => withNumber('talk'), { 101: [`talking: customer ${CUSTOMER} held, number ${NUMBER}`] }],
  ['a number has come in', () => withNumber('threeParty'), { 101: [`conference: customer ${CUSTOMER}, number ${NUMBER}`] }],
  ['a flow has the customer for a while', () => doing(createTalk(), transfer(toFlow, 'suspend')), { 101: [`talking: customer ${CUSTOMER}, flow 7`] }],
  ['a conference', conferring, {
    101: [`conference: agent 102, number ${NUMBER}, agent 103 rung`], 102: [`conference: agent 101, number ${NUMBER}, agent 103 rung`], 103: [`ringing: agent 101, agent 102, number ${NUMBER}`],
  }],
  ['an inspector listens', () => inspected(), { 101: [`talking: customer ${CUSTOMER}`], 109: [`listening: customer ${CUSTOMER}, agent 101`] }],
  ['the inspected agent holds', () => inspected({ kind: 'hold', agent: 101 }), { 101: [HELD], 109: [] }],
];

for (const [name, situation, desks] of SITUATIONS) {
  test(`on the desks when ${name}`, () => {
    const rig = situation();
    for (const [agent, calls] of Object.entries(desks)) assert.deepEqual(shown(rig, Number(agent)), calls, `at ${agent}`);
  });
}

describe('the call that was left last', () => {
  test('is the one that was talked in, once it is left', () => {
    const talk = createTalk();
    assert.equal(deskOf(talk, 101).last, undefined);
    talk.does({ kind: 'release', agent: 101 });
    assert.deepEqual([deskOf(talk, 101).last, deskOf(talk, 102).last], [{ id: talk.call, number: CUSTOMER }, undefined]);
  });

  test('is told by whom the agent called, and by who called the agent', () => {
    const talk = doing(createTalk(), { kind: 'callInner', agent: 102, called: '103', caller: '' });
    const id = inHand(talk, 102).id;
    talk.does({ kind: 'release', agent: 102 });
    assert.deepEqual([deskOf(talk, 102).last, deskOf(talk, 103).last], [{ id, number: '103' }, { id, number: '102' }]);
  });

  test('is the customer\'s for whoever has asked a colleague about it, and the consultation for that one', () => {
    const talk = createTalk();
    const id = talk.does(CONSULT).result ?? '';
    talk.does({ kind: 'release', agent: 101 });
    assert.equal(deskOf(talk, 101).last?.id, talk.call);
    assert.deepEqual(deskOf(talk, 102).last, { id, number: '101' });
  });

  test('is none that only rang', () => {
    const rig = rung();
    rig.does({ kind: 'reject', agent: 101, mode: 2 });
    assert.equal(deskOf(rig, 101).last, undefined);
  });
});

describe('a call on the desk', () => {
  test('is told of from the first ring through hold', () => {
    const rig = createRig();
    rig.signIn(101, { autoAnswer: false }, 'busy');
    const call = rig.callIn(1);
    const beganAt = rig.now();
    rig.wait(2000);
    rig.does({ kind: 'askState', agent: 101, request: 'cancelBusy' });
    const rings: CallOnDesk = {
      id: call, stage: 'ringing', since: beganAt + 2000, beganAt, talkedAt: undefined, kind: 'inbound', about: undefined, consultation: undefined, caller: CUSTOMER, unverified: false,
      called: '12345', media: 'voice', queue: 1, queueName: 'queue 1', data: '', isMuted: false, isRecorded: false, parties: [{ kind: 'customer', no: CUSTOMER, isHeld: false, isRung: false }],
    };
    assert.deepEqual(inHand(rig, 101), rings);
    rig.wait(3000);
    rig.does({ kind: 'answer', agent: 101 });
    const talkedAt = beganAt + 5000;
    assert.deepEqual(inHand(rig, 101), { ...rings, stage: 'talking', since: talkedAt, talkedAt });
    rig.wait(1000);
    rig.does({ kind: 'setCallData', agent: 101, data: 'order 7' });
    rig.does({ kind: 'hold', agent: 101 });
    rig.wait(1000);
    assert.deepEqual(inHand(rig, 101), {
      ...rings, stage: 'held', since: talkedAt + 1000, talkedAt, data: 'order 7', parties: [{ kind: 'customer', no: CUSTOMER, isHeld: true, isRung: false }],
    });
    rig.does({ kind: 'retrieve', agent: 101 });
    assert.deepEqual(inHand(rig, 101), { ...rings, stage: 'talking', since: talkedAt, talkedAt, data: 'order 7' });
  });

  test('that the agent makes has been talked in since the other side answered', () => {
    const rig = createRig();
    rig.signIn(101);
    const call = rig.does({ kind: 'dialOut', agent: 101, called: NUMBER, caller: '' }).result ?? '';
    const dialledAt = rig.now();
    const { stage, since, talkedAt, kind } = inHand(rig, 101);
    assert.deepEqual([stage, since, talkedAt, kind], ['dialling', dialledAt, undefined, 'outbound']);
    rig.wait(4000);
    rig.answers(rig.customer(call));
    const answered = inHand(rig, 101);
    assert.deepEqual([answered.stage, answered.since, answered.talkedAt], ['talking', dialledAt + 4000, dialledAt + 4000]);
  });

  test('that a flow had for a while has been talked in all along', () => {
    const talk = createTalk();
    const talkedAt = talk.now();
    talk.wait(1000);
    talk.does(transfer(toFlow, 'suspend'));
    talk.wait(1000);
    assert.equal(inHand(talk, 101).talkedAt, talkedAt);
    talk.does({ kind: 'flowEnded', leg: talk.customerLeg, outcome: { kind: 'done' } });
    assert.deepEqual([inHand(talk, 101).talkedAt, shown(talk, 101)], [talkedAt, [`talking: customer ${CUSTOMER}`]]);
  });

  test('knows its consultation, and that the call which it is about', () => {
    const talk = createTalk({ data: 'order 7' });
    const id = talk.does(CONSULT).result;
    const [consultation, about] = deskOf(talk, 101).calls;
    assert.deepEqual([consultation?.id, consultation?.about, consultation?.kind, consultation?.data], [id, talk.call, 'internal', 'order 7']);
    assert.deepEqual([about?.id, about?.consultation], [talk.call, id]);
  });

  test('is of the queue from which it came, also while somebody is sought in another one', () => {
    const talk = createTalk({ others: [] });
    talk.does({ ...HELP, to: { device: 'queue', queue: 2 } });
    assert.equal(talk.centre.calls.get(talk.call)?.queue, 2);
    assert.deepEqual([inHand(talk, 101).queue, inHand(talk, 101).queueName], [1, 'queue 1']);
  });

  test('is muted as long as the agent has it so', () => {
    const talk = createTalk();
    const muted = () => [inHand(talk, 101).isMuted, inHand(talk, 101).stage, deskOf(talk, 101).agent.state];
    talk.does({ kind: 'mute', agent: 101, on: true });
    assert.deepEqual(muted(), [true, 'talking', 'muted']);
    talk.does({ kind: 'mute', agent: 101, on: false });
    assert.deepEqual(muted(), [false, 'talking', 'talking']);
  });

  test('is recorded while that goes on: not on hold, and not of the colleague', () => {
    const recording = { automatic: false, byAgents: true, toFiles: false, ccId: 1, timeZone: 'UTC' };
    const talk = createTalk({ config: { ...FIRST_CONFIG, recording } });
    const recorded = (agent = 101) => inHand(talk, agent).isRecorded;
    assert.equal(recorded(), false);
    talk.does({ kind: 'record', agent: 101, append: false });
    assert.equal(recorded(), true);
    talk.does({ kind: 'hold', agent: 101 });
    assert.equal(recorded(), false);
    talk.does({ kind: 'retrieve', agent: 101 });
    talk.does(HELP);
    assert.deepEqual([recorded(), recorded(102)], [true, false]);
    talk.does({ kind: 'stopRecord', agent: 101 });
    assert.equal(recorded(), false);
  });

  test('is one of pictures once both see each other', () => {
    const talk = createTalk({ profile: { type: 11 } });
    talk.does({ kind: 'switchMedia', agent: 101, to: 'video' });
    assert.equal(inHand(talk, 101).media, 'voice');
    for (const leg of [talk.customerLeg, talk.phone(101)]) talk.does({ kind: 'picture', leg, on: true });
    assert.equal(inHand(talk, 101).media, 'video');
  });

  test('says of a number that a web page has given that nobody has verified it', () => {
    const rig = createRig();
    rig.signIn(101);
    rig.does({ kind: 'arrive', leg: 'in-1', caller: CUSTOMER, called: '12345', to: { kind: 'queue', queue: 1 }, unverified: true });
    assert.equal(inHand(rig, 101).unverified, true);
  });
});

test('sessions of text are calls, of which several go on at once', () => {
  const room = aRoom();
  room.signIn(101, { autoAnswer: false });
  room.takes(101, 2);
  const first = room.writes();
  room.does({ kind: 'answer', agent: 101, call: first });
  room.writes();
  assert.deepEqual(deskOf(room, 101).calls.map(({ stage, media, caller }) => [stage, media, caller]), [['talking', 'text', 'visitor'], ['ringing', 'text', 'visitor']]);
});

test('in a conference the agent is held, or heard by nobody, as its chair says', () => {
  const hall = createHall();
  const { call, startedAt } = hall.convene(101, [102]);
  const { id, beganAt, caller, kind } = inHand(hall, 102);
  assert.deepEqual([id, beganAt, caller, kind], [call, startedAt, '10000', 'internal']);
  hall.confers(101, { what: 'setMode', participant: anAgent(102), mode: 'listens' });
  assert.deepEqual([inHand(hall, 102).isMuted, inHand(hall, 101).isMuted], [true, false]);
  hall.confers(101, { what: 'hold', participant: anAgent(102), file: '' });
  assert.deepEqual([shown(hall, 102), shown(hall, 101)], [['held: agent 101'], ['conference: agent 102 held']]);
});

test('an agent who asks for a conference sees that the own phone is rung first', () => {
  const hall = createHall({ phonesAnswer: false });
  hall.signIn(101);
  hall.confers(101, { what: 'request', seats: 10, minutes: 60, promptMinutes: 3, caller: '10000' });
  assert.deepEqual(shown(hall, 101), ['dialling: ']);
});

describe('an inspector', () => {
  test('sees whom the inspection is of from the first ring of the own phone, and the call once there is something to be heard', () => {
    const rig = aDesk({ phonesAnswer: false });
    rig.does({ kind: 'inspect', agent: 109, target: 101, how: 'whisper' });
    const { inspects, agent, calls } = deskOf(rig, 109);
    assert.deepEqual([inspects, agent.state, calls], [{ agent: 101, how: 'whispering' }, 'called', []]);
    rig.picksUp(109);
    rig.wait(1000);
    rig.callIn(1);
    assert.deepEqual([shown(rig, 101), shown(rig, 109)], [[`ringing: customer ${CUSTOMER}`], []]);
    rig.picksUp(101);
    const { stage, since, talkedAt } = inHand(rig, 109);
    assert.deepEqual([stage, since, talkedAt], ['listening', rig.now(), undefined]);
    rig.does({ kind: 'switchInspection', agent: 109, target: 101, how: 'insert' });
    assert.deepEqual(deskOf(rig, 109).inspects, { agent: 101, how: 'inserting' });
    rig.does({ kind: 'stopInspecting', agent: 109, target: 101 });
    assert.deepEqual([deskOf(rig, 109).inspects, deskOf(rig, 109).calls], [undefined, []]);
  });
});

test('a desk shows the agent, what was chosen at the sign-in and who waits in the agent\'s queues, by id', () => {
  const rig = createRig();
  assert.equal(deskNow(rig.centre, 101), undefined);
  rig.signIn(101, { autoAnswer: false, autoEnterIdle: false }, 'busy');
  rig.does({ kind: 'chooseQueues', agent: 101, queues: [2] });
  rig.signIn(102, {}, 'busy');
  const since = rig.now();
  rig.callIn(2);
  rig.callIn(1);
  rig.wait(1000);
  rig.callIn(2);
  const { agent, autoAnswer, autoIdle, queues, calls, inspects } = deskOf(rig, 101);
  assert.deepEqual(agent, agentOnBoard(rig.centre, 101));
  assert.deepEqual([autoAnswer, autoIdle, calls, inspects], [false, false, [], undefined]);
  assert.deepEqual(queues.map(({ id, name, waiting, longestSince }) => [id, name, waiting, longestSince]), [[2, 'queue 2', 2, since]]);
  assert.deepEqual(deskOf(rig, 102).queues.map(({ id, waiting }) => [id, waiting]), [[1, 1], [2, 2]]);
});

const drawn = fc.array(fc.record({ what: fc.constantFrom(...Object.keys(HAPPENINGS), ...OFTEN, ...OFTEN), numbers: fc.array(fc.nat(30), { minLength: 8, maxLength: 8 }) }), { minLength: 1, maxLength: 80, size: 'max' });

test('whatever happens, a desk has every call of which its agent is a part or that is offered there, once, and the one in hand before held ones', () => {
  fc.assert(fc.property(drawn, (sequence) => {
    const rig = createRig({ config: BUSY_CONFIG, phonesAnswer: false });
    const { centre } = rig;
    for (const { what, numbers } of sequence) {
      const next = HAPPENINGS[what]?.(rig, chanceOf(numbers));
      if (next?.kind === 'pause') rig.wait(next.ms);
      else if (next !== undefined) rig.send(next);
      for (const agent of centre.agents.values()) {
        const { id } = agent;
        const calls = [...centre.calls.values()].filter((call) => partOf(call, id) !== undefined || call.offer?.agent === id);
        const conferences = [...centre.conferences.values()].filter((conference) => participantOf(conference, id) !== undefined);
        const own = deskOf(rig, id).calls.filter(({ stage }) => stage !== 'listening');
        assert.deepEqual(own.map((call) => call.id).toSorted(), [...calls.map((call) => call.id), ...conferences.map(({ call }) => call)].toSorted(), `at ${id} after ${what}`);
        if (agent.call !== undefined) assert.equal(own[0]?.id, agent.call);
        for (const { talkedAt, since, beganAt } of own) assert.ok(since <= rig.now() && beganAt <= since && (talkedAt ?? since) <= since, `at ${id} after ${what}`);
      }
    }
  }), { numRuns: Number(process.env['PARLEY_RUNS'] ?? 40), seed: 20_261_121 });
});
