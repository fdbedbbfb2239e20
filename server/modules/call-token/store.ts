import { sql, type Selectable } from 'kysely';
import type { Database } from '../../database/connect.ts';
import type { WidgetKeyTable } from '../../database/tables.ts';

export interface WidgetKey {
  readonly id: string;
  readonly name: string;
  readonly origins: readonly string[];
  readonly accessCodes: readonly string[];
  readonly callsPerMinute: number;
  readonly enabled: boolean;
  readonly createdAt: number;
}

const fromRow = (row: Selectable<WidgetKeyTable>): WidgetKey => ({
  id: row.id, name: row.name, origins: row.origins, accessCodes: row.access_codes, callsPerMinute: row.calls_per_minute, enabled: row.enabled, createdAt: row.created_at,
});

const toRow = ({ name, origins, accessCodes, callsPerMinute, enabled }: WidgetKey) => ({
  name, origins: JSON.stringify(origins), access_codes: JSON.stringify(accessCodes), calls_per_minute: callsPerMinute, enabled,
});

export async function listKeys(db: Database, vdnId: number): Promise<readonly WidgetKey[]> {
  return (await db.selectFrom('widget_key').selectAll().where('vdn_id', '=', vdnId).orderBy('name').orderBy('id').execute()).map(fromRow);
}

export async function findKey(db: Database, vdnId: number, id: string): Promise<WidgetKey | undefined> {
  const row = await db.selectFrom('widget_key').selectAll().where('vdn_id', '=', vdnId).where('id', '=', id).executeTakeFirst();
  return row && fromRow(row);
}

/** Whoever's it is: pages show the id and nothing else. */
export async function findAnyKey(db: Database, id: string): Promise<(WidgetKey & { readonly vdnId: number }) | undefined> {
  const row = await db.selectFrom('widget_key').selectAll().where('id', '=', id).executeTakeFirst();
  return row && { ...fromRow(row), vdnId: row.vdn_id };
}

/** Whether some key that may be used names this origin. */
export async function isAllowedOrigin(db: Database, origin: string): Promise<boolean> {
  const row = await db.selectFrom('widget_key').select('id').where('enabled', '=', true)
    .where(sql<boolean>`origins @> ${JSON.stringify([origin])}::jsonb`).limit(1).executeTakeFirst();
  return row !== undefined;
}

export async function insertKey(tx: Database, vdnId: number, key: WidgetKey): Promise<void> {
  await tx.insertInto('widget_key').values({ vdn_id: vdnId, id: key.id, created_at: key.createdAt, ...toRow(key) }).execute();
}

export async function updateKey(tx: Database, vdnId: number, key: WidgetKey): Promise<void> {
  await tx.updateTable('widget_key').set(toRow(key)).where('vdn_id', '=', vdnId).where('id', '=', key.id).execute();
}

export async function removeKey(tx: Database, vdnId: number, id: string): Promise<void> {
  await tx.deleteFrom('widget_key').where('vdn_id', '=', vdnId).where('id', '=', id).execute();
}
