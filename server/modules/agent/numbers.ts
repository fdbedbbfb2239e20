import { sql } from 'kysely';
import { WORK_NO } from '@parley/core/agent/work-number.ts';
import type { Database } from '../../database/connect.ts';

async function isUsed(tx: Database, vdnId: number, workNo: number): Promise<boolean> {
  return await tx.selectFrom('agent').select('work_no').where('vdn_id', '=', vdnId).where('work_no', '=', workNo).executeTakeFirst() !== undefined;
}

/**
 * The first free number from `from` on: `from` itself, or the one behind a number in use. One pass over the numbers in their
 * order, whatever the planner knows of the table: right after many agents were made it knows nothing.
 */
async function firstFree(tx: Database, vdnId: number, from: number): Promise<number | undefined> {
  if (!(await isUsed(tx, vdnId, from))) return from;
  const { rows: [row] } = await sql<{ free: number | null }>`
    select min(work_no) + 1 as free
    from (
      select work_no, lead(work_no) over (order by work_no) as following
      from agent where vdn_id = ${vdnId} and work_no >= ${from}
    ) numbers
    where work_no < ${WORK_NO.last} and following is distinct from work_no + 1`.execute(tx);
  return row?.free ?? undefined;
}

/**
 * A work number that no agent of the tenant has, or undefined when all are taken. The tenant counts up, so that the number
 * of a deleted agent does not come back soon; past the end, the first gap is taken. The writer holds the tenant meanwhile.
 */
export async function takeFreeWorkNo(tx: Database, vdnId: number, next: number): Promise<number | undefined> {
  const ahead = next <= WORK_NO.last ? await firstFree(tx, vdnId, next) : undefined;
  return ahead ?? firstFree(tx, vdnId, WORK_NO.first);
}

/** SIP numbers are unique in the whole installation, as phones register without naming a tenant. */
export async function takeSipNumber(tx: Database): Promise<string> {
  const { rows: [row] } = await sql<{ number: number }>`select nextval('sip_number') as number`.execute(tx);
  if (row === undefined) throw new Error('the sequence of SIP numbers gave none');
  return String(row.number);
}
