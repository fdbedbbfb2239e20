import { addSkillsToAgent, agentErrors, queryAgentInfoBySkillIdConfig, releaseAgentBySkillId } from '@parley/contract/configuration/agent-account.ts';
import { handle, type Handler } from '@parley/contract/handler.ts';
import { isRefusal, refuse, type Refusal } from '@parley/contract/refusal.ts';
import type { Skill } from '@parley/core/agent/skills.ts';
import type { Database } from '../../database/connect.ts';
import type { Change } from '../../engine/writer.ts';
import { mediaOf, refuseSkills } from './checks.ts';
import type { AgentDependencies } from './index.ts';
import { presentMember } from './present.ts';
import { bindAgents, findAgents, listAgentsOfQueue, searchAgentsOfQueue, unbindAgents, type Agent } from './store.ts';

const change = (before: Agent, skills: readonly Skill[]): Change => ({ what: 'agent', id: String(before.workNo), before, after: { ...before, skills } });

/** All the agents named, each once, or the refusal that names the first one there is not. */
async function allOf(db: Database, vdnId: number, accounts: readonly string[]): Promise<readonly Agent[] | Refusal> {
  const agents = await findAgents(db, vdnId, [...new Set(accounts)]);
  const known = new Set(agents.map((agent) => agent.account));
  const unknown = accounts.find((account) => !known.has(account));
  return unknown === undefined ? agents : refuse(agentErrors.agentUnknown, { account: unknown });
}

const isBound = (agent: Agent, queueId: number): boolean => agent.skills.some((skill) => skill.queueId === queueId);

export function skillOperations({ db, writer, accounts, listQueues }: AgentDependencies): readonly Handler[] {
  return [
    handle(addSkillsToAgent, (input, { vdnId, by }) => writer.write(vdnId, by, async ({ tx, record }) => {
      const skill: Skill = { queueId: input.skillId, agentWeight: input.agentWeight, skillWeight: input.skillWeight };
      const media = await mediaOf(listQueues, tx, vdnId);
      if (!media.has(skill.queueId)) return refuse(agentErrors.agentQueueUnknown, { id: skill.queueId });
      const agents = await allOf(tx, vdnId, input.userAccounts);
      if (isRefusal(agents)) return agents;
      for (const agent of agents) {
        const unfit = refuseSkills(agent.agentType, [skill], media);
        if (unfit !== undefined) return unfit;
      }
      await bindAgents(tx, vdnId, agents.map((agent) => agent.workNo), skill);
      for (const agent of agents) record(change(agent, [...agent.skills.filter((other) => other.queueId !== skill.queueId), skill]));
      return {};
    })),

    handle(releaseAgentBySkillId, (input, { vdnId, by }) => writer.write(vdnId, by, async ({ tx, record }) => {
      const { skillId, userAccounts } = input;
      if (!(await mediaOf(listQueues, tx, vdnId)).has(skillId)) return refuse(agentErrors.agentQueueUnknown, { id: skillId });
      const named = userAccounts.length === 0 ? await listAgentsOfQueue(tx, vdnId, skillId) : await allOf(tx, vdnId, userAccounts);
      if (isRefusal(named)) return named;
      const leaving = named.filter((agent) => isBound(agent, skillId));
      await unbindAgents(tx, vdnId, leaving.map((agent) => agent.workNo), skillId);
      for (const agent of leaving) record(change(agent, agent.skills.filter((skill) => skill.queueId !== skillId)));
      return {};
    })),

    handle(queryAgentInfoBySkillIdConfig, async ({ skillId, pageNum, pageSize }, { vdnId }) => {
      if (!(await mediaOf(listQueues, db, vdnId)).has(skillId)) return refuse(agentErrors.agentQueueUnknown, { id: skillId });
      const { total, agents } = await searchAgentsOfQueue(db, vdnId, skillId, { number: pageNum, size: pageSize });
      const people = await accounts.findMany(db, vdnId, agents.map((agent) => agent.account));
      return { data: agents.map((agent) => presentMember(agent, skillId, people.get(agent.account))), count: total };
    }),
  ];
}
