import { pipeline } from 'node:stream/promises';
import { Writable } from 'node:stream';
import { sql } from 'kysely';
import { dateAfter, dateIn } from '@parley/core/time/zone.ts';
import type { Database } from '../server/database/connect.ts';
import { buildExport } from '../server/modules/export/building.ts';
import { settle, settleDays } from '../server/modules/indicator/settle.ts';
import { pagesOfRows } from '../server/modules/records/index.ts';
import { FIRST_RECORDING } from '../server/modules/tenant/store.ts';
import { writeRows } from './past-rows.ts';

/** Of a tenant of its own, whom nobody else serves. */
const VDN_ID = 900_000;
const ZONE = 'Europe/Berlin';
const CALLS_A_DAY = 20_000;
const DAY_MS = 86_400_000;

/** How often the day was settled, and how often exported. */
export interface BusyWork {
  readonly start: () => void;
  readonly stop: () => Promise<{ readonly settled: number; readonly exported: number }>;
}

/** A day of calls that is settled and exported again and again, one beside the other, as fast as it goes. */
export async function createBusyWork(db: Database): Promise<BusyWork> {
  const now = Date.now();
  const from = dateAfter(dateIn(ZONE, now), -2);
  await writeRows(db, {
    vdnId: VDN_ID, timeZone: ZONE, seed: 3, callsADay: CALLS_A_DAY, queues: [1, 2, 3, 4], flows: ['7'], agents: Array.from({ length: CALLS_A_DAY / 80 }, (_, index) => 101 + index),
  }, { from, count: 1 });
  const notes = await db.selectFrom('figure_due').selectAll().where('vdn_id', '=', VDN_ID).execute();
  const tenant = {
    vdnId: VDN_ID, name: 'bench', tenantId: 'bench', tenantSpaceId: 'bench-space', ccId: 1, timeZone: ZONE, locale: 'en', enabled: true, limits: {}, guidMode: 'server', agentPasswordDays: 0,
    recording: FIRST_RECORDING, passwordHash: null,
  } as const;
  const none = async function* none() { /* Only calls are asked for. */ };
  const sources = { rows: (vdnId: number, asked: Parameters<typeof pagesOfRows>[2]) => pagesOfRows(db, vdnId, asked), recordings: none, operations: none, partsOf: () => Promise.resolve(new Map<never, never>()) };

  const stopping = new AbortController();
  const done = { settled: 0, exported: 0 };
  const settling = async (): Promise<void> => {
    for (; !stopping.signal.aborted; done.settled += 1) {
      await settle(db, VDN_ID, ZONE, now);
      await settleDays(db, VDN_ID, ZONE, now);
      const again = JSON.stringify(notes);
      await sql`insert into figure_due select * from json_populate_recordset(null::figure_due, ${again}::json) on conflict do nothing`.execute(db);
    }
  };
  const exporting = async (): Promise<void> => {
    for (; !stopping.signal.aborted; done.exported += 1) {
      await pipeline(buildExport(sources, tenant, { asked: { from: now - 3 * DAY_MS, to: now, entries: ['call'] }, key: { scheme: 'C2', id: 'bench' } }, now),
        new Writable({ write: (_chunk, _encoding, taken) => { taken(); } }));
    }
  };
  let running: Promise<unknown> = Promise.resolve();
  return {
    start: () => { running = Promise.all([settling(), exporting()]); },
    stop: async () => {
      stopping.abort();
      await running;
      return done;
    },
  };
}
