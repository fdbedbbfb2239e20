import { cmsAgentRindex, cmsRindexVdn, cmsSkillRindex } from '@parley/contract/monitoring/live-figures.ts';
import { scopeErrors } from '@parley/contract/monitoring/parts.ts';
import { handle, type Handler } from '@parley/contract/handler.ts';
import type { Result } from '@parley/contract/operation.ts';
import { isRefusal, refuse } from '@parley/contract/refusal.ts';
import { ctiStateOf } from '@parley/core/agent/projection.ts';
import { liveAsked, SKILL_LIVE, skillNow, VDN_LIVE, vdnNow, type AgentLiveCode } from '@parley/core/indicator/live.ts';
import { processingByQueue } from '@parley/core/live/queues.ts';
import { known, stateSecondsOf, type Look, type Looking } from '../live-view/index.ts';

type AgentValue = Result<typeof cmsAgentRindex>[number]['idxs'][number]['val'];

const AGENT_READINGS: ReadonlyMap<string, (look: Look, id: number) => AgentValue> = new Map(Object.entries({
  IDX_AGENT_PHONE: ({ centre }, id) => centre.agents.get(id)?.profile.phone ?? '',
  IDX_AGENT_CURRENT_STATE: ({ centre }, id) => ctiStateOf(centre, centre.agents.get(id)),
  IDX_DURATION_AGENT_CURRENT_STATE: (look, id) => stateSecondsOf(look, id, look.centre.agents.get(id)),
  IDX_AGENT_LOGIN_SKILLS: ({ centre }, id) =>
    (centre.agents.get(id)?.skills ?? centre.config.agents.get(id)?.skills ?? []).map(({ queueId }) => queueId).toSorted((one, other) => one - other),
} satisfies Record<AgentLiveCode, (look: Look, id: number) => AgentValue>));

const wrong = (message: string) => refuse(scopeErrors.wrongParameter, { message });

/** 12.3.1.1.17, 12.3.1.2.12 and 12.3.1.3.11: figures of this moment by their codes. */
export function liveIndicatorHandlers({ lookAt, lookAtFigures }: Looking): readonly Handler[] {
  return [
    handle(cmsRindexVdn, async ({ vdnIds, indexIds, ccId }, context) => {
      const tenants: Result<typeof cmsRindexVdn> = [];
      for (const vdn of new Set(vdnIds)) {
        const shown = await lookAt({ ccId, vdn }, context, ({ centre }) => {
          const asked = liveAsked(VDN_LIVE, indexIds);
          if ('wrong' in asked) return wrong(asked.wrong);
          const now = vdnNow(centre);
          return { id: String(vdn), idxs: asked.map(({ as, of }) => ({ id: as, val: of(now) })) };
        });
        if (isRefusal(shown)) return shown;
        tenants.push(shown);
      }
      return tenants;
    }),

    handle(cmsSkillRindex, ({ skillIds, indexIds, ...where }, context) => lookAtFigures(where, context, ({ centre, now }, { figures }) => {
      const asked = liveAsked(SKILL_LIVE, indexIds);
      if ('wrong' in asked) return wrong(asked.wrong);
      const processing = processingByQueue(centre);
      return known(skillIds, centre.config.queues).map((id) => {
        const stands = skillNow(centre, id, now, figures, processing);
        return { id: String(id), idxs: asked.map(({ as, of }) => ({ id: as, val: String(of(stands)) })) };
      });
    })),

    handle(cmsAgentRindex, ({ agentIds, indexIds, ...where }, context) => lookAt(where, context, (look) => {
      const asked = liveAsked(AGENT_READINGS, indexIds);
      if ('wrong' in asked) return wrong(asked.wrong);
      return known(agentIds, look.centre.config.agents).map((id) => ({ id, idxs: asked.map(({ as, of }) => ({ id: as, val: of(look, id) })) }));
    })),
  ];
}
