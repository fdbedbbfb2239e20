import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import type { TollBook } from '../../engine/toll-book.ts';

/** What is older says nothing any more: a day, and the part of it that had begun. */
const OLD_MS = 26 * 3_600_000;

/** What tenants have used of their toll limits, in rows. */
export function createTollBook({ db, clock }: { readonly db: Database; readonly clock: () => number }): TollBook {
  return {
    read: async () => {
      await db.deleteFrom('toll_usage').where('at', '<', clock() - OLD_MS).execute();
      const rows = await db.selectFrom('toll_usage').select(['vdn_id', 'counts']).execute();
      return new Map(rows.map(({ vdn_id: vdnId, counts }) => [vdnId, counts]));
    },
    write: async (tolls) => {
      const at = clock();
      const rows: { readonly vdn_id: number; readonly counts: string; readonly at: number }[] = [...tolls].map(([vdnId, counts]) => ({ vdn_id: vdnId, counts: JSON.stringify(counts), at }));
      if (rows.length === 0) return;
      await db.insertInto('toll_usage').values(rows)
        .onConflict((conflict) => conflict.column('vdn_id').doUpdateSet({ counts: sql`excluded.counts`, at: sql`excluded.at` })).execute();
    },
  };
}
