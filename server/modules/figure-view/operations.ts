import { errors } from '@parley/contract/admin/family.ts';
import { listFigures, listIndicators, MOST_FIGURES } from '@parley/contract/admin/figure.ts';
import { handle, type Context, type Handler } from '@parley/contract/handler.ts';
import type { Input, Result } from '@parley/contract/operation.ts';
import { isRefusal, refuse, type Refusal } from '@parley/contract/refusal.ts';
import { askedOf } from '@parley/core/indicator/catalogue.ts';
import type { Indicator, Measures } from '@parley/core/indicator/measure.ts';
import { dateAfter, dateIn, dayBegins, dayOf } from '@parley/core/time/zone.ts';
import type { Engine } from '../../engine/engine.ts';
import type { Remembered } from '../../engine/tenant-memory.ts';
import type { Viewer, ViewerOf } from '../console/index.ts';
import { SUBJECTS, type Reading, type Subject } from '../indicator/index.ts';
import type { Tenants } from '../tenant/index.ts';

export interface FigureViewDependencies {
  readonly engine: Pick<Engine, 'view'>;
  readonly clock: () => number;
  readonly viewerOf: ViewerOf;
  readonly tenants: Pick<Tenants, 'find'>;
  readonly reading: Pick<Reading, 'ofSpan'>;
  readonly agentNames: Remembered<ReadonlyMap<number, string>>;
  readonly flowsOf: Remembered<readonly { readonly id: number; readonly description: string }[]>;
}

type Of = Input<typeof listFigures>['of'];
type Parts = NonNullable<Input<typeof listFigures>['parts']>;

const OF: Readonly<Record<Of, Subject>> = { queue: SUBJECTS.skill, agent: SUBJECTS.agent, tenant: SUBJECTS.vdn, flow: SUBJECTS.flow };
const DAY_MS = 86_400_000;
const PART_MS: Readonly<Record<Parts, number>> = { '15MIN': 900_000, '30MIN': 1_800_000, '60MIN': 3_600_000, day: DAY_MS };
const MOST_CODES = 200;
const MOST_THINGS = 1000;
const MOST_DAYS = 366;
/** Told one by one, as the days of a zone are not all of one length. */
const MOST_DAY_PARTS = 100;

const wrong = (field: string, message: string): Refusal => refuse(errors.invalid, { field, message });

const presentIndicator = (of: Of) => ({ code, settled, grain }: Indicator): Result<typeof listIndicators>['indicators'][number] =>
  ({ of, code, settled, inParts: grain !== 'whole', whole: grain !== 'parts' });

interface Part {
  readonly object: number;
  readonly at: number;
  /** Of calls up to the second, and of what is counted every five minutes. */
  readonly live: Measures;
  readonly settled: Measures;
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/** The days of a zone that a span touches, cut to it. */
function daysIn(zone: string, { from, to }: Span): readonly Span[] {
  const days: Span[] = [];
  for (let day = dayOf(zone, dateIn(zone, from)); day.from < to; day = dayOf(zone, dateIn(zone, day.to))) days.push({ from: Math.max(day.from, from), to: Math.min(day.to, to) });
  return days;
}

/** Indicators of 12.3.8.1 for charts and tables. */
export function figureViewHandlers({ engine, clock, viewerOf, tenants, reading, agentNames, flowsOf }: FigureViewDependencies): readonly Handler[] {
  /** Everybody of whom figures are told, by name. */
  const namesOf = async (of: Of, vdnId: number, tenantName: string): Promise<ReadonlyMap<number, string>> => {
    if (of === 'tenant') return new Map([[vdnId, tenantName]]);
    if (of === 'flow') return new Map((await flowsOf(vdnId)).map(({ id, description }) => [id, description]));
    return of === 'agent' ? agentNames(vdnId) : engine.view(vdnId, ({ config }) => new Map([...config.queues].map(([id, { name }]) => [id, name])));
  };

  /** Whose figures are asked for, as far as the caller may see them. */
  const objectsOf = ({ own, vdnId }: Viewer, of: Of, ids: string | undefined, all: ReadonlyMap<number, string>): readonly number[] | Refusal => {
    const asked = ids === undefined || ids === '' ? undefined : [...new Set(ids.split(',').map(Number))];
    if (own !== undefined) {
      const isOwn = of === 'agent' && (asked === undefined || (asked.length === 1 && asked[0] === own));
      return isOwn ? [own] : refuse(errors.forbidden, { message: 'agents see the figures of themselves' });
    }
    if (of === 'tenant' && asked !== undefined && asked.some((id) => id !== vdnId)) return refuse(errors.forbidden, { message: 'the figures of another tenant' });
    const objects = asked ?? [...all.keys()].toSorted((one, other) => one - other).slice(0, MOST_THINGS);
    return objects.length > MOST_THINGS ? wrong('ids', `more than ${MOST_THINGS} ids`) : objects;
  };

  const spanOf = ({ from: asked, to: end }: { readonly from?: number | undefined; readonly to?: number | undefined }, zone: string, now: number): Span | Refusal => {
    const from = asked ?? dayBegins(zone, dateIn(zone, now));
    if (from > now) return wrong('from', 'from is in the future');
    const to = end ?? dayBegins(zone, dateAfter(dateIn(zone, now), 1));
    if (to <= from) return wrong('to', 'to is not behind from');
    return to - from > MOST_DAYS * DAY_MS + PART_MS['60MIN'] ? wrong('to', `more than ${MOST_DAYS} days`) : { from, to };
  };

  const read = async (tenant: { readonly vdnId: number; readonly timeZone: string }, subject: Subject, span: Span, objects: readonly number[], indicators: readonly Indicator[], more: { readonly partMs?: number | undefined; readonly media?: number | undefined }, at?: number): Promise<readonly Part[]> => {
    const { live, settled } = await reading.ofSpan(tenant, subject, span, { objects, indicators, ...more });
    const parts = new Map<string, Part>();
    for (const [kind, rows] of [['live', live], ['settled', settled]] as const) {
      for (const row of rows) {
        const key = `${row.object} ${row.at}`;
        const known = parts.get(key) ?? { object: row.object, at: at ?? row.at, live: {}, settled: {} };
        parts.set(key, { ...known, [kind]: row.measures });
      }
    }
    return [...parts.values()];
  };

  const tenantOf = async (context: Context) => {
    const viewer = await viewerOf(context);
    if (isRefusal(viewer)) return viewer;
    const tenant = await tenants.find(viewer.vdnId);
    return tenant === undefined ? refuse(errors.forbidden, { message: 'there is no such tenant' }) : { viewer, tenant };
  };

  const list = async ({ of, codes: named, ids, from, to, parts, media }: Input<typeof listFigures>, context: Context): Promise<Result<typeof listFigures> | Refusal> => {
    const whose = await tenantOf(context);
    if (isRefusal(whose)) return whose;
    const { viewer, tenant } = whose;
    const subject = OF[of];
    const codes = named.split(',').map((code) => code.trim()).filter((code) => code !== '');
    if (codes.length === 0 || codes.length > MOST_CODES) return wrong('codes', `codes must be 1 to ${MOST_CODES}`);
    // Days are told as the whole of each.
    const asked = askedOf(subject.catalogue, codes, parts !== undefined && parts !== 'day');
    if ('wrong' in asked) return wrong('codes', asked.wrong);
    const span = spanOf({ from, to }, tenant.timeZone, clock());
    if (isRefusal(span)) return span;
    const names = await namesOf(of, viewer.vdnId, tenant.name);
    const objects = objectsOf(viewer, of, ids, names);
    if (isRefusal(objects)) return objects;
    if (parts === 'day' && span.to - span.from > MOST_DAY_PARTS * DAY_MS + PART_MS['60MIN']) return wrong('to', `more than ${MOST_DAY_PARTS} days by days`);
    const count = parts === undefined ? 1 : Math.ceil((span.to - span.from) / PART_MS[parts]);
    if (objects.length * codes.length * count > MOST_FIGURES) return wrong('parts', `that would be more than ${MOST_FIGURES} figures: ask for fewer codes, ids or parts`);

    const indicators = asked.map(({ indicator }) => indicator);
    const found: Part[] = [];
    if (parts === 'day') for (const day of daysIn(tenant.timeZone, span)) found.push(...await read(tenant, subject, day, objects, indicators, { media }, day.from));
    else found.push(...await read(tenant, subject, span, objects, indicators, { media, partMs: parts === undefined ? undefined : PART_MS[parts] }));
    const byObject = Map.groupBy(found, ({ object }) => object);
    const present = ({ at, live, settled }: Omit<Part, 'object'>) => ({ at, values: indicators.map((one) => one.of(one.settled ? settled : live)) });
    return {
      codes, ...span,
      figures: objects.map((id) => {
        const theirs = byObject.get(id) ?? [];
        const [whole = { live: {}, settled: {} }] = theirs;
        return { id, name: names.get(id) ?? '', parts: parts === undefined ? [present({ ...whole, at: span.from })] : theirs.toSorted((one, other) => one.at - other.at).map(present) };
      }),
    };
  };

  return [
    handle(listIndicators, async ({ of }, context) => {
      const whose = await tenantOf(context);
      if (isRefusal(whose)) return whose;
      const subjects = (Object.keys(OF) as Of[]).filter((one) => of === undefined || one === of);
      return { indicators: subjects.flatMap((one) => OF[one].catalogue.all.map(presentIndicator(one))), timeZone: whose.tenant.timeZone };
    }),
    handle(listFigures, list),
  ];
}
