import { dateAfter, dateIn, dayBegins } from '@parley/core/time/zone.ts';

/* Spans of time in days of the tenant's zone, as the server cuts them. */

export const PERIODS = ['today', 'yesterday', 'week', 'month', 'dates'] as const;
export type Period = (typeof PERIODS)[number];

export const PARTS = ['15MIN', '30MIN', '60MIN', 'day'] as const;
export type Parts = (typeof PARTS)[number];

export interface Span {
  readonly from: number;
  readonly to: number;
}

/** The first day, and the one behind the last. */
interface Days {
  readonly first: string;
  readonly behind: string;
}

/** Days that somebody has picked, both with them. */
export interface Picked {
  readonly firstDay: string;
  readonly lastDay: string;
}

const DAY_MS = 86_400_000;
const MOST_DAYS = 366;
const MOST_DAY_PARTS = 100;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

export const isDate = (text: string): boolean => DATE.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`)) && dateAfter(text, 0) === text;
const daysBetween = (first: string, behind: string): number => Math.round((Date.parse(`${behind}T00:00:00Z`) - Date.parse(`${first}T00:00:00Z`)) / DAY_MS);
const firstOfMonth = (date: string): string => `${date.slice(0, 8)}01`;

/** Whatever somebody has written into the address: in order, not in the future, not longer than the server tells. */
function pickedDays({ firstDay, lastDay }: Picked, today: string): Days {
  const [first = today, other = today] = [firstDay, lastDay].map((day) => (isDate(day) && day < today ? day : today)).toSorted();
  const last = daysBetween(first, other) < MOST_DAYS ? other : dateAfter(first, MOST_DAYS - 1);
  return { first, behind: dateAfter(last, 1) };
}

const daysOf = (period: Period, picked: Picked, today: string): Days => ({
  today: { first: today, behind: dateAfter(today, 1) },
  yesterday: { first: dateAfter(today, -1), behind: today },
  week: { first: dateAfter(today, -6), behind: dateAfter(today, 1) },
  month: { first: firstOfMonth(today), behind: dateAfter(today, 1) },
  dates: pickedDays(picked, today),
})[period];

const spanOf = (zone: string, { first, behind }: Days): Span => ({ from: dayBegins(zone, first), to: dayBegins(zone, behind) });

/** From and to when a period lasts, and how many days that is. */
export function spanOfPeriod(period: Period, picked: Picked, zone: string, now: number): Span & { readonly days: number } {
  const days = daysOf(period, picked, dateIn(zone, now));
  return { ...spanOf(zone, days), days: daysBetween(days.first, days.behind) };
}

/**
 * The time to compare a period with: as many days before it, of this month the last one. What goes on is compared with as
 * much of it, as a morning is no day.
 */
export function spanBefore(period: Period, picked: Picked, zone: string, now: number): Span {
  const days = daysOf(period, picked, dateIn(zone, now));
  const length = daysBetween(days.first, days.behind);
  const first = period === 'month' ? firstOfMonth(dateAfter(days.first, -1)) : dateAfter(days.first, -length);
  const span = spanOf(zone, { first, behind: period === 'month' ? days.first : dateAfter(first, length) });
  const { from, to } = spanOf(zone, days);
  return now >= to ? span : { from: span.from, to: Math.max(span.from + 1, Math.min(span.to, span.from + now - from)) };
}

/** By which parts a period of so many days can be drawn; the first one is the one to begin with. */
export function partsFor(days: number): readonly Parts[] {
  if (days <= 1) return ['60MIN', '30MIN', '15MIN'];
  if (days <= 7) return ['day', '60MIN', '30MIN'];
  if (days <= 31) return ['day', '60MIN'];
  return days <= MOST_DAY_PARTS ? ['day'] : [];
}

const PART_MS: Readonly<Record<Exclude<Parts, 'day'>, number>> = { '15MIN': 900_000, '30MIN': 1_800_000, '60MIN': 3_600_000 };

/** When the parts of a span begin, up to now. Hours are those of UTC, days those of the zone. */
export function partsIn({ from, to }: Span, parts: Parts, zone: string, now: number): readonly number[] {
  const end = Math.min(to, now + 1);
  const begins: number[] = [];
  if (parts === 'day') for (let date = dateIn(zone, from), at = from; at < end; date = dateAfter(date, 1), at = dayBegins(zone, date)) begins.push(at);
  else for (let at = Math.floor(from / PART_MS[parts]) * PART_MS[parts]; at < end; at += PART_MS[parts]) begins.push(at);
  return begins;
}
