import type { Handler } from '@parley/contract/handler.ts';
import type { Engine } from '../../engine/engine.ts';
import type { Remembered } from '../../engine/tenant-memory.ts';
import type { AgentNames } from '../agent-group/index.ts';
import type { Flow } from '../ivr-flow/index.ts';
import type { QueueDetails } from '../queue-device/index.ts';
import type { AccessCode } from '../route/index.ts';
import type { Scope } from '../tenant/index.ts';
import { agentLiveHandlers } from './agent-operations.ts';
import { createDepartures, type DeparturesDependencies } from './departures.ts';
import { createFiveMinutes, type FiveMinutesDependencies } from './five-minutes.ts';
import { legacyLiveHandlers } from './legacy-operations.ts';
import { createLooking, type Looking } from './look.ts';
import { skillLiveHandlers } from './skill-operations.ts';
import { vdnLiveHandlers } from './vdn-operations.ts';

export type { FiveMinutes } from './five-minutes.ts';
export { known, type Look, type Looking } from './look.ts';
export { stateSecondsOf } from './present-agent.ts';

export interface LiveViewDependencies extends Pick<DeparturesDependencies, 'lastDepartures' | 'onFault'> {
  readonly engine: Pick<Engine, 'view' | 'project'>;
  readonly scope: Scope;
  readonly clock: () => number;
  readonly agentNames: Remembered<AgentNames>;
  readonly detailsOfQueues: Remembered<ReadonlyMap<number, QueueDetails>>;
  readonly flowsOf: Remembered<readonly Flow[]>;
  readonly accessCodesOf: Remembered<readonly AccessCode[]>;
  readonly endedBetween: FiveMinutesDependencies['endedBetween'];
}

/** What is told of agents, queues and tenants as they are now (12.3.1). */
export interface LiveView {
  readonly handlers: readonly Handler[];
  /** For others who tell of the same moment. */
  readonly looking: Looking;
}

/** To be made before the engine starts, as it follows what happens. */
export function createLiveView(deps: LiveViewDependencies): LiveView {
  const recent = createFiveMinutes(deps);
  const looking = createLooking({ ...deps, departures: createDepartures(deps), recent });
  return {
    looking,
    handlers: [
      ...agentLiveHandlers(looking),
      ...skillLiveHandlers(looking, deps.detailsOfQueues),
      ...vdnLiveHandlers({ ...looking, ...deps }),
      ...legacyLiveHandlers(looking),
    ],
  };
}
