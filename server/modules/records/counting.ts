import { sql } from 'kysely';
import { INBOUND_TYPES, OUTBOUND_TYPES } from '@parley/core/records/call-type.ts';
import type { Database } from '../../database/connect.ts';

/** How many calls of each of these tenants were over in a time; of those that came in, how many an agent had answered. */
export async function countEnded(
  db: Database, vdnIds: readonly number[], from: number, to: number,
): Promise<readonly { readonly vdnId: number; readonly inbound: number; readonly answered: number; readonly outbound: number }[]> {
  const isOf = (types: readonly number[]) => sql`feature = any(${[...types]}::integer[])`;
  const rows = await db.selectFrom('call_segment').select([
    'vdn_id as vdnId',
    sql<number>`count(*) filter (where ${isOf(INBOUND_TYPES)})`.as('inbound'),
    sql<number>`count(*) filter (where ${isOf(INBOUND_TYPES)} and whole_answered)`.as('answered'),
    sql<number>`count(*) filter (where ${isOf(OUTBOUND_TYPES)})`.as('outbound'),
  ]).where('vdn_id', '=', sql<number>`any(${[...vdnIds]}::integer[])`).where('is_last', '=', true).where('talk_to', '>=', from).where('talk_to', '<', to)
    .groupBy('vdn_id').execute();
  return rows;
}
