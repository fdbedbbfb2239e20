import type { Command } from '@parley/core/centre/command.ts';
import type { ConfigChange } from '@parley/core/centre/config.ts';
import { diffConfig } from '@parley/core/centre/config-diff.ts';
import { decide } from '@parley/core/centre/decide.ts';
import type { Event } from '@parley/core/centre/event.ts';
import type { Refused } from '@parley/core/centre/refused.ts';
import { createCentre, type Centre } from '@parley/core/centre/state.ts';
import { nextTimer } from '@parley/core/centre/timers.ts';
import { createOrdering, type Ordering } from '@parley/core/voice/orders.ts';
import type { VoicePort } from './voice.ts';

/** What a command led to, once it is journaled. */
export interface Sent {
  readonly result: string | undefined;
  readonly refused: Refused | undefined;
}

/** Reads something from each event at the moment it happens, and hears of what was read once the event is journaled. */
export interface Projection<T> {
  readonly read: (event: Event, centre: Centre, at: number) => readonly T[];
  readonly deliver: (vdnId: number, items: readonly T[]) => void;
}

/** Runs the core: one mailbox a VDN. */
export interface Engine {
  /** Decides on the newest state; answers when what happened is journaled. */
  readonly send: (vdnId: number, command: Command) => Promise<Sent>;
  /** Looks at the newest state. What is looked at must not be kept: it changes in place. */
  readonly view: <T>(vdnId: number, look: (centre: Centre) => T) => Promise<T>;
  readonly project: <T>(projection: Projection<T>) => void;
  /** Does what is due by the clock; real time calls it by itself, tests after they moved the clock. */
  readonly tick: () => Promise<void>;
  /** Reads the configuration of a VDN again, before anything that is sent afterwards. */
  readonly configure: (vdnId: number) => void;
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

export interface EngineDependencies {
  readonly clock: () => number;
  readonly voice: VoicePort;
  /** The whole configuration of a VDN as its rows say. */
  readonly configOf: (vdnId: number) => Promise<ConfigChange>;
}

interface Shard {
  readonly centre: Centre;
  readonly ordering: Ordering;
  stale: boolean;
}

export function createEngine({ clock, voice, configOf }: EngineDependencies): Engine {
  const shards = new Map<number, Promise<Shard>>();
  const projections: Projection<unknown>[] = [];
  let timeout: NodeJS.Timeout | undefined;

  const load = async (vdnId: number): Promise<Shard> => ({ centre: createCentre(vdnId), ordering: createOrdering(), stale: true });

  const run = (shard: Shard, command: Command): Sent => {
    const { centre, ordering } = shard;
    const read = projections.map((): unknown[] => []);
    const watches = [ordering.watch, ...projections.map((projection, index) => (event: Event, seen: Centre, at: number): void => {
      read[index]?.push(...projection.read(event, seen, at));
    })];
    const { result, refused } = decide(centre, command, clock(), watches);
    for (const [index, projection] of projections.entries()) {
      const items = read[index] ?? [];
      if (items.length > 0) projection.deliver(centre.vdnId, items);
    }
    for (const order of ordering.take(centre)) void voice.perform(order);
    return { result, refused };
  };

  const shardOf = async (vdnId: number): Promise<Shard> => {
    let loading = shards.get(vdnId);
    if (loading === undefined) {
      loading = load(vdnId);
      shards.set(vdnId, loading);
    }
    const shard = await loading;
    if (shard.stale) {
      shard.stale = false;
      const change = diffConfig(shard.centre.config, await configOf(vdnId));
      if (change !== undefined) run(shard, { kind: 'configure', change });
    }
    return shard;
  };

  const tick = async (): Promise<void> => {
    for (const loading of shards.values()) {
      const shard = await loading;
      for (let timer = nextTimer(shard.centre.timers); timer !== undefined && timer.at <= clock(); timer = nextTimer(shard.centre.timers)) {
        run(shard, { kind: 'timer', ...timer });
      }
    }
  };

  return {
    send: async (vdnId, command) => run(await shardOf(vdnId), command),
    view: async (vdnId, look) => look((await shardOf(vdnId)).centre),
    project: (projection) => { projections.push(projection as Projection<unknown>); },
    tick,
    configure: (vdnId) => { void shards.get(vdnId)?.then((shard) => { shard.stale = true; }); },
    start: () => {
      voice.subscribe((report) => {
        if (report.kind !== 'rang' && report.kind !== 'answered' && report.kind !== 'ended') return;
        void shardOf(Number(report.leg.split('-')[0])).then((shard) => run(shard, { kind: 'legReported', report }));
      });
      timeout = setInterval(() => { void tick(); }, 100);
      timeout.unref();
      return Promise.resolve();
    },
    stop: () => {
      clearInterval(timeout);
      return Promise.resolve();
    },
  };
}
