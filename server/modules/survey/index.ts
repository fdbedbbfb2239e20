import type { Handler } from '@parley/contract/handler.ts';
import type { Database } from '../../database/connect.ts';
import type { Writer } from '../../engine/writer.ts';
import type { Ids } from '../../engine/ids.ts';
import type { Flow } from '../ivr-flow/index.ts';

export interface SurveyDependencies {
  readonly db: Database;
  readonly writer: Writer;
  readonly ids: Ids;
  readonly findFlow: (db: Database, vdnId: number, id: number) => Promise<Flow | undefined>;
}

export function surveyHandlers(_deps: SurveyDependencies): readonly Handler[] {
  return [];
}
