import { sql } from 'kysely';
import { blank, dueForErasure, keptForNow } from '@parley/core/centre/erasure.ts';
import type { Database } from '../database/connect.ts';
import type { Engine } from './engine.ts';
import type { OnFault } from './fault.ts';
import type { SnapshotWriter } from './snapshot-writer.ts';

/**
 * 5.1.13 for the engine: what is personal in the events and snapshots of the calls that name a subject is destroyed, so that
 * no replay brings it back. A call that is alive keeps its numbers until it is over, and is erased then.
 */
export interface Erasure {
  readonly tables: readonly ['centre_personal', 'centre_snapshot'];
  readonly erase: (tx: Database, vdnId: number, subjects: readonly string[]) => Promise<Readonly<Record<string, number>>>;
  /** Erases the calls of a contact centre that are over by now; one run at a time, tried again where it fails. */
  readonly eraseEnded: (vdnId: number) => void;
  readonly idle: () => Promise<void>;
}

export interface ErasureDependencies {
  readonly db: Database;
  readonly engine: Pick<Engine, 'send' | 'view' | 'glance'>;
  readonly snapshotWriter: Pick<SnapshotWriter, 'discard'>;
  /** Resolves when what was decided is journaled or lost. */
  readonly settled: () => Promise<void>;
  /** Number of the newest event. */
  readonly headOf: (vdnId: number) => number;
  readonly onFault: OnFault;
}

const RETRY_MS = 30_000;
const MAX_ATTEMPTS = 100;

/** Empties in a snapshot the calls named, with their legs, and whatever is one of the subjects, but for what belongs to a call that is kept. */
function scrub(value: unknown, calls: ReadonlySet<string>, subjects: ReadonlySet<string>, kept: ReadonlySet<string>): void {
  if (typeof value !== 'object' || value === null) return;
  const fields = value as Record<string, unknown>;
  const isLeg = 'direction' in fields;
  // An agent's phone is no customer's number.
  if (isLeg && fields['agent'] !== undefined) return;
  const call = 'visits' in fields ? fields['id'] : isLeg ? fields['call'] : undefined;
  if (typeof call !== 'string') {
    if (isLeg || 'participants' in fields) blank(value, subjects);
    else for (const key in fields) scrub(fields[key], calls, subjects, kept);
  } else if (calls.has(call)) blank(value);
  else if (!kept.has(call)) blank(value, subjects);
}

async function scrubSnapshots(db: Database, vdnId: number, calls: readonly string[], subjects: readonly string[], kept: ReadonlySet<string>): Promise<number> {
  // What is looked for is a whole value of JSON.
  const needles = [...calls, ...subjects].map((text) => JSON.stringify(text));
  const found = await db.selectFrom('centre_snapshot').select('hour').where('vdn_id', '=', vdnId)
    .where(sql<boolean>`exists (select from unnest(${needles}::text[]) as needle where strpos(state, needle) > 0)`).forUpdate().execute();
  for (const { hour } of found) {
    const { state } = await db.selectFrom('centre_snapshot').select('state').where('vdn_id', '=', vdnId).where('hour', '=', hour).executeTakeFirstOrThrow();
    const parsed: unknown = JSON.parse(state);
    scrub(parsed, new Set(calls), new Set(subjects), kept);
    await db.updateTable('centre_snapshot').set({ state: JSON.stringify(parsed) }).where('vdn_id', '=', vdnId).where('hour', '=', hour).execute();
  }
  return found.length;
}

const any = (texts: readonly string[]) => sql<string>`any(${[...texts]}::text[])`;

async function deletePersonal(db: Database, vdnId: number, calls: readonly string[]): Promise<number> {
  const { numDeletedRows } = await db.deleteFrom('centre_personal').where('vdn_id', '=', vdnId).where('call', '=', any(calls)).executeTakeFirst();
  return Number(numDeletedRows);
}

export function createErasure({ db, engine, snapshotWriter, settled, headOf, onFault }: ErasureDependencies): Erasure {
  const running = new Map<number, Promise<void>>();

  const eraseOnce = async (vdnId: number): Promise<void> => {
    const over = new Set(await engine.view(vdnId, dueForErasure));
    // Their end may still be on its way into the journal, or get lost there.
    await settled();
    const calls = (await engine.view(vdnId, dueForErasure)).filter((call) => over.has(call));
    if (calls.length === 0) return;
    await snapshotWriter.discard(vdnId, headOf(vdnId));
    await db.transaction().execute(async (tx) => {
      await deletePersonal(tx, vdnId, calls);
      await scrubSnapshots(tx, vdnId, calls, [], new Set());
    });
    await engine.send(vdnId, { kind: 'erased', calls });
  };

  const untilDone = async (vdnId: number): Promise<void> => {
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
      try {
        await eraseOnce(vdnId);
        return;
      } catch (error) {
        onFault('calls that are over could not be erased', { vdnId, attempt, error });
        await new Promise((resolve) => { setTimeout(resolve, RETRY_MS).unref(); });
      }
    }
  };

  return {
    tables: ['centre_personal', 'centre_snapshot'],
    erase: async (tx, vdnId, subjects) => {
      const isAlive = await engine.glance(vdnId, ({ calls, agents }) => calls.size + agents.size > 0);
      if (isAlive) {
        await engine.send(vdnId, { kind: 'forget', numbers: subjects });
        // What was put into a snapshot before that, still names them.
        await snapshotWriter.discard(vdnId, headOf(vdnId));
      }
      const kept = new Set(await engine.glance(vdnId, keptForNow));
      const named = await tx.selectFrom('centre_personal').select(['seq', 'call']).where('vdn_id', '=', vdnId)
        .where(sql<boolean>`numbers && ${[...subjects]}::text[]`).execute();
      const calls = [...new Set(named.flatMap(({ call }) => (call === null || kept.has(call) ? [] : [call])))];
      const loose = named.filter(({ call }) => call === null).map(({ seq }) => seq);
      const ofCalls = await deletePersonal(tx, vdnId, calls);
      const { numDeletedRows } = await tx.deleteFrom('centre_personal').where('vdn_id', '=', vdnId)
        .where('seq', '=', sql<number>`any(${loose}::bigint[])`).executeTakeFirst();
      const snapshots = await scrubSnapshots(tx, vdnId, calls, subjects, kept);
      return { centre_personal: ofCalls + Number(numDeletedRows), centre_snapshot: snapshots };
    },
    eraseEnded: (vdnId) => {
      if (running.has(vdnId)) return;
      const run = untilDone(vdnId).finally(() => { running.delete(vdnId); });
      running.set(vdnId, run);
    },
    idle: async () => { while (running.size > 0) await Promise.all(running.values()); },
  };
}
