import { sql } from 'kysely';
import { dateAfter, dateIn } from '@parley/core/time/zone.ts';
import { makeDataFolder } from '../e2e/parley-process.ts';
import { startManagedPostgres } from '../server/adapters/managed-postgres/index.ts';
import { connect, migrate } from '../server/database/connect.ts';
import { settle, settleDays } from '../server/modules/indicator/settle.ts';
import { cpuSeconds } from './cpu.ts';
import { multiplyDay, writeRows } from './past-rows.ts';

/**
 * A day of a very large contact centre, none of which is counted yet: how long it takes to count all of it at once, calls and what agents
 * did, up to the daily tables. The CPU time of the database is told too, as it does not depend on who else is at work.
 *
 * `node bench/settlement.ts [calls of a smaller one] [so many of them]`
 */
const [callsADay = 20_000, times = 25] = process.argv.slice(2).map(Number);
const VDN_ID = 1;
const ZONE = 'Europe/Berlin';

const folder = makeDataFolder();
const postgres = await startManagedPostgres({ dataDir: folder.path, prepareSchema: () => Promise.resolve(), log: () => undefined });
const { db, close } = connect(postgres.url, { maxConnections: 1 });

async function timed(label: string, work: () => Promise<void>): Promise<void> {
  const { rows: [backend] } = await sql<{ readonly pid: number }>`select pg_backend_pid() as pid`.execute(db);
  const pid = backend?.pid ?? 0;
  const [begun, used, own] = [performance.now(), cpuSeconds(pid), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(own);
  console.log(`${label}: ${((performance.now() - begun) / 1000).toFixed(1)} s; CPU of the database ${(cpuSeconds(pid) - used).toFixed(1)} s, of ourselves ${((user + system) / 1e6).toFixed(1)} s`);
}

try {
  await migrate(db);
  const now = Date.now();
  const agents = Array.from({ length: Math.ceil(callsADay / 80) }, (_, index) => 101 + index);
  const place = { vdnId: VDN_ID, timeZone: ZONE, seed: 7, callsADay, queues: [11, 12, 13, 14, 15, 16, 17, 18, 19, 20], flows: ['900', '901', '902'], agents };
  // The latest Wednesday that is over in every zone.
  const back = 1 + ((new Date(now).getUTCDay() + 3) % 7);
  await writeRows(db, place, { from: dateAfter(dateIn(ZONE, now), -back), count: 1 });
  await multiplyDay(db, VDN_ID, times);
  const { rows: [made] } = await sql<{ readonly calls: number; readonly rows: number; readonly agents: number }>`
    select count(distinct call) as calls, count(*) as rows, count(distinct agent) as agents from call_segment`.execute(db);
  console.log(`${made?.calls ?? 0} calls, ${made?.rows ?? 0} rows of devices, ${made?.agents ?? 0} agents`);
  await timed('five minutes and quarters of an hour', () => settle(db, VDN_ID, ZONE, now));
  await timed('the day and the daily tables', () => settleDays(db, VDN_ID, ZONE, now));
} finally {
  await close();
  await postgres.stop();
  folder.remove();
}
