import { anyone, type Authenticators } from '@parley/contract/authentication.ts';
import { access } from '@parley/contract/access/family.ts';
import { admin } from '@parley/contract/admin/family.ts';
import { configuration } from '@parley/contract/configuration/family.ts';
import type { Handler } from '@parley/contract/handler.ts';
import type { Family } from '@parley/contract/operation.ts';
import type { Database } from './database/connect.ts';
import type { Files } from './engine/files.ts';
import { createIds, type Ids } from './engine/ids.ts';
import type { Jobs } from './engine/jobs.ts';
import type { Live } from './engine/live.ts';
import type { Outgoing } from './engine/outgoing.ts';
import { createWriter, type Writer } from './engine/writer.ts';
import { createAccounts } from './modules/account/index.ts';
import type { Accounts } from './modules/account/accounts.ts';
import { c1Authenticator, c1Handlers } from './modules/access/c1.ts';
import { createKeys, type Keys } from './modules/access/keys.ts';
import { createTokens, type Tokens } from './modules/access/tokens.ts';
import { agentHandlers } from './modules/agent/index.ts';
import { appSettingEraser, appSettingHandlers } from './modules/app-setting/index.ts';
import { auditHandlers } from './modules/audit/index.ts';
import { callbackHandlers, createTrustlist } from './modules/callback/index.ts';
import { consoleHandlers } from './modules/console/index.ts';
import { sessionAuthenticator } from './modules/console/session.ts';
import { erasureHandlers, type Eraser } from './modules/erasure/index.ts';
import { findFlow, flowCodes, ivrFlowHandlers, type Flow } from './modules/ivr-flow/index.ts';
import { numberAreaHandlers } from './modules/number-area/index.ts';
import { findQueue, listQueues, queueHandlers } from './modules/queue/index.ts';
import { routeHandlers, routesTo } from './modules/route/index.ts';
import { surveyHandlers } from './modules/survey/index.ts';
import { createTenants, type Tenants } from './modules/tenant/index.ts';
import { voiceHandlers, type Transcode } from './modules/voice/index.ts';
import { workplaceHandlers } from './modules/workplace/index.ts';
import { createFailureLock } from './security/failure-lock.ts';
import type { Vault } from './security/vault.ts';

/** What the process gives: everything that touches the world. */
export interface World {
  readonly db: Database;
  readonly vault: Vault;
  readonly clock: () => number;
  readonly jobs: Jobs;
  readonly files: Files;
  readonly outgoing: Outgoing;
  readonly transcode: Transcode;
  readonly live: Live;
  readonly addresses: Addresses;
}

/** Where agents and phones find Parley (5.1.9 to 5.1.11). */
export interface Addresses {
  readonly service: { readonly host: string; readonly port: number };
  readonly sip: { readonly host: string; readonly port: number };
  /** SIP over WebSocket, for browsers. */
  readonly webrtc: { readonly host: string; readonly port: number };
}

export interface Parley {
  readonly handlers: readonly Handler[];
  readonly families: readonly Family[];
  readonly authenticators: Authenticators;
  readonly writer: Writer;
  readonly ids: Ids;
  readonly keys: Keys;
  readonly tokens: Tokens;
  readonly tenants: Tenants;
  readonly accounts: Accounts;
  readonly erasers: readonly Eraser[];
}

const FAILURES_BEFORE_LOCK = 10;
const LOCK_MS = 5 * 60_000;

/** Wires the modules to one another, by hand. */
export function compose(world: World): Parley {
  const { db, vault, clock, jobs, files, outgoing, transcode, live, addresses } = world;
  const writer = createWriter({ db, clock });
  const ids = createIds({ clock });
  const tenants = createTenants({ db, writer, clock });
  const keys = createKeys({ db, vault, clock, tenantEnabled: async (vdnId) => (await tenants.find(vdnId))?.enabled ?? false });
  const tokens = createTokens({ db, clock });
  const accounts = createAccounts({ db });
  const trustlist = createTrustlist({ db });
  const lock = createFailureLock({ failures: FAILURES_BEFORE_LOCK, lockMs: LOCK_MS });

  const erasers: readonly Eraser[] = [appSettingEraser];

  const listFlows = async (from: Database, vdnId: number): Promise<readonly Flow[]> => {
    const ids = [...(await flowCodes(from, vdnId)).keys()];
    return (await Promise.all(ids.map((id) => findFlow(from, vdnId, id)))).filter((flow) => flow !== undefined);
  };

  const handlers = [
    ...c1Handlers({ keys, tokens, lock }),
    ...consoleHandlers({ db, writer, accounts, tokens, tenants }),
    ...auditHandlers({ db }),
    ...workplaceHandlers({ db, writer }),
    ...agentHandlers({ db, writer, vault, accounts, tenants, live, addresses, listQueues }),
    ...queueHandlers({
      db, writer, flowCodes,
      leadsTo: (tx, vdnId, queueIds) => routesTo(tx, vdnId, 'queue', queueIds),
      holdingCalls: live.queuesHoldingCalls,
      queueLimit: async (_tx, vdnId) => (await tenants.find(vdnId))?.limits['queues'],
    }),
    ...routeHandlers({ db, writer, ids, tenants, findQueue, findFlow, listQueues, listFlows }),
    ...numberAreaHandlers({ db, writer }),
    ...ivrFlowHandlers({
      db, writer, ids, listQueues,
      leadsTo: (tx, vdnId, flowIds) => routesTo(tx, vdnId, 'flow', flowIds),
    }),
    ...surveyHandlers({ db, writer, ids, findFlow }),
    ...callbackHandlers({ db, writer, ids, vault }),
    ...voiceHandlers({ db, writer, ids, files, transcode, jobs, outgoing, trustlist }),
    ...appSettingHandlers({ db, writer, ids, agentAccount: async (tx, vdnId, userId) => (await accounts.find(tx, vdnId, userId))?.account }),
    ...erasureHandlers({ db, writer, ids, jobs, erasers, clock }),
  ];

  return {
    handlers, writer, ids, keys, tokens, tenants, accounts, erasers,
    families: [configuration, admin, access],
    authenticators: {
      none: anyone,
      C1: c1Authenticator({ keys, tokens }),
      session: sessionAuthenticator({ db, tokens, accounts, tenantExists: async (vdnId) => (await tenants.find(vdnId)) !== undefined }),
    },
  };
}
