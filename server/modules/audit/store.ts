import type { Selectable } from 'kysely';
import { maskSubjects } from '@parley/core/audit/mask.ts';
import type { Database } from '../../database/connect.ts';
import type { AuditTable } from '../../database/tables.ts';
import type { Eraser } from '../erasure/index.ts';

export interface AuditEntry {
  readonly id: number;
  readonly at: number;
  readonly actor: string;
  readonly source: string;
  readonly operation: string;
  readonly what: string;
  readonly whatId: string;
  readonly before: object | null;
  readonly after: object | null;
}

export interface AuditFilter {
  readonly actor?: string | undefined;
  readonly what?: string | undefined;
  readonly whatId?: string | undefined;
  readonly operation?: string | undefined;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly olderThan?: number | undefined;
}

const fromRow = (row: Selectable<AuditTable>): AuditEntry => ({
  id: row.id, at: row.at, actor: row.actor, source: row.source, operation: row.operation, what: row.what, whatId: row.what_id,
  before: row.before, after: row.after,
});

/** Newest first. */
export async function searchAudit(db: Database, vdnId: number, filter: AuditFilter, limit: number): Promise<readonly AuditEntry[]> {
  let matching = db.selectFrom('audit').selectAll().where('vdn_id', '=', vdnId);
  if (filter.actor !== undefined) matching = matching.where('actor', '=', filter.actor);
  if (filter.what !== undefined) matching = matching.where('what', '=', filter.what);
  if (filter.whatId !== undefined) matching = matching.where('what_id', '=', filter.whatId);
  if (filter.operation !== undefined) matching = matching.where('operation', '=', filter.operation);
  if (filter.from !== undefined) matching = matching.where('at', '>=', filter.from);
  if (filter.to !== undefined) matching = matching.where('at', '<', filter.to);
  if (filter.olderThan !== undefined) matching = matching.where('id', '<', filter.olderThan);
  return (await matching.orderBy('id', 'desc').limit(limit).execute()).map(fromRow);
}

const PAGE = 500;
const json = (value: object | null): string | null => (value === null ? null : JSON.stringify(value));

/**
 * 5.1.13: the trail goes on saying that something was changed, when and by whom (whoever changes a contact centre must
 * stand by it), but no longer what the numbers, accounts and addresses were.
 */
export const auditEraser: Eraser = {
  module: 'audit',
  tables: ['audit'],
  erase: async (db, vdnId, subjects) => {
    const wanted = new Set(subjects);
    let masked = 0;
    let last = 0;
    for (;;) {
      const rows = await db.selectFrom('audit').select(['id', 'what_id', 'before', 'after']).where('vdn_id', '=', vdnId).where('id', '>', last)
        .orderBy('id').limit(PAGE).execute();
      for (const row of rows) {
        const after = { whatId: maskSubjects(row.what_id, wanted), before: maskSubjects(row.before, wanted), after: maskSubjects(row.after, wanted) };
        if (after.whatId === row.what_id && after.before === row.before && after.after === row.after) continue;
        await db.updateTable('audit').set({ what_id: after.whatId, before: json(after.before), after: json(after.after) })
          .where('vdn_id', '=', vdnId).where('id', '=', row.id).execute();
        masked += 1;
      }
      const newest = rows.at(-1);
      if (newest === undefined || rows.length < PAGE) return { audit: masked };
      last = newest.id;
    }
  },
};
