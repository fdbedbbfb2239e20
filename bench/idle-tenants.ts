import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { pino } from 'pino';
import { makeDataFolder, startParley } from '../e2e/parley-process.ts';
import { openDatabase } from '../server/start/database.ts';
import { openDataFolder } from '../server/start/data-folder.ts';
import { installSchema } from '../server/start/world.ts';

/** VDN ids have four digits, and some are in use. */
const TENANTS = 9900;
const IDLE_MS = 20_000;
const TICKS_A_SECOND = 100;

const cpuTicks = (pid: number): number => {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return Number(fields[11]) + Number(fields[12]);
};
const memoryMb = (pid: number): number => Number(/Pss:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0) / 1024;

/** An installation with as many tenants as there can be, none of which does anything: what starting and waiting costs. */
export async function benchIdleTenants(): Promise<string[]> {
  const measure = async (tenants: number): Promise<{ startMs: number; mb: number; cpuMs: number }> => {
    const folder = makeDataFolder();
    try {
      const first = await startParley(folder.path, { PARLEY_LOG_LEVEL: 'warn' });
      await first.end('SIGTERM');
      if (tenants > 0) await insertTenants(folder.path, tenants);
      const started = performance.now();
      const parley = await startParley(folder.path, { PARLEY_LOG_LEVEL: 'warn' });
      const startMs = performance.now() - started;
      const pid = parley.child.pid ?? 0;
      await pause(IDLE_MS / 4);
      const before = cpuTicks(pid);
      await pause(IDLE_MS);
      const cpuMs = (cpuTicks(pid) - before) * (1000 / TICKS_A_SECOND);
      const mb = memoryMb(pid);
      await parley.end('SIGTERM');
      return { startMs, mb, cpuMs };
    } finally {
      folder.remove();
    }
  };
  const few = await measure(0);
  const many = await measure(TENANTS);
  const line = (name: string, { startMs, mb, cpuMs }: typeof few): string =>
    `${name}: ready after ${(startMs / 1000).toFixed(2)} s, ${mb.toFixed(0)} MB, ${cpuMs.toFixed(0)} ms of CPU in ${IDLE_MS / 1000} s`;
  return [line('demo tenant alone', few), line(`${TENANTS} tenants more`, many)];
}

async function insertTenants(dataDir: string, tenants: number): Promise<void> {
  const log = pino({ level: 'silent' });
  const database = await openDatabase({ url: '', dataDir: openDataFolder(dataDir), connections: 2, log, prepareSchema: installSchema });
  try {
    await sql`insert into vdn (vdn_id, name, tenant_id, tenant_space_id, cc_id, time_zone, locale, enabled, limits, created_at)
      select 90 + n, 'tenant ' || n, 'tenant-' || n, 'space-' || n, 1, 'UTC', 'en_US', true, '{}', 0 from generate_series(1, ${tenants}::int) n`.execute(database.db);
  } finally {
    await database.close();
  }
}
