import type { Tokens } from './tokens.ts';

/** 17.1 tells an expired token from an unknown one; for so long it can. */
const KEPT_MS = 24 * 3_600_000;

/** The hourly job that removes tokens nobody can use any more. */
export function tokenSweep({ tokens, clock }: { readonly tokens: Pick<Tokens, 'sweep'>; readonly clock: () => number }): () => Promise<void> {
  return async () => { await tokens.sweep(clock() - KEPT_MS); };
}
