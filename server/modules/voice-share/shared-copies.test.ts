import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ccfsGetRecordFileUrl } from '@parley/contract/ccfs/recording.ts';
import { cleanCustPersonalData } from '@parley/contract/configuration/erasure.ts';
import { ACCESS_KEY, openS3Store, SECRET_KEY, type S3Store } from '../../adapters/files/s3.fixture.ts';
import { createS3Files } from '../../adapters/files/s3.ts';
import { clockAt } from '../export/receiver.fixture.ts';
import { RECORDED_MS } from '../recording/recorder.fixture.ts';
import { openSharingFloor, type SharingFloor } from './floor.fixture.ts';

const HOUR = 3_600_000;
let store: S3Store;
let share: SharingFloor;

before(async () => {
  store = await openS3Store('shared');
  const files = createS3Files({ endpoint: store.endpoint, bucket: 'shared', prefix: '', region: 'us-east-1', accessKey: ACCESS_KEY, secretKey: SECRET_KEY }, () => Promise.resolve());
  share = await openSharingFloor({ files });
});
after(async () => {
  await share.close();
  await store.close();
});

const ask = (callId: string) => share.client.call(ccfsGetRecordFileUrl, {
  callId, beginTime: clockAt(share.floor.server, -HOUR), endTime: clockAt(share.floor.server, HOUR), version: '2.0',
});
const urlOf = async (callId: string): Promise<string> => ((await ask(callId)).body as unknown as { resultData: { url: string } }).resultData.url;
const copies = (): readonly string[] => [...store.kept.keys()].filter((key) => key.startsWith('shared/'));

test('where the store hands out files itself, it is given a copy of a recording, one and no more (13.2.1.1)', async () => {
  const { call } = await share.one();
  const url = await urlOf(call);
  assert.ok(url.startsWith(store.endpoint) && url.includes('X-Amz-Expires=28800'), url);
  const reply = await fetch(url);
  assert.deepEqual([reply.status, (await reply.arrayBuffer()).byteLength], [200, 58 + 8 * RECORDED_MS]);
  await urlOf(call);
  assert.equal(copies().length, 1);
});

test('a store that is away is told by its code (0300047)', async () => {
  const { call } = await share.one();
  store.stumble(1000);
  const { body } = await ask(call);
  assert.equal(body['resultCode'], '0300047');
  store.stumble(0);
});

// The last test: sessions have run out then.
test('copies go when somebody is erased, and when their URLs have run out', async () => {
  const { server, tenant } = share.floor;
  const { call } = await share.one('13899990000');
  const url = await urlOf(call);
  await tenant.client.call(cleanCustPersonalData, { customNos: ['13899990000'] });
  await server.jobsDone();
  assert.deepEqual([(await fetch(url)).status, copies()], [404, []]);
  const { call: other } = await share.one();
  await urlOf(other);
  assert.equal(copies().length, 1);
  server.advance(8 * HOUR);
  server.fire('shared-copy-sweep');
  await server.jobsDone();
  assert.deepEqual(await server.world.db.selectFrom('shared_copy').selectAll().execute(), []);
});
