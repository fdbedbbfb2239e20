import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { sql } from 'kysely';
import { OPERATION } from '@parley/core/operations/operation.ts';
import { dateAfter, dayBegins } from '@parley/core/time/zone.ts';
import { pastOf } from '../../../sim/past.ts';
import type { Database } from '../../database/connect.ts';
import { writePast } from '../../engine/made-up-past.ts';
import { createTestDatabase, type TestDatabase } from '../../testing/database.ts';
import { createOperations } from '../agent-operation/index.ts';
import { createRecords } from '../records/index.ts';
import { DAILY } from './daily.ts';
import { dueOf, workDueOf } from './due.ts';
import { OF_CALLS } from './figures-of-calls.ts';
import { AGENT_WORK } from './figures-of-work.ts';
import { settle, settleDays } from './settle.ts';

/** Its days begin at half past an hour of UTC. */
const ZONE = 'Asia/Kolkata';
const FIRST = '2026-02-03';
const DAYS = 2;
const HOUR_MS = 3_600_000;
const BEGINS = dayBegins(ZONE, FIRST);
const LATER = dayBegins(ZONE, dateAfter(FIRST, DAYS + 1));

let database: TestDatabase;
let db: Database;
let atOnce: object;
let tenants = 0;

/** A tenant with the same past as all others, of which nothing is counted yet. */
async function tenantWithPast(): Promise<number> {
  tenants += 1;
  const place = { vdnId: tenants, timeZone: ZONE, seed: 5, callsADay: 60, queues: [1, 2], flows: ['7'], agents: [101, 102, 103, 104] };
  const told = { db, engine: { project: () => undefined }, onFault: (message: string) => { throw new Error(message); } };
  await writePast(db, tenants, pastOf(place, { from: FIRST, count: DAYS }), [createRecords({ ...told, onLeft: dueOf }), createOperations({ ...told, onDone: workDueOf })]);
  return tenants;
}

async function settleAll(vdnId: number, on = db, now = LATER): Promise<void> {
  await settle(on, vdnId, ZONE, now);
  await settleDays(on, vdnId, ZONE, now);
}

/** All that was counted, as if every tenant had the same number. */
async function figuresOf(vdnId: number): Promise<Readonly<Record<string, readonly string[]>>> {
  const told: Record<string, readonly string[]> = {};
  for (const { table } of [...OF_CALLS, AGENT_WORK, ...DAILY]) {
    const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(table)} where vdn_id = ${vdnId}`.execute(db);
    told[table] = rows.map(({ vdn_id: _tenant, ...row }) => JSON.stringify(table === 'vdn_figure' ? { ...row, object: 0 } : row)).toSorted();
  }
  return told;
}

const notesOf = (vdnId: number) => db.selectFrom('figure_due').selectAll().where('vdn_id', '=', vdnId).execute();

/** The same database, each of whose transactions may be the last thing that is done. */
function endingBefore(commitNumber: number): Database {
  let commits = 0;
  const transaction = () => ({
    execute: (work: (tx: Database) => Promise<unknown>) => db.transaction().execute(async (tx) => {
      await work(tx);
      commits += 1;
      if (commits === commitNumber) throw new Error('killed');
    }),
  });
  return new Proxy(db, {
    get: (target, name) => {
      const own: unknown = name === 'transaction' ? transaction : Reflect.get(target, name);
      return typeof own === 'function' ? own.bind(target) as unknown : own;
    },
  });
}

before(async () => {
  database = await createTestDatabase();
  ({ db } = database);
  const vdnId = await tenantWithPast();
  await settleAll(vdnId);
  atOnce = await figuresOf(vdnId);
  assert.deepEqual(await notesOf(vdnId), []);
});
after(() => database.close());

describe('settlement', () => {
  test('leaves out nothing and counts nothing twice', async () => {
    const sums = async (query: ReturnType<typeof sql<{ readonly seconds: number }>>): Promise<number> => Number((await query.execute(db)).rows[0]?.seconds);
    const worked = (measure: string, grain: number) => sums(sql`select sum(${sql.ref(measure)}) as seconds from agent_work_figure where vdn_id = 1 and grain = ${grain}`);
    const idle = await sums(sql`select sum(seconds) as seconds from agent_operation where vdn_id = 1 and type = ${OPERATION.idle}`);
    const signedIn = await sums(sql`select sum(signed_out_at / 1000 - signed_in_at / 1000) as seconds from agent_session where vdn_id = 1`);
    const talked = await sums(sql`select sum(talk_s) as seconds from call_segment where vdn_id = 1 and device = 'agent' and agent is not null`);
    assert.ok(idle > 0 && signedIn > 0 && talked > 0);
    for (const grain of [5, 15, 1440]) {
      assert.deepEqual([await worked('idle_s', grain), await worked('sign_in_s', grain)], [idle, signedIn], `grain ${grain}`);
      assert.equal(await sums(sql`select sum(talk_s + out_talk_s) as seconds from agent_figure where vdn_id = 1 and grain = ${grain}`), talked);
    }
    const { rows: [longest] } = await sql<{ readonly ms: number }>`select max(to_at - from_at) as ms from agent_operation where vdn_id = 1`.execute(db);
    assert.ok(Number(longest?.ms) > HOUR_MS, 'some of it lasts over several parts');
  });

  test('comes to the same whenever it is done meanwhile', async () => {
    const vdnId = await tenantWithPast();
    for (let now = BEGINS; now < LATER; now += 3.1 * HOUR_MS) await settleAll(vdnId, db, now);
    await settleAll(vdnId);
    assert.deepEqual(await figuresOf(vdnId), atOnce);
    assert.deepEqual(await notesOf(vdnId), []);
  });

  test('comes to the same though it is killed again and again, and goes on where it was', async () => {
    const vdnId = await tenantWithPast();
    const waiting = async (): Promise<number> => (await notesOf(vdnId)).filter(({ kind }) => kind === 'calls' || kind === 'work').length;
    let left = await waiting();
    let kills = 0;
    for (let alive = true; alive;) {
      const killed = await settleAll(vdnId, endingBefore(4)).then(() => false, (error: unknown) => {
        assert.equal((error as Error).message, 'killed');
        return true;
      });
      const now = await waiting();
      assert.ok(now <= left, 'what was counted before is not counted again');
      [left, kills, alive] = [now, kills + Number(killed), killed];
    }
    assert.ok(kills > 3, `it was killed ${kills} times only`);
    assert.deepEqual(await figuresOf(vdnId), atOnce);
    assert.deepEqual(await notesOf(vdnId), []);
  });

  test('comes to the same when all of it is noted once more', async () => {
    const vdnId = await tenantWithPast();
    const notes = await notesOf(vdnId);
    await settleAll(vdnId);
    await db.insertInto('figure_due').values(notes).execute();
    await settleAll(vdnId);
    assert.deepEqual(await figuresOf(vdnId), atOnce);
  });

  test('done by two at the same time counts everything once', async () => {
    const vdnId = await tenantWithPast();
    await Promise.all([settleAll(vdnId), settleAll(vdnId)]);
    assert.deepEqual(await figuresOf(vdnId), atOnce);
  });

  test('waits for rows that are being written, and finds the note of those that come behind it', async () => {
    const vdnId = await tenantWithPast();
    const { rows: [row] } = await sql<{ readonly call: string; readonly at: number }>`
      select call, talk_to as at from call_segment where vdn_id = ${vdnId} and device = 'agent' order by talk_to limit 1`.execute(db);
    assert.ok(row !== undefined);
    const again = async (tx: Database, name: string): Promise<void> => {
      const { rows: columns } = await sql<{ readonly name: string }>`select column_name as name from information_schema.columns
        where table_name = 'call_segment' and is_generated = 'NEVER' and column_name <> 'call' order by ordinal_position`.execute(tx);
      const others = sql.join(columns.map((column) => sql.ref(column.name)));
      await sql`insert into call_segment (call, ${others}) select ${name}, ${others} from call_segment where vdn_id = ${vdnId} and call = ${row.call}`.execute(tx);
      await dueOf(tx, vdnId, [row.at]);
    };
    const calls = async (): Promise<number> =>
      Number((await sql<{ readonly n: number }>`select sum(agent_calls) as n from vdn_figure where vdn_id = ${vdnId} and grain = 5 and at = ${Math.floor(row.at / 300_000) * 300_000}`.execute(db)).rows[0]?.n);
    await settleAll(vdnId);
    const counted = await calls();
    let settling: Promise<void> = Promise.resolve();
    await db.transaction().execute(async (tx) => {
      await again(tx, '1-1');
      settling = settleAll(vdnId);
    });
    await settling;
    await settleAll(vdnId);
    const more = (await calls()) - counted;
    assert.ok(more > 0);
    await db.transaction().execute((tx) => again(tx, '1-2'));
    await settleAll(vdnId);
    assert.equal((await calls()) - counted, 2 * more);
  });
});
