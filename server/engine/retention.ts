import { sql } from 'kysely';
import type { Database } from '../database/connect.ts';
import type { Projector } from './projector.ts';

/** How far back an incident can be told. */
export const RETENTION_MS = 7 * 24 * 3_600_000;
/** Few enough to hold up nobody. */
const AT_ONCE = 10_000;

/**
 * Cuts the journals behind the newest snapshot that is older than the retention time: what comes after it can still be told
 * again, event by event. A contact centre of which there is no such snapshot keeps all its events, and nothing is cut that a
 * projection has not seen.
 */
export async function cutJournals(db: Database, now: number, projectors: readonly Pick<Projector, 'name' | 'caughtUp'>[] = []): Promise<number> {
  const cuts = await db.selectFrom('centre_snapshot').select((eb) => ['vdn_id', eb.fn.max('seq').as('seq')])
    .where('at', '<', now - RETENTION_MS).groupBy('vdn_id').execute();
  let cut = 0;
  for (const { vdn_id: vdnId, seq: newest } of cuts) {
    const seq = Math.min(newest, ...await seenBy(db, vdnId, projectors));
    for (const table of ['centre_event', 'centre_personal'] as const) {
      for (let deleted = AT_ONCE; deleted === AT_ONCE;) {
        const { numAffectedRows = 0n } = await sql`
          delete from ${sql.table(table)} where vdn_id = ${vdnId} and seq in (
            select seq from ${sql.table(table)} where vdn_id = ${vdnId} and seq <= ${seq} order by seq limit ${AT_ONCE})`.execute(db);
        deleted = Number(numAffectedRows);
        cut += deleted;
      }
    }
    await db.deleteFrom('centre_snapshot').where('vdn_id', '=', vdnId).where('seq', '<', seq).execute();
  }
  return cut;
}

/** The newest event that each has seen. */
async function seenBy(db: Database, vdnId: number, projectors: readonly Pick<Projector, 'name' | 'caughtUp'>[]): Promise<readonly number[]> {
  await Promise.all(projectors.map((projector) => projector.caughtUp(vdnId)));
  const cursors = await db.selectFrom('projection_cursor').select(['name', 'seq']).where('vdn_id', '=', vdnId).execute();
  return projectors.map(({ name }) => cursors.find((cursor) => cursor.name === name)?.seq ?? 0);
}
