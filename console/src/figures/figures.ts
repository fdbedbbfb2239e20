import type { listFigures } from '@parley/contract/admin/figure.ts';
import type { Result } from '@parley/contract/operation.ts';
import { changeOf, FIRST_CODES, unitOf, type Subject } from './indicators.ts';
import { isDate, PARTS, PERIODS, type Parts, type Period, type Picked } from './periods.ts';

/* What is asked for, as the address has it, and what was answered, as charts and tables have it. */

export type Figures = Result<typeof listFigures>;

export interface FigureChoice extends Picked {
  readonly of: Subject;
  /** Ids or work numbers; all where there are none. */
  readonly things: readonly number[];
  readonly codes: readonly string[];
  readonly period: Period;
  /** Undefined for what suits the period. */
  readonly parts: Parts | undefined;
  /** The indicator that is drawn; undefined for the first one. */
  readonly drawn: string | undefined;
}

const SUBJECTS: readonly Subject[] = ['queue', 'agent', 'tenant', 'flow'];
const MOST_THINGS = 100;
const MOST_CODES = 30;
const CODE = /^IDX_\w{1,80}$/;

const partsOf = (text: string | null): readonly string[] => (text ?? '').split(',').filter((part) => part !== '');
const dateOf = (text: string | null): string => (text !== null && isDate(text) ? text : '');

export function readChoice(query: URLSearchParams): FigureChoice {
  const of = SUBJECTS.find((subject) => subject === query.get('of')) ?? 'queue';
  const codes = partsOf(query.get('codes')).filter((code) => CODE.test(code)).slice(0, MOST_CODES);
  const drawn = query.get('chart');
  return {
    of, things: partsOf(query.get('things')).filter((id) => /^\d{1,9}$/.test(id)).map(Number).slice(0, MOST_THINGS), codes: codes.length === 0 ? FIRST_CODES[of] : codes,
    period: PERIODS.find((period) => period === query.get('period')) ?? 'today', firstDay: dateOf(query.get('from')), lastDay: dateOf(query.get('to')),
    parts: PARTS.find((parts) => parts === query.get('parts')), drawn: drawn !== null && CODE.test(drawn) ? drawn : undefined,
  };
}

/** What goes without saying is left out. */
export function writeChoice({ of, things, codes, period, firstDay, lastDay, parts, drawn }: FigureChoice): URLSearchParams {
  const query = new URLSearchParams();
  const set = (name: string, value: string, usual = ''): void => { if (value !== usual) query.set(name, value); };
  set('of', of, 'queue');
  set('things', things.join(','));
  set('codes', codes.join(','), FIRST_CODES[of].join(','));
  set('period', period, 'today');
  if (period === 'dates') {
    set('from', firstDay);
    set('to', lastDay);
  }
  set('parts', parts ?? '');
  set('chart', drawn ?? '');
  return query;
}

export interface Line {
  readonly key: string;
  readonly code: string;
  /** The thing that it is about; undefined where all lines are about one. */
  readonly thing: string | undefined;
}

export interface Point {
  readonly at: number;
  /** By the keys of the lines; undefined where there was nothing to be reckoned. */
  readonly values: Readonly<Record<string, number | undefined>>;
}

export interface Course {
  readonly lines: readonly Line[];
  readonly points: readonly Point[];
  /** How many things there are that are not told. */
  readonly others: number;
}

/** As many as one can tell apart. */
const MOST_LINES = 8;

type Thing = Figures['figures'][number];

/** A figure as a number; undefined for a share of nothing, which is told as `0` where others have two decimals. */
export const figureOf = (code: string, told: string | undefined): number | undefined => (told === undefined || (told === '0' && unitOf(code) === 'percent') ? undefined : Number(told));

export const nameOf = ({ id, name }: Pick<Thing, 'id' | 'name'>): string => name || String(id);
const sumOf = ({ parts }: Thing, index: number): number => parts.reduce((sum, { values }) => sum + Number(values[index] ?? 0), 0);

interface Drawn extends Line {
  readonly of: Thing;
  readonly index: number;
}

/** A line for each indicator of a single thing; for several things one indicator, of those that have most of it. */
function drawnOf({ codes, figures }: Figures, drawn: string): { readonly lines: readonly Drawn[]; readonly others: number } {
  const [only] = figures;
  if (only === undefined) return { lines: [], others: 0 };
  if (figures.length === 1) return { lines: codes.map((code, index) => ({ key: code, code, thing: undefined, of: only, index })), others: 0 };
  const index = codes.indexOf(drawn);
  const most = figures.toSorted((one, other) => sumOf(other, index) - sumOf(one, index)).slice(0, MOST_LINES).toSorted((one, other) => one.id - other.id);
  return { lines: most.map((of) => ({ key: String(of.id), code: drawn, thing: nameOf(of), of, index })), others: figures.length - most.length };
}

/** How figures went, part by part. Parts in which nothing happened have counts of nothing, and no averages. */
export function courseOf(told: Figures, drawn: string, begins: readonly number[]): Course {
  const { lines, others } = drawnOf(told, drawn);
  const known = lines.map(({ of, key, index, code }) => ({ key, none: unitOf(code) === 'count' ? 0 : undefined, values: new Map(of.parts.map(({ at, values }) => [at, figureOf(code, values[index])])) }));
  const times = [...new Set([...begins, ...known.flatMap(({ values }) => [...values.keys()])])].toSorted((one, other) => one - other);
  return {
    lines: lines.map(({ key, code, thing }) => ({ key, code, thing })), others,
    points: times.map((at) => ({ at, values: Object.fromEntries(known.map(({ key, none, values }) => [key, values.get(at) ?? none])) })),
  };
}

/** By thing and indicator. */
export type Whole = ReadonlyMap<number, ReadonlyMap<string, number | undefined>>;

/** Of each thing, its figures of all the time together. */
export const wholeOf = ({ codes, figures }: Figures): Whole =>
  new Map(figures.map(({ id, parts: [whole] }) => [id, new Map(codes.map((code, index) => [code, figureOf(code, whole?.values[index])]))]));

/** The same, where what is counted now and then is unknown as long as none of it has been: nothing is not the same as not yet. */
export function counted(told: Figures, settledCodes: readonly string[]): Whole {
  return new Map([...wholeOf(told)].map(([id, values]) => {
    const isCounted = settledCodes.some((code) => (values.get(code) ?? 0) > 0);
    return [id, isCounted ? values : new Map([...values].map(([code, value]) => [code, settledCodes.includes(code) ? undefined : value]))];
  }));
}

/** Whether anything differs from the time before in a way that is shown. */
export const hasChanges = (now: Whole, before: Whole): boolean => [...now].some(([id, values]) => [...values].some(([code, value]) => {
  const earlier = before.get(id)?.get(code);
  return value !== undefined && earlier !== undefined && changeOf(code, value, earlier) !== undefined;
}));
