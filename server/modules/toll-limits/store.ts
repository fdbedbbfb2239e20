import type { TollSettings } from '@parley/core/call/toll-rules.ts';
import type { Database } from '../../database/connect.ts';

/** What was set, by tenant; those for whom nothing was set are not in it. */
export async function readAll(db: Database): Promise<ReadonlyMap<number, TollSettings>> {
  const rows = await db.selectFrom('toll_limit').selectAll().execute();
  return new Map(rows.map((row) => [row.vdn_id, row.settings]));
}

export async function read(db: Database, vdnId: number): Promise<TollSettings | undefined> {
  const row = await db.selectFrom('toll_limit').select('settings').where('vdn_id', '=', vdnId).executeTakeFirst();
  return row?.settings;
}

export async function put(tx: Database, vdnId: number, settings: TollSettings): Promise<void> {
  const written = JSON.stringify(settings);
  await tx.insertInto('toll_limit').values({ vdn_id: vdnId, settings: written })
    .onConflict((conflict) => conflict.column('vdn_id').doUpdateSet({ settings: written })).execute();
}

export async function remove(tx: Database, vdnId: number): Promise<void> {
  await tx.deleteFrom('toll_limit').where('vdn_id', '=', vdnId).execute();
}
