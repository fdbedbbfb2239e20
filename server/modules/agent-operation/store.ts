import { sql, type Insertable, type Selectable } from 'kysely';
import type { Books, CallFacts, Desk } from '@parley/core/operations/books.ts';
import { OPERATION } from '@parley/core/operations/operation.ts';
import type { Database } from '../../database/connect.ts';
import { insertAll } from '../../database/insert-all.ts';
import type { AgentOperationTable, AgentSessionTable } from '../../database/operation-tables.ts';

export type OperationRow = Selectable<AgentOperationTable>;
export type NewOperation = Insertable<AgentOperationTable>;
export type NewSession = Insertable<AgentSessionTable>;

export interface SessionEnd {
  readonly logonSn: number;
  readonly at: number;
  readonly cause: number | undefined;
  readonly by: number | undefined;
}

const OPERATION_COLUMNS = [
  'vdn_id', 'id', 'agent', 'type', 'object', 'cause', 'from_at', 'to_at', 'call', 'queue', 'service', 'media', 'feature', 'direction', 'phone', 'manual',
  'agent_type', 'logon_sn', 'skill_info_sn',
] as const satisfies readonly (keyof NewOperation)[];
const SESSION_COLUMNS = ['vdn_id', 'logon_sn', 'agent', 'signed_in_at', 'phone', 'ip', 'agent_type'] as const satisfies readonly (keyof NewSession)[];

export const insertOperations = (tx: Database, rows: readonly NewOperation[]): Promise<void> => insertAll(tx, 'agent_operation', OPERATION_COLUMNS, rows);
export const insertSessions = (tx: Database, rows: readonly NewSession[]): Promise<void> => insertAll(tx, 'agent_session', SESSION_COLUMNS, rows);

export async function endSessions(tx: Database, vdnId: number, ended: readonly SessionEnd[]): Promise<void> {
  if (ended.length === 0) return;
  const rows = ended.map(({ logonSn, at, cause, by }) => ({ logon_sn: logonSn, at, cause, by }));
  await sql`update agent_session s set signed_out_at = e.at, cause = e.cause, forced_by = e.by
    from json_to_recordset(${JSON.stringify(rows)}::json) as e (logon_sn bigint, at bigint, cause smallint, by integer)
    where s.vdn_id = ${vdnId} and s.logon_sn = e.logon_sn`.execute(tx);
}

export async function loadCalls(tx: Database, vdnId: number, calls: readonly string[]): Promise<ReadonlyMap<string, CallFacts>> {
  if (calls.length === 0) return new Map();
  const rows = await tx.selectFrom('operation_call').select(['call', 'facts']).where('vdn_id', '=', vdnId).where('call', '=', sql<string>`any(${calls}::text[])`).execute();
  return new Map(rows.map(({ call, facts }) => [call, facts as CallFacts]));
}

export async function loadDesks(tx: Database, vdnId: number, agents: readonly number[]): Promise<ReadonlyMap<number, Desk>> {
  if (agents.length === 0) return new Map();
  const rows = await tx.selectFrom('operation_desk').select(['agent', 'state']).where('vdn_id', '=', vdnId).where('agent', '=', sql<number>`any(${agents}::int[])`).execute();
  return new Map(rows.map(({ agent, state }) => [agent, state as Desk]));
}

/** Of these calls and agents, what is in the books is kept, and what is not is known no more. */
export async function keepBooks(tx: Database, vdnId: number, books: Books, calls: readonly string[], agents: readonly number[]): Promise<void> {
  const states = agents.flatMap((agent) => { const state = books.desks.get(agent); return state === undefined ? [] : [{ agent, state }]; });
  const facts = calls.flatMap((call) => { const known = books.calls.get(call); return known === undefined ? [] : [{ call, facts: known }]; });
  const gone = agents.filter((agent) => !books.desks.has(agent));
  const over = calls.filter((call) => !books.calls.has(call));
  if (states.length > 0) {
    await sql`insert into operation_desk (vdn_id, agent, state) select ${vdnId}::int, agent, state from json_to_recordset(${JSON.stringify(states)}::json) as e (agent integer, state json)
      on conflict (vdn_id, agent) do update set state = excluded.state`.execute(tx);
  }
  if (facts.length > 0) {
    await sql`insert into operation_call (vdn_id, call, facts) select ${vdnId}::int, call, facts from json_to_recordset(${JSON.stringify(facts)}::json) as e (call text, facts json)
      on conflict (vdn_id, call) do update set facts = excluded.facts`.execute(tx);
  }
  if (gone.length > 0) await tx.deleteFrom('operation_desk').where('vdn_id', '=', vdnId).where('agent', '=', sql<number>`any(${gone}::int[])`).execute();
  if (over.length > 0) await tx.deleteFrom('operation_call').where('vdn_id', '=', vdnId).where('call', '=', sql<string>`any(${over}::text[])`).execute();
}

export interface OperationsAsked {
  readonly agent: number;
  readonly type: number | undefined;
  /** Those that ended from then on, up to then. */
  readonly from: number;
  readonly to: number;
}

export async function findOperations(db: Database, vdnId: number, { agent, type, from, to }: OperationsAsked): Promise<readonly OperationRow[]> {
  let wanted = db.selectFrom('agent_operation').selectAll().where('vdn_id', '=', vdnId).where('agent', '=', agent)
    .where('to_at', '>=', from).where('to_at', '<', to).where('type', '<>', OPERATION.idle);
  if (type !== undefined) wanted = wanted.where('type', '=', type);
  return wanted.orderBy('id').execute();
}

/** Those of the tenants in which an agent of that work number has signed in. */
export async function tenantsServed(db: Database, vdnIds: readonly number[], agent: number): Promise<readonly number[]> {
  const { rows } = await sql<{ vdn_id: number }>`select vdn_id from unnest(${[...vdnIds]}::int[]) as asked (vdn_id)
    where exists (select from agent_session s where s.vdn_id = asked.vdn_id and s.agent = ${agent})`.execute(db);
  return rows.map(({ vdn_id: vdnId }) => vdnId);
}

/** The desks of a tenant, and thereby what goes on there. */
export async function desksOf(db: Database, vdnId: number, agents?: readonly number[]): Promise<readonly Desk[]> {
  let wanted = db.selectFrom('operation_desk').select('state').where('vdn_id', '=', vdnId);
  if (agents !== undefined) wanted = wanted.where('agent', '=', sql<number>`any(${agents}::int[])`);
  return (await wanted.orderBy('agent').execute()).map(({ state }) => state as Desk);
}

/** The number to which an erased call was transferred goes with it. */
export async function blankCalls(tx: Database, vdnId: number, calls: readonly string[]): Promise<void> {
  if (calls.length === 0) return;
  await tx.updateTable('agent_operation').set({ phone: '' }).where('vdn_id', '=', vdnId).where('type', '=', sql<number>`46`).where('call', '=', sql<string>`any(${calls}::text[])`).execute();
}

/** 5.1.13: the numbers go, what happened stays. */
export async function blankNumbers(tx: Database, vdnId: number, numbers: readonly string[]): Promise<Readonly<Record<string, number>>> {
  const any = sql`any(${[...numbers]}::text[])`;
  const affected = async (statement: ReturnType<typeof sql>): Promise<number> => Number((await statement.execute(tx)).numAffectedRows ?? 0n);
  const transfers = await affected(sql`update agent_operation set phone = '' where vdn_id = ${vdnId} and type = 46 and phone = ${any}`);
  // An agent's own phone is found by the sessions, of which there are few.
  const own = await affected(sql`update agent_operation o set phone = '' from agent_session s
    where s.vdn_id = ${vdnId} and s.phone = ${any} and o.vdn_id = s.vdn_id and o.agent = s.agent and o.to_at >= s.signed_in_at
      and (s.signed_out_at is null or o.to_at <= s.signed_out_at) and o.phone = s.phone`);
  return {
    agent_operation: transfers + own,
    agent_session: await affected(sql`update agent_session set phone = '' where vdn_id = ${vdnId} and phone = ${any}`),
    operation_desk: await affected(sql`update operation_desk set state = jsonb_set(state::jsonb, '{phone}', '""')::json where vdn_id = ${vdnId} and state->>'phone' = ${any}`),
    operation_call: await affected(sql`update operation_call set facts = (facts::jsonb - 'number')::json where vdn_id = ${vdnId} and facts->>'number' = ${any}`),
  };
}
