import type { Projector } from '../../engine/projector.ts';
import type { Eraser } from '../erasure/index.ts';
import { callsNaming } from '../records/index.ts';
import { forgetRemarks, maskRemarks } from './note-store.ts';

/** 5.1.13: remarks about calls with a subject go. To be asked while the records still say which calls these are. */
export function outcomeEraser(records: Pick<Projector, 'caughtUp'>): Eraser {
  return {
    module: 'outcome',
    tables: ['call_outcome'],
    erase: async (tx, vdnId, subjects) => {
      if (!await records.caughtUp(vdnId)) throw new Error('what was called is not known yet');
      const forgotten = await forgetRemarks(tx, vdnId, await callsNaming(tx, vdnId, subjects));
      return { call_outcome: forgotten + await maskRemarks(tx, vdnId, subjects) };
    },
  };
}
