import {
  queryIVRInfoOnVdn, queryInNoOnVDN, queryQueueLengthBySkillId, queryQueueLengthOnAgent, queryQueueLengthOnAgentSkills, querySkillQueueOnAgentVDN,
  querySkillQueueOnVDN, queryStatInfoOfAcd, queueDeviceErrors as errors,
} from '@parley/contract/gateway/queue-device.ts';
import { handle, type Handler } from '@parley/contract/handler.ts';
import { refuse } from '@parley/contract/refusal.ts';
import { countWaiting } from '@parley/core/queue/figures.ts';
import type { Engine } from '../../engine/engine.ts';
import type { Remembered } from '../../engine/tenant-memory.ts';
import type { Flow } from '../ivr-flow/index.ts';
import type { AccessCode } from '../route/index.ts';
import { presentFigures, presentQueues, type QueueDetails } from './present.ts';

export interface QueueDeviceDependencies {
  readonly engine: Pick<Engine, 'view'>;
  /** By queue. */
  readonly detailsOfQueues: Remembered<ReadonlyMap<number, QueueDetails>>;
  readonly flowsOf: Remembered<readonly Flow[]>;
  /** Those at which calls come in. */
  readonly accessCodesOf: Remembered<readonly AccessCode[]>;
}

const idsOf = (skills: readonly { readonly queueId: number }[] = []): readonly number[] => skills.map(({ queueId }) => queueId);

/** 5.2.5 to 5.2.10, and what older desktops ask in their place. */
export function queueDeviceHandlers({ engine, detailsOfQueues, flowsOf, accessCodesOf }: QueueDeviceDependencies): readonly Handler[] {
  const queues = (vdnId: number) => engine.view(vdnId, (centre) => (centre.config.queues.size === 0 ? refuse(errors.vdnHasNoQueues) : presentQueues(centre)));

  return [
    handle(queryQueueLengthOnAgent, ({ agentid }, { vdnId }) =>
      engine.view(vdnId, (centre) => countWaiting(centre, idsOf(centre.config.agents.get(agentid)?.skills)))),

    handle(queryQueueLengthOnAgentSkills, ({ agentid }, { vdnId }) =>
      engine.view(vdnId, (centre) => countWaiting(centre, idsOf(centre.agents.get(agentid)?.skills)))),

    handle(querySkillQueueOnAgentVDN, (_input, { vdnId }) => queues(vdnId)),

    handle(querySkillQueueOnVDN, async ({ vdnid }, { vdnId }) => (vdnid === vdnId ? queues(vdnId) : refuse(errors.vdnNotOwn, { vdn: vdnid }))),

    handle(queryQueueLengthBySkillId, ({ skillid }, { vdnId }) =>
      engine.view(vdnId, (centre) => (centre.config.queues.has(skillid) ? countWaiting(centre, [skillid]) : refuse(errors.watchedQueueUnknown, { id: skillid })))),

    handle(queryStatInfoOfAcd, async ({ skills }, { vdnId, now }) => {
      const details = await detailsOfQueues(vdnId);
      return engine.view(vdnId, (centre) => {
        const unknown = skills.find((id) => !centre.config.queues.has(id));
        if (unknown !== undefined) return refuse(errors.watchedQueueUnknown, { id: unknown });
        return skills.flatMap((id) => centre.config.queues.get(id) ?? []).map((queue) => presentFigures(centre, queue, details.get(queue.id), now));
      });
    }),

    handle(queryIVRInfoOnVdn, async (_input, { vdnId }) => {
      const flows = (await flowsOf(vdnId)).filter(({ loaded }) => loaded);
      if (flows.length === 0) return refuse(errors.vdnHasNoFlows);
      return flows.map(({ id, accessCode, description }) => ({ access: accessCode, id, description, serviceNo: id }));
    }),

    handle(queryInNoOnVDN, async (_input, { vdnId }) => {
      const codes = await accessCodesOf(vdnId);
      if (codes.length === 0) return refuse(errors.vdnHasNoCodes);
      return codes.map(({ code, description, media }) => ({ inno: code, description: description ?? '', mediatype: media as 2 | 5 | 53 }));
    }),
  ];
}
