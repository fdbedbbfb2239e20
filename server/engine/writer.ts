import { isRefusal, type Refusal } from '@parley/contract/refusal.ts';
import type { Database, DatabaseTransaction } from '../database/connect.ts';
import { createLanes } from './lanes.ts';

/** Who asked for a change, from where and by which operation: what the audit trail says of it. */
export interface By {
  readonly actor: string;
  readonly source: string;
  readonly operation: string;
}

/** One thing that changed. Before and after never hold a secret. */
export interface Change {
  /** The noun, such as `queue`. */
  readonly what: string;
  readonly id: string;
  readonly before: object | null;
  readonly after: object | null;
}

export interface ConfigChanged {
  readonly vdnId: number;
  readonly seq: number;
  readonly at: number;
  readonly change: Change;
}

export interface Writing {
  /** All that `work` asks of the database goes through it: who waits for a second connection may hold up the others. */
  readonly tx: DatabaseTransaction;
  readonly at: number;
  readonly record: (change: Change) => void;
}

/** The one writer of each VDN: changes queue up behind one another, each a transaction of rows, events and audit. */
export interface Writer {
  /** A refusal that `work` answers undoes everything it did. Listeners have heard of the change before this resolves. */
  readonly write: <T>(vdnId: number, by: By, work: (writing: Writing) => Promise<T | Refusal>) => Promise<T | Refusal>;
  readonly subscribe: (listener: (event: ConfigChanged) => void) => () => void;
  /** Resolves when nothing is being written. */
  readonly idle: () => Promise<void>;
}

const MAX_WAITING = 1000;
/** PostgreSQL takes 65,535 parameters a statement, and an audit row has nine. */
const EVENTS_AT_ONCE = 5000;

export function createWriter({ db, clock }: { db: Database; clock: () => number }): Writer {
  const lanes = createLanes<number>('changes', MAX_WAITING);
  const listeners = new Set<(event: ConfigChanged) => void>();

  const commit = async <T>(vdnId: number, by: By, work: (writing: Writing) => Promise<T | Refusal>): Promise<{ outcome: T | Refusal; events: ConfigChanged[] }> => {
    const refusedWith = Symbol('refusal');
    let refusal: Refusal | undefined;
    try {
      return await db.transaction().execute(async (tx) => {
        // The row lock makes this process the one writer, also beside other processes.
        const { journal_seq: head } = await tx.selectFrom('vdn').select('journal_seq').where('vdn_id', '=', vdnId).forUpdate().executeTakeFirstOrThrow();
        const at = clock();
        const changes: Change[] = [];
        const outcome = await work({ tx, at, record: (change) => { changes.push(change); } });
        if (isRefusal(outcome)) {
          refusal = outcome;
          throw refusedWith;
        }
        const events = changes.map((change, index): ConfigChanged => ({ vdnId, seq: head + index + 1, at, change }));
        await append(tx, by, events);
        return { outcome, events };
      });
    } catch (error) {
      if (error === refusedWith && refusal !== undefined) return { outcome: refusal, events: [] };
      throw error;
    }
  };

  /** Every listener hears of every event, also when another one has a fault; the fault is then the caller's to see. */
  const tell = (events: readonly ConfigChanged[]): void => {
    const faults: unknown[] = [];
    for (const event of events) {
      for (const listener of listeners) {
        try {
          listener(event);
        } catch (error) {
          faults.push(error);
        }
      }
    }
    if (faults.length > 0) throw new AggregateError(faults, 'a listener failed after the change was committed');
  };

  return {
    write: async (vdnId, by, work) => {
      const { outcome, events } = await lanes.run(vdnId, () => commit(vdnId, by, work));
      tell(events);
      return outcome;
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => { listeners.delete(listener); };
    },
    idle: lanes.idle,
  };
}

async function append(tx: DatabaseTransaction, by: By, events: readonly ConfigChanged[]): Promise<void> {
  const last = events.at(-1);
  if (last === undefined) return;
  const json = (value: object | null): string | null => (value === null ? null : JSON.stringify(value));
  for (let start = 0; start < events.length; start += EVENTS_AT_ONCE) {
    const some = events.slice(start, start + EVENTS_AT_ONCE);
    await tx.insertInto('journal').values(some.map(({ vdnId, seq, at, change }) => ({
      vdn_id: vdnId, seq, at, type: 'ConfigChanged', version: 1, data: JSON.stringify(change),
    }))).execute();
    await tx.insertInto('audit').values(some.map(({ vdnId, at, change }) => ({
      vdn_id: vdnId, at, actor: by.actor, source: by.source, operation: by.operation,
      what: change.what, what_id: change.id, before: json(change.before), after: json(change.after),
    }))).execute();
  }
  await tx.updateTable('vdn').set({ journal_seq: last.seq }).where('vdn_id', '=', last.vdnId).execute();
}
