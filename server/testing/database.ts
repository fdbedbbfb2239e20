import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import pg from 'pg';
import { connect, migrate, type Connection } from '../database/connect.ts';

/** A database of one's own, copied from a migrated template, so that test files run side by side. */
export interface TestDatabase extends Connection {
  readonly url: string;
}

function clusterUrl(): string {
  const url = process.env['PARLEY_TEST_DATABASE_URL'];
  if (url === undefined) throw new Error('PARLEY_TEST_DATABASE_URL is not set: run tests with `npm test`, or `npm test -- <file>` for some of them');
  return url;
}

function databaseUrl(name: string): string {
  const url = new URL(clusterUrl());
  url.pathname = `/${name}`;
  return url.href;
}

async function asAdministrator<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: clusterUrl() });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function templateName(): string {
  const folder = new URL('../database/migrations/', import.meta.url);
  // Which of them count stands there.
  const hash = createHash('sha256').update(readFileSync(new URL('../connect.ts', folder)));
  for (const file of readdirSync(folder).toSorted()) hash.update(readFileSync(new URL(file, folder)));
  return `template_${hash.digest('hex').slice(0, 12)}`;
}

const TEMPLATE_LOCK = 7_210_001;

/** Makes the template once for all test processes; whoever comes first migrates it. */
async function ensureTemplate(client: pg.Client, name: string): Promise<void> {
  await client.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK]);
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (rowCount === 1) return;
    const draft = `${name}_draft`;
    await client.query(`drop database if exists ${draft} with (force)`);
    await client.query(`create database ${draft}`);
    const connection = connect(databaseUrl(draft));
    try {
      await migrate(connection.db);
    } finally {
      await connection.close();
    }
    await client.query(`alter database ${draft} rename to ${name}`);
  } finally {
    await client.query('select pg_advisory_unlock($1)', [TEMPLATE_LOCK]);
  }
}

export async function createTestDatabase(): Promise<TestDatabase> {
  const template = templateName();
  const name = `test_${randomBytes(6).toString('hex')}`;
  await asAdministrator(async (client) => {
    await ensureTemplate(client, template);
    await client.query(`create database ${name} template ${template}`);
  });
  const url = databaseUrl(name);
  const connection = connect(url, { maxConnections: 5 });
  return {
    url,
    db: connection.db,
    close: async () => {
      await connection.close();
      await asAdministrator((client) => client.query(`drop database if exists ${name} with (force)`));
    },
  };
}
