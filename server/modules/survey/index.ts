import type { Database } from '../../database/connect.ts';
import { findSurvey } from './store.ts';

export { surveyHandlers, type SurveyDependencies } from './operations.ts';
export { recordEvaluation, surveyEraser } from './evaluations.ts';
export { latestEvaluations, type Evaluation } from './store.ts';

/** The flow that the survey runs or would run when switched on. */
export async function surveyFlow(db: Database, vdnId: number): Promise<number | undefined> {
  return (await findSurvey(db, vdnId)).flowId ?? undefined;
}
