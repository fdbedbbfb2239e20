import type { Engine } from '../../engine/engine.ts';
import type { Guids } from './guid.ts';

/** The GUID that an agent should send from now on; undefined where no session is. */
export type GuidNow = (vdnId: number, agent: number, now: number) => Promise<string | undefined>;

export interface GuidNowDependencies {
  readonly engine: Pick<Engine, 'view'>;
  readonly guids: Guids;
  readonly rotates: (vdnId: number) => Promise<boolean>;
}

export function createGuidNow({ engine, guids, rotates }: GuidNowDependencies): GuidNow {
  return async (vdnId, agent, now) => {
    const rotating = await rotates(vdnId);
    return engine.view(vdnId, ({ agents }) => {
      const found = agents.get(agent);
      if (found === undefined) return undefined;
      const { profile: { session, mode }, guidGeneration: generation, signedInAt } = found;
      return guids.current({ vdnId, agent, session, generation, signedInAt }, rotating && mode === 'poll', now);
    });
  };
}
