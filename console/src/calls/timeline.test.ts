import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { axisOf, barsOf, lengthsOf, placeOf, type Segment, type Trace } from './timeline.ts';

const segment = (changes: Partial<Segment>): Segment => ({
  row: 1, device: 'agent', no: '102', name: 'Bob', queueId: 5, enteredAt: 10_000, rangAt: 12_000, talkedAt: 15_000, leftAt: 60_000, enterReason: 0, leaveReason: 15, ...changes,
});
const call = (beganAt: number, endedAt: number | null) => ({ beganAt, endedAt }) as Trace['call'];

describe('the bars of a stay', () => {
  test('are connecting, ringing and talking of an agent', () => {
    assert.deepEqual(barsOf(segment({}), 0), [{ phase: 'connect', from: 10_000, to: 12_000 }, { phase: 'ring', from: 12_000, to: 15_000 }, { phase: 'talk', from: 15_000, to: 60_000 }]);
  });

  test('leave out what did not happen', () => {
    assert.deepEqual(barsOf(segment({ rangAt: null, talkedAt: 10_000 }), 0), [{ phase: 'talk', from: 10_000, to: 60_000 }]);
    assert.deepEqual(barsOf(segment({ rangAt: 10_000, talkedAt: null }), 0), [{ phase: 'ring', from: 10_000, to: 60_000 }]);
    assert.deepEqual(barsOf(segment({ rangAt: null, talkedAt: null }), 0), [{ phase: 'connect', from: 10_000, to: 60_000 }]);
  });

  test('are one of a queue and of a flow', () => {
    assert.deepEqual(barsOf(segment({ device: 'queue', rangAt: null, talkedAt: null }), 0), [{ phase: 'queue', from: 10_000, to: 60_000 }]);
    assert.deepEqual(barsOf(segment({ device: 'flow', rangAt: null }), 0), [{ phase: 'flow', from: 10_000, to: 60_000 }]);
  });

  test('go on until now while the call is there', () => {
    assert.deepEqual(barsOf(segment({ device: 'queue', leftAt: null }), 25_000), [{ phase: 'queue', from: 10_000, to: 25_000 }]);
  });

  test('tell what was held of a talk, as far as it lay in it', () => {
    const holds = [{ from: 50_000, to: 90_000 }, { from: 20_000, to: 30_000 }, { from: 1000, to: 2000 }];
    assert.deepEqual(barsOf(segment({ rangAt: null, enteredAt: 15_000 }), 0, holds).map(({ phase, from, to }) => [phase, from, to]), [
      ['talk', 15_000, 20_000], ['hold', 20_000, 30_000], ['talk', 30_000, 50_000], ['hold', 50_000, 60_000],
    ]);
    assert.deepEqual(lengthsOf(barsOf(segment({}), 0, holds)), [{ phase: 'connect', ms: 2000 }, { phase: 'ring', ms: 3000 }, { phase: 'talk', ms: 25_000 }, { phase: 'hold', ms: 20_000 }]);
  });
});

describe('the axis of a call', () => {
  test('has at most nine lines, at round times from the beginning', () => {
    for (const seconds of [1, 7, 61, 168, 3599, 40_000]) {
      const { ticks } = axisOf({ call: call(0, seconds * 1000), segments: [] }, 0);
      assert.ok(ticks.length >= 2 && ticks.length <= 9, `${seconds} s: ${ticks.length}`);
      assert.ok(ticks.every((tick) => tick % (ticks[1] ?? 1) === 0));
    }
  });

  test('holds every device, and goes on with a call that does', () => {
    assert.deepEqual(axisOf({ call: call(5000, null), segments: [segment({ enteredAt: 4000, leftAt: null })] }, 64_000), { from: 4000, to: 64_000, ticks: [0, 10_000, 20_000, 30_000, 40_000, 50_000, 60_000] });
  });

  test('is never of no length', () => {
    const axis = axisOf({ call: call(5000, 5000), segments: [] }, 0);
    assert.deepEqual(placeOf({ from: 5000, to: 5000 }, axis), { left: 0, width: 0 });
  });
});
