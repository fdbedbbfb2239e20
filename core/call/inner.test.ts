import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createRig, FIRST_CONFIG, type Rig } from '../centre/centre.fixture.ts';
import { CAUSE } from './call.ts';

const inner = (agent: number, called: string) => ({ kind: 'callInner', agent, called, caller: '' }) as const;
const stateOf = (rig: Rig, agent: number) => rig.centre.agents.get(agent)?.state;

describe('a call between agents', () => {
  test('rings the phone of the caller, then the colleague, and both talk', () => {
    const rig = createRig({ phonesAnswer: false });
    rig.signIn(101, { autoAnswer: false });
    rig.signIn(102, { autoAnswer: false });
    const call = rig.does({ ...inner(101, '102'), data: 'about the invoice' }).result ?? '';
    assert.equal(stateOf(rig, 101), 'dialling');
    assert.equal(stateOf(rig, 102), 'idle', 'the caller comes first');
    rig.picksUp(101);
    assert.equal(stateOf(rig, 102), 'occupied');
    rig.picksUp(102);
    rig.does({ kind: 'answer', agent: 102 });
    assert.deepEqual([stateOf(rig, 101), stateOf(rig, 102)], ['talking', 'talking']);
    const { feature, caller, called, data } = rig.centre.calls.get(call) ?? {};
    assert.deepEqual([feature, caller, called, data], [6, '101', '102', 'about the invoice']);
    assert.deepEqual(rig.orders.at(-1), {
      kind: 'arrange', room: `call-1-${call}`, members: [101, 102].map((agent) => ({ leg: rig.phone(agent), to: 'all', hears: true, music: false })),
    });
    rig.does({ kind: 'release', agent: 102 });
    assert.deepEqual([stateOf(rig, 101), stateOf(rig, 102), rig.centre.calls.size], ['idle', 'idle', 0]);
  });

  const failures: readonly [name: string, cause: number, make: (rig: Rig) => void, callee: string | undefined][] = [
    ['the colleague has signed out', CAUSE.noAgent, (rig) => { rig.does({ kind: 'signOut', agent: 102 }); rig.picksUp(101); }, undefined],
    ['the colleague is busy', CAUSE.busy, (rig) => { rig.does({ kind: 'askState', agent: 102, request: 'sayBusy' }); rig.picksUp(101); }, 'busy'],
    ['the colleague talks', CAUSE.busy, (rig) => { rig.callIn(1); rig.picksUp(102); rig.picksUp(101); }, 'ringing'],
    ['the colleague does not answer', CAUSE.agentUnanswered, (rig) => { rig.picksUp(101); rig.picksUp(102); rig.wait(30_000); }, 'busy'],
    ['the phone of the colleague cannot be reached', CAUSE.agentUnanswered, (rig) => { rig.picksUp(101); rig.hangsUp(rig.phone(102), CAUSE.noResource); }, 'busy'],
    ['the colleague rejects', CAUSE.agentRejected, (rig) => { rig.picksUp(101); rig.picksUp(102); rig.does({ kind: 'reject', agent: 102, mode: 1 }); }, 'busy'],
    ['the colleague rejects and stays idle', CAUSE.agentRejected, (rig) => { rig.picksUp(101); rig.does({ kind: 'reject', agent: 102, mode: 2 }); }, 'idle'],
    ['the caller\'s own phone is not answered', CAUSE.unanswered, (rig) => { rig.wait(30_000); }, 'idle'],
  ];
  for (const [name, cause, make, callee] of failures) {
    test(`fails, and the caller is told, when ${name}`, () => {
      const rig = createRig({ phonesAnswer: false });
      rig.signIn(101);
      rig.signIn(102, { autoAnswer: false });
      const call = rig.does(inner(101, '102')).result;
      make(rig);
      const failed = rig.happened.flatMap(({ event }) => (event.type === 'CallFailed' ? [event] : []));
      assert.deepEqual(failed.map((event) => [event.call, event.agent, event.cause]), [[call, 101, cause]]);
      assert.equal(rig.centre.calls.has(call ?? ''), false);
      assert.equal(rig.centre.agents.get(101)?.call, undefined);
      assert.equal(stateOf(rig, 101), 'idle');
      assert.equal(stateOf(rig, 102), callee);
    });
  }

  test('leaves the colleague as before when the caller hangs up first', () => {
    const rig = createRig({ phonesAnswer: false });
    rig.signIn(101);
    rig.signIn(102, { autoEnterIdle: false });
    rig.does(inner(101, '102'));
    rig.picksUp(101);
    const phone = rig.phone(102);
    rig.hangsUp(rig.phone(101));
    assert.ok(rig.orders.some((order) => order.kind === 'drop' && order.leg === phone), 'the phone stops ringing');
    assert.deepEqual([stateOf(rig, 102), rig.centre.legs.size, rig.centre.calls.size], ['idle', 0, 0]);
  });

  test('may be made beside a held call, and hears of it again afterwards', () => {
    const rig = createRig();
    rig.signIn(101);
    const held = rig.callIn(1);
    rig.signIn(102);
    rig.does({ kind: 'hold', agent: 101 });
    rig.does(inner(101, '102'));
    assert.equal(stateOf(rig, 102), 'talking');
    rig.does({ kind: 'release', agent: 101 });
    assert.deepEqual([stateOf(rig, 101), rig.centre.agents.get(101)?.held], ['talking', [held]]);
  });

  const noRight = { ...FIRST_CONFIG, roles: [{ id: 2, bits: [5] }] };
  const refusals: readonly [name: string, why: string, ask: () => string | undefined][] = [
    ['a strange number', 'badNumber', () => asked((rig) => rig.refuses(inner(101, '10a')))],
    ['a number of nobody, such as an access code', 'unknownAgent', () => asked((rig) => rig.refuses(inner(101, '40040')))],
    ['stars', 'unknownAgent', () => asked((rig) => rig.refuses(inner(101, '*1#')))],
    ['the own number', 'self', () => asked((rig) => rig.refuses(inner(101, '101')))],
    ['a queue that there is not', 'unknownQueue', () => asked((rig) => rig.refuses({ ...inner(101, '102'), queue: 9 }))],
    ['too much data', 'tooLarge', () => asked((rig) => rig.refuses({ ...inner(101, '102'), data: 'ä'.repeat(8193) }))],
    ['a call already', 'wrongState', () => asked((rig) => { rig.callIn(1); return rig.refuses(inner(101, '102')); })],
    ['no right to it', 'noPermission', () => asked((rig) => rig.refuses(inner(101, '102')), createRig({ config: noRight }))],
    ['a password to change', 'mustChangePassword', () => asked((rig) => rig.refuses(inner(101, '102')), createRig(), true)],
  ];
  function asked(ask: (rig: Rig) => string | undefined, rig = createRig(), mustChangePassword = false): string | undefined {
    rig.signIn(101, { mustChangePassword });
    return ask(rig);
  }
  for (const [name, why, ask] of refusals) test(`is refused with ${name}`, () => assert.equal(ask(), why));
});
