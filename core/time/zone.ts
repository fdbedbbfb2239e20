/* Days and clocks of a tenant's zone, one of the IANA database. Inside, time is milliseconds; these stand at the border. */

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit',
    });
    formats.set(zone, format);
  }
  return format;
}

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** The clock on the wall, as if it were that of UTC. */
function wall(zone: string, at: number): number {
  const seconds = Math.floor(at / 1000) * 1000;
  if (zone === 'UTC') return seconds;
  const parts = new Map(formatOf(zone).formatToParts(seconds).map(({ type, value }) => [type, Number(value)]));
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
}

/** `2026-03-29 01:59:59`. */
export const clockIn = (zone: string, at: number): string => new Date(wall(zone, at)).toISOString().slice(0, 19).replace('T', ' ');

/** `2026-03-29`. */
export const dateIn = (zone: string, at: number): string => clockIn(zone, at).slice(0, 10);

/** When that clock stands so; of an hour that comes twice the first, of one that is left out what is an hour later. */
export function instantIn(zone: string, clock: string): number {
  const wanted = Date.parse(`${clock.replace(' ', 'T')}Z`);
  // An offset is at most 14 hours, and changes by one or two at a time.
  const offsets = [wanted - DAY_MS, wanted + DAY_MS].map((at) => wall(zone, at) - at);
  const found = offsets.map((offset) => wanted - offset).filter((at) => wall(zone, at) === wanted);
  return found.length === 0 ? wanted - Math.min(...offsets) : Math.min(...found);
}

const CLOCK = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/;

/** The time that a clock such as `2026-03-29 01:59:59` shows; undefined for what no clock shows. */
export function readClock(zone: string, clock: string): number | undefined {
  const read = CLOCK.test(clock) ? new Date(`${clock.replace(' ', 'T')}Z`) : undefined;
  if (read === undefined || Number.isNaN(read.getTime()) || read.toISOString().slice(0, 10) !== clock.slice(0, 10)) return undefined;
  return instantIn(zone, clock);
}

/** When the day begins, which may be at one o'clock where clocks go forward at midnight. */
export const dayBegins = (zone: string, date: string): number => instantIn(zone, `${date} 00:00:00`);

/** The day so many days later. */
export const dateAfter = (date: string, days: number): string => new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

/** From and to when a day lasts: 23 to 25 hours. */
export const dayOf = (zone: string, date: string): { readonly from: number; readonly to: number } => ({ from: dayBegins(zone, date), to: dayBegins(zone, dateAfter(date, 1)) });

/** `202603`, the next one after it, and so on. */
export function monthAfter(month: string, months: number): string {
  const index = Number(month.slice(0, 4)) * 12 + Number(month.slice(4)) - 1 + months;
  return `${String(Math.floor(index / 12)).padStart(4, '0')}${String((index % 12) + 1).padStart(2, '0')}`;
}

export const monthOf = (zone: string, month: string): { readonly from: number; readonly to: number } => {
  const begins = (name: string): number => dayBegins(zone, `${name.slice(0, 4)}-${name.slice(4)}-01`);
  return { from: begins(month), to: begins(monthAfter(month, 1)) };
};

/** The longest that a day may last. */
export const LONGEST_DAY_MS = DAY_MS + 2 * HOUR_MS;
