import { sql } from 'kysely';
import type { Event } from '@parley/core/centre/event.ts';
import type { Database } from '../database/connect.ts';
import type { Engine } from './engine.ts';
import { fromRow } from './event-row.ts';
import type { OnFault } from './fault.ts';

/** An event as a projector sees it. */
export interface Projected<Type extends Event['type']> {
  readonly seq: number;
  readonly at: number;
  readonly event: Extract<Event, { type: Type }>;
}

/** Puts events into rows of its own, in the transaction of the cursor. What it does besides, it may do again. */
type Applying<Type extends Event['type']> =
  | { readonly apply: (tx: Database, vdnId: number, projected: Projected<Type>) => Promise<void> }
  /** Many at once, in their order. */
  | { readonly applyAll: (tx: Database, vdnId: number, projected: readonly Projected<Type>[]) => Promise<void> };

export type ProjectorOptions<Type extends Event['type']> = Applying<Type> & {
  /** Its cursor goes by it for ever. */
  readonly name: string;
  readonly types: readonly Type[];
  /** How long it lets events gather before it looks again; not at all unless told. */
  readonly gatherMs?: number;
};

/** Rows that follow the journal: woken by what happens, and caught up with after a restart by their cursor. */
export interface Projector {
  readonly name: string;
  /** Takes up what happened while nobody looked. */
  readonly start: () => Promise<void>;
  /** Resolves when what has happened by now is in the rows; false where it cannot be put there now. */
  readonly settled: (vdnId: number) => Promise<boolean>;
  /** The same, also where nothing has woken it: its cursor is then at the newest event. */
  readonly caughtUp: (vdnId: number) => Promise<boolean>;
  /** Puts events in rows that are in no journal, such as a past that is made up; those of other types are passed over. */
  readonly put: (tx: Database, vdnId: number, events: readonly Projected<Event['type']>[]) => Promise<void>;
  readonly stop: () => Promise<void>;
}

export interface ProjectorDependencies {
  readonly db: Database;
  readonly engine: Pick<Engine, 'project'>;
  readonly onFault: OnFault;
}

const AT_ONCE = 500;
const RETRY_MS = 5000;

export function createProjector<Type extends Event['type']>({ db, engine, onFault }: ProjectorDependencies, options: ProjectorOptions<Type>): Projector {
  const { name, types, gatherMs = 0 } = options;
  const applyAll = 'applyAll' in options ? options.applyAll : async (tx: Database, vdnId: number, page: readonly Projected<Type>[]): Promise<void> => {
    for (const projected of page) await options.apply(tx, vdnId, projected);
  };
  const wanted: ReadonlySet<string> = new Set(types);
  const running = new Map<number, Promise<void>>();
  /** Contact centres in which something has happened since their run began. */
  const again = new Set<number>();
  /** Those that are looked at a little later: what gathers until then, or what could not be done. */
  const later = new Map<number, NodeJS.Timeout>();
  const failing = new Set<number>();
  let hasStopped = false;
  // Spelt out, so that an index of these types alone can be used.
  const isOfType = sql<boolean>`e.type in (${sql.join(types.map((type) => sql.lit(type)))})`;

  /** One page; answers whether there may be more. */
  const catchUp = (vdnId: number): Promise<boolean> => db.transaction().execute(async (tx) => {
    const cursor = (): Promise<{ seq: number } | undefined> =>
      tx.selectFrom('projection_cursor').select('seq').where('vdn_id', '=', vdnId).where('name', '=', name).forUpdate().executeTakeFirst();
    let stands = await cursor();
    if (stands === undefined) {
      await tx.insertInto('projection_cursor').values({ vdn_id: vdnId, name, seq: 0 }).onConflict((conflict) => conflict.doNothing()).execute();
      stands = await cursor();
    }
    const { seq } = stands ?? { seq: 0 };
    // What is committed by now is looked through whole, so the cursor may stand behind it whatever was among it.
    const { head } = await tx.selectFrom('centre').select('head').where('vdn_id', '=', vdnId).executeTakeFirst() ?? { head: seq };
    const rows = await tx.selectFrom('centre_event as e')
      .leftJoin('centre_personal as p', (join) => join.onRef('p.vdn_id', '=', 'e.vdn_id').onRef('p.seq', '=', 'e.seq'))
      .select(['e.seq', 'e.at', 'e.type', 'e.version', 'e.data', 'p.data as personal'])
      .where('e.vdn_id', '=', vdnId).where('e.seq', '>', seq).where(isOfType).orderBy('e.seq').limit(AT_ONCE).execute();
    if (rows.length > 0) await applyAll(tx, vdnId, rows.map((row) => ({ seq: row.seq, at: row.at, event: fromRow(row) as Extract<Event, { type: Type }> })));
    const isFull = rows.length === AT_ONCE;
    const reached = Math.max(rows.at(-1)?.seq ?? seq, isFull ? seq : head);
    if (reached > seq) await tx.updateTable('projection_cursor').set({ seq: reached }).where('vdn_id', '=', vdnId).where('name', '=', name).execute();
    return isFull;
  });

  const run = async (vdnId: number): Promise<void> => {
    try {
      again.delete(vdnId);
      while (await catchUp(vdnId));
      failing.delete(vdnId);
    } catch (error) {
      again.delete(vdnId);
      if (hasStopped) return;
      failing.add(vdnId);
      onFault('a projection could not follow what happened; it is tried again', { vdnId, projection: name, error });
      lookLater(vdnId, RETRY_MS);
    }
  };

  const begin = (vdnId: number): void => {
    clearTimeout(later.get(vdnId));
    later.delete(vdnId);
    running.set(vdnId, run(vdnId).finally(() => {
      running.delete(vdnId);
      if (again.has(vdnId)) wake(vdnId);
    }));
  };

  const lookLater = (vdnId: number, ms: number): void => {
    if (hasStopped || later.has(vdnId)) return;
    const timer = setTimeout(() => { begin(vdnId); }, ms);
    timer.unref();
    later.set(vdnId, timer);
  };

  const wake = (vdnId: number): void => {
    if (hasStopped) return;
    again.add(vdnId);
    if (running.has(vdnId)) return;
    if (gatherMs > 0) lookLater(vdnId, gatherMs);
    else begin(vdnId);
  };

  const settled = async (vdnId: number): Promise<boolean> => {
    await running.get(vdnId);
    // What happened during that run is in the next one, which may have begun by now.
    if (again.has(vdnId) && !running.has(vdnId) && !hasStopped) begin(vdnId);
    await running.get(vdnId);
    return !failing.has(vdnId);
  };

  engine.project<true>({ read: ({ type }) => (wanted.has(type) ? [true] : []), deliver: wake });

  return {
    name, settled,
    put: (tx, vdnId, events) => applyAll(tx, vdnId, events.filter(({ event }) => wanted.has(event.type)) as unknown as readonly Projected<Type>[]),
    start: async () => {
      const behind = await db.selectFrom('centre').leftJoin('projection_cursor as c', (join) => join.onRef('c.vdn_id', '=', 'centre.vdn_id').on('c.name', '=', name))
        .select('centre.vdn_id').where(sql<boolean>`centre.head > coalesce(c.seq, 0)`).execute();
      for (const { vdn_id: vdnId } of behind) wake(vdnId);
    },
    caughtUp: (vdnId) => {
      wake(vdnId);
      return settled(vdnId);
    },
    stop: async () => {
      hasStopped = true;
      for (const timer of later.values()) clearTimeout(timer);
      await Promise.all(running.values());
    },
  };
}
