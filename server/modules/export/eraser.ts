import type { Files } from '../../engine/files.ts';
import type { Eraser } from '../erasure/index.ts';
import { fileKeyOf } from './jobs.ts';
import { eraseExports } from './store.ts';

/** 5.1.13: files hold the numbers of those who called. They can be asked for again, without whom is erased. */
export function exportEraser(files: Pick<Files, 'remove'>): Eraser {
  return {
    module: 'export',
    tables: ['export_job'],
    erase: async (tx, vdnId, subjects) => {
      const erased = await eraseExports(tx, vdnId, subjects);
      for (const id of erased) await files.remove(fileKeyOf({ vdnId, id }));
      return { export_job: erased.length };
    },
  };
}
