import type { Database, DatabaseTransaction } from '../../database/connect.ts';
import type { OnFault } from '../../engine/fault.ts';
import type { Ids } from '../../engine/ids.ts';
import type { JobPolicy, Jobs } from '../../engine/jobs.ts';
import type { Letter, Mail } from '../../engine/mail.ts';
import type { Vault } from '../../security/vault.ts';
import { findLetter, insertLetter, removeLetter } from './store.ts';

export interface PostDependencies {
  readonly db: Database;
  readonly vault: Vault;
  readonly clock: () => number;
  readonly ids: Ids;
  readonly jobs: Jobs;
  readonly mail: Mail;
  readonly onFault: OnFault;
}

/** Letters that must not be lost: each is kept until it was taken, sealed, as it may hold passwords. */
export interface Post {
  /** It goes off if and only if the transaction commits. */
  readonly drop: (tx: DatabaseTransaction, vdnId: number, letter: Letter) => Promise<void>;
}

/** For most of a day: a minute, then two, four, eight and so on. */
const POLICY: JobPolicy = { attempts: 11, retryDelayMs: 60_000, deadlineMs: 120_000 };

const belongsTo = (vdnId: number, id: string): string => `letter:${vdnId}:${id}`;

export function createPost({ db, vault, clock, ids, jobs, mail, onFault }: PostDependencies): Post {
  const sending = jobs.define<{ readonly vdnId: number; readonly id: string }>('letter', POLICY, async ({ vdnId, id }, { last }) => {
    const sealed = await findLetter(db, vdnId, id);
    // Sent already: the job came twice, as jobs may.
    if (sealed === undefined) return;
    const outcome = await mail.send(JSON.parse(vault.open(sealed, belongsTo(vdnId, id))) as Letter);
    if (!outcome.ok && outcome.why === 'unreachable' && !last) throw new Error(`a letter was not taken: ${outcome.message}`);
    if (!outcome.ok) onFault('a letter could not be sent and is given up', { vdnId, id, why: outcome.message });
    await removeLetter(db, vdnId, id);
  });
  return {
    drop: async (tx, vdnId, letter) => {
      const id = ids.next();
      await insertLetter(tx, vdnId, id, vault.seal(JSON.stringify(letter), belongsTo(vdnId, id)), clock());
      await sending.send({ vdnId, id }, { tx });
    },
  };
}
