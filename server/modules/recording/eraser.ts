import type { RecordingFiles } from '../../engine/recording-files.ts';
import type { Projector } from '../../engine/projector.ts';
import type { Eraser } from '../erasure/index.ts';
import { deleteOfFile, filesNaming, markForErasure } from './store.ts';

/**
 * 5.1.13: a voice is personal data, so recordings of talks with a subject are destroyed, with all that is in the same file.
 * One that is still being made goes when it is over.
 */
export function recordingEraser(files: RecordingFiles | undefined, projector: Pick<Projector, 'settled'>): Eraser {
  return {
    module: 'recording',
    tables: ['recording'],
    erase: async (tx, vdnId, subjects) => {
      // What has begun by now must stand there to be marked; what begins later is told that it is to be erased.
      if (!await projector.settled(vdnId)) throw new Error('what is recorded is not known yet');
      await markForErasure(tx, vdnId, subjects);
      let erased = 0;
      for (const file of await filesNaming(tx, vdnId, subjects)) {
        await files?.remove(file);
        erased += await deleteOfFile(tx, vdnId, file);
      }
      return { recording: erased };
    },
  };
}
