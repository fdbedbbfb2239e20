import type { DatabaseTransaction } from '../database/connect.ts';

/**
 * Work that outlives a restart: kept in the database, done at least once, tried again within bounds, in no promised order.
 * A job's data are kept for days, so they are ids and never secrets nor what an erasure (5.1.13) would have to reach.
 */
export interface Jobs {
  /** To be called before `start`. Throwing means trying again, as the policy says. */
  readonly define: <T extends object>(name: string, policy: JobPolicy, run: (data: T, attempt: Attempt) => Promise<void>) => JobKind<T>;
  /**
   * Runs once for each due time, on one node, also when several nodes are up; never beside itself. `cron` has five fields,
   * in UTC. What fell due while no node was up runs once when one is.
   */
  readonly schedule: (name: string, cron: string, run: () => Promise<void>) => void;
  readonly start: () => Promise<void>;
  /** Waits for what is running, up to its deadline. */
  readonly stop: () => Promise<void>;
}

export interface JobPolicy {
  /** Tries in all, the first one included. */
  readonly attempts: number;
  /** Before the second try, at least; doubled each time. */
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
