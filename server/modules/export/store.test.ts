import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createTestDatabase, type TestDatabase } from '../../testing/database.ts';
import { eraseExports, findExport, finishExport, insertExport, type Asked, type ExportJob } from './store.ts';

let database: TestDatabase;
before(async () => { database = await createTestDatabase(); });
after(() => database.close());

let ids = 0;
async function waiting(asked: Partial<Asked> = {}): Promise<ExportJob> {
  ids += 1;
  const job: ExportJob = {
    vdnId: 7, id: String(ids).padStart(32, '0'), kind: 'bill', fileName: 'x.zip', key: { scheme: 'C2', id: 'ak' }, asked: { from: 1, to: 2, entries: ['call'], ...asked }, accountId: undefined,
    callbackUrl: 'https://billing.example.com', state: 'waiting', createdAt: 1, expiresAt: 2,
  };
  await insertExport(database.db, job);
  return job;
}

const finish = (job: ExportJob) => database.db.transaction().execute((tx) => finishExport(tx, job));
const stateOf = async ({ vdnId, id }: ExportJob) => (await findExport(database.db, vdnId, id))?.state;

test('a file that was being made when somebody was erased is made anew (5.1.13)', async () => {
  const job = await waiting();
  assert.deepEqual(await eraseExports(database.db, 7, ['138']), []);
  assert.deepEqual([await finish(job), await stateOf(job)], ['stale', 'waiting']);
  assert.deepEqual([await finish(job), await stateOf(job)], ['ready', 'ready']);
  assert.equal(await finish(job), 'gone', 'a job that comes twice finds nothing to do');
});

test('one that is about whoever is erased is not made at all, and what was wanted is forgotten', async () => {
  const [about, other] = [await waiting({ caller: '138' }), await waiting({ called: '139' })];
  await eraseExports(database.db, 7, ['138']);
  assert.deepEqual([await stateOf(about), await stateOf(other)], ['erased', 'waiting']);
  await finish(other);
  await finish(other);
  const rows = await database.db.selectFrom('export_job').select('asked').where('id', 'in', [about.id, other.id]).execute();
  assert.deepEqual(rows, [{ asked: {} }, { asked: {} }]);
});

test('another tenant keeps its files', async () => {
  const job = await waiting();
  await finish(job);
  assert.deepEqual(await eraseExports(database.db, 8, ['138']), []);
  assert.equal(await stateOf(job), 'ready');
  assert.equal((await eraseExports(database.db, 7, ['138'])).includes(job.id), true);
  assert.equal(await findExport(database.db, 8, job.id), undefined);
});
