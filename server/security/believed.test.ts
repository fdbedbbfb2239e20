import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createBelieved } from './believed.ts';

function bench(maxEntries = 10) {
  let now = 0;
  let reads = 0;
  const believed = createBelieved<string, number>({ clock: () => now, maxEntries });
  return {
    believed,
    advance: (ms: number) => { now += ms; },
    /** Asks for a name; answers how many times it has been read by then. */
    reads: async (name: string) => {
      await believed.get(name, () => Promise.resolve(++reads));
      return reads;
    },
  };
}

describe('what is believed', () => {
  test('is read once, and again when it is two seconds old', async () => {
    const { reads, advance } = bench();
    assert.equal(await reads('a'), 1);
    advance(1999);
    assert.equal(await reads('a'), 1);
    advance(1);
    assert.equal(await reads('a'), 2);
  });

  test('is read again when it is forgotten', async () => {
    const { believed, reads } = bench();
    await reads('a');
    await reads('b');
    believed.forget(['a']);
    assert.equal(await reads('b'), 2);
    assert.equal(await reads('a'), 3);
  });

  test('is never what was read while a change came between', async () => {
    const { believed, reads } = bench();
    const old = Promise.withResolvers<number>();
    const reading = believed.get('a', () => old.promise);
    believed.forget(['a']);
    old.resolve(-1);
    assert.equal(await reading, -1, 'the request that began before the change may see what was before');
    assert.equal(await reads('a'), 1);
  });

  test('is never that there is nothing, nor what failed', async () => {
    const { believed, reads } = bench();
    assert.equal(await believed.get('a', () => Promise.resolve(undefined)), undefined);
    await assert.rejects(believed.get('a', () => Promise.reject(new Error('the database is away'))), /away/);
    assert.equal(await reads('a'), 1);
  });

  test('is bounded, and the oldest falls out', async () => {
    const { reads } = bench(2);
    for (const name of ['a', 'b', 'c']) await reads(name);
    assert.equal(await reads('b'), 3);
    assert.equal(await reads('a'), 4);
  });
});
