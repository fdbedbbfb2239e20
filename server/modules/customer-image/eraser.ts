import type { Files } from '../../engine/files.ts';
import type { Projector } from '../../engine/projector.ts';
import type { Eraser } from '../erasure/index.ts';
import { keyOf } from './keeping.ts';
import { removeNaming } from './store.ts';

/** 5.1.13: a face is personal data. Pictures of calls that still go on and name a subject are not kept in the first place. */
export function imageEraser(files: Files, projector: Pick<Projector, 'settled'>): Eraser {
  return {
    module: 'customer-image',
    tables: ['customer_image'],
    erase: async (tx, vdnId, subjects) => {
      if (!await projector.settled(vdnId)) throw new Error('what pictures there are is not known yet');
      const erased = await removeNaming(tx, vdnId, subjects);
      for (const file of erased) await files.remove(keyOf(file));
      return { customer_image: erased.length };
    },
  };
}
