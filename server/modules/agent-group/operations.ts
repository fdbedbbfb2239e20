import { colleagueErrors } from '@parley/contract/gateway/agent-skill.ts';
import {
  agentGroupErrors, getAgentRestReason, getAllStatusAgents, getIdleStatusAgents, isCensor, queryAgentInfoBySkillIdOnline, queryAgentInfoByWorkNo,
  queryAllLoginedAgentInfoOnVdn, queryAllOnlineAgents,
} from '@parley/contract/gateway/agent-group.ts';
import { queueDeviceErrors } from '@parley/contract/gateway/queue-device.ts';
import { handle, type Handler } from '@parley/contract/handler.ts';
import { refuse } from '@parley/contract/refusal.ts';
import { isInspector } from '@parley/core/agent/calls.ts';
import type { Reason } from '@parley/core/tenant/workplace.ts';
import type { Engine } from '../../engine/engine.ts';
import type { Remembered } from '../../engine/tenant-memory.ts';
import { presentAgents, presentByQueue, presentDetails, type AgentNames, type Look } from './present.ts';

export interface AgentGroupDependencies {
  readonly engine: Pick<Engine, 'view'>;
  /** Names of the agents' accounts: they are personal, so the engine does not know them. */
  readonly agentNames: Remembered<AgentNames>;
  readonly restReasons: Remembered<readonly Reason[]>;
}

/** 5.2.11 to 5.2.13, and what older desktops ask in their place. */
export function agentGroupHandlers({ engine, agentNames, restReasons }: AgentGroupDependencies): readonly Handler[] {
  const lookAt = async <T>({ vdnId, now }: { readonly vdnId: number; readonly now: number }, look: (at: Look) => T): Promise<T> => {
    const names = await agentNames(vdnId);
    return engine.view(vdnId, (centre) => look({ centre, names, now }));
  };

  return [
    handle(queryAgentInfoBySkillIdOnline, ({ skillid }, context) => lookAt(context, (look) => {
      if (!look.centre.config.queues.has(skillid)) return refuse(queueDeviceErrors.watchedQueueUnknown, { id: skillid });
      // Who takes no inbound calls (6.1.1.22) is no member.
      const members = look.centre.queues.get(skillid)?.members;
      if (members === undefined || members.size === 0) return refuse(agentGroupErrors.noAgentOnDuty, { id: skillid });
      return presentAgents(look, members).map((agent) => ({ ...agent, skilliconfig: [] }));
    })),

    handle(queryAgentInfoByWorkNo, ({ workno }, context) => lookAt(context, (look) =>
      (look.centre.config.agents.has(workno) ? presentDetails(look, workno) : refuse(colleagueErrors.colleagueUnknown, { agent: workno })))),

    handle(queryAllOnlineAgents, (_input, context) => lookAt(context, (look) =>
      (look.centre.config.queues.size === 0 ? refuse(queueDeviceErrors.vdnHasNoQueues) : presentByQueue(look)))),

    handle(queryAllLoginedAgentInfoOnVdn, (_input, context) => lookAt(context, (look) => presentAgents(look, look.centre.agents.keys()))),

    handle(getAllStatusAgents, (_input, context) => lookAt(context, (look) => presentAgents(look, look.centre.config.agents.keys()))),

    handle(getIdleStatusAgents, (_input, context) => lookAt(context, (look) =>
      presentAgents(look, [...look.centre.agents.values()].filter(({ state }) => state === 'idle').map(({ id }) => id)))),

    handle(getAgentRestReason, async (_input, { vdnId }) =>
      (await restReasons(vdnId)).map(({ code, name }) => ({ restReasonId: code, restReason: name }))),

    handle(isCensor, ({ agentid }, { vdnId }) => engine.view(vdnId, (centre) => isInspector(centre, agentid))),
  ];
}
