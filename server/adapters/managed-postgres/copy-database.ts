import { Client, escapeIdentifier } from 'pg';
import { StartError } from '../../start-error.ts';
import { pipeCopy } from './copy-stream.ts';
import type { Log } from './log.ts';

interface Table {
  readonly schema: string;
  readonly name: string;
  readonly partitioned: boolean;
  readonly columns: readonly string[];
}

// Partitions are left out: their rows go through the parent. Generated columns are computed anew.
const tablesQuery = `
  SELECT n.nspname AS schema, c.relname AS name, c.relkind = 'p' AS partitioned,
    coalesce(array_agg(a.attname::text ORDER BY a.attnum) FILTER (WHERE a.attname IS NOT NULL), '{}') AS columns
  FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN pg_attribute a
    ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
  WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relpersistence <> 't'
    AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
  GROUP BY 1, 2, 3 ORDER BY 1, 2`;

const partitionsQuery = `
  SELECT n.nspname AS schema, c.relname AS name, pn.nspname AS parent_schema, p.relname AS parent,
    pg_get_expr(c.relpartbound, c.oid) AS bound, pg_get_partkeydef(c.oid) AS key
  FROM pg_class root
  CROSS JOIN LATERAL pg_partition_tree(root.oid) t
  JOIN pg_class c ON c.oid = t.relid JOIN pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_class p ON p.oid = t.parentrelid JOIN pg_namespace pn ON pn.oid = p.relnamespace
  WHERE root.relkind = 'p' AND NOT root.relispartition AND t.level > 0
  ORDER BY t.level, 1, 2`;

interface Partition {
  readonly schema: string;
  readonly name: string;
  readonly parent_schema: string;
  readonly parent: string;
  readonly bound: string;
  readonly key: string | null;
}

const qualified = (schema: string, name: string): string => `${escapeIdentifier(schema)}.${escapeIdentifier(name)}`;
const nameOf = (thing: { schema: string; name: string }): string => qualified(thing.schema, thing.name);
// Tables that inherit without being partitions hold their own rows; only partitioned ones are read with their parts.
const ownRows = (table: Table): string => (table.partitioned ? nameOf(table) : `ONLY ${nameOf(table)}`);

async function holds(client: Client, query: string): Promise<boolean> {
  const { rows } = await client.query<{ found: boolean }>(`SELECT EXISTS (${query}) AS found`);
  return rows[0]?.found === true;
}

const refuse = (what: string): StartError =>
  new StartError(
    `The database cannot be upgraded: ${what}, and the new one has no place for it.`,
    'The old database is untouched. Start the Parley that made it, or remove what is not needed there, and try again.',
  );

/** The tables to copy, with the columns both sides have; refuses where rows of the old one would be lost. */
async function matchTables(old: Client, fresh: Client): Promise<Table[]> {
  const target = new Map((await fresh.query<Table>(tablesQuery)).rows.map((table) => [nameOf(table), table]));
  const matched: Table[] = [];
  for (const table of (await old.query<Table>(tablesQuery)).rows) {
    const counterpart = target.get(nameOf(table));
    if (counterpart === undefined) {
      if (await holds(old, `SELECT FROM ${ownRows(table)}`)) {
        throw refuse(`table ${nameOf(table)} has rows`);
      }
      continue;
    }
    const known = new Set(counterpart.columns);
    for (const column of table.columns.filter((name) => !known.has(name))) {
      if (await holds(old, `SELECT FROM ${ownRows(table)} WHERE ${escapeIdentifier(column)} IS NOT NULL`)) {
        throw refuse(`column ${escapeIdentifier(column)} of table ${nameOf(table)} has values`);
      }
    }
    matched.push({ ...table, columns: table.columns.filter((name) => known.has(name)) });
  }
  return matched;
}

/** Partitions are made as time goes by or by need, so the new schema may lack some that the old one has grown. */
async function addPartitions(old: Client, fresh: Client): Promise<void> {
  const existing = new Set(
    (await fresh.query<Partition>(partitionsQuery)).rows.map(({ schema, name }) => qualified(schema, name)),
  );
  const parents = new Set((await fresh.query<Table>(tablesQuery)).rows.map(nameOf));
  for (const { schema, name, parent_schema: parentSchema, parent, bound, key } of (
    await old.query<Partition>(partitionsQuery)
  ).rows) {
    const [partition, whole] = [qualified(schema, name), qualified(parentSchema, parent)];
    if (!existing.has(partition) && (parents.has(whole) || existing.has(whole))) {
      await fresh.query(
        `CREATE TABLE ${partition} PARTITION OF ${whole} ${bound}${key === null ? '' : ` PARTITION BY ${key}`}`,
      );
      existing.add(partition);
    }
  }
}

async function countRows(client: Client, table: Table): Promise<string> {
  const { rows } = await client.query<{ count: string }>(`SELECT count(*)::text AS count FROM ${ownRows(table)}`);
  return rows[0]?.count ?? '';
}

async function copyTable(old: Client, fresh: Client, table: Table): Promise<void> {
  // What the schema's preparation filled in (a version, a default) is replaced by what the old database says.
  await fresh.query(`DELETE FROM ${ownRows(table)}`);
  const columns = table.columns.map((name) => escapeIdentifier(name)).join(', ');
  if (columns !== '') {
    await pipeCopy(
      old,
      `COPY (SELECT ${columns} FROM ${ownRows(table)}) TO STDOUT`,
      fresh,
      `COPY ${nameOf(table)} (${columns}) FROM STDIN`,
    );
  }
  const [before, after] = [await countRows(old, table), await countRows(fresh, table)];
  if (before !== after) {
    throw new Error(`table ${nameOf(table)} has ${before} rows, and ${after} after the copy`);
  }
}

interface Sequence {
  readonly schema: string;
  readonly name: string;
}

const sequencesQuery = `
  SELECT n.nspname AS schema, c.relname AS name
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind = 'S' AND c.relpersistence <> 't' AND n.nspname !~ '^pg_'`;

async function copySequences(old: Client, fresh: Client, log: Log): Promise<void> {
  const target = new Set((await fresh.query<Sequence>(sequencesQuery)).rows.map(nameOf));
  for (const sequence of (await old.query<Sequence>(sequencesQuery)).rows) {
    const name = nameOf(sequence);
    if (!target.has(name)) {
      log(`sequence ${name} is left behind: the new schema has none of that name`);
      continue;
    }
    const { rows } = await old.query<{ last: string; called: boolean }>(
      `SELECT last_value::text AS last, is_called AS called FROM ${name}`,
    );
    await fresh.query('SELECT setval($1::regclass, $2::bigint, $3)', [name, rows[0]?.last, rows[0]?.called]);
  }
}

async function refuseLargeObjects(old: Client): Promise<void> {
  if (await holds(old, 'SELECT FROM pg_largeobject_metadata')) {
    throw refuse('it holds large objects');
  }
}

async function refreshViews(fresh: Client): Promise<void> {
  const { rows } = await fresh.query<Sequence>(
    'SELECT schemaname AS schema, matviewname AS name FROM pg_matviews ORDER BY 1, 2',
  );
  for (const view of rows) {
    await fresh.query(`REFRESH MATERIALIZED VIEW ${nameOf(view)}`);
  }
}

// Text forms that do not depend on what a cluster has set.
const exactText = `
  SET datestyle = 'ISO'; SET intervalstyle = 'postgres'; SET extra_float_digits = 3; SET timezone = 'UTC'`;

/**
 * Copies all rows of the old database into the prepared schema of the new one, and checks the number of rows of each
 * table. The new side is one transaction; the old one is only read.
 */
export async function copyDatabase(oldUrl: string, newUrl: string, log: Log): Promise<void> {
  const old = new Client({ connectionString: oldUrl, application_name: 'parley-upgrade' });
  const fresh = new Client({ connectionString: newUrl, application_name: 'parley-upgrade' });
  for (const client of [old, fresh]) {
    // A lost connection is also told to the query that waits on it.
    client.on('error', () => undefined);
  }
  try {
    await Promise.all([old.connect(), fresh.connect()]);
    await old.query(exactText);
    await fresh.query(exactText);
    await old.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    await refuseLargeObjects(old);
    await fresh.query('BEGIN');
    // No trigger fires and no foreign key is checked: the rows come in any order and were checked once.
    await fresh.query('SET LOCAL session_replication_role = replica');
    await addPartitions(old, fresh);
    for (const table of await matchTables(old, fresh)) {
      await copyTable(old, fresh, table);
    }
    await copySequences(old, fresh, log);
    await refreshViews(fresh);
    await fresh.query('COMMIT');
    await fresh.query('ANALYZE');
  } finally {
    // Not `end()`: after a failure amid a copy a polite goodbye may never be read.
    for (const client of [old, fresh]) {
      client.connection.stream.destroy();
    }
  }
}
