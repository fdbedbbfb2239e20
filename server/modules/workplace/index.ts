import type { Handler } from '@parley/contract/handler.ts';
import type { Database } from '../../database/connect.ts';
import type { Writer } from '../../engine/writer.ts';

export interface WorkplaceDependencies {
  readonly db: Database;
  readonly writer: Writer;
}

export function workplaceHandlers(_deps: WorkplaceDependencies): readonly Handler[] {
  return [];
}
