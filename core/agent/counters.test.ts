import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { aQueue, aSkill, createRig, EVERY_BIT, type Rig, type RigOptions } from '../centre/centre.fixture.ts';
import type { Counters } from './agent.ts';
import { countersAt } from './counters.ts';

const AGENT = 101;

/** Only what counts: the rest is nought. */
function counted(rig: Rig, agent = AGENT): Partial<Counters> {
  const found = rig.centre.agents.get(agent);
  assert.ok(found !== undefined);
  return Object.fromEntries(Object.entries(countersAt(found, rig.now())).filter(([, count]) => count !== 0));
}

/** The agent in queue 1, a colleague in queue 2. */
function desk(options: RigOptions = {}): Rig {
  const rig = createRig({
    config: {
      queues: [aQueue(1), aQueue(2)],
      roles: [{ id: 2, bits: EVERY_BIT }, { id: 3, bits: EVERY_BIT }],
      agents: [AGENT, 102, 109].map((id) => ({ id, roleId: id === 109 ? 3 : 2, type: 4, skills: [aSkill(id === AGENT ? 1 : 2)] })),
    },
    ...options,
  });
  rig.signIn(AGENT);
  return rig;
}

describe('what counts since the sign-in (6.1.3.9)', () => {
  test('a call answered, held and released', () => {
    const rig = desk();
    rig.wait(1000);
    rig.callIn(1);
    rig.wait(2000);
    rig.does({ kind: 'hold', agent: AGENT });
    rig.wait(3000);
    rig.does({ kind: 'retrieve', agent: AGENT });
    rig.wait(4000);
    assert.deepEqual(counted(rig), { idleMs: 1000, answered: 1, holds: 1, holdMs: 3000, talkMs: 9000 });
    rig.does({ kind: 'release', agent: AGENT });
    rig.wait(5000);
    assert.deepEqual(counted(rig), { idleMs: 6000, answered: 1, holds: 1, holdMs: 3000, talkMs: 9000, released: 1 });
  });

  test('a call that the customer ends, and one that is held to its end', () => {
    const rig = desk();
    rig.hangsUp(rig.customer(rig.callIn(1)));
    const call = rig.callIn(1);
    rig.does({ kind: 'hold', agent: AGENT });
    rig.wait(1000);
    rig.hangsUp(rig.customer(call));
    assert.deepEqual(counted(rig), { answered: 2, holds: 1, holdMs: 1000, talkMs: 1000 });
  });

  test('one not answered, and one rejected', () => {
    const rig = desk({ phonesAnswer: false });
    rig.signIn(102, {}, 'busy');
    rig.callIn(1);
    rig.wait(30_000);
    assert.deepEqual(counted(rig), { unanswered: 1, ringMs: 30_000, busy: 1 });
    const other = desk();
    other.does({ kind: 'adjust', agent: AGENT, change: { autoAnswer: false } });
    other.callIn(1);
    other.does({ kind: 'reject', agent: AGENT, mode: 1 });
    assert.deepEqual(counted(other), { redirected: 1, busy: 1 });
  });

  test('calls to the outside, and to a colleague', () => {
    const rig = desk();
    rig.signIn(102);
    const call = rig.does({ kind: 'dialOut', agent: AGENT, called: '13900000000', caller: '' }).result ?? '';
    rig.hangsUp(rig.customer(call), 603);
    rig.does({ kind: 'callInner', agent: AGENT, called: '102', caller: '' });
    assert.deepEqual(counted(rig), { dialled: 1, internal: 1 });
    assert.deepEqual(counted(rig, 102), { answered: 1 });
  });

  test('help, by the two alone or among three', () => {
    for (const mode of ['twoParty', 'threeParty'] as const) {
      const rig = desk();
      rig.signIn(102);
      rig.callIn(1);
      rig.does({ kind: 'innerHelp', agent: AGENT, to: { device: 'agent', agent: 102 }, mode });
      assert.equal(counted(rig).helps, 1);
      assert.equal(counted(rig).dialled, undefined);
    }
  });

  test('transfers to a colleague, and to a flow', () => {
    const rig = desk();
    rig.signIn(102);
    rig.callIn(1);
    rig.does({ kind: 'transfer', agent: AGENT, to: { device: 'agent', agent: 102 }, mode: 'blind' });
    assert.deepEqual([counted(rig).transferredOut, counted(rig, 102).transferredIn], [1, 1]);
    rig.callIn(1);
    rig.does({ kind: 'transfer', agent: AGENT, to: { device: 'flow', flow: '7' }, mode: 'blind' });
    assert.equal(counted(rig).transferredToFlow, 1);
  });

  test('rests, and how long they overran; busy once however often the reason changes', () => {
    const rig = desk();
    const ask = (request: 'rest' | 'cancelRest' | 'sayBusy' | 'cancelBusy', prolong = false): void => {
      rig.does({ kind: 'askState', agent: AGENT, request, ms: 10_000, prolong });
    };
    ask('rest');
    rig.wait(12_000);
    assert.deepEqual(counted(rig), { rests: 1, restOverruns: 1, restMs: 12_000, restOverMs: 2000 });
    ask('rest', true);
    rig.wait(4000);
    ask('cancelRest');
    ask('sayBusy');
    rig.wait(1000);
    ask('sayBusy', true);
    rig.wait(2000);
    ask('cancelBusy');
    assert.deepEqual(counted(rig), { rests: 2, restOverruns: 1, restMs: 16_000, restOverMs: 2000, busy: 1, busyMs: 3000 });
  });

  test('not the time of an inspector who hears others talk, but that of a call taken over', () => {
    const rig = desk();
    rig.signIn(109);
    rig.callIn(1);
    rig.wait(2000);
    rig.does({ kind: 'inspect', agent: 109, target: AGENT, how: 'listen' });
    rig.wait(5000);
    assert.deepEqual(counted(rig, 109), { idleMs: 2000 }, 'what was before counts');
    rig.does({ kind: 'intercept', agent: 109, target: AGENT });
    rig.wait(7000);
    assert.deepEqual(counted(rig, 109), { idleMs: 2000, talkMs: 7000 });
    assert.deepEqual(counted(rig), { answered: 1, talkMs: 7000, idleMs: 7000 });
  });
});
