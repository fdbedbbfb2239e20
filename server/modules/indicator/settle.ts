import { dateIn, dayBegins, dayOf } from '@parley/core/time/zone.ts';
import type { Database } from '../../database/connect.ts';
import { DAILY } from './daily.ts';
import { countDay } from './daily-store.ts';
import { OF_CALLS } from './figures-of-calls.ts';
import { AGENT_WORK } from './figures-of-work.ts';
import { addUp, countFives, FIVE_MS, GRAIN, hasDue, holdFigures, putDue, QUARTER_MS, takeDue, type Due, type Span } from './store.ts';
import { countWork } from './work-store.ts';

/** What is counted when five minutes are over: calls by them, what agents did by agent, too, and from some of them on up to now. */
export const KINDS = ['calls', 'work', 'span'] as const;
/** What is counted when a day of the tenant's zone is over, by its beginning. */
export const DAY_KINDS = ['day', 'workday'] as const;

/** No statement shall come near its deadline, however much is due: five minutes of calls, and agents of whom whole days may be. */
const MOST_BUCKETS = 72;
const MOST_AGENTS = 100;

const inPieces = <T>(all: readonly T[], most: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(all.length / most) }, (_, index) => all.slice(index * most, (index + 1) * most));

/** The quarters of an hour in which the moments lie. */
const quartersOf = (moments: readonly number[]): readonly Span[] =>
  [...new Set(moments.map((at) => Math.floor(at / QUARTER_MS) * QUARTER_MS))].map((from) => ({ from, to: from + QUARTER_MS }));

async function settleCalls(tx: Database, vdnId: number, zone: string, before: number): Promise<void> {
  const buckets = (await takeDue(tx, vdnId, 'calls', before)).map(({ bucket }) => bucket);
  if (buckets.length === 0) return;
  const quarters = quartersOf(buckets);
  for (const figures of OF_CALLS) {
    for (const some of inPieces(buckets, MOST_BUCKETS)) await countFives(tx, vdnId, figures, some);
    await addUp(tx, vdnId, figures, GRAIN.five, GRAIN.quarter, quarters);
  }
  const days = new Set(quarters.map(({ from }) => dayBegins(zone, dateIn(zone, from))));
  await putDue(tx, vdnId, 'day', [...days].map((bucket) => ({ agent: 0, bucket })));
}

/** The five minutes of an agent that are due: these and, as whoever signs out after a long day has all of it counted anew, those from some on. */
function bucketsOf(before: number, singles: readonly Due[], spans: readonly Due[]): readonly number[] {
  const from = Math.min(before, ...spans.map(({ bucket }) => bucket));
  const length = Math.ceil((before - from) / FIVE_MS);
  return [...new Set([...Array.from({ length }, (_, index) => from + index * FIVE_MS), ...singles.map(({ bucket }) => bucket)])];
}

async function countAgents(tx: Database, vdnId: number, zone: string, due: readonly Due[]): Promise<void> {
  await countWork(tx, vdnId, due);
  const quarters = quartersOf(due.map(({ bucket }) => bucket));
  await addUp(tx, vdnId, AGENT_WORK, GRAIN.five, GRAIN.quarter, quarters, [...new Set(due.map(({ agent }) => agent))]);
  const dayOfQuarter = new Map(quarters.map(({ from }) => [from, dayBegins(zone, dateIn(zone, from))]));
  const days = new Map<string, Due>();
  for (const { agent, bucket } of due) {
    const day = dayOfQuarter.get(Math.floor(bucket / QUARTER_MS) * QUARTER_MS) ?? bucket;
    days.set(`${agent} ${day}`, { agent, bucket: day });
  }
  await putDue(tx, vdnId, 'workday', [...days.values()]);
}

async function settleWork(tx: Database, vdnId: number, zone: string, before: number): Promise<void> {
  const spans = Map.groupBy(await takeDue(tx, vdnId, 'span', before), ({ agent }) => agent);
  const singles = Map.groupBy(await takeDue(tx, vdnId, 'work', before), ({ agent }) => agent);
  const agents = [...new Set([...spans.keys(), ...singles.keys()])];
  for (const some of inPieces(agents, MOST_AGENTS)) {
    await countAgents(tx, vdnId, zone, some.flatMap((agent) => bucketsOf(before, singles.get(agent) ?? [], spans.get(agent) ?? []).map((bucket) => ({ agent, bucket }))));
  }
}

/**
 * Counts what is due of a tenant: whole spans anew, from the rows of calls and of what agents did to five minutes and quarters of an
 * hour. So it may be done again at any time, and rows that come late are counted as well.
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

/** The same of the days of the tenant's zone that are over, and of the daily tables. */
export async function settleDays(db: Database, vdnId: number, zone: string, now: number): Promise<void> {
  const today = dayBegins(zone, dateIn(zone, now));
  if (!await hasDue(db, vdnId, DAY_KINDS, today)) return;
  await db.transaction().execute(async (tx) => {
    await holdFigures(tx, vdnId);
    const dates = new Set((await takeDue(tx, vdnId, 'day', today)).map(({ bucket }) => dateIn(zone, bucket)));
    const days = [...dates].map((date) => dayOf(zone, date));
    if (days.length > 0) for (const figures of OF_CALLS) await addUp(tx, vdnId, figures, GRAIN.quarter, GRAIN.day, days);
    for (const date of dates) for (const daily of DAILY) await countDay(tx, vdnId, daily, date, dayOf(zone, date));
    const worked = Map.groupBy(await takeDue(tx, vdnId, 'workday', today), ({ bucket }) => dateIn(zone, bucket));
    for (const [date, due] of worked) await addUp(tx, vdnId, AGENT_WORK, GRAIN.quarter, GRAIN.day, [dayOf(zone, date)], due.map(({ agent }) => agent));
  });
}
