import type { DatabaseTransaction } from '../database/connect.ts';

/** Work that outlives a restart: kept in the database, done at least once, tried again within bounds. */
export interface Jobs {
  /** To be called before `start`. Throwing means trying again, as the policy says. */
  readonly define: <T extends object>(name: string, policy: JobPolicy, run: (data: T, attempt: Attempt) => Promise<void>) => JobKind<T>;
  /** Runs once for each due time, on one node, also when several nodes are up. `cron` has five fields, in UTC. */
  readonly schedule: (name: string, cron: string, run: () => Promise<void>) => void;
  readonly start: () => Promise<void>;
  /** Waits for what is running, up to its deadline. */
  readonly stop: () => Promise<void>;
}

export interface JobPolicy {
  /** Tries in all, the first one included. */
  readonly attempts: number;
  /** Before the second try; doubled each time. */
  readonly retryDelayMs: number;
  readonly deadlineMs: number;
}

export interface Attempt {
  /** From 1. */
  readonly number: number;
  readonly last: boolean;
}

export interface JobKind<T extends object> {
  /** With a transaction, the job exists if and only if the transaction commits. */
  readonly send: (data: T, options?: { readonly tx?: DatabaseTransaction }) => Promise<void>;
}
