import { ccfsErrors as errors } from '@parley/contract/ccfs/family.ts';
import type { Context } from '@parley/contract/handler.ts';
import { refuse, type Refusal } from '@parley/contract/refusal.ts';
import type { Tenant, Tenants } from '../tenant/index.ts';

/** Whose files a key has: a private one those of its tenant, a global one those of all. */
export interface Whose {
  /** The tenant of a request that may name a tenant space (13.2.1.2). */
  readonly bySpace: (context: Pick<Context, 'caller'>, accountId: string) => Promise<Tenant | Refusal>;
  /** The tenant in whose folder a file is. */
  readonly byVdn: (context: Pick<Context, 'caller'>, vdnId: number) => Promise<Tenant | Refusal>;
  /** The tenants that a call may be of. */
  readonly ofCall: (context: Pick<Context, 'caller'>, ccId: string) => Promise<readonly number[]>;
}

export function createWhose({ find, whoHas, ofContactCentre }: Pick<Tenants, 'find' | 'ofContactCentre'> & { readonly whoHas: (accountId: string) => Promise<Tenant | undefined> }): Whose {
  const inService = (tenant: Tenant | undefined): Tenant | undefined => (tenant?.enabled === true ? tenant : undefined);
  return {
    bySpace: async ({ caller }, accountId) => {
      if (caller.global === true && accountId === '') return refuse(errors.emptyParameter, { param: 'accountId' });
      const tenant = inService(await (caller.global === true ? whoHas(accountId) : find(caller.vdnId)));
      const isIt = tenant !== undefined && (accountId === '' || tenant.tenantSpaceId === accountId);
      return isIt ? tenant : refuse(errors.notAllowed, { message: 'the key in use is not for that accountId' });
    },
    byVdn: async ({ caller }, vdnId) => {
      const isOwn = caller.global === true || caller.vdnId === vdnId;
      return (isOwn ? inService(await find(vdnId)) : undefined) ?? refuse(errors.foreignRecord);
    },
    ofCall: async ({ caller }, ccId) => {
      if (caller.global === true) return ofContactCentre(/^\d{1,5}$/.test(ccId) ? Number(ccId) : 1);
      const tenant = inService(await find(caller.vdnId));
      return tenant !== undefined && (ccId === '' || ccId === String(tenant.ccId)) ? [tenant.vdnId] : [];
    },
  };
}
