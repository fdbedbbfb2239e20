import { OPERATION } from '@parley/core/operations/operation.ts';
import type { Database } from '../../database/connect.ts';
import { DAY_KINDS, KINDS, settle, settleDays } from './settle.ts';
import { FIVE_MS, putDue, type Due } from './store.ts';
import { sessionsOf } from './work-store.ts';

const bucketOf = (at: number): number => Math.floor(at / FIVE_MS) * FIVE_MS;

/** Devices of calls were left at these moments, so their five minutes are to be counted. */
export const dueOf = (tx: Database, vdnId: number, moments: readonly number[]): Promise<void> =>
  putDue(tx, vdnId, 'calls', [...new Set(moments.map(bucketOf))].map((bucket) => ({ agent: 0, bucket })));

/** What an agent did, as far as it matters here. */
export interface Work {
  readonly agent: number;
  readonly type: number;
  readonly from_at: number;
  readonly to_at: number;
  readonly logon_sn: number;
}

/** Whoever forgets to sign out for longer has the rest of it in no figure. */
const MAX_BUCKETS = 30 * 288;

/** Agents did this, from then to then: their five minutes are to be counted, and whose session has ended, those of all of it. */
export async function workDueOf(tx: Database, vdnId: number, rows: readonly Work[]): Promise<void> {
  const sessions = await sessionsOf(tx, vdnId, rows.filter(({ type }) => type === OPERATION.signOut).map((row) => row.logon_sn));
  const due = new Map<string, Due>();
  const spans = new Map<number, Due & { readonly until: number }>();
  for (const { agent, type, from_at: from, to_at: to, logon_sn: logonSn } of rows) {
    const last = bucketOf(to);
    const first = Math.max(bucketOf(type === OPERATION.signOut ? sessions.get(logonSn) ?? from : from), last - MAX_BUCKETS * FIVE_MS);
    due.set(`${agent} ${last}`, { agent, bucket: last });
    const { bucket = first, until = last } = spans.get(agent) ?? {};
    if (first < last) spans.set(agent, { agent, bucket: Math.min(first, bucket), until: Math.max(last, until) });
  }
  await putDue(tx, vdnId, 'work', [...due.values()]);
  await putDue(tx, vdnId, 'span', [...spans.values()]);
}

export interface Settlement {
  readonly db: Database;
  readonly clock: () => number;
  readonly zoneOf: (vdnId: number) => Promise<string | undefined>;
}

/** Every five minutes: counts what is over, of every tenant that has something. */
export async function countDue({ db, clock, zoneOf }: Settlement): Promise<void> {
  const now = clock();
  const due = await db.selectFrom('figure_due').select('vdn_id').distinct().where('kind', 'in', KINDS).where('bucket', '<', bucketOf(now)).execute();
  for (const { vdn_id: vdnId } of due) {
    const zone = await zoneOf(vdnId);
    if (zone !== undefined) await settle(db, vdnId, zone, now);
  }
}

/** Every quarter of an hour, as days of some zone may be over then: counts those, of every tenant that has something. */
export async function countDays({ db, clock, zoneOf }: Settlement): Promise<void> {
  const now = clock();
  const due = await db.selectFrom('figure_due').select('vdn_id').distinct().where('kind', 'in', DAY_KINDS).where('bucket', '<', now).execute();
  for (const { vdn_id: vdnId } of due) {
    const zone = await zoneOf(vdnId);
    if (zone !== undefined) await settleDays(db, vdnId, zone, now);
  }
}
