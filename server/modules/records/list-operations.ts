import { cmsQueryCallsV1, cmsQueryCallsV2, cmsQueryMissedCalls } from '@parley/contract/monitoring/call-query.ts';
import { MOST_DAYS } from '@parley/contract/monitoring/history-range.ts';
import { scopeErrors as errors } from '@parley/contract/monitoring/parts.ts';
import { handle, type Context, type Handler } from '@parley/contract/handler.ts';
import type { Result } from '@parley/contract/operation.ts';
import { isRefusal, refuse, type Refusal } from '@parley/contract/refusal.ts';
import { subMediaTypeOf } from '@parley/core/call/media-type.ts';
import { INBOUND_TYPES, OUTBOUND_TYPES } from '@parley/core/records/call-type.ts';
import { clockIn, dateAfter, dateIn, dayBegins, readClock } from '@parley/core/time/zone.ts';
import type { Tenant, Where } from '../tenant/index.ts';
import type { RecordsDependencies } from './trace-operations.ts';
import { listEnded, soughtSince, type Segment } from './store.ts';

interface Window extends Where {
  readonly callerNo?: string | undefined;
  readonly calleeNo?: string | undefined;
  readonly beginDate: number;
  readonly endDate: number;
  readonly limit?: number | undefined;
  readonly offset?: number | undefined;
}

const PAGE = 100;
const wrong = (message: string): Refusal => refuse(errors.wrongParameter, { message });

/** 12.3.1.1.12: yesterday and today, as the tenant's clock has them. */
function windowFault({ timeZone }: Tenant, { beginDate, endDate }: Window, now: number): string | undefined {
  const today = dateIn(timeZone, now);
  if (beginDate < dayBegins(timeZone, dateAfter(today, -1))) return 'beginDate is before yesterday';
  if (endDate >= dayBegins(timeZone, dateAfter(today, 1))) return 'endDate is after today';
  return beginDate > endDate ? 'beginDate is after endDate' : undefined;
}

/** As much as 12.3.2.6 and 12.3.2.8 tell of at once. */
const LONGEST_MS = MOST_DAYS * 24 * 3_600_000;

function missedSpan(beginTime: string, endTime: string, now: number): { readonly from: number; readonly to: number } | { readonly wrong: string } {
  const to = endTime === '' ? now : readClock('UTC', endTime);
  if (to === undefined) return { wrong: 'endTime is no time of the form yyyy-MM-dd HH:mm:ss' };
  const from = beginTime === '' ? to - LONGEST_MS : readClock('UTC', beginTime);
  if (from === undefined) return { wrong: 'beginTime is no time of the form yyyy-MM-dd HH:mm:ss' };
  if (from > now) return { wrong: 'beginTime is in the future' };
  if (from > to) return { wrong: 'beginTime is after endTime' };
  return to - from > LONGEST_MS ? { wrong: `from beginTime to endTime there are more than ${MOST_DAYS} days` } : { from, to };
}

const presentCall = (row: Segment): Result<typeof cmsQueryCallsV1>['data'][number] => ({
  logDate: row.logged_at, callerNo: row.caller, calleeNo: row.called, callId: row.call, callType: row.feature, waitBegin: row.wait_from, ackBegin: row.ack_from,
  callBegin: row.talk_from, callEnd: row.talk_to, vdn: row.vdn_id, leaveReason: row.leave_reason, mediaType: row.media_type, subMediaType: subMediaTypeOf(row.media),
});

/** Lists of calls that are over. */
export function listHandlers({ db, scope, projector, clock }: RecordsDependencies): readonly Handler[] {
  const list = async (context: Context, window: Window, types: readonly number[]): Promise<Result<typeof cmsQueryCallsV1> | Refusal> => {
    const tenant = await scope(context, window);
    if (isRefusal(tenant)) return tenant;
    const fault = windowFault(tenant, window, clock());
    if (fault !== undefined) return wrong(fault);
    const { callerNo: caller, calleeNo: called, beginDate: from, endDate: to, limit = PAGE, offset = 0 } = window;
    await projector.settled(tenant.vdnId);
    const { rows, count } = await listEnded(db, tenant.vdnId, { from, to, types, caller: caller === '' ? undefined : caller, called: called === '' ? undefined : called }, { limit, offset });
    return { data: rows.map(presentCall), count };
  };

  return [
    handle(cmsQueryCallsV1, (window, context) => list(context, window, INBOUND_TYPES)),
    handle(cmsQueryCallsV2, ({ isCallIn, ...window }, context) => list(context, window, isCallIn.toLowerCase() === 'true' ? INBOUND_TYPES : OUTBOUND_TYPES)),

    handle(cmsQueryMissedCalls, async ({ vdn, offset, limit, beginTime = '', endTime = '' }, context) => {
      const tenant = await scope(context, { vdn });
      if (isRefusal(tenant)) return tenant;
      const span = missedSpan(beginTime, endTime, clock());
      if ('wrong' in span) return wrong(span.wrong);
      const { from, to } = span;
      await projector.settled(vdn);
      // The last second is in it.
      const { rows, count } = await listEnded(db, vdn, { from, to: to + 999, types: INBOUND_TYPES, missed: true }, { limit, offset });
      const since = await soughtSince(db, vdn, rows.map(({ call }) => call));
      return {
        total: count,
        missedCalls: rows.map((row) => ({
          callId: row.call, callerNo: row.caller, calleeNo: row.called, waitBegin: clockIn('UTC', since.get(row.call) ?? row.wait_from), callEnd: clockIn('UTC', row.talk_to),
          mediaType: row.media_type, subMediaType: subMediaTypeOf(row.media),
        })),
      };
    }),
  ];
}
