import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before, test } from 'node:test';
import { issueOmaToken, listImcMessages, removeImcSecret, setImcSecret, setOmaSettings, showOmaSettings } from '@parley/contract/admin/oma.ts';
import { changeOrder, createOrder, setCustomer } from '@parley/contract/admin/order.ts';
import { createClient, type Client } from '@parley/contract/client.ts';
import { imcCallback } from '@parley/contract/oma/imc-callback.ts';
import { queryResource, querySoftwareSysParams, queryTenantBasic, queryTrialTenant } from '@parley/contract/oma/tenant.ts';
import type { Input } from '@parley/contract/operation.ts';
import { describeOperation, recorded } from '../../testing/operation-test.ts';
import { startTestServer, type TestServer, type TestTenant } from '../../testing/server.ts';
import { hmacAndGcm } from './imc-cipher.ts';

const DAY = 86_400_000;

let server: TestServer;
let tenant: TestTenant;
let operator: Client;
let mall: Client;
before(async () => {
  server = await startTestServer();
  tenant = await server.tenant();
  operator = await server.signedIn(0, 'operator');
  mall = await holderFor(tenant.vdnId);
});
after(() => server.close());

async function holderFor(vdnId?: number): Promise<Client> {
  const { body } = await operator.call(issueOmaToken, vdnId === undefined ? {} : { vdnId });
  return recorded(createClient({ baseUrl: server.url, authorize: () => ({ 'X-Auth-Token': body.token }) }), server.parley);
}

const now = (): number => server.world.clock();
const CUSTOMER = { company: 'Example Technologies', contact: 'Zhang San', phone: '15312340991', email: 'sunkaiwen@example.com' };
const putDown = async (vdnId: number, changes: Partial<Input<typeof setCustomer>> = {}): Promise<void> => {
  assert.equal((await operator.call(setCustomer, { vdnId, ...CUSTOMER, ...changes })).status, 200);
};
const order = async (vdnId: number, changes: Partial<Input<typeof createOrder>> = {}) => {
  const { status, body } = await operator.call(createOrder, { vdnId, resource: 'Voice agents', amount: 20, beginsAt: now(), ...changes });
  assert.equal(status, 200, JSON.stringify(body));
  return body;
};
const PAGE = { limit: 99, offset: 0 };

describeOperation(queryTenantBasic, {
  example: async () => {
    await putDown(tenant.vdnId);
    const { body } = await mall.call(queryTenantBasic, {});
    const { createDate, ...rest } = body;
    assert.ok(createDate > now() - DAY);
    assert.deepEqual(rest, {
      mobilePhone: '153****0991', company: 'Exampl***', customerName: 'Z***', email: 'sunk***@example.com', vdn: String(tenant.vdnId), tenantSpaces: '2', tenantSpaceStatus: '2',
      portalUrl: 'https://127.0.0.1:8443/',
    });
  },
  badInput: async () => {
    assert.equal((await server.anyone.call(queryTenantBasic, {})).status, 401);
    assert.equal((await (await holderFor()).call(queryTenantBasic, {})).status, 401);
  },
  effect: async () => {
    const other = await server.tenant();
    const theirs = await holderFor(other.vdnId);
    const phone = async (): Promise<string> => (await theirs.call(queryTenantBasic, {})).body.mobilePhone;
    assert.equal(await phone(), '');
    await putDown(other.vdnId, { phone: '13299997077' });
    assert.equal(await phone(), '132****7077');
  },
});

describeOperation(queryResource, {
  example: async () => {
    const other = await server.tenant();
    await putDown(other.vdnId);
    const { id } = await order(other.vdnId, { endsAt: now() + 30 * DAY, orderNumber: '251679538126441114', kind: 'newInstance', price: '36000', chargingMode: 'monthly', periods: 2, periodUnit: 'month' });
    const { status, body } = await (await holderFor(other.vdnId)).call(queryResource, { limit: 10, offset: 0, startDate: now() - DAY, endDate: now() + DAY });
    assert.deepEqual([status, body['returnCode'], body.count, body.result.length], [200, '0', '1', 1]);
    const [shown] = body.result;
    assert.deepEqual(
      [shown?.id, shown?.orderId, shown?.opType, shown?.skuName, shown?.amount, shown?.orderAmount, shown?.procutName, shown?.periodNumber, shown?.periodType, shown?.status, shown?.trialFlag],
      [id, '251679538126441114', 'newInstance', 'Voice agents', '20', '36000', 'monthly', '2', 'month', '2', 0],
    );
    assert.deepEqual([shown?.vdnId, shown?.cecTenantId, shown?.company, shown?.customerName], [String(other.vdnId), other.tenantId, 'Exampl***', 'Z***']);
  },
  badInput: async () => {
    const statusOf = async (input: object, client = mall): Promise<number> => (await client.call(queryResource, input as Input<typeof queryResource>)).status;
    for (const wrong of [{}, { limit: 10 }, { offset: 0 }, { limit: 100, offset: 0 }, { limit: 0, offset: 0 }, { limit: 10, offset: -1 }, { ...PAGE, startDate: 2, endDate: 1 }, { ...PAGE, startDate: 'today' }]) {
      assert.equal(await statusOf(wrong), 400, JSON.stringify(wrong));
    }
    assert.equal(await statusOf({ limit: '10', offset: '0' }), 200, 'numbers as text');
    assert.equal(await statusOf(PAGE, server.anyone), 401);
  },
  effect: async () => {
    const other = await server.tenant();
    const theirs = await holderFor(other.vdnId);
    const seen = async (client: Client, changes: Partial<Input<typeof queryResource>> = {}) => (await client.call(queryResource, { ...PAGE, ...changes })).body.result;
    const first = await order(other.vdnId);
    const second = await order(other.vdnId, { trial: true, endsAt: now() + DAY });
    assert.deepEqual((await seen(theirs)).map(({ id }) => id), [second.id, first.id], 'the newest first');
    assert.deepEqual((await seen(theirs, { limit: 1, offset: 1 })).map(({ id }) => id), [first.id]);
    assert.deepEqual(await seen(theirs, { endDate: now() - DAY }), []);
    assert.deepEqual((await seen(mall)).filter(({ vdnId }) => vdnId === String(other.vdnId)), [], 'not those of others');
    assert.ok((await seen(await holderFor())).some(({ id }) => id === first.id));
    await operator.call(changeOrder, { id: first.id, status: 'historical' });
    assert.deepEqual((await seen(theirs)).map(({ status, trialFlag }) => [status, trialFlag]), [['2', 1], ['9', 0]]);
  },
});

describeOperation(queryTrialTenant, {
  example: async () => {
    const other = await server.tenant();
    const trialUntil = now() + 7 * DAY;
    await putDown(other.vdnId, { trialUntil });
    const { body } = await (await holderFor(other.vdnId)).call(queryTrialTenant, {});
    assert.deepEqual([body.expiryDate, body.tenantSpaceStatus, body.mobilePhone, body.email], [trialUntil, '5', '153****0991', 'sunk***@example.com']);
  },
  badInput: async () => {
    assert.equal((await server.anyone.call(queryTrialTenant, {})).status, 401);
    assert.equal((await (await holderFor()).call(queryTrialTenant, {})).status, 401);
    assert.equal((await (await holderFor((await server.tenant()).vdnId)).call(queryTrialTenant, {})).status, 404);
  },
  effect: async () => {
    const other = await server.tenant();
    const theirs = await holderFor(other.vdnId);
    await putDown(other.vdnId, { trialUntil: now() + DAY });
    assert.equal((await theirs.call(queryTrialTenant, {})).status, 200);
    await putDown(other.vdnId);
    assert.equal((await theirs.call(queryTrialTenant, {})).status, 404);
    assert.equal((await theirs.call(queryTenantBasic, {})).body.tenantSpaces, '2');
  },
});

const SETTINGS = {
  softwareCloudUrl: 'https://mall.example.com', clientId: 'parley', privacyStatementId: 'privacy-1', privacyStatementUrl: 'https://mall.example.com/privacy/1',
};

describeOperation(querySoftwareSysParams, {
  example: async () => {
    await operator.call(setOmaSettings, SETTINGS);
    assert.deepEqual((await mall.call(querySoftwareSysParams, {})).body, SETTINGS);
  },
  badInput: async () => { assert.equal((await server.anyone.call(querySoftwareSysParams, {})).status, 401); },
  effect: async () => {
    await operator.call(setOmaSettings, {});
    assert.deepEqual(Object.values((await mall.call(querySoftwareSysParams, {})).body), ['', '', '', '']);
    await operator.call(setOmaSettings, { clientId: 'another' });
    assert.equal((await mall.call(querySoftwareSysParams, {})).body.clientId, 'another');
  },
});

const SECRET = 'a shared secret of theirs';
const signed = (message: string, secret = SECRET) => {
  const data = hmacAndGcm.seal(secret, message);
  return { data, signature: createHmac('sha256', secret).update(data).digest('base64') };
};
const send = (input: Input<typeof imcCallback>) => server.anyone.call(imcCallback, input);
const messages = async () => (await operator.call(listImcMessages, {})).body.messages;

describeOperation(imcCallback, {
  example: async () => {
    await operator.call(setImcSecret, { secret: SECRET });
    const { status, body } = await send(signed('{"eventType":"newInstance"}'));
    assert.deepEqual([status, body['code'], body['message']], [200, '200', 'success']);
    assert.match(JSON.stringify(JSON.parse(hmacAndGcm.open(SECRET, body.data ?? '') ?? '')), /^\{"received":"[\w-]{43}"\}$/);
  },
  badInput: async () => {
    await operator.call(setImcSecret, { secret: SECRET });
    const count = (await messages()).length;
    const good = signed('hello');
    const other = signed('other');
    const statusOf = async (input: object): Promise<number> => (await send(input)).status;
    for (const unsigned of [
      {}, { data: good.data }, { signature: good.signature }, { ...good, signature: '' }, { ...good, signature: other.signature }, { ...other, data: good.data },
      { ...good, data: `${good.data} ` }, signed('hello', 'another secret'), { ...good, signature: createHmac('sha256', SECRET).update(good.data).digest('hex') },
    ]) assert.equal(await statusOf(unsigned), 401, JSON.stringify(unsigned));
    for (const data of ['%%%', 'AAAA', Buffer.alloc(100).toString('base64'), signed('x', 'another secret').data]) {
      assert.equal(await statusOf({ data, signature: createHmac('sha256', SECRET).update(data).digest('base64') }), 400, data);
    }
    assert.equal(await statusOf(signed('a\0b')), 400);
    assert.equal((await messages()).length, count);
    await operator.call(removeImcSecret, {});
    assert.equal(await statusOf(good), 401, 'no secret is set');
  },
  effect: async () => {
    await operator.call(setImcSecret, { secret: SECRET });
    const message = signed('{"eventType":"refreshInstance","instanceId":"42"}');
    const { body } = await send(message);
    const wrapped = await fetch(`${server.url}${imcCallback.path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ reqBody: message }) });
    assert.equal(wrapped.status, 200, 'as the table draws it, and a second time');
    const kept = (await messages()).filter((one) => one.message.includes('refreshInstance'));
    assert.deepEqual(kept.map(({ message: text }) => text), ['{"eventType":"refreshInstance","instanceId":"42"}']);
    assert.equal(JSON.parse(hmacAndGcm.open(SECRET, body.data ?? '') ?? '{}').received, kept[0]?.id);
  },
});

test('a message may be verified in another way', async () => {
  const own = await startTestServer({ world: { imc: { verifies: (_secret, { signature }) => signature === 'yes', open: (_secret, data) => data, seal: (_secret, text) => text } } });
  try {
    await (await own.signedIn(0, 'operator')).call(setImcSecret, { secret: SECRET });
    assert.equal((await own.anyone.call(imcCallback, { data: 'plain', signature: 'no' })).status, 401);
    assert.match((await own.anyone.call(imcCallback, { data: 'plain', signature: 'yes' })).body.data ?? '', /received/);
  } finally {
    await own.close();
  }
});

test('the secret is sealed, and told in no trail', async () => {
  await operator.call(setImcSecret, { secret: SECRET });
  const row = await server.world.db.selectFrom('oma_setting').selectAll().executeTakeFirstOrThrow();
  assert.ok(!row.imc_secret?.toString('latin1').includes(SECRET));
  const trail = JSON.stringify(await server.world.db.selectFrom('audit').selectAll().where('what', '=', 'imc-secret').execute());
  assert.ok(!trail.includes(SECRET));
  assert.ok((await operator.call(showOmaSettings, {})).body.imcSecretSetAt !== undefined);
});

test('messages are kept for 30 days', async () => {
  await operator.call(setImcSecret, { secret: SECRET });
  await send(signed('old'));
  server.fire('imc-sweep');
  await server.jobsDone();
  const has = async (): Promise<boolean> => (await server.world.db.selectFrom('imc_message').select('message').execute()).some(({ message }) => message === 'old');
  assert.equal(await has(), true);
  server.advance(31 * DAY);
  server.fire('imc-sweep');
  await server.jobsDone();
  assert.equal(await has(), false);
});
