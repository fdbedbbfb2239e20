import { sql } from 'kysely';
import { createClient } from '@parley/contract/client.ts';
import { withSignature } from '@parley/contract/client-signature.ts';
import { cmsQueryCallsV1 } from '@parley/contract/monitoring/call-query.ts';
import { cmsHisIndexSkill, cmsHisIndexVdn } from '@parley/contract/monitoring/history.ts';
import { cmsHisIndexSkillForDay, cmsHisIndexSkillForMonth } from '@parley/contract/monitoring/history-range.ts';
import { dateAfter, dateIn } from '@parley/core/time/zone.ts';
import { makeDataFolder, readDemo, startParley } from '../e2e/parley-process.ts';
import { startManagedPostgres } from '../server/adapters/managed-postgres/index.ts';
import { connect } from '../server/database/connect.ts';
import { settle, settleDays } from '../server/modules/indicator/settle.ts';
import type { Place } from '../sim/past.ts';
import { repeatEarlier, writeRows } from './past-rows.ts';

/**
 * Queries of the past over tables as large as they are after months: a week of calls, decided by the core in virtual time, and the
 * same week again and again before it. Everything over HTTP, on a managed, durable database.
 *
 * `node bench/records.ts [calls on a weekday] [weeks ...]`: once for each number of weeks, so that it is seen what growing costs.
 */
const [callsADay = 20_000, ...more] = process.argv.slice(2).map(Number);
const weeksOf = more.length === 0 ? [2, 20] : more;
const TIMES = 15;
const QUEUES = [11, 12, 13, 14, 15, 16, 17, 18, 19, 20];
const CODES = ['IDX_COUNT_SKILL_REQUEST', 'IDX_COUNT_SKILL_CONNECTED', 'IDX_RATE_SKILL_CONNECTED', 'IDX_DURATION_SKILL_AVG_CONNECTED'];
const DAY_MS = 86_400_000;

const folders = [makeDataFolder(), makeDataFolder()] as const;
const postgres = await startManagedPostgres({ dataDir: folders[0].path, prepareSchema: () => Promise.resolve(), log: () => undefined });
const parley = await startParley(folders[1].path, { PARLEY_DATABASE_URL: postgres.url, PARLEY_VOICE: 'simulated', PARLEY_LOG_LEVEL: 'warn' });
const { db, close } = connect(postgres.url, { maxConnections: 4 });

const shown = (label: string, figure: string): void => { console.log(`${label}: ${figure}`); };

async function timed(label: string, ask: () => Promise<unknown>): Promise<void> {
  await ask();
  const taken: number[] = [];
  for (let time = 0; time < TIMES; time += 1) {
    const begun = performance.now();
    await ask();
    taken.push(performance.now() - begun);
  }
  taken.sort((one, other) => one - other);
  shown(label, `median ${(taken[TIMES >> 1] ?? 0).toFixed(0)} ms, slowest of ${TIMES} ${(taken.at(-1) ?? 0).toFixed(0)} ms`);
}

try {
  const { vdnId: vdn, c2 } = readDemo(folders[1].path);
  const { time_zone: timeZone } = await db.selectFrom('vdn').select('time_zone').where('vdn_id', '=', vdn).executeTakeFirstOrThrow();
  const monitor = createClient({ baseUrl: parley.url, authorize: withSignature(c2.accessKey, c2.secretKey), timeoutMs: 600_000 });
  const place: Place = {
    vdnId: vdn, timeZone, seed: 7, callsADay, queues: QUEUES, flows: ['900', '901', '902'], agents: Array.from({ length: Math.ceil(callsADay / 80) }, (_, index) => 101 + index),
  };
  const today = dateIn(timeZone, Date.now());
  const begun = performance.now();
  // Today is in it, up to its end: what has not happened yet is nobody's business here.
  const events = await writeRows(db, place, { from: dateAfter(today, -6), count: 7 });
  shown('a week made up and written', `${events} events in ${((performance.now() - begun) / 1000).toFixed(0)} s`);

  let weeks = 1;
  for (const wanted of weeksOf) {
    for (; weeks < wanted; weeks += 1) await repeatEarlier(db, vdn, weeks);
    await sql`analyze call_segment`.execute(db);
    await sql`analyze call_record`.execute(db);
    const { rows } = await db.selectFrom('call_segment').select((eb) => eb.fn.countAll<number>().as('rows')).executeTakeFirstOrThrow();
    console.log(`\n${wanted} weeks, ${rows} rows of devices`);
    const settling = performance.now();
    // By ourselves, as nobody would wait for an answer that long.
    await settle(db, vdn, timeZone, Date.now());
    await settleDays(db, vdn, timeZone, Date.now());
    shown('counting all that is due', `${((performance.now() - settling) / 1000).toFixed(1)} s`);
    await timed('hisindex/skill of today', () => monitor.ask(cmsHisIndexSkill, { vdn, skillIds: QUEUES, indexIds: CODES }));
    await timed('hisindex/skill by quarters of an hour', () => monitor.ask(cmsHisIndexSkill, { vdn, skillIds: QUEUES, indexIds: CODES, timeGrain: '15MIN' }));
    await timed('hisindex/skillforday, a month', () => monitor.ask(cmsHisIndexSkillForDay, {
      vdn, skillIds: QUEUES, indexIds: CODES, beginDayTime: `${dateAfter(today, -30)} 00:00:00`, endDayTime: `${today} 00:00:00`,
    }));
    const month = today.slice(0, 7).replace('-', '');
    await timed('hisindex/skillformonth', () => monitor.ask(cmsHisIndexSkillForMonth, { vdn, skillIds: QUEUES, indexIds: CODES, beginMonthTime: month, endMonthTime: month }));
    await timed('hisindex/vdn of one number', () => monitor.ask(cmsHisIndexVdn, { vdnIds: [vdn], indexIds: ['IDX_COUNT_INBOUND_CALL', 'IDX_COUNT_INBOUND_CONNECTED'], calleeNo: '950011' }));
    await timed('querycalls, a page of 100', () => monitor.ask(cmsQueryCallsV1, { vdn, beginDate: Date.now() - DAY_MS, endDate: Date.now(), limit: 100, offset: 0 }));
    await timed('querycalls of one caller', () => monitor.ask(cmsQueryCallsV1, { vdn, callerNo: '13800000123', beginDate: Date.now() - DAY_MS, endDate: Date.now(), limit: 100, offset: 0 }));
  }
} finally {
  await close();
  await parley.end('SIGTERM');
  await postgres.stop();
  for (const folder of folders) folder.remove();
}
