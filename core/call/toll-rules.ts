/** What a tenant's calls to the outside may cost. What its fields mean stands in `contract/admin/toll-limits.ts`. */
export interface TollRules {
  readonly concurrentCalls: number;
  readonly callsPerMinute: number;
  readonly callsPerDay: number;
  readonly minutesPerDay: number;
  /** Beginnings of numbers; where some are given, no others are called. */
  readonly allowed: readonly string[];
  readonly denied: readonly string[];
}

/** What was set for one tenant; the rest is as it is for all. */
export type TollSettings = Partial<TollRules>;

/** Satellites (870, 881), numbers of no country (878, 882, 883) and those at a premium (979, 1 900): nobody's customers, and what thieves are paid for. */
const DEAR = ['870', '878', '881', '882', '883', '979', '1900'];
/** With a +, and as they are dialled in most countries, for trunks that do not say how numbers are written where they are. */
const WAYS_ABROAD = ['+', '00'];

/**
 * As long as nobody says otherwise: thirty people who dial all day are not disturbed by it, and what a stolen account costs before
 * somebody is back at work stays within what can be paid.
 */
export const DEFAULT_TOLL_RULES: TollRules = {
  concurrentCalls: 30, callsPerMinute: 60, callsPerDay: 5000, minutesPerDay: 10_000,
  allowed: [], denied: WAYS_ABROAD.flatMap((way) => DEAR.map((number) => `${way}${number}`)),
};

export const tollRulesOf = (settings: TollSettings | undefined): TollRules => ({ ...DEFAULT_TOLL_RULES, ...settings });
