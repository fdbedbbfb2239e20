import type { CentreLog } from '@parley/core/centre/replay.ts';
import type { Database } from '../database/connect.ts';
import type { Entry, EventJournal, StoryFilter } from './event-journal.ts';
import type { SnapshotStore } from './snapshot-store.ts';

/** What an exported log is to tell: all about a call or an agent, or the events from one number to another. */
export interface LogRange {
  readonly call?: string | undefined;
  readonly agent?: number | undefined;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

/** Why there is no log: nothing happened, it is longer ago than the journal reaches, or too much happened in between. */
export type NoLog = 'nothing' | 'cut' | 'tooLong';

export interface History {
  readonly story: (vdnId: number, filter: StoryFilter, limit: number) => Promise<readonly Entry[]>;
  readonly log: (vdnId: number, range: LogRange) => Promise<CentreLog | NoLog>;
}

const MAX_EVENTS = 50_000;

export function createHistory(db: Database, journal: EventJournal, snapshots: SnapshotStore): History {
  const boundsOf = async (vdnId: number, { call, agent, from, to }: LogRange): Promise<{ first: number; last: number } | undefined> => {
    let wanted = db.selectFrom('centre_event').select((eb) => [eb.fn.min('seq').as('first'), eb.fn.max('seq').as('last')]).where('vdn_id', '=', vdnId);
    if (call !== undefined) wanted = wanted.where('call', '=', call);
    if (agent !== undefined) wanted = wanted.where('agent', '=', agent);
    if (from !== undefined) wanted = wanted.where('seq', '>=', from);
    if (to !== undefined) wanted = wanted.where('seq', '<=', to);
    const bounds = await wanted.executeTakeFirst() as { first: number | null; last: number | null } | undefined;
    return bounds === undefined || bounds.first === null || bounds.last === null ? undefined : { first: bounds.first, last: bounds.last };
  };

  return {
    story: journal.story,
    log: async (vdnId, range) => {
      const bounds = await boundsOf(vdnId, range);
      if (bounds === undefined) return 'nothing';
      const snapshot = await snapshots.newest(vdnId, bounds.first - 1);
      if (snapshot === undefined) {
        const beginning = await boundsOf(vdnId, {});
        if (beginning?.first !== 1) return 'cut';
      }
      const after = snapshot?.seq ?? 0;
      if (bounds.last - after > MAX_EVENTS) return 'tooLong';
      const events: Entry[] = [];
      for await (const page of journal.read(vdnId, after, bounds.last)) events.push(...page);
      return { vdnId, events, ...(snapshot === undefined ? {} : { snapshot: { seq: snapshot.seq, state: JSON.parse(snapshot.state) as unknown } }) };
    },
  };
}
