import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { sql } from 'kysely';
import { createTestDatabase, type TestDatabase } from '../testing/database.ts';
import { until } from '../testing/until.ts';
import { createBench, type Bench } from './engine.fixture.ts';

const NUMBER = '13912345678';
const OTHER = '13900000002';

let database: TestDatabase;
let benches: Bench[] = [];

before(async () => { database = await createTestDatabase(); });
after(() => database.close());
afterEach(async () => {
  for (const bench of benches) await bench.engine.stop();
  benches = [];
  await sql`truncate centre, centre_event, centre_personal, centre_snapshot`.execute(database.db);
});

async function open(): Promise<Bench> {
  const bench = createBench({ db: database.db });
  benches.push(bench);
  await bench.engine.start();
  return bench;
}

async function talk(bench: Bench, number: string, vdnId = 1): Promise<string> {
  const talks = bench.told.filter(({ event }) => event.type === 'AgentJoined').length;
  bench.callIn(number, vdnId);
  await until(() => bench.told.filter(({ event }) => event.type === 'AgentJoined').length > talks, 'they talk');
  await bench.engine.idle();
  return bench.engine.view(vdnId, ({ agents }) => agents.get(101)?.call ?? '');
}

const erase = (bench: Bench, numbers: readonly string[], vdnId = 1) => database.db.transaction().execute((tx) => bench.engine.erasure.erase(tx, vdnId, numbers));

/** All that is kept of the engine, as text. */
async function kept(): Promise<string> {
  const tables = await Promise.all((['centre', 'centre_event', 'centre_personal', 'centre_snapshot'] as const).map((table) => database.db.selectFrom(table).selectAll().execute()));
  return JSON.stringify(tables);
}

/** Enough for a snapshot when it is stopped. */
async function work(bench: Bench): Promise<void> {
  await bench.signIn(102);
  for (let index = 0; index < 150; index += 1) await Promise.all([bench.busy(102), bench.free(102)]);
  await bench.busy(102);
}

describe('an erasure in the engine', () => {
  test('reaches the events, the snapshots and what an agent could still be asked, and nobody else\'s', async () => {
    const bench = await open();
    await bench.signIn(101);
    await work(bench);
    await talk(bench, NUMBER);
    await bench.engine.stop();
    const again = await open();
    await again.engine.idle();
    await again.send({ kind: 'release', agent: 101 });
    await again.free(101);
    await talk(again, OTHER);
    await again.send({ kind: 'release', agent: 101 });
    await again.engine.idle();
    assert.ok((await kept()).includes(NUMBER), 'the snapshot knows it too');
    const counts = await erase(again, [NUMBER, 'talking', 'wen11']);
    await again.engine.idle();
    assert.ok((counts['centre_personal'] ?? 0) > 0 && counts['centre_snapshot'] === 1);
    const rest = await kept();
    assert.ok(!rest.includes(NUMBER));
    assert.ok(rest.includes(OTHER));
    const restored = await open();
    assert.equal(await restored.stateOf(102), 'busy', 'what is left of the snapshot and the events is still a state');
    const calls = await restored.engine.history.story(1, {}, 10_000);
    assert.ok(calls.some(({ event }) => event.type === 'CallBegan' && event.personal === undefined), 'the event stays, without what was personal');
  });

  test('waits for the end of a call that goes on', async () => {
    const bench = await open();
    await bench.signIn(101);
    const call = await talk(bench, NUMBER);
    await erase(bench, [NUMBER]);
    assert.equal(await bench.engine.view(1, ({ calls }) => calls.get(call)?.caller), NUMBER);
    assert.ok((await kept()).includes(NUMBER));
    await bench.send({ kind: 'release', agent: 101 });
    await bench.engine.idle();
    assert.ok(!(await kept()).includes(NUMBER));
    assert.equal(await bench.engine.view(1, ({ agents }) => agents.get(101)?.lastCall?.caller), '');
    assert.equal(await bench.engine.view(1, ({ toErase }) => toErase.size), 0);
  });

  test('that was ordered before the process died is carried out after it', async () => {
    const bench = await open();
    await bench.signIn(101);
    await talk(bench, NUMBER);
    await erase(bench, [NUMBER]);
    const again = await open();
    await again.engine.idle();
    assert.equal(await again.engine.view(1, ({ calls, toErase }) => calls.size + toErase.size), 0, 'its legs were gone, so it ended');
    assert.ok(!(await kept()).includes(NUMBER));
  });

  test('of one tenant leaves the others alone, and needs no contact centre where nothing goes on', async () => {
    const bench = await open();
    for (const vdnId of [1, 2]) {
      await bench.signIn(101, vdnId);
      await talk(bench, NUMBER, vdnId);
      await bench.send({ kind: 'signOut', agent: 101, force: true }, vdnId);
      await bench.engine.idle();
    }
    await bench.advance(61_000);
    await erase(bench, [NUMBER], 1);
    const rows = await database.db.selectFrom('centre_personal').select(['vdn_id', 'numbers']).execute();
    assert.ok(rows.some(({ vdn_id: vdnId, numbers }) => vdnId === 2 && numbers.includes(NUMBER)));
    assert.ok(!rows.some(({ vdn_id: vdnId, numbers }) => vdnId === 1 && numbers.includes(NUMBER)));
    assert.equal((await database.db.selectFrom('centre').select('epoch').where('vdn_id', '=', 1).executeTakeFirstOrThrow()).epoch, 1);
  });
});
