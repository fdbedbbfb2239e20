import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Database } from '../../database/connect.ts';
import type { Attempt, JobPolicy, Jobs } from '../../engine/jobs.ts';
import { until } from '../../testing/until.ts';
import { CONCURRENCY } from './definitions.ts';

/** What the suite must be able to do with an implementation. */
export interface JobsUnderTest {
  readonly create: () => Jobs;
  readonly db: () => Database;
}

const POLICY: JobPolicy = { attempts: 3, retryDelayMs: 1000, deadlineMs: 10_000 };
const ROLL_BACK = new Error('rolled back by the test');

/** Every implementation of the jobs port passes these. */
export function describeJobs(name: string, { create, db }: JobsUnderTest): void {
  const withJobs = async (jobs: Jobs, work: () => Promise<void>): Promise<void> => {
    await jobs.start();
    try {
      await work();
    } finally {
      await jobs.stop();
    }
  };

  describe(name, () => {
    test('does a job once, with its data as JSON keeps them', async () => {
      const seen: { data: object; attempt: Attempt }[] = [];
      const jobs = create();
      const kind = jobs.define<{ id: string; note?: string | undefined }>('once', POLICY, (data, attempt) => {
        seen.push({ data, attempt });
        return Promise.resolve();
      });
      await withJobs(jobs, async () => {
        await kind.send({ id: 'a', note: undefined });
        await kind.send({ id: 'b' });
        await until(() => seen.length >= 2, 'both jobs were done');
      });
      assert.deepEqual(seen.map(({ data }) => data).toSorted((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b))), [{ id: 'a' }, { id: 'b' }]);
      assert.deepEqual(seen[0]?.attempt, { number: 1, last: false });
    });

    test('tries again until it succeeds', async () => {
      const attempts: number[] = [];
      const jobs = create();
      const kind = jobs.define('second-time-lucky', POLICY, (_data, { number }) => {
        attempts.push(number);
        return number < 2 ? Promise.reject(new Error('not yet')) : Promise.resolve();
      });
      await withJobs(jobs, async () => {
        await kind.send({});
        await until(() => attempts.length >= 2, 'the job was tried twice');
      });
      assert.deepEqual(attempts, [1, 2]);
    });

    test('gives up when the attempts are used up, and says which is the last', async () => {
      const attempts: Attempt[] = [];
      const jobs = create();
      const kind = jobs.define('hopeless', { ...POLICY, attempts: 2 }, (_data, attempt) => {
        attempts.push(attempt);
        throw new Error('never');
      });
      const after = jobs.define('after', POLICY, () => { attempts.push({ number: 0, last: true }); return Promise.resolve(); });
      await withJobs(jobs, async () => {
        await kind.send({});
        await until(() => attempts.length >= 2, 'the job was tried twice');
        await after.send({});
        await until(() => attempts.length >= 3, 'other jobs go on');
      });
      assert.deepEqual(attempts, [{ number: 1, last: false }, { number: 2, last: true }, { number: 0, last: true }]);
    });

    test('a job that outlasts its deadline has failed', async () => {
      const attempts: number[] = [];
      const { promise: held, resolve: release } = Promise.withResolvers<void>();
      const jobs = create();
      const kind = jobs.define('slow', { attempts: 2, retryDelayMs: 1000, deadlineMs: 1000 }, (_data, { number }) => {
        attempts.push(number);
        return number === 1 ? held : Promise.resolve();
      });
      await withJobs(jobs, async () => {
        await kind.send({});
        await until(() => attempts.length >= 2, 'the job was tried again');
        release();
      });
      assert.deepEqual(attempts, [1, 2]);
    });

    test('sent with a transaction, it runs when that commits and not before', async () => {
      let runs = 0;
      const jobs = create();
      const kind = jobs.define('with-transaction', POLICY, () => { runs += 1; return Promise.resolve(); });
      const marker = jobs.define('marker', POLICY, () => { markers += 1; return Promise.resolve(); });
      let markers = 0;
      await withJobs(jobs, async () => {
        await db().transaction().execute(async (tx) => {
          await kind.send({}, { tx });
          await marker.send({});
          await until(() => markers === 1, 'a job sent later without the transaction was done');
          assert.equal(runs, 0);
        });
        await until(() => runs === 1, 'the job was done after the commit');
      });
    });

    test('sent with a transaction that is rolled back, it never runs', async () => {
      const done: string[] = [];
      const jobs = create();
      const kind = jobs.define<{ id: string }>('rolled-back', POLICY, ({ id }) => { done.push(id); return Promise.resolve(); });
      await withJobs(jobs, async () => {
        await assert.rejects(db().transaction().execute(async (tx) => {
          await kind.send({ id: 'undone' }, { tx });
          throw ROLL_BACK;
        }), ROLL_BACK);
        await db().transaction().execute((tx) => kind.send({ id: 'done' }, { tx }));
        await until(() => done.length > 0, 'the job of the next transaction was done');
      });
      assert.deepEqual(done, ['done']);
    });

    test('runs so many at a time and no more', async () => {
      const { promise: held, resolve: release } = Promise.withResolvers<void>();
      let now = 0;
      let most = 0;
      let done = 0;
      const jobs = create();
      const kind = jobs.define('crowd', POLICY, async () => {
        now += 1;
        most = Math.max(most, now);
        await held;
        now -= 1;
        done += 1;
      });
      const count = CONCURRENCY * 3;
      await withJobs(jobs, async () => {
        for (let index = 0; index < count; index += 1) await kind.send({ index });
        await until(() => now === CONCURRENCY, 'as many run as may');
        release();
        await until(() => done === count, 'all were done');
      });
      assert.equal(most, CONCURRENCY);
    });

    test('stop waits for what is running', async () => {
      const { promise: held, resolve: release } = Promise.withResolvers<void>();
      let started = false;
      let finished = false;
      const jobs = create();
      const kind = jobs.define('under-way', POLICY, async () => {
        started = true;
        await held;
        finished = true;
      });
      await jobs.start();
      await kind.send({});
      await until(() => started, 'the job runs');
      const stopped = jobs.stop();
      setImmediate(release);
      await stopped;
      assert.ok(finished);
    });

    test('takes nothing before the start nor after the stop', async () => {
      const jobs = create();
      const kind = jobs.define('closed', POLICY, () => Promise.resolve());
      await assert.rejects(kind.send({}), /closed: jobs are not running/);
      await jobs.start();
      await jobs.stop();
      await assert.rejects(kind.send({}), /closed: jobs are not running/);
    });

    test('refuses what is defined wrongly', async () => {
      const jobs = create();
      jobs.define('known', POLICY, () => Promise.resolve());
      assert.throws(() => jobs.define('known', POLICY, () => Promise.resolve()), /defined twice/);
      assert.throws(() => jobs.define('No Name', POLICY, () => Promise.resolve()), /no name for a job/);
      assert.throws(() => jobs.define('never', { ...POLICY, attempts: 0 }, () => Promise.resolve()), /at least one attempt/);
      assert.throws(() => { jobs.schedule('six-fields', '0 0 3 * * *', () => Promise.resolve()); }, /five fields/);
      await withJobs(jobs, () => Promise.resolve(assert.throws(() => jobs.define('late', POLICY, () => Promise.resolve()), /before they are started/)));
    });
  });
}
