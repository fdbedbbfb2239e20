import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createRig } from '../centre/centre.fixture.ts';

describe('a call that comes in', () => {
  test('reaches the ready agent, is held, retrieved and released', () => {
    const rig = createRig();
    rig.signIn(101);
    rig.news();
    const call = rig.callIn(1);
    assert.deepEqual(rig.news(), [
      'CallBegan', 'LegBegan', 'CustomerJoined', 'LegAnswered', 'CustomerConnected', 'CallQueued', 'CallDequeued',
      'AgentMoved', 'CallOffered', 'LegBegan', 'LegRang', 'LegAnswered', 'OfferRang', 'AgentMoved', 'AgentJoined',
    ]);
    assert.equal(rig.centre.agents.get(101)?.state, 'talking');
    assert.deepEqual(rig.orders.at(-1), {
      kind: 'arrange', room: `call-1-${call}`,
      members: [{ leg: rig.phone(101), to: 'all', hears: true, music: false }, { leg: 'in-1', to: 'all', hears: true, music: false }],
    });
    rig.does({ kind: 'hold', agent: 101 });
    assert.deepEqual(rig.orders.at(-1), { kind: 'arrange', room: `call-1-${call}`, members: [{ leg: 'in-1', to: 'all', hears: true, music: true }] });
    rig.does({ kind: 'retrieve', agent: 101 });
    rig.does({ kind: 'release', agent: 101 });
    assert.equal(rig.centre.agents.get(101)?.state, 'idle');
    assert.equal(rig.centre.calls.size, 0);
    assert.equal(rig.centre.legs.size, 1, 'the phone stays up');
  });

  test('waits until an agent is free, and goes on to the next when one does not answer', () => {
    const rig = createRig({ phonesAnswer: false });
    const call = rig.callIn(1);
    assert.equal(rig.centre.calls.size, 0, 'nobody is on duty');
    rig.signIn(101);
    const second = rig.callIn(1);
    assert.notEqual(call, second);
    assert.equal(rig.centre.agents.get(101)?.state, 'occupied');
    rig.signIn(102);
    rig.wait(30_000);
    assert.equal(rig.centre.agents.get(102)?.state, 'occupied');
    assert.equal(rig.centre.agents.get(101)?.state, 'busy');
    rig.picksUp(102);
    assert.equal(rig.centre.agents.get(102)?.state, 'talking');
    assert.deepEqual(rig.centre.calls.get(second)?.visits.map(({ device, no, leaveReason }) => [device, no, leaveReason]), [
      ['queue', '1', 0], ['agent', '101', 5], ['queue', '1', 0], ['agent', '102', undefined],
    ]);
  });

  test('ends when the customer hangs up, and the agent goes through wrap-up while the phone is hung up', () => {
    const rig = createRig();
    rig.signIn(101, { releasePhone: true, autoEnterIdle: false });
    const call = rig.callIn(1);
    rig.hangsUp(rig.customer(call));
    assert.equal(rig.centre.agents.get(101)?.state, 'wrapUp');
    assert.equal(rig.centre.legs.size, 0);
    rig.wait(5000);
    assert.equal(rig.centre.agents.get(101)?.state, 'idle');
  });

  test('rests after the call where that was asked for during it', () => {
    const rig = createRig();
    rig.signIn(101);
    rig.callIn(1);
    rig.does({ kind: 'askState', agent: 101, request: 'rest', reason: 3, ms: 60_000 });
    rig.does({ kind: 'release', agent: 101 });
    assert.equal(rig.centre.agents.get(101)?.state, 'rest');
    rig.wait(60_000);
    assert.equal(rig.centre.agents.get(101)?.state, 'rest');
    assert.equal(rig.centre.agents.get(101)?.counters.restOverruns, 1);
  });
});

describe('a call to the outside', () => {
  test('rings the agent first, then the number', () => {
    const rig = createRig();
    rig.signIn(101);
    rig.news();
    const call = rig.does({ kind: 'dialOut', agent: 101, called: '13900000000', caller: '' }).result ?? '';
    assert.match(call, /^\d+-10001$/);
    assert.equal(rig.centre.agents.get(101)?.state, 'dialling');
    rig.answers(rig.customer(call));
    assert.equal(rig.centre.agents.get(101)?.state, 'talking');
    rig.hangsUp(rig.customer(call));
    assert.equal(rig.centre.agents.get(101)?.state, 'idle');
  });
});

test('a call that the port tells of twice is one', () => {
  const rig = createRig();
  const arrival = { kind: 'arrive', leg: 'in-9', caller: '1380', called: '12345', to: { kind: 'flow', flow: 'welcome' } } as const;
  const { result } = rig.does(arrival);
  assert.deepEqual(rig.send(arrival), { events: [], result, refused: undefined });
  assert.equal(rig.centre.calls.size, 1);
});
