import type { Result } from '@parley/contract/operation.ts';
import type { cmsCallInDayIndexes, cmsCallOutDayIndexes } from '@parley/contract/monitoring/daily-tables.ts';
import type { Tenant } from '../tenant/index.ts';
import type { DailyRow } from './daily-store.ts';

const RESERVED = 20;
/** The one column that has a meaning unless an installation gives it another one. */
const THIRD = 'reserved_col3';

const wireName = (column: string): string => column.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

export interface DailyAnswer {
  readonly tenant: Tenant;
  readonly beginLogDay: string;
  readonly endLogDay: string;
}

/** The measures under their names; the least and the most of nothing are 0, as in the examples. */
function measuresOf({ number: _number, feature: _feature, service: _service, agent: _agent, queue: _queue, ...measures }: DailyRow): Record<string, number> {
  return Object.fromEntries(Object.entries(measures).flatMap(([name, value]) => (name === THIRD ? [] : [[wireName(name), Number(value ?? 0)]])));
}

const reserved = (prefix: string, third: number): Record<string, number> =>
  Object.fromEntries(Array.from({ length: RESERVED }, (_, index) => [`${prefix}${index + 1}`, index === 2 ? third : 0]));

function presentRow(row: DailyRow, { tenant: { vdnId, ccId }, beginLogDay, endLogDay }: DailyAnswer): Record<string, number | string> {
  const { feature, service, agent, queue } = row;
  return {
    beginLogDay, endLogDay, callType: feature, vdn: vdnId, serviceNo: service, orgCcNo: ccId, subCcNo: ccId, serCcNo: ccId, currentAgentId: agent, currentSkillId: queue,
    ...measuresOf(row), ...reserved('reserved_col', Number(row[THIRD])),
  };
}

export const presentInboundDay = (row: DailyRow, answer: DailyAnswer): Result<typeof cmsCallInDayIndexes>[number] =>
  ({ ...presentRow(row, answer), calleeNo: row.number, netCallNum: 0, netCallSuccNum: 0 }) as unknown as Result<typeof cmsCallInDayIndexes>[number];

export const presentOutboundDay = (row: DailyRow, answer: DailyAnswer): Result<typeof cmsCallOutDayIndexes>[number] =>
  ({ ...presentRow(row, answer), callerNo: row.number, obsServiceNo: '-1', ...reserved('reservedCol', Number(row[THIRD])) }) as unknown as Result<typeof cmsCallOutDayIndexes>[number];
