import assert from 'node:assert/strict';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { realpathSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { TestContext } from 'node:test';
import { StartError } from '../../start-error.ts';
import { findBundled, obtainOlder, reachBinaries } from './binaries.ts';
import type { Binaries } from './binaries.ts';
import { clusterMajor, keepPassword, makeCluster } from './cluster.ts';
import { chooseEndpoint, removeEndpoint } from './endpoint.ts';
import { placeHome } from './folders.ts';
import type { Home } from './folders.ts';
import { startManagedPostgres } from './index.ts';
import { chooseIdentity } from './run-as.ts';
import { startServer } from './server.ts';
import { ask, killHard, makeTestFolder, quiet, startOtherParley, stopAfter } from './test-bench.ts';

const nowhere = '/nowhere';
const oldMajor = 17;
let fetched = '';
let old: Binaries | undefined;
let unreachable = '';

before(async () => {
  fetched = realpathSync(mkdtempSync(join(tmpdir(), 'parley-test-')));
  chmodSync(fetched, 0o711);
  try {
    old = await obtainOlder(oldMajor, fetched, quiet);
  } catch (error) {
    if (!(error instanceof StartError)) {
      throw error;
    }
    unreachable = error.message;
  }
});

after(() => rmSync(fetched, { recursive: true, force: true }));

const schema = `
  CREATE SCHEMA other;
  CREATE TYPE mood AS ENUM ('calm', 'busy');
  CREATE TABLE agent (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL, code char(5), mood mood,
    settings jsonb, picture bytea, tags text[], grid int[][], joined timestamptz, pause interval, rate numeric(20,10),
    share double precision, "odd ""name" text, length int GENERATED ALWAYS AS (char_length(name)) STORED);
  CREATE TABLE "a call" (id serial PRIMARY KEY, agent_id bigint NOT NULL REFERENCES agent, at timestamptz NOT NULL);
  CREATE TABLE other.event (vdn_id int NOT NULL, at date NOT NULL, body jsonb NOT NULL) PARTITION BY LIST (vdn_id);
  CREATE TABLE version (number int NOT NULL);
  CREATE SEQUENCE ticket START 5;
  CREATE MATERIALIZED VIEW agent_count AS SELECT count(*) AS count FROM agent;
  CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'a trigger fired'; END $$;
  INSERT INTO version VALUES (0);`;

const trigger = 'CREATE TRIGGER no BEFORE INSERT ON agent FOR EACH ROW EXECUTE FUNCTION refuse();';

const rows = String.raw`
  INSERT INTO agent (name, code, mood, settings, picture, tags, grid, joined, pause, rate, share, "odd ""name") VALUES
    (E'line\nbreak\ttab \\ back\\N', 'ab', 'calm', '{"id": 12345678901234567890, "s": "\u00fc\\n"}', '\x00ff5c0a',
      ARRAY['a,b', NULL, 'NULL', '"q"', ''], '{{1,2},{3,4}}', '2026-11-21 08:28:40.123456+05:30',
      '1 mon 2 days 03:04:05.6', 1234567890.0123456789, 0.1, ''),
    ('', NULL, NULL, 'null', '', '{}', NULL, 'infinity', '-1 days', 'NaN', '-Infinity', NULL),
    ('Grüße 😀', '     ', 'busy', '[]', NULL, NULL, '{}', '0044-03-15 12:00:00+00 BC', NULL, NULL, 1e-300, E'\\.');
  INSERT INTO agent (name, settings, picture)
    SELECT 'agent ' || n, jsonb_build_object('n', n, 'pad', repeat('x', 300)), decode(md5(n::text), 'hex')
    FROM generate_series(1, 20000) n;
  INSERT INTO "a call" (agent_id, at) SELECT n, now() FROM generate_series(1, 3) n;
  CREATE TABLE other.event_1 PARTITION OF other.event FOR VALUES IN (1) PARTITION BY RANGE (at);
  CREATE TABLE other.event_1_2026 PARTITION OF other.event_1 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
  CREATE TABLE other."event 2" PARTITION OF other.event FOR VALUES IN (2, 3);
  INSERT INTO other.event VALUES (1, '2026-11-21', '{"k": 1}'), (3, '2020-01-01', '{"k": 2}');
  UPDATE version SET number = 41;
  SELECT nextval('ticket'), nextval('ticket');
  REFRESH MATERIALIZED VIEW agent_count;`;

/** A cluster as an earlier Parley left it, stopped. */
async function makeOldCluster(context: TestContext, text: string): Promise<Home | undefined> {
  if (old === undefined) {
    context.skip(unreachable);
    return undefined;
  }
  const home = placeHome(makeTestFolder(context), nowhere);
  const identity = chooseIdentity(home.cluster);
  const common = { binaries: reachBinaries(old, identity, nowhere, quiet), identity, durable: false };
  const password = keepPassword(home);
  await makeCluster(home, { ...common, password, folder: home.cluster });
  const endpoint = await chooseEndpoint(home.folder, identity, nowhere);
  const server = await startServer({ ...common, password, endpoint, cluster: home.cluster, log: quiet });
  await ask(server.url, text);
  await server.stop();
  removeEndpoint(endpoint);
  // So that each upgrade does not fetch it anew.
  symlinkSync(join(fetched, `binaries-${oldMajor}`), join(home.folder, `binaries-${oldMajor}`));
  return home;
}

const tables = ['agent', '"a call"', 'other.event', 'other.event_1_2026', 'version', 'agent_count'];

async function readAll(url: string): Promise<Record<string, unknown>> {
  const read = async (table: string): Promise<[string, unknown]> => [
    table,
    await ask(url, `SELECT md5(t::text) AS sum, left(t::text, 500) AS row FROM ${table} t ORDER BY t::text`),
  ];
  const sequences = await ask(url, 'SELECT schemaname, sequencename, last_value FROM pg_sequences ORDER BY 1, 2');
  return { ...Object.fromEntries(await Promise.all(tables.map(read))), sequences };
}

const fixedNow = (): number => Date.UTC(2026, 10, 21);

// Some at a time, as starting a cluster is mostly waiting for the system.
describe('upgrade of the major version', { concurrency: 3 }, () => {
  test('a database of the version before is copied whole, checked, and kept', async (context) => {
    const home = await makeOldCluster(context, schema + rows + trigger);
    if (home === undefined) {
      return;
    }
    let expected: Record<string, unknown> = {};
    const options = { dataDir: home.dataDir, log: quiet, durable: false, now: fixedNow };
    await assert.rejects(startManagedPostgres(options), { name: 'StartError', message: /must be upgraded to 18/ });
    const postgres = await startManagedPostgres({
      ...options,
      prepareSchema: async (newUrl, oldUrl) => {
        expected = await readAll(oldUrl);
        await ask(newUrl, schema + trigger);
      },
    });
    stopAfter(context, postgres);
    assert.deepEqual(await readAll(postgres.url), expected);
    assert.equal(clusterMajor(home.cluster), findBundled().major);
    assert.equal(clusterMajor(join(home.folder, 'cluster-17.bak-2026-11-21')), oldMajor);
    const [next] = await ask(
      postgres.url,
      `SELECT nextval('ticket')::int AS ticket, nextval(pg_get_serial_sequence('agent', 'id'))::int AS agent`,
    );
    assert.deepEqual(next, { ticket: 7, agent: 20_004 });
    const orphan = `INSERT INTO "a call" (agent_id, at) VALUES (-1, now())`;
    await assert.rejects(ask(postgres.url, orphan), { code: '23503' });
    await postgres.stop();

    const again = await startManagedPostgres(options);
    stopAfter(context, again);
    assert.deepEqual({ ...(await readAll(again.url)), sequences: [] }, { ...expected, sequences: [] });
  });

  test('what the new schema has no place for is refused, and the old database stays as it is', async (context) => {
    const home = await makeOldCluster(context, `${schema} INSERT INTO agent (name, code) VALUES ('a', 'b');`);
    if (home === undefined) {
      return;
    }
    const upgradeWith = (text: string): Promise<unknown> =>
      startManagedPostgres({
        dataDir: home.dataDir,
        log: quiet,
        durable: false,
        prepareSchema: async (url) => void (await ask(url, text)),
      });
    await assert.rejects(upgradeWith(schema.replaceAll(/\bversion\b/g, 'versions')), {
      name: 'StartError',
      message: /table "public"."version" has rows/,
    });
    await assert.rejects(upgradeWith(schema.replace('code char(5)', 'codes char(5)')), {
      name: 'StartError',
      message: /column "code" of table "public"."agent" has values/,
    });
    // The copy itself fails: a value is refused by the new schema.
    const stricter = schema.replace('code char(5)', 'code char(5) CHECK (code IS NULL)');
    await assert.rejects(upgradeWith(stricter), { code: '23514' });
    assert.equal(clusterMajor(home.cluster), oldMajor);
    assert.deepEqual(
      readdirSync(home.folder).filter((name) => name.startsWith('cluster')),
      ['cluster'],
    );
  });

  test('kill -9 amid an upgrade: the next start ends both servers and upgrades from the beginning', async (context) => {
    const home = await makeOldCluster(context, `${schema} INSERT INTO agent (name) VALUES ('kept');`);
    if (home === undefined) {
      return;
    }
    const killed = await startOtherParley(context, { dataDir: home.dataDir });
    await ask(String(killed.said['newUrl']), 'CREATE TABLE half_done ()');
    await killHard(killed.process);
    assert.equal(existsSync(home.fresh), true);
    const postgres = await startManagedPostgres({
      dataDir: home.dataDir,
      log: quiet,
      durable: false,
      prepareSchema: async (url) => void (await ask(url, schema)),
    });
    stopAfter(context, postgres);
    assert.deepEqual(await ask(postgres.url, `SELECT name, to_regclass('half_done') AS half FROM agent`), [
      { name: 'kept', half: null },
    ]);
    assert.equal(existsSync(home.fresh), false);
  });

  test('a crash between the renames of an upgrade is made good by the next start', async (context) => {
    const dataDir = makeTestFolder(context);
    const options = { dataDir, log: quiet, durable: false };
    const first = await startManagedPostgres(options);
    await ask(first.url, 'CREATE TABLE kept AS SELECT 1 AS n');
    await first.stop();
    const home = placeHome(dataDir, nowhere);

    // The old one has stepped aside; the new one waits.
    renameSync(home.cluster, home.verified);
    const second = await startManagedPostgres(options);
    assert.deepEqual(await ask(second.url, 'SELECT n FROM kept'), [{ n: 1 }]);
    await second.stop();

    // The new one waits, and the old one is still in its place: it counts.
    cpSync(home.cluster, home.verified, { recursive: true });
    const third = await startManagedPostgres(options);
    assert.deepEqual(await ask(third.url, 'SELECT n FROM kept'), [{ n: 1 }]);
    await third.stop();
    assert.equal(existsSync(home.verified), false);
  });

  test('a database of a newer version is refused, untouched', async (context) => {
    const dataDir = makeTestFolder(context);
    const home = placeHome(dataDir, nowhere);
    mkdirSync(home.cluster);
    writeFileSync(join(home.cluster, 'PG_VERSION'), '99\n');
    writeFileSync(home.password, 'secret\n');
    await assert.rejects(startManagedPostgres({ dataDir, log: quiet }), {
      name: 'StartError',
      message: /of PostgreSQL 99; this Parley brings PostgreSQL 18/,
    });
    assert.equal(readFileSync(join(home.cluster, 'PG_VERSION'), 'utf8'), '99\n');
  });
});
