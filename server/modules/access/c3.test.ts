import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createKey } from '@parley/contract/admin/key.ts';
import { chatbot } from '@parley/contract/chatbot/family.ts';
import { oiapGetToken, THIRD_PARTY } from '@parley/contract/chatbot/token.ts';
import { handle, type Handler } from '@parley/contract/handler.ts';
import { operation } from '@parley/contract/operation.ts';
import { flag, integer, object } from '@parley/contract/schema.ts';
import { describeOperation } from '../../testing/operation-test.ts';
import { startTestServer, type TestServer, type TestTenant } from '../../testing/server.ts';
import { makeKey, openDoor, post, type Door } from './access.fixture.ts';

const PATH = '/oifde/rest/api/gettoken';
const TRIES = 10;

const who = object({ vdnId: integer('VDN id.'), global: flag('Whether it may act for every tenant.') });
const ordinary = operation({
  id: 'c3Probe', family: chatbot, method: 'POST', path: '/oifde/rest/api/c3probe', auth: 'C3', summary: 'Shows who calls', request: {}, result: who,
});
const callback = operation({
  id: 'c3Callback', family: chatbot, method: 'POST', path: '/oifde/rest/sysapi/c3callback', auth: 'C3', permission: THIRD_PARTY,
  summary: 'Shows who calls', request: {}, result: who,
});
const probes: readonly Handler[] = [ordinary, callback].map((op) =>
  handle(op, (_input, { caller }) => Promise.resolve({ vdnId: caller.vdnId, global: caller.global ?? false })));

let server: TestServer;
let door: Door;
let tenant: TestTenant;
let secret: string;

before(async () => {
  server = await startTestServer();
  door = await openDoor(server, { handlers: probes });
  await makeKey(server, { vdnId: 0, scheme: 'C3', label: 'third party', keyId: 'ODFS_SYS_OPENAPI', secret: 'third-party-secret' });
  await makeKey(server, { vdnId: 0, scheme: 'C3', label: 'internal', keyId: 'ipcc', secret: 'internal-secret-1' });
});
after(async () => {
  await door.close();
  await server.close();
});

async function freshTenant(): Promise<TestTenant> {
  tenant = await server.tenant();
  ({ secret } = (await tenant.administrator.call(createKey, { scheme: 'C3' })).body);
  return tenant;
}

const ask = (appKey = tenant.tenantId, appSecret = secret) => server.anyone.call(oiapGetToken, { appKey, appSecret });
const tokenOf = async (appKey?: string, appSecret?: string): Promise<string> => (await ask(appKey, appSecret)).body.authToken;
const probe = async (body: object, headers: Record<string, string> = {}, op = ordinary) => (await post(door.url, op.path, body, { headers })).body;

describeOperation(oiapGetToken, {
  example: async () => {
    await freshTenant();
    const { status, body } = await ask();
    assert.equal(status, 200);
    assert.equal(body.authToken.length, 32);
    assert.deepEqual({ ...body, authToken: '' }, { errorCode: 0, errorMsg: '', authToken: '', expireTime: 3600 });
  },
  badInput: async () => {
    await freshTenant();
    const wrong = await ask(tenant.tenantId, 'wrong');
    assert.equal(wrong.status, 200);
    assert.deepEqual(wrong.body, { errorCode: 200800002, errorMsg: 'The secret is wrong.' });
    assert.deepEqual((await ask('nobody', 'wrong')).body, { errorCode: 200800001, errorMsg: 'There is no key nobody.' });
    const missing = await server.anyone.call(oiapGetToken, { appKey: tenant.tenantId } as never);
    assert.equal(missing.status, 200);
    assert.equal(missing.body['errorCode'], 10000002);
    assert.equal((await post(server.url, PATH, {}, { body: '{' })).status, 400);
  },
  effect: async () => {
    const { vdnId } = await freshTenant();
    assert.deepEqual(await probe({ authToken: await tokenOf() }), { errorCode: 0, errorMsg: 'success', vdnId, global: false });
    assert.equal((await tenant.administrator.call(createKey, { scheme: 'C3' })).status, 409, 'one key a tenant');
  },
});

describe('C3', () => {
  test('guesses lock the key for that address, the right secret included', async () => {
    await freshTenant();
    for (let count = 0; count < TRIES; count += 1) assert.equal((await ask(tenant.tenantId, 'guess')).body['errorCode'], 200800002);
    assert.equal((await ask()).body['errorCode'], 200800003);
    const elsewhere = await post(server.url, PATH, { appKey: tenant.tenantId, appSecret: secret }, { from: '127.0.0.2' });
    assert.equal(elsewhere.body['errorCode'], 0);
    server.advance(5 * 60_000 + 1000);
    assert.equal((await ask()).body.errorCode, 0);
  });

  test('the token stands in the body, in a dialog\'s inparams, or in headers of either spelling', async () => {
    const { vdnId } = await freshTenant();
    const token = await tokenOf();
    const appKey = tenant.tenantId;
    const ways: readonly [body: object, headers: Record<string, string>][] = [
      [{ authToken: token }, {}], [{ authtoken: token, tenantId: appKey }, {}], [{ inparams: { auth_token: token } }, {}],
      [{}, { appkey: appKey, authToken: token }], [{}, { userName: appKey, token }], [{}, { authToken: token }],
    ];
    for (const [body, headers] of ways) assert.equal((await probe(body, headers))['vdnId'], vdnId, JSON.stringify([body, headers]));
  });

  test('no token, an unknown one, one of another scheme and one that has ended are 900001', async () => {
    await freshTenant();
    const token = await tokenOf();
    const c1 = await server.parley.tokens.issue({ vdnId: tenant.vdnId, kind: 'C1', subject: tenant.tenantId, lifeMs: 60_000 });
    for (const body of [{}, { authToken: '' }, { authToken: 'nonsense' }, { authToken: c1 }, { authToken: { token } }, { inparams: [] }, []]) {
      assert.equal((await probe(body))['errorCode'], 900001, JSON.stringify(body));
    }
    assert.equal((await probe({ authToken: token }))['errorCode'], 0);
    server.advance(3_600_000);
    assert.equal((await probe({ authToken: token }))['errorCode'], 900001);
  });

  test('a tenantId or key name that is not the token\'s is 900002', async () => {
    const other = await freshTenant();
    await freshTenant();
    const authToken = await tokenOf();
    assert.equal((await probe({ authToken, tenantId: other.tenantId }))['errorCode'], 900002);
    assert.equal((await probe({ authToken, tenantId: 'nobody' }))['errorCode'], 900002);
    assert.equal((await probe({ authToken }, { appkey: other.tenantId }))['errorCode'], 900002);
    assert.equal((await probe({ authToken }, {}, callback))['errorCode'], 900002, 'nor may a tenant call what is a third party\'s');
  });

  test('the internal account acts for the tenant it names, or for none', async () => {
    const { vdnId, tenantId } = await freshTenant();
    const headers = { appkey: 'ipcc', authToken: await tokenOf('ipcc', 'internal-secret-1') };
    assert.deepEqual(await probe({ tenantId }, headers), { errorCode: 0, errorMsg: 'success', vdnId, global: true });
    assert.equal((await probe({}, headers))['vdnId'], 0);
    for (const unknown of ['nobody', 'a\0b', 'x'.repeat(1000)]) assert.equal((await probe({ tenantId: unknown }, headers))['errorCode'], 900002);
    assert.equal((await probe({}, headers, callback))['errorCode'], 900002);
  });

  test('a third party\'s account may call what is meant for it, and nothing else', async () => {
    await freshTenant();
    const headers = { userName: 'ODFS_SYS_OPENAPI', token: await tokenOf('ODFS_SYS_OPENAPI', 'third-party-secret') };
    assert.deepEqual(await probe({}, headers, callback), { errorCode: 0, errorMsg: 'success', vdnId: 0, global: false });
    assert.equal((await probe({ tenantId: tenant.tenantId }, headers))['errorCode'], 900002);
  });

  test('an unknown path of the family is told in its manner', async () => {
    const { status, body } = await post(server.url, '/oifde/rest/api/nothing', {});
    assert.equal(status, 404);
    assert.equal(body['errorCode'], 10000003);
  });
});
