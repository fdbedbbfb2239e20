import type { Handler } from '@parley/contract/handler.ts';
import type { Database } from '../../database/connect.ts';
import { trialAdministration } from './administration.ts';
import { applyHandlers, type TrialDependencies } from './apply.ts';
import { forgetCodes } from './codes.ts';
import { forgetMailDays } from './settings.ts';

export type { Applicant, TrialDependencies } from './apply.ts';

export const trialHandlers = (deps: TrialDependencies): readonly Handler[] => [...applyHandlers(deps), ...trialAdministration(deps)];

const KEPT_MS = 30 * 86_400_000;

/** The hourly job that forgets what is over. */
export function trialSweep({ db, clock }: { readonly db: Database; readonly clock: () => number }): () => Promise<void> {
  return async () => {
    await forgetCodes(db, clock());
    await forgetMailDays(db, clock() - KEPT_MS);
  };
}
