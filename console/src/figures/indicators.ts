import type { FIGURE_SUBJECTS, listIndicators } from '@parley/contract/admin/figure.ts';
import type { Result } from '@parley/contract/operation.ts';

/* What is known of the indicators of 12.3.8.1 besides their names: how they are written, and which way is the better one. */

export type Subject = (typeof FIGURE_SUBJECTS)[number];
export type Indicator = Result<typeof listIndicators>['indicators'][number];
export type Unit = 'count' | 'percent' | 'seconds';

export function unitOf(code: string): Unit {
  if (code.startsWith('IDX_RATE_')) return 'percent';
  return code.startsWith('IDX_DURATION_') ? 'seconds' : 'count';
}

/** What most people want to see first. */
export const FIRST_CODES: Readonly<Record<Subject, readonly string[]>> = {
  queue: [
    'IDX_COUNT_SKILL_REQUEST', 'IDX_COUNT_SKILL_CONNECTED', 'IDX_COUNT_SKILL_ABANDON', 'IDX_RATE_SKILL_CONNECTED', 'IDX_COUNT_SKILL_CONNECTED_IN_20', 'IDX_DURATION_SKILL_AVG_QUEUE_ACK',
    'IDX_DURATION_SKILL_MAX_QUEUE_ACK', 'IDX_DURATION_SKILL_AVG_CONNECTED',
  ],
  agent: [
    'IDX_COUNT_AGENT_CONNECTED', 'IDX_COUNT_AGENT_CALL_OUT', 'IDX_RATE_AGENT_CONNECTED', 'IDX_DURATION_AGENT_AVERAGE_CONVERSATION_IN', 'IDX_DURATION_AGENT_SIGN_IN', 'IDX_DURATION_AGENT_FREE',
    'IDX_DURATION_AGENT_SET_BUSY', 'IDX_DURATION_AGENT_REST',
  ],
  tenant: [
    'IDX_COUNT_INBOUND_CALL', 'IDX_COUNT_INBOUND_CONNECTED', 'IDX_RATE_INBOUND_CONNECTED', 'IDX_COUNT_OUTBOUND_CALL', 'IDX_RATE_OUTBOUND_CONNECTED', 'IDX_COUNT_AGENT_INBOUND', 'IDX_RATE_AGENT_CALL_IN_CONNECTED_IN_20',
    'IDX_DURATION_AVG_WAIT', 'IDX_DURATION_AVG_AGENT_CALL_IN_CONNECTED',
  ],
  flow: [
    'IDX_COUNT_IVR_INBOUND_CALL', 'IDX_COUNT_IVR_INBOUND_CONNECTED', 'IDX_RATE_IVR_INBOUND_CONNECTED', 'IDX_COUNT_IVR_INBOUND_USER_ABORT', 'IDX_COUNT_IVR_TO_AGENT', 'IDX_DURATION_AVG_IVR_CONNECTED',
  ],
};

const MORE_IS_WORSE = /ABANDON|LOST|NO_ACK|HANG_UP|ABORT|DISCONNECTED|TIME_?OUT|OVER(FLOW)?_|AVG_WAIT|_QUEUE_ACK|_RING$|CONNECTED_AFTER|CONNECTED_QUEUE|_ACK$/;
const MORE_IS_BETTER = /CONNECTED|SUCC/;

/** Whether more of it is better; undefined where that depends, as of talks and calls. */
export function isMoreBetter(code: string): boolean | undefined {
  if (MORE_IS_WORSE.test(code)) return false;
  return unitOf(code) === 'seconds' || !MORE_IS_BETTER.test(code) ? undefined : true;
}

/** Whether it can be told by these parts; of all together and of days, as a whole. */
export const isTold = ({ inParts, whole }: Pick<Indicator, 'inParts' | 'whole'>, parts: string | undefined): boolean => (parts === undefined || parts === 'day' ? whole : inParts);

export interface Change {
  /** In per cent of what it was; of shares, in percentage points. */
  readonly by: number;
  readonly isPoints: boolean;
  /** Undefined where neither is better. */
  readonly isBetter: boolean | undefined;
}

/** What has changed since the time before; undefined where nothing has, or nothing can be said. */
export function changeOf(code: string, now: number, before: number): Change | undefined {
  const isPoints = unitOf(code) === 'percent';
  const by = isPoints ? now - before : before === 0 ? 0 : ((now - before) / before) * 100;
  if (!Number.isFinite(by) || Math.abs(by) < 0.05) return undefined;
  const better = isMoreBetter(code);
  return { by, isPoints, isBetter: better === undefined ? undefined : better === by > 0 };
}
