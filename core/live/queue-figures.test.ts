import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { Call } from '../call/call.ts';
import { aQueue, aSkill, createRig, EVERY_BIT, START, type Rig } from '../centre/centre.fixture.ts';
import { BUSY_CONFIG, chanceOf, HAPPENINGS, OFTEN } from '../centre/commands.fixture.ts';
import { BUCKET_MS, bucketOf, countCall, countLeftState, noFigures, type FiguresByQueue, type QueueFigures } from './queue-figures.ts';
import { processingByQueue, queueNow } from './queues.ts';

const config = {
  queues: [aQueue(1), aQueue(2)], roles: [{ id: 2, bits: EVERY_BIT }],
  agents: [101, 102].map((id) => ({ id, roleId: 2, type: 4, skills: [aSkill(1)] })).concat([{ id: 103, roleId: 2, type: 4, skills: [aSkill(2)] }]),
};

/** A centre whose calls are all kept, also those that have ended. */
function aDay(phonesAnswer = true): { readonly rig: Rig; readonly figures: (queue: number, from?: number) => QueueFigures } {
  const rig = createRig({ config, phonesAnswer });
  const calls = new Map<string, Call>();
  const look = (): void => { for (const call of rig.centre.calls.values()) calls.set(call.id, call); };
  for (const name of ['callIn', 'does', 'wait', 'send'] as const) {
    const act = rig[name] as (...args: unknown[]) => unknown;
    Object.assign(rig, { [name]: (...args: unknown[]) => { look(); const outcome = act(...args); look(); return outcome; } });
  }
  return {
    rig,
    figures: (queue, from = START) => {
      look();
      const figures: FiguresByQueue = new Map();
      for (const call of calls.values()) countCall(figures, call, from);
      return figures.get(queue) ?? noFigures();
    },
  };
}

const short = ({ arrived, connected, lost, ended }: QueueFigures): readonly number[] => [arrived, connected, lost, ended];

test('five minutes begin at :00 and :05, whatever the clock says', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 4e12 }), (at) => {
    const from = bucketOf(at);
    assert.ok(from <= at && at < from + BUCKET_MS);
    assert.equal(new Date(from).getUTCMinutes() % 5, 0);
    assert.equal(new Date(from).getUTCSeconds(), 0);
  }));
});

describe('what has happened in a queue', () => {
  test('is counted of calls that go on, as of those that are over', () => {
    const { rig, figures } = aDay();
    rig.signIn(101);
    const call = rig.callIn(1);
    assert.deepEqual(short(figures(1)), [1, 1, 0, 0]);
    rig.wait(30_000);
    rig.hangsUp(rig.customer(call));
    assert.deepEqual(short(figures(1)), [1, 1, 0, 1]);
    assert.equal(figures(1).talkS, 30);
  });

  test('is no loss where an agent does not answer: the call comes back, and counts once', () => {
    const { rig, figures } = aDay(false);
    rig.signIn(101);
    const call = rig.callIn(1);
    rig.wait(31_000);
    assert.deepEqual(rig.centre.calls.get(call)?.waitingIn, [1], 'nobody picked up');
    assert.deepEqual(short(figures(1)), [1, 0, 0, 0]);
    rig.signIn(102);
    rig.picksUp(102);
    assert.deepEqual(short(figures(1)), [1, 1, 0, 0]);
    assert.deepEqual([figures(1).connectedIn20, figures(1).connectedIn15], [0, 0], 'it had been there for longer');
  });

  test('is a loss where the customer hangs up, in the queue or at the ringing phone', () => {
    const { rig, figures } = aDay(false);
    rig.signIn(101, {}, 'busy');
    rig.callIn(1);
    rig.wait(14_000);
    rig.hangsUp('in-1', 601);
    assert.deepEqual(short(figures(1)), [1, 0, 1, 0]);
    assert.deepEqual([figures(1).lostBefore15, figures(1).lostBefore20, figures(1).longestWaitS], [1, 1, 14]);
    rig.does({ kind: 'askState', agent: 101, request: 'cancelBusy' });
    const call = rig.callIn(1);
    rig.wait(15_000);
    rig.hangsUp(rig.customer(call), 601);
    assert.deepEqual(short(figures(1)), [2, 0, 2, 0]);
    assert.deepEqual([figures(1).lostBefore15, figures(1).lostBefore20], [1, 2]);
  });

  test('is nothing of what came before the five minutes', () => {
    const { rig, figures } = aDay();
    rig.signIn(101, {}, 'busy');
    const call = rig.callIn(1);
    rig.wait(20_000);
    const later = rig.now();
    rig.does({ kind: 'askState', agent: 101, request: 'cancelBusy' });
    assert.deepEqual(short(figures(1, later)), [0, 1, 0, 0]);
    assert.deepEqual([figures(1, later).connectedIn20, figures(1, later).connectedIn15, figures(1, later).waits], [1, 0, 1]);
    assert.deepEqual(short(figures(1, later + 1)), [0, 0, 0, 0]);
    rig.wait(5000);
    rig.hangsUp(rig.customer(call));
    assert.deepEqual(short(figures(1, later + 1)), [0, 0, 0, 1]);
  });

  test('is told of queues that answer for others: a call that waits in two is answered by whichever has an agent (reason 48)', () => {
    const { rig, figures } = aDay();
    rig.signIn(101, {}, 'busy');
    rig.signIn(103, {}, 'busy');
    rig.does({ kind: 'arrive', leg: 'in-1', caller: '1', called: '2', to: { kind: 'flow', flow: '7' } });
    rig.wait(8000);
    rig.does({ kind: 'flowEnded', leg: 'in-1', outcome: { kind: 'queue', queue: 1, also: [2] } });
    assert.deepEqual([short(figures(1)), short(figures(2))], [[1, 0, 0, 0], [1, 0, 0, 0]]);
    rig.does({ kind: 'askState', agent: 103, request: 'cancelBusy' });
    assert.deepEqual([short(figures(1)), short(figures(2))], [[1, 0, 0, 0], [1, 1, 0, 0]]);
    assert.deepEqual([...figures(2).tookOver], [[1, 1]]);
    assert.deepEqual([...figures(1).tookOver], []);
    assert.deepEqual([figures(1).flowS, figures(2).flowS], [8, 0], 'the flow counts for the first queue');
    assert.deepEqual([...processingByQueue(rig.centre)], [[2, 1]]);
  });

  test('leaves out what an agent asks of a queue, and whom an agent calls', () => {
    const { rig, figures } = aDay();
    rig.signIn(101);
    rig.signIn(103);
    rig.callIn(1);
    rig.does({ kind: 'innerHelp', agent: 101, mode: 'twoParty', hold: true, to: { device: 'queue', queue: 2 } });
    assert.deepEqual(short(figures(2)), [0, 0, 0, 0]);
    assert.deepEqual([...processingByQueue(rig.centre)], [[1, 1]]);
  });
});

test('a queue now: the longest wait and idle time are whole, of what goes on as of what is over', () => {
  const { rig, figures } = aDay();
  rig.signIn(101, {}, 'busy');
  rig.signIn(103);
  rig.callIn(1);
  rig.wait(25_000);
  const now = (queue: number) => queueNow(rig.centre, queue, rig.now(), new Map([[queue, figures(queue)]]), processingByQueue(rig.centre));
  assert.deepEqual([now(1).waiting, now(1).processing, now(1).longestWaitS, now(1).longestIdleS], [1, 0, 25, 0]);
  assert.deepEqual([now(2).longestIdleS, now(2).agents.usable], [25, 1]);
});

test('a wrap-up counts for the queue of the call before it, and idle time for all queues of the agent', () => {
  const rig = createRig({ config });
  const figures: FiguresByQueue = new Map();
  rig.signIn(101, { autoEnterIdle: false });
  const { centre } = rig;
  const left = (): void => {
    const agent = centre.agents.get(101);
    if (agent !== undefined) countLeftState(figures, agent);
  };
  rig.wait(7000);
  const call = rig.callIn(1);
  rig.hangsUp(rig.customer(call));
  assert.equal(centre.agents.get(101)?.state, 'wrapUp');
  rig.wait(4000);
  rig.does({ kind: 'askState', agent: 101, request: 'cancelWork' });
  left();
  assert.deepEqual([figures.get(1)?.wrapUps, figures.get(1)?.wrapUpS], [1, 4]);
  rig.wait(9000);
  rig.does({ kind: 'askState', agent: 101, request: 'sayBusy' });
  left();
  assert.deepEqual([figures.get(1)?.longestIdleS, figures.get(2)], [9, undefined]);
});

const drawn = fc.array(fc.record({ what: fc.constantFrom(...Object.keys(HAPPENINGS), ...OFTEN, ...OFTEN, ...OFTEN), numbers: fc.array(fc.nat(30), { minLength: 8, maxLength: 8 }) }), { minLength: 1, maxLength: 120, size: 'max' });

test('whatever happens, no more calls are answered and lost than have come to the queue', () => {
  fc.assert(fc.property(drawn, (sequence) => {
    const rig = createRig({ config: BUSY_CONFIG, phonesAnswer: false });
    const calls = new Map<string, Call>();
    for (const { what, numbers } of sequence) {
      const next = HAPPENINGS[what]?.(rig, chanceOf(numbers));
      if (next?.kind === 'pause') rig.wait(next.ms);
      else if (next !== undefined) rig.send(next);
      for (const call of rig.centre.calls.values()) calls.set(call.id, call);
    }
    const figures: FiguresByQueue = new Map();
    for (const call of calls.values()) countCall(figures, call, 0);
    for (const [queue, { arrived, connected, lost, waits, waitS, longestWaitS }] of figures) {
      assert.ok(connected + lost <= arrived, `${connected} + ${lost} of ${arrived} in ${queue}`);
      assert.ok(longestWaitS <= waitS && longestWaitS * waits >= waitS);
    }
  }), { numRuns: 60, seed: 20_260_105 });
});
