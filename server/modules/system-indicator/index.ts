import type { Handler } from '@parley/contract/handler.ts';
import { historyHandlers, type HistoryDependencies } from './history-operations.ts';
import { createSampling, type SamplingDependencies } from './sampling.ts';
import { switchHandlers, type SwitchDependencies } from './switch-operations.ts';

export { NODE_NO } from './present.ts';
export type { EndedCalls } from './sampling.ts';
export type { OfficeCounts, OfficeFigures, SwitchBlocks, SwitchFigures, SwitchPeriod, SwitchTerminal } from './switch-figures.ts';

export type SystemIndicatorDependencies = Omit<HistoryDependencies & SamplingDependencies & SwitchDependencies, 'sampling'>;

/** How the installation does (12.3.6), now and over time. */
export interface SystemIndicators {
  readonly handlers: readonly Handler[];
  /** To be done every five minutes. */
  readonly sample: () => Promise<void>;
  /** Keeps what was measured and is not kept yet. */
  readonly stop: () => Promise<void>;
}

/** To be made before the engine starts, as it follows what happens. */
export function createSystemIndicators(deps: SystemIndicatorDependencies): SystemIndicators {
  const sampling = createSampling(deps);
  return { handlers: [...switchHandlers({ ...deps, sampling }), ...historyHandlers({ ...deps, sampling })], sample: sampling.run, stop: sampling.keepSwitch };
}
