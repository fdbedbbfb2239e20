import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createTestDatabase, type TestDatabase } from '../../testing/database.ts';
import { createMemoryJobs } from './memory.ts';

const SLOW = { attempts: 3, retryDelayMs: 3_600_000, deadlineMs: 10_000 };
let database: TestDatabase;

before(async () => { database = await createTestDatabase(); });
after(() => database.close());

test('idle does not sit out delays: all attempts have been made when it resolves', async () => {
  const attempts: string[] = [];
  const jobs = createMemoryJobs();
  const kind = jobs.define<{ id: string }>('slow-retry', SLOW, ({ id }, { number, last }) => {
    attempts.push(`${id}${number}${last ? ' last' : ''}`);
    throw new Error('never');
  });
  await jobs.start();
  await kind.send({ id: 'a' });
  await jobs.idle();
  assert.deepEqual(attempts, ['a1', 'a2', 'a3 last']);
  await jobs.stop();
});

test('idle waits for transactions that are under way, and for jobs that jobs send', async () => {
  const done: string[] = [];
  const jobs = createMemoryJobs({ db: database.db });
  const second = jobs.define('second', SLOW, () => { done.push('second'); return Promise.resolve(); });
  const first = jobs.define('first', SLOW, async () => {
    done.push('first');
    await database.db.transaction().execute((tx) => second.send({}, { tx }));
  });
  await jobs.start();
  await database.db.transaction().execute((tx) => first.send({}, { tx }));
  assert.deepEqual(done, []);
  await jobs.idle();
  assert.deepEqual(done, ['first', 'second']);
  await jobs.stop();
});

test('idle resolves at once when there is nothing to do', async () => {
  const jobs = createMemoryJobs();
  await jobs.start();
  await jobs.idle();
  await jobs.stop();
  await jobs.idle();
});

test('stop drops what waits for another try, and does not wait for ever', async () => {
  let attempts = 0;
  const jobs = createMemoryJobs({ stopMs: 20 });
  const kind = jobs.define('stubborn', { ...SLOW, retryDelayMs: 1 }, () => { attempts += 1; return new Promise<void>(() => undefined); });
  await jobs.start();
  await kind.send({});
  await new Promise(setImmediate);
  await jobs.stop();
  assert.equal(attempts, 1);
});

test('a schedule runs when it is fired', async () => {
  let runs = 0;
  const jobs = createMemoryJobs();
  jobs.schedule('nightly', '0 3 * * *', () => { runs += 1; return Promise.resolve(); });
  await jobs.start();
  jobs.fire('nightly');
  await jobs.idle();
  assert.equal(runs, 1);
  assert.throws(() => { jobs.fire('daily'); }, /nothing is scheduled as daily/);
  await jobs.stop();
});
