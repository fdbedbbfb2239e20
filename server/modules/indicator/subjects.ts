import { AGENT_INDICATORS } from '@parley/core/indicator/agent.ts';
import type { Catalogue } from '@parley/core/indicator/catalogue.ts';
import { FLOW_INDICATORS } from '@parley/core/indicator/flow.ts';
import { SKILL_INDICATORS } from '@parley/core/indicator/skill.ts';
import { VDN_INDICATORS } from '@parley/core/indicator/vdn.ts';
import type { Figures, Kept } from './figures.ts';
import { AGENT_CALLS, FLOW, SKILL, VDN } from './figures-of-calls.ts';
import { AGENT_WORK } from './figures-of-work.ts';

/** Of whom indicators are told, and of which figures they are made. */
export interface Subject {
  readonly catalogue: Catalogue;
  readonly live: Figures;
  /** What waits for the five minutes to be over. */
  readonly settled?: Kept;
}

export const SUBJECTS = {
  skill: { catalogue: SKILL_INDICATORS, live: SKILL },
  agent: { catalogue: AGENT_INDICATORS, live: AGENT_CALLS, settled: AGENT_WORK },
  vdn: { catalogue: VDN_INDICATORS, live: VDN },
  flow: { catalogue: FLOW_INDICATORS, live: FLOW },
} as const satisfies Readonly<Record<string, Subject>>;
