import type { Handler } from '@parley/contract/handler.ts';
import type { World } from './compose.ts';
import type { Engine } from './engine/engine.ts';
import type { Ids } from './engine/ids.ts';
import type { Writer } from './engine/writer.ts';
import type { Accounts } from './modules/account/index.ts';
import { createRenameAgent, listAgents } from './modules/agent/index.ts';
import { configurationViewHandlers } from './modules/configuration-view/index.ts';
import { listFlows } from './modules/ivr-flow/index.ts';
import { listQueues } from './modules/queue/index.ts';
import { listInboundCodes, listRoutes } from './modules/route/index.ts';
import { createScope, type Tenants } from './modules/tenant/index.ts';
import { createPeaks, usageHandlers } from './modules/usage/index.ts';
import { userGroupHandlers } from './modules/user-group/index.ts';
import { reasonsOf } from './modules/workplace/index.ts';

export interface OversightParts {
  readonly engine: Engine;
  readonly writer: Writer;
  readonly ids: Ids;
  readonly tenants: Tenants;
  readonly accounts: Accounts;
}

export interface Oversight {
  readonly handlers: readonly Handler[];
  readonly stop: () => Promise<void>;
}

/** Who oversees whom, how what is overseen is set up, and how much of it is in use. */
export function composeOversight({ db, clock, onFault }: World, { engine, writer, ids, tenants, accounts }: OversightParts): Oversight {
  const scope = createScope(tenants);
  const peaks = createPeaks({ db, engine, onFault });
  const handlers = [
    ...userGroupHandlers({ db, writer, ids, engine, scope, accounts, listAgents, renameAgent: createRenameAgent({ writer, accounts }), onFault }),
    ...configurationViewHandlers({
      db, scope, tenants, accounts, listQueues, listFlows, listRoutes, listInboundCodes,
      listAgents: (from, vdnId) => listAgents(from, vdnId),
      restReasons: (from, vdnId) => reasonsOf(from, vdnId, 'rest'),
    }),
    ...usageHandlers({ clock, engine, scope, tenants, peaks }),
  ];
  return { handlers, stop: peaks.stop };
}
