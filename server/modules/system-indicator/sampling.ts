import { countStates, CTI } from '@parley/core/live/agents.ts';
import type { Centre } from '@parley/core/centre/state.ts';
import { INSTALLATION } from '@parley/core/tenant/settings.ts';
import type { Database } from '../../database/connect.ts';
import type { Engine } from '../../engine/engine.ts';
import { numbersOfOffices, saveSamples, sweepSamples, type Sample } from './store.ts';
import type { SwitchFigures, SwitchPeriod } from './switch-figures.ts';

export const FIVE_MS = 300_000;
/** A day more than can be asked for at once. */
const KEPT_MS = 32 * 86_400_000;

/** Calls of a tenant that were over in some time. */
export interface EndedCalls {
  readonly vdnId: number;
  readonly inbound: number;
  /** Those among them that an agent has answered. */
  readonly answered: number;
  readonly outbound: number;
}

export interface SamplingDependencies {
  readonly db: Database;
  readonly clock: () => number;
  readonly engine: Pick<Engine, 'project' | 'onRecovered' | 'glance'>;
  /** Absent while calls are simulated. */
  readonly figures?: SwitchFigures | undefined;
  readonly node: string;
  readonly countEnded: (vdnIds: readonly number[], from: number, to: number) => Promise<readonly EndedCalls[]>;
}

/** How the agents of a tenant stood, and what became of its calls. */
export interface TenantFigures extends Omit<EndedCalls, 'vdnId'> {
  readonly online: number;
  /** Of those who take calls from queues (6.1.1.22). */
  readonly talking: number;
  readonly idle: number;
  readonly busy: number;
  readonly resting: number;
}

export interface Sampling {
  /** Every five minutes: keeps what was measured, and throws away what is old. */
  readonly run: () => Promise<void>;
  /** Keeps what the switch has measured by now. */
  readonly keepSwitch: () => Promise<void>;
}

interface Standing extends Omit<TenantFigures, keyof EndedCalls> {
  readonly isAlive: boolean;
}

function standingOf(centre: Centre): Standing {
  const agents = [...centre.agents.values()];
  const { inState } = countStates(centre, agents.filter(({ takesCalls }) => takesCalls));
  const count = (state: number): number => inState[state] ?? 0;
  return {
    online: agents.length, talking: count(CTI.talking), idle: count(CTI.idle), busy: count(CTI.busy), resting: count(CTI.rest),
    isAlive: agents.length > 0 || centre.calls.size > 0,
  };
}

/** To be made before the engine starts, as it follows where anything happens: a tenant in which nothing does costs nothing. */
export function createSampling({ db, clock, engine, figures, node, countEnded }: SamplingDependencies): Sampling {
  /** Tenants in which something has happened, or is. */
  const active = new Set<number>();
  let keptUpTo = 0;
  engine.project({
    read: (_event, { vdnId }) => {
      active.add(vdnId);
      return [];
    },
    deliver: () => undefined,
  });
  engine.onRecovered((vdnId) => { active.add(vdnId); });

  const ofPeriod = ({ from, offices, terminals, ...period }: SwitchPeriod, numbers: ReadonlyMap<string, number>): readonly Sample[] => {
    const at = { vdnId: INSTALLATION, at: from, node };
    return [
      ...offices.map((office): Sample => ({ ...at, kind: 'office', object: numbers.get(office.name) ?? 0, figures: { ...office, ...period } })),
      { ...at, kind: 'terminals', object: 0, figures: { terminals } },
    ];
  };

  const keepSwitch = async (): Promise<void> => {
    const periods = (figures?.periods() ?? []).filter(({ to }) => to > keptUpTo);
    const last = periods.at(-1);
    if (last === undefined) return;
    const numbers = await numbersOfOffices(db, periods.flatMap(({ offices }) => offices.map(({ name }) => name)));
    await saveSamples(db, periods.flatMap((period) => ofPeriod(period, numbers)));
    keptUpTo = Math.max(keptUpTo, last.to);
  };

  const keepTenants = async (): Promise<void> => {
    const to = Math.floor(clock() / FIVE_MS) * FIVE_MS;
    const vdnIds = [...active];
    if (vdnIds.length === 0) return;
    const ended = new Map((await countEnded(vdnIds, to - FIVE_MS, to)).map((calls) => [calls.vdnId, calls]));
    const standings: (readonly [vdnId: number, standing: Standing])[] = [];
    for (const vdnId of vdnIds) {
      active.delete(vdnId);
      const standing = await engine.glance(vdnId, standingOf);
      if (standing.isAlive) active.add(vdnId);
      standings.push([vdnId, standing]);
    }
    await saveSamples(db, standings.flatMap(([vdnId, { isAlive, ...standing }]): readonly Sample[] => {
      const { inbound = 0, answered = 0, outbound = 0 } = ended.get(vdnId) ?? {};
      if (!isAlive && inbound + outbound === 0) return [];
      return [{ vdnId, at: to - FIVE_MS, kind: 'tenant', node: '', object: 0, figures: { ...standing, inbound, answered, outbound } satisfies TenantFigures }];
    }));
  };

  return {
    keepSwitch,
    run: async () => {
      await keepSwitch();
      await keepTenants();
      await sweepSamples(db, clock() - KEPT_MS);
    },
  };
}
