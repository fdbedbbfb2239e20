import { listErasures } from '@parley/contract/admin/erasure.ts';
import { cleanCustPersonalData } from '@parley/contract/configuration/erasure.ts';
import { handle, type Handler } from '@parley/contract/handler.ts';
import type { Database } from '../../database/connect.ts';
import type { Ids } from '../../engine/ids.ts';
import type { Jobs } from '../../engine/jobs.ts';
import type { Writer } from '../../engine/writer.ts';
import { findOrder, finishOrder, insertOrder, newestOrders } from './store.ts';

/**
 * How one module erases what it holds of a customer (5.1.13). Every module that owns a table with personal data joins;
 * a test compares the tables named here with those marked personal.
 */
export interface Eraser {
  readonly module: string;
  readonly tables: readonly string[];
  /** Erases everything that names one of the subjects (phone numbers, accounts, mail addresses); answers rows by table. */
  readonly erase: (db: Database, vdnId: number, subjects: readonly string[]) => Promise<Readonly<Record<string, number>>>;
}

export interface ErasureDependencies {
  readonly db: Database;
  readonly writer: Writer;
  readonly ids: Ids;
  readonly jobs: Jobs;
  readonly erasers: readonly Eraser[];
  readonly clock: () => number;
}

/** An order must not be lost to a database that is away for a while, so it is tried for about a day. */
const POLICY = { attempts: 12, retryDelayMs: 20_000, deadlineMs: 600_000 };

export function erasureHandlers({ db, writer, ids, jobs, erasers, clock }: ErasureDependencies): readonly Handler[] {
  const erasing = jobs.define<{ vdnId: number; id: string }>('erasure', POLICY, async ({ vdnId, id }) => {
    await db.transaction().execute(async (tx) => {
      const order = await findOrder(tx, vdnId, id);
      // Done already: the job came twice, as jobs may.
      if (order === undefined || order.doneAt !== null) return;
      const counts: Record<string, number> = {};
      for (const eraser of erasers) Object.assign(counts, await eraser.erase(tx, vdnId, order.subjects));
      await finishOrder(tx, vdnId, id, counts, clock());
    });
  });

  return [
    handle(cleanCustPersonalData, (input, { vdnId, by }) =>
      writer.write(vdnId, by, async ({ tx, at, record }) => {
        const id = ids.next();
        await insertOrder(tx, vdnId, { id, subjects: [...new Set(input.customNos)], requestedBy: by.actor, requestedAt: at });
        await erasing.send({ vdnId, id }, { tx });
        // Whose data it is must not stand in the trail: the order's id leads to what was done.
        record({ what: 'erasure', id, before: null, after: { subjects: input.customNos.length } });
        return {};
      })),

    handle(listErasures, async (_input, { vdnId }) => ({ erasures: [...await newestOrders(db, vdnId)] })),
  ];
}
