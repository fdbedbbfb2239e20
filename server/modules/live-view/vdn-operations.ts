import {
  cmsAllAgentPhones, cmsQueryAccessCodeCallInfo, cmsQueryAccessCodeInfo, cmsQueryAgentRestState, cmsQueryAgentStaticConf, cmsQueryIvrProcessInNoInfo, cmsQueryIvrStatusInfo,
  cmsQueryTotalAgentInfo, cmsTotalAgentAbstractEx3, cmsTotalAgentDynamicInfo, cmsTotalAgentState,
} from '@parley/contract/monitoring/vdn-live.ts';
import { scopeErrors } from '@parley/contract/monitoring/parts.ts';
import { handle, type Handler } from '@parley/contract/handler.ts';
import { isRefusal, refuse } from '@parley/contract/refusal.ts';
import { ctiStateOf } from '@parley/core/agent/projection.ts';
import { allAgents, rightsOf } from '@parley/core/live/agents.ts';
import { secondsBetween } from '@parley/core/live/queue-figures.ts';
import type { Remembered } from '../../engine/tenant-memory.ts';
import type { Flow } from '../ivr-flow/index.ts';
import type { AccessCode } from '../route/index.ts';
import type { Scope } from '../tenant/index.ts';
import { callsByCode, figuresOfCode } from './access-codes.ts';
import { pageOf, type Look, type Looking } from './look.ts';
import { groupOf, nameOf, NO_GROUP, presentRests, presentState } from './present-agent.ts';
import { presentWaiting } from './present-skill.ts';

export interface VdnLiveDependencies extends Looking {
  readonly scope: Scope;
  readonly flowsOf: Remembered<readonly Flow[]>;
  /** Those at which calls come in. */
  readonly accessCodesOf: Remembered<readonly AccessCode[]>;
}

interface Asked {
  readonly limit: number;
  readonly offset: number;
}

/** A page of all agents, and how many there are. */
const ofPage = <T>(look: Look, page: Asked, present: (id: number) => T): { count: number; rows: T[] } => {
  const all = allAgents(look.centre);
  return { count: all.length, rows: pageOf(all, page).map(present) };
};

const stateOf = ({ centre }: Look) => (id: number) => ({ agentId: id, state: ctiStateOf(centre, centre.agents.get(id)) });
const configuredOf = (look: Look, groupId: (id: number) => number) => (id: number) => ({ agentId: id, groupId: groupId(id), rights: rightsOf(look.centre, id), name: nameOf(look, id), realFlag: 1 as const });

/** 12.3.1.1. */
export function vdnLiveHandlers({ lookAt, scope, flowsOf, accessCodesOf }: VdnLiveDependencies): readonly Handler[] {
  return [
    handle(cmsQueryAccessCodeInfo, async (where, context) => {
      const tenant = await scope(context, where);
      if (isRefusal(tenant)) return tenant;
      return (await accessCodesOf(tenant.vdnId)).map(({ id, media, code, description }) => ({ acId: id, mediatypeId: media, accessCode: code, codeDescription: description ?? '' }));
    }),

    handle(cmsQueryAgentRestState, ({ limit, offset, ...where }, context) => lookAt(where, context, (look) => {
      const { tenant, now } = look;
      const all = allAgents(look.centre);
      const { on, allowed, waiting, details } = presentRests(look, pageOf(all, { limit, offset }));
      return {
        count: all.length,
        rows: {
          onRestAgentNum: on, allowRestAgentNum: allowed, waitRestAgentNum: waiting,
          details: details.map(({ agent, isOn, since, seconds, cant }) => {
            const rested = secondsBetween(since, now);
            return {
              agentId: agent, cantRestCause: cant, vdnId: tenant.vdnId, ccId: tenant.ccId, beginTime: since, applyRestLength: seconds, name: nameOf(look, agent),
              ...(isOn ? { reqRestDuration: rested, reqRestDura: rested } : {}),
            };
          }),
        },
      };
    })),

    handle(cmsAllAgentPhones, ({ limit, offset, ...where }, context) => lookAt(where, context, (look) =>
      ofPage(look, { limit, offset }, (id) => ({ agentId: id, phone: look.centre.agents.get(id)?.profile.phone ?? '' })))),

    handle(cmsTotalAgentAbstractEx3, ({ limit, offset, ...where }, context) => lookAt(where, context, (look) => ofPage(look, { limit, offset }, (id) => presentState(look, id)))),

    handle(cmsTotalAgentDynamicInfo, ({ limit, offset, ...where }, context) => lookAt(where, context, (look) => ofPage(look, { limit, offset }, stateOf(look)))),

    handle(cmsQueryAgentStaticConf, ({ limit, offset, ...where }, context) => lookAt(where, context, (look) =>
      ofPage(look, { limit, offset }, configuredOf(look, () => NO_GROUP)))),

    handle(cmsQueryIvrStatusInfo, async ({ flowId, ...where }, context) => {
      const looked = await lookAt(where, context, ({ centre }) => [...centre.calls.values()].filter(({ flow }) => flow?.code === String(flowId)).map(presentWaiting));
      if (isRefusal(looked) || (await flowsOf(where.vdn)).some(({ id }) => id === flowId)) return looked;
      return refuse(scopeErrors.wrongParameter, { message: `there is no flow ${flowId} in this VDN` });
    }),

    handle(cmsQueryIvrProcessInNoInfo, async (where, context) => {
      const tenant = await scope(context, where);
      if (isRefusal(tenant)) return tenant;
      return (await flowsOf(tenant.vdnId)).filter(({ loaded }) => loaded).toSorted((one, other) => one.id - other.id)
        .map(({ id, accessCode, description }) => ({ id, serviceNo: id, realFlag: 1 as const, accessNo: accessCode, description }));
    }),

    handle(cmsQueryAccessCodeCallInfo, async ({ innoIds, ...where }, context) => {
      const tenant = await scope(context, where);
      if (isRefusal(tenant)) return tenant;
      const codes = await accessCodesOf(tenant.vdnId);
      const own = new Set(codes.map(({ id }) => id));
      return lookAt(where, context, (look) => {
        const figures = callsByCode(look, codes);
        return [...new Set(innoIds)].filter((id) => own.has(id)).map((id) => figuresOfCode(figures, id));
      });
    }),

    handle(cmsQueryTotalAgentInfo, (where, context) => lookAt(where, context, (look) => allAgents(look.centre).map(configuredOf(look, (id) => groupOf(look, id))))),

    handle(cmsTotalAgentState, (where, context) => lookAt(where, context, (look) => allAgents(look.centre).map(stateOf(look)))),
  ];
}
