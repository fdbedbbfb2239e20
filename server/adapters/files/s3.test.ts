import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { describeFiles } from './contract.ts';
import { readS3Url, type S3Place } from './s3-place.ts';
import { ACCESS_KEY, openS3Store, refusalOf, SECRET_KEY, type S3Store } from './s3.fixture.ts';
import { createS3Files } from './s3.ts';

const BUCKET = 'parley-files';
let store: S3Store;
let stores = 0;
before(async () => { store = await openS3Store(BUCKET); });
after(() => store.close());

const place = (changes: Partial<S3Place> = {}): S3Place => {
  stores += 1;
  return { endpoint: store.endpoint, bucket: BUCKET, prefix: `store-${stores}/`, region: 'eu-central-1', accessKey: ACCESS_KEY, secretKey: SECRET_KEY, ...changes };
};
const create = (changes: Partial<S3Place> = {}) => createS3Files(place(changes), () => Promise.resolve());

describeFiles('files in S3', () => Promise.resolve(create()));

test('the store of the tests takes the signatures of the documentation, and none that differs', () => {
  const credential = encodeURIComponent(`${ACCESS_KEY}/20130524/us-east-1/s3/aws4_request`);
  const signature = 'aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404';
  const url = `/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${credential}&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=${signature}`;
  const request = { method: 'GET', url, headers: { host: 'examplebucket.s3.amazonaws.com' }, body: new Uint8Array(0), now: Date.parse('2013-05-24T12:00:00Z') };
  assert.equal(refusalOf(request), undefined);
  assert.equal(refusalOf({ ...request, method: 'PUT' }), 'SignatureDoesNotMatch');
  assert.equal(refusalOf({ ...request, url: url.replace('test.txt', 'other.txt') }), 'SignatureDoesNotMatch');
  assert.equal(refusalOf({ ...request, now: Date.parse('2013-05-25T00:00:01Z') }), 'AccessDenied');
});

describe('files in S3', () => {
  test('go in parts where there is much of them, and nobody sees a part', async () => {
    const files = create();
    const chunk = new Uint8Array(1024 * 1024).fill(3);
    const source = async function* source() { for (let count = 0; count < 20; count += 1) yield chunk; };
    await files.putStream('large', source());
    assert.equal(store.lastParts(), 3);
    const opened = await files.open('large');
    assert.equal(opened?.size, 20 * 1024 * 1024);
    let read = 0;
    for await (const piece of opened?.read(1, 20 * 1024 * 1024 - 1) ?? []) read += piece.length;
    assert.equal(read, 20 * 1024 * 1024 - 2);
    const broken = async function* broken() {
      yield* source();
      throw new Error('the source is dry');
    };
    await assert.rejects(files.putStream('other', broken()), /the source is dry/);
    assert.deepEqual([await files.get('other'), store.uploads.size], [undefined, 0]);
  });

  test('are had by a URL that runs out, and of which nothing can be changed', async () => {
    const files = create();
    await files.put('shared/1/a.wav', Buffer.from('sound'));
    const url = await files.share?.('shared/1/a.wav', 60_000, '0-1.wav') ?? '';
    const reply = await fetch(url);
    assert.deepEqual([reply.status, reply.headers.get('content-disposition'), await reply.text()], [200, 'attachment; filename="0-1.wav"', 'sound']);
    assert.equal((await fetch(url.replace('a.wav?', 'b.wav?'))).status, 403);
    assert.equal((await fetch(url.replace('Expires=60', 'Expires=600'))).status, 403);
    assert.equal((await fetch(url, { method: 'DELETE' })).status, 403);
    store.setNow(() => Date.now() + 61_000);
    assert.equal((await fetch(url)).status, 403);
    store.setNow(Date.now);
  });

  test('are tried for again where the store stumbles, a few times', async () => {
    const files = create();
    store.stumble(3);
    await files.put('a', Buffer.from('x'));
    assert.deepEqual(await files.get('a'), new Uint8Array(Buffer.from('x')));
    store.stumble(10);
    await assert.rejects(files.get('a'), /HTTP 503 .*SlowDown/);
    store.stumble(0);
  });

  test('are refused to a wrong key, and that is told', async () => {
    await assert.rejects(create({ secretKey: 'wrong' }).put('a', new Uint8Array(1)), /HTTP 403 .*SignatureDoesNotMatch/);
    await assert.rejects(create({ bucket: 'other' }).put('a', new Uint8Array(1)), /NoSuchBucket/);
  });

  test('are read whole or not at all, also where they are replaced meanwhile', async () => {
    const files = create();
    await files.put('a', Buffer.from('first'));
    const opened = await files.open('a');
    await files.put('a', Buffer.from('other'));
    await assert.rejects(async () => { for await (const piece of opened?.read(0, 5) ?? []) assert.fail(String(piece)); }, /HTTP 412/);
  });
});

test('a place is read from a URL', () => {
  assert.deepEqual(readS3Url('s3://key:se%2Fcret@storage.example.com:9000/parley-files/a/b?region=eu-west-1'), {
    endpoint: 'https://storage.example.com:9000', bucket: 'parley-files', prefix: 'a/b/', region: 'eu-west-1', accessKey: 'key', secretKey: 'se/cret',
  });
  assert.deepEqual(readS3Url('s3+http://key:secret@127.0.0.1:9000/files'), {
    endpoint: 'http://127.0.0.1:9000', bucket: 'files', prefix: '', region: 'us-east-1', accessKey: 'key', secretKey: 'secret',
  });
  for (const bad of ['s3://host/bucket', 's3://key@host/bucket', 's3://key:secret@host', 's3://key:secret@host/UPPER', 's3://key:secret@host/bucket/..%2f', 'https://key:secret@host/bucket', 's3://key:%zz@host/bucket', '']) {
    assert.equal(readS3Url(bad), undefined, bad);
  }
});
