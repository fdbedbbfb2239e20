/** 12.3.1.3.12: a time is a quarter of an hour, or a multiple of it, and no longer than a day. */
const QUARTER_MS = 15 * 60_000;
const DAY_MS = 24 * 3_600_000;

const TEXT = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/;

/** Milliseconds of `yyyy-MM-dd HH:mm:ss` in UTC; undefined where that is no time. */
export function utcOf(text: string): number | undefined {
  if (!TEXT.test(text)) return undefined;
  const at = Date.parse(`${text.replace(' ', 'T')}Z`);
  // What overflows, such as the 31st of June, is no day.
  return Number.isNaN(at) || new Date(at).toISOString().slice(0, 19).replace('T', ' ') !== text ? undefined : at;
}

export interface Window {
  readonly from: number;
  readonly to: number;
}

/** The window asked for, or what is wrong with it. */
export function windowOf(beginTime: string, endTime: string, now: number): Window | string {
  const from = utcOf(beginTime);
  const to = utcOf(endTime);
  if (from === undefined) return `beginTime is no time of the form yyyy-MM-dd HH:mm:ss: ${beginTime}`;
  if (to === undefined) return `endTime is no time of the form yyyy-MM-dd HH:mm:ss: ${endTime}`;
  if (to <= from) return 'endTime is not after beginTime';
  if ((to - from) % QUARTER_MS !== 0) return 'the time from beginTime to endTime is no multiple of 15 minutes';
  if (to - from > DAY_MS) return 'the time from beginTime to endTime is longer than 24 hours';
  return from > now ? 'beginTime is in the future' : { from, to };
}
