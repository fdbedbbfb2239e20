import { dateAfter, dateIn, dayBegins, dayOf } from '@parley/core/time/zone.ts';
import type { Indicator, Measures } from '@parley/core/indicator/measure.ts';
import type { Database } from '../../database/connect.ts';
import type { Projector } from '../../engine/projector.ts';
import { isOfCallsOut } from './figures-of-calls.ts';
import { settle, settleDays } from './settle.ts';
import { FIVE_MS, GRAIN, QUARTER_MS, readFigures, readFiltered, type CallFilter, type FigureRow, type Source, type Span, type Wanted } from './store.ts';
import type { Subject } from './subjects.ts';
import { readOpenWork } from './work-store.ts';

export interface ReadingDependencies {
  readonly db: Database;
  readonly clock: () => number;
  /** What the figures are made of. */
  readonly projectors: readonly Pick<Projector, 'settled'>[];
}

export interface OfTenant {
  readonly vdnId: number;
  readonly timeZone: string;
}

export interface Asking extends Wanted {
  readonly indicators: readonly Indicator[];
  /** Of calls that come in, these alone. */
  readonly only?: CallFilter | undefined;
}

/** Figures up to the second. */
export interface Reading {
  /** Of today in the tenant's zone or, `daysBack`, of an earlier day. */
  readonly ofDay: (tenant: OfTenant, subject: Subject, daysBack: number, asking: Asking) => Promise<SpanFigures>;
  readonly ofSpan: (tenant: OfTenant, subject: Subject, span: Span, asking: Asking) => Promise<SpanFigures>;
}

export interface SpanFigures {
  /** With what happened right now. */
  readonly live: readonly FigureRow[];
  /** Up to the last five minutes that are over. */
  readonly settled: readonly FigureRow[];
}

const FINER = [{ grain: GRAIN.quarter, ms: QUARTER_MS }, { grain: GRAIN.five, ms: FIVE_MS }] as const;

/** The coarsest rows that fit, and finer ones at both ends; what is not over yet is in none of them. */
function within({ from, to }: Span, now: number, [grain, ...finer]: readonly (typeof FINER)[number][] = FINER): readonly Source[] {
  if (to <= from) return [];
  if (grain === undefined) return [{ grain: 'calls', from, to }];
  const begins = Math.ceil(from / grain.ms) * grain.ms;
  const ends = Math.floor(Math.min(to, now) / grain.ms) * grain.ms;
  if (ends <= begins) return within({ from, to }, now, finer);
  return [...within({ from, to: begins }, now, finer), { ...grain, from: begins, to: ends }, ...within({ from: ends, to }, now, finer)];
}

/** Where a span is read: whole days of the zone that are over, where it is not told by parts of a day; else by what lies within. */
export function sourcesOf(span: Span, now: number, zone: string, inParts: boolean): readonly Source[] {
  const whole = { from: span.from, to: Math.min(span.to, now + FIVE_MS) };
  if (inParts) return within(whole, now);
  const first = dateIn(zone, whole.from);
  const from = dayBegins(zone, first) === whole.from ? whole.from : dayBegins(zone, dateAfter(first, 1));
  const to = dayBegins(zone, dateIn(zone, Math.min(whole.to, now)));
  if (to <= from) return within(whole, now);
  return [...within({ from: whole.from, to: from }, now), { grain: GRAIN.day, from, to }, ...within({ from: to, to: whole.to }, now)];
}

/** Rows of the same thing and time become one; of sums, which is all that is put together here. */
function together(...sets: readonly (readonly FigureRow[])[]): readonly FigureRow[] {
  const rows = new Map<string, { readonly row: FigureRow; readonly measures: Record<string, number | undefined> }>();
  for (const row of sets.flat()) {
    const known = rows.get(`${row.object} ${row.at}`);
    if (known === undefined) rows.set(`${row.object} ${row.at}`, { row, measures: { ...row.measures } });
    else for (const [name, value = 0] of Object.entries(row.measures)) known.measures[name] = (known.measures[name] ?? 0) + value;
  }
  return [...rows.values()].map(({ row, measures }) => ({ ...row, measures })).toSorted((one, other) => one.object - other.object || one.at - other.at);
}

const only = (isOne: (name: string) => boolean) => ({ measures, ...row }: FigureRow): FigureRow =>
  ({ ...row, measures: Object.fromEntries(Object.entries(measures).filter(([name]) => isOne(name))) satisfies Measures });

export function createReading({ db, clock, projectors }: ReadingDependencies): Reading {
  const readLive = async ({ vdnId, timeZone }: OfTenant, { live }: Subject, span: Span, { only: filter, ...asking }: Asking, now: number): Promise<readonly FigureRow[]> => {
    const rows = await readFigures(db, vdnId, live, sourcesOf(span, now, timeZone, asking.partMs !== undefined), asking);
    if (filter === undefined) return rows;
    const filtered = await readFiltered(db, vdnId, live, span, asking, filter);
    return together(filtered.map(only((name) => !isOfCallsOut(name))), rows.map(only(isOfCallsOut)));
  };

  const readSettled = async ({ vdnId, timeZone }: OfTenant, { settled }: Subject, span: Span, asking: Asking, now: number): Promise<readonly FigureRow[]> => {
    if (settled === undefined) return [];
    const over = { from: Math.ceil(span.from / FIVE_MS) * FIVE_MS, to: Math.floor(Math.min(span.to, now) / FIVE_MS) * FIVE_MS };
    // First: what ends between the two would be in neither the other way round.
    const open = await readOpenWork(db, vdnId, over, asking);
    return together(await readFigures(db, vdnId, settled, sourcesOf(over, now, timeZone, asking.partMs !== undefined), asking), open);
  };

  const ofSpan: Reading['ofSpan'] = async (tenant, subject, span, asking) => {
    for (const projector of projectors) await projector.settled(tenant.vdnId);
    const now = clock();
    await settle(db, tenant.vdnId, tenant.timeZone, now);
    if (span.from < dayBegins(tenant.timeZone, dateIn(tenant.timeZone, now))) await settleDays(db, tenant.vdnId, tenant.timeZone, now);
    const { indicators } = asking;
    return {
      live: indicators.some((one) => !one.settled) ? await readLive(tenant, subject, span, asking, now) : [],
      settled: indicators.some((one) => one.settled) ? await readSettled(tenant, subject, span, asking, now) : [],
    };
  };

  return {
    ofSpan,
    ofDay: (tenant, subject, daysBack, asking) => ofSpan(tenant, subject, dayOf(tenant.timeZone, dateAfter(dateIn(tenant.timeZone, clock()), -daysBack)), asking),
  };
}
