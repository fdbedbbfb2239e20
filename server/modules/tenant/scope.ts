import type { Context } from '@parley/contract/handler.ts';
import { scopeErrors } from '@parley/contract/monitoring/parts.ts';
import { refuse, type Refusal } from '@parley/contract/refusal.ts';
import type { Tenant, Tenants } from './store.ts';

/** Where an operation of 12.3 looks, as its request says. */
export interface Where {
  readonly ccId?: number | undefined;
  readonly vdn: number;
}

/** Whose figures a key shows: a private one those of its tenant, a global one those of all. What is not shown is not told to be there. */
export type Scope = (context: Pick<Context, 'caller'>, where: Where) => Promise<Tenant | Refusal>;

export const createScope = ({ find }: Pick<Tenants, 'find'>): Scope => async ({ caller }, { ccId, vdn }) => {
  const isOwn = caller.global === true || caller.vdnId === vdn;
  const tenant = isOwn ? await find(vdn) : undefined;
  if (tenant === undefined || !tenant.enabled) return refuse(scopeErrors.foreignVdn, { what: `VDN ${vdn}` });
  return ccId === undefined || tenant.ccId === ccId ? tenant : refuse(scopeErrors.foreignVdn, { what: `contact centre ${ccId}` });
};
