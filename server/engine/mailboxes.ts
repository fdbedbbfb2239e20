import { isAtRest } from '@parley/core/centre/state.ts';
import type { VoiceLeg } from '@parley/core/voice/order.ts';
import { Overloaded } from './lanes.ts';
import type { Shard } from './shard.ts';
import type { Standing } from './take-over.ts';

/** Something to be done with a contact centre when it is there. */
export interface Job {
  readonly act: (shard: Shard) => void;
  readonly failed: (error: Error) => void;
  /** A report of the voice port: there is nobody who could be refused, so it is kept. */
  readonly isReport?: boolean;
}

/** A contact centre in memory, or on the way there, with what waits for it. */
export interface Mailbox {
  readonly vdnId: number;
  shard: Shard | undefined;
  /** What of the configuration is to be read again: all, or some agents. */
  stale: 'all' | Set<number> | undefined;
  /** The shard before this one, whose state was lost. */
  former: Shard | undefined;
  /** Where set, the legs are to be compared with those at the voice port: it is asked for them, and then they are known. */
  asksFor: (() => Promise<Standing>) | undefined;
  /** The voice port did not answer: to be asked again. */
  isUnchecked: boolean;
  compare: { readonly known: readonly VoiceLeg[]; readonly plays: readonly string[]; readonly recordings: readonly string[]; readonly flowRecordings: readonly string[]; readonly standing: Standing } | undefined;
  readonly waiting: Job[];
  opening: Promise<void> | undefined;
  /** After a failure, not before this time of the process. */
  retryAt: number;
  /** Timers that cannot be carried out. */
  readonly poisoned: Set<string>;
}

export interface MailboxDependencies {
  readonly isClosed: () => boolean;
  /** Commands that wait for a commit. */
  readonly uncommitted: (shard: Shard) => number;
  /** Brings the contact centre into memory with all that its mailbox says, or fails. Afterwards what waits is done. */
  readonly prepare: (box: Mailbox) => Promise<void>;
  /** What waited is done. */
  readonly prepared: (box: Mailbox, shard: Shard) => void;
  readonly onFailed: (box: Mailbox, error: Error) => void;
}

export interface Mailboxes {
  readonly all: () => Iterable<Mailbox>;
  readonly find: (vdnId: number) => Mailbox | undefined;
  /** Does it now where the contact centre is there, else when it is; refuses at once where too much waits. */
  readonly enter: (vdnId: number, job: Job) => void;
  readonly open: (vdnId: number) => Promise<void>;
  readonly remove: (vdnId: number) => void;
}

const MAX_WAITING = 1000;
const MAX_REPORTS = 20_000;
const MAX_UNCOMMITTED = 2000;
const RETRY_MS = 500;

export function createMailboxes({ isClosed, uncommitted, prepare, prepared, onFailed }: MailboxDependencies): Mailboxes {
  const boxes = new Map<number, Mailbox>();

  const boxOf = (vdnId: number): Mailbox => {
    let box = boxes.get(vdnId);
    if (box === undefined) {
      box = { vdnId, shard: undefined, stale: 'all', former: undefined, asksFor: undefined, isUnchecked: false, compare: undefined, waiting: [], opening: undefined, retryAt: 0, poisoned: new Set() };
      boxes.set(vdnId, box);
    }
    return box;
  };


  const fail = (box: Mailbox, error: Error): void => {
    const jobs = box.waiting.splice(0);
    // Of what was alive, the reports are kept until it is back.
    if (box.shard !== undefined || box.former !== undefined) box.waiting.push(...jobs.filter(({ isReport }) => isReport === true));
    else boxes.delete(box.vdnId);
    for (const { isReport, failed } of jobs) if (isReport !== true) failed(error);
  };

  /** False where something that was done has spoilt the state, or the configuration is old by now: the rest is for later. */
  const doWaiting = (box: Mailbox, shard: Shard): boolean => {
    for (let job = box.waiting.shift(); job !== undefined; job = box.waiting.shift()) {
      job.act(shard);
      if (box.shard !== shard || box.stale !== undefined) return false;
    }
    return true;
  };

  const go = async (box: Mailbox): Promise<void> => {
    try {
      for (;;) {
        await prepare(box);
        const { shard } = box;
        if (shard === undefined || !doWaiting(box, shard)) continue;
        box.opening = undefined;
        prepared(box, shard);
        return;
      }
    } catch (thrown) {
      const error = thrown instanceof Error ? thrown : new Error('the contact centre cannot be opened', { cause: thrown });
      box.opening = undefined;
      box.retryAt = performance.now() + RETRY_MS;
      fail(box, error);
      onFailed(box, error);
    }
  };

  const openBox = (box: Mailbox): Promise<void> => {
    box.opening ??= go(box);
    return box.opening ?? Promise.resolve();
  };

  return {
    all: () => boxes.values(),
    find: (vdnId) => boxes.get(vdnId),
    remove: (vdnId) => { boxes.delete(vdnId); },
    open: (vdnId) => openBox(boxOf(vdnId)),
    enter: (vdnId, job) => {
      const isReport = job.isReport === true;
      if (isClosed()) {
        const box = boxes.get(vdnId);
        if (isReport && box !== undefined && box.waiting.length < MAX_REPORTS) box.waiting.push(job);
        else job.failed(new Overloaded('the journal cannot be used'));
        return;
      }
      const box = boxOf(vdnId);
      const { shard } = box;
      if (shard !== undefined && box.opening === undefined && isFresh(box)) {
        if (!isReport && uncommitted(shard) >= MAX_UNCOMMITTED) job.failed(new Overloaded(`${MAX_UNCOMMITTED} commands of ${vdnId} are waiting`));
        else job.act(shard);
        return;
      }
      const isFull = box.waiting.length >= (isReport ? MAX_REPORTS : MAX_WAITING);
      if (isFull || (box.opening === undefined && performance.now() < box.retryAt)) {
        if (isReport && !isFull) box.waiting.push(job);
        else job.failed(new Overloaded(`${box.waiting.length} commands of ${vdnId} wait for it to be loaded`));
        return;
      }
      box.waiting.push(job);
      void openBox(box);
    },
  };
}

/** Whether what is in memory may be used as it is. */
export const isFresh = ({ shard, stale, asksFor }: Mailbox): boolean => shard !== undefined && stale === undefined && asksFor === undefined;

/** Whether a contact centre may leave memory: nothing goes on, nothing is to come, and nobody waits. */
export const isQuiet = ({ shard, opening, waiting }: Mailbox, uncommitted: (shard: Shard) => number): boolean =>
  shard !== undefined && opening === undefined && waiting.length === 0 && isAtRest(shard.centre) && shard.centre.timers.due.size === 0 && uncommitted(shard) === 0;
