import type { Handler } from '@parley/contract/handler.ts';
import type { Database } from '../../database/connect.ts';
import type { Writer } from '../../engine/writer.ts';

export interface NumberAreaDependencies {
  readonly db: Database;
  readonly writer: Writer;
}

export function numberAreaHandlers(_deps: NumberAreaDependencies): readonly Handler[] {
  return [];
}
