import { Kysely, PostgresDialect, type Transaction } from 'kysely';
import { Migrator } from 'kysely/migration';
import pg from 'pg';
import * as foundations from './migrations/0001-foundations.ts';
import * as engine from './migrations/0002-engine.ts';
import * as ivrFlowDefinitions from './migrations/0003-ivr-flow-definitions.ts';
import * as trunks from './migrations/0004-trunks.ts';
import * as recordings from './migrations/0005-recordings.ts';
import * as widgets from './migrations/0006-widgets.ts';
import * as tollLimits from './migrations/0007-toll-limits.ts';
import * as videoRecordings from './migrations/0008-video-recordings.ts';
import * as flowRecordings from './migrations/0010-flow-recordings.ts';
import * as records from './migrations/0011-records.ts';
import * as customerImages from './migrations/0012-customer-images.ts';
import * as agentOperations from './migrations/0013-agent-operations.ts';
import * as figures from './migrations/0014-figures.ts';
import * as dailyTables from './migrations/0015-daily-tables.ts';
import * as moreFigures from './migrations/0015-more-figures.ts';
import * as userGroups from './migrations/0016-user-groups.ts';
import * as usagePeaks from './migrations/0017-usage-peaks.ts';
import * as exports from './migrations/0018-exports.ts';
import * as orders from './migrations/0019-orders.ts';
import * as systemSamples from './migrations/0020-system-samples.ts';
import * as consoleLists from './migrations/0021-console-lists.ts';
import * as figuresInParts from './migrations/0022-figures-in-parts.ts';
import * as wholeFigures from './migrations/0023-whole-figures.ts';
import * as outcomes from './migrations/0024-outcomes.ts';
import * as services from './migrations/0025-services.ts';
import type { Tables } from './tables.ts';

export type Database = Kysely<Tables>;
export type DatabaseTransaction = Transaction<Tables>;

export interface Connection {
  readonly db: Database;
  readonly close: () => Promise<void>;
}

/** bigint columns hold milliseconds and counters, both far below 2^53; long ids are text. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) => (oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid, format)),
};

export function connect(url: string, { maxConnections = 10, onError = () => undefined }: { maxConnections?: number; onError?: (error: Error) => void } = {}): Connection {
  const pool = new pg.Pool({
    connectionString: url,
    max: maxConnections,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 60_000,
    statement_timeout: 30_000,
    idle_in_transaction_session_timeout: 30_000,
    application_name: 'parley',
    // Compiling a statement costs more than any of ours wins back by it: the tables of a large day took 28 s with it, and 20 s without.
    options: '-c jit=off',
    types,
  });
  // An idle connection that breaks (the database went away) is no reason to fall over: the pool makes new ones.
  pool.on('error', onError);
  // The pool listens to idle connections only: one that breaks between two queries of a transaction would end the process.
  pool.on('connect', (client) => { client.on('error', onError); });
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  return { db, close: () => db.destroy() };
}

/** Brings the database up to this release; forward only, one migrator at a time. */
export async function migrate(db: Database): Promise<readonly string[]> {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve({ '0001-foundations': foundations, '0002-engine': engine, '0003-ivr-flow-definitions': ivrFlowDefinitions, '0004-trunks': trunks, '0005-recordings': recordings, '0006-widgets': widgets, '0007-toll-limits': tollLimits, '0008-video-recordings': videoRecordings, '0010-flow-recordings': flowRecordings, '0011-records': records, '0012-customer-images': customerImages, '0013-agent-operations': agentOperations, '0014-figures': figures, '0015-daily-tables': dailyTables, '0015-more-figures': moreFigures, '0016-user-groups': userGroups, '0017-usage-peaks': usagePeaks, '0018-exports': exports, '0019-orders': orders, '0020-system-samples': systemSamples, '0021-console-lists': consoleLists, '0022-figures-in-parts': figuresInParts, '0023-whole-figures': wholeFigures, '0024-outcomes': outcomes, '0025-services': services }) },
  });
  const { error, results = [] } = await migrator.migrateToLatest();
  if (error !== undefined) throw error instanceof Error ? error : new Error('a migration failed', { cause: error });
  return results.filter((result) => result.status === 'Success').map((result) => result.migrationName);
}
