import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { aQueue, aSkill, createRig, FIRST_CONFIG, type Rig } from '../centre/centre.fixture.ts';

/** A caller who waits in the queues 1 and 2, the first being the main one. */
function inBoth(rig: Rig): string {
  rig.does({ kind: 'arrive', leg: 'in-9', caller: '1380', called: '12345', to: { kind: 'flow', flow: 'which' } });
  rig.does({ kind: 'flowEnded', leg: 'in-9', outcome: { kind: 'queue', queue: 1, also: [2] } });
  return rig.centre.legs.get('in-9')?.call ?? '';
}

const visits = (rig: Rig, call: string) => rig.centre.calls.get(call)?.visits.map(({ device, no, enterReason, leaveReason }) => [`${device} ${no}`, enterReason, leaveReason]);

const oneSkill = (id: number, queue: number) => ({ id, roleId: 2, type: 4, skills: [aSkill(queue)] });
const SPLIT = { ...FIRST_CONFIG, agents: [oneSkill(101, 1), oneSkill(102, 2), oneSkill(103, 1), oneSkill(104, 2)] };

describe('a call in several queues', () => {
  for (const [agent, queue, leaves] of [[103, 1, [0, 47]], [104, 2, [48, 0]]] as const) {
    test(`goes to the first agent who is free, be it of queue ${queue}`, () => {
      const rig = createRig({ config: SPLIT });
      rig.signIn(101, {}, 'busy');
      rig.signIn(102, {}, 'busy');
      const call = inBoth(rig);
      rig.signIn(agent);
      assert.equal(rig.centre.agents.get(agent)?.call, call);
      assert.deepEqual(visits(rig, call), [['flow which', 0, 0], ['queue 1', 0, leaves[0]], ['queue 2', 47, leaves[1]], [`agent ${agent}`, 0, undefined]]);
      assert.deepEqual([rig.centre.calls.get(call)?.firstQueue, rig.centre.calls.get(call)?.queue], [1, queue]);
      assert.deepEqual([...rig.centre.queues.values()].map(({ waiting }) => waiting.size), [0, 0]);
    });
  }

  test('waits in the other one where nobody is on duty in the first', () => {
    const rig = createRig({ config: SPLIT });
    rig.signIn(102, {}, 'busy');
    assert.deepEqual(rig.centre.calls.get(inBoth(rig))?.waitingIn, [2]);
  });

  test('is treated as the last queue says when none keeps it', () => {
    const rig = createRig({ config: SPLIT });
    inBoth(rig);
    assert.deepEqual([rig.centre.calls.size, rig.centre.legs.size], [0, 0]);
  });

  test('leaves the queue whose time is over first', () => {
    const rig = createRig({ config: { ...SPLIT, queues: [aQueue(1, { maxWaitMs: 1000 }), aQueue(2)] } });
    rig.signIn(101, {}, 'busy');
    rig.signIn(102, {}, 'busy');
    const call = inBoth(rig);
    rig.wait(1000);
    assert.deepEqual(rig.centre.calls.get(call)?.waitingIn, [2]);
    rig.wait(60_000);
    assert.equal(rig.centre.calls.has(call), false);
  });
});

describe('the best agent', () => {
  test('is the one with the greatest weight, then the one who has been idle for the longest', () => {
    const agent = (id: number, weight: number) => ({ id, roleId: 2, type: 4, skills: [aSkill(1, weight)] });
    const rig = createRig({ config: { ...FIRST_CONFIG, agents: [agent(101, 1), agent(102, 5), agent(103, 5)] } });
    for (const id of [101, 103, 102]) { rig.signIn(id); rig.wait(1000); }
    const order = [rig.callIn(1), rig.callIn(1), rig.callIn(1)].map((call) => rig.centre.calls.get(call)?.parts.flatMap((part) => (part.kind === 'agent' ? [part.agent] : []))[0]);
    assert.deepEqual(order, [103, 102, 101]);
  });

  test('takes the call of the queue that matters most to the agent', () => {
    const agents = [{ id: 101, roleId: 2, type: 4, skills: [aSkill(1, 1, 1), aSkill(2, 1, 9)] }];
    const rig = createRig({ config: { ...FIRST_CONFIG, agents } });
    rig.signIn(101, {}, 'busy');
    const [first, second] = [rig.callIn(1), rig.callIn(2)];
    rig.does({ kind: 'askState', agent: 101, request: 'sayFree' });
    assert.deepEqual([rig.centre.agents.get(101)?.call, rig.centre.calls.get(first)?.waitingIn], [second, [1]]);
  });
});

describe('a queue', () => {
  const to2 = { kind: 'queue', queueId: 2 } as const;
  const cases: readonly [name: string, queue: Parameters<typeof aQueue>[1], make: (rig: Rig) => string, reason: number][] = [
    ['where nobody is on duty', {}, (rig) => rig.callIn(1), 3],
    ['that is full', { maxWaiting: 1 }, (rig) => { rig.signIn(101, {}, 'busy'); rig.callIn(1); return rig.callIn(1); }, 1],
    ['in which it has waited too long', {}, (rig) => { rig.signIn(101, {}, 'busy'); const call = rig.callIn(1); rig.wait(60_000); return call; }, 2],
  ];
  for (const [name, queue, make, reason] of cases) {
    test(`${name} passes a call on to another`, () => {
      const treatment = { noAgents: to2, busy: to2, timeOut: to2 };
      const rig = createRig({ config: { ...SPLIT, queues: [aQueue(1, { treatment, ...queue }), aQueue(2)] } });
      rig.signIn(102, {}, 'busy');
      const call = make(rig);
      assert.deepEqual(visits(rig, call), [['queue 1', 0, reason], ['queue 2', reason, undefined]]);
      assert.equal(rig.centre.calls.get(call)?.firstQueue, 1, 'the queue that it was for');
    });
  }

  test('that is no more lets its callers go', () => {
    const rig = createRig();
    rig.signIn(101, {}, 'busy');
    rig.callIn(1);
    rig.does({ kind: 'configure', change: { queuesGone: [1] } });
    assert.deepEqual([rig.centre.calls.size, rig.centre.legs.size, rig.centre.timers.due.size], [0, 0, 0]);
  });

  test('that an agent is given brings what waits there', () => {
    const rig = createRig({ config: { ...FIRST_CONFIG, agents: [oneSkill(101, 1), oneSkill(102, 2)] } });
    rig.signIn(102, {}, 'busy');
    rig.signIn(101);
    const call = rig.callIn(2);
    rig.does({ kind: 'configure', change: { agents: [{ ...oneSkill(101, 1), skills: [aSkill(1), aSkill(2)] }] } });
    assert.equal(rig.centre.agents.get(101)?.call, call);
  });

  test('whose agent is removed gives the call to the next', () => {
    const rig = createRig({ phonesAnswer: false });
    rig.signIn(101);
    const call = rig.callIn(1);
    rig.signIn(102);
    rig.does({ kind: 'configure', change: { agentsGone: [101] } });
    assert.deepEqual([rig.centre.agents.has(101), rig.centre.agents.get(102)?.call], [false, call]);
  });
});
