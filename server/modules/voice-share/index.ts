import type { Handler } from '@parley/contract/handler.ts';
import type { Database } from '../../database/connect.ts';
import type { Files } from '../../engine/files.ts';
import { listeningHandlers, type ListeningDependencies } from './listening-operations.ts';
import { recordingShareHandlers } from './recording-operations.ts';
import { deleteCopy, findThirdPartyFile, listOldCopies } from './store.ts';
import { thirdPartyHandlers, thirdPartyKey, type ThirdPartyDependencies } from './third-party-operations.ts';

export { copyEraser } from './eraser.ts';
export type { Shelf } from './shelf.ts';
export { createTickets } from './ticket.ts';

export type VoiceShareDependencies = ListeningDependencies & ThirdPartyDependencies;

/** 13.2: recordings and voice files for other programs. */
export const voiceShareHandlers = (deps: VoiceShareDependencies): readonly Handler[] => [...recordingShareHandlers(deps), ...listeningHandlers(deps), ...thirdPartyHandlers(deps)];

/** Removes copies whose URLs have run out. */
export const copySweep = (db: Database, files: Pick<Files, 'remove'>, clock: () => number) => async (): Promise<void> => {
  for (let old = await listOldCopies(db, clock()); old.length > 0; old = await listOldCopies(db, clock())) {
    for (const copy of old) {
      await files.remove(copy.key);
      await deleteCopy(db, copy);
    }
  }
};

/** Where a file that was uploaded lies in the file store, for those who play it. */
export async function thirdPartyFileKey(db: Database, vdnId: number, name: string): Promise<string | undefined> {
  return await findThirdPartyFile(db, vdnId, name) === undefined ? undefined : thirdPartyKey(vdnId, name);
}
