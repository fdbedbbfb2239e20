import type { Agent } from '@parley/core/agent/agent.ts';
import type { Engine } from '../../engine/engine.ts';
import type { GuidOf, Guids } from './guid.ts';

/** The GUID that the session should send from now on; undefined where it has ended. */
export type GuidNow = (vdnId: number, agent: number, session: string) => Promise<string | undefined>;

export interface GuidNowDependencies {
  readonly engine: Pick<Engine, 'view'>;
  readonly guids: Guids;
  readonly rotates: (vdnId: number) => Promise<boolean>;
  readonly clock: () => number;
}

/** What the GUIDs of an agent's session are made of. */
export const guidOf = (vdnId: number, { id, profile, guidGeneration, guidRenewedAt, signedInAt }: Agent): GuidOf =>
  ({ vdnId, agent: id, session: profile.session, generation: guidGeneration, renewedAt: guidRenewedAt, signedInAt });

/** A push agent's GUID does not rotate, since no reply brings it a new one (6.1.4.2). */
export const followsRotation = ({ profile }: Agent): boolean => profile.mode === 'poll';

export function createGuidNow({ engine, guids, rotates, clock }: GuidNowDependencies): GuidNow {
  return async (vdnId, agent, session) => {
    const rotating = await rotates(vdnId);
    return engine.view(vdnId, ({ agents }) => {
      const found = agents.get(agent);
      return found?.profile.session === session ? guids.current(guidOf(vdnId, found), rotating && followsRotation(found), clock()) : undefined;
    });
  };
}
