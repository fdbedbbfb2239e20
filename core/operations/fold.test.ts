import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { aQueue, aSkill, createRig, EVERY_BIT, FIRST_CONFIG, START, type Rig, type RigOptions } from '../centre/centre.fixture.ts';
import type { ConfigChange } from '../centre/config.ts';
import { accountOf } from './books.fixture.ts';
import { directionOf, OPERATION, UNTOLD, type Operation } from './operation.ts';
import { cutsBetween } from './span.ts';

/** Voice in queue 1, sessions in queue 4; 105 inspects. */
const CONFIG: ConfigChange = {
  ...FIRST_CONFIG,
  queues: [aQueue(1), aQueue(2), aQueue(4, { media: 53 })],
  roles: [{ id: 2, bits: EVERY_BIT }, { id: 3, bits: EVERY_BIT }],
  agents: [101, 102, 103, 104, 105].map((id) => ({ id, roleId: id === 105 ? 3 : 2, type: 4, skills: id === 101 ? [aSkill(1), aSkill(4)] : [] })),
};

interface Desk {
  readonly rig: Rig;
  /** Bills since the last time: type, object, cause, seconds from the start and to the end. */
  readonly bills: (...types: readonly number[]) => readonly (readonly unknown[])[];
  readonly rows: () => readonly Operation[];
}

function aDesk(options: RigOptions = {}): Desk {
  const rig = createRig({ config: CONFIG, ...options });
  const account = accountOf(rig, { persists: true });
  let told = 0;
  const rows = (): readonly Operation[] => {
    account.follow();
    const news = account.rows.slice(told);
    told = account.rows.length;
    return news;
  };
  const seconds = (at: number): number => (at - START) / 1000;
  return {
    rig, rows,
    bills: (...types) => rows().filter(({ type }) => (types.length === 0 ? !UNTOLD.includes(type) : types.includes(type)))
      .map(({ agent, type, object, cause, from, to }) => [agent, type, object, cause, seconds(from), seconds(to)]),
  };
}

/** Two agents, one of whom talks with a customer. */
function talking(options: RigOptions = {}): Desk & { readonly call: string } {
  const desk = aDesk(options);
  desk.rig.signIn(101);
  desk.rig.signIn(102);
  const call = desk.rig.callIn(1);
  desk.rows();
  return { ...desk, call };
}

describe('a session', () => {
  test('begins and ends with a bill each, of the same number', () => {
    const { rig, rows } = aDesk();
    rig.signIn(101);
    rig.wait(5000);
    rig.does({ kind: 'signOut', agent: 101, force: true });
    rig.signIn(101);
    const told = rows().filter(({ type }) => type <= OPERATION.signIn).map(({ type, cause, to, logonSn }) => [type, cause, (to - START) / 1000, logonSn]);
    const [first, , second] = told.map(([, , , sn]) => sn);
    assert.notEqual(first, second);
    assert.deepEqual(told, [[1, undefined, 0, first], [0, 258, 5, first], [1, undefined, 5, second]]);
  });

  for (const [why, end, cause] of [
    ['signed out by itself', (rig) => { rig.does({ kind: 'signOut', agent: 101, force: false }); }, 258],
    ['signed in elsewhere', (rig) => { rig.does({ kind: 'signIn', agent: 101, profile: { ...rig.centre.agents.get(101)?.profile ?? assert.fail(), session: 'other' }, state: 'idle', force: true }); }, 264],
    ['signed out by an inspector', (rig) => { rig.does({ kind: 'force', agent: 105, target: 101, into: { what: 'signOut' } }); }, 257],
    ['removed', (rig) => { rig.does({ kind: 'configure', change: { agentsGone: [101] } }); }, 257],
  ] as readonly (readonly [string, (rig: Rig) => void, number])[]) {
    test(`ends with why: ${why}`, () => {
      const { rig, bills } = aDesk();
      rig.signIn(101);
      rig.signIn(105);
      end(rig);
      assert.deepEqual(bills(OPERATION.signOut).map(([agent, , object, told]) => [agent, object, told]), [[101, undefined, cause]]);
    });
  }

  test('ends whatever goes on in it', () => {
    const { rig, bills } = talking();
    rig.wait(1000);
    rig.does({ kind: 'hold', agent: 101 });
    rig.wait(1000);
    rig.does({ kind: 'signOut', agent: 101, force: true });
    assert.deepEqual(bills(), [[101, 38, undefined, undefined, 1, 2], [101, 60, undefined, 0, 0, 2], [101, 0, undefined, 258, 2, 2]]);
  });
});

describe('a state', () => {
  test('is told when it is over, and idle is kept', () => {
    const { rig, bills } = aDesk();
    rig.signIn(101);
    rig.wait(4000);
    rig.does({ kind: 'askState', agent: 101, request: 'sayBusy', reason: 201 });
    rig.wait(60_000);
    assert.deepEqual(bills(OPERATION.idle, OPERATION.busy), [[101, 2, undefined, undefined, 0, 4]], 'busy goes on');
    rig.does({ kind: 'askState', agent: 101, request: 'rest', reason: 7, ms: 60_000 });
    rig.wait(90_000);
    rig.does({ kind: 'askState', agent: 101, request: 'cancelRest' });
    assert.deepEqual(bills(), [[101, 3, undefined, 201, 4, 64], [101, 26, 101, 7, 64, 154]]);
  });

  for (const [why, cause, prepare] of [
    ['as the agent says so', 1, ({ rig }) => { rig.does({ kind: 'askState', agent: 101, request: 'sayBusy' }); }],
    ['as the agent says why', 250, ({ rig }) => { rig.does({ kind: 'askState', agent: 101, request: 'sayBusy', reason: 250 }); }],
    ['as nobody answered', 2, ({ rig }) => { rig.callIn(1); rig.wait(31_000); }],
    ['as an inspector wants it', 3, ({ rig }) => { rig.signIn(105); rig.does({ kind: 'force', agent: 105, target: 101, into: { what: 'busy' } }); }],
    ['as the phone cannot be had', 5, ({ rig }) => { rig.callIn(1); rig.hangsUp(rig.phone(101), 602); }],
    ['as the agent rejects', 7, ({ rig }) => { rig.callIn(1); rig.does({ kind: 'reject', agent: 101, mode: 1 }); }],
  ] as readonly (readonly [string, number, (desk: Desk) => void])[]) {
    test(`busy ${why} is cause ${cause}`, () => {
      const desk = aDesk({ phonesAnswer: false });
      desk.rig.signIn(101, { releasePhone: true });
      prepare(desk);
      desk.rig.wait(2000);
      desk.rig.does({ kind: 'signOut', agent: 101, force: true });
      assert.deepEqual(desk.bills(OPERATION.busy).map(([, , object, told]) => [object, told]), [[undefined, cause]]);
    });
  }

  test('busy for another reason is told apart, for the same one not', () => {
    const { rig, bills } = aDesk();
    rig.signIn(101);
    for (const reason of [201, 201, 202]) {
      rig.does({ kind: 'askState', agent: 101, request: 'sayBusy', reason, prolong: true });
      rig.wait(1000);
    }
    rig.does({ kind: 'askState', agent: 101, request: 'cancelBusy' });
    assert.deepEqual(bills(OPERATION.busy), [[101, 3, undefined, 201, 0, 2], [101, 3, undefined, 202, 2, 3]]);
  });

  test('wrap-up is of the call before when it comes by itself, and of none when it is asked for', () => {
    const { rig, rows, call } = talking();
    rig.does({ kind: 'adjust', agent: 101, change: { autoEnterIdle: false } });
    rig.does({ kind: 'release', agent: 101 });
    rig.wait(3000);
    rig.does({ kind: 'askState', agent: 101, request: 'cancelWork' });
    rig.does({ kind: 'askState', agent: 101, request: 'work' });
    rig.wait(4000);
    rig.does({ kind: 'askState', agent: 101, request: 'cancelWork' });
    assert.deepEqual(rows().filter(({ type }) => type === OPERATION.wrapUp).map(({ manual, cause, own, from, to }) => [manual, cause, own?.call, own?.queue, directionOf(own?.feature), to - from]), [
      [false, 0, call, 1, 'in', 3000], [true, 0, undefined, undefined, undefined, 4000],
    ]);
  });
});

describe('what an inspector does', () => {
  test('is the inspector\'s own operation, and names the agent', () => {
    const { rig, bills } = aDesk();
    rig.signIn(101);
    rig.signIn(105);
    bills();
    for (const into of [{ what: 'busy' }, { what: 'idle' }, { what: 'signOut' }] as const) {
      rig.does({ kind: 'force', agent: 105, target: 101, into });
      rig.wait(1000);
    }
    assert.deepEqual(bills(), [
      [105, 31, 101, undefined, 0, 0], [105, 30, 101, undefined, 1, 1], [101, 3, undefined, 3, 0, 1],
      [101, 0, undefined, 257, 2, 2], [105, 29, 101, undefined, 2, 2],
    ]);
  });

  test('is told when it is asked for, though it comes after the call', () => {
    const { rig, bills } = talking();
    rig.signIn(105);
    bills();
    rig.does({ kind: 'force', agent: 105, target: 101, into: { what: 'busy' } });
    rig.wait(1000);
    rig.does({ kind: 'release', agent: 101 });
    assert.deepEqual(bills(), [[105, 31, 101, undefined, 0, 0], [101, 60, undefined, 0, 0, 1]]);
  });

  test('names the inspector in the rest that it is, whose end by time is nobody\'s doing', () => {
    const { rig, bills } = aDesk();
    rig.signIn(101);
    rig.signIn(105);
    bills();
    rig.does({ kind: 'force', agent: 105, target: 101, into: { what: 'rest', ms: 5000, reason: 4 } });
    rig.wait(6000);
    assert.deepEqual(bills(), [[101, 26, 105, 4, 0, 5]]);
  });

  test('is to listen from when there is sound until it is over, and to take over', () => {
    const { rig, bills, call } = talking();
    rig.signIn(105);
    bills();
    rig.does({ kind: 'inspect', agent: 105, target: 101, how: 'listen' });
    rig.wait(7000);
    rig.does({ kind: 'intercept', agent: 105, target: 101 });
    rig.wait(5000);
    rig.does({ kind: 'release', agent: 105 });
    assert.deepEqual(bills(), [
      [105, 20, 101, 0, 0, 7], [105, 43, 101, undefined, 7, 7], [101, 60, undefined, 0, 0, 7], [105, 60, undefined, 0, 7, 12],
    ]);
    assert.equal(rig.centre.calls.has(call), false);
  });
});

describe('in a call', () => {
  test('holding and muting last until they are taken back, or the call is left', () => {
    const { rig, bills, rows, call } = talking();
    rig.does({ kind: 'mute', agent: 101, on: true });
    rig.wait(1000);
    rig.does({ kind: 'mute', agent: 101, on: false });
    rig.does({ kind: 'hold', agent: 101 });
    rig.wait(2000);
    rig.does({ kind: 'retrieve', agent: 101 });
    assert.deepEqual(bills(), [[101, 32, undefined, undefined, 0, 1], [101, 38, undefined, undefined, 1, 3]]);
    rig.does({ kind: 'hold', agent: 101 });
    rig.wait(1000);
    rig.hangsUp('in-1');
    const [hold] = rows().filter(({ type }) => type === OPERATION.hold);
    assert.deepEqual([hold?.own, hold?.phone, hold?.agentType], [{ call, queue: 1, feature: 0, media: 5 }, '80101', 4]);
  });

  test('a colleague is called, and that is told when it is over', () => {
    const { rig, bills } = aDesk();
    rig.signIn(101);
    rig.signIn(102);
    bills();
    rig.does({ kind: 'callInner', agent: 101, called: '102', caller: '' });
    rig.wait(9000);
    rig.does({ kind: 'release', agent: 102 });
    assert.deepEqual(bills(OPERATION.internalCall), [[101, 41, 102, undefined, 0, 9]]);
  });

  for (const [mode, cause] of [['twoParty', 1], ['threeParty', 2]] as const) {
    test(`help is asked for: ${mode}`, () => {
      const { rig, bills } = talking({ phonesAnswer: false });
      rig.picksUp(101);
      bills();
      rig.does({ kind: 'innerHelp', agent: 101, to: { device: 'agent', agent: 102 }, mode });
      rig.wait(4000);
      rig.picksUp(102);
      assert.deepEqual(bills(OPERATION.help), [[101, 40, 102, cause, 0, 4]]);
    });
  }

  test('who consults may talk with the one and the other in turn', () => {
    const { rig, bills, call } = talking();
    const consultation = rig.does({ kind: 'innerHelp', agent: 101, to: { device: 'agent', agent: 102 }, mode: 'twoParty' }).result ?? '';
    rig.does({ kind: 'hold', agent: 101 });
    rig.does({ kind: 'retrieve', agent: 101, call });
    rig.does({ kind: 'hold', agent: 101 });
    rig.does({ kind: 'retrieve', agent: 101, call: consultation });
    assert.equal(bills(OPERATION.helpSwitched).length, 2);
  });

  test('three parties are told until they are two', () => {
    const { rig, bills } = talking();
    rig.does({ kind: 'innerHelp', agent: 101, to: { device: 'agent', agent: 102 }, mode: 'threeParty' });
    rig.wait(6000);
    rig.does({ kind: 'release', agent: 102 });
    rig.wait(5000);
    rig.does({ kind: 'release', agent: 101 });
    assert.deepEqual(bills(OPERATION.threeParty), [[101, 10, 102, undefined, 0, 6]]);
  });

  test('a call is asked for out of a queue', () => {
    const { rig, bills } = aDesk();
    rig.signIn(101, {}, 'busy');
    const call = rig.callIn(1);
    bills();
    rig.wait(3000);
    rig.does({ kind: 'requestCall', agent: 101, call, queue: 1 });
    assert.deepEqual(bills(OPERATION.requestedCall), [[101, 53, undefined, undefined, 3, 3]]);
  });
});

test('what is done about a call has the first flow that it was in', () => {
  const { rig, rows } = aDesk();
  rig.signIn(101);
  const call = rig.does({ kind: 'arrive', leg: 'in-1', caller: '138', called: '12345', to: { kind: 'flow', flow: '7' } }).result ?? '';
  rig.does({ kind: 'flowEnded', leg: 'in-1', outcome: { kind: 'queue', queue: 1 } });
  rig.does({ kind: 'hold', agent: 101 });
  rig.does({ kind: 'retrieve', agent: 101, call });
  rig.does({ kind: 'transfer', agent: 101, to: { device: 'flow', flow: '8' }, mode: 'blind' });
  const services = (types: readonly number[]): readonly unknown[] => rows().filter(({ type }) => types.includes(type)).map(({ type, own }) => [type, own?.service]);
  assert.deepEqual(services([OPERATION.hold, OPERATION.talk, OPERATION.releaseTransfer]), [
    [OPERATION.hold, 7], [OPERATION.releaseTransfer, 7], [OPERATION.talk, 7],
  ]);
});

describe('a transfer', () => {
  const TRANSFERS = [13, 45, 46, 54, 55] as const;

  for (const [to, mode, told] of [
    [{ device: 'agent', agent: 102 }, 'blind', [[101, 45, 102, undefined, 1, 1]]],
    [{ device: 'queue', queue: 2 }, 'blind', [[101, 54, undefined, undefined, 1, 1]]],
    [{ device: 'flow', flow: '7' }, 'blind', [[101, 54, undefined, undefined, 1, 1]]],
    [{ device: 'number', number: '13900000009' }, 'blind', [[101, 46, undefined, undefined, 1, 1]]],
    [{ device: 'agent', agent: 102 }, 'afterSuccess', [[101, 45, 102, undefined, 1, 1]]],
    [{ device: 'accessCode', to: { kind: 'flow', flow: '7' } }, 'afterSuccess', [[101, 55, undefined, undefined, 1, 1]]],
  ] as const) {
    test(`${mode} to ${to.device} is of type ${told[0][1]}, and of no other`, () => {
      const config: ConfigChange = { ...CONFIG, queues: [aQueue(1), aQueue(2, { treatment: { noAgents: { kind: 'queue', queueId: 1 }, busy: { kind: 'release' }, timeOut: { kind: 'release' } } })] };
      const { rig, bills } = talking({ config });
      rig.wait(1000);
      rig.does({ kind: 'transfer', agent: 101, to, mode });
      assert.deepEqual(bills(...TRANSFERS), told);
    });
  }

  test('to a number is told with the number, from when it was dialled until the agent has left', () => {
    const { rig, rows, call } = talking();
    rig.does({ kind: 'transfer', agent: 101, to: { device: 'number', number: '13900000009' }, mode: 'talk' });
    rig.wait(5000);
    const leg = rig.centre.calls.get(call)?.third?.leg ?? '';
    rig.answers(leg);
    rig.wait(5000);
    assert.deepEqual(rows().filter(({ type }) => TRANSFERS.some((one) => one === type)), [], 'the agent may take it back yet');
    rig.does({ kind: 'release', agent: 101 });
    assert.deepEqual(rows().filter(({ type }) => type === OPERATION.transferOut).map(({ from, to, phone }) => [(from - START) / 1000, (to - START) / 1000, phone]), [[0, 10, '13900000009']]);
  });

  test('that comes to nothing is none', () => {
    const { rig, bills } = talking();
    rig.does({ kind: 'transfer', agent: 101, to: { device: 'number', number: '13900000009' }, mode: 'talk' });
    rig.does({ kind: 'cancelTransfer', agent: 101 });
    assert.deepEqual(bills(...TRANSFERS), []);
  });

  for (const [outcome, back] of [[{ kind: 'done' }, true], [{ kind: 'queue', queue: 1 }, false]] as const) {
    test(`to a flow, while the agent waits, lasts until the flow ${back ? 'gives the call back' : 'sends it elsewhere'}`, () => {
      const { rig, bills } = talking();
      rig.does({ kind: 'transfer', agent: 101, to: { device: 'flow', flow: '7' }, mode: 'suspend' });
      rig.wait(8000);
      rig.does({ kind: 'flowEnded', leg: 'in-1', outcome });
      rig.wait(1000);
      assert.deepEqual(bills(...TRANSFERS), [[101, 13, undefined, undefined, 0, 8]]);
    });
  }
});

describe('what is no call', () => {
  test('a recording is heard, and stands still for a while', () => {
    const { rig, bills } = aDesk();
    rig.signIn(101);
    bills();
    rig.does({ kind: 'play', agent: 101, path: 'Y:/1/0/20260105/101/1.V3', fromMs: 0, repeats: false, gain: 1 });
    rig.wait(1000);
    rig.does({ kind: 'playBegan', play: 'play-1-101-1' });
    rig.wait(2000);
    rig.does({ kind: 'changePlayback', agent: 101, change: { what: 'pause' } });
    rig.wait(5000);
    rig.does({ kind: 'changePlayback', agent: 101, change: { what: 'resume' } });
    rig.wait(3000);
    rig.does({ kind: 'changePlayback', agent: 101, change: { what: 'stop' } });
    assert.deepEqual(bills(), [[101, 44, undefined, undefined, 3, 8], [101, 22, undefined, undefined, 1, 11]]);
  });

  test('a state of the tenant\'s own lasts until another one is set', () => {
    const { rig, bills } = aDesk();
    rig.signIn(101);
    bills();
    rig.does({ kind: 'setCustomState', agent: 101, state: 7 });
    rig.wait(1000);
    rig.does({ kind: 'setCustomState', agent: 101, state: 8 });
    rig.wait(2000);
    rig.does({ kind: 'cancelCustomState', agent: 101 });
    assert.deepEqual(bills(), [[101, 56, undefined, 7, 0, 1], [101, 56, undefined, 8, 1, 3]]);
  });

  test('a conference is told with its chair and its id', () => {
    const { rig, rows } = aDesk();
    rig.signIn(101);
    rows();
    rig.does({ kind: 'conference', agent: 101, asked: { what: 'request', seats: 5, minutes: 10, promptMinutes: 3, caller: '' } });
    rig.wait(20_000);
    rig.does({ kind: 'signOut', agent: 101, force: true });
    assert.deepEqual(rows().filter(({ type }) => type === OPERATION.conference || type === OPERATION.talk).map(({ type, object, phone, from, to, own }) => [type, object, phone, to - from, own?.feature]), [
      [58, 101, '1', 20_000, 53], [60, undefined, '80101', 20_000, 53],
    ]);
  });
});

describe('a conversation', () => {
  const MINUTE = 60_000;

  test('by text from :01 to :13 is told at :05, at :10 and when it is over', () => {
    const { rig, bills } = aDesk();
    rig.signIn(101);
    bills();
    rig.wait(MINUTE);
    const call = rig.does({ kind: 'chatArrives', queue: 4, channel: 'web', media: 53, user: 'ann' }).result ?? '';
    rig.wait(12 * MINUTE);
    assert.deepEqual(bills(OPERATION.textTalk), []);
    rig.does({ kind: 'chatLeaves', call });
    const pieces = [[60, 300, 1], [300, 600, 1], [600, 780, 0]];
    for (const [type, told] of Map.groupBy(bills(OPERATION.textTalk, OPERATION.talk), ([, kind]) => kind)) {
      assert.deepEqual(told, pieces.map(([from, to, cause]) => [101, type, undefined, cause, from, to]));
    }
  });

  test('by voice is none by text', () => {
    const { rig, rows } = talking();
    rig.wait(2 * MINUTE);
    rig.does({ kind: 'release', agent: 101 });
    assert.deepEqual(rows().map(({ type, cause, own }) => [type, cause, own?.media]), [[60, 0, 5]]);
  });

  for (const [from, to, cuts] of [[0, 1, []], [0, 300_000, []], [0, 300_001, [300_000]], [299_999, 300_001, [300_000]], [300_000, 900_000, [600_000]], [0, 8 * 24 * 3_600_000, []]] as const) {
    test(`from ${from} to ${to} is cut ${cuts.length} times`, () => assert.deepEqual(cutsBetween(from, to), cuts));
  }
});
