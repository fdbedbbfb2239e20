import type { OnFault } from './fault.ts';
import type { Snapshot, SnapshotStore } from './snapshot-store.ts';

/** Writes snapshots beside the commits, one at a time of each contact centre. */
export interface SnapshotWriter {
  readonly write: (vdnId: number, snapshot: Snapshot) => Promise<void>;
  /** Snapshots taken before this event are not to be written any more; resolves when none of them is under way. */
  readonly discard: (vdnId: number, before: number) => Promise<void>;
  readonly idle: () => Promise<void>;
}

export function createSnapshotWriter({ store, clock, onFault }: { readonly store: SnapshotStore; readonly clock: () => number; readonly onFault: OnFault }): SnapshotWriter {
  const underWay = new Map<number, Promise<void>>();
  const discarded = new Map<number, number>();

  const attempt = async (vdnId: number, snapshot: Snapshot): Promise<void> => {
    if (snapshot.seq < (discarded.get(vdnId) ?? 0)) return;
    try {
      await store.write(vdnId, snapshot, clock());
    } catch (error) {
      // The events are there; only the next loading takes longer.
      onFault('a snapshot could not be written', { vdnId, error });
    }
  };

  return {
    write: async (vdnId, snapshot) => {
      const mine = (underWay.get(vdnId) ?? Promise.resolve()).then(() => attempt(vdnId, snapshot));
      underWay.set(vdnId, mine);
      await mine;
      if (underWay.get(vdnId) === mine) underWay.delete(vdnId);
    },
    discard: async (vdnId, before) => {
      discarded.set(vdnId, before);
      await underWay.get(vdnId);
    },
    idle: async () => { while (underWay.size > 0) await Promise.all(underWay.values()); },
  };
}
