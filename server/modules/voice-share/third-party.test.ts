import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { ccfsIvrDeleteFile, ccfsIvrDownloadFile, ccfsIvrGetFileHash, ccfsIvrUploadFile, MAX_FILE_BYTES } from '@parley/contract/ccfs/third-party.ts';
import { composeFlows } from '../../compose-flows.ts';
import { describeOperation } from '../../testing/operation-test.ts';
import { signing } from '../export/receiver.fixture.ts';
import { openSharingFloor, type SharingFloor } from './floor.fixture.ts';

const request = { version: '2.0' } as const;
let share: SharingFloor;
before(async () => { share = await openSharingFloor(); });
after(() => share.close());

/** A WAV file of that form, filled so that it has so many bytes. */
function wav({ tag = 6, channels = 1, rate = 8000, bits = 8, bytes = 844 } = {}): Buffer {
  const file = Buffer.alloc(bytes, 0xd5);
  file.write('RIFF', 0, 'latin1');
  file.writeUInt32LE(bytes - 8, 4);
  file.write('WAVEfmt ', 8, 'latin1');
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(tag, 20);
  file.writeUInt16LE(channels, 22);
  file.writeUInt32LE(rate, 24);
  file.writeUInt32LE((rate * channels * bits) / 8, 28);
  file.writeUInt16LE((channels * bits) / 8, 32);
  file.writeUInt16LE(bits, 34);
  file.write('data', 36, 'latin1');
  file.writeUInt32LE(bytes - 44, 40);
  return file;
}

const MP3 = Buffer.concat([Buffer.from('ID3\x04\0\0\0\0\0\0', 'latin1'), Buffer.alloc(500, 0xff)]);

type Refused = Promise<{ readonly body: Record<string, unknown> }>;
const codeOf = async (reply: Refused): Promise<unknown> => (await reply).body['resultCode'];
const upload = (file: Uint8Array | string, changes: object = {}, by = share.client) =>
  by.call(ccfsIvrUploadFile, { vdnId: share.floor.tenant.vdnId, request, msgBody: { data: typeof file === 'string' ? file : Buffer.from(file).toString('base64') }, ...changes });
const uploaded = async (file: Uint8Array = wav(), vdnId = share.floor.tenant.vdnId, by = share.client): Promise<string> =>
  (await by.ask(ccfsIvrUploadFile, { vdnId, request, msgBody: { data: Buffer.from(file).toString('base64') } })).fileName;
const hash = (fileName: string, by = share.client) => by.call(ccfsIvrGetFileHash, { request, msgBody: { fileName } });
const remove = (fileName: string, by = share.client) => by.call(ccfsIvrDeleteFile, { msgBody: { fileName } });
const download = (filePath: string, more: object = {}, by = share.client) => by.call(ccfsIvrDownloadFile, { request, msgBody: { filePath, ...more } });
const nowhere = (): string => `Y:/3rdfile/${share.floor.tenant.vdnId}/thirdvoicebotfile/5dckndei_1647502396161.wav`;

/** What no path of a file that was uploaded may be, for whatever is asked of it. */
async function refusesPaths(ask: (fileName: string) => Refused): Promise<void> {
  const { vdnId } = share.floor.tenant;
  const folder = `Y:/3rdfile/${vdnId}/thirdvoicebotfile`;
  const refused: readonly (readonly [code: string, path: string])[] = [
    ['0300011', nowhere()], ['0300018', `Y:/3rdfile/${vdnId + 1}/thirdvoicebotfile/a.wav`], ['0300022', `${folder}/..%2f..%2fa.wav`], ['0300022', `${folder}\\a.wav`],
    ['0300024', `${folder}/../thirdvoicebotfile/a.wav`], ['0300024', `${folder}//a.wav`], ['0300024', `${folder}/./a.wav`], ['0300032', `Y:/3rdfile/thirdvoicebotfile/a.wav`],
    ['0300032', `Y:/3rdfile/${vdnId}/elsewhere/a.wav`], ['0300032', '/etc/passwd'], ['0300002', ''], ['0300003', 'x'.repeat(226)],
  ];
  for (const [code, path] of refused) assert.equal(await codeOf(ask(path)), code, path);
}

describeOperation(ccfsIvrUploadFile, {
  example: async () => {
    const { body } = await upload(wav());
    const { fileName, locationId } = (body as unknown as { resultData: { fileName: string; locationId: readonly string[] } }).resultData;
    assert.match(fileName, new RegExp(`^Y:/3rdfile/${share.floor.tenant.vdnId}/thirdvoicebotfile/[a-z0-9]{8}_\\d{13}\\.wav$`));
    assert.deepEqual(locationId, []);
  },
  badInput: async () => {
    assert.equal(await codeOf(upload('no base64!')), '0300004');
    assert.equal(await codeOf(upload('')), '0300002');
    assert.equal(await codeOf(upload(wav(), { vdnId: share.floor.tenant.vdnId + 1 })), '0300026');
    assert.equal(await codeOf(upload(wav(), { request: { version: '9' } })), '0300006');
    assert.equal((await upload(Buffer.alloc(12 * 1024 * 1024))).status, 413);
  },
  effect: async () => {
    const file = wav({ tag: 1, bytes: 2000 });
    const { ok, bytes } = await download(await uploaded(file));
    assert.ok(ok);
    assert.deepEqual(Buffer.from(bytes), file, 'byte by byte what was uploaded');
  },
});

describeOperation(ccfsIvrGetFileHash, {
  example: async () => { assert.ok((await hash(await uploaded())).ok); },
  badInput: async () => {
    await refusesPaths((path) => hash(path));
    assert.equal(await codeOf(hash(`Y:/voice/${share.floor.tenant.vdnId}/IVRrecordFile/a.wav`)), '0300023', 'what was not uploaded');
  },
  effect: async () => {
    const file = wav({ bytes: 5000 });
    const { hashValue } = await share.client.ask(ccfsIvrGetFileHash, { request, msgBody: { fileName: await uploaded(file) } });
    assert.equal(hashValue, createHash('sha256').update(file).digest('hex'));
  },
});

describeOperation(ccfsIvrDeleteFile, {
  example: async () => {
    const { body } = await remove(await uploaded());
    assert.deepEqual(body, { resultData: null, resultCode: '0', resultDesc: 'success' });
  },
  badInput: async () => {
    await refusesPaths((path) => remove(path));
    const { client: stranger } = await signing(share.floor.server, await share.floor.server.tenant());
    const name = await uploaded();
    assert.equal(await codeOf(remove(name, stranger)), '0300018');
    assert.ok((await hash(name)).ok, 'it is still there');
  },
  effect: async () => {
    const name = await uploaded();
    await remove(name);
    assert.deepEqual(await Promise.all([hash(name), download(name), remove(name)].map(codeOf)), ['0300011', '0300011', '0300011']);
    assert.equal(await share.floor.server.world.files.get(`third-party/${share.floor.tenant.vdnId}/${name.split('/').at(-1)}`), undefined);
  },
});

describeOperation(ccfsIvrDownloadFile, {
  example: async () => {
    const tenant = await share.floor.server.tenant();
    const { client } = await signing(share.floor.server, tenant);
    const folder = `Y:/3rdfile/${tenant.vdnId}/thirdvoicebotfile`;
    assert.equal(await codeOf(download(folder, { mode: '1' }, client)), '0300011', 'there is none yet');
    await uploaded(wav(), tenant.vdnId, client);
    const { ok, bytes } = await download(folder, { mode: '1' }, client);
    assert.ok(ok);
    assert.equal(bytes.length, 844);
    await uploaded(wav(), tenant.vdnId, client);
    assert.equal(await codeOf(download(folder, { mode: '1' }, client)), '0300044', 'which of them?');
  },
  badInput: async () => {
    await refusesPaths((path) => download(path));
    assert.equal(await codeOf(download(nowhere(), { mode: 1 })), '0300032', 'a file is no folder');
    assert.equal(await codeOf(download(`Y:/3rdfile/${share.floor.tenant.vdnId + 1}/thirdvoicebotfile`, { mode: 1 })), '0300018');
  },
  effect: async () => {
    const { name } = await share.said();
    const { vdnId } = share.floor.tenant;
    for (const folder of [`Y:/voice/${vdnId}/IVRrecordFile`, `Y:/3rdfile/${vdnId}/IVRrecordFile`]) assert.ok((await download(`${folder}/${name}`)).ok, 'what a caller said to a flow');
    assert.ok((await download(await uploaded())).ok);
  },
});

describe('scenario 15', () => {
  test('each form that is wrong has a code of its own', async () => {
    assert.equal(await codeOf(upload(wav({ tag: 1, bits: 16 }))), '0300037');
    assert.equal(await codeOf(upload(wav({ channels: 2 }))), '0300036');
    assert.equal(await codeOf(upload(wav({ rate: 44_100 }))), '0300038');
    assert.equal(await codeOf(upload(wav({ bytes: MAX_FILE_BYTES + 1 }))), '0300041');
    assert.equal(await codeOf(upload(MP3)), '0300035');
    assert.equal(await codeOf(upload(wav().subarray(0, 500))), '0300039');
    assert.equal(await codeOf(upload(wav({ bytes: MAX_FILE_BYTES }))), '0', '5 MB are not too much');
  });

  test('a good one has the SHA-256 of its bytes, is played by IVR flows of its tenant, is deleted, and is not there then', async () => {
    const file = wav();
    const name = await uploaded(file);
    const { server, tenant } = share.floor;
    const { broughtFile } = composeFlows(server.world, { writer: server.parley.writer, tenants: server.parley.tenants });
    const sound = await broughtFile(tenant.vdnId, name);
    assert.ok(sound !== undefined && 'key' in sound);
    assert.deepEqual(await server.world.files.get(sound.key), new Uint8Array(file), 'what the caller hears is what was uploaded');
    for (const [vdnId, path] of [[tenant.vdnId + 1, name], [tenant.vdnId, name.replace('.wav', 'x.wav')], [tenant.vdnId, `${name}/../../x`]] as const) {
      assert.equal(await broughtFile(vdnId, path), undefined);
    }
    assert.equal((await share.client.ask(ccfsIvrGetFileHash, { request, msgBody: { fileName: name } })).hashValue, createHash('sha256').update(file).digest('hex'));
    assert.ok((await remove(name)).ok);
    assert.equal(await codeOf(hash(name)), '0300011');
    assert.equal(await broughtFile(tenant.vdnId, name), undefined);
  });
});
