import { encodeCentre } from '@parley/core/centre/snapshot.ts';
import { isAtRest } from '@parley/core/centre/state.ts';
import type { EventJournal } from './event-journal.ts';
import type { EventRow } from './event-row.ts';
import { Overloaded } from './lanes.ts';
import type { Shard } from './shard.ts';
import type { Snapshot } from './snapshot-store.ts';

/** What waits for a commit: whoever sent the command, what others are told, orders to the voice port. */
export interface Waiter {
  readonly done: () => void;
  readonly failed: (error: Error) => void;
}

/** What one contact centre has gathered for a commit. */
interface Part {
  readonly rows: EventRow[];
  readonly waiters: Waiter[];
  /** The state behind the last of the rows, where a snapshot is due. */
  snapshot: Snapshot | undefined;
}

/**
 * The one commit of a node: while it is under way, decisions go on and gather; as soon as it is done, all that has gathered is
 * the next one, whatever contact centres it is of. A slow database costs latency so, not throughput.
 */
export interface GroupCommit {
  /** What waits is told in order, at once where nothing it may have seen is still to be journaled. */
  readonly add: (shard: Shard, rows: readonly EventRow[], waiter: Waiter) => void;
  /** Commands of the contact centre that wait for a commit. */
  readonly waiting: (shard: Shard) => number;
  /** Resolves when what is gathered now is journaled or lost. */
  readonly settled: () => Promise<void>;
}

export interface GroupCommitDependencies {
  readonly journal: Pick<EventJournal, 'commit'>;
  readonly onJournaled: (shard: Shard, snapshot: Snapshot | undefined) => void;
  /** The states of these contact centres are ahead of the journal, or it is not known whether they are. */
  readonly onLost: (shards: readonly Shard[], error: Error, why: 'taken' | 'refused' | 'failed') => void;
}

/** Few enough to be read again in a moment, and many enough that writing them costs little beside the events. */
const SNAPSHOT_EVERY = 5000;
/** A large state is written more rarely, as it costs more. */
const SNAPSHOT_FACTOR = 20;

export function isSnapshotDue({ head, snapshotAt, centre: { agents, calls } }: Pick<Shard, 'head' | 'snapshotAt' | 'centre'>): boolean {
  return head - snapshotAt >= Math.max(SNAPSHOT_EVERY, SNAPSHOT_FACTOR * (agents.size + calls.size));
}

type Parts = Map<Shard, Part>;

interface Batch {
  readonly parts: Parts;
  readonly over: PromiseWithResolvers<void>;
}

const newBatch = (): Batch => ({ parts: new Map(), over: Promise.withResolvers() });

type Why = Parameters<GroupCommitDependencies['onLost']>[2];

export function createGroupCommit({ journal, onJournaled, onLost }: GroupCommitDependencies): GroupCommit {
  let gathered = newBatch();
  let flying: Batch | undefined;
  let isRunning = false;

  const commit = (parts: Parts): Promise<ReadonlySet<number>> => journal.commit([...parts].map(([shard, { rows }]) => ({
    vdnId: shard.vdnId, epoch: shard.epoch, before: shard.journaled, alive: shard.isSpoilt || !isAtRest(shard.centre), rows,
  })));

  /** What was decided on a state that is lost is lost with it. */
  const lose = (shards: readonly Shard[], error: Error, why: Why): void => {
    const waiters: Waiter[] = [];
    for (const shard of shards) {
      for (const { parts } of [...(flying === undefined ? [] : [flying]), gathered]) {
        waiters.push(...parts.get(shard)?.waiters ?? []);
        parts.delete(shard);
      }
    }
    onLost(shards, error, why);
    for (const { failed } of waiters) failed(error);
  };

  const journaled = (shard: Shard, part: Part): void => {
    // Out of the batch first: who asks from now on need not wait for it.
    flying?.parts.delete(shard);
    shard.journaled += part.rows.length;
    for (const { done } of part.waiters) done();
    onJournaled(shard, part.snapshot);
  };

  const attempt = async (parts: Parts): Promise<void> => {
    let mine: ReadonlySet<number>;
    try {
      mine = await commit(parts);
    } catch (thrown) {
      const error = thrown instanceof Error ? thrown : new Error('the commit failed', { cause: thrown });
      // Nobody knows what became of it, and what has gathered since would fare no better.
      if (!isRefusedData(error)) lose([...new Set([...parts.keys(), ...flying?.parts.keys() ?? [], ...gathered.parts.keys()])], error, 'failed');
      else if (parts.size === 1) lose([...parts.keys()], error, 'refused');
      // Something in it cannot be stored, so nothing was; the others must not suffer for it.
      else for (const [shard, part] of parts) if (flying?.parts.has(shard) === true) await attempt(new Map([[shard, part]]));
      return;
    }
    const taken: Shard[] = [];
    for (const [shard, part] of parts) {
      if (mine.has(shard.vdnId)) journaled(shard, part);
      else taken.push(shard);
    }
    if (taken.length > 0) lose(taken, new Overloaded('the contact centre was taken over elsewhere'), 'taken');
  };

  const run = async (): Promise<void> => {
    isRunning = true;
    // Whatever else came in the same moment is to be in it.
    await new Promise((resolve) => { setImmediate(resolve); });
    while (gathered.parts.size > 0) {
      flying = gathered;
      gathered = newBatch();
      for (const [shard, part] of flying.parts) {
        if (shard.isSpoilt || !isSnapshotDue(shard)) continue;
        part.snapshot = { seq: shard.head, state: encodeCentre(shard.centre) };
        shard.snapshotAt = shard.head;
      }
      await attempt(flying.parts);
      flying.over.resolve();
      flying = undefined;
    }
    // What was gathered and lost at once has nobody else to end its waiting.
    gathered.over.resolve();
    gathered = newBatch();
    isRunning = false;
  };

  return {
    add: (shard, rows, waiter) => {
      const part = gathered.parts.get(shard);
      if (part !== undefined) {
        part.rows.push(...rows);
        part.waiters.push(waiter);
      } else if (rows.length > 0) {
        gathered.parts.set(shard, { rows: [...rows], waiters: [waiter], snapshot: undefined });
        if (!isRunning) void run();
      } else {
        const under = flying?.parts.get(shard);
        if (under === undefined) waiter.done();
        else under.waiters.push(waiter);
      }
    },
    waiting: (shard) => (gathered.parts.get(shard)?.waiters.length ?? 0) + (flying?.parts.get(shard)?.waiters.length ?? 0),
    settled: async () => {
      if (gathered.parts.size > 0) await gathered.over.promise;
      else await flying?.over.promise;
    },
  };
}

/** SQLSTATE classes 22 and 23: a value that cannot be stored. The server said so, and so nothing was committed. */
function isRefusedData({ cause }: Error): boolean {
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : '';
  return code.startsWith('22') || code.startsWith('23');
}
