import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { realSchedule, virtualSchedule } from './schedule.ts';

describe('virtual time', () => {
  test('stands still until it is told to pass', async () => {
    const schedule = virtualSchedule(1000);
    const done: number[] = [];
    schedule.after(50, () => { done.push(schedule.now()); });
    await schedule.advance(49);
    assert.deepEqual([schedule.now(), done], [1049, []]);
    await schedule.advance(1);
    assert.deepEqual([schedule.now(), done], [1050, [1050]]);
  });

  test('does what is due at its time, also what came up meanwhile', async () => {
    const schedule = virtualSchedule();
    const done: [string, number][] = [];
    const note = (name: string) => { done.push([name, schedule.now()]); };
    schedule.after(30, () => { note('later'); });
    schedule.after(10, () => {
      note('first');
      void Promise.resolve().then(() => schedule.after(5, () => { note('meanwhile'); }));
    });
    await schedule.advance(100);
    assert.deepEqual(done, [['first', 10], ['meanwhile', 15], ['later', 30]]);
    assert.equal(schedule.now(), 100);
  });

  test('does nothing that was called off', async () => {
    const schedule = virtualSchedule();
    const done: string[] = [];
    const callOff = schedule.after(10, () => { done.push('called off'); });
    schedule.after(5, callOff);
    callOff();
    callOff();
    schedule.after(10, () => { done.push('kept'); });
    await schedule.advance(20);
    assert.deepEqual(done, ['kept']);
  });

  test('keeps the order of time, and of asking where times are equal', async () => {
    await fc.assert(fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 60 }), async (times) => {
      const schedule = virtualSchedule();
      const done: [number, number][] = [];
      for (const [index, ms] of times.entries()) schedule.after(ms, () => { done.push([ms, index]); });
      await schedule.advance(20);
      assert.deepEqual(done, times.map((ms, index): [number, number] => [ms, index]).toSorted(([a, one], [b, other]) => a - b || one - other));
    }), { numRuns: 50 });
  });
});

test('real time does what is due, and nothing that was called off', async () => {
  const schedule = realSchedule();
  const { promise, resolve } = Promise.withResolvers<number>();
  const started = schedule.now();
  const done: string[] = [];
  schedule.after(1, () => { done.push('called off'); })();
  // It keeps no process alive by itself.
  const alive = setTimeout(() => undefined, 10_000);
  schedule.after(5, () => { resolve(schedule.now()); });
  assert.ok(await promise >= started);
  clearTimeout(alive);
  assert.deepEqual(done, []);
});
