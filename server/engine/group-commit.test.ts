import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createCentre } from '@parley/core/centre/state.ts';
import type { Addition } from './event-journal.ts';
import { toRow, type EventRow } from './event-row.ts';
import { createGroupCommit, isSnapshotDue } from './group-commit.ts';
import type { Shard } from './shard.ts';

const row: EventRow = toRow({ type: 'RestOverran', agent: 101 }, 1, { agent: 101 });

const aShard = (vdnId: number): Shard => ({
  vdnId, epoch: 1, centre: createCentre(vdnId), head: 0, journaled: 0, snapshotAt: 0, lastAt: 0, lastUsed: 0, isSpoilt: false,
  carryOut: () => { throw new Error('not in this test'); }, rearrange: () => new Map(),
});

/** A journal that answers when and what a test wants. */
function aDesk() {
  const asked: { readonly vdnIds: readonly number[]; readonly answer: PromiseWithResolvers<ReadonlySet<number>> }[] = [];
  const heard: string[] = [];
  const commits = createGroupCommit({
    journal: {
      commit: (additions: readonly Addition[]) => {
        const answer = Promise.withResolvers<ReadonlySet<number>>();
        asked.push({ vdnIds: additions.map(({ vdnId }) => vdnId), answer });
        return answer.promise;
      },
    },
    onJournaled: ({ vdnId }) => { heard.push(`journaled ${vdnId}`); },
    onLost: (shards, _error, why) => { heard.push(`lost ${shards.map(({ vdnId }) => vdnId).join()} ${why}`); },
  });
  const add = (shard: Shard, name: string, rows: readonly EventRow[] = [row]): void => {
    shard.head += rows.length;
    commits.add(shard, rows, { done: () => { heard.push(`done ${name}`); }, failed: () => { heard.push(`failed ${name}`); } });
  };
  const next = async (index: number) => {
    while (asked.length <= index) await new Promise((resolve) => { setImmediate(resolve); });
    const found = asked[index];
    if (found === undefined) throw new Error('nothing was asked');
    return found;
  };
  return { commits, add, next, heard };
}

const databaseError = (code: string): Error => new Error('the journal cannot be used', { cause: Object.assign(new Error(code), { code }) });

describe('the group commit', () => {
  test('takes all that gathers while one is under way, and tells in order', async () => {
    const { commits, add, next, heard } = aDesk();
    const [one, two] = [aShard(1), aShard(2)];
    add(one, 'a');
    const first = await next(0);
    add(two, 'b');
    add(one, 'c');
    add(one, 'nothing happened', []);
    add(two, 'd');
    assert.deepEqual(heard, []);
    assert.equal(commits.waiting(one), 3);
    first.answer.resolve(new Set([1]));
    const second = await next(1);
    assert.deepEqual(second.vdnIds, [2, 1]);
    assert.deepEqual(heard, ['done a', 'journaled 1']);
    second.answer.resolve(new Set([1, 2]));
    await commits.settled();
    assert.deepEqual(heard.slice(2), ['done b', 'done d', 'journaled 2', 'done c', 'done nothing happened', 'journaled 1']);
    add(one, 'at once', []);
    assert.equal(heard.at(-1), 'done at once');
  });

  test('what saw events that are under way waits for them, though it led to none', async () => {
    const { commits, add, next, heard } = aDesk();
    const one = aShard(1);
    add(one, 'a');
    const first = await next(0);
    add(one, 'refused', []);
    assert.deepEqual(heard, []);
    first.answer.resolve(new Set([1]));
    await commits.settled();
    assert.deepEqual(heard, ['done a', 'done refused', 'journaled 1']);
  });

  test('when it fails, everything that was decided upon it is lost as well', async () => {
    const { commits, add, next, heard } = aDesk();
    const [one, two] = [aShard(1), aShard(2)];
    add(one, 'a');
    const first = await next(0);
    add(one, 'b');
    add(two, 'c');
    first.answer.reject(databaseError('ECONNRESET'));
    await commits.settled();
    assert.deepEqual(heard, ['lost 1,2 failed', 'failed a', 'failed b', 'failed c']);
    assert.equal(commits.waiting(one) + commits.waiting(two), 0);
    add(two, 'd');
    (await next(1)).answer.resolve(new Set([2]));
    await commits.settled();
    assert.equal(heard.at(-2), 'done d');
  });

  test('who was overtaken loses, the others do not', async () => {
    const { commits, add, next, heard } = aDesk();
    const [one, two] = [aShard(1), aShard(2)];
    add(one, 'a');
    add(two, 'b');
    const first = await next(0);
    add(one, 'c');
    first.answer.resolve(new Set([2]));
    await commits.settled();
    assert.deepEqual(heard, ['done b', 'journaled 2', 'lost 1 taken', 'failed a', 'failed c']);
  });

  test('what cannot be stored takes nobody with it', async () => {
    const { commits, add, next, heard } = aDesk();
    const shards = [aShard(1), aShard(2), aShard(3)];
    for (const shard of shards) add(shard, String(shard.vdnId));
    (await next(0)).answer.reject(databaseError('22P05'));
    const second = await next(1);
    const [, two] = shards;
    if (two !== undefined) add(two, 'later');
    second.answer.resolve(new Set([1]));
    (await next(2)).answer.reject(databaseError('22P05'));
    (await next(3)).answer.resolve(new Set([3]));
    await commits.settled();
    assert.deepEqual(heard, ['done 1', 'journaled 1', 'lost 2 refused', 'failed 2', 'failed later', 'done 3', 'journaled 3']);
  });

  test('snapshots are the rarer, the more there is to write', () => {
    const shard = aShard(1);
    shard.head = 4999;
    assert.equal(isSnapshotDue(shard), false);
    shard.head = 5000;
    assert.equal(isSnapshotDue(shard), true);
    const agents = new Map(Array.from({ length: 1000 }, (_, index) => [index, undefined]));
    assert.equal(isSnapshotDue({ ...shard, centre: { ...shard.centre, agents: agents as never } }), false);
  });
});
