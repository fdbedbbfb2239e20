import { cmsCallInDayIndexes, cmsCallOutDayIndexes, MOST_LOG_DAYS } from '@parley/contract/monitoring/daily-tables.ts';
import { handle, type Context, type Handler } from '@parley/contract/handler.ts';
import { scopeErrors } from '@parley/contract/monitoring/parts.ts';
import { isRefusal, refuse, type Refusal } from '@parley/contract/refusal.ts';
import { datesBetween } from '@parley/core/indicator/range.ts';
import { dateIn, dayOf } from '@parley/core/time/zone.ts';
import type { Database } from '../../database/connect.ts';
import type { Projector } from '../../engine/projector.ts';
import type { Scope, Tenant, Tenants } from '../tenant/index.ts';
import { INBOUND_DAY, OUTBOUND_DAY, type Daily } from './daily.ts';
import { readDaily, type DailyRow } from './daily-store.ts';
import { presentInboundDay, presentOutboundDay, type DailyAnswer } from './present-daily.ts';
import { settle, settleDays } from './settle.ts';

export interface DailyDependencies {
  readonly db: Database;
  readonly clock: () => number;
  readonly scope: Scope;
  readonly findByTenantId: Tenants['findByTenantId'];
  readonly records: Pick<Projector, 'settled'>;
}

interface Asked {
  readonly beginLogDay: string;
  readonly endLogDay: string;
  readonly callTypes: readonly number[];
  readonly skillIds?: readonly number[] | undefined;
  readonly subCcNo?: number | undefined;
  readonly vdn?: number | undefined;
  readonly tenantId?: string | undefined;
  readonly ccId?: number | undefined;
}

const wrong = (message: string): Refusal => refuse(scopeErrors.wrongParameter, { message });

/** 12.3.2.10 and 12.3.2.11. */
export function dailyHandlers({ db, clock, scope, findByTenantId, records }: DailyDependencies): readonly Handler[] {
  /** The VDN, or the tenant by its id; whoever names both means the same one. */
  const tenantOf = async (context: Context, { vdn, tenantId = '', ccId, subCcNo }: Asked): Promise<Tenant | Refusal> => {
    const named = tenantId === '' ? undefined : await findByTenantId(tenantId);
    if (tenantId !== '' && named === undefined) return refuse(scopeErrors.foreignVdn, { what: `tenant ${tenantId}` });
    // 12.3.2.10 takes a subsystem as well: of a tenant's own key it can only be that tenant's.
    const own = subCcNo === undefined || context.caller.global === true ? undefined : context.caller.vdnId;
    const wanted = vdn ?? named?.vdnId ?? own;
    if (wanted === undefined) return wrong('vdn or tenantId must be given');
    if (named !== undefined && named.vdnId !== wanted) return refuse(scopeErrors.foreignVdn, { what: `tenant ${tenantId}` });
    const tenant = await scope(context, { vdn: wanted, ccId });
    if (isRefusal(tenant)) return tenant;
    return subCcNo === undefined || subCcNo === 0 || subCcNo === tenant.ccId ? tenant : refuse(scopeErrors.foreignVdn, { what: `subsystem ${subCcNo}` });
  };

  const ask = async <T>(context: Context, asked: Asked, daily: Daily, numbers: readonly string[], present: (row: DailyRow, answer: DailyAnswer) => T): Promise<T[] | Refusal> => {
    const tenant = await tenantOf(context, asked);
    if (isRefusal(tenant)) return tenant;
    const { vdnId, timeZone } = tenant;
    const { beginLogDay, endLogDay, callTypes, skillIds = [] } = asked;
    const days = datesBetween(timeZone, beginLogDay, endLogDay, clock(), MOST_LOG_DAYS);
    if ('wrong' in days) return wrong(days.wrong);
    await records.settled(vdnId);
    const now = clock();
    await settle(db, vdnId, timeZone, now);
    await settleDays(db, vdnId, timeZone, now);
    const today = dateIn(timeZone, now);
    const rows = await readDaily(db, vdnId, daily, { numbers, features: callTypes, queues: skillIds.length === 0 ? undefined : skillIds, ...days }, today, dayOf(timeZone, today));
    return rows.map((row) => present(row, { tenant, beginLogDay, endLogDay }));
  };

  return [
    handle(cmsCallInDayIndexes, ({ calleeNos, ...asked }, context) => ask(context, asked, INBOUND_DAY, calleeNos, presentInboundDay)),
    handle(cmsCallOutDayIndexes, ({ callerNos, ...asked }, context) => ask(context, asked, OUTBOUND_DAY, callerNos, presentOutboundDay)),
  ];
}
