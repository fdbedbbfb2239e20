import { evaluationChannels, evaluationValues } from '@parley/contract/configuration/satisfaction.ts';
import type { Ids } from '../../engine/ids.ts';
import type { Writing } from '../../engine/writer.ts';
import type { Eraser } from '../erasure/index.ts';
import { forgetCustomers, insertEvaluations, type Evaluation } from './store.ts';

/** Keeps what customers answered, whichever way they were asked, in the transaction of the caller. */
export async function recordEvaluations({ tx, record }: Pick<Writing, 'tx' | 'record'>, ids: Ids, vdnId: number, evaluations: readonly Evaluation[]): Promise<void> {
  const wrong = evaluations.map(checkEvaluation).find((message) => message !== undefined);
  if (wrong !== undefined) throw new Error(`no evaluation: ${wrong}`);
  const identified = evaluations.map((evaluation) => ({ ...evaluation, id: ids.next() }));
  await insertEvaluations(tx, vdnId, identified);
  // Whose answer it is must not stand in the trail, which no erasure order reaches.
  for (const { id, customer: _customer, ...answer } of identified) record({ what: 'evaluation', id, before: null, after: answer });
}

export const recordEvaluation = (writing: Pick<Writing, 'tx' | 'record'>, ids: Ids, vdnId: number, evaluation: Evaluation): Promise<void> =>
  recordEvaluations(writing, ids, vdnId, [evaluation]);

/** What is wrong with an evaluation; parts that take replies map them to these values before they record them. */
function checkEvaluation({ value, channel, callId, evaluatedAt }: Evaluation): string | undefined {
  if (callId === '') return 'the call id is empty';
  if (!evaluationValues.includes(value)) return 'the value is none of 5.4.3';
  if (!evaluationChannels.includes(channel)) return 'the channel is none of 5.4.3';
  return Number.isSafeInteger(evaluatedAt) && evaluatedAt >= 0 ? undefined : `time ${evaluatedAt}`;
}

export const surveyEraser: Eraser = {
  module: 'survey',
  tables: ['survey_result'],
  erase: async (db, vdnId, subjects) => ({ survey_result: await forgetCustomers(db, vdnId, subjects) }),
};
