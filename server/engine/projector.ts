import { sql } from 'kysely';
import type { Event } from '@parley/core/centre/event.ts';
import type { Database } from '../database/connect.ts';
import type { Engine } from './engine.ts';
import { fromRow } from './event-row.ts';
import type { OnFault } from './fault.ts';

/** An event as a projector sees it. */
export interface Projected<Type extends Event['type']> {
  readonly at: number;
  readonly event: Extract<Event, { type: Type }>;
}

export interface ProjectorOptions<Type extends Event['type']> {
  /** Its cursor goes by it for ever. */
  readonly name: string;
  readonly types: readonly Type[];
  /** Puts an event into rows of its own, in the transaction of the cursor. What it does besides, it may do again. */
  readonly apply: (tx: Database, vdnId: number, projected: Projected<Type>) => Promise<void>;
}

/** Rows that follow the journal: woken by what happens, and caught up with after a restart by their cursor. */
export interface Projector {
  /** Takes up what happened while nobody looked. */
  readonly start: () => Promise<void>;
  /** Resolves when what has happened by now is in the rows; false where it cannot be put there now. */
  readonly settled: (vdnId: number) => Promise<boolean>;
  readonly stop: () => Promise<void>;
}

export interface ProjectorDependencies {
  readonly db: Database;
  readonly engine: Pick<Engine, 'project'>;
  readonly onFault: OnFault;
}

const AT_ONCE = 200;
const RETRY_MS = 5000;

export function createProjector<Type extends Event['type']>({ db, engine, onFault }: ProjectorDependencies, { name, types, apply }: ProjectorOptions<Type>): Projector {
  const wanted: ReadonlySet<string> = new Set(types);
  const running = new Map<number, Promise<void>>();
  /** Contact centres in which something has happened since their run began. */
  const again = new Set<number>();
  const retries = new Map<number, NodeJS.Timeout>();
  let hasStopped = false;
  // Spelt out, so that the index of these types alone can be used.
  const isOfType = sql<boolean>`e.type in (${sql.join(types.map((type) => sql.lit(type)))})`;

  /** One page; answers whether there may be more. */
  const catchUp = (vdnId: number): Promise<boolean> => db.transaction().execute(async (tx) => {
    await tx.insertInto('projection_cursor').values({ vdn_id: vdnId, name, seq: 0 }).onConflict((conflict) => conflict.doNothing()).execute();
    const { seq } = await tx.selectFrom('projection_cursor').select('seq').where('vdn_id', '=', vdnId).where('name', '=', name).forUpdate().executeTakeFirstOrThrow();
    const rows = await tx.selectFrom('centre_event as e')
      .leftJoin('centre_personal as p', (join) => join.onRef('p.vdn_id', '=', 'e.vdn_id').onRef('p.seq', '=', 'e.seq'))
      .select(['e.seq', 'e.at', 'e.type', 'e.version', 'e.data', 'p.data as personal'])
      .where('e.vdn_id', '=', vdnId).where('e.seq', '>', seq).where(isOfType).orderBy('e.seq').limit(AT_ONCE).execute();
    for (const row of rows) await apply(tx, vdnId, { at: row.at, event: fromRow(row) as Extract<Event, { type: Type }> });
    const last = rows.at(-1)?.seq;
    if (last !== undefined) await tx.updateTable('projection_cursor').set({ seq: last }).where('vdn_id', '=', vdnId).where('name', '=', name).execute();
    return rows.length === AT_ONCE;
  });

  const run = async (vdnId: number): Promise<void> => {
    try {
      do again.delete(vdnId);
      while (await catchUp(vdnId) || again.has(vdnId));
    } catch (error) {
      again.delete(vdnId);
      if (hasStopped) return;
      onFault('a projection could not follow what happened; it is tried again', { vdnId, projection: name, error });
      const retry = setTimeout(() => {
        retries.delete(vdnId);
        wake(vdnId);
      }, RETRY_MS);
      retry.unref();
      clearTimeout(retries.get(vdnId));
      retries.set(vdnId, retry);
    }
  };

  const wake = (vdnId: number): void => {
    if (hasStopped) return;
    again.add(vdnId);
    if (running.has(vdnId)) return;
    running.set(vdnId, run(vdnId).finally(() => {
      running.delete(vdnId);
      if (again.has(vdnId)) wake(vdnId);
    }));
  };

  engine.project<true>({ read: ({ type }) => (wanted.has(type) ? [true] : []), deliver: wake });

  return {
    start: async () => {
      const behind = await db.selectFrom('centre_event as e')
        .leftJoin('projection_cursor as c', (join) => join.onRef('c.vdn_id', '=', 'e.vdn_id').on('c.name', '=', name))
        .select('e.vdn_id').distinct().where(isOfType).where(sql<boolean>`e.seq > coalesce(c.seq, 0)`).execute();
      for (const { vdn_id: vdnId } of behind) wake(vdnId);
    },
    settled: async (vdnId) => {
      await running.get(vdnId);
      return !retries.has(vdnId);
    },
    stop: async () => {
      hasStopped = true;
      for (const retry of retries.values()) clearTimeout(retry);
      await Promise.all(running.values());
    },
  };
}
