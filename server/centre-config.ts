import type { AgentConfig, ConfigChange, Limits } from '@parley/core/centre/config.ts';
import { AGENT_ROLES } from '@parley/core/tenant/workplace.ts';
import type { Database } from './database/connect.ts';
import { listAgents, type Agent } from './modules/agent/index.ts';
import { listQueues } from './modules/queue/index.ts';
import type { Tenant } from './modules/tenant/index.ts';
import { permissionBitsOf } from './modules/workplace/index.ts';

/** Caps that the engine keeps; the others are kept where rows are written. */
const limitsOf = ({ signedInAgents, voiceChannels }: Readonly<Record<string, number>>): Limits => ({
  ...(signedInAgents === undefined ? {} : { signedIn: signedInAgents }), ...(voiceChannels === undefined ? {} : { voiceChannels }),
});

/** The whole configuration of a VDN that decisions use, as its rows say; with `workNos` these agents alone. */
export async function centreConfigOf(db: Database, vdnId: number, tenant: Tenant | undefined, workNos?: readonly number[]): Promise<ConfigChange> {
  if (workNos !== undefined) return { agents: (await listAgents(db, vdnId, workNos)).map(agentConfigOf) };
  const [queues, agents, roles] = await Promise.all([
    listQueues(db, vdnId),
    listAgents(db, vdnId),
    Promise.all(AGENT_ROLES.map(async ({ roleId }) => ({ id: roleId, bits: await permissionBitsOf(db, vdnId, roleId) }))),
  ]);
  return {
    roles, limits: limitsOf(tenant?.limits ?? {}),
    ...(tenant === undefined ? {} : { recording: { ...tenant.recording, ccId: tenant.ccId, timeZone: tenant.timeZone } }),
    queues: queues.map(({ id, name, media, maxWaitSeconds, maxWaiting, maxWrapupSeconds, treatment }) => ({
      id, name, media, maxWaitMs: maxWaitSeconds * 1000, maxWaiting, maxWrapUpMs: maxWrapupSeconds * 1000, treatment,
    })),
    agents: agents.map(agentConfigOf),
  };
}

const agentConfigOf = ({ workNo, roleId, agentType, skills }: Agent): AgentConfig => ({ id: workNo, roleId, type: agentType, skills });
