import { dateIn, dayOf } from '@parley/core/time/zone.ts';
import type { Database } from '../../database/connect.ts';
import { OF_CALLS } from './figures-of-calls.ts';
import { AGENT_WORK } from './figures-of-work.ts';
import { addUp, countFives, FIVE_MS, GRAIN, hasDue, holdFigures, putDue, QUARTER_MS, takeDue, type Span } from './store.ts';
import { countWork } from './work-store.ts';

export const KINDS = ['calls', 'work'] as const;

/** The quarters of an hour in which the moments lie. */
const quartersOf = (moments: readonly number[]): readonly Span[] =>
  [...new Set(moments.map((at) => Math.floor(at / QUARTER_MS) * QUARTER_MS))].map((from) => ({ from, to: from + QUARTER_MS }));

/** The days of a zone in which the moments lie. */
const daysOf = (moments: readonly number[], zone: string): readonly Span[] => [...new Set(moments.map((at) => dateIn(zone, at)))].map((date) => dayOf(zone, date));

async function settleCalls(tx: Database, vdnId: number, zone: string, before: number): Promise<void> {
  const buckets = (await takeDue(tx, vdnId, 'calls', before)).map(({ bucket }) => bucket);
  if (buckets.length === 0) return;
  const [quarters, days] = [quartersOf(buckets), daysOf(buckets, zone)];
  for (const figures of OF_CALLS) {
    await countFives(tx, vdnId, figures, buckets);
    await addUp(tx, vdnId, figures, GRAIN.five, GRAIN.quarter, quarters);
    await addUp(tx, vdnId, figures, GRAIN.quarter, GRAIN.day, days);
  }
  // The daily tables are counted when the day is over.
  await putDue(tx, vdnId, 'day', days.map(({ from }) => ({ agent: 0, bucket: from })));
}

/** Of those agents alone who did something, as whoever signs out after a long day has all of it counted anew. */
async function settleWork(tx: Database, vdnId: number, zone: string, before: number): Promise<void> {
  const due = await takeDue(tx, vdnId, 'work', before);
  if (due.length === 0) return;
  const [buckets, agents] = [due.map(({ bucket }) => bucket), [...new Set(due.map(({ agent }) => agent))]];
  await countWork(tx, vdnId, due);
  await addUp(tx, vdnId, AGENT_WORK, GRAIN.five, GRAIN.quarter, quartersOf(buckets), agents);
  await addUp(tx, vdnId, AGENT_WORK, GRAIN.quarter, GRAIN.day, daysOf(buckets, zone), agents);
}

/**
 * Counts what is due of a tenant: whole spans anew, from the rows of calls and of what agents did to five minutes, quarters of an hour
 * and days. So it may be done again at any time, and rows that come late are counted as well. All in one transaction: nobody sees a day
 * without its quarters.
 */
export async function settle(db: Database, vdnId: number, zone: string, now: number): Promise<void> {
  const before = Math.floor(now / FIVE_MS) * FIVE_MS;
  if (!await hasDue(db, vdnId, KINDS, before)) return;
  await db.transaction().execute(async (tx) => {
    await holdFigures(tx, vdnId);
    await settleCalls(tx, vdnId, zone, before);
    await settleWork(tx, vdnId, zone, before);
  });
}
