import { evolve } from '@parley/core/centre/evolve.ts';
import { decodeCentre } from '@parley/core/centre/snapshot.ts';
import { createCentre } from '@parley/core/centre/state.ts';
import type { VoiceLeg } from '@parley/core/voice/order.ts';
import type { EventJournal } from './event-journal.ts';
import { createShard, type Shard } from './shard.ts';
import type { SnapshotStore } from './snapshot-store.ts';
import type { Telling, Tellings } from './tellings.ts';

export interface LoadingDependencies {
  readonly clock: () => number;
  readonly journal: Pick<EventJournal, 'take' | 'read'>;
  readonly snapshots: Pick<SnapshotStore, 'newest'>;
  readonly tellings: Tellings;
  readonly onLeg: (vdnId: number, leg: VoiceLeg, isThere: boolean) => void;
}

export interface Loaded {
  readonly shard: Shard;
  /** What the projections have not heard of, though it is journaled: the commit went through, and we did not know. */
  readonly missed: readonly Telling[];
}

/** Brings a contact centre into memory: the newest snapshot, and every event behind it. `told` is the last event the projections heard of. */
export async function loadShard({ clock, journal, snapshots, tellings, onLeg }: LoadingDependencies, vdnId: number, told: number | undefined): Promise<Loaded> {
  const { epoch, head } = await journal.take(vdnId);
  const snapshot = await snapshots.newest(vdnId, head);
  const centre = snapshot === undefined ? createCentre(vdnId) : decodeCentre(vdnId, JSON.parse(snapshot.state));
  const snapshotAt = snapshot?.seq ?? 0;
  const missed: Telling[] = [];
  let lastAt = snapshot?.at ?? 0;
  for await (const page of journal.read(vdnId, snapshotAt, head)) {
    tellings.take();
    for (const { seq, at, event } of page) {
      evolve(centre, event, at);
      lastAt = at;
      if (told !== undefined && seq > told) tellings.read(event, centre, at);
    }
    missed.push(...tellings.take());
  }
  const shard = createShard({
    centre, epoch, head, snapshotAt, tellings, now: clock(),
    onLeg: (leg, isThere) => { onLeg(vdnId, leg, isThere); },
  });
  shard.lastAt = lastAt;
  return { shard, missed };
}
