import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { sql } from 'kysely';
import { CAUSE } from '@parley/core/call/call.ts';
import { FIRST_CONFIG } from '@parley/core/centre/centre.fixture.ts';
import { encodeCentre } from '@parley/core/centre/snapshot.ts';
import type { Order } from '@parley/core/voice/order.ts';
import { createTestDatabase, type TestDatabase } from '../testing/database.ts';
import { until } from '../testing/until.ts';
import { createBench, createFakeVoice, START, type Bench, type BenchOptions, type FakeVoice } from './engine.fixture.ts';

let database: TestDatabase;
let benches: Bench[] = [];

before(async () => { database = await createTestDatabase(); });
after(() => database.close());
afterEach(async () => {
  for (const bench of benches) await bench.engine.stop();
  benches = [];
  await sql`truncate centre, centre_event, centre_personal, centre_snapshot`.execute(database.db);
});

const create = (options: Partial<BenchOptions> = {}): Bench => {
  const bench = createBench({ db: database.db, ...options });
  benches.push(bench);
  return bench;
};

async function open(options: Partial<BenchOptions> = {}): Promise<Bench> {
  const bench = create(options);
  await bench.engine.start();
  return bench;
}

const stateIn = (bench: Bench): Promise<unknown> => bench.engine.view(1, (centre) => JSON.parse(encodeCentre(centre)) as unknown);
const kinds = (orders: readonly Order[]): readonly string[] => orders.map((order) => ('leg' in order ? `${order.kind} ${order.leg}` : order.kind));

/** An agent in a call with a customer; the process then dies, and what becomes of the voice port is the test's. */
async function inCall(voice: FakeVoice): Promise<{ readonly bench: Bench; readonly customer: string; readonly phone: string }> {
  const bench = await open({ voice });
  await bench.signIn(101);
  await bench.signIn(102);
  await bench.busy(102);
  const customer = bench.callIn();
  await until(() => bench.told.some(({ event }) => event.type === 'AgentJoined'), 'they talk');
  await bench.engine.idle();
  const phone = await bench.engine.view(1, ({ agents }) => agents.get(101)?.leg ?? '');
  return { bench, customer, phone };
}

describe('after a restart', () => {
  test('agents are signed in as before, and whoever wants to know is told', async () => {
    const first = await open();
    await first.signIn(101);
    await first.signIn(102, 2);
    await first.signIn(103, 3);
    await first.send({ kind: 'signOut', agent: 103 }, 3);
    const second = create();
    const recovered: [number, number[]][] = [];
    second.engine.onRecovered((vdnId, agents) => { recovered.push([vdnId, agents.map(({ id }) => id)]); });
    await second.engine.start();
    assert.deepEqual(recovered, [[1, [101]], [2, [102]]]);
    assert.equal(await second.stateOf(101), 'idle');
    assert.equal(await second.engine.view(1, ({ agents }) => agents.get(101)?.profile.session), 'session-101');
  });

  test('calls whose legs are gone have ended, and nothing is dialled again', async () => {
    const earlier = await inCall(createFakeVoice());
    const voice = createFakeVoice();
    const bench = await open({ voice });
    await bench.engine.idle();
    assert.equal(await bench.stateOf(101), 'idle');
    assert.deepEqual(await bench.engine.view(1, ({ calls, legs }) => [calls.size, legs.size]), [0, 0]);
    const ended = bench.told.flatMap(({ event }) => (event.type === 'LegEnded' ? [[event.leg, event.cause] as const] : []));
    assert.deepEqual(new Map(ended), new Map([[earlier.customer, CAUSE.internalError], [earlier.phone, CAUSE.internalError]]));
    assert.deepEqual(kinds(voice.orders).filter((order) => order.startsWith('dial')), []);
  });

  test('calls whose legs stand go on, with their rooms arranged anew; legs of nobody are hung up', async () => {
    const voice = createFakeVoice();
    const earlier = await inCall(voice);
    await earlier.bench.engine.stop();
    voice.orders.length = 0;
    voice.standing.set('1-999', 'up');
    voice.standing.set('astray@carrier', 'ringing');
    const bench = await open({ voice });
    await bench.engine.idle();
    assert.equal(await bench.stateOf(101), 'talking');
    const arranged = voice.orders.filter((order) => order.kind === 'arrange');
    assert.equal(arranged.length, 1);
    assert.deepEqual(arranged[0]?.members.map(({ leg }) => leg).toSorted(), [earlier.customer, earlier.phone].toSorted());
    assert.deepEqual([...voice.standing.keys()].toSorted(), [earlier.customer, earlier.phone].toSorted());
    voice.tell({ kind: 'ended', leg: earlier.customer, cause: CAUSE.normal });
    await until(async () => (await bench.stateOf(101)) === 'idle', 'the legs that came in are known by their names');
  });

  test('a conference goes on; what was played in it is stopped, as nobody can say whether it is over', async () => {
    const voice = createFakeVoice();
    const first = await open({ voice });
    await first.signIn(101);
    await first.send({ kind: 'conference', agent: 101, asked: { what: 'request', seats: 3, minutes: 10, promptMinutes: 3, caller: '' } });
    await first.engine.idle();
    await first.send({ kind: 'conference', agent: 101, asked: { what: 'play', file: 'y:/conf/1/1.V3', background: false } });
    await first.engine.stop();
    voice.orders.length = 0;
    const second = await open({ voice });
    await second.engine.idle();
    assert.deepEqual(await second.engine.view(1, ({ conferences }) => [...conferences.values()].map(({ state, plays }) => [state, plays.size])), [['on', 0]]);
    assert.deepEqual(voice.orders.map((order) => (order.kind === 'arrange' ? `${order.kind} ${order.room} ${order.members.map(({ to }) => String(to)).join(' ')}` : order.kind)), ['arrange conf-1-1 all', 'stopPlay']);
    assert.deepEqual((await second.send({ kind: 'conference', agent: 101, asked: { what: 'stopPlay' } })).refused?.code, 21_248);
  });

  test('a recording that nobody followed is over, and the talk that goes on is recorded anew', async () => {
    const voice = createFakeVoice();
    const recording = { automatic: true, byAgents: true, toFiles: true, ccId: 1, timeZone: 'UTC' };
    const openRecorded = async (): Promise<Bench> => {
      const bench = create({ voice });
      bench.config = { ...FIRST_CONFIG, recording };
      await bench.engine.start();
      return bench;
    };
    const first = await openRecorded();
    await first.signIn(101);
    first.callIn();
    await until(() => voice.orders.some(({ kind }) => kind === 'record'), 'the talk is recorded');
    await first.engine.idle();
    await first.engine.stop();
    voice.orders.length = 0;
    const second = await openRecorded();
    await second.engine.idle();
    const sounds = voice.orders.filter(({ kind }) => kind !== 'answer').map(({ kind }) => kind);
    assert.deepEqual(sounds.slice(0, 3), ['arrange', 'stopRecord', 'record'], 'in the room, once it is there');
    assert.deepEqual(await second.engine.view(1, ({ recordings }) => [...recordings.values()].map(({ name, isTold }) => [name, isTold])), [['rec-1-2', true]]);
  });

  test('a playback that nobody followed is over, and the agent idle again', async () => {
    const voice = createFakeVoice();
    const first = await open({ voice });
    await first.signIn(101);
    await first.send({ kind: 'play', agent: 101, path: 'Y:/1/0/20260105/101/1.V3', fromMs: 0, repeats: false, gain: 1 });
    await until(async () => await first.engine.view(1, ({ agents }) => agents.get(101)?.playback?.state) === 'playing', 'the agent hears it');
    await first.engine.stop();
    const second = await open({ voice });
    await second.engine.idle();
    assert.deepEqual([await second.stateOf(101), voice.orders.at(-1)?.kind], ['idle', 'stopPlay']);
  });

  test('a leg that was answered meanwhile is up, and one that should have been hung up is', async () => {
    const voice = createFakeVoice();
    voice.obeys = false;
    const first = await open({ voice });
    await first.signIn(101);
    await first.signIn(102);
    await first.busy(102);
    first.callIn();
    await until(() => voice.orders.some(({ kind }) => kind === 'dial'), 'the phone of 101 rings');
    const call = await first.send({ kind: 'dialOut', agent: 102, called: '13900000000', caller: '' });
    assert.notEqual(call.result, undefined);
    await first.engine.idle();
    const phoneOf = (id: number) => first.engine.view(1, ({ agents }) => agents.get(id)?.leg ?? '');
    const [ringing, dropped] = [await phoneOf(101), await phoneOf(102)];
    await first.send({ kind: 'signOut', agent: 102, force: true });
    await first.engine.stop();
    voice.standing.set(ringing, 'up');
    voice.orders.length = 0;
    voice.obeys = true;
    const second = await open({ voice });
    await second.engine.idle();
    assert.equal(await second.stateOf(101), 'talking');
    assert.ok(kinds(voice.orders).includes(`drop ${dropped}`));
    assert.equal(voice.standing.has(dropped), false);
  });

  test('an order that never left is not given afterwards: the phone was not rung, and the caller waits for the next agent', async () => {
    const deaf = createFakeVoice();
    deaf.answer = () => ({ ok: true });
    const first = await open({ voice: deaf });
    await first.signIn(101);
    const leg = first.callIn();
    await until(() => deaf.orders.some(({ kind }) => kind === 'dial'), 'the phone is to be dialled');
    await first.engine.stop();
    const voice = createFakeVoice();
    voice.standing.set(leg, 'ringing');
    const second = await open({ voice });
    await second.engine.idle();
    assert.deepEqual(kinds(voice.orders).toSorted(), [`answer ${leg}`, 'arrange']);
    assert.equal(voice.standing.get(leg), 'up');
    assert.equal(await second.stateOf(101), 'busy', 'who does not answer gets no further call');
    await second.signIn(102);
    await until(async () => (await second.stateOf(102)) === 'talking', 'somebody else is rung');
  });
});

describe('snapshots', () => {
  test('a contact centre that is stopped and opened again is the same', async () => {
    const voice = createFakeVoice();
    const { bench } = await inCall(voice);
    for (let index = 0; index < 150; index += 1) await Promise.all([bench.busy(102), bench.free(102)]);
    await bench.busy(102);
    await bench.engine.idle();
    const state = await stateIn(bench);
    await bench.engine.stop();
    const [snapshot] = await database.db.selectFrom('centre_snapshot').select(['vdn_id', 'seq']).execute();
    const { head } = await database.db.selectFrom('centre').select('head').executeTakeFirstOrThrow();
    assert.deepEqual(snapshot, { vdn_id: 1, seq: head });
    const again = await open({ voice });
    assert.deepEqual(await stateIn(again), state);
  });

  test('are taken in the middle of the work, and what came since is read behind them', async () => {
    const bench = await open();
    await bench.signIn(101);
    for (let round = 0; round < 30; round += 1) await Promise.all(Array.from({ length: 200 }, (_, index) => (index % 2 === 0 ? bench.busy(101) : bench.free(101))));
    await bench.engine.idle();
    const [snapshot] = await database.db.selectFrom('centre_snapshot').select('seq').execute();
    const { head } = await database.db.selectFrom('centre').select('head').executeTakeFirstOrThrow();
    assert.ok(snapshot !== undefined && snapshot.seq >= 5000 && snapshot.seq < head);
    const state = await stateIn(bench);
    const again = await open();
    assert.deepEqual(await stateIn(again), state);
  });

  test('of another version are not read: the events are', async () => {
    const bench = await open();
    await bench.signIn(101);
    const state = await stateIn(bench);
    await database.db.insertInto('centre_snapshot').values({ vdn_id: 1, hour: 1, seq: 2, at: 1, version: 99, state: 'not JSON' }).execute();
    assert.deepEqual(await stateIn(await open()), state);
  });

  test('a gap in the events is no state to work with', async () => {
    const bench = await open();
    await bench.signIn(101);
    await bench.engine.stop();
    await database.db.deleteFrom('centre_event').where('seq', '=', 2).execute();
    const again = await open();
    await assert.rejects(again.busy(101), /event 2 of the contact centre 1 is missing/);
  });
});

describe('time', () => {
  test('timers are due by the clock, each at its own time, and are journaled when `tick` resolves', async () => {
    const bench = await open();
    await bench.signIn(101);
    await bench.send({ kind: 'askState', agent: 101, request: 'rest', ms: 60_000 });
    await bench.advance(59_999);
    assert.equal(bench.told.some(({ event }) => event.type === 'RestOverran'), false);
    await bench.advance(10_000);
    assert.equal(bench.told.at(-1)?.event.type, 'RestOverran');
    const { at } = await database.db.selectFrom('centre_event').select('at').where('type', '=', 'RestOverran').executeTakeFirstOrThrow();
    assert.equal(at, START + 60_000);
  });

  test('goes on after a restart', async () => {
    const first = await open();
    await first.signIn(101);
    await first.send({ kind: 'askState', agent: 101, request: 'rest', ms: 60_000 });
    await first.engine.stop();
    const second = await open({ at: START + 3_600_000 });
    await until(() => second.told.some(({ event }) => event.type === 'RestOverran'), 'what became due meanwhile is done at the start');
  });

  test('a clock that steps back does not turn the order of events around', async () => {
    const bench = await open();
    await bench.signIn(101);
    await bench.advance(-60_000);
    await bench.busy(101);
    const times = await database.db.selectFrom('centre_event').select('at').orderBy('seq').execute();
    assert.deepEqual(times.map(({ at }) => at), times.map(({ at }) => at).toSorted((a, b) => a - b));
  });
});

describe('a contact centre where nothing goes on', () => {
  test('leaves memory, and is there again when it is needed', async () => {
    const bench = await open();
    await bench.signIn(101);
    await bench.send({ kind: 'signOut', agent: 101 });
    assert.equal((await database.db.selectFrom('centre').select('alive').executeTakeFirstOrThrow()).alive, false);
    const epoch = () => database.db.selectFrom('centre').select('epoch').executeTakeFirstOrThrow();
    const earlier = await epoch();
    await bench.advance(61_000);
    await bench.signIn(101);
    assert.equal((await epoch()).epoch, earlier.epoch + 1, 'it was loaded anew');
    assert.equal(await bench.stateOf(101), 'idle');
    await bench.advance(61_000);
    await bench.busy(101);
    assert.equal((await epoch()).epoch, earlier.epoch + 1, 'who is at work stays in memory');
  });

  test('is not loaded at the start, nor by a glance', async () => {
    const first = await open();
    await first.signIn(101);
    await first.send({ kind: 'signOut', agent: 101 });
    await first.engine.stop();
    const second = await open();
    assert.equal(await second.engine.glance(1, ({ agents }) => agents.size), 0);
    assert.equal(await second.engine.glance(77, ({ calls }) => calls.size), 0);
    const rows = await database.db.selectFrom('centre').select(['vdn_id', 'epoch']).execute();
    assert.deepEqual(rows, [{ vdn_id: 1, epoch: 1 }]);
  });
});
