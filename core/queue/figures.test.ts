import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { createRig, type Rig } from '../centre/centre.fixture.ts';
import { countWaiting, longestWait, waitingCalls, waitsSince } from './figures.ts';

const ALL = 100;

/** Two callers in queue 1 and one in queue 2, ten seconds apart, as the one agent is busy. */
function crowded(): { readonly rig: Rig; readonly calls: readonly string[] } {
  const rig = createRig();
  rig.signIn(101, {}, 'busy');
  const calls = [1, 1, 2].map((queue) => {
    const call = rig.callIn(queue);
    rig.wait(10_000);
    return call;
  });
  return { rig, calls };
}

describe('who waits', () => {
  test('is counted queue by queue and together, and queues that nobody has called have nobody', () => {
    const { rig: { centre } } = crowded();
    assert.deepEqual([[1], [2], [1, 2], [1, 1], [3], []].map((queues) => countWaiting(centre, queues)), [2, 1, 3, 2, 0, 0]);
  });

  test('counts once who waits in two queues', () => {
    const { rig: { centre }, calls: [first = ''] } = crowded();
    centre.queues.get(2)?.waiting.add(first);
    assert.equal(countWaiting(centre, [1, 2]), 3);
  });

  test('is told in the order in which agents get them: who came back from an agent goes first', () => {
    const { rig, calls } = crowded();
    const [first, second] = calls;
    assert.deepEqual(waitingCalls(rig.centre, 1, ALL).map(({ id }) => id), [first, second]);
    assert.deepEqual(waitingCalls(rig.centre, 1, 1).map(({ id }) => id), [first]);
    assert.deepEqual(waitingCalls(rig.centre, 3, ALL), []);
    assert.equal(longestWait(rig.centre, 1)?.since, rig.now() - 30_000);
    assert.equal(longestWait(rig.centre, 3), undefined);
  });
});

test('the longest wait is the longest of all, whoever came, left, was not answered or answered in between', () => {
  const step = fc.oneof(
    fc.record({ does: fc.constant('call' as const), queue: fc.constantFrom(1, 2) }),
    fc.record({ does: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 40_000 }) }),
    fc.record({ does: fc.constant('hangUp' as const), which: fc.nat(20) }),
    fc.record({ does: fc.constant('free' as const) }),
    fc.record({ does: fc.constant('pickUp' as const) }),
  );
  fc.assert(fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
    const rig = createRig({ phonesAnswer: false });
    rig.signIn(101, {}, 'busy');
    rig.signIn(102);
    for (const one of steps) {
      const agent = rig.centre.agents.get(101);
      if (one.does === 'call') rig.callIn(one.queue);
      else if (one.does === 'wait') rig.wait(one.ms);
      else if (one.does === 'free' && agent?.state === 'busy') rig.does({ kind: 'askState', agent: 101, request: 'sayFree' });
      else if (one.does === 'pickUp' && agent?.leg !== undefined && rig.centre.legs.get(agent.leg)?.state === 'dialling') rig.picksUp(101);
      else if (one.does === 'hangUp') {
        const calls = [...rig.centre.calls.keys()];
        const call = calls[one.which % Math.max(1, calls.length)];
        if (call !== undefined) rig.hangsUp(rig.customer(call), 531);
      }
      for (const queue of [1, 2]) {
        const waits = waitingCalls(rig.centre, queue, ALL).map((call) => waitsSince(call, queue));
        assert.equal(longestWait(rig.centre, queue)?.since, waits.length === 0 ? undefined : Math.min(...waits));
        assert.equal(countWaiting(rig.centre, [queue]), waits.length);
      }
    }
  }), { numRuns: 200 });
});
