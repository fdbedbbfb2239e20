import { handle, type Context, type Handler } from '@parley/contract/handler.ts';
import { scopeErrors } from '@parley/contract/monitoring/parts.ts';
import { ctiLicenseStatus, ctiServerTime, UNLIMITED } from '@parley/contract/monitoring/usage.ts';
import type { Result } from '@parley/contract/operation.ts';
import { isRefusal, refuse, type Refusal } from '@parley/contract/refusal.ts';
import { INSTALLATION, MAX_VDN_ID } from '@parley/core/tenant/settings.ts';
import { inUseOf, MEASURED, noCounts, type Counts } from '@parley/core/usage/in-use.ts';
import type { Engine } from '../../engine/engine.ts';
import type { Scope, Tenant, Tenants } from '../tenant/index.ts';
import type { Peaks } from './peaks.ts';

export interface UsageDependencies {
  readonly clock: () => number;
  readonly engine: Pick<Engine, 'glance'>;
  readonly scope: Scope;
  readonly tenants: Pick<Tenants, 'find' | 'ofContactCentre'>;
  readonly peaks: Pick<Peaks, 'of'>;
}

/** What caps there are (5.1): of the two nouns that are counted while agents work. */
const capOf = (tenants: readonly Tenant[], noun: 'signedInAgents' | 'voiceChannels'): number =>
  tenants.reduce((sum, { limits }) => Math.min(UNLIMITED, sum + (limits[noun] ?? UNLIMITED)), 0);

const present = (tenants: readonly Tenant[], maxTenants: number, now: Counts, most: Counts): Result<typeof ctiLicenseStatus> => ({
  licenseMaxAgentNum: capOf(tenants, 'signedInAgents'), licenseMaxVideoAgentNum: UNLIMITED, licenseMaxVdnNum: maxTenants,
  licenseMaxIvrCallNum: UNLIMITED, licenseMaxVoiceCallNum: capOf(tenants, 'voiceChannels'), licenseMaxWebCallNum: UNLIMITED,
  loginAgentNum: now.agents, loginVideoAgentNum: now.videoAgents, vdnNum: tenants.length, ivrCallNum: now.ivrCalls, voiceCallNum: now.voiceCalls, webCallNum: now.webCalls,
  historyMaxAgentNum: most.agents, historyMaxVideoAgentNum: most.videoAgents, historyMaxIvrCallNum: most.ivrCalls,
  historyMaxVoiceCallNum: most.voiceCalls, historyMaxWebCallNum: most.webCalls,
  licenseStartDate: 0, licenseEndDate: 0,
});

export function usageHandlers({ clock, engine, scope, tenants, peaks }: UsageDependencies): readonly Handler[] {
  /** The tenants for which the key is; none of another contact centre. */
  const tenantsOf = async (context: Context, ccId: number): Promise<readonly Tenant[] | Refusal> => {
    if (context.caller.global !== true) {
      const tenant = await scope(context, { ccId, vdn: context.vdnId });
      return isRefusal(tenant) ? tenant : [tenant];
    }
    const found = await Promise.all((await tenants.ofContactCentre(ccId)).map((vdnId) => tenants.find(vdnId)));
    const there = found.flatMap((tenant) => tenant ?? []);
    return there.length === 0 ? refuse(scopeErrors.foreignVdn, { what: `contact centre ${ccId}` }) : there;
  };

  const inUse = async (of: readonly Tenant[]): Promise<Counts> => {
    const sum = noCounts();
    for (const { counts } of await Promise.all(of.map(({ vdnId }) => engine.glance(vdnId, inUseOf)))) for (const what of MEASURED) sum[what] += counts[what];
    return sum;
  };

  return [
    handle(ctiServerTime, async ({ ccId }, context) => {
      const of = await tenantsOf(context, ccId);
      return isRefusal(of) ? of : clock();
    }),

    handle(ctiLicenseStatus, async ({ ccId }, context) => {
      const of = await tenantsOf(context, ccId);
      if (isRefusal(of)) return of;
      const isGlobal = context.caller.global === true;
      return present(of, isGlobal ? MAX_VDN_ID : 1, await inUse(of), await peaks.of(isGlobal ? INSTALLATION : context.vdnId));
    }),
  ];
}
