import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { Pool } from 'pg';
import { StartError } from '../../start-error.ts';
import { holdsWithin } from './deadline.ts';
import { startManagedPostgres, startThrowawayPostgres } from './index.ts';
import { findPostmaster } from './postmaster.ts';
import { ask, killHard, makeTestFolder, quiet, startOtherParley, stopAfter } from './test-bench.ts';

const onLinux = { skip: process.platform === 'linux' ? false : 'reads /proc' };

function processGroup(pid: unknown): string | undefined {
  const [, fields = ''] = readFileSync(`/proc/${String(pid)}/stat`, 'utf8').split(') ');
  return fields.split(' ')[2];
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    // It ended since it was listed.
    return '';
  }
}

/** All postmasters with this cluster; one that ended and was not yet waited for has no command line. */
function listServers(cluster: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && commandLine(name).includes(`\0-D\0${cluster}\0`))
    .map(Number);
}

// Some at a time, as starting a cluster is mostly waiting for the system.
describe('managed PostgreSQL', { concurrency: 3 }, () => {
  test('the first start makes a private, durable cluster, and the second finds its data', async (context) => {
    const dataDir = makeTestFolder(context);
    const first = await startManagedPostgres({ dataDir, log: quiet });
    stopAfter(context, first);
    const [facts] = await ask<Record<string, string>>(
      first.url,
      `SELECT current_user AS who, current_database() AS base, current_setting('server_encoding') AS encoding,
        datlocale AS locale, current_setting('fsync') AS fsync, current_setting('full_page_writes') AS pages,
        current_setting('synchronous_commit') AS commits, current_setting('password_encryption') AS passwords,
        current_setting('listen_addresses') AS listens
      FROM pg_database WHERE datname = current_database()`,
    );
    assert.deepEqual(facts, {
      who: 'parley',
      base: 'parley',
      encoding: 'UTF8',
      locale: 'C.UTF-8',
      fsync: 'on',
      pages: 'on',
      commits: 'on',
      passwords: 'scram-sha-256',
      listens: process.platform === 'win32' ? '127.0.0.1' : '',
    });
    assert.equal(statSync(join(dataDir, 'postgres', 'password')).mode & 0o777, 0o600);
    const stranger = new URL(first.url);
    stranger.password = 'guess';
    await assert.rejects(ask(stranger.href, 'SELECT 1'), { code: '28P01' });
    await ask(first.url, "CREATE TABLE kept AS SELECT 'Grüße' AS greeting");
    await first.stop();
    assert.equal(findPostmaster(join(dataDir, 'postgres', 'cluster')), undefined);

    const second = await startManagedPostgres({ dataDir, log: quiet });
    stopAfter(context, second);
    assert.deepEqual(await ask(second.url, 'SELECT greeting FROM kept'), [{ greeting: 'Grüße' }]);
  });

  test('a data path longer than a socket name may be works', async (context) => {
    const folder = makeTestFolder(context);
    const dataDir = join(folder, 'long-folder-name-'.repeat(12), 'with spaces & ümläuts');
    const sharedFolder = join(folder, 'shared');
    const postgres = await startManagedPostgres({ dataDir, log: quiet, durable: false, sharedFolder });
    stopAfter(context, postgres);
    assert.deepEqual(await ask(postgres.url, 'SELECT 1 AS one'), [{ one: 1 }]);
    const sockets = new URL(postgres.url).searchParams.get('host') ?? '';
    await postgres.stop();
    assert.equal(existsSync(sockets), false);
  });

  test('two installs run side by side; a third on the same folder is refused by name', async (context) => {
    const [here, there] = [makeTestFolder(context), makeTestFolder(context)];
    const [one, two] = await Promise.all(
      [here, there].map((dataDir) => startManagedPostgres({ dataDir, log: quiet, durable: false })),
    );
    assert.ok(one !== undefined && two !== undefined);
    stopAfter(context, one);
    stopAfter(context, two);
    assert.notEqual(one.url, two.url);
    await assert.rejects(startManagedPostgres({ dataDir: here, log: quiet }), (error) => {
      assert.ok(error instanceof StartError);
      assert.match(error.message, new RegExp(`Another Parley uses the data folder .*process ${process.pid}`));
      return true;
    });
    assert.deepEqual(await ask(one.url, 'SELECT 1 AS one'), [{ one: 1 }]);
  });

  test('the database of another live Parley is not touched, even when that one hangs', onLinux, async (context) => {
    const dataDir = makeTestFolder(context);
    const other = await startOtherParley(context, { dataDir });
    // A Ctrl-C in the terminal of that Parley would not reach its postmaster either.
    assert.equal(processGroup(other.said['pid']), String(other.said['pid']));
    other.process.kill('SIGSTOP');
    await assert.rejects(startManagedPostgres({ dataDir, log: quiet }), {
      name: 'StartError',
      message: new RegExp(`process ${other.process.pid}`),
    });
    assert.equal(findPostmaster(join(dataDir, 'postgres', 'cluster')), other.said['pid']);
    assert.deepEqual(await ask(String(other.said['url']), 'SELECT 1 AS one'), [{ one: 1 }]);
  });

  test('after kill -9 of Parley the next start ends what is left and finds its data', onLinux, async (context) => {
    const dataDir = makeTestFolder(context);
    const killed = await startOtherParley(context, { dataDir });
    const left = Number(killed.said['pid']);
    const url = String(killed.said['url']);
    await ask(url, 'CREATE TABLE kept AS SELECT generate_series(1, 1000) AS n');
    // A transaction that is open when Parley dies keeps a backend busy.
    const pool = new Pool({ connectionString: url });
    context.after(() => pool.end());
    pool.on('error', quiet);
    const client = await pool.connect();
    client.on('error', quiet);
    await client.query('BEGIN; INSERT INTO kept VALUES (0)');
    await killHard(killed.process);
    assert.equal(findPostmaster(join(dataDir, 'postgres', 'cluster')), left);

    const postgres = await startManagedPostgres({ dataDir, log: quiet, durable: false });
    stopAfter(context, postgres);
    client.release(true);
    assert.notEqual(postgres.pid, left);
    assert.deepEqual(listServers(join(dataDir, 'postgres', 'cluster')), [postgres.pid]);
    assert.deepEqual(await ask(postgres.url, 'SELECT count(*)::int AS count FROM kept'), [{ count: 1000 }]);
  });

  test('a Parley that exits without stopping its database takes it down', async (context) => {
    const dataDir = makeTestFolder(context);
    const other = await startOtherParley(context, { dataDir, afterwards: 'exit' });
    const cluster = join(dataDir, 'postgres', 'cluster');
    assert.equal(await holdsWithin(20_000, () => findPostmaster(cluster) === undefined), true);
    assert.equal(typeof other.said['pid'], 'number');
    assert.equal(existsSync(join(cluster, 'postmaster.pid')), false, 'it was a clean shutdown');
  });

  test('a postmaster.pid whose number another process has by now does not hinder the start', async (context) => {
    const dataDir = makeTestFolder(context);
    const killed = await startOtherParley(context, { dataDir });
    await ask(String(killed.said['url']), 'CREATE TABLE kept AS SELECT 1 AS n');
    const file = join(dataDir, 'postgres', 'cluster', 'postmaster.pid');
    const content = readFileSync(file, 'utf8').split('\n');
    await killHard(killed.process);
    process.kill(Number(killed.said['pid']), 'SIGKILL');
    assert.equal(await holdsWithin(20_000, () => findPostmaster(join(file, '..')) === undefined), true);
    const stranger = await startOtherParley(context, { dataDir: makeTestFolder(context) });
    for (const alive of [stranger.process.pid, stranger.said['pid'], 1, 'rubbish']) {
      writeFileSync(file, [String(alive), ...content.slice(1)].join('\n'));
      const postgres = await startManagedPostgres({ dataDir, log: quiet, durable: false });
      stopAfter(context, postgres);
      assert.deepEqual(await ask(postgres.url, 'SELECT n FROM kept'), [{ n: 1 }]);
      await postgres.stop();
    }
    assert.deepEqual(await ask(String(stranger.said['url']), 'SELECT 1 AS one'), [{ one: 1 }]);
  });

  test('a server that an operator runs by hand is refused, not ended', async (context) => {
    const dataDir = makeTestFolder(context);
    const killed = await startOtherParley(context, { dataDir });
    await killHard(killed.process);
    const options = join(dataDir, 'postgres', 'cluster', 'postmaster.opts');
    writeFileSync(options, readFileSync(options, 'utf8').replace('cluster_name=parley-managed', 'cluster_name=rescue'));
    await assert.rejects(startManagedPostgres({ dataDir, log: quiet }), {
      name: 'StartError',
      message: /A PostgreSQL that Parley did not start/,
      remedy: `Stop it first: kill -INT ${String(killed.said['pid'])}`,
    });
    assert.deepEqual(await ask(String(killed.said['url']), 'SELECT 1 AS one'), [{ one: 1 }]);
  });

  test('kill -9 of the postmaster under load: it comes back at once, with every acknowledged row', async (context) => {
    const dataDir = makeTestFolder(context);
    const postgres = await startManagedPostgres({ dataDir, log: quiet });
    stopAfter(context, postgres);
    const reasons: string[] = [];
    postgres.onExit((reason) => reasons.push(reason));
    const pool = new Pool({ connectionString: postgres.url, max: 4, connectionTimeoutMillis: 5_000 });
    context.after(() => pool.end());
    pool.on('error', quiet);
    await pool.query('CREATE TABLE written (n bigint PRIMARY KEY)');

    const acknowledged: number[] = [];
    let [next, failures] = [0, 0];
    const writing = new AbortController();
    const write = async (): Promise<void> => {
      while (!writing.signal.aborted) {
        next += 1;
        const n = next;
        try {
          await pool.query('INSERT INTO written VALUES ($1)', [n]);
          acknowledged.push(n);
        } catch {
          failures += 1;
          // A turn for other work; while nothing listens, attempts fail faster than time passes.
          await new Promise((resolve) => setImmediate(resolve));
        }
      }
    };
    const writers = Array.from({ length: 4 }, write);
    for (const round of [1, 2]) {
      const before = acknowledged.length;
      assert.equal(await holdsWithin(20_000, () => acknowledged.length > before + 200), true);
      const killed = postgres.pid;
      process.kill(killed, 'SIGKILL');
      assert.equal(await holdsWithin(60_000, () => postgres.pid !== killed), true);
      assert.equal(reasons.length, round);
      const restarted = acknowledged.length;
      assert.equal(await holdsWithin(20_000, () => acknowledged.length > restarted + 200), true);
    }
    writing.abort();
    await Promise.all(writers);
    assert.match(reasons.join(), /PostgreSQL was ended by SIGKILL/);
    assert.ok(failures > 0);
    const { rows } = await pool.query<{ n: string }>('SELECT n FROM written');
    const present = new Set(rows.map((row) => Number(row.n)));
    assert.deepEqual(acknowledged.filter((n) => !present.has(n)), []);
  });

  test('stop waits for no client, may be called twice, and works amid a restart', async (context) => {
    const dataDir = makeTestFolder(context);
    const postgres = await startManagedPostgres({ dataDir, log: quiet, durable: false });
    const pool = new Pool({ connectionString: postgres.url });
    context.after(() => pool.end());
    pool.on('error', quiet);
    const sleeping = pool.query('SELECT pg_sleep(600)');
    assert.equal(await holdsWithin(10_000, () => pool.totalCount === 1 && pool.idleCount === 0), true);
    const ends = assert.rejects(sleeping);
    await Promise.all([postgres.stop(), postgres.stop()]);
    await ends;
    assert.throws(() => process.kill(postgres.pid, 0), { code: 'ESRCH' });

    const again = await startManagedPostgres({ dataDir, log: quiet, durable: false });
    const told = new Promise((resolve) => again.onExit(resolve));
    process.kill(again.pid, 'SIGKILL');
    await told;
    await again.stop();
    assert.equal(findPostmaster(join(dataDir, 'postgres', 'cluster')), undefined);
    const last = await startManagedPostgres({ dataDir, log: quiet, durable: false });
    await last.stop();
    assert.equal(findPostmaster(join(dataDir, 'postgres', 'cluster')), undefined);
  });

  test('a folder that cannot be used is refused with a remedy', async (context) => {
    const folder = makeTestFolder(context);
    writeFileSync(join(folder, 'file'), '');
    await assert.rejects(startManagedPostgres({ dataDir: join(folder, 'file', 'data'), log: quiet }), {
      name: 'StartError',
      message: /a file is in its way/,
    });
    const damaged = join(folder, 'damaged');
    mkdirSync(join(damaged, 'postgres', 'cluster', 'base'), { recursive: true });
    await assert.rejects(startManagedPostgres({ dataDir: damaged, log: quiet }), {
      name: 'StartError',
      message: /not complete/,
    });
    assert.equal(existsSync(join(damaged, 'postgres', 'cluster', 'base')), true);
  });

  test('a cluster without its password file is refused, and starts when the file is back', async (context) => {
    const dataDir = makeTestFolder(context);
    const first = await startManagedPostgres({ dataDir, log: quiet, durable: false });
    await first.stop();
    const file = join(dataDir, 'postgres', 'password');
    const password = readFileSync(file);
    rmSync(file);
    await assert.rejects(startManagedPostgres({ dataDir, log: quiet }), { name: 'StartError', message: /password/ });
    writeFileSync(file, password, { mode: 0o600 });
    const second = await startManagedPostgres({ dataDir, log: quiet, durable: false });
    await second.stop();
    assert.equal(existsSync(join(dataDir, 'postgres', 'cluster', 'postmaster.pid')), false);
  });

  test('a throw-away instance is gone after stop', async () => {
    const postgres = await startThrowawayPostgres();
    const [setting] = await ask<{ fsync: string; folder: string }>(
      postgres.url,
      "SELECT current_setting('fsync') AS fsync, current_setting('data_directory') AS folder",
    );
    await postgres.stop();
    assert.equal(setting?.fsync, 'off');
    assert.equal(existsSync(join(setting?.folder ?? '/', '..', '..')), false);
  });

  test('SIGTERM in the hands of the caller: a stopped Parley leaves nothing', async (context) => {
    const dataDir = makeTestFolder(context);
    const other = await startOtherParley(context, { dataDir, afterwards: 'stop' });
    if (other.process.exitCode === null) {
      await once(other.process, 'exit', { signal: AbortSignal.timeout(30_000) });
    }
    assert.equal(other.process.exitCode, 0, other.log());
    assert.equal(existsSync(join(dataDir, 'postgres', 'cluster', 'postmaster.pid')), false);
    assert.equal(existsSync(join(dataDir, 'postgres', 'holder')), false);
  });
});
