import { sql } from 'kysely';
import { MEASURED, noCounts, type Counts, type Measured } from '@parley/core/usage/in-use.ts';
import type { Database } from '../../database/connect.ts';

export interface Peak {
  readonly vdnId: number;
  readonly what: Measured;
  readonly most: number;
  readonly at: number;
}

const isMeasured = (what: string): what is Measured => (MEASURED as readonly string[]).includes(what);

export async function readPeaks(db: Database, vdnId: number): Promise<Counts> {
  const most = noCounts();
  for (const row of await db.selectFrom('usage_peak').select(['what', 'most']).where('vdn_id', '=', vdnId).execute()) if (isMeasured(row.what)) most[row.what] = row.most;
  return most;
}

/** What is higher there already stays: another process may have seen more. */
export async function savePeaks(db: Database, peaks: readonly Peak[]): Promise<void> {
  if (peaks.length === 0) return;
  const rows = JSON.stringify(peaks.map(({ vdnId, what, most, at }) => ({ vdn_id: vdnId, what, most, at })));
  await sql`insert into usage_peak (vdn_id, what, most, at)
    select vdn_id, what, most, at from json_populate_recordset(null::usage_peak, ${rows})
    on conflict (vdn_id, what) do update set most = excluded.most, at = excluded.at where usage_peak.most < excluded.most`.execute(db);
}
