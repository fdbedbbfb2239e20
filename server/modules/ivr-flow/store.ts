import { sql, type Selectable } from 'kysely';
import type { ReferenceKind } from '@parley/core/ivr/reading.ts';
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
  /** Of its definition; 0 where there was none yet. */
  readonly version: number;
}

/** A definition as it is kept, and what of the tenant's it names. */
export interface Defined {
  readonly definition: object;
  readonly leadsTo: readonly string[];
}

export interface Version {
  readonly version: number;
  readonly createdAt: number;
}

/** How many versions of a definition are kept. */
export const MAX_VERSIONS = 50;

const COLUMNS = ['flow_id', 'id', 'access_code', 'description', 'file_name', 'flow_type', 'loaded', 'max_calls', 'version'] as const;

const fromRow = (row: Pick<Selectable<IvrFlowTable>, (typeof COLUMNS)[number]>): Flow => ({
  id: row.flow_id,
  longId: row.id,
  accessCode: row.access_code,
  description: row.description,
  fileName: row.file_name,
  type: row.flow_type as Flow['type'],
  loaded: row.loaded,
  maxCalls: row.max_calls,
  version: row.version,
});

const toRow = (flow: Flow) => ({
  flow_id: flow.id,
  id: flow.longId,
  access_code: flow.accessCode,
  description: flow.description,
  file_name: flow.fileName,
  flow_type: flow.type,
  loaded: flow.loaded,
  max_calls: flow.maxCalls,
  version: flow.version,
});

const of = (db: Database, vdnId: number) => db.selectFrom('ivr_flow').where('vdn_id', '=', vdnId);
const versionsOf = (db: Database, vdnId: number, id: number) => db.selectFrom('ivr_flow_version').where('vdn_id', '=', vdnId).where('flow_id', '=', id);

export async function listFlows(db: Database, vdnId: number): Promise<readonly Flow[]> {
  return (await of(db, vdnId).select(COLUMNS).orderBy('flow_id').execute()).map(fromRow);
}

export async function findFlow(db: Database, vdnId: number, id: number): Promise<Flow | undefined> {
  const row = await of(db, vdnId).select(COLUMNS).where('flow_id', '=', id).executeTakeFirst();
  return row && fromRow(row);
}

/** Access codes of the tenant's flows, by flow id. */
export async function flowCodes(db: Database, vdnId: number): Promise<ReadonlyMap<number, string>> {
  const rows = await of(db, vdnId).select(['flow_id', 'access_code']).execute();
  return new Map(rows.map((row) => [row.flow_id, row.access_code]));
}

/** What a flow was defined as in this version; nothing where it was never defined. */
export async function readDefinition(db: Database, vdnId: number, id: number, version: number): Promise<object | undefined> {
  if (version === 0) return {};
  return (await versionsOf(db, vdnId, id).select('definition').where('version', '=', version).executeTakeFirst())?.definition;
}

/** Newest first. */
export async function listVersions(db: Database, vdnId: number, id: number): Promise<readonly Version[]> {
  const rows = await versionsOf(db, vdnId, id).select(['version', 'created_at']).orderBy('version', 'desc').execute();
  return rows.map((row) => ({ version: row.version, createdAt: row.created_at }));
}

/** The first flow whose definition of today names one of these. */
export async function flowLeadingTo(db: Database, vdnId: number, kind: ReferenceKind, ids: readonly (number | string)[]): Promise<{ readonly flow: number; readonly to: string } | undefined> {
  const named = ids.map((id) => `${kind}:${id}`);
  const row = await db.selectFrom('ivr_flow')
    .innerJoin('ivr_flow_version', (join) => join.onRef('ivr_flow_version.vdn_id', '=', 'ivr_flow.vdn_id').onRef('ivr_flow_version.flow_id', '=', 'ivr_flow.flow_id')
      .onRef('ivr_flow_version.version', '=', 'ivr_flow.version'))
    .select(['ivr_flow.flow_id', 'ivr_flow_version.leads_to']).where('ivr_flow.vdn_id', '=', vdnId)
    .where(sql<boolean>`ivr_flow_version.leads_to && ${named}::text[]`).orderBy('ivr_flow.flow_id').limit(1).executeTakeFirst();
  const to = row?.leads_to.find((name) => named.includes(name));
  return row === undefined || to === undefined ? undefined : { flow: row.flow_id, to: to.slice(kind.length + 1) };
}

export async function insertFlow(db: Database, vdnId: number, flow: Flow, at: number): Promise<void> {
  await db.insertInto('ivr_flow').values({ vdn_id: vdnId, created_at: at, ...toRow(flow) }).execute();
}

export async function updateFlow(db: Database, vdnId: number, flow: Flow): Promise<void> {
  await db.updateTable('ivr_flow').set(toRow(flow)).where('vdn_id', '=', vdnId).where('flow_id', '=', flow.id).execute();
}

/** Keeps a definition as this version of the flow's, and lets go of the oldest ones. */
export async function insertVersion(db: Database, vdnId: number, { id, version }: Flow, { definition, leadsTo }: Defined, at: number): Promise<void> {
  await db.insertInto('ivr_flow_version')
    .values({ vdn_id: vdnId, flow_id: id, version, definition: JSON.stringify(definition), leads_to: [...leadsTo], created_at: at }).execute();
  await db.deleteFrom('ivr_flow_version').where('vdn_id', '=', vdnId).where('flow_id', '=', id).where('version', '<=', version - MAX_VERSIONS).execute();
}

export async function deleteFlow(db: Database, vdnId: number, id: number): Promise<void> {
  await db.deleteFrom('ivr_flow').where('vdn_id', '=', vdnId).where('flow_id', '=', id).execute();
}
