import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { factsOfCalls, progressOf, stepsFor, type SeenCall, type SeenDesk } from './steps.ts';

const desk = (changes: Partial<SeenDesk> = {}): SeenDesk => ({ agent: { state: 'idle' }, calls: [], queues: [{ waiting: 0 }], ...changes });
const call = (changes: Partial<SeenCall> = {}): SeenCall => ({ isLive: false, direction: 'in', stage: null, missed: true, workNo: null, ...changes });

describe('the first steps', () => {
  test('are those of whoever takes them', () => {
    assert.deepEqual(stepsFor({ role: 'agent', workNo: 101 }), ['ready', 'call', 'talk', 'look', 'others']);
    assert.equal(stepsFor({ role: 'supervisor', workNo: 104 }).at(-1), 'board');
    assert.ok(!stepsFor({ role: 'supervisor', workNo: null }).includes('ready'), 'who is no agent has no desk');
    assert.equal(stepsFor({ role: 'administrator', workNo: null })[0], 'queue');
    assert.equal(stepsFor({ role: 'operator', workNo: null })[0], 'tenant');
  });

  test('begin with nothing, which is not the same as not knowing', () => {
    assert.deepEqual(factsOfCalls(undefined, desk()), {});
    assert.deepEqual(factsOfCalls([], undefined), { ready: false, call: false, talk: false, watch: false });
  });

  test('are ticked off by what happens', () => {
    const steps = stepsFor({ role: 'agent', workNo: 101 });
    const next = (calls: readonly SeenCall[], at: SeenDesk | undefined) => progressOf(steps, factsOfCalls(calls, at)).next;
    assert.equal(next([], undefined), 'ready');
    assert.equal(next([], desk({ agent: { state: 'signedOut' } })), 'ready');
    assert.equal(next([], desk()), 'call');
    assert.equal(next([], desk({ queues: [{ waiting: 1 }] })), 'talk');
    assert.equal(next([], desk({ calls: [{ direction: 'in', stage: 'ringing' }] })), 'talk');
    assert.equal(next([], desk({ calls: [{ direction: 'in', stage: 'talking' }] })), 'look');
  });

  test('stay done when the call is over and the desk is left', () => {
    const steps = stepsFor({ role: 'agent', workNo: 101 });
    assert.deepEqual(progressOf(steps, factsOfCalls([call({ missed: false, workNo: 101 })], undefined)), { done: 3, next: 'look' });
    assert.equal(progressOf(steps, { ...factsOfCalls([call()], desk()), look: true }).next, 'talk', 'a call that nobody has answered was no talk');
    assert.equal(progressOf(steps, factsOfCalls([call({ direction: 'out', missed: false, workNo: 101 })], desk())).next, 'call', 'nor is one\'s own call a customer\'s');
  });

  test('are over when all are done', () => {
    assert.deepEqual(progressOf(['board', 'look'], { board: true, look: true }), { done: 2, next: undefined });
  });
});
