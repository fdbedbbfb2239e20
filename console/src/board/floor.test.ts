import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { STANDINGS } from '@parley/contract/admin/live.ts';
import type { LiveAgent, LiveQueue } from '../live/live.ts';
import { agentsInOrder, EVERYBODY, groupsOf, levelOf, PHASES, phaseOf, queuesInOrder, reordered, tilesAcross, totalsOf, wantedOf } from './floor.ts';

const queue = (queueId: number, changes: Partial<LiveQueue> = {}): LiveQueue => ({
  queueId, name: `queue ${queueId}`, media: 5, waiting: 0, longestSince: null, signedIn: 0, ready: 0, ringing: 0, talking: 0, wrapUp: 0, busy: 0, rest: 0, today: null, ...changes,
});
const agent = (workNo: number, changes: Partial<LiveAgent> = {}): LiveAgent => ({
  workNo, name: `agent ${workNo}`, state: 'idle', since: 0, reason: 0, until: null, next: null, takesCalls: true, queues: [1], call: null, held: 0, chats: 0, ...changes,
});
const numbersOf = (agents: readonly LiveAgent[]): readonly number[] => agents.map(({ workNo }) => workNo);

describe('the sums of a tenant', () => {
  test('add up queues, and count agents once, in however many queues they are', () => {
    const queues = [
      queue(1, { waiting: 2, longestSince: 5000, ready: 1, today: { calls: 100, answered: 90, inTime: 80 } }),
      queue(2, { waiting: 1, longestSince: 3000, ready: 1, today: { calls: 50, answered: 40, inTime: 10 } }), queue(3),
    ];
    const agents = [agent(101, { queues: [1, 2] }), agent(102, { state: 'held' }), agent(103, { takesCalls: false }), agent(104, { state: 'wrapUp' })];
    assert.deepEqual(totalsOf({ queues, agents }), { waiting: 3, longestSince: 3000, level: { calls: 150, inTime: 90 }, signedIn: 4, ready: 1, talking: 1 });
    assert.deepEqual(totalsOf({ queues: [], agents: [] }), { waiting: 0, longestSince: undefined, level: { calls: 0, inTime: 0 }, signedIn: 0, ready: 0, talking: 0 });
  });

  test('tell a good service level from a poor one; a day without calls is a good one', () => {
    assert.deepEqual([[0, 0], [10, 10], [10, 8], [10, 7], [10, 6], [10, 5]].map(([calls = 0, inTime = 0]) => levelOf({ calls, inTime })), [0, 0, 0, 1, 1, 2]);
  });
});

describe('agents on the board', () => {
  test('are in one of seven colours in every state of 6.5.3', () => {
    for (const state of STANDINGS) assert.ok(PHASES.includes(phaseOf({ state })), state);
    assert.deepEqual((['idle', 'dialling', 'muted', 'study', 'whispering'] as const).map((state) => phaseOf({ state })), ['ready', 'ringing', 'talking', 'busy', 'inspecting']);
  });

  test('are found by what they do, by queue, and by a part of the name or number', () => {
    const agents = [agent(101, { name: 'Alice' }), agent(102, { name: 'Bob', state: 'busy', queues: [1, 2] }), agent(203, { name: 'Carol', state: 'rest', queues: [] })];
    assert.deepEqual(numbersOf(wantedOf(agents, EVERYBODY)), [101, 102, 203]);
    assert.deepEqual(numbersOf(wantedOf(agents, { ...EVERYBODY, phases: ['busy', 'rest'] })), [102, 203]);
    assert.deepEqual(numbersOf(wantedOf(agents, { ...EVERYBODY, queueId: 2 })), [102]);
    assert.deepEqual(numbersOf(wantedOf(agents, { ...EVERYBODY, text: ' AL ' })), [101]);
    assert.deepEqual(numbersOf(wantedOf(agents, { ...EVERYBODY, text: '10' })), [101, 102]);
    assert.deepEqual(numbersOf(wantedOf(agents, { phases: ['busy'], queueId: 1, text: 'bob' })), [102]);
  });

  test('stand in the order that is asked for, and what is equal by name', () => {
    const agents = [
      agent(103, { name: 'Carol', state: 'busy', since: 1 }), agent(102, { name: 'Bob', since: 3 }), agent(101, { name: 'Alice', state: 'busy', since: 2 }),
      agent(104, { name: 'Dan', state: 'talking', since: 3, call: { callId: 'c', direction: 'in', queueId: 2, since: 3 } }),
    ];
    assert.deepEqual(numbersOf(agentsInOrder(agents, { by: 'name', isDescending: false })), [101, 102, 103, 104]);
    assert.deepEqual(numbersOf(agentsInOrder(agents, { by: 'name', isDescending: true })), [104, 103, 102, 101]);
    assert.deepEqual(numbersOf(agentsInOrder(agents, { by: 'state', isDescending: false })), [102, 104, 101, 103]);
    assert.deepEqual(numbersOf(agentsInOrder(agents, { by: 'since', isDescending: false })), [103, 101, 102, 104], 'the longest first');
    assert.deepEqual(numbersOf(agentsInOrder(agents, { by: 'call', isDescending: false })), [104, 101, 102, 103], 'who is in a call first');
    assert.deepEqual(reordered(reordered({ by: 'name', isDescending: false }, 'state'), 'state'), { by: 'state', isDescending: true });
    assert.deepEqual(reordered({ by: 'name', isDescending: false }, 'since', true), { by: 'since', isDescending: true });
  });

  test('stand together by what they do, and in each of their queues', () => {
    const agents = [agent(101, { queues: [1, 2] }), agent(102, { state: 'busy', queues: [] }), agent(103)];
    const queues = [queue(2, { name: 'a' }), queue(1, { name: 'b' }), queue(3, { name: 'c' })];
    const shown = (grouping: 'none' | 'state' | 'queue'): unknown => groupsOf(agents, grouping, queues).map((group) => [group.of, numbersOf(group.agents)]);
    assert.deepEqual(shown('none'), [[undefined, [101, 102, 103]]]);
    assert.deepEqual(shown('state'), [['ready', [101, 103]], ['busy', [102]]]);
    assert.deepEqual(shown('queue'), [[2, [101]], [1, [101, 103]], [undefined, [102]]]);
  });
});

describe('queues on the board', () => {
  test('stand in the order that is asked for', () => {
    const queues = [
      queue(1, { waiting: 1, longestSince: 9000, today: { calls: 10, answered: 9, inTime: 9 } }), queue(2, { waiting: 5, longestSince: 2000, today: { calls: 10, answered: 9, inTime: 2 } }), queue(10),
    ];
    const shown = (by: 'name' | 'level' | 'waiting' | 'longest', isDescending: boolean): unknown => queuesInOrder(queues, { by, isDescending }).map(({ queueId }) => queueId);
    assert.deepEqual(shown('name', false), [1, 2, 10], 'numbers in names count as such');
    assert.deepEqual(shown('level', false), [2, 1, 10], 'the poorest first');
    assert.deepEqual(shown('waiting', true), [2, 1, 10]);
    assert.deepEqual(shown('longest', true), [2, 1, 10], 'the longest first');
  });

  test('all fit on a wall', () => {
    for (let tiles = 1; tiles <= 100; tiles += 1) {
      const across = tilesAcross(tiles);
      const heights = Math.ceil(tiles / across) * (0.66 / across);
      assert.ok(heights <= 0.42, `${tiles} tiles are ${heights} of the width high`);
    }
  });
});
