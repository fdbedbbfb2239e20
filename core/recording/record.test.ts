import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { RecordingConfig } from '../centre/config.ts';
import { aQueue, aSkill, createRig, FIRST_CONFIG, type Rig } from '../centre/centre.fixture.ts';
import { createTalk, type Talk } from '../call/talk.fixture.ts';
import { createHall } from '../conference/conference.fixture.ts';
import type { Order } from '../voice/order.ts';

const RECORDING: RecordingConfig = { automatic: false, byAgents: true, toFiles: true, ccId: 1, timeZone: 'UTC' };
const ALL = { ...RECORDING, automatic: true };
const config = (recording: RecordingConfig) => ({ ...FIRST_CONFIG, recording });
const talkOf = (recording = RECORDING, options: Parameters<typeof createTalk>[0] = {}): Talk => createTalk({ config: config(recording), ...options });

const record = (rig: Rig, agent = 101, more: { path?: string; append?: boolean } = {}) => rig.send({ kind: 'record', agent, append: false, ...more });
const on = ({ centre }: Rig): readonly (readonly [agent: number, room: string, paused: boolean])[] =>
  [...centre.recordings.values()].filter(({ state }) => state === 'on').map(({ agent, room, isPaused }) => [agent, room, isPaused]);
const sounds = ({ orders }: Rig): readonly Order[] => orders.filter(({ kind }) => /record/i.test(kind));
const kinds = (rig: Rig): readonly string[] => sounds(rig).map(({ kind }) => kind);

describe('an agent records the talk', () => {
  test('and the voice port is told which room, into which file, and who is apart', () => {
    const rig = talkOf();
    assert.equal(record(rig).result, '1');
    assert.deepEqual(sounds(rig), [{
      kind: 'record', record: 'rec-1-1', room: `call-1-${rig.call}`, file: 'Y:/1/0/20260105/101/0900000.V3', append: true, apart: rig.phone(101),
    }]);
    record(talkOf(), 101, { path: 'Y:/1/0/20200101/101/1.V3' });
    const chosen = talkOf();
    record(chosen, 101, { path: 'Y:/1/0/20200101/101/1.V3', append: true });
    const overwritten = talkOf();
    record(overwritten, 101, { path: 'Y:/1/0/20200101/101/1.V3' });
    assert.deepEqual([chosen, overwritten].map((one) => sounds(one).map((order) => (order.kind === 'record' ? [order.file, order.append] : order.kind))), [
      [['Y:/1/0/20200101/101/1.V3', true]], [['Y:/1/0/20200101/101/1.V3', false]],
    ]);
  });

  /** What stands in the way of it. */
  const REFUSED: readonly (readonly [name: string, why: string, prepare: (rig: Talk) => void, path?: string])[] = [
    ['who is in no talk', 'wrongState', (rig) => { rig.does({ kind: 'release', agent: 101 }); }],
    ['who holds the call', 'wrongState', (rig) => { rig.does({ kind: 'hold', agent: 101 }); }],
    ['who has lent the call to a flow', 'wrongState', (rig) => { rig.does({ kind: 'transfer', agent: 101, mode: 'suspend', hold: false, to: { device: 'flow', flow: '7' } }); }],
    ['who is recorded already', 'wrongState', (rig) => { record(rig); }],
    ['whose tenant does not want it', 'noPermission', (rig) => { rig.does({ kind: 'configure', change: { recording: { ...RECORDING, byAgents: false } } }); }],
    ['who may not choose the file, and does', 'notEnabled', (rig) => { rig.does({ kind: 'configure', change: { recording: { ...RECORDING, toFiles: false } } }); }, 'Y:/1/0/20200101/101/1.V3'],
  ];
  for (const [name, why, prepare, path] of REFUSED) {
    test(`not one ${name}`, () => {
      const rig = talkOf();
      prepare(rig);
      assert.equal(record(rig, 101, path === undefined ? {} : { path }).refused?.refused, why);
    });
  }

  test('not one who inspects, nor one who still dials', () => {
    const rig = talkOf();
    rig.does({ kind: 'inspect', agent: 103, target: 101, how: 'insert' });
    assert.equal(record(rig, 103).refused?.refused, 'wrongState');
    const dialling = talkOf();
    dialling.does({ kind: 'dialOut', agent: 102, called: '13900000000', caller: '' });
    assert.equal(record(dialling, 102).refused?.refused, 'wrongState');
  });

  test('not into a file that is still being written', () => {
    const rig = talkOf();
    const path = 'Y:/1/0/20200101/101/1.V3';
    record(rig, 101, { path });
    rig.does({ kind: 'stopRecord', agent: 101 });
    assert.equal(record(rig, 101, { path: path.toLowerCase() }).refused?.refused, 'wrongState');
    rig.does({ kind: 'recorded', record: 'rec-1-1', why: 'stopped', ms: 5 });
    assert.equal(record(rig, 101, { path }).refused, undefined);
  });

  test('and in the same tenth of a second never into the same file', () => {
    const rig = talkOf();
    for (let times = 0; times < 4; times += 1) {
      record(rig);
      rig.does({ kind: 'stopRecord', agent: 101 });
    }
    const files = sounds(rig).flatMap((order) => (order.kind === 'record' ? [order.file] : []));
    assert.deepEqual(files, [0, 1, 2, 3].map((tenth) => `Y:/1/0/20260105/101/090000${tenth}.V3`));
  });
});

describe('what is recorded follows the talk', () => {
  test('it pauses while the call is held or lent, and goes on', () => {
    const rig = talkOf();
    record(rig);
    rig.does({ kind: 'hold', agent: 101 });
    assert.deepEqual(on(rig), [[101, rig.call, true]]);
    rig.does({ kind: 'retrieve', agent: 101 });
    rig.does({ kind: 'transfer', agent: 101, mode: 'suspend', hold: false, to: { device: 'flow', flow: '7' } });
    rig.does({ kind: 'flowEnded', leg: rig.customerLeg, outcome: { kind: 'done' } });
    assert.deepEqual([on(rig), kinds(rig)], [[[101, rig.call, false]], ['record', 'pauseRecord', 'resumeRecord', 'pauseRecord', 'resumeRecord']]);
  });

  test('muting changes nothing (6.1.2.6)', () => {
    const rig = talkOf();
    record(rig);
    rig.does({ kind: 'mute', agent: 101, on: true });
    assert.deepEqual(kinds(rig), ['record']);
  });

  test('a consultation is another talk, and so is what comes of it', () => {
    const rig = talkOf(ALL);
    rig.does({ kind: 'innerHelp', agent: 101, mode: 'twoParty', hold: true, to: { device: 'agent', agent: 102 } });
    const consultation = rig.centre.agents.get(101)?.call ?? '';
    assert.deepEqual(on(rig).toSorted(([one], [other]) => one - other), [[101, rig.call, true], [101, consultation, false], [102, consultation, false]]);
    rig.does({ kind: 'connectHold', agent: 101, call: rig.call });
    assert.deepEqual(on(rig).map(([agent]) => agent), [102], 'the one who connects them is out of it');
  });

  test('who takes a call over is recorded from then on (12.1.3)', () => {
    const rig = createTalk({ config: { ...config(ALL), agents: (FIRST_CONFIG.agents ?? []).map((agent) => (agent.id === 103 ? { ...agent, roleId: 3 } : agent)) } });
    rig.does({ kind: 'inspect', agent: 103, target: 101, how: 'listen' });
    assert.deepEqual(on(rig).map(([agent]) => agent), [101]);
    rig.does({ kind: 'intercept', agent: 103, target: 101 });
    assert.deepEqual(on(rig), [[103, rig.call, false]]);
  });

  test('of a call that is dialled nothing is recorded before it is answered, and its file says which way it went', () => {
    const rig = talkOf(ALL);
    rig.does({ kind: 'dialOut', agent: 102, called: '13900000000', caller: '' });
    assert.deepEqual(on(rig).map(([agent]) => agent), [101]);
    const call = rig.centre.agents.get(102)?.call ?? '';
    rig.answers(rig.customer(call));
    assert.deepEqual(on(rig).at(-1), [102, call, false]);
    assert.match(rig.centre.recordings.get('rec-1-2')?.path ?? '', /^Y:\/1\/1\//);
  });

  test('in a conference each agent is recorded, and not while held', () => {
    const hall = createHall({ config: config(ALL) });
    for (const agent of [101, 102]) hall.signIn(agent);
    const conference = hall.convene(101, [102]);
    const room = `conf-1-${conference.id}`;
    assert.deepEqual(on(hall), [[101, room, false], [102, room, false]]);
    hall.confers(101, { what: 'hold', participant: { kind: 'agent', agent: 102 }, file: 'y:/conf/1/1.V3' });
    assert.deepEqual(on(hall), [[101, room, false], [102, room, true]]);
    hall.confers(101, { what: 'unhold', participant: { kind: 'agent', agent: 102 } });
    assert.deepEqual(on(hall), [[101, room, false], [102, room, false]]);
  });

  test('text sessions are never recorded', () => {
    const rig = createRig({ config: { ...config(ALL), queues: [aQueue(53, { media: 53 })], agents: [{ id: 101, roleId: 2, type: 99, skills: [aSkill(53)] }] } });
    rig.signIn(101);
    rig.does({ kind: 'chatArrives', queue: 53, channel: 'web', media: 53, user: 'ann' });
    assert.deepEqual([rig.centre.agents.get(101)?.state, on(rig)], ['talking', []]);
  });

  test('switched on during a talk, it is the next one that is recorded; switched off, the last one is recorded to its end', () => {
    const rig = talkOf(RECORDING);
    rig.does({ kind: 'configure', change: { recording: ALL } });
    assert.deepEqual(on(rig), []);
    rig.does({ kind: 'release', agent: 101 });
    const next = rig.callIn(1);
    assert.deepEqual(on(rig).map(([, room]) => room), [next]);
    rig.does({ kind: 'configure', change: { recording: RECORDING } });
    assert.deepEqual(on(rig).map(([, room]) => room), [next]);
  });
});

describe('what the voice port tells of recordings', () => {
  test('that it began is told once', () => {
    const rig = talkOf();
    record(rig);
    rig.news();
    for (let times = 0; times < 2; times += 1) rig.does({ kind: 'recordBegan', record: 'rec-1-1' });
    rig.does({ kind: 'recordBegan', record: 'rec-1-9' });
    assert.deepEqual(rig.news(), ['RecordingConfirmed']);
  });

  test('that it is over counts from the stop, and only once', () => {
    const rig = talkOf();
    record(rig);
    rig.wait(5000);
    rig.does({ kind: 'stopRecord', agent: 101 });
    rig.wait(300);
    rig.does({ kind: 'recorded', record: 'rec-1-1', why: 'stopped', ms: 5020 });
    const ended = rig.happened.at(-1)?.event;
    assert.deepEqual(ended?.type === 'RecordingEnded' && [ended.to - ended.from, ended.ms, ended.isTold, ended.isHere], [5000, 5020, false, true]);
    rig.news();
    rig.does({ kind: 'recorded', record: 'rec-1-1', why: 'stopped', ms: 5020 });
    assert.deepEqual(rig.news(), []);
  });

  test('of a call that is to be erased, nothing more is kept than is said here', () => {
    const rig = talkOf();
    rig.does({ kind: 'forget', numbers: ['13800000001'] });
    record(rig);
    const began = rig.happened.at(-1)?.event;
    assert.equal(began?.type === 'RecordingBegan' && began.erase, true);
  });
});
