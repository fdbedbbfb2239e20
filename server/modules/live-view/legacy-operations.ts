import { legacyAgentByConfigedSkill, legacyAgentByWorkNo, legacyAgentRestInfo, legacySkillStateInfo, legacySystemState } from '@parley/contract/monitoring/legacy-live.ts';
import { handle, type Handler } from '@parley/contract/handler.ts';
import { agentsOfQueues, allAgents, countStates } from '@parley/core/live/agents.ts';
import { processingByQueue } from '@parley/core/live/queues.ts';
import { noAgent, noQueue, type Looking } from './look.ts';
import { agentsNamed, inState, nameOf, presentAgent, presentRests } from './present-agent.ts';
import { presentOldSkillState, presentSkillState } from './present-skill.ts';
import { knownQueues } from './skill-operations.ts';

/** 12.3.8.13: of 12.3.1, in the words of releases before. */
export function legacyLiveHandlers({ lookAt, lookAtFigures }: Looking): readonly Handler[] {
  return [
    handle(legacyAgentByWorkNo, ({ agentId, ...where }, context) => lookAt(where, context, (look) => {
      if (!look.centre.config.agents.has(agentId)) return noAgent(agentId);
      const { workNo, vdnId, citStatus, name, phoneNumber, loginDate, currentStateTime, mediaType, status } = presentAgent(look, agentId);
      return { workno: workNo, vdnid: vdnId, citStatus, name, phonenumber: phoneNumber, logindate: loginDate, currentstatetime: currentStateTime, mediatype: mediaType, status };
    })),

    handle(legacySystemState, (where, context) => lookAt(where, context, ({ centre }) => {
      const counts = countStates(centre, agentsNamed(centre, allAgents(centre)));
      return { busyagent: inState(counts, 'busy'), talkingnum: inState(counts, 'talking'), idleagent: inState(counts, 'idle'), totalloginagent: counts.signedIn };
    })),

    handle(legacyAgentRestInfo, (where, context) => lookAt(where, context, (look) => {
      const { allowed, on, waiting, details } = presentRests(look, allAgents(look.centre));
      return {
        allowrestnum: allowed, onrestnum: on, waitrestnum: waiting,
        agentsrestdetails: details.map(({ agent, cant, since, seconds }) => ({ agentname: nameOf(look, agent), workno: agent, cantrestreason: cant, begintime: since, restduration: seconds })),
      };
    })),

    handle(legacySkillStateInfo, ({ skillIds, ...where }, context) => lookAtFigures(where, context, (look, figures) => {
      const processing = processingByQueue(look.centre);
      return knownQueues(look, skillIds).map((id) => presentOldSkillState(presentSkillState(look, figures, processing, id)));
    })),

    handle(legacyAgentByConfigedSkill, ({ skillId, ...where }, context) => lookAt(where, context, (look) => {
      if (!look.centre.config.queues.has(skillId)) return noQueue(skillId);
      return agentsOfQueues(look.centre, [skillId]).map(({ id }) => {
        const { workNo, name, status, ctiStatus, groupId, mediaType, vdnId, phoneNumber, currentStateTime, loginDate } = presentAgent(look, id);
        return {
          workno: workNo, name, status, ctiStatus, groupid: groupId, mediatype: mediaType, vdnid: vdnId, phonenummer: phoneNumber, phonenum: phoneNumber,
          currentstatetime: currentStateTime, logindate: loginDate,
        };
      });
    })),
  ];
}
