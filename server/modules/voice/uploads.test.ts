import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, beforeEach, describe, test } from 'node:test';
import { sql } from 'kysely';
import { tokenByAkSk } from '@parley/contract/access/c1-token.ts';
import { addTrustedUrl } from '@parley/contract/admin/callback.ts';
import { downloadVoiceFile, listVoiceFiles, listVoiceTemplates, showVoiceFile, showVoiceTemplate } from '@parley/contract/admin/voice.ts';
import { createVoiceTemplate, importVoiceFileUpload, MAX_VOICE_FILE_BYTES } from '@parley/contract/configuration/voice.ts';
import type { Input } from '@parley/contract/operation.ts';
import { writeWav } from '@parley/telephony/audio/wav.ts';
import { createTranscode } from '../../adapters/audio/transcode.ts';
import { createMemoryFiles } from '../../adapters/files/memory.ts';
import type { Files } from '../../engine/files.ts';
import { describeOperation } from '../../testing/operation-test.ts';
import { startTestServer, type TestServer, type TestTenant } from '../../testing/server.ts';

type Upload = Input<typeof importVoiceFileUpload>;
type Template = Input<typeof createVoiceTemplate>;

const audio = createTranscode();
const stored = createMemoryFiles();
const kept = new Set<string>();
/** Tells which files there are, so that a test can say that none is left behind. */
const files: Files = {
  put: async (key, bytes) => { await stored.put(key, bytes); kept.add(key); },
  get: stored.get, open: stored.open, putStream: stored.putStream,
  remove: async (key) => { await stored.remove(key); kept.delete(key); },
};

let server: TestServer;
let tenant: TestTenant;

before(async () => { server = await startTestServer({ world: { transcode: audio.transcode, files } }); });
after(async () => {
  await server.close();
  await audio.close();
});
beforeEach(async () => { tenant = await server.tenant(); });

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const alaw = Uint8Array.from({ length: 800 }, (_, index) => index % 256);
const wav = writeWav(alaw);
const mp3 = new Uint8Array(readFileSync(new URL('../../../telephony/audio/test-data/tone-mono.mp3', import.meta.url)));

const file = (changes: Partial<Upload> = {}): Upload => ({ fileInfo: base64(wav), locale: 'en_US', voiceType: '0', fileType: 'WAV', ...changes });
const upload = (changes: Partial<Upload> = {}) => tenant.client.call(importVoiceFileUpload, file(changes));
const template = (textcontent: string, changes: Partial<Template> = {}): Template => ({ name: 'one', voicecontent: { language: 'en_US', textcontent }, ...changes });
const create = (textcontent: string, changes: Partial<Template> = {}) => tenant.client.call(createVoiceTemplate, template(textcontent, changes));
const trust = (url: string) => tenant.administrator.call(addTrustedUrl, { url });
const listed = async () => (await tenant.administrator.call(listVoiceFiles, {})).body.files;
const templates = async () => (await tenant.administrator.call(listVoiceTemplates, {})).body.templates;
const sound = async (id: string) => (await tenant.administrator.call(downloadVoiceFile, { id })).bytes;

describeOperation(importVoiceFileUpload, {
  example: async () => {
    await trust('https://crm.example.com/upload');
    const [example] = importVoiceFileUpload.examples ?? [];
    const { body } = await tenant.client.call(importVoiceFileUpload, example?.request as Upload);
    assert.match(body.fileId, /^\d{19}$/);
    assert.deepEqual(body, { ...example?.response, fileId: body.fileId });
  },
  badInput: async () => {
    const filesBefore = kept.size;
    const refused = async (status: number, message: RegExp, changes: object) => {
      const reply = await upload(changes);
      assert.equal(reply.status, status);
      assert.equal(reply.body['returnCode'], '1');
      assert.match(String(reply.body['description']), message);
      // Ten uploads a second are admitted.
      server.advance(1000);
    };
    await refused(400, /fileInfo/, { fileInfo: undefined });
    await refused(400, /locale must be one of/, { locale: 'de_DE' });
    await refused(400, /voiceType must be one of/, { voiceType: '4' });
    await refused(400, /fileType/, { fileType: 'OGG' });
    await refused(400, /voiceFileName/, { voiceFileName: 'not a name' });
    await refused(400, /voiceFileName/, { voiceFileName: 'x'.repeat(51) });
    await refused(200, /fileInfo: "!" is no character of Base64/, { fileInfo: 'AAA!' });
    await refused(200, /empty or cut off/, { fileInfo: base64(wav).slice(0, -1) });
    await refused(200, /The file cannot be used: The file is not a RIFF\/WAVE file\./, { fileInfo: base64(mp3) });
    await refused(200, /no run of MPEG audio/, { fileType: 'MP3', fileInfo: base64(new Uint8Array(3000)) });
    await refused(200, /evil.example.com.* is not on the trust list/, { callbackUrl: 'https://evil.example.com/' });
    assert.deepEqual(await listed(), []);
    assert.equal(kept.size, filesBefore, 'no file was left behind');
  },
  effect: async () => {
    const { body: { fileId } } = await upload({ voiceFileName: '欢迎Welcome1' });
    const [shown] = await listed();
    assert.deepEqual({ ...shown, createdAt: 0 }, {
      id: fileId, name: '欢迎Welcome1', locale: 'en_US', voiceType: '0', durationMs: 100, status: 'waiting', comment: null, decidedBy: null, decidedAt: null,
      callbackUrl: null, callbackState: 'none', callbackAttempts: 0, createdAt: 0,
    });
    assert.deepEqual(await sound(fileId), wav);
  },
});

describe('what is left blank', () => {
  test('a template takes the defaults, as 5.4.5 says', async () => {
    const blank = { voicename: '', speed: '', volume: '', scene: '', callbackUrl: '' } as unknown as Partial<Template>;
    assert.equal((await create('Hello', blank)).body['returnCode'], '0');
    const [shown] = await templates();
    assert.deepEqual([shown?.voice, shown?.speed, shown?.volume, shown?.scene, shown?.callbackUrl], ['cn_kefuman_common', 0, 50, '3', null]);
  });
});

describe('voice files', () => {
  test('an MP3 file is kept as A-law of 8 kHz, 8 bits and one channel', async () => {
    const { body: { fileId } } = await upload({ fileInfo: base64(mp3), fileType: 'mP3', voiceType: '3', locale: 'pt_BR' });
    const reply = await tenant.administrator.call(downloadVoiceFile, { id: fileId });
    assert.equal(reply.headers.get('content-type'), 'audio/wav');
    const header = new DataView(reply.bytes.buffer, reply.bytes.byteOffset);
    const read = { tag: header.getUint16(20, true), channels: header.getUint16(22, true), rate: header.getUint32(24, true), bits: header.getUint16(34, true) };
    assert.deepEqual(read, { tag: 6, channels: 1, rate: 8000, bits: 8 });
    const { body } = await tenant.administrator.call(showVoiceFile, { id: fileId });
    assert.ok(body.durationMs > 950 && body.durationMs < 1150, `${body.durationMs} ms`);
  });

  test('lines in the Base64 text and any letter case of names and types are taken', async () => {
    await trust('https://crm.example.com');
    const { body: { AccessToken } } = await server.anyone.call(tokenByAkSk, { app_key: tenant.appKey, app_secret: tenant.appSecret });
    const lines = base64(wav).replace(/.{76}/g, '$&\r\n');
    for (const [name, fileType] of [['callBackUrl', 'wav'], ['callbackUrl', 'Wav'], ['CALLBACKURL', 'WAV']] as const) {
      const reply = await fetch(new URL(importVoiceFileUpload.path, server.url), {
        method: 'POST', headers: { authorization: `Bearer ${AccessToken}`, 'content-type': 'application/json' },
        body: JSON.stringify({ ...file({ fileInfo: lines, fileType }), [name]: 'https://crm.example.com/reviewed' }),
      });
      assert.equal(reply.status, 200, await reply.text());
    }
    assert.deepEqual((await listed()).map(({ callbackUrl }) => callbackUrl), Array.from({ length: 3 }, () => 'https://crm.example.com/reviewed'));
  });

  test('a voice without a name gets one that its id makes unique', async () => {
    const { body: { fileId } } = await upload({ voiceFileName: '' });
    assert.equal((await listed())[0]?.name, `voice${fileId}`);
  });

  test('eight megabytes are taken, a byte more is not', async () => {
    const fileOf = (bytes: number) => writeWav(new Uint8Array(bytes - 58).fill(0xd5));
    const largest = fileOf(MAX_VOICE_FILE_BYTES);
    const { body: { fileId } } = await upload({ fileInfo: base64(largest) });
    assert.deepEqual(await sound(fileId), largest);
    const { status, body } = await upload({ fileInfo: base64(new Uint8Array(MAX_VOICE_FILE_BYTES + 1)) });
    assert.equal(status, 200);
    assert.match(String(body['description']), /more than 8388608 bytes/);
    assert.equal((await upload({ fileInfo: 'A'.repeat(12 * 1024 * 1024) })).status, 413);
    assert.equal((await listed()).length, 1);
  });

  test('the eleventh upload within a second is refused, another tenant\'s is not', async () => {
    const statuses = (await Promise.all(Array.from({ length: 25 }, () => upload({ fileInfo: '!' })))).map(({ status }) => status);
    assert.ok(statuses.includes(429), 'none was refused');
    assert.ok(statuses.filter((status) => status === 200).length >= 10, 'too many were refused');
    const other = await server.tenant();
    assert.equal((await other.client.call(importVoiceFileUpload, file())).status, 200);
    server.advance(1000);
    assert.equal((await upload()).status, 200);
  });

  test('a write that fails leaves no file behind', async () => {
    const filesBefore = new Set(kept);
    const { vdnId } = tenant;
    await server.world.db.schema.alterTable('voice_file').addCheckConstraint('broken_for_a_test', sql`vdn_id <> ${sql.lit(vdnId)}`).execute();
    try {
      await assert.rejects(upload(), /failed/);
    } finally {
      await server.world.db.schema.alterTable('voice_file').dropConstraint('broken_for_a_test').execute();
    }
    assert.deepEqual(kept, filesBefore);
    assert.deepEqual(await listed(), []);
  });

  test('one tenant neither sees nor hears the files of another', async () => {
    const { body: { fileId } } = await upload();
    tenant = await server.tenant();
    assert.deepEqual(await listed(), []);
    assert.equal((await tenant.administrator.call(showVoiceFile, { id: fileId })).status, 404);
    assert.equal((await tenant.administrator.call(downloadVoiceFile, { id: fileId })).status, 404);
  });
});

describeOperation(createVoiceTemplate, {
  example: async () => {
    await trust('http://10.134.227.74:18133/upload');
    const [example] = createVoiceTemplate.examples ?? [];
    const { body } = await tenant.client.call(createVoiceTemplate, example?.request as Template);
    assert.match(body.templateId, /^\d{19}$/);
    assert.deepEqual(body, { ...example?.response, templateId: body.templateId });
  },
  badInput: async () => {
    const refused = async (status: number, message: RegExp, text: string, changes: object = {}) => {
      const reply = await create(text, changes);
      assert.equal(reply.status, status);
      assert.match(String(reply.body['description']), message);
    };
    await refused(200, /textcontent: the text must not begin with a variable/, '${TXT_8}, hello');
    await refused(200, /501 bytes, more than 500/, '字'.repeat(167));
    await refused(200, /not with #\{/, 'Dear #{TXT_8}');
    await refused(200, /separated by " on "/, 'Before ${TIME} ${DATE}');
    await refused(200, /10\.134\.227\.74.* is not on the trust list/, 'test', { callbackUrl: 'http://10.134.227.74:18133/upload' });
    await refused(400, /name/, 'test', { name: 'a b' });
    await refused(400, /name/, 'test', { name: '' });
    await refused(400, /name is missing/, 'test', { name: undefined });
    await refused(400, /scene must be one of/, 'test', { scene: '1' });
    await refused(400, /speed/, 'test', { speed: -201 });
    await refused(400, /speed/, 'test', { speed: 501 });
    await refused(400, /volume/, 'test', { volume: 101 });
    await refused(400, /voicename must be one of/, 'test', { voicename: 'somebody' });
    await refused(400, /voicecontent.language must be one of/, 'test', { voicecontent: { textcontent: 'test', language: 'de_DE' } });
    await refused(400, /voicecontent.textcontent is missing/, 'test', { voicecontent: { language: 'en_US' } });
    await refused(400, /voicecontent is missing/, 'test', { voicecontent: undefined });
    assert.deepEqual(await templates(), []);
  },
  effect: async () => {
    const { body: { templateId: id } } = await create('Dear ${TXT_8}, your initial password is ${NUM_6}.');
    const { body } = await tenant.administrator.call(showVoiceTemplate, { id });
    assert.deepEqual({ ...body, createdAt: 0 }, {
      id, name: 'one', scene: '3', speed: 0, volume: 50, voice: 'cn_kefuman_common', language: 'en_US', content: 'Dear ${TXT_8}, your initial password is ${NUM_6}.',
      status: 'waiting', comment: null, decidedBy: null, decidedAt: null, callbackUrl: null, callbackState: 'none', callbackAttempts: 0, createdAt: 0,
    });
  },
});

describe('voice templates', () => {
  test('the documented request is taken letter by letter', async () => {
    await trust('http://10.134.227.74:18133/upload');
    const { body: { AccessToken } } = await server.anyone.call(tokenByAkSk, { app_key: tenant.appKey, app_secret: tenant.appSecret });
    const reply = await fetch(new URL(createVoiceTemplate.path, server.url), {
      method: 'POST', headers: { authorization: `Bearer ${AccessToken}`, 'content-type': 'application/json' },
      body: `{"name":"ctest1", "scene":"3", "volume":0, "speed":50, "voicename":"cn_kefuman_cn", "callBackUrl" : "http://10.134.227.74:18133/upload",
        "voicecontent":{ "language":"en_US", "textcontent":"test" } }`,
    });
    const { returnCode, description } = await reply.json() as Record<string, unknown>;
    assert.deepEqual({ returnCode, description }, { returnCode: '0', description: 'The file is uploaded successfully.' });
    assert.deepEqual((await templates()).map(({ voice, speed, volume, callbackUrl }) => ({ voice, speed, volume, callbackUrl })), [
      { voice: 'cn_kefuman_common', speed: 50, volume: 0, callbackUrl: 'http://10.134.227.74:18133/upload' },
    ]);
  });

  test('a callback URL that is none is refused', async () => {
    for (const callbackUrl of ['nowhere', 'ftp://crm.example.com/', 'http://', 'http://[::1', '//crm.example.com', 'javascript:alert(1)']) {
      const { status, body } = await create('test', { callbackUrl });
      assert.equal(status, 200);
      assert.match(String(body['description']), /is not on the trust list/);
    }
  });

  test('the bounds of speed and volume are taken', async () => {
    for (const bounds of [{ speed: -200, volume: 0 }, { speed: 500, volume: 100 }]) assert.equal((await create('test', bounds)).body['returnCode'], '0');
    assert.deepEqual((await templates()).map(({ speed, volume }) => [speed, volume]), [[500, 100], [-200, 0]]);
  });

  test('five voices speak, and the one of the documented example is the first of them', async () => {
    for (const voicename of ['cn_kefuman_cn', 'cn_chengshuxing_common', 'cn_roumeiqian_common', 'cn_ziranzhen_common', 'cn_tianmeiru_common'] as const) {
      assert.equal((await create('test', { voicename })).body['returnCode'], '0');
    }
    assert.equal((await templates()).at(-1)?.voice, 'cn_kefuman_common');
  });
});
