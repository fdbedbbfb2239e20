import {
  cmsAgentByWorkNo, cmsAgentPrivateCall, cmsAgentRestInfos, cmsAgentStatusInfo, cmsIsProcessCall, cmsQueryAgentByStatus, cmsQueryAgentCalls, cmsQueryAgentsCalls,
  cmsSiteAgentSkills, cmsSystemState, cmsTeamAgentStatusInfo,
} from '@parley/contract/monitoring/agent-live.ts';
import { scopeErrors } from '@parley/contract/monitoring/parts.ts';
import { handle, type Handler } from '@parley/contract/handler.ts';
import { refuse } from '@parley/contract/refusal.ts';
import { callsOf } from '@parley/core/agent/calls.ts';
import { ctiStateOf } from '@parley/core/agent/projection.ts';
import { allAgents, countStates } from '@parley/core/live/agents.ts';
import { known, noAgent, pageOf, type Look, type Looking } from './look.ts';
import { agentsNamed, inState, nameOf, presentAgent, presentCalls, presentCounts, presentRests, presentState, presentStatus } from './present-agent.ts';

const knownAgents = ({ centre }: Look, ids: readonly number[]): readonly number[] => known(ids, centre.config.agents);

/** 12.3.1.3. */
export function agentLiveHandlers({ lookAt }: Looking): readonly Handler[] {
  return [
    handle(cmsSiteAgentSkills, ({ agentIds, ...where }, context) => lookAt(where, context, (look) => knownAgents(look, agentIds).map((id) => {
      const signedIn = new Set(look.centre.agents.get(id)?.skills.map(({ queueId }) => queueId));
      const skills = (look.centre.config.agents.get(id)?.skills ?? []).toSorted((one, other) => one.queueId - other.queueId);
      return { agentId: id, skills: skills.map(({ queueId }) => ({ skillId: queueId, isLogin: signedIn.has(queueId) ? 1 : 0 })) };
    }))),

    handle(cmsAgentStatusInfo, ({ agentIds, ...where }, context) => lookAt(where, context, (look) =>
      knownAgents(look, agentIds).map((id) => presentStatus(look, id)))),

    handle(cmsQueryAgentCalls, ({ agentId, ...where }, context) => lookAt(where, context, ({ centre }) => {
      if (!centre.config.agents.has(agentId)) return noAgent(agentId);
      const agent = centre.agents.get(agentId);
      return agent === undefined ? [] : [...callsOf(agent)];
    })),

    handle(cmsQueryAgentsCalls, ({ agentIds, ...where }, context) => lookAt(where, context, (look) =>
      knownAgents(look, agentIds).map((id) => presentCalls(look, id)))),

    handle(cmsAgentPrivateCall, ({ agentId, ...where }, context) => lookAt(where, context, ({ centre }) =>
      (centre.config.agents.has(agentId) ? [...centre.agents.get(agentId)?.ownQueue ?? []] : noAgent(agentId)))),

    handle(cmsTeamAgentStatusInfo, ({ agentIds, ...where }, context) => lookAt(where, context, (look) => {
      const counts = presentCounts(countStates(look.centre, agentsNamed(look.centre, knownAgents(look, agentIds))));
      return { ...counts, workSubstateBegin: counts.workSubStateBegin };
    })),

    handle(cmsAgentByWorkNo, ({ agentId, ...where }, context) => lookAt(where, context, (look) =>
      (look.centre.config.agents.has(agentId) ? presentAgent(look, agentId) : noAgent(agentId)))),

    handle(cmsAgentRestInfos, async ({ limit, offset, ...where }, context) => {
      if ((limit === undefined) !== (offset === undefined)) return refuse(scopeErrors.wrongParameter, { message: 'limit and offset are given both or neither' });
      return lookAt(where, context, (look) => {
        const { allowed, on, waiting, details } = presentRests(look, allAgents(look.centre));
        return {
          allowRestNum: allowed, onRestNum: on, waitRestNum: waiting,
          agentsRestDetails: pageOf(details, { limit, offset })
            .map(({ agent, cant, since, seconds }) => ({ agentName: nameOf(look, agent), workNo: agent, cantRestReason: cant, beginTime: since, restDuration: seconds })),
        };
      });
    }),

    handle(cmsIsProcessCall, ({ agentId, ...where }, context) => lookAt(where, context, ({ centre }) => {
      if (!centre.config.agents.has(agentId)) return noAgent(agentId);
      const agent = centre.agents.get(agentId);
      return agent !== undefined && callsOf(agent).length > 0;
    })),

    handle(cmsSystemState, ({ limit, offset, ...where }, context) => lookAt(where, context, ({ centre }) => {
      const counts = countStates(centre, agentsNamed(centre, pageOf(allAgents(centre), { limit, offset })));
      return { busyAgent: inState(counts, 'busy'), talkingNum: inState(counts, 'talking'), idleAgent: inState(counts, 'idle'), totalLoginAgent: counts.signedIn };
    })),

    handle(cmsQueryAgentByStatus, ({ status, limit, offset, ...where }, context) => lookAt(where, context, (look) => {
      const { centre } = look;
      const ids = allAgents(centre).filter((id) => status === undefined || ctiStateOf(centre, centre.agents.get(id)) === status);
      return pageOf(ids, { limit, offset }).map((id) => presentState(look, id));
    })),
  ];
}
