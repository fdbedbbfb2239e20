import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { makeDataFolder } from '../e2e/parley-process.ts';
import { createDirectoryFiles } from '../server/adapters/files/directory.ts';
import { startManagedPostgres } from '../server/adapters/managed-postgres/index.ts';
import { connect, migrate } from '../server/database/connect.ts';
import { buildExport } from '../server/modules/export/building.ts';
import { pagesOfRows } from '../server/modules/records/index.ts';
import { FIRST_RECORDING } from '../server/modules/tenant/store.ts';

/**
 * A file of call records (13.2.1.2) as large as a busy contact centre has of three days: how long it takes, what it adds to the memory of the process that
 * makes it, and for how long nothing else is done there.
 *
 * `node --expose-gc bench/export.ts [rows]`
 */
const [rows = 1_000_000] = process.argv.slice(2).map(Number);
const AT_ONCE = 20_000;
const DAY_MS = 86_400_000;
const LOOK_MS = 20;

const folder = makeDataFolder();
const kept = mkdtempSync(join(tmpdir(), 'parley-export-'));
const postgres = await startManagedPostgres({ dataDir: folder.path, prepareSchema: () => Promise.resolve(), log: () => undefined });
const { db, close } = connect(postgres.url, { maxConnections: 4 });

try {
  await migrate(db);
  const now = Date.now();
  for (let from = 1; from <= rows; from += AT_ONCE) {
    await sql`insert into call_segment (vdn_id, call, row, is_last, device, device_no, pre_device, pre_device_no, enter_reason, leave_reason, cause, agent, first_queue, queue, caller, called,
        feature, medium, media, wait_from, wait_to, ack_from, ack_to, talk_from, talk_to, logged_at, is_first, queued_s, anonymous)
      select 1, (1700000000 + i / 2) || '-' || i, 1 + i % 2, i % 2 = 1, 'agent', (100 + i % 500)::text, 'queue', '7', 0, 15, 531, 100 + i % 500, 7, 7, '1380000' || lpad((i % 10000)::text, 4, '0'),
        '95001', 0, 'voice', null, t, t + 3000, t + 3000, t + 7000, t + 7000, t + 60000, t + 60000, true, 3, false
      from (select i, ${now - 2 * DAY_MS}::bigint + i::bigint * 150 as t from generate_series(${from}::int, ${Math.min(rows, from + AT_ONCE - 1)}::int) i) made`.execute(db);
  }
  await sql`vacuum analyze call_segment`.execute(db);

  const files = createDirectoryFiles({ folder: kept });
  const none = async function* none() { /* Only calls are asked for. */ };
  const tenant = {
    vdnId: 1, name: 'bench', tenantId: 'bench', tenantSpaceId: 'bench-space', ccId: 1, timeZone: 'Europe/Berlin', locale: 'en', enabled: true, limits: {}, guidMode: 'server', agentPasswordDays: 0,
    recording: FIRST_RECORDING, passwordHash: null,
  } as const;
  globalThis.gc?.();
  const before = process.memoryUsage.rss();
  let most = before;
  let longest = 0;
  let last = performance.now();
  const watching = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss());
    longest = Math.max(longest, performance.now() - last - LOOK_MS);
    last = performance.now();
  }, LOOK_MS);
  const begun = performance.now();
  await files.putStream('export.zip', buildExport(
    { rows: (vdnId, asked) => pagesOfRows(db, vdnId, asked), recordings: none, operations: none, partsOf: () => Promise.resolve(new Map()) },
    tenant, { asked: { from: now - 3 * DAY_MS, to: now, entries: ['call'] }, key: { scheme: 'C2', id: 'bench' } }, now,
  ));
  clearInterval(watching);
  const size = (await files.open('export.zip'))?.size ?? 0;
  const mega = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`;
  console.log(`${rows} rows in ${((performance.now() - begun) / 1000).toFixed(1)} s, a ZIP of ${mega(size)}; memory ${mega(before)} before, ${mega(most)} at most: ${mega(most - before)} more; `
    + `nothing else was done for ${longest.toFixed(0)} ms at the longest`);
} finally {
  await close();
  await postgres.stop();
  rmSync(kept, { recursive: true, force: true });
  folder.remove();
}
