import { fromKysely, PgBoss, type Clock, type JobWithMetadata, type QueueOptions, type WorkOptions } from 'pg-boss';
import type { Logger } from 'pino';
import type { DatabaseTransaction } from '../../database/connect.ts';
import type { Jobs } from '../../engine/jobs.ts';
import { CONCURRENCY, createDefinitions, failed, SCHEDULE_POLICY, type Definition } from './definitions.ts';

export interface DurableJobsOptions {
  readonly url: string;
  readonly log: Pick<Logger, 'warn' | 'error'>;
  /** How long `stop` waits for what is running. */
  readonly stopMs?: number;
  /** How often each kind looks for retries that have come due; new jobs are told of at once. */
  readonly pollMs?: number;
  /** How often jobs are looked for whose process died over them. */
  readonly superviseMs?: number;
  /** Replaces the time that jobs and the database go by, in tests. */
  readonly clock?: Clock;
}

/** The queries of jobs; one more connection listens. Work that a job does runs on the connections of Parley itself. */
const CONNECTIONS = 2;
/** Without LISTEN (a pooler in transaction mode stands before the database), the first worker of a kind asks this often. */
const DEAF_POLL_MS = 2000;
/** The other workers of a kind are woken by the first and look for themselves only now and then. */
const SPARE_POLL_MS = 60_000;
const HEARTBEAT_SECONDS = 30;
/** Done and dead jobs can be looked at for so long; the table `pgboss.job` says why one failed. */
const KEPT_SECONDS = 7 * 24 * 3600;
/** A retry that is put off for longer than this is put off by this. */
const LONGEST_RETRY_DELAY_SECONDS = 24 * 3600;
const SAME_ERROR_MS = 60_000;
const CLOSE_MS = 5000;

const seconds = (ms: number): number => Math.max(1, Math.ceil(ms / 1000));

/**
 * Jobs in the same PostgreSQL as all else, by pg-boss, in its own schema `pgboss`. A job sent, also with a transaction,
 * is told to every node by NOTIFY as it commits, and starts within milliseconds. What runs by itself is sent once for each
 * due time by whichever node is first. Measured: 2.5 ms from commit to start (median); while nothing is to do, two queries
 * in five seconds for each kind of job.
 */
export function createDurableJobs({
  url, log, clock, stopMs = 15_000, pollMs = 5000, superviseMs = 30_000,
}: DurableJobsOptions): Jobs {
  const definitions = createDefinitions();
  let boss: PgBoss | undefined;

  const onError = onceAMinute((error) => { log.warn({ err: error }, 'the job queue could not do its work'); });

  const newBoss = (scheduled: boolean): PgBoss => {
    const made = new PgBoss({
      connectionString: url, application_name: 'parley jobs', max: CONNECTIONS, useListenNotify: true,
      superviseIntervalSeconds: seconds(superviseMs), monitorIntervalSeconds: seconds(superviseMs),
      schedule: scheduled, cronMonitorIntervalSeconds: 15, cronWorkerIntervalSeconds: 15,
      // Dependencies between jobs are not used.
      flowIntervalSeconds: 3600,
      ...(clock === undefined ? {} : { clock }),
    });
    made.on('error', onError);
    made.on('warning', ({ message, data }) => { log.warn({ data }, `the job queue warns: ${message}`); });
    return made;
  };

  const prepare = async (on: PgBoss, definition: Definition): Promise<void> => {
    const options = queueOptions(definition);
    // A kind made by an earlier release keeps its row; its policy follows this one.
    const policy = definition.cron === undefined ? 'standard' : 'singleton';
    await on.createQueue(definition.name, { ...options, notify: true, policy });
    await on.updateQueue(definition.name, { ...options, notify: true });
  };

  const work = async (on: PgBoss, definition: Definition): Promise<void> => {
    const workers: string[] = [];
    const wakeAll = (): void => { for (const worker of workers) on.notifyWorker(worker); };
    const run = async ([job]: JobWithMetadata[]): Promise<void> => {
      // Where one job is there may be more: all look again, this one when it is done.
      wakeAll();
      if (job !== undefined) await perform(definition, job, log);
    };
    for (let worker = 0; worker < CONCURRENCY; worker += 1) {
      const spare = worker > 0;
      workers.push(await on.work<object, void, WorkOptions & { includeMetadata: true }>(definition.name, {
        includeMetadata: true,
        pollingIntervalSeconds: (spare ? SPARE_POLL_MS : Math.min(DEAF_POLL_MS, pollMs)) / 1000,
        notifyPollingIntervalSeconds: (spare ? SPARE_POLL_MS : pollMs) / 1000,
      }, run));
    }
  };

  const schedule = async (on: PgBoss): Promise<void> => {
    const scheduled = definitions.all().filter(({ cron }) => cron !== undefined);
    for (const { name, cron = '' } of scheduled) {
      // What fell due while no node was up runs once when one is.
      await on.schedule(name, cron, {}, { tz: 'UTC', missed: 'once' });
    }
    for (const { name } of await on.getSchedules()) {
      if (!scheduled.some((known) => known.name === name)) await on.unschedule(name);
    }
  };

  const send = async (definition: Definition, data: object, tx?: DatabaseTransaction): Promise<void> => {
    if (boss === undefined) throw new Error(`${definition.name}: jobs are not running`);
    const id = await boss.send(definition.name, data, tx === undefined ? {} : { db: fromKysely(tx) });
    if (id === null) throw new Error(`${definition.name}: the job was not taken`);
  };

  return {
    define: (name, policy, run) => {
      const definition: Definition = { name, policy, run: run as unknown as Definition['run'] };
      definitions.add(definition);
      return { send: (data, options) => send(definition, data, options?.tx) };
    },
    schedule: (name, cron, run) => { definitions.add({ name, cron, policy: SCHEDULE_POLICY, run }); },
    start: async () => {
      definitions.close();
      const all = definitions.all();
      const starting = newBoss(all.some(({ cron }) => cron !== undefined));
      try {
        await starting.start();
        for (const definition of all) await prepare(starting, definition);
        await schedule(starting);
        for (const definition of all) await work(starting, definition);
      } catch (error) {
        await stopBoss(starting, 0);
        throw error;
      }
      boss = starting;
    },
    stop: async () => {
      const stopping = boss;
      boss = undefined;
      if (stopping === undefined || await stopBoss(stopping, stopMs)) return;
      log.error('the job queue did not stop in time; what it left undone is done after the next start');
    },
  };
}

/** Makes pg-boss's tables in a fresh database, into which those of an older one are then copied. */
export async function installJobs(url: string): Promise<void> {
  const boss = new PgBoss({ connectionString: url, max: 1, supervise: false, schedule: false });
  const faults: Error[] = [];
  boss.on('error', (error) => { faults.push(error); });
  await boss.start();
  await stopBoss(boss, 0);
  if (faults[0] !== undefined) throw faults[0];
}

function queueOptions({ policy }: Definition): QueueOptions {
  return {
    retryLimit: policy.attempts - 1,
    // pg-boss spreads each delay at random between once and twice its length, so that retries do not come all at once.
    retryDelay: seconds(policy.retryDelayMs), retryBackoff: true,
    retryDelayMax: Math.max(LONGEST_RETRY_DELAY_SECONDS, seconds(policy.retryDelayMs)),
    expireInSeconds: seconds(policy.deadlineMs), heartbeatSeconds: HEARTBEAT_SECONDS,
    deleteAfterSeconds: KEPT_SECONDS,
  };
}

async function perform({ name, run }: Definition, job: JobWithMetadata, log: Pick<Logger, 'warn'>): Promise<void> {
  const { data, retryCount, retryLimit } = job;
  const attempt = { number: retryCount + 1, last: retryCount >= retryLimit };
  let failure: string | undefined;
  try {
    await run(data, attempt);
  } catch (error) {
    log.warn({ err: error, job: name, attempt: attempt.number }, failed(attempt));
    failure = error instanceof Error ? error.message : 'the job threw something that is no error';
  }
  // pg-boss keeps what is thrown with the job: the words do, the object might hold more than they say.
  if (failure !== undefined) throw new Error(failure);
}

/** Stops within `graceMs` and a little; false when that was not enough. */
async function stopBoss(boss: PgBoss, graceMs: number): Promise<boolean> {
  const { promise: tooLate, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => { resolve(false); }, graceMs + CLOSE_MS);
  try {
    return await Promise.race([boss.stop({ graceful: graceMs > 0, timeout: graceMs }).then(() => true), tooLate]);
  } finally {
    clearTimeout(timer);
  }
}

/** While the database is away, every worker says so again and again: once a minute will do. */
function onceAMinute(tell: (error: Error) => void): (error: Error) => void {
  let last = { message: '', at: 0 };
  return (error) => {
    const now = Date.now();
    if (error.message === last.message && now - last.at < SAME_ERROR_MS) return;
    last = { message: error.message, at: now };
    tell(error);
  };
}
