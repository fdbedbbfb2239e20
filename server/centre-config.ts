import type { AgentConfig, ConfigChange, Limits } from '@parley/core/centre/config.ts';
import { AGENT_ROLES } from '@parley/core/tenant/workplace.ts';
import type { Database } from './database/connect.ts';
import { listAgents, type Agent } from './modules/agent/index.ts';
import { flowCodes } from './modules/ivr-flow/index.ts';
import { listQueues } from './modules/queue/index.ts';
import type { Tenant } from './modules/tenant/index.ts';
import { groupNumbers, readGroups } from './modules/user-group/index.ts';
import { permissionBitsOf } from './modules/workplace/index.ts';

/** Caps that the engine keeps; the others are kept where rows are written. */
const limitsOf = ({ signedInAgents, voiceChannels }: Readonly<Record<string, number>>): Limits => ({
  ...(signedInAgents === undefined ? {} : { signedIn: signedInAgents }), ...(voiceChannels === undefined ? {} : { voiceChannels }),
});

/** The whole configuration of a VDN that decisions use, as its rows say; with `workNos` these agents alone. */
export async function centreConfigOf(db: Database, vdnId: number, tenant: Tenant | undefined, workNos?: readonly number[]): Promise<ConfigChange> {
  const [agents, groupOf] = await Promise.all([listAgents(db, vdnId, workNos), groupNumbers(db, vdnId, workNos)]);
  const agentConfigs = agents.map((agent) => agentConfigOf(agent, groupOf.get(agent.workNo)));
  if (workNos !== undefined) return { agents: agentConfigs };
  const [queues, flows, groups, roles] = await Promise.all([
    listQueues(db, vdnId),
    flowCodes(db, vdnId),
    readGroups(db, vdnId),
    Promise.all(AGENT_ROLES.map(async ({ roleId }) => ({ id: roleId, bits: await permissionBitsOf(db, vdnId, roleId) }))),
  ]);
  return {
    roles, limits: limitsOf(tenant?.limits ?? {}),
    ...(tenant === undefined ? {} : { recording: { ...tenant.recording, ccId: tenant.ccId, timeZone: tenant.timeZone } }),
    queues: queues.map(({ id, name, media, maxWaitSeconds, maxWaiting, maxWrapupSeconds, treatment }) => ({
      id, name, media, maxWaitMs: maxWaitSeconds * 1000, maxWaiting, maxWrapUpMs: maxWrapupSeconds * 1000, treatment,
    })),
    flows: [...flows].map(([id, accessCode]) => ({ id, accessCode })),
    agents: agentConfigs,
    groups: groups.map(({ no, inspects }) => ({ id: no, inspects: groups.flatMap((other) => (inspects.includes(other.id) ? [other.no] : [])) })),
  };
}

const agentConfigOf = ({ workNo, roleId, agentType, skills }: Agent, group: number | undefined): AgentConfig =>
  ({ id: workNo, roleId, type: agentType, skills, ...(group === undefined ? {} : { group }) });
