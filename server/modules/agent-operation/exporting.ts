import { sql } from 'kysely';
import type { OperationLine } from '@parley/core/export/rows.ts';
import type { Database } from '../../database/connect.ts';
import type { OperationRow } from './store.ts';

export interface DoneAsked {
  /** When they began: both ends are in it. */
  readonly from: number;
  readonly to: number;
  readonly agent?: number | undefined;
}

const PAGE = 500;

const lineOf = (row: OperationRow): OperationLine => ({
  id: row.id, agent: row.agent, type: row.type, object: row.object, cause: row.cause, from: row.from_at, to: row.to_at, call: row.call, queue: row.queue, service: row.service, media: row.media,
  direction: row.direction === 'in' || row.direction === 'out' ? row.direction : null, feature: row.feature, phone: row.phone, agentType: row.agent_type, logonSn: row.logon_sn,
  skillInfoSn: row.skill_info_sn,
});

/** In the order in which they began, a page at a time: idle ones as well, which Table 13-128 has and Table 12-702 has not. */
export async function* pagesOfOperations(db: Database, vdnId: number, { from, to, agent }: DoneAsked): AsyncIterable<readonly OperationLine[]> {
  let last: OperationRow | undefined;
  do {
    let query = db.selectFrom('agent_operation').selectAll().where('vdn_id', '=', vdnId).where('from_at', '>=', last?.from_at ?? from).where('from_at', '<=', to);
    if (last !== undefined) query = query.where(sql<boolean>`(from_at, id) > (${last.from_at}, ${last.id})`);
    if (agent !== undefined) query = query.where('agent', '=', agent);
    const page = await query.orderBy('from_at').orderBy('id').limit(PAGE).execute();
    last = page.length < PAGE ? undefined : page.at(-1);
    if (page.length > 0) yield page.map(lineOf);
  } while (last !== undefined);
}
