import type { Context } from '@parley/contract/handler.ts';
import { isRefusal, refuse, type Refusal } from '@parley/contract/refusal.ts';
import { scopeErrors } from '@parley/contract/monitoring/parts.ts';
import type { Centre } from '@parley/core/centre/state.ts';
import type { Engine } from '../../engine/engine.ts';
import type { Remembered } from '../../engine/tenant-memory.ts';
import type { AgentNames } from '../agent-group/index.ts';
import type { Scope, Tenant, Where } from '../tenant/index.ts';
import type { Departures } from './departures.ts';
import type { FiveMinutes, FiveMinutesMemory } from './five-minutes.ts';

/** What is looked at, and when. */
export interface Look {
  readonly centre: Centre;
  readonly tenant: Tenant;
  readonly now: number;
  readonly names: AgentNames;
  readonly departures: Departures;
}

/** How the operations look at the state of a tenant: once, and before anything else happens in it. */
export interface Looking {
  readonly lookAt: <T>(where: Where, context: Context, look: (at: Look) => T | Refusal) => Promise<T | Refusal>;
  /** The same with what has happened in the queues since the five minutes began. */
  readonly lookAtFigures: <T>(where: Where, context: Context, look: (at: Look, figures: FiveMinutes) => T | Refusal) => Promise<T | Refusal>;
}

export interface LookingDependencies {
  readonly engine: Pick<Engine, 'view'>;
  readonly scope: Scope;
  readonly clock: () => number;
  /** Names of the agents' accounts: they are personal, so the engine does not know them. */
  readonly agentNames: Remembered<AgentNames>;
  readonly departures: Departures;
  readonly recent: FiveMinutesMemory;
}

export function createLooking({ engine, scope, clock, agentNames, departures, recent }: LookingDependencies): Looking {
  const lookAt: Looking['lookAt'] = async (where, context, look) => {
    const tenant = await scope(context, where);
    if (isRefusal(tenant)) return tenant;
    const names = await agentNames(tenant.vdnId);
    await departures.ready(tenant.vdnId, names.keys());
    return engine.view(tenant.vdnId, (centre) => look({ centre, tenant, now: clock(), names, departures }));
  };
  return {
    lookAt,
    lookAtFigures: async (where, context, look) => {
      const tenant = await scope(context, where);
      if (isRefusal(tenant)) return tenant;
      await recent.ready(tenant.vdnId);
      return lookAt(where, context, (at) => look(at, recent.at(at.centre, at.now)));
    },
  };
}

export const noAgent = (agent: number): Refusal => refuse(scopeErrors.wrongParameter, { message: `there is no agent ${agent} in this VDN` });
export const noQueue = (queue: number): Refusal => refuse(scopeErrors.wrongParameter, { message: `there is no skill queue ${queue} in this VDN` });

/** Those of the ids that there are, each once, in the order in which they were asked for. */
export const known = (ids: readonly number[], all: ReadonlyMap<number, unknown>): readonly number[] => [...new Set(ids)].filter((id) => all.has(id));

export const pageOf = <T>(all: readonly T[], { limit, offset = 0 }: { readonly limit?: number | undefined; readonly offset?: number | undefined }): readonly T[] =>
  all.slice(offset, limit === undefined ? undefined : offset + limit);
