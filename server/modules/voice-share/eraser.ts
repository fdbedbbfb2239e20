import type { Files } from '../../engine/files.ts';
import type { Eraser } from '../erasure/index.ts';
import { deleteCopies } from './store.ts';

/** 5.1.13: copies of recordings go, whoever is heard on them: whoever still needs one is given another. */
export function copyEraser(files: Pick<Files, 'remove'>): Eraser {
  return {
    module: 'voice-share',
    tables: ['shared_copy'],
    erase: async (tx, vdnId) => {
      const keys = await deleteCopies(tx, vdnId);
      for (const key of keys) await files.remove(key);
      return { shared_copy: keys.length };
    },
  };
}
