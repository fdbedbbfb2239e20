import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createNoteSaver, type NoteDraft } from './note-saver.ts';

const PAUSE_MS = 500;
const draft = (remark: string): NoteDraft => ({ code: 'order', remark });

/** A saver whose saves end when the test says so. */
function bench() {
  const saves: { readonly remark: string; readonly end: (error?: Error) => Promise<void> }[] = [];
  const states: string[] = [];
  const saver = createNoteSaver({
    pauseMs: PAUSE_MS, onState: ({ is }) => { states.push(is); },
    save: ({ remark }) => {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      saves.push({ remark, end: async (error) => {
        if (error === undefined) resolve();
        else reject(error);
        await new Promise((done) => { setImmediate(done); });
      } });
      return promise;
    },
  });
  return { saver, saves, states, saved: () => saves.map(({ remark }) => remark) };
}

describe('what came of a call is saved', () => {
  test('at once when it is chosen, and after a pause when it is written', async (context) => {
    context.mock.timers.enable({ apis: ['setTimeout'] });
    const { saver, saves, states, saved } = bench();
    saver.put(draft('a'), true);
    assert.deepEqual(saved(), ['a']);
    await saves[0]?.end();
    saver.put(draft('ab'), false);
    context.mock.timers.tick(PAUSE_MS - 1);
    saver.put(draft('abc'), false);
    context.mock.timers.tick(PAUSE_MS - 1);
    assert.deepEqual(saved(), ['a']);
    context.mock.timers.tick(1);
    await saves[1]?.end();
    assert.deepEqual(saved(), ['a', 'abc']);
    assert.deepEqual(states, ['changed', 'saving', 'saved', 'changed', 'changed', 'saving', 'saved']);
  });

  test('one at a time, so that the latest is what stays', async () => {
    const { saver, saves, states, saved } = bench();
    saver.put(draft('a'), true);
    saver.put(draft('b'), true);
    saver.put(draft('c'), true);
    assert.deepEqual(saved(), ['a']);
    await saves[0]?.end();
    assert.deepEqual(saved(), ['a', 'c']);
    await saves[1]?.end();
    assert.equal(states.at(-1), 'saved');
    saver.flush();
    assert.deepEqual(saved(), ['a', 'c'], 'and there is nothing more to save');
  });

  test('again when it could not be, unless something else has been written since', async () => {
    const { saver, saves, states, saved } = bench();
    saver.put(draft('a'), true);
    await saves[0]?.end(new Error('the line is away'));
    assert.equal(states.at(-1), 'failed');
    saver.flush();
    assert.deepEqual(saved(), ['a', 'a']);
    await saves[1]?.end(new Error('the line is away'));
    saver.put(draft('b'), true);
    await saves[2]?.end();
    assert.deepEqual([saved(), states.at(-1)], [['a', 'a', 'b'], 'saved']);
  });
});
