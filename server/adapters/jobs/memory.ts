import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Logger } from 'pino';
import type { Database, DatabaseTransaction } from '../../database/connect.ts';
import type { Attempt, Jobs } from '../../engine/jobs.ts';
import { CONCURRENCY, createDefinitions, failed, SCHEDULE_POLICY, type Definition } from './definitions.ts';

/** For tests: jobs that live as long as the process. They keep the contract of the durable ones, but for the restart. */
export interface MemoryJobs extends Jobs {
  /** Resolves when all that was sent has been done or given up; retries that wait for their time are tried at once. */
  readonly idle: () => Promise<void>;
  /** Sends a scheduled job as if its time had come. */
  readonly fire: (name: string) => void;
}

export interface MemoryJobsOptions {
  /** Tells whether a transaction has committed; needed where jobs are sent with one. */
  readonly db?: Database;
  readonly log?: Pick<Logger, 'warn'>;
  /** How long `stop` waits for what is running. */
  readonly stopMs?: number;
}

interface Task {
  readonly definition: Definition;
  /** As text, because that is how the database would keep it. */
  readonly data: string;
  readonly number: number;
}

const COMMIT_POLL_MS = 3;
const COMMIT_DEADLINE_MS = 60_000;

async function failAfter(ms: number, signal: AbortSignal): Promise<never> {
  await delay(ms, undefined, { signal, ref: false });
  throw new Error(`took longer than ${ms} ms`);
}

export function createMemoryJobs({ db, log, stopMs = 5000 }: MemoryJobsOptions = {}): MemoryJobs {
  const definitions = createDefinitions();
  const ready: Task[] = [];
  const retries = new Map<Task, NodeJS.Timeout>();
  const running = new Map<Definition, number>();
  const uncommitted = new Set<Task>();
  let state: 'new' | 'started' | 'stopped' = 'new';
  const isRunning = (): boolean => state === 'started';
  let changed = Promise.withResolvers<void>();

  const tellChange = (): void => {
    changed.resolve();
    changed = Promise.withResolvers<void>();
  };
  const runningNow = (): number => [...running.values()].reduce((sum, count) => sum + count, 0);

  const perform = async ({ definition, data, number }: Task): Promise<void> => {
    const { name, policy, run } = definition;
    const attempt: Attempt = { number, last: number >= policy.attempts };
    const overdue = new AbortController();
    try {
      await Promise.race([
        run(JSON.parse(data) as object, attempt),
        failAfter(policy.deadlineMs, overdue.signal),
      ]);
    } catch (error) {
      log?.warn({ err: error, job: name, attempt: number }, failed(attempt));
      if (!attempt.last && isRunning()) retryLater({ definition, data, number: number + 1 });
    } finally {
      overdue.abort();
    }
  };

  const startReady = (): void => {
    if (!isRunning()) return;
    for (const task of ready.slice()) {
      const { definition } = task;
      const count = running.get(definition) ?? 0;
      if (count >= CONCURRENCY) continue;
      ready.splice(ready.indexOf(task), 1);
      running.set(definition, count + 1);
      void perform(task).finally(() => {
        running.set(definition, (running.get(definition) ?? 1) - 1);
        startReady();
        tellChange();
      });
    }
  };

  // Not at once: the sender must go on before its job does, as it does with the durable ones.
  const enqueue = (task: Task): void => {
    ready.push(task);
    setImmediate(startReady);
  };

  const retryNow = (task: Task): void => {
    clearTimeout(retries.get(task));
    retries.delete(task);
    enqueue(task);
  };

  const retryLater = (task: Task): void => {
    const ms = task.definition.policy.retryDelayMs * 2 ** (task.number - 2);
    retries.set(task, setTimeout(() => { retryNow(task); }, ms).unref());
  };

  /** The database says how the transaction ended; Kysely has no hook for it. */
  const committed = async (connection: Database, xid: string): Promise<boolean> => {
    const deadline = Date.now() + COMMIT_DEADLINE_MS;
    while (isRunning() && Date.now() < deadline) {
      const { rows: [row] } = await sql<{ status: string | null }>`select pg_xact_status(${xid}::xid8) as status`.execute(connection);
      if (row?.status !== 'in progress') return row?.status === 'committed';
      await delay(COMMIT_POLL_MS);
    }
    return false;
  };

  const enqueueOnCommit = async (tx: DatabaseTransaction, task: Task): Promise<void> => {
    if (db === undefined) throw new Error('createMemoryJobs needs the database to take jobs with a transaction');
    const { rows: [row] } = await sql<{ xid: string }>`select pg_current_xact_id()::text as xid`.execute(tx);
    if (row === undefined) throw new Error('the transaction has no id');
    const settle = async (): Promise<void> => {
      try {
        if (await committed(db, row.xid)) enqueue(task);
      } catch (error) {
        log?.warn({ err: error, job: task.definition.name }, 'whether a transaction committed is unknown: its job is lost');
      } finally {
        uncommitted.delete(task);
        tellChange();
      }
    };
    uncommitted.add(task);
    void settle();
  };

  const send = async (definition: Definition, data: object, tx?: DatabaseTransaction): Promise<void> => {
    if (!isRunning()) throw new Error(`${definition.name}: jobs are not running`);
    const task: Task = { definition, data: JSON.stringify(data), number: 1 };
    if (tx === undefined) enqueue(task);
    else await enqueueOnCommit(tx, task);
  };

  return {
    define: (name, policy, run) => {
      const definition: Definition = { name, policy, run: run as unknown as Definition['run'] };
      definitions.add(definition);
      return { send: (data, options) => send(definition, data, options?.tx) };
    },
    schedule: (name, cron, run) => { definitions.add({ name, cron, policy: SCHEDULE_POLICY, run }); },
    start: () => {
      definitions.close();
      state = 'started';
      return Promise.resolve();
    },
    stop: async () => {
      state = 'stopped';
      for (const timer of retries.values()) clearTimeout(timer);
      retries.clear();
      ready.length = 0;
      const deadline = AbortSignal.timeout(stopMs);
      const over = new Promise<void>((resolve) => { deadline.addEventListener('abort', () => { resolve(); }); });
      while ((runningNow() > 0 || uncommitted.size > 0) && !deadline.aborted) await Promise.race([changed.promise, over]);
    },
    idle: async () => {
      while (isRunning() && (ready.length > 0 || retries.size > 0 || uncommitted.size > 0 || runningNow() > 0)) {
        for (const task of retries.keys()) retryNow(task);
        if (ready.length > 0 && runningNow() === 0) startReady();
        else await changed.promise;
      }
    },
    fire: (name) => {
      const definition = definitions.all().find((known) => known.name === name && known.cron !== undefined);
      if (definition === undefined) throw new Error(`nothing is scheduled as ${name}`);
      enqueue({ definition, data: '{}', number: 1 });
    },
  };
}
