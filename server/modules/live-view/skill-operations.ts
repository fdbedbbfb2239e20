import {
  cmsAgentByConfigedSkill, cmsAgentsInSkill, cmsAgentStatusBySkill, cmsBatchMultiSkill, cmsBatchSkillOverload, cmsCurrentCallStateInfo, cmsQueueDeviceStatus, cmsSkillCfgInfo,
  cmsSkillServiceQuality, cmsSkillStateInfo, cmsTotalSkillStatusEx3,
} from '@parley/contract/monitoring/skill-live.ts';
import { handle, type Handler } from '@parley/contract/handler.ts';
import { isRefusal } from '@parley/contract/refusal.ts';
import type { QueueConfig } from '@parley/core/centre/config.ts';
import { agentsOfExactly, agentsOfQueues, countStates, usableFor } from '@parley/core/live/agents.ts';
import { processingByQueue } from '@parley/core/live/queues.ts';
import { waitingCalls } from '@parley/core/queue/figures.ts';
import type { Remembered } from '../../engine/tenant-memory.ts';
import type { QueueDetails } from '../queue-device/index.ts';
import { known, noQueue, type Look, type Looking } from './look.ts';
import { presentAgent, presentCounts } from './present-agent.ts';
import { presentFiveMinutes, presentLimits, presentQuality, presentQueue, presentQueued, presentSkillState, presentWaiting } from './present-skill.ts';

/** No queue lets more wait (5.2.1). */
export const MAX_WAITING = 10_000;

export const knownQueues = ({ centre }: Look, ids: readonly number[]): readonly number[] => known(ids, centre.config.queues);
const configOf = (look: Look, ids: readonly number[]): readonly QueueConfig[] => knownQueues(look, ids).flatMap((id) => look.centre.config.queues.get(id) ?? []);

/** 12.3.1.2. */
export function skillLiveHandlers({ lookAt, lookAtFigures }: Looking, detailsOfQueues: Remembered<ReadonlyMap<number, QueueDetails>>): readonly Handler[] {
  return [
    handle(cmsAgentsInSkill, ({ skillIds, ...where }, context) => lookAt(where, context, (look) =>
      knownQueues(look, skillIds).map((id) => ({ skillId: id, agentIds: agentsOfQueues(look.centre, [id]).map((agent) => agent.id) })))),

    handle(cmsTotalSkillStatusEx3, async ({ skillIds, ...where }, context) => {
      // Whoever may not look at the tenant must not have it read.
      const looked = await lookAt(where, context, (look) => configOf(look, skillIds).map((queue) => ({ queue, present: presentQueue(look, queue, undefined) })));
      if (isRefusal(looked)) return looked;
      const details = await detailsOfQueues(where.vdn);
      return looked.map(({ queue, present }) => ({ ...present, skillDescrip: details.get(queue.id)?.description || present.skillDescrip }));
    }),

    handle(cmsCurrentCallStateInfo, ({ skillIds, ...where }, context) => lookAtFigures(where, context, (look, figures) =>
      knownQueues(look, skillIds).map((id) => presentFiveMinutes(figures, id)))),

    handle(cmsQueueDeviceStatus, ({ skillId, ...where }, context) => lookAt(where, context, ({ centre }) =>
      (centre.config.queues.has(skillId) ? waitingCalls(centre, skillId, MAX_WAITING).map(presentWaiting) : noQueue(skillId)))),

    handle(cmsSkillCfgInfo, ({ skillIds, ...where }, context) => lookAt(where, context, (look) => configOf(look, skillIds).map(presentLimits))),

    handle(cmsSkillStateInfo, ({ skillIds, ...where }, context) => lookAtFigures(where, context, (look, figures) => {
      const processing = processingByQueue(look.centre);
      return knownQueues(look, skillIds).map((id) => presentSkillState(look, figures, processing, id));
    })),

    handle(cmsBatchMultiSkill, ({ skillIds, ...where }, context) => lookAt(where, context, (look) => knownQueues(look, skillIds).map((id) => ({
      skillId: id, callPropertyExs: waitingCalls(look.centre, id, MAX_WAITING).map((call) => presentQueued(look, call, id)),
    })))),

    handle(cmsBatchSkillOverload, ({ skillIds, ...where }, context) => lookAtFigures(where, context, (look, { figures }) => knownQueues(look, skillIds).map((id) => ({
      skillId: id, overloadDetails: [...figures.get(id)?.tookOver ?? []].toSorted(([one], [other]) => one - other).map(([queueId, callNum]) => ({ queueId, callNum })),
    })))),

    handle(cmsAgentStatusBySkill, ({ skillIds, isSkillAllMatch = 'false', ...where }, context) => lookAt(where, context, ({ centre }) => {
      const agents = (isSkillAllMatch.toLowerCase() === 'true' ? agentsOfExactly : agentsOfQueues)(centre, skillIds);
      const media = new Set(skillIds.flatMap((id) => centre.config.queues.get(id)?.media ?? []));
      const counts = countStates(centre, agents, usableFor([...media]));
      return { ...presentCounts(counts), callOut: counts.callingOut };
    })),

    handle(cmsAgentByConfigedSkill, ({ skillId, ...where }, context) => lookAt(where, context, (look) => {
      if (!look.centre.config.queues.has(skillId)) return noQueue(skillId);
      return agentsOfQueues(look.centre, [skillId]).map(({ id }) => presentAgent(look, id));
    })),

    handle(cmsSkillServiceQuality, ({ skillIds, ...where }, context) => lookAtFigures(where, context, (look, figures) =>
      knownQueues(look, skillIds).map((id) => presentQuality(figures, id)))),
  ];
}
