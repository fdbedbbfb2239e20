import { cmsHisIndexAgentForDay, cmsHisIndexAgentForMonth, cmsHisIndexSkillForDay, cmsHisIndexSkillForMonth, MOST_DAYS, MOST_MONTHS } from '@parley/contract/monitoring/history-range.ts';
import { handle, type Context, type Handler } from '@parley/contract/handler.ts';
import { scopeErrors } from '@parley/contract/monitoring/parts.ts';
import { isRefusal, refuse, type Refusal } from '@parley/contract/refusal.ts';
import { askedOf } from '@parley/core/indicator/catalogue.ts';
import { daysBetween, monthsBetween, type Range } from '@parley/core/indicator/range.ts';
import { withReserved } from '@parley/core/indicator/reserved.ts';
import type { IndicatorDependencies } from './operations.ts';
import { wholeValues, type WholeValue } from './present.ts';
import { SUBJECTS, type Subject } from './subjects.ts';

const SKILL: Subject = { ...SUBJECTS.skill, catalogue: withReserved(SUBJECTS.skill.catalogue, 'IDX_SKILL_RESERVED_COL') };
const AGENT: Subject = { ...SUBJECTS.agent, catalogue: withReserved(SUBJECTS.agent.catalogue, 'IDX_AGENT_RESERVED_COL') };

interface OfRange {
  readonly ccId?: number | undefined;
  readonly vdn: number;
  readonly indexIds: readonly string[];
  readonly mediaType?: number | undefined;
  readonly subMediaType?: number | undefined;
}

type RangeOf = (zone: string, now: number) => Range | { readonly wrong: string };

export interface RangeDependencies extends IndicatorDependencies {
  readonly clock: () => number;
}

/** 12.3.2.6 to 12.3.2.9: figures of days and of months of the tenant's zone. */
export function indicatorRangeHandlers({ scope, reading, clock }: RangeDependencies): readonly Handler[] {
  const ofRange = async (context: Context, asking: OfRange, subject: Subject, objects: readonly number[], rangeOf: RangeOf): Promise<{ id: string; idxs: WholeValue[] }[] | Refusal> => {
    const tenant = await scope(context, asking);
    if (isRefusal(tenant)) return tenant;
    const asked = askedOf(subject.catalogue, asking.indexIds, false);
    if ('wrong' in asked) return refuse(scopeErrors.wrongParameter, { message: asked.wrong });
    const range = rangeOf(tenant.timeZone, clock());
    if ('wrong' in range) return refuse(scopeErrors.wrongParameter, { message: range.wrong });
    const figures = await reading.ofSpan(tenant, subject, range, { objects, media: asking.mediaType, subMedia: asking.subMediaType, indicators: asked.map(({ indicator }) => indicator) });
    const valuesOf = wholeValues(asked, figures);
    return [...new Set(objects)].map((object) => ({ id: String(object), idxs: valuesOf(object) }));
  };
  const days = (begin: string, end: string): RangeOf => (zone, now) => daysBetween(zone, begin, end, now, MOST_DAYS);
  const months = (begin: string, end: string): RangeOf => (zone, now) => monthsBetween(zone, begin, end, now, MOST_MONTHS);

  return [
    handle(cmsHisIndexSkillForDay, ({ skillIds, beginDayTime, endDayTime, ...asking }, context) => ofRange(context, asking, SKILL, skillIds, days(beginDayTime, endDayTime))),
    handle(cmsHisIndexSkillForMonth, ({ skillIds, beginMonthTime, endMonthTime, ...asking }, context) => ofRange(context, asking, SKILL, skillIds, months(beginMonthTime, endMonthTime))),
    handle(cmsHisIndexAgentForDay, ({ agentIds, beginDayTime, endDayTime, ...asking }, context) => ofRange(context, asking, AGENT, agentIds, days(beginDayTime, endDayTime))),
    handle(cmsHisIndexAgentForMonth, ({ agentIds, beginMonthTime, endMonthTime, ...asking }, context) => ofRange(context, asking, AGENT, agentIds, months(beginMonthTime, endMonthTime))),
  ];
}
