import { createTestDatabase } from '../testing/database.ts';
import { createBench, createFakeVoice } from './engine.fixture.ts';
import { aQueue, aSkill, EVERY_BIT } from '@parley/core/centre/centre.fixture.ts';
import { setTimeout as pause } from 'node:timers/promises';

const database = await createTestDatabase();
const N = 1000;
if (process.argv[3]) { const { sql } = await import('kysely'); await sql.raw(`create function slow() returns trigger as 'begin perform pg_sleep(0.05); return null; end' language plpgsql`).execute(database.db); await sql.raw('create trigger slow after insert on centre_event for each statement execute function slow()').execute(database.db); }
const voice = createFakeVoice();
const bench = createBench({ db: database.db, voice });
(bench as any).config = { queues: [aQueue(1), aQueue(2)], roles: [{ id: 2, bits: EVERY_BIT }], agents: Array.from({ length: N }, (_, i) => ({ id: 101 + i, roleId: 2, type: 4, skills: [aSkill(1), aSkill(2)] })) };
await bench.engine.start();
let t = performance.now();
await Promise.all(Array.from({ length: N }, (_, i) => bench.signIn(101 + i)));
console.log('sign in', N, (performance.now() - t).toFixed(0), 'ms');
// a) busy/free
const CONC = 200;
t = performance.now();
let done = 0;
const cpu0 = process.cpuUsage();
await Promise.all(Array.from({ length: CONC }, async (_, i) => {
  for (let k = 0; k < 100; k += 1) { await bench.busy(101 + i); await bench.free(101 + i); done += 2; }
}));
let ms = performance.now() - t;
const cpu = process.cpuUsage(cpu0);
console.log('busy/free', (done / ms * 1000).toFixed(0), '/s', 'cpu us a command', ((cpu.user + cpu.system) / done).toFixed(1));
bench.told.length = 0;
voice.orders.length = 0;
// b) calls at a rate
const waits: number[] = [];
const lags: number[] = [];
const began = new Map<string, number>();
bench.engine.project<any>({ read: (e: any) => (e.type === 'CallOffered' || e.type === 'LegBegan' ? [e] : []), deliver: (_v, items) => {
  for (const e of items as any[]) {
    if (e.type === 'LegBegan' && e.direction === 'in') began2.set(e.call, e.leg);
    if (e.type === 'CallOffered') { const leg = began2.get(e.call); const at = began.get(leg ?? ''); if (at !== undefined) waits.push(performance.now() - at); began.delete(leg ?? ''); }
  }
} });
const began2 = new Map<string, string>();
const RATE = Number(process.argv[2] ?? 50);
const cpu1 = process.cpuUsage();
t = performance.now();
const secs = 15;
let calls = 0;
const end = performance.now() + secs * 1000;
let next = performance.now();
while (performance.now() < end) {
  while (next <= performance.now()) {
    next += 1000 / RATE;
    const at = performance.now();
    const leg = bench.callIn('138');
    began.set(leg, at);
    calls += 1;
    setTimeout(() => voice.tell({ kind: 'ended', leg, cause: 518 }), 3000);
  }
  await pause(2);
}
await pause(4000);
const c = process.cpuUsage(cpu1);
waits.sort((a, b) => a - b);
const { rows } = await (await import('kysely')).sql<any>`select count(*)::int as n, count(distinct xmin::text)::int as c from centre_event`.execute(database.db);
console.log('calls', calls, 'offered', waits.length, 'p50', waits[waits.length >> 1]?.toFixed(1), 'p99', waits[Math.floor(waits.length * 0.99)]?.toFixed(1), 'max', waits.at(-1)?.toFixed(1), 'cpu', ((c.user + c.system) / 1e6 / (secs + 4) * 100).toFixed(0) + '%', rows);
t = performance.now();
await bench.engine.stop();
console.log('stop', (performance.now() - t).toFixed(0));
t = performance.now();
const again = createBench({ db: database.db, voice });
(again as any).config = bench.config;
await again.engine.start();
console.log('start', (performance.now() - t).toFixed(0), await again.engine.view(1, (c) => c.agents.size), 'heap', (process.memoryUsage().heapUsed / 1e6).toFixed(0));
console.log(bench.faults.slice(0, 5));
await again.engine.stop();
await database.close();
process.exit(0);
