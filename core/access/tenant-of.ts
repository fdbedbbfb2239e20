/** For which tenant a request acts, or why it may not. */
export type TenantChoice =
  | { readonly ok: true; readonly vdnId: number }
  | { readonly ok: false; readonly why: 'foreign' | 'unsaid' };

/**
 * Bodies of C2 operations name the tenant (`vdn`) although the key tells it already. A private key acts for its own
 * tenant alone, named or not; a global one acts for the tenant it names, and must name one. Whether a tenant of that
 * number exists is for the caller to find out: to a global key that is no secret.
 */
export function tenantOf(caller: { readonly vdnId: number; readonly global?: boolean }, asked: number | undefined): TenantChoice {
  if (caller.global === true) return asked === undefined || asked === 0 ? { ok: false, why: 'unsaid' } : { ok: true, vdnId: asked };
  return asked === undefined || asked === caller.vdnId ? { ok: true, vdnId: caller.vdnId } : { ok: false, why: 'foreign' };
}
