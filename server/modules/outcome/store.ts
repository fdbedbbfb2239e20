import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import type { Database } from '../../database/connect.ts';
import type { OutcomeTable } from '../../database/outcome-tables.ts';

/** What can come of a call. */
export interface Outcome {
  readonly code: string;
  readonly name: string;
  readonly description: string;
  readonly enabled: boolean;
}

const fromRow = ({ code, name, description, enabled }: Selectable<OutcomeTable>): Outcome => ({ code, name, description, enabled });

/** In the order in which agents see them. */
export async function readOutcomes(db: Database, vdnId: number): Promise<readonly Outcome[]> {
  return (await db.selectFrom('outcome').selectAll().where('vdn_id', '=', vdnId).orderBy('place').orderBy('code').execute()).map(fromRow);
}

export async function insertOutcome(tx: Database, vdnId: number, outcome: Outcome, at: number): Promise<void> {
  await tx.insertInto('outcome').values((eb) => ({
    vdn_id: vdnId, ...outcome, created_at: at, place: eb.selectFrom('outcome').select(sql<number>`coalesce(max(place), 0) + 1`.as('place')).where('vdn_id', '=', vdnId),
  })).execute();
}

export async function updateOutcome(tx: Database, vdnId: number, { code, ...changed }: Outcome): Promise<void> {
  await tx.updateTable('outcome').set(changed).where('vdn_id', '=', vdnId).where('code', '=', code).execute();
}

/** Puts them in this order. */
export async function placeOutcomes(tx: Database, vdnId: number, codes: readonly string[]): Promise<void> {
  await tx.updateTable('outcome').set({ place: sql<number>`array_position(${[...codes]}::text[], code)` }).where('vdn_id', '=', vdnId).execute();
}

export async function removeOutcome(tx: Database, vdnId: number, code: string): Promise<void> {
  await tx.deleteFrom('outcome').where('vdn_id', '=', vdnId).where('code', '=', code).execute();
}
