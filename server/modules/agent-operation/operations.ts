import { handle, type Handler } from '@parley/contract/handler.ts';
import { cmsAgentOprInfo } from '@parley/contract/monitoring/agent-operation.ts';
import { scopeErrors } from '@parley/contract/monitoring/parts.ts';
import { isRefusal, refuse, type Refusal } from '@parley/contract/refusal.ts';
import { isOperationType } from '@parley/core/operations/operation.ts';
import type { Database } from '../../database/connect.ts';
import type { Engine } from '../../engine/engine.ts';
import type { Projector } from '../../engine/projector.ts';
import type { Scope, Tenants } from '../tenant/index.ts';
import { presentOperation } from './present.ts';
import { findOperations, tenantsServed } from './store.ts';
import { windowOf } from './window.ts';

export interface OperationsDependencies {
  readonly db: Database;
  readonly scope: Scope;
  readonly engine: Pick<Engine, 'view'>;
  readonly projector: Pick<Projector, 'settled'>;
  readonly ofContactCentre: Tenants['ofContactCentre'];
  /** Which of these tenants have an agent of that work number. */
  readonly tenantsOfAgent: (vdnIds: readonly number[], workNo: number) => Promise<readonly number[]>;
}

/** Where a key for all tenants looks that names no contact centre. */
const DEFAULT_CC = 1;

const wrong = (message: string) => refuse(scopeErrors.wrongParameter, { message });

/** What agents did. */
export function agentOperationHandlers({ db, scope, engine, projector, ofContactCentre, tenantsOfAgent }: OperationsDependencies): readonly Handler[] {
  /** The request of the reference names no tenant: a key for all of them finds it by the work number, of whoever is there or was. */
  const tenantOfAgent = async (agent: number, ccId: number): Promise<number | Refusal> => {
    const there = await ofContactCentre(ccId);
    const found = new Set((await Promise.all([tenantsOfAgent(there, agent), tenantsServed(db, there, agent)])).flat());
    const [vdnId] = found;
    if (vdnId === undefined) return refuse(scopeErrors.foreignVdn, { what: `agent ${agent}` });
    return found.size === 1 ? vdnId : wrong(`${found.size} tenants have an agent ${agent}; name the one that is meant by vdn`);
  };

  return [
    handle(cmsAgentOprInfo, async ({ currentAgentId: agent, operateType: type, beginTime, endTime, ccId, vdn }, context) => {
      const window = windowOf(beginTime, endTime, context.now);
      if (typeof window === 'string') return wrong(window);
      if (type !== undefined && !isOperationType(type)) return wrong(`there is no type ${type}`);
      const named = vdn ?? (context.caller.global === true ? await tenantOfAgent(agent, ccId ?? DEFAULT_CC) : context.vdnId);
      if (isRefusal(named)) return named;
      const tenant = await scope(context, { ccId, vdn: named });
      if (isRefusal(tenant)) return tenant;
      const { vdnId } = tenant;
      const isKnown = await engine.view(vdnId, ({ config }) => config.agents.has(agent)) || (await tenantsServed(db, [vdnId], agent)).length > 0;
      if (!isKnown) return refuse(scopeErrors.foreignVdn, { what: `agent ${agent}` });
      await projector.settled(vdnId);
      return (await findOperations(db, vdnId, { agent, type, ...window })).map(presentOperation);
    }),
  ];
}
