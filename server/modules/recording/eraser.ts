import type { RecordingFiles } from '../../engine/recording-files.ts';
import type { Projector } from '../../engine/projector.ts';
import type { Eraser } from '../erasure/index.ts';
import { deleteFlowRecording, flowFilesNaming, markFlowRecordings } from './flow-store.ts';
import { deleteOfFile, filesNaming, markForErasure } from './store.ts';

/**
 * 5.1.13: a voice is personal data, so recordings of talks with a subject are destroyed, with all that is in the same file, and
 * so is what a subject said to a flow. What is still being made goes when it is over.
 */
export function recordingEraser(files: RecordingFiles | undefined, projectors: readonly Pick<Projector, 'settled'>[]): Eraser {
  return {
    module: 'recording',
    tables: ['recording', 'flow_recording'],
    erase: async (tx, vdnId, subjects) => {
      // What has begun by now must stand there to be marked; what begins later is told that it is to be erased.
      const settled = await Promise.all(projectors.map((projector) => projector.settled(vdnId)));
      if (settled.includes(false)) throw new Error('what is recorded is not known yet');
      await markForErasure(tx, vdnId, subjects);
      await markFlowRecordings(tx, vdnId, subjects);
      let erased = 0;
      for (const file of await filesNaming(tx, vdnId, subjects)) {
        await files?.remove(file);
        erased += await deleteOfFile(tx, vdnId, file);
      }
      const said = await flowFilesNaming(tx, vdnId, subjects);
      for (const file of said) {
        await files?.remove(file);
        await deleteFlowRecording(tx, vdnId, file);
      }
      return { recording: erased, flow_recording: said.length };
    },
  };
}
