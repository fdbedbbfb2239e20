import type { Handler } from '@parley/contract/handler.ts';
import type { Engine } from '../../engine/engine.ts';
import { callHandlers } from './call-operations.ts';
import { dataHandlers } from './data-operations.ts';

export { presentCurrent } from './present.ts';

export interface CallDataDependencies {
  readonly engine: Pick<Engine, 'send' | 'view'>;
}

/** 6.1.3. */
export function callDataHandlers({ engine }: CallDataDependencies): readonly Handler[] {
  return [...callHandlers(engine), ...dataHandlers(engine)];
}
