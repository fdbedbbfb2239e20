import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createReplyCache, type ReplyCache } from './reply-cache.ts';
import type { ConfigChanged } from './writer.ts';

interface Bench {
  readonly cache: ReplyCache;
  readonly change: (vdnId: number, what: string) => void;
  /** Reads through the cache; answers the reply and whether it had to be made. */
  readonly read: (vdnId: number, key: string) => Promise<{ reply: string; wasMade: boolean }>;
}

function bench(maxCharacters?: number): Bench {
  const listeners: ((event: ConfigChanged) => void)[] = [];
  const cache = createReplyCache({
    subscribe: (listener) => {
      listeners.push(listener);
      return () => undefined;
    },
  }, ['queue', 'flow'], maxCharacters);
  let made = 0;
  return {
    cache,
    change: (vdnId, what) => {
      for (const listener of listeners) listener({ vdnId, seq: 1, at: 0, change: { what, id: '1', before: null, after: null } });
    },
    read: async (vdnId, key) => {
      const before = made;
      const reply = await cache.get(vdnId, key, () => Promise.resolve(`reply ${++made}`));
      return { reply, wasMade: made > before };
    },
  };
}

describe('the reply cache', () => {
  test('makes a reply once, and each tenant and key its own', async () => {
    const { read } = bench();
    assert.deepEqual(await read(1, 'a'), { reply: 'reply 1', wasMade: true });
    assert.deepEqual(await read(1, 'a'), { reply: 'reply 1', wasMade: false });
    assert.equal((await read(1, 'b')).wasMade, true);
    assert.equal((await read(2, 'a')).wasMade, true);
  });

  test('forgets a tenant\'s replies when one of its nouns changes, and no others', async () => {
    const { read, change } = bench();
    await read(1, 'a');
    await read(2, 'a');
    change(1, 'agent');
    assert.equal((await read(1, 'a')).wasMade, false, 'another noun');
    change(1, 'flow');
    assert.equal((await read(1, 'a')).wasMade, true);
    assert.equal((await read(2, 'a')).wasMade, false, 'another tenant');
  });

  test('does not keep what was read while a change came between', async () => {
    const { cache, change, read } = bench();
    const old = Promise.withResolvers<string>();
    const reading = cache.get(1, 'a', () => old.promise);
    change(1, 'queue');
    old.resolve('old');
    assert.equal(await reading, 'old', 'the request that began before the change may see what was before');
    assert.deepEqual(await read(1, 'a'), { reply: 'reply 1', wasMade: true });
  });

  test('keeps a newer reply when an older reading ends after it', async () => {
    const { cache, change, read } = bench();
    const old = Promise.withResolvers<string>();
    const reading = cache.get(1, 'a', () => old.promise);
    change(1, 'queue');
    await read(1, 'a');
    old.resolve('old');
    await reading;
    assert.deepEqual(await read(1, 'a'), { reply: 'reply 1', wasMade: false });
  });

  test('keeps nothing of a reading that failed', async () => {
    const { cache, read } = bench();
    await assert.rejects(cache.get(1, 'a', () => Promise.reject(new Error('the database is away'))), /away/);
    assert.equal((await read(1, 'a')).wasMade, true);
  });

  test('is bounded for each tenant', async () => {
    const { read } = bench();
    for (let key = 0; key < 1000; key++) await read(1, String(key));
    assert.equal((await read(1, '999')).wasMade, false);
    assert.equal((await read(1, '0')).wasMade, true);
  });

  test('is bounded for all tenants together: those kept the longest are forgotten first', async () => {
    const { read } = bench(1000);
    for (let vdnId = 1; vdnId <= 1000; vdnId++) await read(vdnId, 'a');
    assert.equal((await read(1000, 'a')).wasMade, false);
    assert.equal((await read(1, 'a')).wasMade, true);
  });

  test('counts what is forgotten no longer', async () => {
    const { read, change } = bench(30);
    for (let time = 0; time < 100; time++) {
      await read(1, 'a');
      change(1, 'queue');
    }
    await read(1, 'a');
    assert.equal((await read(1, 'a')).wasMade, false);
  });
});
