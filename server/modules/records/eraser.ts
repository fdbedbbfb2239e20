import type { Projector } from '../../engine/projector.ts';
import type { Eraser } from '../erasure/index.ts';
import { blankNumbers } from './store.ts';

/** 5.1.13: records keep what happened, and not with whom. */
export function recordsEraser(projector: Pick<Projector, 'caughtUp'>): Eraser {
  return {
    module: 'records',
    tables: ['call_record', 'call_segment'],
    erase: async (tx, vdnId, subjects) => {
      if (!await projector.caughtUp(vdnId)) throw new Error('what was called is not known yet');
      const { records, segments } = await blankNumbers(tx, vdnId, subjects);
      return { call_record: records, call_segment: segments };
    },
  };
}
