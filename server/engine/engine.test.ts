import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { sql } from 'kysely';
import { aQueue } from '@parley/core/centre/centre.fixture.ts';
import { connect } from '../database/connect.ts';
import { createTestDatabase, type TestDatabase } from '../testing/database.ts';
import { until } from '../testing/until.ts';
import { createBench, createGate, holdCommits, journaledOf, type Bench, type BenchOptions, type Gate } from './engine.fixture.ts';
import { Overloaded } from './lanes.ts';

let database: TestDatabase;
let benches: Bench[] = [];
const closes: (() => Promise<void>)[] = [];

before(async () => { database = await createTestDatabase(); });
after(() => database.close());
afterEach(async () => {
  for (const bench of benches) await bench.engine.stop();
  benches = [];
  for (const close of closes.splice(0)) await close();
  await database.db.deleteFrom('centre').execute();
  await sql`truncate centre_event, centre_personal, centre_snapshot`.execute(database.db);
});

async function open(options: Partial<BenchOptions> = {}): Promise<Bench> {
  const bench = createBench({ db: database.db, ...options });
  benches.push(bench);
  await bench.engine.start();
  return bench;
}

async function openBehindGate(): Promise<{ gate: Gate; bench: Bench }> {
  const gate = await createGate(database.url);
  const connection = connect(gate.url);
  const bench = await open({ db: connection.db });
  closes.push(async () => {
    gate.cut();
    await connection.close();
  });
  return { gate, bench };
}

const isOverloaded = (error: unknown): boolean => error instanceof Overloaded;

describe('a mailbox', () => {
  test('answers a command when its events are in the journal, in order and without gaps', async () => {
    const bench = await open();
    assert.deepEqual(await bench.signIn(101), { result: undefined, refused: undefined });
    const { types } = await journaledOf(database.db);
    assert.deepEqual(types, ['Configured', 'AgentSignedIn', 'AgentMoved']);
    assert.deepEqual(bench.told.map(({ event }) => event.type), types);
    const [row] = await database.db.selectFrom('centre').selectAll().where('vdn_id', '=', 1).execute();
    assert.deepEqual(row, { vdn_id: 1, epoch: 1, head: 3, alive: true });
  });

  test('goes on deciding while a commit is held up, and answers in order behind it', async () => {
    const bench = await open();
    await bench.signIn(101);
    const letGo = await holdCommits(database.db);
    const answered: string[] = [];
    const sends = [
      bench.busy(101).then(() => answered.push('busy')),
      bench.free(101).then(() => answered.push('free')),
      bench.send({ kind: 'hold', agent: 101 }).then(({ refused }) => answered.push(refused?.refused ?? '')),
      bench.busy(101).then(() => answered.push('busy again')),
    ];
    await until(() => bench.engine.view(1, ({ agents }) => agents.get(101)?.state === 'busy'), 'the decisions are made');
    const told = bench.told.length;
    assert.deepEqual(answered, [], 'nothing is answered before its commit, not even a refusal');
    assert.deepEqual((await journaledOf(database.db)).types.length, 3);
    await letGo();
    await Promise.all(sends);
    assert.deepEqual(answered, ['busy', 'free', 'noCall', 'busy again']);
    assert.equal(bench.told.length, told + 3);
  });

  test('refuses at once what is refused on a state that is journaled', async () => {
    const bench = await open();
    const { refused } = await bench.send({ kind: 'hold', agent: 101 });
    assert.equal(refused?.refused, 'notSignedIn');
  });

  test('is bounded: too many that wait for a commit are refused at once', async () => {
    const bench = await open();
    await bench.signIn(101);
    const letGo = await holdCommits(database.db);
    const sends = Array.from({ length: 2100 }, (_, index) => (index % 2 === 0 ? bench.busy(101) : bench.free(101)));
    const first = await Promise.race(sends).then(() => 'answered', isOverloaded);
    assert.equal(first, true);
    await letGo();
    const outcomes = await Promise.allSettled(sends);
    assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 2000);
  });

  test('has its configuration read again before anything that is sent after the change', async () => {
    const bench = await open();
    await bench.signIn(101);
    assert.equal((await bench.signIn(901)).refused?.refused, 'unknownAgent');
    bench.config = { ...bench.config, queues: [...bench.config.queues ?? [], aQueue(3)], agents: [...bench.config.agents ?? [], { id: 901, roleId: 2, type: 4, skills: [] }] };
    bench.engine.configure(1, 901);
    assert.equal((await bench.signIn(901)).refused, undefined);
    assert.equal(await bench.engine.view(1, ({ config }) => config.queues.has(3)), false, 'only that agent was read');
    bench.config = { ...bench.config, agents: bench.config.agents?.filter(({ id }) => id !== 901) ?? [] };
    bench.engine.configure(1);
    assert.deepEqual(await bench.engine.view(1, ({ config }) => [config.queues.has(3), config.agents.has(901)]), [true, false]);
  });
});

describe('a group commit', () => {
  test('carries what has gathered of all contact centres', async () => {
    const bench = await open();
    const vdns = [1, 2, 3, 4, 5];
    for (const id of vdns) await bench.signIn(101, id);
    const letGo = await holdCommits(database.db, 1);
    const first = bench.busy(101, 1);
    await until(async () => (await bench.stateOf(101, 1)) === 'busy', 'the first is decided');
    await new Promise((resolve) => { setImmediate(resolve); });
    const earlier = await statements();
    const others = vdns.flatMap((id) => [bench.busy(101, id), bench.free(101, id), bench.busy(101, id)]);
    await letGo();
    await Promise.all([first, ...others]);
    assert.equal(await statements() - earlier, 2, 'the one that was held up, and one for all the others');
  });
});

/** Commits so far. */
async function statements(): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(distinct xmin::text)::int as count from centre_event`.execute(database.db);
  return rows[0]?.count ?? 0;
}

describe('what is lost', () => {
  test('a writer that was overtaken cannot commit, and begins anew from the journal', async () => {
    const old = await open();
    await old.signIn(101);
    const young = await open();
    assert.equal(await young.stateOf(101), 'idle');
    await young.busy(101);
    await assert.rejects(old.busy(101), isOverloaded);
    assert.equal(await old.stateOf(101), 'busy');
    assert.deepEqual((await journaledOf(database.db)).types, ['Configured', 'AgentSignedIn', 'AgentMoved', 'AgentMoved']);
  });

  test('a commit that went through while nobody heard of it: told once it is known, and nothing is done twice', async () => {
    const { gate, bench } = await openBehindGate();
    await bench.signIn(101);
    const letGo = await holdCommits(database.db);
    const lost = bench.busy(101);
    await until(async () => (await waitingForLocks()) > 0, 'the commit waits');
    gate.cut();
    await assert.rejects(lost, isOverloaded);
    await letGo();
    await gate.mend();
    await until(async () => (await bench.stateOf(101).catch(() => '')) === 'busy', 'it is loaded with what was committed');
    assert.deepEqual(bench.told.map(({ event }) => event.type), (await journaledOf(database.db)).types);
    await bench.free(101);
  });

  test('a database that is away: refused at once, and back by itself', async () => {
    const { gate, bench } = await openBehindGate();
    await bench.signIn(101);
    await bench.signIn(101, 2);
    gate.cut();
    await assert.rejects(bench.busy(101), isOverloaded);
    const started = performance.now();
    for (let index = 0; index < 200; index += 1) await assert.rejects(bench.busy(101, 1 + (index % 3)), isOverloaded);
    assert.ok(performance.now() - started < 1000, 'nobody waits for the database');
    assert.equal(await bench.stateOf(101, 2), 'idle', 'what was not lost is still known');
    await gate.mend();
    await until(() => bench.busy(101).then(() => true, () => false), 'commands go through again');
    assert.equal(await bench.stateOf(101), 'busy');
  });

  test('what happened while the database was away is made up for: a customer who hung up is not waited upon', async () => {
    const { gate, bench } = await openBehindGate();
    await bench.signIn(101);
    const leg = bench.callIn();
    await until(async () => (await bench.stateOf(101)) === 'talking', 'they talk');
    await bench.engine.idle();
    gate.cut();
    await assert.rejects(bench.busy(101), isOverloaded);
    bench.voice.tell({ kind: 'ended', leg, cause: 531 });
    const turnedAway = bench.callIn();
    await until(() => !bench.voice.standing.has(turnedAway), 'a caller is turned away at once');
    await gate.mend();
    await until(async () => (await bench.stateOf(101).catch(() => '')) === 'idle', 'the agent is free again');
    await until(() => bench.told.some(({ event }) => event.type === 'CustomerLeft' && event.cause === 531), 'and everybody is told why');
  });

  test('a configuration that cannot be read is the trouble of its own contact centre', async () => {
    const bench = await open();
    await bench.signIn(101, 2);
    bench.fails = new Error('no such column');
    await assert.rejects(bench.signIn(101, 1), isOverloaded);
    assert.equal((await bench.busy(101, 2)).refused, undefined);
    bench.fails = undefined;
    await until(() => bench.signIn(101, 1).then(() => true, () => false), 'it is tried again');
  });

  test('a decision that throws spoils only what it was about, and a timer that throws is given up', async () => {
    const bench = await open();
    await bench.signIn(101);
    await bench.signIn(102);
    await bench.engine.view(1, ({ timers, agents }) => {
      // As if a later release had set it.
      timers.due.set('nonsense:1', bench.now() + 10);
      timers.heap.unshift({ at: bench.now() + 10, key: 'nonsense:1' });
      assert.equal(agents.size, 2);
    });
    await bench.advance(10);
    assert.ok(bench.faults.some((fault) => fault.startsWith('a decision failed')));
    await bench.busy(101);
    assert.equal(await bench.stateOf(101), 'busy');
    assert.equal(await bench.stateOf(102), 'idle');
  });
});

/** Statements that wait for somebody else's. */
async function waitingForLocks(): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`.execute(database.db);
  return rows[0]?.count ?? 0;
}
