import { scopeErrors } from '@parley/contract/monitoring/parts.ts';
import { refuse, type Refusal } from '@parley/contract/refusal.ts';
import { readClock } from '@parley/core/time/zone.ts';

export interface Window {
  readonly from: number;
  /** Not in it any more. */
  readonly to: number;
}

const MAX_DAYS = 31;
const DAY_MS = 86_400_000;
const SECOND_MS = 1000;

/** The time that is asked for, both ends included; what makes up days in part counts as days (12.3.6.4). */
export function windowOf({ beginDate, endDate }: { readonly beginDate: string; readonly endDate: string }, now: number): Window | Refusal {
  const wrong = (message: string): Refusal => refuse(scopeErrors.wrongParameter, { message });
  const [from, to] = [readClock('UTC', beginDate), readClock('UTC', endDate)];
  if (from === undefined) return wrong(`beginDate is no time of the form yyyy-MM-dd HH:mm:ss: ${beginDate}`);
  if (to === undefined) return wrong(`endDate is no time of the form yyyy-MM-dd HH:mm:ss: ${endDate}`);
  if (to < from) return wrong('endDate is before beginDate');
  if (Math.ceil((to - from) / DAY_MS) > MAX_DAYS) return wrong(`the time from beginDate to endDate is longer than ${MAX_DAYS} days`);
  return from > now ? wrong('beginDate is in the future') : { from, to: to + SECOND_MS };
}
