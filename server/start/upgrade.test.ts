import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { pino } from 'pino';
import { obtainOlder, reachBinaries } from '../adapters/managed-postgres/binaries.ts';
import { keepPassword, makeCluster } from '../adapters/managed-postgres/cluster.ts';
import { chooseEndpoint, removeEndpoint } from '../adapters/managed-postgres/endpoint.ts';
import { placeHome } from '../adapters/managed-postgres/folders.ts';
import { chooseIdentity } from '../adapters/managed-postgres/run-as.ts';
import { startServer } from '../adapters/managed-postgres/server.ts';
import { createDurableJobs } from '../adapters/jobs/pg-boss.ts';
import { connect } from '../database/connect.ts';
import { StartError } from '../start-error.ts';
import { openDatabase } from './database.ts';
import { installSchema } from './world.ts';

const OLD_MAJOR = 17;
const nowhere = '/nowhere';
const quiet = (): void => undefined;
const log = pino({ level: 'silent' });

function folder(context: TestContext): string {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'parley-upgrade-')));
  chmodSync(path, 0o711);
  context.after(() => { rmSync(path, { recursive: true, force: true }); });
  return path;
}

/** Fills a cluster of the older PostgreSQL with what Parley keeps, as an earlier release would have left it. */
async function makeOldDatabase(dataDir: string, fill: (url: string) => Promise<void>): Promise<void> {
  const home = placeHome(dataDir, nowhere);
  const identity = chooseIdentity(home.cluster);
  const binaries = reachBinaries(await obtainOlder(OLD_MAJOR, home.folder, quiet), identity, nowhere, quiet);
  const password = keepPassword(home);
  await makeCluster(home, { binaries, identity, durable: false, password, folder: home.cluster });
  const endpoint = await chooseEndpoint(home.folder, identity, nowhere);
  const server = await startServer({ binaries, identity, durable: false, password, endpoint, cluster: home.cluster, log: quiet });
  await fill(server.url);
  await server.stop();
  removeEndpoint(endpoint);
}

test('a data folder of the PostgreSQL before is brought over with everything in it, jobs included', async (context) => {
  const dataDir = folder(context);
  try {
    await makeOldDatabase(dataDir, async (url) => {
      await installSchema(url);
      const { db, close } = connect(url);
      await db.insertInto('vdn').values({
        vdn_id: 1, name: 'Ex\tample\n', tenant_id: 't', tenant_space_id: 's', cc_id: 1, time_zone: 'UTC', locale: 'en_US', enabled: true, limits: '{"agents":3}', created_at: 7, journal_seq: 1,
      }).execute();
      await db.insertInto('journal').values({ vdn_id: 1, seq: 1, at: 7, type: 'ConfigChanged', version: 1, data: '{"what":"tenant"}' }).execute();
      await db.insertInto('audit').values({ vdn_id: 1, at: 7, actor: 'a', source: 's', operation: 'o', what: 'w', what_id: 'i', before: null, after: '{}' }).execute();
      await close();
      const jobs = createDurableJobs({ url, log });
      const kind = jobs.define('left-over', { attempts: 3, retryDelayMs: 3_600_000, deadlineMs: 1000 }, () => Promise.reject(new Error('not yet')));
      await jobs.start();
      await kind.send({ id: 'kept' });
      await jobs.stop();
    });
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    context.skip(error.message);
    return;
  }

  const database = await openDatabase({ url: '', dataDir, connections: 2, log, prepareSchema: installSchema });
  try {
    const { db } = database;
    assert.deepEqual(await db.selectFrom('vdn').select(['vdn_id', 'name', 'limits', 'journal_seq']).orderBy('vdn_id').execute(), [
      { vdn_id: 0, name: 'installation', limits: {}, journal_seq: 0 }, { vdn_id: 1, name: 'Ex\tample\n', limits: { agents: 3 }, journal_seq: 1 },
    ]);
    assert.equal((await db.selectFrom('journal').selectAll().execute()).length, 1);
    const added = await db.insertInto('audit').values({ vdn_id: 1, at: 8, actor: 'a', source: 's', operation: 'o', what: 'w', what_id: 'i', before: null, after: null }).returning('id').executeTakeFirstOrThrow();
    assert.equal(added.id, 2, 'identities go on where they were');
  } finally {
    await database.close();
  }
  const again = await openDatabase({ url: '', dataDir, connections: 2, log, prepareSchema: installSchema });
  const seen: object[] = [];
  const jobs = createDurableJobs({ url: again.url, log });
  jobs.define('left-over', { attempts: 3, retryDelayMs: 1000, deadlineMs: 1000 }, (data) => {
    seen.push(data);
    return Promise.resolve();
  });
  await jobs.start();
  await jobs.stop();
  const left = await again.db.withSchema('pgboss').selectFrom('job' as never).select(['data' as never, 'state' as never]).execute();
  assert.ok(JSON.stringify([...seen, ...left]).includes('kept'), 'the job came over');
  await again.close();
});
