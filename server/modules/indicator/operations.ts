import { cmsHisIndexAgent, cmsHisIndexIvr, cmsHisIndexSkill, cmsHisIndexVdn, historyErrors as errors } from '@parley/contract/monitoring/history.ts';
import { handle, type Context, type Handler } from '@parley/contract/handler.ts';
import { isRefusal, refuse, type Refusal } from '@parley/contract/refusal.ts';
import { askedOf } from '@parley/core/indicator/catalogue.ts';
import type { Scope } from '../tenant/index.ts';
import { partValues, wholeValues, type Value } from './present.ts';
import type { Reading } from './reading.ts';
import type { CallFilter } from './store.ts';
import { SUBJECTS, type Subject } from './subjects.ts';

export interface IndicatorDependencies {
  readonly scope: Scope;
  readonly reading: Reading;
}

const PART_MS = { '15MIN': 900_000, '30MIN': 1_800_000, '60MIN': 3_600_000 } as const;

interface OfToday {
  readonly ccId?: number | undefined;
  readonly vdn: number;
  readonly timeGrain?: keyof typeof PART_MS | undefined;
  readonly indexIds: readonly string[];
  readonly mediaType?: number | undefined;
  readonly subMediaType?: number | undefined;
  readonly enableOffset?: 'Y' | 'N' | 'y' | 'n' | undefined;
}

interface Shown {
  id: string;
  idxs: Value[];
}

/** 12.3.2.1 and 12.3.2.3 to 12.3.2.5: figures of today, or of yesterday. */
export function indicatorHandlers({ scope, reading }: IndicatorDependencies): readonly Handler[] {
  const ofDay = async (context: Context, asking: OfToday, subject: Subject, objects: readonly number[], only?: CallFilter): Promise<Shown[] | Refusal> => {
    const tenant = await scope(context, asking);
    if (isRefusal(tenant)) return tenant;
    const { timeGrain, indexIds, mediaType, subMediaType, enableOffset = 'N' } = asking;
    const asked = askedOf(subject.catalogue, indexIds, timeGrain !== undefined);
    if ('wrong' in asked) return refuse(errors.wrongParameter, { message: asked.wrong });
    const wanted = {
      objects, media: mediaType, subMedia: subMediaType, partMs: timeGrain === undefined ? undefined : PART_MS[timeGrain], only, indicators: asked.map(({ indicator }) => indicator),
    };
    const day = await reading.ofDay(tenant, subject, enableOffset.toUpperCase() === 'Y' ? 1 : 0, wanted);
    const valuesOf: (object: number) => Value[] = (timeGrain === undefined ? wholeValues : partValues)(asked, day);
    return [...new Set(objects)].map((object) => ({ id: String(object), idxs: valuesOf(object) }));
  };

  return [
    handle(cmsHisIndexVdn, async ({ vdnIds, anonyCall, calleeNo, ...asking }, context) => {
      const called = calleeNo?.trim() === '' ? undefined : calleeNo;
      const only = anonyCall === undefined && called === undefined ? undefined : { called, anonymous: anonyCall === undefined ? undefined : anonyCall === 1 };
      const tenants: Shown[] = [];
      for (const vdn of new Set(vdnIds)) {
        const shown = await ofDay(context, { ...asking, vdn }, SUBJECTS.vdn, [vdn], only);
        if (isRefusal(shown)) return shown;
        tenants.push(...shown);
      }
      return tenants;
    }),
    handle(cmsHisIndexIvr, ({ serviceNos, ...asking }, context) => ofDay(context, asking, SUBJECTS.flow, serviceNos)),
    handle(cmsHisIndexSkill, ({ skillIds, ...asking }, context) => ofDay(context, asking, SUBJECTS.skill, skillIds)),
    handle(cmsHisIndexAgent, ({ agentIds, ...asking }, context) => ofDay(context, asking, SUBJECTS.agent, agentIds)),
  ];
}
