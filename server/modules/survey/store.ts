import { sql, type Selectable } from 'kysely';
import type { Database } from '../../database/connect.ts';
import type { SurveyResultTable } from '../../database/tables.ts';

/** Whether customers are asked after a call, and by which flow (5.4.2). */
export interface Survey {
  readonly enabled: boolean;
  readonly flowId: number | null;
}

/** What a customer answered (5.4.3). */
export interface Evaluation {
  readonly callId: string;
  readonly channel: 'audio' | 'MSG' | 'WEB';
  /** 1 to 5; -1 for no reply in time, -2 for a reply that is no answer. */
  readonly value: '1' | '2' | '3' | '4' | '5' | '-1' | '-2';
  /** Number or account of the customer, where it is known. */
  readonly customer: string | null;
  readonly evaluatedAt: number;
}

export async function findSurvey(db: Database, vdnId: number): Promise<Survey> {
  const row = await db.selectFrom('survey_config').selectAll().where('vdn_id', '=', vdnId).executeTakeFirst();
  return row === undefined ? { enabled: false, flowId: null } : { enabled: row.enabled, flowId: row.flow_id };
}

export async function saveSurvey(db: Database, vdnId: number, { enabled, flowId }: Survey): Promise<void> {
  const row = { enabled, flow_id: flowId };
  await db.insertInto('survey_config').values({ vdn_id: vdnId, ...row }).onConflict((conflict) => conflict.column('vdn_id').doUpdateSet(row)).execute();
}

const fromRow = (row: Selectable<SurveyResultTable>): Evaluation => ({
  callId: row.call_id,
  channel: row.channel as Evaluation['channel'],
  value: row.value as Evaluation['value'],
  customer: row.customer,
  evaluatedAt: row.evaluated_at,
});

const of = (db: Database, vdnId: number) => db.selectFrom('survey_result').selectAll().where('vdn_id', '=', vdnId);

export async function insertEvaluations(db: Database, vdnId: number, evaluations: readonly (Evaluation & { readonly id: string })[]): Promise<void> {
  if (evaluations.length === 0) return;
  await db.insertInto('survey_result').values(evaluations.map((evaluation) => ({
    vdn_id: vdnId, id: evaluation.id, call_id: evaluation.callId, channel: evaluation.channel, value: evaluation.value, customer: evaluation.customer,
    evaluated_at: evaluation.evaluatedAt,
  }))).execute();
}

export async function evaluationsOf(db: Database, vdnId: number, callIds: readonly string[]): Promise<readonly Evaluation[]> {
  return (await of(db, vdnId).where('call_id', 'in', [...callIds]).execute()).map(fromRow);
}

/** The latest of a call between two times, both included. */
export async function latestEvaluation(db: Database, vdnId: number, callId: string, from: number, to: number): Promise<Evaluation | undefined> {
  const row = await of(db, vdnId).where('call_id', '=', callId).where('evaluated_at', '>=', from).where('evaluated_at', '<=', to)
    .orderBy('evaluated_at', 'desc').orderBy('id', 'desc').limit(1).executeTakeFirst();
  return row && fromRow(row);
}

/** The latest of each of these calls that has one, by call. */
export async function latestEvaluations(db: Database, vdnId: number, callIds: readonly string[]): Promise<ReadonlyMap<string, Evaluation>> {
  if (callIds.length === 0) return new Map();
  const rows = await of(db, vdnId).where('call_id', '=', sql<string>`any(${[...callIds]}::text[])`).distinctOn('call_id')
    .orderBy('call_id').orderBy('evaluated_at', 'desc').orderBy('id', 'desc').execute();
  return new Map(rows.map((row) => [row.call_id, fromRow(row)]));
}

/** What was answered stays, as it counts in statistics; who answered goes. */
export async function forgetCustomers(db: Database, vdnId: number, customers: readonly string[]): Promise<number> {
  if (customers.length === 0) return 0;
  const { numUpdatedRows } = await db.updateTable('survey_result').set({ customer: null }).where('vdn_id', '=', vdnId).where('customer', 'in', [...customers]).executeTakeFirst();
  return Number(numUpdatedRows);
}
