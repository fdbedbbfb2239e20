import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createRig, type Rig } from '../centre/centre.fixture.ts';
import { CAUSE } from './call.ts';
import type { FlowOutcome } from './ivr.ts';

function inFlow(): { readonly rig: Rig; readonly call: string; readonly ends: (outcome: FlowOutcome) => void } {
  const rig = createRig();
  const call = rig.does({ kind: 'arrive', leg: 'in-9', caller: '1380', called: '12345', to: { kind: 'flow', flow: 'welcome' } }).result ?? '';
  assert.deepEqual(rig.orders.at(-1), { kind: 'flow', vdnId: 1, leg: 'in-9', flow: 'welcome', call });
  return { rig, call, ends: (outcome) => { rig.does({ kind: 'flowEnded', leg: 'in-9', outcome }); } };
}

describe('a flow that is through with its caller', () => {
  test('sends the call into a queue', () => {
    const { rig, call, ends } = inFlow();
    rig.signIn(101);
    ends({ kind: 'queue', queue: 1 });
    assert.equal(rig.centre.agents.get(101)?.call, call);
    assert.deepEqual(rig.centre.calls.get(call)?.visits.map(({ device, leaveReason }) => [device, leaveReason]), [['flow', 0], ['queue', 0], ['agent', undefined]]);
  });

  test('sends it into several queues', () => {
    const { rig, call, ends } = inFlow();
    rig.signIn(101, {}, 'busy');
    ends({ kind: 'queue', queue: 1, also: [2, 1, 9] });
    assert.deepEqual([rig.centre.calls.get(call)?.waitingIn, rig.centre.calls.get(call)?.queue], [[1, 2], 1]);
  });

  test('sends it to an agent, or to the queue instead', () => {
    const { rig, call, ends } = inFlow();
    rig.signIn(101);
    rig.signIn(102, {}, 'busy');
    ends({ kind: 'agent', agent: 102, overflow: 1 });
    assert.equal(rig.centre.agents.get(101)?.call, call);
  });

  test('connects it with a number outside, and ends with it', () => {
    const { rig, call, ends } = inFlow();
    ends({ kind: 'number', number: '030123' });
    const dialled = rig.orders.findLast((order) => order.kind === 'dial');
    assert.deepEqual([dialled?.to, dialled?.from], [{ kind: 'number', number: '030123' }, '']);
    const leg = dialled?.leg ?? '';
    rig.does({ kind: 'legReported', report: { kind: 'answered', leg } });
    assert.deepEqual(rig.centre.calls.get(call)?.parts.map((part) => part.kind === 'customer' && part.connected), [true, true]);
    rig.does({ kind: 'legReported', report: { kind: 'ended', leg, cause: CAUSE.normal } });
    assert.equal(rig.centre.calls.size, 0);
  });

  test('leaves its data with the call, apart from the event', () => {
    const { rig, call, ends } = inFlow();
    rig.signIn(101, {}, 'busy');
    ends({ kind: 'queue', queue: 1, data: 'account=7' });
    assert.equal(rig.centre.calls.get(call)?.data, 'account=7');
    const { rig: other, call: second, ends: endsOther } = inFlow();
    other.signIn(101, {}, 'busy');
    endsOther({ kind: 'queue', queue: 1, data: 'x'.repeat(16 * 1024 + 1) });
    assert.equal(other.centre.calls.get(second)?.data, '', 'what is too large is left out');
  });

  for (const outcome of [{ kind: 'number', number: 'nobody' }, { kind: 'hangUp' }, { kind: 'done' }, { kind: 'queue', queue: 9 }, { kind: 'agent', agent: 105 }] as const) {
    test(`lets the caller go with ${JSON.stringify(outcome)}`, () => {
      const { rig, ends } = inFlow();
      ends(outcome);
      assert.deepEqual([rig.centre.calls.size, rig.centre.legs.size, rig.centre.timers.due.size], [0, 0, 0]);
    });
  }

  test('is not listened to when the caller is elsewhere', () => {
    const { rig, call, ends } = inFlow();
    rig.signIn(101, {}, 'busy');
    ends({ kind: 'queue', queue: 1 });
    ends({ kind: 'hangUp' });
    rig.does({ kind: 'flowEnded', leg: 'nobody', outcome: { kind: 'hangUp' } });
    assert.deepEqual(rig.centre.calls.get(call)?.waitingIn, [1]);
  });
});
