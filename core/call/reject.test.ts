import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createRig, type Rig } from '../centre/centre.fixture.ts';
import { BUSY } from './offer.ts';

function ringing(): { readonly rig: Rig; readonly call: string } {
  const rig = createRig();
  rig.signIn(101, { autoAnswer: false, autoEnterIdle: false });
  const call = rig.callIn(1);
  assert.equal(rig.centre.agents.get(101)?.state, 'ringing');
  return { rig, call };
}

describe('rejecting a call', () => {
  test('puts it back at the head of its queue and makes the agent busy', () => {
    const { rig, call } = ringing();
    const second = rig.callIn(1);
    rig.does({ kind: 'setCallData', agent: 101, data: 'vip' });
    rig.does({ kind: 'reject', agent: 101, call, mode: 1 });
    const agent = rig.centre.agents.get(101);
    assert.deepEqual([agent?.state, agent?.reason, agent?.call], ['busy', BUSY.rejected, undefined]);
    rig.signIn(102);
    assert.equal(rig.centre.agents.get(102)?.call, call, 'before the one that came later');
    const again = rig.centre.calls.get(call);
    assert.deepEqual([again?.data, again?.lastReleasedBy, again?.requeues], ['vip', 101, 1]);
    assert.deepEqual(again?.visits.map(({ device, no, enterReason, leaveReason }) => [device, no, enterReason, leaveReason]), [
      ['queue', '1', 0, 0], ['agent', '101', 0, 50], ['queue', '1', 50, 0], ['agent', '102', 0, undefined],
    ]);
    assert.deepEqual(rig.centre.calls.get(second)?.waitingIn, [1]);
  });

  test('or releases it and leaves the agent idle, for the next one that waits', () => {
    const { rig, call } = ringing();
    rig.does({ kind: 'reject', agent: 101, mode: 2 });
    assert.equal(rig.centre.calls.has(call), false);
    assert.deepEqual([rig.centre.agents.get(101)?.state, rig.centre.agents.get(101)?.counters.unanswered], ['idle', 0]);
    assert.ok(rig.happened.some(({ event }) => event.type === 'CallEnded' && event.cause === 852));
  });

  test('is possible while the phone rings, which then stops', () => {
    const rig = createRig({ phonesAnswer: false });
    rig.signIn(101);
    const call = rig.callIn(1);
    rig.does({ kind: 'reject', agent: 101, mode: 1 });
    assert.deepEqual([rig.centre.agents.get(101)?.state, rig.centre.legs.size, rig.centre.calls.get(call)?.waitingIn], ['busy', 1, [1]]);
  });

  test('happens at the phone, too', () => {
    const rig = createRig({ phonesAnswer: false });
    rig.signIn(101);
    rig.callIn(1);
    rig.hangsUp(rig.phone(101), 604);
    assert.deepEqual([rig.centre.agents.get(101)?.state, rig.centre.agents.get(101)?.reason], ['busy', BUSY.rejected]);
  });

  const refusals: readonly [why: string, name: string, ask: (rig: Rig) => string | undefined][] = [
    ['noCall', 'there is none', (rig) => rig.refuses({ kind: 'reject', agent: 102, mode: 1 })],
    ['wrongState', 'it is answered', (rig) => { rig.does({ kind: 'answer', agent: 101 }); return rig.refuses({ kind: 'reject', agent: 101, mode: 1 }); }],
    ['notYours', 'another one is meant', (rig) => rig.refuses({ kind: 'reject', agent: 101, call: '1-1', mode: 1 })],
    ['phoneUnavailable', 'the agent has no phone', (rig) => { rig.signIn(103, { phone: '' }); return rig.refuses({ kind: 'reject', agent: 103, mode: 1 }); }],
  ];
  for (const [why, name, ask] of refusals) {
    test(`is refused when ${name}`, () => {
      const { rig } = ringing();
      rig.signIn(102);
      assert.equal(ask(rig), why);
    });
  }
});
