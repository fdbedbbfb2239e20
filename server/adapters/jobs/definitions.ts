import type { Attempt, JobPolicy } from '../../engine/jobs.ts';

/** A kind of job as `define` and `schedule` described it; what both implementations keep and check alike. */
export interface Definition {
  readonly name: string;
  readonly policy: JobPolicy;
  readonly run: (data: object, attempt: Attempt) => Promise<void>;
  /** Five fields in UTC, for what runs by itself. */
  readonly cron?: string;
}

/** So many jobs of one kind run at a time in one process; more of them wait their turn. */
export const CONCURRENCY = 4;

/** A scheduled run must not give up because of a short outage, nor try until the next one is due. */
export const SCHEDULE_POLICY: JobPolicy = { attempts: 3, retryDelayMs: 60_000, deadlineMs: 30 * 60_000 };

export const failed = ({ last }: Attempt): string => (last ? 'a job failed and is given up' : 'a job failed and is tried again');

const NAME = /^[a-z][a-z0-9-]{0,63}$/;
const CRON = /^[\d*/,-]+( [\d*/,-]+){4}$/;

export interface Definitions {
  readonly add: (definition: Definition) => void;
  readonly all: () => readonly Definition[];
  /** Nothing is added any more. */
  readonly close: () => void;
}

/** Keeps the definitions and refuses what would only fail later. */
export function createDefinitions(): Definitions {
  const definitions = new Map<string, Definition>();
  let closed = false;
  return {
    add: (definition) => {
      const { name, policy, cron } = definition;
      if (closed) throw new Error(`${name}: jobs are defined before they are started`);
      if (!NAME.test(name)) throw new Error(`"${name}" is no name for a job: lower-case letters, digits and hyphens`);
      if (definitions.has(name)) throw new Error(`the job ${name} is defined twice`);
      if (!Number.isInteger(policy.attempts) || policy.attempts < 1) throw new Error(`${name}: at least one attempt`);
      if (!(policy.deadlineMs > 0) || !(policy.retryDelayMs >= 0)) throw new Error(`${name}: a deadline and a delay are needed`);
      if (cron !== undefined && !CRON.test(cron)) throw new Error(`${name}: "${cron}" has not the five fields of cron`);
      definitions.set(name, definition);
    },
    all: () => [...definitions.values()],
    close: () => { closed = true; },
  };
}
