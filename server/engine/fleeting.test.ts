import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { sql } from 'kysely';
import { aQueue, aSkill, EVERY_BIT } from '@parley/core/centre/centre.fixture.ts';
import type { ConfigChange } from '@parley/core/centre/config.ts';
import { createTestDatabase, type TestDatabase } from '../testing/database.ts';
import { createBench, holdCommits, journaledOf, type Bench } from './engine.fixture.ts';

const CONFIG: ConfigChange = {
  queues: [aQueue(1), aQueue(53, { media: 53 })], roles: [{ id: 2, bits: EVERY_BIT }],
  agents: [{ id: 101, roleId: 2, type: 99, skills: [aSkill(1), aSkill(53)] }],
};

let database: TestDatabase;
let bench: Bench;
before(async () => { database = await createTestDatabase(); });
after(() => database.close());
afterEach(async () => {
  await bench.engine.stop();
  await sql`truncate centre, centre_event, centre_personal, centre_snapshot`.execute(database.db);
});

async function open(): Promise<void> {
  bench = createBench({ db: database.db });
  bench.config = CONFIG;
  await bench.engine.start();
}

/** Everything that the journal keeps, as text. */
async function kept(): Promise<string> {
  const [events, personal] = await Promise.all([database.db.selectFrom('centre_event').selectAll().execute(), database.db.selectFrom('centre_personal').selectAll().execute()]);
  return JSON.stringify([events, personal], (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
}

const SECRET = '4929123456781234';

describe('what is shown and not kept', () => {
  test('is told and not journaled: what a customer writes', async () => {
    await open();
    await bench.signIn(101);
    const { result: call = '' } = await bench.send({ kind: 'chatArrives', queue: 53, channel: 'web', media: 51, user: 'ann' });
    const earlier = await journaledOf(database.db);
    assert.deepEqual(await bench.send({ kind: 'customerWrites', call, text: SECRET }), { result: undefined, refused: undefined });
    assert.deepEqual(bench.told.at(-1)?.event, { type: 'CustomerWrote', call, text: SECRET });
    assert.deepEqual(await journaledOf(database.db), earlier);
    assert.equal((await kept()).includes(SECRET), false);
  });

  test('is told behind what happened before, however long that takes to be journaled', async () => {
    await open();
    await bench.signIn(101);
    const letGo = await holdCommits(database.db);
    const arrived = bench.send({ kind: 'chatArrives', queue: 53, channel: 'web', media: 51, user: 'ann' });
    const call = await bench.engine.view(1, ({ calls }) => [...calls.keys()][0] ?? '');
    const written = bench.send({ kind: 'customerWrites', call, text: 'Hello' });
    await letGo();
    await Promise.all([arrived, written]);
    assert.deepEqual(bench.told.map(({ event }) => event.type).filter((type) => type !== 'SegmentRecorded').slice(-2), ['AgentJoined', 'CustomerWrote']);
  });

  test('reaches the voice port: keys that are passed on to a machine (6.1.2.25)', async () => {
    await open();
    await bench.signIn(101);
    const customer = bench.callIn();
    await bench.engine.idle();
    await bench.send({ kind: 'transfer', agent: 101, to: { device: 'number', number: '40040', caller: '' }, mode: 'threeParty' });
    await bench.engine.idle();
    assert.equal((await bench.send({ kind: 'passKeys', agent: 101 })).refused, undefined);
    bench.voice.tell({ kind: 'digits', leg: customer, digits: SECRET });
    await bench.engine.idle();
    const [keys] = bench.voice.orders.filter(({ kind }) => kind === 'digits');
    assert.equal(keys?.kind === 'digits' && keys.digits, SECRET);
    assert.equal((await kept()).includes(SECRET), false);
  });
});
