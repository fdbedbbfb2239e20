import type { agentAccountQuery, queryAgentInfoBySkillIdConfig } from '@parley/contract/configuration/agent-account.ts';
import type { Result } from '@parley/contract/operation.ts';
import type { Skill } from '@parley/core/agent/skills.ts';
import type { Account } from '../account/index.ts';
import type { Agent } from './store.ts';

interface WireSkill {
  readonly skillId: number;
  readonly agentWeight?: number;
  readonly skillWeight?: number;
}

export const readSkills = (skills: readonly WireSkill[]): readonly Skill[] =>
  skills.map(({ skillId, agentWeight = 1, skillWeight = 1 }) => ({ queueId: skillId, agentWeight, skillWeight }));

type Person = Pick<Account, 'name' | 'email' | 'phone'>;

export function presentAgent(agent: Agent, person: Person | undefined): Result<typeof agentAccountQuery>['data'][number] {
  return {
    userAccount: agent.account,
    userName: person?.name ?? '',
    phone: person?.phone ?? '',
    email: person?.email ?? '',
    agentType: agent.agentType,
    ccRoleId: agent.roleId,
    sipAccount: agent.sipNumber,
    skills: agent.skills.map(({ queueId, agentWeight, skillWeight }) => ({ skillId: queueId, agentWeight, skillWeight })),
    workNo: agent.workNo,
    transparentDisplayFlag: agent.transparentDisplay,
  };
}

export function presentMember(agent: Agent, queueId: number, person: Person | undefined): Result<typeof queryAgentInfoBySkillIdConfig>['data'][number] {
  const skill = agent.skills.find((candidate) => candidate.queueId === queueId);
  return {
    workNo: agent.workNo,
    agentType: agent.agentType,
    agentWeight: skill?.agentWeight ?? 1,
    accountName: person?.name ?? '',
    sipAccount: agent.sipNumber,
    skillWeight: skill?.skillWeight ?? 1,
    userAccount: agent.account,
    accountCode: agent.account,
  };
}
