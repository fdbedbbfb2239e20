import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createRig, type Rig } from '../centre/centre.fixture.ts';

/** 101 talks with somebody; another caller is for 101 alone, and goes to `overflow` otherwise. */
function forAgent(overflow?: number): { readonly rig: Rig; readonly call: string; readonly talk: string } {
  const rig = createRig();
  rig.signIn(101);
  const talk = rig.callIn(1);
  rig.does({ kind: 'arrive', leg: 'in-9', caller: '1380', called: '12345', to: { kind: 'flow', flow: 'who' } });
  const call = rig.centre.legs.get('in-9')?.call ?? '';
  rig.does({ kind: 'flowEnded', leg: 'in-9', outcome: { kind: 'agent', agent: 101, ...(overflow === undefined ? {} : { overflow }) } });
  return { rig, call, talk };
}

const visits = (rig: Rig, call: string) => rig.centre.calls.get(call)?.visits.map(({ device, no, leaveReason }) => `${device} ${no}: ${leaveReason ?? '-'}`);

describe('a call for one agent', () => {
  test('waits while the agent talks, and comes before those of the skill queues', () => {
    const { rig, call, talk } = forAgent();
    const earlier = rig.callIn(1);
    assert.deepEqual(rig.centre.agents.get(101)?.ownQueue, [call]);
    rig.does({ kind: 'release', agent: 101 });
    assert.equal(rig.centre.agents.get(101)?.call, call);
    assert.deepEqual(visits(rig, call), ['flow who: 0', 'agentQueue 101: 0', 'agent 101: -']);
    assert.deepEqual([rig.centre.calls.has(talk), rig.centre.calls.get(earlier)?.waitingIn, rig.centre.agents.get(101)?.ownQueue], [false, [1], []]);
  });

  test('goes to the queue when it has waited too long', () => {
    const { rig, call } = forAgent(2);
    rig.wait(60_000);
    assert.deepEqual(rig.centre.calls.get(call)?.waitingIn, [2]);
    assert.deepEqual(visits(rig, call), ['flow who: 0', 'agentQueue 101: 2', 'queue 2: -']);
  });

  test('or is over', () => {
    const { rig, call } = forAgent();
    rig.wait(60_000);
    assert.deepEqual([rig.centre.calls.has(call), rig.centre.legs.has('in-9'), rig.centre.agents.get(101)?.ownQueue], [false, false, []]);
  });

  test('does not wait for an agent who signs out', () => {
    const { rig, call } = forAgent(2);
    rig.signIn(102, {}, 'busy');
    rig.does({ kind: 'signOut', agent: 101, force: true });
    assert.deepEqual(rig.centre.calls.get(call)?.waitingIn, [2]);
    assert.deepEqual(visits(rig, call), ['flow who: 0', 'agentQueue 101: 3', 'queue 2: -']);
  });

  test('goes to its queue when the agent does not answer', () => {
    const { rig, call } = forAgent(2);
    rig.does({ kind: 'configure', change: {} });
    rig.does({ kind: 'askState', agent: 101, request: 'sayBusy' });
    rig.does({ kind: 'release', agent: 101 });
    assert.deepEqual(rig.centre.agents.get(101)?.ownQueue, [call], 'who is busy after all may be back in time');
    rig.does({ kind: 'askState', agent: 101, request: 'cancelBusy' });
    assert.equal(rig.centre.agents.get(101)?.call, call);
    rig.hangsUp(rig.phone(101));
    assert.equal(rig.centre.calls.has(call), false);
  });

  test('is one that a colleague has passed on, too', () => {
    const rig = createRig();
    rig.signIn(101);
    rig.callIn(1);
    rig.signIn(102);
    const call = rig.callIn(2);
    rig.does({ kind: 'transfer', agent: 102, to: { device: 'agent', agent: 101 }, mode: 'blind' });
    assert.deepEqual([rig.centre.agents.get(101)?.ownQueue, rig.centre.agents.get(102)?.state], [[call], 'idle']);
    rig.does({ kind: 'release', agent: 101 });
    assert.equal(rig.centre.agents.get(101)?.call, call);
    assert.equal(rig.happened.findLast(({ event }) => event.type === 'CallOffered')?.event, rig.happened.find(({ event }) => event.type === 'CallOffered' && event.how === 'transfer')?.event);
  });

  test('leaves nothing behind when the caller gives up', () => {
    const { rig, talk } = forAgent(2);
    rig.hangsUp('in-9');
    assert.deepEqual([rig.centre.agents.get(101)?.ownQueue, [...rig.centre.calls.keys()]], [[], [talk]]);
    assert.ok(rig.happened.some(({ event }) => event.type === 'CallEnded' && event.cause === 601));
  });
});
