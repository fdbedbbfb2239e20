import { clockIn, dateAfter, dateIn, dayBegins, instantIn, monthAfter, monthOf } from '../time/zone.ts';

export interface Range {
  readonly from: number;
  /** Not in it any more. */
  readonly to: number;
}

type Read = Range | { readonly wrong: string };

const CLOCK = /^(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d:\d\d))?$/;
const MONTH = /^\d{4}(?:0[1-9]|1[0-2])$/;
const LAST_SECOND = '23:59:59';
const MIDNIGHT = '00:00:00';

const DATE = /^\d{4}-\d\d-\d\d$/;

const isDate = (date: string): boolean => DATE.test(date) && !Number.isNaN(Date.parse(`${date}T00:00:00Z`)) && dateAfter(date, 0) === date;

function readClock(zone: string, written: string, isEnd: boolean): number | undefined {
  const [, date = '', time = MIDNIGHT] = CLOCK.exec(written.trim()) ?? [];
  if (!isDate(date) || Number.isNaN(Date.parse(`${date}T${time}Z`))) return undefined;
  // Whoever asks up to the last second of a day means all of it.
  if (isEnd && time === LAST_SECOND) return dayBegins(zone, dateAfter(date, 1));
  return time === MIDNIGHT ? dayBegins(zone, date) : instantIn(zone, `${date} ${time}`);
}

/** From one clock time of a zone up to another: in their order, begun, and not too long. */
export function daysBetween(zone: string, begin: string, end: string, now: number, most: number): Read {
  const [from, to] = [readClock(zone, begin, false), readClock(zone, end, true)];
  if (from === undefined) return { wrong: 'beginDayTime is no time such as 2020-08-21 00:00:00' };
  if (to === undefined) return { wrong: 'endDayTime is no time such as 2020-08-22 00:00:00' };
  if (to <= from) return { wrong: 'endDayTime is not behind beginDayTime' };
  if (from > now) return { wrong: 'beginDayTime is in the future' };
  const last = `${dateAfter(dateIn(zone, from), most)} ${clockIn(zone, from).slice(11)}`;
  return to > instantIn(zone, last) ? { wrong: `more than ${most} days` } : { from, to };
}

/** Whole months of a zone, both of them with it. */
export function monthsBetween(zone: string, begin: string, end: string, now: number, most: number): Read {
  const [first, last] = [begin.trim().replace('-', ''), end.trim().replace('-', '')];
  if (!MONTH.test(first)) return { wrong: 'beginMonthTime is no month such as 202007' };
  if (!MONTH.test(last)) return { wrong: 'endMonthTime is no month such as 202008' };
  if (last < first) return { wrong: 'endMonthTime is before beginMonthTime' };
  if (last >= monthAfter(first, most)) return { wrong: `more than ${most} months` };
  const { from } = monthOf(zone, first);
  return from > now ? { wrong: 'beginMonthTime is in the future' } : { from, to: monthOf(zone, last).to };
}

/** Whole days of a zone, both of them with it, by their dates. */
export function datesBetween(zone: string, first: string, last: string, now: number, most: number): { readonly first: string; readonly last: string } | { readonly wrong: string } {
  if (!isDate(first)) return { wrong: 'beginLogDay is no day such as 2020-01-01' };
  if (!isDate(last)) return { wrong: 'endLogDay is no day such as 2020-01-01' };
  if (last < first) return { wrong: 'endLogDay is before beginLogDay' };
  if (first > dateIn(zone, now)) return { wrong: 'beginLogDay is in the future' };
  return last >= dateAfter(first, most) ? { wrong: `more than ${most} days` } : { first, last };
}
