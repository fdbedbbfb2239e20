import { clockIn } from '../time/zone.ts';

/** The moment, as people in a zone name it. */
export interface Moment {
  readonly date: string;
  readonly time: string;
  /** 1 Monday to 7 Sunday. */
  readonly weekday: number;
}

/** `zone` is one of the IANA database, as tenants have them. */
export function momentIn(zone: string, at: number): Moment {
  const clock = clockIn(zone, at);
  const date = clock.slice(0, 10);
  return { date, time: clock.slice(11, 16), weekday: new Date(`${date}T00:00:00Z`).getUTCDay() || 7 };
}

const EVERY_YEAR = /^(\d{2})-(\d{2})$/;
const ONE_DAY = /^(\d{4})-(\d{2})-(\d{2})$/;

/** A holiday: one day, as 2027-12-27, or one of every year, as 12-25. */
export function isHoliday(text: string): boolean {
  const day = EVERY_YEAR.test(text) ? `2024-${text}` : text;
  if (!ONE_DAY.test(day)) return false;
  const read = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(read.getTime()) && read.toISOString().startsWith(day);
}

export const isAmong = (holidays: ReadonlySet<string>, date: string): boolean => holidays.has(date) || holidays.has(date.slice(5));
