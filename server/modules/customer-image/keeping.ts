import { awaitedPath } from '@parley/core/image/capture.ts';
import { readPath } from '@parley/core/recording/path.ts';
import type { Engine } from '../../engine/engine.ts';
import type { OnFault } from '../../engine/fault.ts';
import type { Files } from '../../engine/files.ts';
import type { OpenRequest } from './requests.ts';

export interface KeepingDependencies {
  readonly engine: Pick<Engine, 'send' | 'view'>;
  readonly files: Files;
  readonly onFault: OnFault;
}

/** What becomes of pictures that are brought. */
export interface Keeping {
  /** Answers whether somebody still waits for it, and it is kept. */
  readonly bring: (request: OpenRequest, jpeg: Uint8Array) => Promise<boolean>;
  readonly refuse: (request: OpenRequest) => Promise<boolean>;
}

/** Where a picture lies among all files. */
export const keyOf = (file: string): string => `customer-images/${file}`;

/** The file of a picture, by the path that its agent was told. */
export const fileOf = (path: string): string => readPath(path)?.file ?? path;

export function createKeeping({ engine, files, onFault }: KeepingDependencies): Keeping {
  const answer = async ({ vdnId, leg, image }: OpenRequest, outcome: 'taken' | 'refused' | 'failed'): Promise<boolean> =>
    (await engine.send(vdnId, { kind: 'imageAnswered', leg, image, outcome })).refused === undefined;
  return {
    refuse: (request) => answer(request, 'refused'),
    bring: async (request, jpeg) => {
      const { vdnId, leg, image } = request;
      const path = await engine.view(vdnId, (centre) => awaitedPath(centre, leg, image));
      if (path === undefined) return false;
      const key = keyOf(fileOf(path));
      try {
        await files.put(key, jpeg);
      } catch (error) {
        onFault('a picture of a customer could not be kept', { vdnId, image, error });
        await answer(request, 'failed');
        return false;
      }
      if (await answer(request, 'taken')) return true;
      // Its time was over, or the customer was gone, just now.
      await files.remove(key);
      return false;
    },
  };
}
