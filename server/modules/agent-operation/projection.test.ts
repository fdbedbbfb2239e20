import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { sql } from 'kysely';
import { aProfile, aQueue, aSkill, EVERY_BIT } from '@parley/core/centre/centre.fixture.ts';
import type { ConfigChange } from '@parley/core/centre/config.ts';
import { isFolded } from '@parley/core/operations/books.fixture.ts';
import { emptyBooks } from '@parley/core/operations/books.ts';
import { foldOperations } from '@parley/core/operations/fold.ts';
import { createBench, START, type Bench } from '../../engine/engine.fixture.ts';
import { fromRow } from '../../engine/event-row.ts';
import type { Projector } from '../../engine/projector.ts';
import { createTestDatabase, type TestDatabase } from '../../testing/database.ts';
import { until } from '../../testing/until.ts';
import { operationsEraser } from './eraser.ts';
import { operationsGoingOn } from './going-on.ts';
import { createOperations, type OnDone } from './projection.ts';

const MINUTE = 60_000;
const VDN = 1;
const CONFIG: ConfigChange = {
  queues: [aQueue(1, { maxWrapUpMs: 0 }), aQueue(2, { media: 53 })],
  roles: [{ id: 2, bits: EVERY_BIT }, { id: 3, bits: EVERY_BIT }],
  agents: [101, 102, 105].map((id) => ({ id, roleId: id === 105 ? 3 : 2, type: 4, skills: id === 101 ? [aSkill(1), aSkill(2)] : [] })),
};

let database: TestDatabase;
let open: (() => Promise<void>)[] = [];
before(async () => { database = await createTestDatabase(); });
after(() => database.close());
afterEach(async () => {
  for (const stop of open.toReversed()) await stop();
  open = [];
  await sql`truncate centre, centre_event, centre_personal, centre_snapshot, projection_cursor, agent_operation, agent_session, operation_desk, operation_call`.execute(database.db);
});

async function aBench(): Promise<Bench> {
  const bench = createBench({ db: database.db });
  bench.config = CONFIG;
  open.push(() => bench.engine.stop());
  await bench.engine.start();
  return bench;
}

/** Follows what happens until it is stopped, as a process does that is started and ended. */
async function follow({ engine }: Bench, onDone?: OnDone): Promise<Projector> {
  const projector = createOperations({ db: database.db, engine, onFault: () => undefined, ...(onDone === undefined ? {} : { onDone }) });
  open.push(() => projector.stop());
  await projector.start();
  return projector;
}

const rowsOf = () => database.db.selectFrom('agent_operation').selectAll().where('vdn_id', '=', VDN).orderBy('id').execute();

/** What the whole journal comes to, told in one go. */
async function expected(): Promise<readonly unknown[]> {
  const books = emptyBooks();
  const rows = await database.db.selectFrom('centre_event as e')
    .leftJoin('centre_personal as p', (join) => join.onRef('p.vdn_id', '=', 'e.vdn_id').onRef('p.seq', '=', 'e.seq'))
    .select(['e.seq', 'e.at', 'e.type', 'e.version', 'e.data', 'p.data as personal']).where('e.vdn_id', '=', VDN).orderBy('e.seq').execute();
  return rows.flatMap((row) => {
    const event = fromRow(row);
    if (!isFolded(event)) return [];
    return foldOperations(books, { seq: row.seq, at: row.at, event }).map(({ agent, type, object, cause, from, to, own, phone, logonSn }, index) =>
      [row.seq * 10_000 + index, agent, type, object ?? null, cause ?? null, from, to, own?.call ?? null, own?.queue ?? null, phone, logonSn]);
  });
}

const told = async (): Promise<readonly unknown[]> => (await rowsOf()).map((row) =>
  [row.id, row.agent, row.type, row.object, row.cause, row.from_at, row.to_at, row.call, row.queue, row.phone, row.logon_sn]);

/** A day at the desk: each step changes what goes on. */
const STEPS: readonly ((bench: Bench) => Promise<unknown>)[] = [
  (bench) => bench.signIn(101),
  (bench) => bench.signIn(102),
  (bench) => bench.send({ kind: 'signIn', agent: 105, profile: aProfile(105), state: 'idle', force: false }),
  async (bench) => { bench.callIn(); await bench.engine.idle(); },
  (bench) => bench.send({ kind: 'hold', agent: 101 }),
  (bench) => bench.send({ kind: 'retrieve', agent: 101 }),
  (bench) => bench.send({ kind: 'innerHelp', agent: 101, to: { device: 'agent', agent: 102 }, mode: 'threeParty' }),
  (bench) => bench.send({ kind: 'release', agent: 102 }),
  (bench) => bench.send({ kind: 'inspect', agent: 105, target: 101, how: 'listen' }),
  (bench) => bench.send({ kind: 'stopInspecting', agent: 105 }),
  (bench) => bench.send({ kind: 'transfer', agent: 101, to: { device: 'number', number: '13900000009' }, mode: 'blind' }),
  (bench) => bench.send({ kind: 'force', agent: 105, target: 102, into: { what: 'rest', ms: MINUTE, reason: 3 } }),
  (bench) => bench.send({ kind: 'force', agent: 105, target: 102, into: { what: 'signOut' } }),
  (bench) => bench.busy(101),
];

async function live(bench: Bench, steps = STEPS): Promise<void> {
  for (const step of steps) {
    await step(bench);
    await bench.engine.idle();
    await bench.advance(40_000);
    await bench.engine.idle();
  }
}

describe('bills', () => {
  test('are what the journal comes to', async () => {
    const bench = await aBench();
    const projector = await follow(bench);
    await live(bench);
    assert.ok(await projector.settled(VDN));
    const rows = await told();
    assert.ok(rows.length > 15, `${rows.length} rows`);
    assert.deepEqual(rows, await expected());
  });

  test('are whole however often who makes them dies, and wherever: none twice, none missing', async () => {
    const bench = await aBench();
    for (const [index, step] of STEPS.entries()) {
      // Each second time it dies in the midst of it, when all is written and nothing is committed.
      const dies: OnDone | undefined = index % 2 === 1 ? () => Promise.reject(new Error('killed')) : undefined;
      const projector = await follow(bench, dies);
      await live(bench, [step]);
      await projector.settled(VDN);
      await projector.stop();
    }
    const last = await follow(bench);
    assert.ok(await last.caughtUp(VDN));
    assert.deepEqual(await told(), await expected());
  });

  test('are found from the beginning by who has never looked', async () => {
    const bench = await aBench();
    await live(bench);
    const projector = await follow(bench);
    assert.ok(await projector.settled(VDN));
    assert.deepEqual(await told(), await expected());
  });

  test('of a text session from :01 to :13 end at :05, :10 and :13', async () => {
    const bench = await aBench();
    const projector = await follow(bench);
    await bench.signIn(101);
    await bench.advance(MINUTE);
    const { result = '' } = await bench.send({ kind: 'chatArrives', queue: 2, channel: 'web', media: 53, user: 'ann' });
    await bench.engine.idle();
    await bench.advance(12 * MINUTE);
    await bench.send({ kind: 'chatLeaves', call: result });
    await projector.settled(VDN);
    const pieces = (await rowsOf()).filter(({ type }) => type === 4).map(({ cause, to_at: to, seconds, media, queue, direction, call }) => [(to - START) / MINUTE, cause, seconds, media, queue, direction, call]);
    assert.deepEqual(pieces, [[5, 1, 240, 53, 2, 'in', result], [10, 1, 300, 53, 2, 'in', result], [13, 0, 180, 53, 2, 'in', result]]);
  });
});

describe('sessions', () => {
  test('are kept with when, why and by whom they ended', async () => {
    const bench = await aBench();
    const projector = await follow(bench);
    await live(bench);
    await projector.settled(VDN);
    const sessions = await database.db.selectFrom('agent_session').selectAll().where('vdn_id', '=', VDN).orderBy('agent').execute();
    assert.deepEqual(sessions.map(({ agent, cause, forced_by: by, phone, ip, agent_type: type, signed_out_at: to }) => [agent, cause, by, phone, ip, type, to === null]), [
      [101, null, null, '80101', '127.0.0.1', 4, true], [102, 257, 105, '80102', '127.0.0.1', 4, false], [105, null, null, '80105', '127.0.0.1', 4, true],
    ]);
    for (const { logon_sn: sn, agent, signed_in_at: at } of sessions) {
      assert.deepEqual((await rowsOf()).filter(({ type, logon_sn: own }) => type === 1 && own === sn).map((row) => [row.agent, row.to_at]), [[agent, at]]);
    }
  });

  test('and what goes on in them is known', async () => {
    const bench = await aBench();
    const projector = await follow(bench);
    await bench.signIn(101);
    await bench.signIn(102);
    await bench.busy(102);
    await projector.settled(VDN);
    const goingOn = await operationsGoingOn(database.db, VDN);
    assert.deepEqual(goingOn.map(({ agent, type, cause, from, isUntold }) => [agent, type, cause, from, isUntold]), [[101, 2, undefined, START, true], [102, 3, 1, START, false]]);
    assert.deepEqual(await operationsGoingOn(database.db, VDN, [103]), []);
  });
});

describe('an erasure (5.1.13)', () => {
  const blank = async (): Promise<readonly (readonly [number, string])[]> => (await rowsOf()).filter(({ type }) => type === 46 || type === 3).map(({ type, phone }) => [type, phone] as const);

  test('takes the numbers to which calls went, and leaves the rest', async () => {
    const bench = await aBench();
    const projector = await follow(bench);
    await live(bench);
    await bench.free(101);
    await projector.settled(VDN);
    assert.deepEqual(await blank(), [[46, '13900000009'], [3, '80101']]);
    const { erase, tables } = operationsEraser(projector);
    const counts = await erase(database.db, VDN, ['13900000009', 'nobody']);
    assert.deepEqual(Object.keys(counts).toSorted(), tables.toSorted());
    assert.deepEqual(await blank(), [[46, ''], [3, '80101']]);
    await erase(database.db, VDN, ['80101']);
    assert.deepEqual(await blank(), [[46, ''], [3, '']]);
    for (const table of ['agent_operation', 'agent_session', 'operation_desk', 'operation_call'] as const) {
      const rows = JSON.stringify(await database.db.selectFrom(table).selectAll().execute());
      assert.ok(!rows.includes('80101') && !rows.includes('13900000009'), table);
    }
  });

  test('reaches what is under way', async () => {
    const bench = await aBench();
    const projector = await follow(bench);
    await live(bench, STEPS.slice(0, 4));
    await bench.send({ kind: 'transfer', agent: 101, to: { device: 'number', number: '13900000009' }, mode: 'talk' });
    await projector.settled(VDN);
    const facts = async (): Promise<string> => JSON.stringify(await database.db.selectFrom('operation_call').selectAll().execute());
    assert.ok((await facts()).includes('13900000009'));
    await operationsEraser(projector).erase(database.db, VDN, ['13900000009']);
    assert.ok(!(await facts()).includes('13900000009'));
  });

  test('of a call that goes on takes, when it is over, what it has come to since', async () => {
    const bench = await aBench();
    const projector = await follow(bench);
    await live(bench, STEPS.slice(0, 4));
    await database.db.transaction().execute((tx) => bench.engine.erasure.erase(tx, VDN, ['13800000001']));
    await bench.send({ kind: 'transfer', agent: 101, to: { device: 'number', number: '13900000009' }, mode: 'blind' });
    await projector.settled(VDN);
    assert.deepEqual(await blank(), [[46, '13900000009']]);
    for (const leg of bench.voice.standing.keys()) if (leg.includes('carrier')) bench.voice.tell({ kind: 'ended', leg, cause: 531 });
    await until(async () => {
      await projector.caughtUp(VDN);
      return (await blank())[0]?.[1] === '';
    }, 'the number has gone');
  });
});
