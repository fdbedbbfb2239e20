import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { TestClock } from 'pg-boss';
import { pino } from 'pino';
import type { Jobs } from '../../engine/jobs.ts';
import { createTestDatabase, type TestDatabase } from '../../testing/database.ts';
import { until } from '../../testing/until.ts';
import { createDurableJobs, type DurableJobsOptions } from './pg-boss.ts';

const log = pino({ level: process.env['PARLEY_TEST_LOG'] ?? 'silent' });
const POLICY = { attempts: 2, retryDelayMs: 0, deadlineMs: 10_000 };
let database: TestDatabase;

before(async () => { database = await createTestDatabase(); });
after(() => database.close());

const create = (options: Partial<DurableJobsOptions> = {}): Jobs => createDurableJobs({ url: database.url, log, ...options });

test('a job sent to a process that stops is done by the next', async () => {
  const seen: string[] = [];
  const { promise: never } = Promise.withResolvers<void>();
  const first = create({ stopMs: 1000 });
  const sender = first.define<{ id: string }>('restarted', POLICY, ({ id }) => { seen.push(`first ${id}`); return never; });
  await first.start();
  await sender.send({ id: 'a' });
  await until(() => seen.length === 1, 'the first process took the job');
  await first.stop();

  const second = create({ pollMs: 500 });
  second.define<{ id: string }>('restarted', POLICY, ({ id }, { number, last }) => { seen.push(`second ${id} ${number} ${last}`); return Promise.resolve(); });
  await second.start();
  await until(() => seen.length === 2, 'the second process did the job');
  await second.stop();
  assert.deepEqual(seen, ['first a', 'second a 2 true']);
});

test('a job whose process was killed over it is tried again', async () => {
  const child = spawn(process.execPath, [fileURLToPath(new URL('fixtures/die-over-a-job.ts', import.meta.url)), database.url], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await once(child, 'exit');

  const seen: object[] = [];
  const jobs = create({ pollMs: 500, superviseMs: 1000 });
  jobs.define('deadly', { attempts: 2, retryDelayMs: 0, deadlineMs: 1000 }, (data, attempt) => { seen.push({ data, attempt }); return Promise.resolve(); });
  await jobs.start();
  await until(() => seen.length > 0, 'the job was found and done');
  await jobs.stop();
  assert.deepEqual(seen, [{ data: { id: 'left behind' }, attempt: { number: 2, last: true } }]);
});

test('what is scheduled runs once for each due time, with two nodes up, and once for what fell due while none was', async () => {
  const clock = new TestClock(Date.UTC(2026, 0, 5, 2, 58));
  const runs: string[] = [];
  const node = (name: string): Jobs => {
    const jobs = create({ clock });
    jobs.schedule('nightly', '0 3 * * *', () => { runs.push(name); return Promise.resolve(); });
    return jobs;
  };
  // In steps, so that what the timers start goes on before the next of them is due.
  const runUntil = (condition: () => boolean, name: string): Promise<void> => until(async () => {
    await clock.tick(5000);
    return condition();
  }, name);

  const nodes = [node('a'), node('b')];
  for (const jobs of nodes) await jobs.start();
  await runUntil(() => clock.now() >= Date.UTC(2026, 0, 5, 2, 59, 50), 'it was nearly three');
  assert.deepEqual(runs, []);
  await runUntil(() => runs.length > 0, 'a node ran it');
  const soon = clock.now() + 10 * 60_000;
  await runUntil(() => clock.now() >= soon, 'ten minutes had gone by');
  assert.equal(runs.length, 1);
  for (const jobs of nodes) await jobs.stop();

  await clock.setTime(Date.UTC(2026, 0, 8, 12, 0));
  const later = node('c');
  await later.start();
  await runUntil(() => runs.length > 1, 'the missed run was made up for');
  const laterOn = clock.now() + 10 * 60_000;
  await runUntil(() => clock.now() >= laterOn, 'ten more minutes had gone by');
  await later.stop();
  assert.deepEqual(runs.slice(1), ['c']);
});

test('a schedule that a release no longer has is forgotten', async () => {
  const older = create();
  older.schedule('of-old', '0 4 * * *', () => Promise.resolve());
  await older.start();
  await older.stop();
  const newer = create();
  newer.schedule('of-now', '0 4 * * *', () => Promise.resolve());
  await newer.start();
  await newer.stop();
  const { rows } = await sql<{ name: string }>`select name from pgboss.schedule order by name`.execute(database.db);
  assert.deepEqual(rows.map(({ name }) => name), ['of-now']);
});

test('a job sent on one node starts at once on another', async () => {
  const { promise: done, resolve } = Promise.withResolvers<void>();
  const sending = create({ pollMs: 60_000 });
  const working = create({ pollMs: 60_000 });
  const { promise: held, resolve: release } = Promise.withResolvers<void>();
  let atWork = 0;
  const kind = sending.define('told', POLICY, () => { atWork += 1; return held; });
  working.define('told', POLICY, () => { resolve(); return Promise.resolve(); });
  await sending.start();
  // All workers of the sending node are busy, so only the other one can take the fifth.
  for (let index = 0; index < 4; index += 1) await kind.send({ index });
  await until(() => atWork === 4, 'the sending node is busy');
  await working.start();
  await kind.send({ index: 4 });
  await done;
  release();
  await sending.stop();
  await working.stop();
});

test('two nodes that start at once on a new database', async () => {
  const fresh = await createTestDatabase();
  try {
    let done = 0;
    const nodes = [1, 2].map(() => createDurableJobs({ url: fresh.url, log }));
    const kinds = nodes.map((jobs) => jobs.define('first-of-all', POLICY, () => { done += 1; return Promise.resolve(); }));
    await Promise.all(nodes.map((jobs) => jobs.start()));
    for (const kind of kinds) await kind.send({});
    await until(() => done === 2, 'the jobs of both were done');
    for (const jobs of nodes) await jobs.stop();
  } finally {
    await fresh.close();
  }
});

test('connections that break are made anew', async () => {
  let done = 0;
  const jobs = create({ pollMs: 500 });
  const kind = jobs.define('after-the-break', POLICY, () => { done += 1; return Promise.resolve(); });
  await jobs.start();
  await sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'parley jobs' and datname = current_database()`.execute(database.db);
  await database.db.transaction().execute((tx) => kind.send({}, { tx }));
  await until(() => done === 1, 'the job was done all the same');
  await jobs.stop();
});

test('a start that fails leaves nothing behind', async () => {
  const nowhere = new URL(database.url);
  nowhere.pathname = '/no-such-database';
  await assert.rejects(create({ url: nowhere.href }).start(), /does not exist/);
});

test('a node holds three connections', async () => {
  const jobs = create();
  const kind = jobs.define('few', POLICY, () => Promise.resolve());
  await jobs.start();
  for (let index = 0; index < 20; index += 1) await kind.send({ index });
  const { rows: [row] } = await sql<{ count: number }>`select count(*)::int as count from pg_stat_activity where application_name = 'parley jobs' and datname = current_database()`.execute(database.db);
  assert.ok((row?.count ?? 0) <= 3);
  await jobs.stop();
});

test('what a job threw is kept in words, without what else the error held', async () => {
  let failed = false;
  const jobs = create();
  const kind = jobs.define('tell-tale', { ...POLICY, attempts: 1 }, () => {
    failed = true;
    throw Object.assign(new Error('refused by the other side'), { config: { token: 'a-secret' } });
  });
  await jobs.start();
  await kind.send({});
  await until(() => failed, 'the job failed');
  await jobs.stop();
  const { rows: [row] } = await sql<{ state: string; output: string }>`select state, output::text from pgboss.job where name = 'tell-tale'`.execute(database.db);
  assert.equal(row?.state, 'failed');
  assert.match(row.output, /refused by the other side/);
  assert.doesNotMatch(row.output, /a-secret/);
});
