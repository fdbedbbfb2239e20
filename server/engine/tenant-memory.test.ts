import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { rememberByTenant } from './tenant-memory.ts';
import type { ConfigChanged } from './writer.ts';

function aWriter() {
  const listeners = new Set<(event: ConfigChanged) => void>();
  return {
    subscribe: (listener: (event: ConfigChanged) => void) => {
      listeners.add(listener);
      return () => { listeners.delete(listener); };
    },
    changes: (vdnId: number, what: string) => {
      for (const listener of listeners) listener({ vdnId, seq: 1, at: 0, change: { what, id: '1', before: null, after: null } });
    },
  };
}

describe('what is remembered of a tenant', () => {
  test('is read once, and again after a change of its noun in that tenant', async () => {
    const writer = aWriter();
    const read: number[] = [];
    const remembered = rememberByTenant(writer, ['queue'], (vdnId) => {
      read.push(vdnId);
      return Promise.resolve(read.length);
    });
    assert.deepEqual([await remembered(1), await remembered(1), await remembered(2)], [1, 1, 2]);
    writer.changes(1, 'agent');
    assert.equal(await remembered(1), 1);
    writer.changes(1, 'queue');
    assert.deepEqual([await remembered(1), await remembered(2)], [3, 2]);
  });

  test('is not kept when a change came while it was read', async () => {
    const writer = aWriter();
    const answers: ((value: string) => void)[] = [];
    const remembered = rememberByTenant(writer, ['queue'], () => new Promise<string>((resolve) => { answers.push(resolve); }));
    const before = remembered(1);
    writer.changes(1, 'queue');
    const after = remembered(1);
    answers[0]?.('old');
    answers[1]?.('new');
    assert.deepEqual([await before, await after, await remembered(1)], ['old', 'new', 'new']);
  });

  test('is read again after it could not be read, and of no more tenants than it may', async () => {
    let reads = 0;
    const remembered = rememberByTenant(aWriter(), [], () => {
      reads += 1;
      return reads === 1 ? Promise.reject(new Error('no connection')) : Promise.resolve(reads);
    }, 2);
    await assert.rejects(remembered(1), /no connection/);
    assert.deepEqual([await remembered(1), await remembered(2), await remembered(3), await remembered(1)], [2, 3, 4, 5]);
  });
});
