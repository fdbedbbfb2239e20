import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before, beforeEach, test } from 'node:test';
import { addTrustedUrl, createSharedKey, deleteCallbackAddress, listCallbackAddresses, putCallbackAddress } from '@parley/contract/admin/callback.ts';
import type { Client } from '@parley/contract/client.ts';
import type { Input } from '@parley/contract/operation.ts';
import { CUSTOMER_PURPOSE, queryThirdPartyCustomerInfo, thirdPartyValidate, VALIDATION_PURPOSE } from '@parley/contract/third-party/proxy.ts';
import type { OutgoingReply, OutgoingRequest } from '../../engine/outgoing.ts';
import { describeOperation } from '../../testing/operation-test.ts';
import { startTestServer, type TestServer, type TestTenant } from '../../testing/server.ts';

const CRM = 'https://crm.example.com';

let server: TestServer;
let tenant: TestTenant;
let sent: OutgoingRequest[] = [];
let reply: OutgoingReply;

const answer = (value: unknown, status = 200): void => { reply = { ok: true, status, body: typeof value === 'string' ? value : JSON.stringify(value) }; };

before(async () => {
  server = await startTestServer({
    world: {
      outgoing: {
        send: (request) => {
          sent.push(request);
          return Promise.resolve(reply);
        },
      },
    },
  });
});
after(() => server.close());
beforeEach(async () => {
  tenant = await server.tenant();
  sent = [];
  answer({ retCode: 0, message: 'validate success' });
  assert.equal((await tenant.administrator.call(addTrustedUrl, { url: CRM })).status, 200);
});

const put = async (purpose: string, changes: { readonly sharedKey?: string } = {}): Promise<void> => {
  assert.equal((await tenant.administrator.call(putCallbackAddress, { purpose, url: `${CRM}/${purpose}`, ...changes })).status, 200);
};
const validate = (changes: Partial<Input<typeof thirdPartyValidate>> = {}, client: Client = tenant.client) =>
  client.call(thirdPartyValidate, { access_token: 'their-token', tenantSpaceId: tenant.tenantSpaceId, userAccount: 'ann', ...changes });
const customer = (param = '15212341028', client: Client = tenant.client) => client.call(queryThirdPartyCustomerInfo, { param });

const ZHANG = [{
  objectName: 'Customer',
  values: [
    { valueNo: '1', length: '128', type: '1', value: 'Zhang San', isMandatory: true, name: 'Name' },
    { valueNo: '2', type: '5', value: '1', isMandatory: true, name: 'Payment', dictItems: [{ key: '1', value: 'prepaid' }, { key: '2', value: 'postpaid' }] },
  ],
}];

describeOperation(thirdPartyValidate, {
  example: async () => {
    await put(VALIDATION_PURPOSE);
    const { status, body } = await validate();
    assert.deepEqual([status, body], [200, { retCode: 0, message: 'validate success' }]);
    assert.deepEqual([sent[0]?.url, sent[0]?.method, sent[0]?.body], [
      `${CRM}/${VALIDATION_PURPOSE}`, 'POST', JSON.stringify({ access_token: 'their-token', tenantSpaceId: tenant.tenantSpaceId, userAccount: 'ann' }),
    ]);
  },
  badInput: async () => {
    await put(VALIDATION_PURPOSE);
    const other = await server.tenant();
    for (const name of ['access_token', 'tenantSpaceId', 'userAccount']) assert.equal((await validate({ [name]: '' })).status, 400, name);
    assert.equal((await validate({ access_token: 'x'.repeat(10_001) })).status, 400);
    assert.equal((await validate({ tenantSpaceId: other.tenantSpaceId })).status, 403);
    assert.equal((await validate({}, other.client)).status, 403);
    assert.equal((await validate({}, server.anyone)).status, 401);
    assert.equal((await validate({}, tenant.monitor)).status, 401);
    assert.deepEqual(sent, [], 'nobody was asked');
  },
  effect: async () => {
    const { status, body } = await validate();
    assert.deepEqual([status, body.retCode], [404, 404]);
    await put(VALIDATION_PURPOSE);
    answer({ retCode: '7', message: 'who is that' });
    assert.deepEqual((await validate()).body, { retCode: 7, message: 'who is that' });
    await tenant.administrator.call(deleteCallbackAddress, { purpose: VALIDATION_PURPOSE });
    assert.deepEqual((await tenant.administrator.call(listCallbackAddresses, {})).body.callbackAddresses, []);
    assert.equal((await validate()).status, 404);
  },
});

describeOperation(queryThirdPartyCustomerInfo, {
  example: async () => {
    await put(CUSTOMER_PURPOSE);
    answer(ZHANG);
    const { status, body } = await customer();
    assert.deepEqual([status, body], [200, ZHANG]);
    assert.equal(sent[0]?.body, '{"param":"15212341028"}');
  },
  badInput: async () => {
    await put(CUSTOMER_PURPOSE);
    assert.equal((await customer('')).status, 400);
    assert.equal((await customer('x'.repeat(1001))).status, 400);
    assert.equal((await customer('1', server.anyone)).status, 401);
    assert.equal((await customer('1', (await server.tenant()).client)).status, 404, 'another tenant has a system of its own');
    assert.deepEqual(sent, []);
  },
  effect: async () => {
    assert.equal((await customer()).status, 404);
    await put(CUSTOMER_PURPOSE);
    answer([]);
    assert.deepEqual((await customer()).body, []);
    answer([{ objectName: 'C', extra: 1, values: [{ name: 'Age', value: 42, type: 2, isMandatory: 'true', own: {} }, { name: 'Id', value: null }, 'x'] }]);
    assert.deepEqual((await customer()).body, [{
      objectName: 'C', values: [{ name: 'Age', value: '42', type: '2', isMandatory: true }, { name: 'Id', value: '', type: '1' }],
    }]);
  },
});

test('a system that is away, or answers what was not agreed on, is told as that', async () => {
  await put(VALIDATION_PURPOSE);
  await put(CUSTOMER_PURPOSE);
  const statuses = async () => [(await validate()).status, (await customer()).status];
  for (const why of ['unreachable', 'timeout', 'forbidden-address', 'redirect', 'reply-too-large', 'bad-url'] as const) {
    reply = { ok: false, why, message: why };
    assert.deepEqual(await statuses(), [502, 502], why);
  }
  for (const [value, status] of [['', 200], ['<html>', 200], ['null', 200], ['[[]]', 200], ['{"retCode":"yes"}', 200], ['{}', 500], ['"text"', 200], ['[{"objectName":1,"values":[]}]', 200], ['[{"objectName":"a"}]', 200]] as const) {
    answer(value, status);
    assert.deepEqual(await statuses(), [502, 502], value);
  }
  answer([{ objectName: 'a', values: [{ name: 'n', value: 12345678901234567890n.toString(), type: '1' }] }]);
  assert.equal((await customer()).status, 200);
  answer('[{"objectName":"a","values":[{"name":"n","value":12345678901234567890,"type":1}]}]');
  assert.equal((await customer()).body[0]?.values[0]?.value, '12345678901234567890', 'large numbers keep their digits');
});

test('what is asked is signed where the tenant has set a key, and asked nowhere that is not trusted any more', async () => {
  const { body: { secret } } = await tenant.administrator.call(createSharedKey, { name: 'crm' });
  await put(VALIDATION_PURPOSE, { sharedKey: 'crm' });
  await validate();
  const { headers = {}, body = '' } = sent[0] ?? { headers: {} };
  const at = headers['x-parley-timestamp'] ?? '';
  assert.ok(Math.abs(Number(at) - server.world.clock()) < 60_000);
  assert.equal(headers['x-parley-signature'], createHmac('sha256', secret).update(`${at}.${body}`).digest('base64'));
  await server.world.db.deleteFrom('trusted_url').where('vdn_id', '=', tenant.vdnId).execute();
  assert.equal((await validate()).status, 404);
  assert.equal(sent.length, 1);
});
