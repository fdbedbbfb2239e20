import { sql } from 'kysely';
import { WORK_NO } from '@parley/core/agent/work-number.ts';
import type { Database } from '../../database/connect.ts';

async function isUsed(tx: Database, vdnId: number, workNo: number): Promise<boolean> {
  return await tx.selectFrom('agent').select('work_no').where('vdn_id', '=', vdnId).where('work_no', '=', workNo).executeTakeFirst() !== undefined;
}

/** The first free number from `from` on: `from` itself, or the one behind a number in use. */
async function firstFree(tx: Database, vdnId: number, from: number): Promise<number | undefined> {
  const { rows: [row] } = await sql<{ free: number | null }>`
    select min(candidate) as free
    from (
      select ${from}::int as candidate
      union all
      select work_no + 1 from agent where vdn_id = ${vdnId} and work_no >= ${from} and work_no < ${WORK_NO.last}
    ) candidates
    where not exists (select from agent where vdn_id = ${vdnId} and work_no = candidate)`.execute(tx);
  return row?.free ?? undefined;
}

/**
 * A work number that no agent of the tenant has, or undefined when all are taken. The tenant counts up, so that the number
 * of a deleted agent does not come back soon; past the end, the first gap is taken. The writer holds the tenant meanwhile.
 */
export async function takeFreeWorkNo(tx: Database, vdnId: number, next: number): Promise<number | undefined> {
  if (next <= WORK_NO.last) {
    if (!(await isUsed(tx, vdnId, next))) return next;
    const behind = await firstFree(tx, vdnId, next);
    if (behind !== undefined) return behind;
  }
  return firstFree(tx, vdnId, WORK_NO.first);
}

/** SIP numbers are unique in the whole installation, as phones register without naming a tenant. */
export async function takeSipNumber(tx: Database): Promise<string> {
  const { rows: [row] } = await sql<{ number: number }>`select nextval('sip_number') as number`.execute(tx);
  if (row === undefined) throw new Error('the sequence of SIP numbers gave none');
  return String(row.number);
}
