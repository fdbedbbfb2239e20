import type { Event } from '@parley/core/centre/event.ts';
import { readImage } from '@parley/core/image/image.ts';
import type { Database } from '../../database/connect.ts';
import type { Engine } from '../../engine/engine.ts';
import type { OnFault } from '../../engine/fault.ts';
import type { Files } from '../../engine/files.ts';
import { createProjector, type Projected, type Projector } from '../../engine/projector.ts';
import { fileOf, keyOf } from './keeping.ts';
import { insertImage } from './store.ts';

export interface ProjectionDependencies {
  readonly db: Database;
  readonly engine: Pick<Engine, 'project'>;
  readonly onFault: OnFault;
  readonly files: Files;
}

const TYPES = ['ImageCaptured'] as const satisfies readonly Event['type'][];

/** Rows of the pictures that are kept, as the engine's journal tells; of those that are not, nothing is left. */
export function createImageProjection({ files, ...deps }: ProjectionDependencies): Projector {
  const apply = async (tx: Database, vdnId: number, { at, event }: Projected<(typeof TYPES)[number]>): Promise<void> => {
    const { image, path, call, agent, outcome, erase = false, personal } = event;
    const file = fileOf(path);
    if (outcome === 'taken' && !erase) {
      await insertImage(tx, {
        vdn_id: vdnId, number: readImage(image)?.number ?? 0, path, file, call, agent, caller: personal?.caller ?? '', called: personal?.called ?? '', taken_at: at,
      });
    } else await files.remove(keyOf(file));
  };
  return createProjector(deps, { name: 'customer-image', types: TYPES, apply });
}
