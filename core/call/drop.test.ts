import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createRig, type Rig } from '../centre/centre.fixture.ts';

const CUSTOMER = '13800000001';

/** 101 talks with the number outside, and holds a customer. */
function two(): { readonly rig: Rig; readonly held: string; readonly current: string } {
  const rig = createRig();
  rig.signIn(101);
  const held = rig.callIn(1, CUSTOMER);
  rig.does({ kind: 'hold', agent: 101 });
  const current = rig.does({ kind: 'dialOut', agent: 101, called: '40040', caller: '' }).result ?? '';
  rig.answers(rig.customer(current));
  return { rig, held, current };
}

describe('hanging up', () => {
  test('on the current call leaves the held one', () => {
    const { rig, held, current } = two();
    rig.does({ kind: 'release', agent: 101 });
    assert.deepEqual([rig.centre.calls.has(current), rig.centre.agents.get(101)?.held, rig.centre.agents.get(101)?.state], [false, [held], 'talking']);
    assert.equal(rig.refuses({ kind: 'release', agent: 101 }), 'noCall');
  });

  test('tells the agent of the customer who is let go, then of the call', () => {
    const { rig } = two();
    rig.news();
    rig.does({ kind: 'release', agent: 101 });
    assert.deepEqual(rig.news(), ['CustomerLeft', 'LegDropped', 'AgentLeft', 'CallEnded', 'LegEnded']);
  });

  test('on a call by its id, the held one too', () => {
    const { rig, held, current } = two();
    rig.does({ kind: 'dropCall', agent: 101, call: held });
    assert.deepEqual([rig.centre.calls.has(held), rig.centre.agents.get(101)?.call], [false, current]);
    assert.equal(rig.refuses({ kind: 'dropCall', agent: 101, call: held }), 'noCall');
    rig.does({ kind: 'dropCall', agent: 101, call: current });
    assert.deepEqual([rig.centre.agents.get(101)?.state, rig.centre.calls.size], ['idle', 0]);
  });

  test('not on a call of somebody else, nor on one that only rings', () => {
    const { rig, current } = two();
    rig.signIn(102, { autoAnswer: false });
    const rings = rig.callIn(1);
    assert.equal(rig.refuses({ kind: 'dropCall', agent: 102, call: current }), 'noCall');
    assert.equal(rig.refuses({ kind: 'dropCall', agent: 102, call: rings }), 'noCall');
    assert.equal(rig.refuses({ kind: 'release', agent: 102 }), 'noCall');
  });
});

describe('releasing a number', () => {
  test('ends the talk with it, and the call with that', () => {
    const { rig, held, current } = two();
    assert.equal(rig.refuses({ kind: 'disconnect', agent: 101, number: CUSTOMER }), 'nothing', 'the customer who waits is in a call before');
    rig.does({ kind: 'disconnect', agent: 101, number: '40040' });
    assert.deepEqual([rig.centre.calls.has(current), rig.centre.agents.get(101)?.held], [false, [held]]);
    rig.does({ kind: 'disconnect', agent: 101, number: CUSTOMER });
    assert.equal(rig.centre.calls.size, 0, 'the held call is the last one now');
    assert.equal(rig.refuses({ kind: 'disconnect', agent: 101, number: CUSTOMER }), 'noCall');
  });

  test('releases the agent who names the own phone, or the colleague', () => {
    for (const number of ['80101', '101', '102']) {
      const rig = createRig();
      rig.signIn(101);
      rig.signIn(102);
      rig.does({ kind: 'callInner', agent: 101, called: '102', caller: '' });
      rig.does({ kind: 'disconnect', agent: 101, number });
      assert.deepEqual([rig.centre.calls.size, rig.centre.agents.get(101)?.state, rig.centre.agents.get(102)?.state], [0, 'idle', 'idle'], number);
    }
  });

  test('stops ringing the colleague', () => {
    const rig = createRig();
    rig.signIn(101);
    rig.signIn(102, { autoAnswer: false });
    rig.does({ kind: 'callInner', agent: 101, called: '102', caller: '' });
    rig.does({ kind: 'disconnect', agent: 101, number: '102' });
    assert.deepEqual([rig.centre.calls.size, rig.centre.agents.get(101)?.state, rig.centre.agents.get(102)?.state], [0, 'idle', 'idle']);
  });
});
