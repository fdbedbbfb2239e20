import type { Event } from '@parley/core/centre/event.ts';
import type { Database } from '../../database/connect.ts';
import { createProjector, type Projected, type Projector } from '../../engine/projector.ts';
import { deleteFlowRecording, endFlowRecording, insertFlowRecording } from './flow-store.ts';
import type { ProjectionDependencies } from './projection.ts';

const TYPES = ['FlowRecordingBegan', 'FlowRecordingEnded'] as const satisfies readonly Event['type'][];

/** Rows of what callers say to flows, as the engine's journal tells: by them an erasure finds the files. */
export function createFlowRecordings({ files, ...deps }: ProjectionDependencies): Projector {
  const apply = async (tx: Database, vdnId: number, { at, event }: Projected<(typeof TYPES)[number]>): Promise<void> => {
    const { file, call } = event;
    if (event.type === 'FlowRecordingBegan') {
      const { personal: { number: speaker = '', caller = '', called = '' } = {}, erase = false } = event;
      await insertFlowRecording(tx, { vdn_id: vdnId, file, call, speaker, caller, called, began_at: at, to_erase: erase });
      return;
    }
    if (!await endFlowRecording(tx, vdnId, file, { ended_at: at, ms: event.ms ?? null, state: event.why })) return;
    await files?.remove(file);
    await deleteFlowRecording(tx, vdnId, file);
  };
  return createProjector(deps, { name: 'flow-recording', types: TYPES, apply });
}
