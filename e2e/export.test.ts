import assert from 'node:assert/strict';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { createClient, type Client } from '@parley/contract/client.ts';
import { withSignature } from '@parley/contract/client-signature.ts';
import { ccfsDownloadBillFile, ccfsQueryBillData } from '@parley/contract/ccfs/export.ts';
import { parseAuthorization, verify } from '@parley/contract/wire/auth-v2.ts';
import { clockIn } from '@parley/core/time/zone.ts';
import { ACCESS_KEY, openS3Store, SECRET_KEY, type S3Store } from '../server/adapters/files/s3.fixture.ts';
import { startManagedPostgres } from '../server/adapters/managed-postgres/index.ts';
import { connect, type Connection } from '../server/database/connect.ts';
import { unzip } from '../server/modules/export/unzip.fixture.ts';
import { until } from '../server/testing/until.ts';
import { makeDataFolder, readDemo, startParley, type Demo, type ParleyProcess } from './parley-process.ts';

interface Told {
  readonly headers: IncomingMessage['headers'];
  readonly url: string;
  readonly body: Buffer;
}

const folders = [makeDataFolder(), makeDataFolder()] as const;
const told: Told[] = [];
const receiver = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => { chunks.push(chunk); });
  request.on('end', () => {
    told.push({ headers: request.headers, url: request.url ?? '', body: Buffer.concat(chunks) });
    response.end('{}');
  });
});
let store: S3Store;
let postgres: Awaited<ReturnType<typeof startManagedPostgres>>;
let connection: Connection;
let parley: ParleyProcess;
let demo: Demo;
let client: Client;
let callback: string;

before(async () => {
  store = await openS3Store('parley');
  await new Promise<void>((resolve) => { receiver.listen(0, '127.0.0.1', resolve); });
  callback = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  postgres = await startManagedPostgres({ dataDir: folders[0].path, prepareSchema: () => Promise.resolve(), log: () => undefined });
  parley = await startParley(folders[1].path, {
    PARLEY_DATABASE_URL: postgres.url, PARLEY_VOICE: 'simulated', PARLEY_OUTGOING_PRIVATE: '127.0.0.0/8',
    PARLEY_FILES: `${store.endpoint.replace('http', `s3+http`).replace('//', `//${ACCESS_KEY}:${encodeURIComponent(SECRET_KEY)}@`)}/parley/files`,
  });
  demo = readDemo(folders[1].path);
  connection = connect(postgres.url);
  await connection.db.insertInto('trusted_url').values({ vdn_id: demo.vdnId, id: '1', prefix: callback, note: '', created_at: 0 }).execute();
  client = createClient({ baseUrl: parley.url, authorize: withSignature(demo.c2.accessKey, demo.c2.secretKey) });
}, { timeout: 120_000 });
after(async () => {
  await connection?.close();
  await parley?.end('SIGTERM');
  await postgres?.stop();
  receiver.close();
  await store?.close();
  for (const folder of folders) folder.remove();
});

test('a file of call records is made by a durable job, stored in S3, told of with a signature, and downloaded', { timeout: 120_000 }, async () => {
  const { time_zone: zone } = await connection.db.selectFrom('vdn').select('time_zone').where('vdn_id', '=', demo.vdnId).executeTakeFirstOrThrow();
  const asked = await client.call(ccfsQueryBillData, {
    request: { version: '2.0' },
    msgBody: { beginTime: clockIn(zone, Date.now() - 3_600_000), endTime: clockIn(zone, Date.now()), dataType: 'call_record', callBackURL: `${callback}/told` },
  });
  assert.ok(asked.ok, JSON.stringify(asked.body));
  await until(() => told.length > 0, 'the receiver is told', 60_000);
  const [{ headers, url, body } = { headers: {}, url: '', body: Buffer.alloc(0) }] = told;
  const parsed = parseAuthorization(headers.authorization);
  assert.ok(parsed !== undefined);
  assert.ok(verify({ parsed, secretKey: demo.c2.secretKey, method: 'POST', rawUrl: url, header: (name) => headers[name], body }), 'as it came over the wire');
  const { msgBody: { billFileName } } = JSON.parse(body.toString()) as { msgBody: { billFileName: string } };
  const file = await client.call(ccfsDownloadBillFile, { request: { version: '2.0' }, msgBody: { billFileName } });
  assert.deepEqual(unzip(file.bytes).map(({ name }) => name.slice(20)), ['_call_1.csv', '_record_1.csv']);
  assert.deepEqual([...store.kept.keys()].filter((key) => key.includes('exports/')), [`files/exports/${demo.vdnId}/${billFileName.slice(9, 41)}.zip`]);
});
