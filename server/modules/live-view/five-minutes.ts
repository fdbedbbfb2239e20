import type { Event } from '@parley/core/centre/event.ts';
import type { Centre } from '@parley/core/centre/state.ts';
import { bucketOf, copyOf, countCall, countLeftState, type Counted, type FiguresByQueue } from '@parley/core/live/queue-figures.ts';
import { addLiveCalls } from '@parley/core/live/queues.ts';
import type { Engine } from '../../engine/engine.ts';

/** Figures of the queues since the five minutes began. */
export interface FiveMinutes {
  readonly from: number;
  readonly figures: FiguresByQueue;
}

export interface FiveMinutesDependencies {
  readonly engine: Pick<Engine, 'project'>;
  readonly clock: () => number;
  /** Calls of a tenant that have ended from one moment to another, as they are kept. */
  readonly endedBetween: (vdnId: number, from: number, until: number) => Promise<readonly (Counted & { readonly call: string })[]>;
}

export interface FiveMinutesMemory {
  /** To be awaited before looking: what the process before this one saw of the five minutes is read then. */
  readonly ready: (vdnId: number) => Promise<void>;
  readonly at: (centre: Centre, now: number) => FiveMinutes;
}

interface Kept {
  readonly from: number;
  readonly figures: FiguresByQueue;
  /** Calls that have been counted here and may be among those to be read, too. */
  readonly counted: Set<string>;
  isWhole: boolean;
  filling: Promise<void> | undefined;
}

/**
 * What calls that are over and states that agents have left add to the figures of the running five minutes; what goes on is
 * added when somebody looks. It is in memory alone: after a restart the calls are read from their records, while wrap-ups and
 * idle times that ended before it are not counted any more. It is kept as it happens, ahead of the journal as the state is;
 * where a commit fails, a call can count twice until the five minutes are over.
 */
export function createFiveMinutes({ engine, clock, endedBetween }: FiveMinutesDependencies): FiveMinutesMemory {
  const startedAt = clock();
  const tenants = new Map<number, Kept>();

  const keptOf = (vdnId: number, at: number): Kept => {
    const known = tenants.get(vdnId);
    const from = bucketOf(at);
    // What was due earlier and is done now belongs to now.
    if (known !== undefined && known.from >= from) return known;
    const kept: Kept = { from, figures: new Map(), counted: new Set(), isWhole: startedAt <= from, filling: undefined };
    tenants.set(vdnId, kept);
    return kept;
  };

  const fill = async (vdnId: number, kept: Kept): Promise<void> => {
    const ended = await endedBetween(vdnId, kept.from, startedAt);
    for (const one of ended) if (!kept.counted.has(one.call)) countCall(kept.figures, one, kept.from);
    kept.isWhole = true;
    kept.counted.clear();
  };

  const read = (event: Event, centre: Centre, at: number): readonly never[] => {
    if (event.type === 'CallEnded') {
      const call = centre.unrecorded.get(event.call)?.call;
      if (call === undefined) return [];
      const kept = keptOf(centre.vdnId, at);
      if (!kept.isWhole) kept.counted.add(call.id);
      countCall(kept.figures, call, kept.from);
    } else if (event.type === 'AgentMoved' && event.cause !== 'signIn') {
      const agent = centre.agents.get(event.agent);
      if (agent !== undefined) countLeftState(keptOf(centre.vdnId, at).figures, agent);
    }
    return [];
  };
  engine.project({ read, deliver: () => undefined });

  return {
    ready: async (vdnId) => {
      const kept = keptOf(vdnId, clock());
      if (kept.isWhole) return;
      kept.filling ??= fill(vdnId, kept).catch((error: unknown) => {
        kept.filling = undefined;
        throw error;
      });
      await kept.filling;
    },
    at: (centre, now) => {
      const { from, figures } = keptOf(centre.vdnId, now);
      return { from, figures: addLiveCalls(copyOf(figures), centre, from) };
    },
  };
}
