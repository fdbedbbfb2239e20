import type { Context } from '@parley/contract/handler.ts';
import { scopeErrors } from '@parley/contract/monitoring/parts.ts';
import { refuse, type Refusal } from '@parley/contract/refusal.ts';
import type { Tenants } from '../tenant/index.ts';

/** What a request is about: the tenants of one contact centre, or of all. */
export interface Whole {
  /** As it was asked for; the first one where it was not. */
  readonly ccId: number;
  /** Undefined for all. */
  readonly vdnIds: readonly number[] | undefined;
}

/** The contact centre that everybody is of who did not ask for another (5.1). */
const DEFAULT_CC = 1;

/** The installation shows itself to keys of the installation alone (12.3.6). */
export const createWhole = (tenants: Pick<Tenants, 'ofContactCentre'>) => async ({ caller }: Context, ccId: number | undefined): Promise<Whole | Refusal> => {
  if (caller.global !== true) return refuse(scopeErrors.foreignVdn, { what: 'the whole installation' });
  if (ccId === undefined) return { ccId: DEFAULT_CC, vdnIds: undefined };
  const vdnIds = await tenants.ofContactCentre(ccId);
  return vdnIds.length === 0 ? refuse(scopeErrors.foreignVdn, { what: `contact centre ${ccId}` }) : { ccId, vdnIds };
};
