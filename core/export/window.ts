import { clockIn, readClock } from '../time/zone.ts';

export const MAX_DAYS = 3;
const DAY_MS = 86_400_000;

/** From and to when, that second included. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

export type WindowFault =
  | { readonly why: 'form' | 'future'; readonly field: 'beginTime' | 'endTime' }
  | { readonly why: 'reversed' | 'tooWide' };

/** The time that is asked for, by the clock of a zone (13.2.1.2). Three days are three days on that clock, also where it is put forward or back. Without a `now` the future may be asked for. */
export function readWindow(zone: string, beginTime: string, endTime: string, now?: number): Window | WindowFault {
  const [from, to] = [readClock(zone, beginTime), readClock(zone, endTime)];
  if (from === undefined) return { why: 'form', field: 'beginTime' };
  if (to === undefined) return { why: 'form', field: 'endTime' };
  if (beginTime > endTime) return { why: 'reversed' };
  if (Date.parse(`${endTime.replace(' ', 'T')}Z`) - Date.parse(`${beginTime.replace(' ', 'T')}Z`) > MAX_DAYS * DAY_MS) return { why: 'tooWide' };
  const today = now === undefined ? endTime : clockIn(zone, now);
  if (beginTime > today) return { why: 'future', field: 'beginTime' };
  if (endTime > today) return { why: 'future', field: 'endTime' };
  return { from, to: to + 999 };
}

export const isWindow = (read: Window | WindowFault): read is Window => 'from' in read;
