import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createLanes, Overloaded } from './lanes.ts';

describe('lanes', () => {
  test('do the work of one name in order, and of different names side by side', async () => {
    const lanes = createLanes<string>('tasks', 10);
    const { promise: held, resolve: release } = Promise.withResolvers<void>();
    const done: string[] = [];
    const first = lanes.run('a', async () => {
      await held;
      done.push('a1');
    });
    const second = lanes.run('a', () => Promise.resolve(done.push('a2')));
    await lanes.run('b', () => Promise.resolve(done.push('b1')));
    assert.deepEqual(done, ['b1']);
    release();
    await Promise.all([first, second]);
    assert.deepEqual(done, ['b1', 'a1', 'a2']);
  });

  test('go on after work that failed, and tell whoever asked for it', async () => {
    const lanes = createLanes<string>('tasks', 10);
    const failing = lanes.run('a', () => Promise.reject(new Error('broken')));
    const next = lanes.run('a', () => Promise.resolve('done'));
    await assert.rejects(failing, /broken/);
    assert.equal(await next, 'done');
  });

  test('refuse at once what would wait behind too many, and take more when they are done', async () => {
    const lanes = createLanes<string>('tasks', 2);
    const { promise: held, resolve: release } = Promise.withResolvers<void>();
    const waiting = [lanes.run('a', () => held), lanes.run('a', () => held)];
    await assert.rejects(lanes.run('a', () => held), (error) => error instanceof Overloaded && error.message === '2 tasks of a are waiting');
    await lanes.run('b', () => Promise.resolve());
    release();
    await Promise.all(waiting);
    await lanes.run('a', () => Promise.resolve());
  });

  test('are idle when all has been done', async () => {
    const lanes = createLanes<string>('tasks', 10);
    let done = false;
    void lanes.run('a', async () => {
      await Promise.resolve();
      done = true;
    });
    await lanes.idle();
    assert.equal(done, true);
  });
});
