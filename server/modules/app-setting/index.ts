import type { Handler } from '@parley/contract/handler.ts';
import type { Database } from '../../database/connect.ts';
import type { Writer } from '../../engine/writer.ts';
import type { Ids } from '../../engine/ids.ts';

export interface AppSettingDependencies {
  readonly db: Database;
  readonly writer: Writer;
  readonly ids: Ids;
}

export function appSettingHandlers(_deps: AppSettingDependencies): readonly Handler[] {
  return [];
}
