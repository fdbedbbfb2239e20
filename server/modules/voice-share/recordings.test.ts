import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ccfsDownloadBillFile, ccfsQueryBillData } from '@parley/contract/ccfs/export.ts';
import {
  ccfsDownloadIvrRecordFile, ccfsDownloadOiapRecord, ccfsDownloadRecord, ccfsDownloadRecordFile, ccfsGetRecordFileUrl, ccfsPlayVoice, ccfsRequestPlayVoice, sharedRecording,
} from '@parley/contract/ccfs/recording.ts';
import { cleanCustPersonalData } from '@parley/contract/configuration/erasure.ts';
import { readWav } from '../../../telephony/audio/wav.ts';
import { describeOperation } from '../../testing/operation-test.ts';
import { CALLBACK, clockAt, createReceiver, signing, trust } from '../export/receiver.fixture.ts';
import { fieldsOf, unzip } from '../export/unzip.fixture.ts';
import { RECORDED_MS } from '../recording/recorder.fixture.ts';
import { indexedName, openSharingFloor, type SharingFloor } from './floor.fixture.ts';

const request = { version: '2.0' } as const;
const HOUR = 3_600_000;
const receiver = createReceiver();
let share: SharingFloor;

before(async () => {
  share = await openSharingFloor({ outgoing: receiver.outgoing });
  await trust(share.floor.tenant);
});
after(() => share.close());

type Refused = Promise<{ readonly body: Record<string, unknown> }>;
const codeOf = async (reply: Refused): Promise<unknown> => (await reply).body['resultCode'];
const byIndex = (fileName: string, by = share.client) => by.call(ccfsDownloadRecordFile, { request, msgBody: { fileName } });
const byOriginal = (msgBody: object, by = share.client) => by.call(ccfsDownloadRecord, { request, msgBody });
const token = (fileName: string, by = share.client) => by.call(ccfsRequestPlayVoice, { request, msgBody: { fileName } });
const play = (st: string) => share.floor.server.anyone.call(ccfsPlayVoice, { t: '1', version: '2.0', st });
const url = (callId: string, changes: object = {}, by = share.client) =>
  by.call(ccfsGetRecordFileUrl, { callId, beginTime: clockAt(share.floor.server, -HOUR), endTime: clockAt(share.floor.server, HOUR), version: '2.0', ...changes });

const isSound = (bytes: Uint8Array): void => {
  const sound = readWav(bytes);
  assert.ok(sound.ok && sound.sampleRate === 8000 && sound.channels.length === 1, 'a WAV file with both sides on one channel');
};
const one: SharingFloor['one'] = (from) => share.one(from);
const tokenOf = async (fileName: string): Promise<string> => (await share.client.ask(ccfsRequestPlayVoice, { request, msgBody: { fileName } })).token;

/** Names of files that belong to nobody, or to others. */
const foreign = (name: string): string => name.replace(/(record|Y:)\/\d+\//, `$1/${share.floor.tenant.vdnId + 1}/`);

describeOperation(ccfsDownloadRecordFile, {
  example: async () => {
    const { fileName } = await one();
    const { ok, bytes, headers } = await byIndex(indexedName(fileName));
    assert.ok(ok);
    assert.equal(headers.get('content-type'), 'application/octet-stream;charset=utf-8');
    isSound(bytes);
  },
  badInput: async () => {
    const name = indexedName((await one()).fileName);
    const refused: readonly (readonly [code: string, name: string])[] = [
      ['0300001', undefined as unknown as string], ['0300002', ''], ['0300003', 'x'.repeat(226)], ['0300022', name.replace('/0/1', '/..%2f')], ['0300022', name.replaceAll('/', '\\')],
      ['0300024', name.replace('/record', '/../record')], ['0300024', name.replace('/record', '//record')], ['0300032', '/etc/passwd'], ['0300010', name.replace(/\/\d{8}\//, '/20261301/')],
      ['0300021', name.replace('/record/', '/other/')], ['0300021', name.replace('/0/1/', '/9/1/')], ['0300021', name.replace('/0/1/', '/0/9/')], ['0300018', foreign(name)],
      ['0300011', name.replace(/[^/]+$/, '0000000.wav')],
    ];
    for (const [code, fileName] of refused) assert.equal(await codeOf(byIndex(fileName)), code, fileName);
    const { client: stranger } = await signing(share.floor.server, await share.floor.server.tenant());
    assert.equal(await codeOf(byIndex(name, stranger)), '0300018');
  },
  effect: async () => {
    const { call } = await one();
    receiver.told.length = 0;
    const { floor: { server } } = share;
    await share.client.ask(ccfsQueryBillData, { request, msgBody: { beginTime: clockAt(server, -HOUR), endTime: clockAt(server), callId: call, dataType: 'record', callBackURL: CALLBACK } });
    await server.jobsDone();
    const { msgBody: { billFileName } } = JSON.parse(receiver.told[0]?.body ?? '') as { msgBody: { billFileName: string } };
    const [row, ...more] = fieldsOf(unzip((await share.client.call(ccfsDownloadBillFile, { request, msgBody: { billFileName } })).bytes)[0]);
    assert.ok(row !== undefined && more.length === 0);
    assert.deepEqual([row.length, row[4], row[5], row[10], row[11], row[15]], [18, call, '13800000001', '0', '', '5']);
    assert.equal(row[17], String(share.floor.queue), 'the queue that brought it');
    // 13.2.2.1: by both of the names that stand in the index.
    const [byName, byOther] = [await byIndex(row[9] ?? ''), await byOriginal({ fileName: row[12] ?? '' })];
    assert.ok(byName.ok && byOther.ok);
    assert.deepEqual(byName.bytes, byOther.bytes);
  },
});

describeOperation(ccfsDownloadRecord, {
  example: async () => {
    const { fileName, call } = await one();
    const { ok, bytes } = await byOriginal({ fileName, callId: call, ccId: '1' });
    assert.ok(ok);
    isSound(bytes);
  },
  badInput: async () => {
    const { fileName, call } = await one();
    assert.equal(await codeOf(byOriginal({})), '0300019');
    assert.equal(await codeOf(byOriginal({ fileName: '', callId: '' })), '0300019');
    assert.equal(await codeOf(byOriginal({ fileName: 'Y:/autoTest.V3' })), '0300012');
    assert.equal(await codeOf(byOriginal({ fileName: foreign(fileName) })), '0300018');
    assert.equal(await codeOf(byOriginal({ fileName: `${fileName}%00` })), '0300022');
    assert.equal(await codeOf(byOriginal({ fileName: fileName.replace('/0/', '/../') })), '0300024');
    assert.equal(await codeOf(byOriginal({ fileName: fileName.replace(/[^/]+$/, '0000000.V3') })), '0300011');
    assert.equal(await codeOf(byOriginal({ callId: '1-1' })), '0300012');
    assert.equal(await codeOf(byOriginal({ callId: call, ccId: '2' })), '0300012');
    const { client: stranger } = await signing(share.floor.server, await share.floor.server.tenant());
    assert.equal(await codeOf(byOriginal({ callId: call }, stranger)), '0300012', 'another tenant is not told of the call');
  },
  effect: async () => {
    const made = await share.recorded(2);
    const { call = '' } = made[0] ?? {};
    const { ok, bytes, headers } = await byOriginal({ callId: call });
    assert.ok(ok);
    assert.equal(headers.get('content-disposition'), `attachment; filename="${call}.zip"`);
    const files = unzip(bytes);
    assert.equal(files.length, 2);
    for (const [index, { fileName }] of made.entries()) {
      const alone = await byIndex(indexedName(fileName));
      assert.deepEqual(Buffer.from(alone.bytes), files[index]?.bytes, 'what is in the ZIP is what is had alone');
    }
    assert.ok((await byOriginal({ callId: call, ccId: '1' }, share.floor.server.overseer)).ok, 'a key for all tenants has it');
  },
});

describeOperation(ccfsRequestPlayVoice, {
  example: async () => {
    const { fileName } = await one();
    assert.match(await tokenOf(fileName), /^[0-9A-F]{32}$/);
  },
  badInput: async () => {
    const { fileName } = await one();
    assert.equal(await codeOf(token(foreign(fileName))), '0300018');
    assert.equal(await codeOf(token(fileName.replace(/[^/]+$/, '0000000.V3'))), '0300029');
    assert.equal(await codeOf(token('Y:/1.V3')), '0300012');
    assert.equal(await codeOf(token('Y:/..%2f1.V3')), '0300022');
    assert.equal(await codeOf(token('')), '0300002');
  },
  effect: async () => {
    const { fileName } = await one();
    assert.deepEqual((await play(await tokenOf(fileName))).bytes, (await byIndex(indexedName(fileName))).bytes);
  },
});

describeOperation(ccfsPlayVoice, {
  example: async () => {
    const { fileName } = await one();
    const { ok, bytes, headers } = await play(await tokenOf(fileName));
    assert.ok(ok);
    assert.equal(headers.get('accept-ranges'), 'bytes');
    isSound(bytes);
  },
  badInput: async () => {
    assert.equal(await codeOf(play('')), '0300027');
    assert.equal(await codeOf(share.floor.server.anyone.call(ccfsPlayVoice, {})), '0300027');
    assert.equal(await codeOf(play('7D41CF5DE98948979AAE063114C8AF3D')), '0300028');
    assert.equal(await codeOf(share.floor.server.anyone.call(ccfsPlayVoice, { version: '1.0', st: 'x' })), '0300006');
    const session = await share.floor.server.parley.tokens.issue({ vdnId: share.floor.tenant.vdnId, kind: 'session', subject: 'ann', lifeMs: HOUR });
    assert.equal(await codeOf(play(session)), '0300028', 'a token for something else');
  },
  effect: async () => {
    const { fileName } = await one();
    const whole = await byIndex(indexedName(fileName));
    const st = await tokenOf(fileName);
    const { server } = share.floor;
    assert.deepEqual((await play(st)).bytes, whole.bytes);
    const part = await fetch(`${server.url}${ccfsPlayVoice.path}?t=1&version=2.0&st=${st}`, { headers: { range: 'bytes=100-199' } });
    assert.deepEqual([part.status, part.headers.get('content-range')], [206, `bytes 100-199/${whole.bytes.length}`]);
    assert.deepEqual(new Uint8Array(await part.arrayBuffer()), whole.bytes.slice(100, 200));
  },
});

describeOperation(ccfsGetRecordFileUrl, {
  example: async () => {
    const { call } = await one();
    const { resultData } = (await url(call)).body as unknown as { resultData: { url: string } };
    assert.ok((await url(call, {}, share.floor.server.overseer)).ok, 'a key for all tenants has it');
    assert.match(resultData.url, /^https:\/\/127\.0\.0\.1:8443\/CCFS\/resource\/ccfs\/sharedRecording\?ticket=[\w.-]+$/);
  },
  badInput: async () => {
    const { call } = await one();
    const { server } = share.floor;
    assert.equal(await codeOf(url(call, { beginTime: clockAt(server, -72 * HOUR - 1000), endTime: clockAt(server) })), '0300014');
    assert.equal(await codeOf(url(call, { beginTime: clockAt(server, HOUR), endTime: clockAt(server) })), '0300013');
    assert.equal(await codeOf(url(call, { endTime: 'x' })), '0300004');
    assert.equal(await codeOf(url(call, { version: '3.0' })), '0300006');
    assert.equal(await codeOf(url('1-1')), '0300012');
    assert.equal(await codeOf(url(call, { beginTime: clockAt(server, -3 * HOUR), endTime: clockAt(server, -2 * HOUR) })), '0300012', 'it was not recorded then');
    const { client: stranger } = await signing(server, await server.tenant());
    assert.equal(await codeOf(url(call, {}, stranger)), '0300012');
    assert.equal(await codeOf(server.anyone.call(sharedRecording, {})), '0300027');
  },
  effect: async () => {
    const made = await share.recorded(2);
    const { call = '' } = made[0] ?? {};
    const { server } = share.floor;
    const urls = (await share.client.ask(ccfsGetRecordFileUrl, {
      callId: call, beginTime: clockAt(server, -HOUR, 'UTC'), endTime: clockAt(server, HOUR, 'UTC'),
    })).url.split(';');
    assert.equal(urls.length, 2, 'without a version the times are UTC');
    for (const [index, shared] of urls.entries()) {
      const ticket = new URL(shared).searchParams.get('ticket') ?? '';
      const heard = await server.anyone.call(sharedRecording, { ticket });
      assert.ok(heard.ok);
      assert.deepEqual(heard.bytes, (await byIndex(indexedName(made[index]?.fileName ?? ''))).bytes, 'the earliest is in front');
    }
  },
});

test('an id of before that calls of several tenants have is refused to a key for all (13.2.1.1, 13.2.1.2)', async () => {
  const { call } = await one();
  const { server, tenant } = share.floor;
  assert.equal(await codeOf(url(call, {}, server.overseer)), '0');
  const row = await server.world.db.selectFrom('recording').selectAll().where('vdn_id', '=', tenant.vdnId).where('call', '=', call).executeTakeFirstOrThrow();
  const { vdnId } = await server.tenant();
  await server.world.db.insertInto('recording').values({ ...row, vdn_id: vdnId, file: row.file.replace(/\d+/, String(vdnId)) }).execute();
  assert.equal(await codeOf(url(call, {}, server.overseer)), '0300020');
  assert.equal(await codeOf(byOriginal({ callId: call, ccId: '1' }, server.overseer)), '0300020');
  assert.equal(await codeOf(url(call)), '0', 'a tenant has its own');
});

describeOperation(sharedRecording, {
  example: async () => {
    const { call } = await one();
    const ticket = new URL(((await url(call)).body as unknown as { resultData: { url: string } }).resultData.url).searchParams.get('ticket') ?? '';
    const { server } = share.floor;
    const address = `${server.url}${sharedRecording.path}?ticket=${ticket}`;
    assert.ok((await server.anyone.call(sharedRecording, { ticket })).ok);
    const part = await fetch(address, { headers: { range: 'bytes=0-3' } });
    assert.deepEqual([part.status, await part.text()], [206, 'RIFF']);
  },
  badInput: async () => {
    const { call } = await one();
    const ticket = new URL(((await url(call)).body as unknown as { resultData: { url: string } }).resultData.url).searchParams.get('ticket') ?? '';
    const { server } = share.floor;
    const [content = '', seal = ''] = ticket.split('.');
    const forged = Buffer.from(Buffer.from(content, 'base64url').toString().replace('/0/', '/1/')).toString('base64url');
    for (const bad of ['x', `${forged}.${seal}`, `${content}.`]) assert.equal(await codeOf(server.anyone.call(sharedRecording, { ticket: bad })), '0300028', bad);
  },
  effect: async () => {
    const subject = '13811112222';
    const { call, fileName } = await one(subject);
    const ticket = new URL(((await url(call)).body as unknown as { resultData: { url: string } }).resultData.url).searchParams.get('ticket') ?? '';
    const { server, tenant } = share.floor;
    const st = await tokenOf(fileName);
    assert.ok((await server.anyone.call(sharedRecording, { ticket })).ok);
    await tenant.client.call(cleanCustPersonalData, { customNos: [subject] });
    await server.jobsDone();
    assert.equal(await codeOf(server.anyone.call(sharedRecording, { ticket })), '0300029', 'who was erased is heard no more');
    assert.equal(await codeOf(play(st)), '0300029');
  },
});

const day = (): string => clockAt(share.floor.server).slice(0, 10).replaceAll('-', '');
const oiap = (fileName: string, by = share.client) => by.call(ccfsDownloadOiapRecord, { locationId: 0, request, msgBody: { fileName } });
const message = (fileName: string, by = share.client) => by.call(ccfsDownloadIvrRecordFile, { request, msgBody: { fileName } });

describeOperation(ccfsDownloadOiapRecord, {
  example: async () => {
    const { name } = await share.said();
    const { vdnId } = share.floor.tenant;
    for (const folder of [`record/${vdnId}/odfsrecord`, `${vdnId}/odfsrecord`, `record/${vdnId}`, `${vdnId}/transferrecord`]) {
      const { ok, bytes } = await oiap(`Y:/${folder}/${day()}/${name}`);
      assert.ok(ok, folder);
      isSound(bytes);
    }
  },
  badInput: async () => {
    const { vdnId } = share.floor.tenant;
    const { name } = await share.said();
    assert.equal(await codeOf(oiap('')), '0300031');
    assert.equal(await codeOf(oiap('x'.repeat(128))), '0300031');
    assert.equal(await codeOf(oiap(`Y:/${vdnId}/odfsrecord/${day()}/..%2f${name}`)), '0300022');
    assert.equal(await codeOf(oiap(`Y:/${vdnId}/odfsrecord/../${day()}/${name}`)), '0300024');
    assert.equal(await codeOf(oiap(`Y:/${vdnId}/odfsrecord/20261399/${name}`)), '0300010');
    assert.equal(await codeOf(oiap(`Y:/${vdnId}/odfsrecord/20200101/${name}`)), '0300011', 'nothing was said that day');
    assert.equal(await codeOf(oiap(`Y:/${vdnId}/elsewhere/${day()}/${name}`)), '0300023');
    const { body } = await oiap(`Y:/${vdnId + 1}/odfsrecord/${day()}/${name}`);
    assert.deepEqual([body['resultCode'], body['resultData'], body['responseData']], ['0300018', null, null]);
  },
  effect: async () => {
    const { name } = await share.said();
    const { vdnId } = share.floor.tenant;
    assert.deepEqual((await oiap(`Y:/${vdnId}/odfsrecord/${day()}/${name}`)).bytes, (await message(`Y:/${vdnId}/record/${day()}/${name}`)).bytes);
  },
});

describeOperation(ccfsDownloadIvrRecordFile, {
  example: async () => {
    const { name } = await share.said();
    const { ok, bytes } = await message(`Y:/${share.floor.tenant.vdnId}/record/${day()}/${name}`);
    assert.ok(ok);
    isSound(bytes);
  },
  badInput: async () => {
    const { vdnId } = share.floor.tenant;
    const { name } = await share.said();
    assert.equal(await codeOf(message(`Y:/${vdnId}/elsewhere/${day()}/${name}`)), '0300023');
    assert.equal(await codeOf(message(`Y:/${vdnId}/record/${day()}/other.wav`)), '0300011');
    assert.equal(await codeOf(message(`Y:/${vdnId + 1}/record/${day()}/${name}`)), '0300018');
  },
  effect: async () => {
    const { name } = await share.said();
    const { vdnId } = share.floor.tenant;
    assert.ok((await message(`Y:/${vdnId}/record/${day()}/${name}`)).ok);
    await share.floor.tenant.client.call(cleanCustPersonalData, { customNos: ['13800000009'] });
    await share.floor.server.jobsDone();
    assert.equal(await codeOf(message(`Y:/${vdnId}/record/${day()}/${name}`)), '0300011');
  },
});

describe('recordings for other programs', () => {
  test('are as long as they are, also where the whole of a call is one file', async () => {
    const { fileName } = await one();
    assert.equal((await byIndex(indexedName(fileName))).bytes.length, 58 + 8 * RECORDED_MS);
  });

  test('are not downloaded too many at once (0300008)', async () => {
    const { fileName } = await one();
    const codes = await Promise.all(Array.from({ length: 80 }, () => codeOf(byIndex(indexedName(fileName)))));
    assert.ok(codes.includes('0300008') && codes.includes(undefined), [...new Set(codes)].join());
    share.floor.server.advance(1000);
    assert.ok((await byIndex(indexedName(fileName))).ok, 'a moment later they are');
  });
});

// The last test: sessions have run out then.
test('a token is good for half an hour, and a URL for eight', async () => {
  const { server } = share.floor;
  const { fileName, call } = await one();
  const ticket = new URL(((await url(call)).body as unknown as { resultData: { url: string } }).resultData.url).searchParams.get('ticket') ?? '';
  const st = await tokenOf(fileName);
  const shared = () => server.anyone.call(sharedRecording, { ticket });
  server.advance(29 * 60_000);
  assert.ok((await play(st)).ok);
  server.advance(60_000);
  assert.equal(await codeOf(play(st)), '0300028');
  server.advance(7 * HOUR);
  assert.ok((await shared()).ok);
  server.advance(HOUR);
  assert.equal(await codeOf(shared()), '0300028');
});
