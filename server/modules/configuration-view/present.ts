import type {
  cmsConfigureAgents, cmsConfigureCalledConfigs, cmsQueryTenantDetail, cmsQueryTenants, cmsSkillGroups,
} from '@parley/contract/monitoring/configuration.ts';
import type { Result } from '@parley/contract/operation.ts';
import type { SkillGroup } from '@parley/core/agent/skill-groups.ts';
import type { Account } from '../account/index.ts';
import type { Agent } from '../agent/index.ts';
import type { Flow } from '../ivr-flow/index.ts';
import type { Queue } from '../queue/index.ts';
import type { AccessCode, Route } from '../route/index.ts';
import type { Tenant } from '../tenant/index.ts';

type Space = Result<typeof cmsQueryTenants>[number];

export const presentAgent = ({ workNo, account, roleId, skills }: Agent, people: ReadonlyMap<string, Account>): Result<typeof cmsConfigureAgents>['rows'][number] => ({
  agentNo: String(workNo), agentName: people.get(account)?.name ?? '', roleId: String(roleId), skillId: skills.map(({ queueId }) => queueId).join(';'),
});

export function presentRoutes({ ccId, vdnId }: Tenant, routes: readonly Route[], queues: readonly Queue[], flows: readonly Flow[]): Result<typeof cmsConfigureCalledConfigs> {
  const names = { queue: new Map(queues.map(({ id, name }) => [id, name])), flow: new Map(flows.map(({ id, description }) => [id, description])) };
  return routes.map(({ accessCode, extCode, target, dnid }) => ({
    ccId, vdnId, accessCode, subCode: extCode, deviceType: target.kind === 'queue' ? '1' : '3', deviceName: names[target.kind].get(target.id) ?? '',
    deviceNo: String(target.id), dnid: String(dnid),
  }));
}

export const presentSpace = ({ ccId, vdnId, name, tenantSpaceId }: Tenant, codes: readonly AccessCode[]): Space => ({
  ccId, tenantId: tenantSpaceId, tenantSpaceName: name, vdnId, accessCodes: codes.map(({ code }) => ({ accessCode: code, isDefault: null })),
});

export const presentSpaceAgent = ({ workNo, sipNumber, account, agentType }: Agent): Result<typeof cmsQueryTenantDetail>[number]['agents'][number] =>
  ({ workNo, sipAccount: sipNumber, accountCode: account, agentType });

const MAX_NAME_BYTES = 64;

/** As much of a text as has so many bytes. */
function cut(name: string, bytes: number): string {
  let whole = '';
  for (const character of name) {
    if (Buffer.byteLength(whole + character) > bytes) break;
    whole += character;
  }
  return whole;
}

export function presentSkillGroup({ id, skills }: SkillGroup, queues: readonly Queue[]): Result<typeof cmsSkillGroups>[number] {
  const names = new Map(queues.map((queue) => [queue.id, queue.name]));
  return {
    id, skills: skills.map(({ queueId, skillWeight, agentWeight }) => ({ skillId: queueId, skillPower: skillWeight, agentPower: agentWeight })),
    groupName: cut(skills.map(({ queueId }) => names.get(queueId) ?? String(queueId)).join(' '), MAX_NAME_BYTES),
  };
}
