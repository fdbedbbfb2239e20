import { handle, type Context, type Handler } from '@parley/contract/handler.ts';
import {
  cmsConfigureAgents, cmsConfigureCalledConfigs, cmsConfigureSkills, cmsConfigureVdns, cmsQueryTenantDetail, cmsQueryTenants, cmsRestReasons, cmsSkillGroups,
} from '@parley/contract/monitoring/configuration.ts';
import { scopeErrors } from '@parley/contract/monitoring/parts.ts';
import { isRefusal, refuse, type Refusal } from '@parley/contract/refusal.ts';
import { skillGroupsOf } from '@parley/core/agent/skill-groups.ts';
import type { Database } from '../../database/connect.ts';
import type { Accounts } from '../account/index.ts';
import type { Agent } from '../agent/index.ts';
import type { Flow } from '../ivr-flow/index.ts';
import type { Queue } from '../queue/index.ts';
import type { AccessCode, Route } from '../route/index.ts';
import type { Scope, Tenant, Tenants } from '../tenant/index.ts';
import { presentAgent, presentRoutes, presentSkillGroup, presentSpace, presentSpaceAgent } from './present.ts';

type Of<T> = (db: Database, vdnId: number) => Promise<readonly T[]>;

/** Whatever is shown belongs to other modules: this one has no table. */
export interface ConfigurationViewDependencies {
  readonly db: Database;
  readonly scope: Scope;
  readonly tenants: Pick<Tenants, 'page' | 'whoHas'>;
  readonly accounts: Pick<Accounts, 'findMany'>;
  readonly listAgents: Of<Agent>;
  readonly listQueues: Of<Queue>;
  readonly listFlows: Of<Flow>;
  readonly listRoutes: Of<Route>;
  readonly listInboundCodes: Of<AccessCode>;
  readonly restReasons: Of<{ readonly code: number; readonly name: string }>;
}

const TENANTS_AT_ONCE = 1000;

export function configurationViewHandlers(deps: ConfigurationViewDependencies): readonly Handler[] {
  const { db, scope, tenants, accounts, listAgents, listQueues, listFlows, listRoutes, listInboundCodes, restReasons } = deps;

  /** The tenants of a contact centre that are in service. */
  const ofContactCentre = async (ccId: number): Promise<readonly Tenant[]> => {
    const found: Tenant[] = [];
    let page: readonly Tenant[];
    let after = 0;
    do {
      page = await tenants.page(db, after, TENANTS_AT_ONCE);
      found.push(...page.filter((tenant) => tenant.enabled && tenant.ccId === ccId));
      after = page.at(-1)?.vdnId ?? after;
    } while (page.length === TENANTS_AT_ONCE);
    return found;
  };

  const spaceOf = async (context: Context, tenantId: string, ccId: number | undefined): Promise<Tenant | Refusal> => {
    const tenant = await tenants.whoHas(db, tenantId, tenantId);
    return tenant === undefined ? refuse(scopeErrors.foreignVdn, { what: `tenant space ${tenantId}` }) : scope(context, { ccId, vdn: tenant.vdnId });
  };

  return [
    handle(cmsConfigureVdns, async ({ ccId }, { caller }) => {
      if (caller.global !== true) return refuse(scopeErrors.foreignVdn, { what: 'all tenants of a contact centre' });
      return (await ofContactCentre(ccId)).map(({ vdnId, name }) => ({ vdn: vdnId, vdnName: name }));
    }),

    handle(cmsConfigureAgents, async ({ offset, limit, ...where }, context) => {
      const tenant = await scope(context, where);
      if (isRefusal(tenant)) return tenant;
      const agents = await listAgents(db, tenant.vdnId);
      const isPage = offset !== undefined && limit !== undefined;
      const wanted = isPage ? agents.slice(offset, offset + limit) : agents;
      const people = await accounts.findMany(db, tenant.vdnId, wanted.map(({ account }) => account));
      return { rows: wanted.map((agent) => presentAgent(agent, people)), ...(isPage ? { count: agents.length } : {}) };
    }),

    handle(cmsConfigureCalledConfigs, async (where, context) => {
      const tenant = await scope(context, where);
      if (isRefusal(tenant)) return tenant;
      const [routes, queues, flows] = await Promise.all([listRoutes(db, tenant.vdnId), listQueues(db, tenant.vdnId), listFlows(db, tenant.vdnId)]);
      return presentRoutes(tenant, routes, queues, flows);
    }),

    handle(cmsQueryTenantDetail, async ({ tenantId, ccId }, context) => {
      const tenant = await spaceOf(context, tenantId, ccId);
      if (isRefusal(tenant)) return tenant;
      const [codes, agents] = await Promise.all([listInboundCodes(db, tenant.vdnId), listAgents(db, tenant.vdnId)]);
      return [{ ...presentSpace(tenant, codes), agents: agents.map(presentSpaceAgent) }];
    }),

    handle(cmsSkillGroups, async ({ ccId, vdnId }, context) => {
      const tenant = await scope(context, { ccId, vdn: vdnId });
      if (isRefusal(tenant)) return tenant;
      const [agents, queues] = await Promise.all([listAgents(db, vdnId), listQueues(db, vdnId)]);
      return skillGroupsOf(agents).map((group) => presentSkillGroup(group, queues));
    }),

    handle(cmsQueryTenants, async ({ ccId }, context) => {
      if (context.caller.global === true) return refuse(scopeErrors.foreignVdn, { what: 'one tenant, as is asked for here' });
      const tenant = await scope(context, { vdn: context.vdnId });
      if (isRefusal(tenant)) return tenant;
      return ccId === undefined || ccId === tenant.ccId ? [presentSpace(tenant, await listInboundCodes(db, tenant.vdnId))] : [];
    }),

    handle(cmsConfigureSkills, async (where, context) => {
      const tenant = await scope(context, where);
      return isRefusal(tenant) ? tenant : (await listQueues(db, tenant.vdnId)).map(({ id, media, name }) => ({ id, mediaType: media, name }));
    }),

    handle(cmsRestReasons, async (where, context) => {
      const tenant = await scope(context, where);
      return isRefusal(tenant) ? tenant : (await restReasons(db, tenant.vdnId)).map(({ code, name }) => ({ restReasonId: code, restReason: name }));
    }),
  ];
}
