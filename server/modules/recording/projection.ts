import type { Event } from '@parley/core/centre/event.ts';
import { readPath } from '@parley/core/recording/path.ts';
import { taskOf, type RecordedMedia } from '@parley/core/recording/recording.ts';
import type { Database } from '../../database/connect.ts';
import type { Engine } from '../../engine/engine.ts';
import type { OnFault } from '../../engine/fault.ts';
import { createProjector, type Projected, type Projector } from '../../engine/projector.ts';
import type { RecordingFiles } from '../../engine/recording-files.ts';
import { deleteOfFile, endRecording, insertRecording } from './store.ts';

export interface ProjectionDependencies {
  readonly db: Database;
  readonly engine: Pick<Engine, 'project'>;
  readonly onFault: OnFault;
  readonly files: RecordingFiles | undefined;
}

const TYPES = ['RecordingBegan', 'RecordingEnded'] as const satisfies readonly Event['type'][];
/** The agent, and everybody else; with pictures they are heard as one. */
const CHANNELS: Readonly<Record<RecordedMedia, number>> = { voice: 2, video: 1 };

/** Rows of what is recorded, as the engine's journal tells. */
export function createRecordings({ files, ...deps }: ProjectionDependencies): Projector {
  const apply = async (tx: Database, vdnId: number, { at, event }: Projected<(typeof TYPES)[number]>): Promise<void> => {
    const number = Number(taskOf(event.recording));
    if (event.type === 'RecordingBegan') {
      const { id, path, call, agent, isOutbound, automatic, erase = false, append, media = 'voice', personal } = event;
      const file = readPath(path)?.file ?? path;
      // What was in the file before is not there any more; but pictures are written to no file that is there.
      if (!append && media === 'voice') await deleteOfFile(tx, vdnId, file);
      await insertRecording(tx, {
        vdn_id: vdnId, number, record_id: id, path, file, call, agent, caller: personal?.caller ?? '', called: personal?.called ?? '',
        outbound: isOutbound, automatic, media, channels: CHANNELS[media], began_at: at, to_erase: erase,
      });
      return;
    }
    const ended = await endRecording(tx, vdnId, number, { endedAt: event.to, ms: event.ms ?? null, state: event.why });
    if (ended?.to_erase !== true) return;
    await files?.remove(ended.file);
    await deleteOfFile(tx, vdnId, ended.file);
  };
  return createProjector(deps, { name: 'recording', types: TYPES, apply });
}
