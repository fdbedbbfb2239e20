import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createTurns } from './turns.ts';

describe('what somebody at the desk asks for', () => {
  test('waits until what was asked for before is done', async () => {
    const { take } = createTurns();
    const muting = Promise.withResolvers<void>();
    const done: string[] = [];
    const first = take(async () => { await muting.promise; done.push('mute'); }, 'mute');
    const second = take(async () => { done.push('unmute'); return Promise.resolve(); }, 'unmute');
    await Promise.resolve();
    assert.deepEqual(done, []);
    muting.resolve();
    await Promise.all([first, second]);
    assert.deepEqual(done, ['mute', 'unmute']);
  });

  test('is not done twice by a button that is pressed twice, but again when it is done', async () => {
    const { take } = createTurns();
    let times = 0;
    const hangUp = async (): Promise<void> => { times += 1; return Promise.resolve(); };
    const first = take(hangUp, 'hangUp');
    assert.equal(take(hangUp, 'hangUp'), undefined);
    await first;
    await take(hangUp, 'hangUp');
    assert.equal(times, 2);
  });

  test('is done as often as it is asked for where it has no name, in that order', async () => {
    const { take } = createTurns();
    let keys = '';
    await Promise.all(['1', '1', '2'].map(async (key) => take(async () => { keys += key; return Promise.resolve(); })));
    assert.equal(keys, '112');
  });

  test('has its turn also after something that failed', async () => {
    const { take } = createTurns();
    const refused = take(() => Promise.reject(new Error('refused')), 'hold');
    const after = take(() => Promise.resolve('done'), 'mute');
    await assert.rejects(async () => refused, /refused/);
    assert.equal(await after, 'done');
    assert.equal(await take(() => Promise.resolve('again'), 'hold'), 'again');
  });
});
