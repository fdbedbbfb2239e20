import type { Projector } from '../../engine/projector.ts';
import type { Eraser } from '../erasure/index.ts';
import { blankNumbers } from './store.ts';

/** 5.1.13: what agents did stays, and not with which number. */
export function operationsEraser(projector: Pick<Projector, 'caughtUp'>): Eraser {
  return {
    module: 'agent-operation',
    tables: ['agent_operation', 'agent_session', 'operation_desk', 'operation_call'],
    erase: async (tx, vdnId, subjects) => {
      if (!await projector.caughtUp(vdnId)) throw new Error('what agents did is not known yet');
      return blankNumbers(tx, vdnId, subjects);
    },
  };
}
