import { sql } from 'kysely';
import { OPERATION } from '@parley/core/operations/operation.ts';
import type { Database } from '../../database/connect.ts';
import type { OperationRow } from './store.ts';

export interface OperationSearch {
  readonly agent: number;
  readonly type?: number | undefined;
  /** When it ended; `to` is not in it. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

export interface PlaceOfOperation {
  readonly at: number;
  readonly id: number;
}

/** What an agent did and has ended, the latest first, from the one behind on. */
export async function searchOperations(
  db: Database, vdnId: number, { agent, type, from, to }: OperationSearch, behind: PlaceOfOperation | undefined, limit: number,
): Promise<readonly OperationRow[]> {
  let query = db.selectFrom('agent_operation').selectAll().where('vdn_id', '=', vdnId).where('agent', '=', agent).where('type', '<>', OPERATION.idle);
  if (type !== undefined) query = query.where('type', '=', type);
  if (from !== undefined) query = query.where('to_at', '>=', from);
  if (to !== undefined) query = query.where('to_at', '<', to);
  if (behind !== undefined) query = query.where(sql<boolean>`(to_at, id) < (${behind.at}::bigint, ${behind.id}::bigint)`);
  return query.orderBy('to_at', 'desc').orderBy('id', 'desc').limit(limit).execute();
}
