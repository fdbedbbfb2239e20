import type { Handler } from '@parley/contract/handler.ts';
import { readImage } from '@parley/core/image/image.ts';
import type { Database } from '../../database/connect.ts';
import type { Projector } from '../../engine/projector.ts';
import type { ImageRequests } from '../../engine/image-requests.ts';
import type { Eraser } from '../erasure/index.ts';
import { bringHandlers, type BringDependencies } from './bring-operations.ts';
import { captureHandlers, type CaptureDependencies } from './capture-operations.ts';
import { imageEraser } from './eraser.ts';
import { createKeeping, keyOf, type KeepingDependencies } from './keeping.ts';
import { createImageProjection, type ProjectionDependencies } from './projection.ts';
import { createImageRequests } from './requests.ts';
import { findByFile } from './store.ts';

export type CustomerImageDependencies = CaptureDependencies & KeepingDependencies & ProjectionDependencies & Pick<BringDependencies, 'isWidgetOrigin'> & {
  readonly db: Database;
  readonly clock: () => number;
};

/** Pictures of customers that agents ask for (6.1.5.5). */
export interface CustomerImages {
  readonly handlers: readonly Handler[];
  readonly eraser: Eraser;
  /** For telephony, which has pages told how to bring what they are asked for. */
  readonly requests: ImageRequests;
  /** For simulated customers, who have no page: brings a picture. */
  readonly bring: (leg: string, image: string, jpeg: Uint8Array) => Promise<boolean>;
  /** A picture by its file, as core/recording/path.ts names it. */
  readonly read: (vdnId: number, file: string) => Promise<Uint8Array | undefined>;
  readonly projector: Projector;
}

export function createCustomerImages(deps: CustomerImageDependencies): CustomerImages {
  const { db, files } = deps;
  const requests = createImageRequests(deps);
  const keeping = createKeeping(deps);
  const projector = createImageProjection(deps);
  return {
    requests, projector,
    eraser: imageEraser(files, projector),
    handlers: [...captureHandlers(deps), ...bringHandlers({ ...deps, requests, keeping })],
    bring: (leg, image, jpeg) => {
      const named = readImage(image);
      return named === undefined ? Promise.resolve(false) : keeping.bring({ vdnId: named.vdnId, leg, image }, jpeg);
    },
    read: async (vdnId, file) => {
      // Whoever was told right now that there is one finds it.
      await projector.settled(vdnId);
      const known = await findByFile(db, vdnId, file);
      return known === undefined ? undefined : files.get(keyOf(known.file));
    },
  };
}
