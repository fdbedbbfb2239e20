import { dateIn, dayBegins, dayOf } from '@parley/core/time/zone.ts';
import type { Database } from '../../database/connect.ts';
import { DAILY } from './daily.ts';
import { countDay } from './daily-store.ts';
import { OF_CALLS } from './figures-of-calls.ts';
import { AGENT_WORK } from './figures-of-work.ts';
import { addUpDay, addUpQuarters, countFives, firstDue, FIVE_MS, holdFigures, putDue, QUARTER_MS, takeDue, type Due, type Span } from './store.ts';
import { countWork } from './work-store.ts';

/** What is counted when five minutes are over: calls by them, what agents did by agent, too, and from some of them on up to now. */
export const KINDS = ['calls', 'work', 'span'] as const;
/** What is counted when a day of the tenant's zone is over, by its beginning. */
export const DAY_KINDS = ['day', 'workday'] as const;

/** What is settled at once: no transaction shall come near a deadline, nor keep whoever has late rows waiting for long. */
const PART_MS = 3_600_000;
const MOST_AGENTS = 500;

const inPieces = <T>(all: readonly T[], most: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(all.length / most) }, (_, index) => all.slice(index * most, (index + 1) * most));

/** The quarters of an hour in which the moments lie. */
const quartersOf = (moments: readonly number[]): readonly number[] => [...new Set(moments.map((at) => Math.floor(at / QUARTER_MS) * QUARTER_MS))];
/** When the days begin in which they lie. */
const daysOf = (zone: string, quarters: readonly number[]): readonly number[] => [...new Set(quarters.map((at) => dayBegins(zone, dateIn(zone, at))))];

async function settleCalls(tx: Database, vdnId: number, zone: string, part: Span): Promise<void> {
  const buckets = (await takeDue(tx, vdnId, 'calls', part)).map(({ bucket }) => bucket);
  if (buckets.length === 0) return;
  const quarters = quartersOf(buckets);
  for (const figures of OF_CALLS) {
    await countFives(tx, vdnId, figures, buckets);
    await addUpQuarters(tx, vdnId, figures, quarters);
  }
  await putDue(tx, vdnId, 'day', daysOf(zone, quarters).map((bucket) => ({ agent: 0, bucket })));
}

/** The five minutes of agents that are due in a part: those noted by themselves, and of what went on for longer as much as lies in it; the rest is noted again. */
async function takeWork(tx: Database, vdnId: number, part: Span, before: number): Promise<readonly Due[]> {
  // In the order in which they are noted.
  const due = new Map((await takeDue(tx, vdnId, 'work', part)).map((single) => [`${single.agent} ${single.bucket}`, single]));
  const rest: Due[] = [];
  for (const { agent, bucket: from, until } of await takeDue(tx, vdnId, 'span', part)) {
    // Notes of earlier releases have no end.
    const to = until ?? before;
    for (let bucket = from; bucket < Math.min(to, part.to); bucket += FIVE_MS) due.set(`${agent} ${bucket}`, { agent, bucket });
    if (to > part.to) rest.push({ agent, bucket: part.to, until: to });
  }
  await putDue(tx, vdnId, 'span', rest);
  return [...due.values()];
}

async function settleWork(tx: Database, vdnId: number, zone: string, part: Span, before: number): Promise<void> {
  const due = await takeWork(tx, vdnId, part, before);
  if (due.length === 0) return;
  const ofAgents = Map.groupBy(due, ({ agent }) => agent);
  const agents = [...ofAgents.keys()];
  for (const some of inPieces(agents, MOST_AGENTS)) await countWork(tx, vdnId, some.flatMap((agent) => ofAgents.get(agent) ?? []));
  const quarters = quartersOf(due.map(({ bucket }) => bucket));
  await addUpQuarters(tx, vdnId, AGENT_WORK, quarters, agents);
  await putDue(tx, vdnId, 'workday', daysOf(zone, quarters).flatMap((bucket) => agents.map((agent) => ({ agent, bucket }))));
}

/**
 * Counts what is due of a tenant: whole spans anew, from the rows of calls and of what agents did to five minutes and quarters of an
 * hour. So it may be done again at any time, and rows that come late are counted as well. Hour by hour, the earliest first, each in a
 * transaction of its own that takes its notes with it: whoever is killed between two goes on with what is still noted.
 */
export async function settle(db: Database, vdnId: number, zone: string, now: number): Promise<void> {
  const before = Math.floor(now / FIVE_MS) * FIVE_MS;
  for (let first = await firstDue(db, vdnId, KINDS, before); first !== undefined; first = await firstDue(db, vdnId, KINDS, before)) {
    const from = Math.floor(first / PART_MS) * PART_MS;
    const part = { from, to: Math.min(before, from + PART_MS) };
    await db.transaction().execute(async (tx) => {
      await holdFigures(tx, vdnId);
      await settleCalls(tx, vdnId, zone, part);
      await settleWork(tx, vdnId, zone, part, before);
    });
  }
}

/** The same of the days of the tenant's zone that are over, and of the daily tables: day by day. */
export async function settleDays(db: Database, vdnId: number, zone: string, now: number): Promise<void> {
  const today = dayBegins(zone, dateIn(zone, now));
  for (let first = await firstDue(db, vdnId, DAY_KINDS, today); first !== undefined; first = await firstDue(db, vdnId, DAY_KINDS, today)) {
    const date = dateIn(zone, first);
    const day = dayOf(zone, date);
    await db.transaction().execute(async (tx) => {
      await holdFigures(tx, vdnId);
      if ((await takeDue(tx, vdnId, 'day', day)).length > 0) {
        for (const figures of OF_CALLS) await addUpDay(tx, vdnId, figures, day);
        for (const daily of DAILY) await countDay(tx, vdnId, daily, date, day);
      }
      const agents = (await takeDue(tx, vdnId, 'workday', day)).map(({ agent }) => agent);
      if (agents.length > 0) await addUpDay(tx, vdnId, AGENT_WORK, day, agents);
    });
  }
}
