import { handle, type Handler } from '@parley/contract/handler.ts';
import { cmsAgentOprInfo } from '@parley/contract/monitoring/agent-operation.ts';
import { scopeErrors } from '@parley/contract/monitoring/parts.ts';
import { isRefusal, refuse } from '@parley/contract/refusal.ts';
import { isOperationType } from '@parley/core/operations/operation.ts';
import type { Database } from '../../database/connect.ts';
import type { Engine } from '../../engine/engine.ts';
import type { Projector } from '../../engine/projector.ts';
import type { Scope } from '../tenant/index.ts';
import { presentOperation } from './present.ts';
import { findOperations, hasServed } from './store.ts';
import { windowOf } from './window.ts';

export interface OperationsDependencies {
  readonly db: Database;
  readonly scope: Scope;
  readonly engine: Pick<Engine, 'view'>;
  readonly projector: Pick<Projector, 'settled'>;
}

const wrong = (message: string) => refuse(scopeErrors.wrongParameter, { message });

/** What agents did. */
export function agentOperationHandlers({ db, scope, engine, projector }: OperationsDependencies): readonly Handler[] {
  return [
    handle(cmsAgentOprInfo, async ({ currentAgentId: agent, operateType: type, beginTime, endTime, ccId, vdn }, context) => {
      const window = windowOf(beginTime, endTime, context.now);
      if (typeof window === 'string') return wrong(window);
      if (type !== undefined && !isOperationType(type)) return wrong(`there is no type ${type}`);
      const tenant = await scope(context, { ccId, vdn: vdn ?? context.vdnId });
      if (isRefusal(tenant)) return tenant;
      const { vdnId } = tenant;
      const isKnown = await engine.view(vdnId, ({ config }) => config.agents.has(agent)) || await hasServed(db, vdnId, agent);
      if (!isKnown) return refuse(scopeErrors.foreignVdn, { what: `agent ${agent}` });
      await projector.settled(vdnId);
      return (await findOperations(db, vdnId, { agent, type, ...window })).map(presentOperation);
    }),
  ];
}
