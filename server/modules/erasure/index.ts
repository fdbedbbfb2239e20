import type { Handler } from '@parley/contract/handler.ts';
import type { Database } from '../../database/connect.ts';
import type { Writer } from '../../engine/writer.ts';
import type { Ids } from '../../engine/ids.ts';
import type { Jobs } from '../../engine/jobs.ts';

/**
 * How one module erases what it holds of a customer (5.1.13). Every module that owns a table with personal data joins;
 * a test compares the tables named here with those marked personal.
 */
export interface Eraser {
  readonly module: string;
  readonly tables: readonly string[];
  /** Erases everything that names one of the subjects (phone numbers, accounts, mail addresses); answers rows by table. */
  readonly erase: (db: Database, vdnId: number, subjects: readonly string[]) => Promise<Readonly<Record<string, number>>>;
}

export interface ErasureDependencies {
  readonly db: Database;
  readonly writer: Writer;
  readonly ids: Ids;
  readonly jobs: Jobs;
  readonly erasers: readonly Eraser[];
}

export function erasureHandlers(_deps: ErasureDependencies): readonly Handler[] {
  return [];
}
