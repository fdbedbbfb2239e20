import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { changeKey } from '@parley/contract/admin/key.ts';
import { ccfsDownloadAgentOprInfoFile, ccfsDownloadBillFile, ccfsQueryAgentOprInfoData, ccfsQueryBillData } from '@parley/contract/ccfs/export.ts';
import { createClient, type Client } from '@parley/contract/client.ts';
import { withSignature } from '@parley/contract/client-signature.ts';
import { cleanCustPersonalData } from '@parley/contract/configuration/erasure.ts';
import { cancelBusy, sayBusy } from '@parley/contract/gateway/agent-state.ts';
import { releaseCall } from '@parley/contract/gateway/call-release.ts';
import { cmsQueryCallTraceDetail } from '@parley/contract/monitoring/call-trace.ts';
import { parseAuthorization, verify } from '@parley/contract/wire/auth-v2.ts';
import type { OutgoingRequest } from '../../engine/outgoing.ts';
import { describeOperation, recorded } from '../../testing/operation-test.ts';
import { openLiveFloor, type LiveFloor } from '../../testing/live-floor.ts';
import type { Key } from '../access/keys.ts';
import { CALLBACK, clockAt, createReceiver, signing, trust } from './receiver.fixture.ts';
import { fieldsOf, unzip, type Unzipped } from './unzip.fixture.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const request = { version: '2.0' } as const;
const receiver = createReceiver();
let floor: LiveFloor;
let key: Key;
let client: Client;

before(async () => {
  floor = await openLiveFloor({ world: { outgoing: receiver.outgoing } });
  ({ key, client } = await signing(floor.server, floor.tenant));
  await trust(floor.tenant);
});
after(() => floor.server.close());
afterEach(async () => {
  await floor.clear();
  await floor.server.jobsDone();
  receiver.told.length = 0;
  receiver.answer(200);
  receiver.onTold(() => Promise.resolve());
});

const lately = () => ({ beginTime: clockAt(floor.server, -HOUR), endTime: clockAt(floor.server), callBackURL: CALLBACK });
const ask = (changes: object = {}, by = client) => by.call(ccfsQueryBillData, { request, msgBody: { ...lately(), dataType: 'call', ...changes } });
const askOperations = (changes: object = {}, by = client) => by.call(ccfsQueryAgentOprInfoData, { request, msgBody: { ...lately(), ...changes } });
const codeOf = async (reply: Promise<{ readonly body: Record<string, unknown> }>): Promise<unknown> => (await reply).body['resultCode'];
const bodyOf = ({ body = '' }: Partial<OutgoingRequest> = {}) => (JSON.parse(body) as { readonly msgBody: Readonly<Record<string, string>> }).msgBody;

/** Asks, waits until it is told, and fetches. */
async function made(changes: object = {}, by = client): Promise<readonly Unzipped[]> {
  receiver.told.length = 0;
  assert.equal(await codeOf(ask(changes, by)), '0');
  await floor.server.jobsDone();
  const { billFileName = '' } = bodyOf(receiver.told[0]);
  const file = await by.call(ccfsDownloadBillFile, { request, msgBody: { billFileName } });
  assert.ok(file.ok, JSON.stringify(file.body));
  return unzip(file.bytes);
}

async function madeOfOperations(changes: object = {}): Promise<readonly Unzipped[]> {
  receiver.told.length = 0;
  assert.equal(await codeOf(askOperations(changes)), '0');
  await floor.server.jobsDone();
  const { agentOprInfoFileName = '' } = bodyOf(receiver.told[0]);
  const file = await client.call(ccfsDownloadAgentOprInfoFile, { request, msgBody: { agentOprInfoFileName } });
  assert.ok(file.ok, JSON.stringify(file.body));
  return unzip(file.bytes);
}

async function talk(): Promise<{ readonly call: string; readonly agent: number }> {
  const { desk, call } = await floor.talking();
  await floor.later(5000);
  await desk.client.call(releaseCall, { agentid: desk.workNo });
  return { call, agent: desk.workNo };
}

describeOperation(ccfsQueryBillData, {
  example: async () => {
    const { body } = await ask({ dataType: 'call_record', accountId: '', agentId: '', callId: '', beginTime: clockAt(floor.server, -2 * DAY) });
    assert.match(String((body as { resultData?: { responseId?: string } }).resultData?.responseId), /^[0-9a-f]{32}$/);
    assert.deepEqual({ ...body, resultData: 0 }, { resultCode: '0', resultDesc: 'success', resultData: 0, response: { version: '2.0', resultCode: '0', resultMsg: 'success' } });
  },
  badInput: async () => {
    const refused: readonly (readonly [code: string, changes: object])[] = [
      ['0300004', { beginTime: '2026-02-30 00:00:00' }], ['0300004', { endTime: 'yesterday' }], ['0300004', { dataType: 'all' }], ['0300003', { callId: '1'.repeat(26) }],
      ['0300001', { callBackURL: undefined }], ['0300002', { callBackURL: '' }], ['0300002', { beginTime: '' }], ['0300028', { callBackURL: 'https://evil.example.com' }],
      ['0300028', { callBackURL: 'file:///etc/passwd' }], ['0300026', { accountId: 'somebody-else' }],
    ];
    for (const [code, changes] of refused) assert.equal(await codeOf(ask(changes)), code, JSON.stringify(changes));
    const whole = (body: object) => codeOf(client.call(ccfsQueryBillData, body as Parameters<typeof client.call<never, never>>[1]));
    assert.equal(await whole({ request: { version: '1.0' }, msgBody: { ...lately(), dataType: 'call' } }), '0300006');
    assert.equal(await whole({ msgBody: { ...lately(), dataType: 'call' } }), '0300001');
    assert.equal(await whole({ request }), '0300001');
    await floor.server.jobsDone();
    assert.deepEqual(receiver.told, []);
  },
  effect: async () => {
    const { call, agent } = await talk();
    const [file, ...more] = await made({ callId: call });
    assert.deepEqual(more, []);
    assert.match(file?.name ?? '', /^\d{20}_call_1\.csv$/);
    const rows = fieldsOf(file);
    assert.deepEqual(rows.map((row) => row.length), [29, 29]);
    const traced = await floor.tenant.monitor.ask(cmsQueryCallTraceDetail, { vdn: floor.tenant.vdnId, callId: call });
    const seconds = (at = 0): string => clockAt(floor.server, at - floor.server.world.clock());
    assert.deepEqual(
      rows.map((row) => [row[4], row[5], row[6], row[7], row[9], row[11], row[12], row[13], row[16], row[17], row[18], row[23], row[26]]),
      traced.map((row) => [
        row.callId, row.callerNo, row.calleeNo, seconds(row.waitBegin), seconds(row.ackBegin), seconds(row.callBegin), seconds(row.callEnd), String(row.deviceType), String(row.releaseCause),
        String(row.callIdNum), String(floor.tenant.vdnId), row.deviceIn, String(row.LeaveReason),
      ]),
    );
    assert.deepEqual(rows[1]?.slice(0, 5), [key.keyId, floor.tenant.tenantSpaceId, '1', String(agent), call]);
  },
});

describeOperation(ccfsQueryAgentOprInfoData, {
  example: async () => {
    const { body } = await askOperations({ accountId: '', agentId: '' });
    assert.equal(body['resultCode'], '0');
  },
  badInput: async () => {
    assert.equal(await codeOf(askOperations({ beginTime: clockAt(floor.server, -4 * DAY) })), '0300014');
    assert.equal(await codeOf(askOperations({ accountId: 'somebody-else' })), '0300026');
    assert.equal(await codeOf(askOperations({ callBackURL: 'https://evil.example.com' })), '0300028');
  },
  effect: async () => {
    const desk = await floor.agent();
    await floor.later(2000);
    await desk.client.call(sayBusy, { agentid: desk.workNo });
    await floor.later(7000);
    await desk.client.call(cancelBusy, { agentid: desk.workNo });
    await floor.server.settle();
    const [file] = await madeOfOperations({ agentId: String(desk.workNo) });
    assert.match(file?.name ?? '', /^\d{20}_agentOprInfo_1\.csv$/);
    assert.deepEqual(fieldsOf(file).filter((row) => row[9] === '2').map((row) => [row[10], row[11]]), [['-1', '-1']], 'Table 13-128 has idle, too');
    const busy = fieldsOf(file).filter((row) => row[9] === '3');
    assert.equal(busy.length, 1);
    assert.deepEqual([busy[0]?.length, busy[0]?.[3], busy[0]?.[13]], [21, String(desk.workNo), String(floor.tenant.vdnId)]);
    const span = Date.parse(busy[0]?.[8] ?? '') - Date.parse(busy[0]?.[7] ?? '');
    assert.ok(span >= 7000 && span <= 8000, String(span));
  },
});

describeOperation(ccfsDownloadBillFile, {
  example: async () => {
    await ask();
    await floor.server.jobsDone();
    const { billFileName = '' } = bodyOf(receiver.told[0]);
    const { ok, headers } = await client.call(ccfsDownloadBillFile, { request, msgBody: { billFileName } });
    assert.ok(ok);
    assert.deepEqual([headers.get('content-type'), headers.get('content-disposition')], ['application/octet-stream;charset=utf-8', `attachment; filename="${billFileName}"`]);
  },
  badInput: async () => {
    const code = (billFileName: string, by = client) => codeOf(by.call(ccfsDownloadBillFile, { request, msgBody: { billFileName } }));
    const absent = '20180702_9239cb50a8384bb0ab503441bf089446.zip';
    assert.deepEqual(await Promise.all([absent, 'a.zip', '..%2fetc.zip', '../x.zip', '..', '', 'x'.repeat(50)].map((name) => code(name))),
      ['0300011', '0300011', '0300022', '0300022', '0300024', '0300002', '0300003']);
    await askOperations();
    await floor.server.jobsDone();
    assert.equal(await code(bodyOf(receiver.told[0])['agentOprInfoFileName'] ?? ''), '0300011', 'a file of the other kind');
  },
  effect: async () => {
    const { call } = await talk();
    await ask({ callId: call });
    await floor.server.jobsDone();
    const { billFileName = '' } = bodyOf(receiver.told[0]);
    const fetch = (by: Client) => by.call(ccfsDownloadBillFile, { request, msgBody: { billFileName } });
    assert.equal(fieldsOf(unzip((await fetch(client)).bytes)[0]).length, 2);
    const { client: stranger } = await signing(floor.server, await floor.server.tenant());
    assert.equal(await codeOf(fetch(stranger)), '0300011', 'another tenant is not told that it is there');
    assert.ok((await fetch(floor.server.overseer)).ok, 'a key for all tenants has it');
  },
});

describeOperation(ccfsDownloadAgentOprInfoFile, {
  example: async () => { assert.equal((await madeOfOperations()).length, 1); },
  badInput: async () => {
    const code = (agentOprInfoFileName: string) => codeOf(client.call(ccfsDownloadAgentOprInfoFile, { request, msgBody: { agentOprInfoFileName } }));
    assert.deepEqual(await Promise.all(['20180702_9239cb50a8384bb0ab503441bf089446.zip', '..%2fx.zip', 'a..zip'].map(code)), ['0300011', '0300022', '0300024']);
  },
  effect: async () => {
    const quiet = { beginTime: clockAt(floor.server, -2 * DAY), endTime: clockAt(floor.server, -DAY) };
    const [file] = await madeOfOperations(quiet);
    assert.equal(file?.bytes.length, 0, 'nothing happened then, and that is a file too');
    const desk = await floor.agent();
    await floor.leave(desk);
    assert.notEqual(fieldsOf((await madeOfOperations())[0]).length, 0);
  },
});

describe('scenario 11', () => {
  test('three days are exported, a second more is not, nor is what is reversed or in the future', async () => {
    const window = (from: number, to: number) => codeOf(ask({ beginTime: clockAt(floor.server, from), endTime: clockAt(floor.server, to) }));
    assert.equal(await window(-3 * DAY - HOUR, -HOUR), '0');
    assert.equal(await window(-3 * DAY - HOUR - 1000, -HOUR), '0300014');
    assert.equal(await window(-HOUR, -2 * HOUR), '0300013');
    assert.equal(await window(-HOUR, HOUR), '0300016');
  });

  test('a wrong secret is refused, and so is a body that was changed on its way', async () => {
    const stranger = recorded(createClient({ baseUrl: floor.server.url, authorize: withSignature(key.keyId, 'not the secret', () => new Date(floor.server.world.clock())) }), floor.server.parley);
    const { status, body } = await ask({}, stranger);
    assert.equal(status, 401);
    assert.deepEqual({ ...body, timestamp: 0, message: '' }, { timestamp: 0, status: 401, error: 'Unauthorized', message: '', path: '/CCFS/resource/ccfs/queryBillData' });
    const changed = recorded(createClient({
      baseUrl: floor.server.url,
      authorize: (asked) => withSignature(key.keyId, key.secret, () => new Date(floor.server.world.clock()))({ ...asked, body: `${asked.body} ` }),
    }), floor.server.parley);
    assert.equal((await ask({}, changed)).status, 401);
    await floor.server.jobsDone();
    assert.deepEqual(receiver.told, []);
  });

  test('the signature of the callback verifies with the key that asked, and the ZIP is there before it is told', async () => {
    const { call } = await talk();
    let atOnce: Uint8Array | undefined;
    receiver.onTold(async (asked) => {
      atOnce = (await client.call(ccfsDownloadBillFile, { request, msgBody: { billFileName: bodyOf(asked)['billFileName'] ?? '' } })).bytes;
    });
    await ask({ callId: call, dataType: 'call_record', accountId: floor.tenant.tenantSpaceId });
    await floor.server.jobsDone();
    assert.deepEqual(unzip(atOnce ?? new Uint8Array()).map(({ name }) => name.slice(20)), ['_call_1.csv', '_record_1.csv']);

    const [told, ...more] = receiver.told;
    assert.ok(told !== undefined && more.length === 0);
    const parsed = parseAuthorization(told.headers?.['authorization']);
    assert.deepEqual([parsed?.accessKey, parsed?.signedHeaders], [key.keyId, ['content-length', 'content-type', 'host']]);
    assert.ok(parsed !== undefined);
    const header = (name: string) => ({ host: 'billing.example.com', 'content-length': String(Buffer.byteLength(told.body ?? '')), ...told.headers })[name];
    const verified = (body: string, secretKey = key.secret) => verify({ parsed, secretKey, method: 'POST', rawUrl: '/parley/told?by=parley', header, body: Buffer.from(body) });
    assert.equal(verified(told.body ?? ''), true);
    assert.equal(verified(`${told.body} `), false);
    assert.equal(verified(told.body ?? '', 'another'), false);
    const { responseId = '', billFileName = '', accountId } = bodyOf(told);
    assert.equal(accountId, floor.tenant.tenantSpaceId);
    assert.equal(billFileName, `${clockAt(floor.server).slice(0, 10).replaceAll('-', '')}_${responseId}.zip`);
  });

  test('names that lead elsewhere are refused', async () => {
    const codes = ['..%2f20180702_9239cb50a8384bb0ab503441bf0894.zip', '..%2f', '..'].map((billFileName) => codeOf(client.call(ccfsDownloadBillFile, { request, msgBody: { billFileName } })));
    assert.deepEqual(await Promise.all(codes), ['0300022', '0300022', '0300024']);
  });
});

describe('a callback', () => {
  test('is made again until it is taken', async () => {
    receiver.answer(503);
    receiver.onTold(async () => { if (receiver.told.length === 3) receiver.answer(200); });
    await ask();
    await floor.server.jobsDone();
    assert.equal(receiver.told.length, 3);
    assert.equal('accountId' in bodyOf(receiver.told[0]), false, 'no tenant space was named');
  });

  test('is not made with a key that is off, nor to whom the tenant trusts no more; the file is there', async () => {
    const other = await signing(floor.server, floor.tenant);
    const reply = await ask({}, other.client);
    await floor.tenant.administrator.call(changeKey, { scheme: 'C2', keyId: other.key.keyId, enabled: false });
    await floor.server.jobsDone();
    // The job may have been as quick as the administrator.
    const { responseId } = (reply.body as unknown as { resultData: { responseId: string } }).resultData;
    const told = receiver.told.length;
    const state = await floor.server.world.db.selectFrom('export_job').select('state').where('id', '=', responseId).executeTakeFirst();
    assert.deepEqual([told, state?.state], told === 0 ? [0, 'untold'] : [1, 'told']);
  });
});

describe('what is exported', () => {
  test('is narrowed by agent and by numbers', async () => {
    const { call, agent } = await talk();
    const lines = async (changes: object): Promise<number> => fieldsOf((await made({ callId: call, ...changes }))[0]).length;
    assert.equal(await lines({ agentId: String(agent) }), 1);
    assert.equal(await lines({ agentId: 'x' }), 0);
    assert.equal(await lines({ callerNo: '13800000001' }), 2);
    assert.equal(await lines({ calleeNo: floor.number }), 2);
    assert.equal(await lines({ calleeNo: '13800000001' }), 0);
    assert.equal(await lines({ calleeNo: '13800000001', calleeNo2: floor.number }), 2, 'beside calleeNo2 it is who called');
    assert.equal(await lines({ callerNo: '1', calleeNo: '13800000001', calleeNo2: floor.number }), 0);
    const [seconds, number] = call.split('-');
    assert.equal(await lines({ callId: `${seconds}000-${number}` }), 2, 'an id with milliseconds names the same call');
  });

  test('is asked for with a key for all tenants by naming the tenant space', async () => {
    const { overseer } = floor.server;
    assert.equal(await codeOf(ask({}, overseer)), '0300027');
    assert.equal(await codeOf(ask({ accountId: 'nobody' }, overseer)), '0300026');
    const { call } = await talk();
    assert.equal(fieldsOf((await made({ callId: call, accountId: floor.tenant.tenantSpaceId }, overseer))[0]).length, 2);
  });

  test('goes when somebody is erased (5.1.13), and is had anew without the numbers', async () => {
    const { call } = await talk();
    await ask({ callId: call });
    await floor.server.jobsDone();
    const { billFileName = '' } = bodyOf(receiver.told[0]);
    await floor.tenant.client.call(cleanCustPersonalData, { customNos: ['13800000001'] });
    await floor.server.jobsDone();
    assert.equal(await codeOf(client.call(ccfsDownloadBillFile, { request, msgBody: { billFileName } })), '0300011');
    assert.deepEqual(fieldsOf((await made({ callId: call }))[0]).map((row) => row[5]), ['', '']);
  });

  test('is refused where too much is asked at once (0300009)', async () => {
    const { client: busy } = await signing(floor.server, floor.tenant);
    const codes = await Promise.all(Array.from({ length: 80 }, () => codeOf(ask({}, busy))));
    assert.ok(codes.includes('0300009'), [...new Set(codes)].join());
    floor.server.advance(2000);
  });
});

// The last test: tokens and sessions have run out then.
test('files are kept for a week', async () => {
  await ask();
  await floor.server.jobsDone();
  const { billFileName = '', responseId = '' } = bodyOf(receiver.told[0]);
  const fetch = () => client.call(ccfsDownloadBillFile, { request, msgBody: { billFileName } });
  floor.server.advance(7 * DAY - HOUR);
  floor.server.fire('export-sweep');
  await floor.server.jobsDone();
  assert.ok((await fetch()).ok);
  floor.server.advance(2 * HOUR);
  floor.server.fire('export-sweep');
  await floor.server.jobsDone();
  assert.equal(await codeOf(fetch()), '0300011');
  assert.equal(await floor.server.world.files.open(`exports/${floor.tenant.vdnId}/${responseId}.zip`), undefined);
});
