import { errors } from '@parley/contract/admin/family.ts';
import { refuse, type Refusal } from '@parley/contract/refusal.ts';
import { isRefused } from '@parley/core/centre/refused.ts';
import { mayHear, whoseRecording } from '@parley/core/recording/rights.ts';
import type { Engine } from '../../engine/engine.ts';
import type { Viewer } from '../console/index.ts';

/** Whose recordings somebody may hear: everybody's (undefined), or those of these agents; refused where one agent is asked for and the right is missing. */
export type HeardBy = (viewer: Viewer, asked?: number) => Promise<readonly number[] | undefined | Refusal>;

/** The own ones take no right here; of others, who is an agent hears what that agent may (6.3.8, 12.3.4.8). */
export const createHeardBy = ({ engine }: { readonly engine: Pick<Engine, 'view'> }): HeardBy => async ({ vdnId, agent, own, hears }, asked = agent) => {
  if (own !== undefined) return [own];
  if (hears === 'everybody' || agent === undefined) return undefined;
  return engine.view(vdnId, (centre) => {
    if (!mayHear(centre, agent)) {
      return asked === agent ? [agent] : refuse(errors.forbidden, { message: `the role of agent ${agent} has no right to recordings of others (bit 16 of 6.3.8), which an administrator gives it` });
    }
    return [...centre.config.agents.keys()].filter((other) => !isRefused(whoseRecording(centre, agent, other)));
  });
};
