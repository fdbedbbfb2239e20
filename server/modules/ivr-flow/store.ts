import type { Selectable } from 'kysely';
import type { Database } from '../../database/connect.ts';
import type { IvrFlowTable } from '../../database/tables.ts';

/** An IVR flow without its definition: what those who lead to it need to know. */
export interface Flow {
  /** The small id by which queues and routes lead to it (5.2.1, 5.3.2). */
  readonly id: number;
  /** The long one of 5.4.2. */
  readonly longId: string;
  readonly accessCode: string;
  readonly description: string;
  readonly fileName: string;
  readonly type: 0 | 1 | 2 | 3 | 4 | 5 | 6;
  readonly loaded: boolean;
  /** How many calls it takes at a time; null is no limit. */
  readonly maxCalls: number | null;
}

export interface WholeFlow extends Flow {
  readonly definition: object;
}

const COLUMNS = ['flow_id', 'id', 'access_code', 'description', 'file_name', 'flow_type', 'loaded', 'max_calls'] as const;

const fromRow = (row: Pick<Selectable<IvrFlowTable>, (typeof COLUMNS)[number]>): Flow => ({
  id: row.flow_id,
  longId: row.id,
  accessCode: row.access_code,
  description: row.description,
  fileName: row.file_name,
  type: row.flow_type as Flow['type'],
  loaded: row.loaded,
  maxCalls: row.max_calls,
});

const toRow = (flow: WholeFlow) => ({
  flow_id: flow.id,
  id: flow.longId,
  access_code: flow.accessCode,
  description: flow.description,
  file_name: flow.fileName,
  flow_type: flow.type,
  loaded: flow.loaded,
  max_calls: flow.maxCalls,
  definition: JSON.stringify(flow.definition),
});

const of = (db: Database, vdnId: number) => db.selectFrom('ivr_flow').where('vdn_id', '=', vdnId);

export async function listFlows(db: Database, vdnId: number): Promise<readonly Flow[]> {
  return (await of(db, vdnId).select(COLUMNS).orderBy('flow_id').execute()).map(fromRow);
}

export async function findFlow(db: Database, vdnId: number, id: number): Promise<Flow | undefined> {
  const row = await of(db, vdnId).select(COLUMNS).where('flow_id', '=', id).executeTakeFirst();
  return row && fromRow(row);
}

export async function findWholeFlow(db: Database, vdnId: number, id: number): Promise<WholeFlow | undefined> {
  const row = await of(db, vdnId).selectAll().where('flow_id', '=', id).executeTakeFirst();
  return row && { ...fromRow(row), definition: row.definition };
}

/** Access codes of the tenant's flows, by flow id. */
export async function flowCodes(db: Database, vdnId: number): Promise<ReadonlyMap<number, string>> {
  const rows = await of(db, vdnId).select(['flow_id', 'access_code']).execute();
  return new Map(rows.map((row) => [row.flow_id, row.access_code]));
}

export async function insertFlow(db: Database, vdnId: number, flow: WholeFlow, at: number): Promise<void> {
  await db.insertInto('ivr_flow').values({ vdn_id: vdnId, created_at: at, ...toRow(flow) }).execute();
}

export async function updateFlow(db: Database, vdnId: number, flow: WholeFlow): Promise<void> {
  await db.updateTable('ivr_flow').set(toRow(flow)).where('vdn_id', '=', vdnId).where('flow_id', '=', flow.id).execute();
}

export async function deleteFlow(db: Database, vdnId: number, id: number): Promise<void> {
  await db.deleteFrom('ivr_flow').where('vdn_id', '=', vdnId).where('flow_id', '=', id).execute();
}
