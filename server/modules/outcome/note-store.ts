import { sql, type RawBuilder } from 'kysely';
import { maskSubjects } from '@parley/core/audit/mask.ts';
import type { Database } from '../../database/connect.ts';

/** What an agent has noted that came of a call. */
export interface Note {
  readonly call: string;
  readonly agent: number;
  readonly code: string;
  readonly name: string;
  readonly remark: string;
  readonly at: number;
}

const anyOf = (calls: readonly string[]) => sql<string>`any(${[...calls]}::text[])`;

/** By call; of each the latest last. */
export async function notesOf(db: Database, vdnId: number, calls: readonly string[]): Promise<ReadonlyMap<string, readonly Note[]>> {
  if (calls.length === 0) return new Map();
  const notes: readonly Note[] = await db.selectFrom('call_outcome as n').innerJoin('outcome as o', (join) => join.onRef('o.vdn_id', '=', 'n.vdn_id').onRef('o.code', '=', 'n.code'))
    .select(['n.call', 'n.agent', 'n.code', 'o.name', 'n.remark', 'n.noted_at as at']).where('n.vdn_id', '=', vdnId).where('n.call', '=', anyOf(calls))
    .orderBy('n.noted_at').orderBy('n.agent').execute();
  return Map.groupBy(notes, ({ call }) => call);
}

export async function findNote(tx: Database, vdnId: number, call: string, agent: number): Promise<Pick<Note, 'code' | 'remark'> | undefined> {
  return tx.selectFrom('call_outcome').select(['code', 'remark']).where('vdn_id', '=', vdnId).where('call', '=', call).where('agent', '=', agent).executeTakeFirst();
}

export async function saveNote(tx: Database, vdnId: number, { call, agent, code, remark, at }: Omit<Note, 'name'>): Promise<void> {
  const noted = { code, remark, noted_at: at };
  await tx.insertInto('call_outcome').values({ vdn_id: vdnId, call, agent, ...noted })
    .onConflict((conflict) => conflict.columns(['vdn_id', 'call', 'agent']).doUpdateSet(noted)).execute();
}

/** Whether some call has the outcome. */
export async function isNoted(tx: Database, vdnId: number, code: string): Promise<boolean> {
  return await tx.selectFrom('call_outcome').select('call').where('vdn_id', '=', vdnId).where('code', '=', code).limit(1).executeTakeFirst() !== undefined;
}

/** For a search among calls: that an agent has noted the outcome of the one in this column. */
export const notedAs = (vdnId: number, code: string) => (call: RawBuilder<string>): RawBuilder<boolean> =>
  sql<boolean>`${call} in (select call from call_outcome where vdn_id = ${vdnId} and code = ${code})`;

/** Those of the calls that have the outcome. */
export async function callsNotedAs(db: Database, vdnId: number, code: string, calls: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await db.selectFrom('call_outcome').select('call').where('vdn_id', '=', vdnId).where('code', '=', code).where('call', '=', anyOf(calls)).execute();
  return new Set(rows.map(({ call }) => call));
}

/** Nothing of what was written about these calls stays; what came of them does, as it counts. */
export async function forgetRemarks(tx: Database, vdnId: number, calls: readonly string[]): Promise<number> {
  const { numUpdatedRows } = await tx.updateTable('call_outcome').set({ remark: '' }).where('vdn_id', '=', vdnId).where('call', '=', anyOf(calls)).where('remark', '<>', '').executeTakeFirst();
  return Number(numUpdatedRows);
}

const PAGE = 1000;

/** Whoever is named in a remark about another call is named there no more. */
export async function maskRemarks(tx: Database, vdnId: number, subjects: readonly string[]): Promise<number> {
  const wanted = new Set(subjects);
  let masked = 0;
  for (let behind = { call: '', agent: 0 }; ;) {
    const rows = await tx.selectFrom('call_outcome').select(['call', 'agent', 'remark']).where('vdn_id', '=', vdnId).where('remark', '<>', '')
      .where(sql<boolean>`(call, agent) > (${behind.call}::text, ${behind.agent}::integer)`).orderBy('call').orderBy('agent').limit(PAGE).execute();
    for (const { call, agent, remark: before } of rows) {
      const remark = maskSubjects(before, wanted);
      if (remark === before) continue;
      await tx.updateTable('call_outcome').set({ remark }).where('vdn_id', '=', vdnId).where('call', '=', call).where('agent', '=', agent).execute();
      masked += 1;
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return masked;
    behind = last;
  }
}
