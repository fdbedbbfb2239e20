import { SNAPSHOT_VERSION } from '@parley/core/centre/snapshot.ts';
import type { Database } from '../database/connect.ts';
import { reached } from './journal-away.ts';

/** The state after an event, as text. */
export interface Snapshot {
  readonly seq: number;
  readonly state: string;
}

/** Snapshots of contact centres, the latest of each hour. */
export interface SnapshotStore {
  /** The newest that this release can read, no later than `upTo`. */
  readonly newest: (vdnId: number, upTo: number) => Promise<(Snapshot & { readonly at: number }) | undefined>;
  /** Only what is journaled already may stand in a snapshot. */
  readonly write: (vdnId: number, snapshot: Snapshot, at: number) => Promise<void>;
}

const HOUR_MS = 3_600_000;
const DEADLINE_MS = 30_000;

export function createSnapshotStore(db: Database): SnapshotStore {
  return {
    newest: (vdnId, upTo) => reached(
      db.selectFrom('centre_snapshot').select(['seq', 'at', 'state']).where('vdn_id', '=', vdnId).where('version', '=', SNAPSHOT_VERSION)
        .where('seq', '<=', upTo).orderBy('seq', 'desc').limit(1).executeTakeFirst(),
      DEADLINE_MS,
    ),
    write: async (vdnId, { seq, state }, at) => {
      const fields = { seq, at, version: SNAPSHOT_VERSION, state };
      const written = db.insertInto('centre_snapshot').values({ vdn_id: vdnId, hour: Math.floor(at / HOUR_MS), ...fields })
        // Of two writers at once, the one that knows more stays.
        .onConflict((conflict) => conflict.columns(['vdn_id', 'hour']).doUpdateSet(fields).where('centre_snapshot.seq', '<', seq))
        .execute();
      await reached(written, DEADLINE_MS);
    },
  };
}
