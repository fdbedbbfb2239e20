import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { sql } from 'kysely';
import { replayLog } from '@parley/core/centre/replay.ts';
import { encodeCentre } from '@parley/core/centre/snapshot.ts';
import type { Centre } from '@parley/core/centre/state.ts';
import { createTestDatabase, type TestDatabase } from '../testing/database.ts';
import { until } from '../testing/until.ts';
import { createBench, START, type Bench, type BenchOptions } from './engine.fixture.ts';
import { cutJournals, RETENTION_MS } from './retention.ts';

let database: TestDatabase;
let benches: Bench[] = [];

before(async () => { database = await createTestDatabase(); });
after(() => database.close());
afterEach(async () => {
  for (const bench of benches) await bench.engine.stop();
  benches = [];
  await sql`truncate centre, centre_event, centre_personal, centre_snapshot`.execute(database.db);
});

async function open(options: Partial<BenchOptions> = {}): Promise<Bench> {
  const bench = createBench({ db: database.db, ...options });
  benches.push(bench);
  await bench.engine.start();
  return bench;
}

async function talk(bench: Bench, caller?: string): Promise<string> {
  bench.callIn(caller);
  await until(async () => (await bench.stateOf(101)) === 'talking', 'they talk');
  await bench.engine.idle();
  return bench.engine.view(1, ({ agents }) => agents.get(101)?.call ?? '');
}

async function work(bench: Bench): Promise<void> {
  for (let index = 0; index < 150; index += 1) await Promise.all([bench.busy(102), bench.free(102)]);
}

const known = (centre: Centre): unknown => JSON.parse(encodeCentre(centre));
const typesOf = (entries: readonly { readonly event: { readonly type: string } }[]): readonly string[] => entries.map(({ event }) => event.type);

describe('the story', () => {
  test('of a call tells of its legs too, of an agent what concerns the agent, in order and with what is personal', async () => {
    const bench = await open();
    await bench.signIn(101);
    await bench.signIn(102);
    await bench.busy(102);
    const call = await talk(bench, '13800000009');
    await bench.send({ kind: 'release', agent: 101 });
    await bench.engine.idle();
    const ofCall = await bench.engine.history.story(1, { call }, 100);
    assert.deepEqual(typesOf(ofCall).slice(0, 3), ['CallBegan', 'LegBegan', 'CustomerJoined']);
    assert.equal(typesOf(ofCall).at(-1), 'LegEnded');
    assert.deepEqual(ofCall.flatMap(({ event }) => (event.type === 'LegBegan' ? [event.agent] : [])), [undefined, 101], 'the customer\'s and the agent\'s phone');
    assert.deepEqual(ofCall.map(({ seq }) => seq), ofCall.map(({ seq }) => seq).toSorted((a, b) => a - b));
    const [began] = ofCall;
    assert.equal(began?.event.type === 'CallBegan' ? began.event.personal?.caller : '', '13800000009');
    const ofAgent = await bench.engine.history.story(1, { agent: 102 }, 100);
    assert.deepEqual(typesOf(ofAgent), ['AgentSignedIn', 'AgentMoved', 'AgentMoved']);
    assert.deepEqual(typesOf(await bench.engine.history.story(1, { call }, 1)), ['LegEnded'], 'the latest where they are too many');
    assert.deepEqual(await bench.engine.history.story(2, { call }, 100), [], 'another tenant\'s is not known');
  });
});

describe('an exported log', () => {
  test('replays to the very state, from the first day or from a snapshot', async () => {
    const bench = await open();
    await bench.signIn(101);
    await bench.signIn(102);
    const whole = await bench.engine.history.log(1, {});
    assert.ok(typeof whole !== 'string');
    assert.deepEqual(known(replayLog(whole)), await bench.engine.view(1, known));
    await work(bench);
    await bench.busy(102);
    await bench.engine.stop();
    const again = await open();
    const call = await talk(again);
    const log = await again.engine.history.log(1, { call });
    assert.ok(typeof log !== 'string' && log.snapshot !== undefined);
    assert.deepEqual(known(replayLog(JSON.parse(JSON.stringify(log)) as typeof log)), await again.engine.view(1, known));
    assert.equal(await again.engine.history.log(1, { call: 'unknown' }), 'nothing');
  });
});

describe('the journal', () => {
  test('is cut behind the newest snapshot that is older than a week, and nothing is lost of the state', async () => {
    const first = await open();
    await first.signIn(101);
    await first.signIn(102);
    await work(first);
    await first.busy(102);
    await first.engine.stop();
    const second = await open({ at: START + 24 * 3_600_000 });
    await second.free(102);
    await second.engine.idle();
    const state = await second.engine.view(1, known);
    const lagging = { name: 'lagging', caughtUp: () => Promise.resolve(false) };
    const events = () => database.db.selectFrom('centre_event').select((eb) => [eb.fn.min('seq').as('first'), eb.fn.countAll<number>().as('count')]).executeTakeFirstOrThrow();
    assert.equal(await cutJournals(database.db, START + RETENTION_MS), 0, 'not yet');
    const earlier = await events();
    assert.equal(await cutJournals(database.db, START + RETENTION_MS + 1, [lagging]), 0, 'a projection has not seen it');
    assert.ok(await cutJournals(database.db, START + RETENTION_MS + 1) > 0);
    const { seq } = await database.db.selectFrom('centre_snapshot').select('seq').executeTakeFirstOrThrow();
    const left = await events();
    assert.deepEqual([earlier.first, left.first], [1, seq + 1]);
    await second.engine.stop();
    const third = await open({ at: START + 24 * 3_600_000 });
    assert.deepEqual(await third.engine.view(1, known), state);
    assert.equal(await third.engine.history.log(1, { from: 1, to: 5 }), 'nothing');
    assert.ok(typeof await third.engine.history.log(1, {}) !== 'string');
  });
});
