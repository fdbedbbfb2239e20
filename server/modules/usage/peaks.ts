import type { Event } from '@parley/core/centre/event.ts';
import { INSTALLATION } from '@parley/core/tenant/settings.ts';
import { follow, inUseOf, isFollowed, MEASURED, noCounts, type Counts, type InUse, type Measured } from '@parley/core/usage/in-use.ts';
import type { Database } from '../../database/connect.ts';
import type { Engine } from '../../engine/engine.ts';
import type { OnFault } from '../../engine/fault.ts';
import { readPeaks, savePeaks, type Peak } from './store.ts';

export interface PeakDependencies {
  readonly db: Database;
  readonly engine: Pick<Engine, 'project'>;
  readonly onFault: OnFault;
}

/** The most that there ever was of each thing, of each tenant and of all together. */
export interface Peaks {
  /** With what happened right now. */
  readonly of: (vdnId: number) => Promise<Counts>;
  /** Resolves when what was seen is written down. */
  readonly stop: () => Promise<void>;
}

interface Seen {
  readonly event: Event;
  readonly at: number;
  /** How it stood behind the event, where this is the first that is heard of the tenant. */
  readonly first: InUse | undefined;
}

type Most = Record<Measured, number>;

/** Follows what is journaled, and writes down when there is more of something than there ever was: seldom, after the first days. */
export function createPeaks({ db, engine, onFault }: PeakDependencies): Peaks {
  const now = new Map<number, InUse>();
  const total = noCounts();
  const most = new Map<number, Most>();
  const unwritten = new Map<string, Peak>();
  let writing: Promise<void> | undefined;

  const rise = (vdnId: number, counts: Counts, at: number): void => {
    const known = most.get(vdnId) ?? noCounts();
    most.set(vdnId, known);
    for (const what of MEASURED) {
      if (counts[what] <= known[what]) continue;
      known[what] = counts[what];
      unwritten.set(`${vdnId} ${what}`, { vdnId, what, most: counts[what], at });
    }
  };

  const write = async (): Promise<void> => {
    while (unwritten.size > 0) {
      const peaks = [...unwritten.values()];
      unwritten.clear();
      try {
        await savePeaks(db, peaks);
      } catch (error) {
        // Kept until something is higher again, or is asked for.
        for (const peak of peaks) if (!unwritten.has(`${peak.vdnId} ${peak.what}`)) unwritten.set(`${peak.vdnId} ${peak.what}`, peak);
        onFault('what was in use at most could not be written down', { error });
        return;
      }
    }
  };
  const flush = (): Promise<void> => {
    writing ??= write().finally(() => { writing = undefined; });
    return writing;
  };

  const take = (vdnId: number, { event, at, first }: Seen): void => {
    const known = now.get(vdnId);
    const before: Counts = known === undefined ? noCounts() : { ...known.counts };
    // What was left behind as it had nothing going on has nothing.
    const inUse = first ?? known ?? { agents: new Map(), calls: new Map(), counts: noCounts() };
    if (first === undefined) follow(inUse, event);
    for (const what of MEASURED) total[what] += inUse.counts[what] - before[what];
    // Whoever has nothing going on is looked at anew when something does.
    if (inUse.agents.size === 0 && inUse.calls.size === 0) now.delete(vdnId);
    else now.set(vdnId, inUse);
    rise(vdnId, inUse.counts, at);
    rise(INSTALLATION, total, at);
  };

  engine.project<Seen>({
    read: (event, centre, at) => (isFollowed(event) ? [{ event, at, first: now.has(centre.vdnId) ? undefined : inUseOf(centre) }] : []),
    deliver: (vdnId, items) => {
      for (const item of items) take(vdnId, item);
      if (unwritten.size > 0) void flush();
    },
  });

  return {
    of: async (vdnId) => {
      await flush();
      return readPeaks(db, vdnId);
    },
    stop: flush,
  };
}
