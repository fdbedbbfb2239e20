import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before, test } from 'node:test';
import { issueOmaToken, listImcMessages, removeImcSecret, setImcSecret, setOmaSettings, showOmaSettings } from '@parley/contract/admin/oma.ts';
import { changeOrder, createOrder, listOrders, setCustomer, showCustomer } from '@parley/contract/admin/order.ts';
import { showTenant } from '@parley/contract/admin/tenant.ts';
import { createClient, type Client } from '@parley/contract/client.ts';
import { imcCallback } from '@parley/contract/oma/imc-callback.ts';
import { querySoftwareSysParams, queryTenantBasic } from '@parley/contract/oma/tenant.ts';
import type { Input } from '@parley/contract/operation.ts';
import { describeOperation, recorded } from '../../testing/operation-test.ts';
import { startTestServer, type TestServer, type TestTenant } from '../../testing/server.ts';
import { hmacAndGcm, orderEraser } from './index.ts';

const DAY = 86_400_000;
const CUSTOMER = { company: 'Example Ltd', contact: 'Zhang San', phone: '15312340991', email: 'zhang@example.com' };

let server: TestServer;
let tenant: TestTenant;
let operator: Client;
before(async () => {
  server = await startTestServer();
  tenant = await server.tenant();
  operator = await server.signedIn(0, 'operator');
});
after(() => server.close());

const now = (): number => server.world.clock();
const freshVdn = async (): Promise<number> => (await server.tenant()).vdnId;
const mallOf = async (vdnId: number): Promise<Client> => {
  const { body } = await operator.call(issueOmaToken, { vdnId });
  return recorded(createClient({ baseUrl: server.url, authorize: () => ({ 'X-Auth-Token': body.token }) }), server.parley);
};

describeOperation(showCustomer, {
  example: async () => {
    const vdnId = await freshVdn();
    await operator.call(setCustomer, { vdnId, ...CUSTOMER });
    const { createdAt, ...rest } = (await operator.call(showCustomer, { vdnId })).body;
    assert.ok(createdAt > 0);
    assert.deepEqual(rest, { vdnId, ...CUSTOMER });
  },
  badInput: async () => {
    assert.equal((await operator.call(showCustomer, { vdnId: await freshVdn() })).status, 404);
    assert.equal((await operator.call(showCustomer, { vdnId: 0 })).status, 400);
    assert.equal((await tenant.administrator.call(showCustomer, { vdnId: tenant.vdnId })).status, 403);
  },
  effect: async () => {
    const vdnId = await freshVdn();
    await operator.call(setCustomer, { vdnId, ...CUSTOMER, company: 'One' });
    assert.equal((await operator.call(showCustomer, { vdnId })).body.company, 'One');
    await operator.call(setCustomer, { vdnId, ...CUSTOMER, company: 'Two' });
    assert.equal((await operator.call(showCustomer, { vdnId })).body.company, 'Two');
  },
});

describeOperation(setCustomer, {
  example: async () => {
    const { status, body } = await operator.call(setCustomer, { vdnId: await freshVdn(), ...CUSTOMER });
    assert.deepEqual([status, body.company, body.trialUntil], [200, 'Example Ltd', undefined]);
  },
  badInput: async () => {
    const vdnId = await freshVdn();
    const statusOf = async (changes: object, client = operator): Promise<number> => (await client.call(setCustomer, { vdnId, ...CUSTOMER, ...changes })).status;
    for (const wrong of [{ phone: 'call me' }, { phone: '1'.repeat(26) }, { email: 'zhang' }, { company: 'x'.repeat(201) }, { trialUntil: -1 }, { contact: 'a\0b' }]) {
      assert.equal(await statusOf(wrong), 400, JSON.stringify(wrong));
    }
    assert.equal(await statusOf({ vdnId: 999_999 }), 404);
    assert.equal(await statusOf({}, tenant.administrator), 403);
    assert.equal((await operator.call(showCustomer, { vdnId })).status, 404);
  },
  effect: async () => {
    const vdnId = await freshVdn();
    await operator.call(setCustomer, { vdnId, ...CUSTOMER, trialUntil: now() + DAY });
    assert.equal((await (await mallOf(vdnId)).call(queryTenantBasic, {})).body.tenantSpaces, '5');
  },
});

const draft = (vdnId: number, changes: Partial<Input<typeof createOrder>> = {}): Input<typeof createOrder> => ({ vdnId, resource: 'Voice agents', amount: 20, beginsAt: now(), ...changes });

describeOperation(createOrder, {
  example: async () => {
    const { status, body } = await operator.call(createOrder, draft(tenant.vdnId, { endsAt: now() + DAY, kind: 'newInstance', periods: 12 }));
    assert.deepEqual([status, body.status, body.amount, body.kind, body.periods, body.price], [200, 'effective', 20, 'newInstance', 12, undefined]);
  },
  badInput: async () => {
    const vdnId = await freshVdn();
    const statusOf = async (changes: object, client = operator): Promise<number> => (await client.call(createOrder, draft(vdnId, changes))).status;
    for (const wrong of [{ endsAt: 1 }, { endsAt: now() - 1 }, { amount: -1 }, { amount: 2 ** 31 }, { resource: ' ' }, { periods: -1 }, { beginsAt: -1 }]) {
      assert.equal(await statusOf(wrong), 400, JSON.stringify(wrong));
    }
    assert.equal(await statusOf({ vdnId: 999_999 }), 404);
    assert.equal(await statusOf({}, tenant.administrator), 403);
    assert.equal((await operator.call(listOrders, { vdnId })).body.total, 0);
  },
  effect: async () => {
    const vdnId = await freshVdn();
    const { body } = await operator.call(createOrder, draft(vdnId));
    const { orders, total } = (await operator.call(listOrders, { vdnId })).body;
    assert.deepEqual([orders.map(({ id, endsAt }) => [id, endsAt]), total], [[[body.id, 0]], 1]);
  },
});

describeOperation(listOrders, {
  example: async () => {
    const vdnId = await freshVdn();
    await operator.call(createOrder, draft(vdnId));
    assert.deepEqual((await operator.call(listOrders, { vdnId })).body.orders.map(({ resource }) => resource), ['Voice agents']);
  },
  badInput: async () => {
    assert.equal((await operator.call(listOrders, { limit: 1001 })).status, 400);
    assert.equal((await tenant.administrator.call(listOrders, {})).status, 403);
  },
  effect: async () => {
    const vdnId = await freshVdn();
    const { total } = (await operator.call(listOrders, {})).body;
    for (const resource of ['A', 'B', 'C']) await operator.call(createOrder, draft(vdnId, { resource }));
    assert.equal((await operator.call(listOrders, {})).body.total, total + 3);
    assert.deepEqual((await operator.call(listOrders, { vdnId, limit: 2, offset: 1 })).body.orders.map(({ resource }) => resource), ['B', 'A']);
  },
});

describeOperation(changeOrder, {
  example: async () => {
    const { id } = (await operator.call(createOrder, draft(tenant.vdnId, { price: '100', kind: 'newInstance' }))).body;
    const { body } = await operator.call(changeOrder, { id, amount: 30, price: '150' });
    assert.deepEqual([body.amount, body.price, body.kind, body.resource], [30, '150', 'newInstance', 'Voice agents']);
  },
  badInput: async () => {
    const { id } = (await operator.call(createOrder, draft(tenant.vdnId))).body;
    const statusOf = async (changes: object, client = operator): Promise<number> => (await client.call(changeOrder, { id, ...changes })).status;
    assert.equal(await statusOf({ id: '1' }), 404);
    assert.equal(await statusOf({ status: 'lost' }), 400);
    assert.equal(await statusOf({ endsAt: 1 }), 400);
    assert.equal(await statusOf({ amount: 1 }, tenant.administrator), 403);
  },
  effect: async () => {
    const vdnId = await freshVdn();
    const { id } = (await operator.call(createOrder, draft(vdnId, { endsAt: now() + DAY }))).body;
    await operator.call(changeOrder, { id, status: 'historical', endsAt: 0 });
    assert.deepEqual((await operator.call(listOrders, { vdnId })).body.orders.map(({ status, endsAt }) => [status, endsAt]), [['historical', 0]]);
    const trail = await server.world.db.selectFrom('audit').select('operation').where('vdn_id', '=', vdnId).where('what', '=', 'order').execute();
    assert.deepEqual(trail.map(({ operation }) => operation).toSorted((x, y) => (x < y ? -1 : 1)), ['changeOrder', 'createOrder']);
  },
});

const SETTINGS = { softwareCloudUrl: 'https://mall.example.com', clientId: 'parley', privacyStatementId: 'privacy-1', privacyStatementUrl: '', portalUrl: 'https://parley.example.com/' };

describeOperation(showOmaSettings, {
  example: async () => {
    await operator.call(setOmaSettings, {});
    assert.deepEqual(Object.values((await operator.call(showOmaSettings, {})).body).filter((value) => typeof value === 'string'), ['', '', '', '', '']);
  },
  badInput: async () => { assert.equal((await tenant.administrator.call(showOmaSettings, {})).status, 403); },
  effect: async () => {
    await operator.call(setOmaSettings, SETTINGS);
    assert.equal((await operator.call(showOmaSettings, {})).body.clientId, 'parley');
  },
});

describeOperation(setOmaSettings, {
  example: async () => {
    const { imcSecretSetAt: _at, ...rest } = (await operator.call(setOmaSettings, SETTINGS)).body;
    assert.deepEqual(rest, SETTINGS);
  },
  badInput: async () => {
    await operator.call(setOmaSettings, SETTINGS);
    const statusOf = async (changes: object, client = operator): Promise<number> => (await client.call(setOmaSettings, changes)).status;
    assert.deepEqual([await statusOf({ portalUrl: 'parley' }), await statusOf({ softwareCloudUrl: 'ftp://mall' }), await statusOf({ clientId: 'x'.repeat(201) })], [400, 400, 400]);
    assert.equal(await statusOf(SETTINGS, tenant.administrator), 403);
    assert.equal((await operator.call(showOmaSettings, {})).body.clientId, 'parley');
  },
  effect: async () => {
    await operator.call(setImcSecret, {});
    await operator.call(setOmaSettings, { portalUrl: 'https://parley.example.com/' });
    const mall = await mallOf(tenant.vdnId);
    assert.equal((await mall.call(queryTenantBasic, {})).body.portalUrl, 'https://parley.example.com/');
    assert.equal((await mall.call(querySoftwareSysParams, {})).body.clientId, '');
    assert.ok((await operator.call(showOmaSettings, {})).body.imcSecretSetAt !== undefined, 'the secret stays');
  },
});

describeOperation(setImcSecret, {
  example: async () => {
    const { secret } = (await operator.call(setImcSecret, {})).body;
    assert.ok(secret.length >= 32);
  },
  badInput: async () => {
    assert.equal((await operator.call(setImcSecret, { secret: 'short' })).status, 400);
    assert.equal((await tenant.administrator.call(setImcSecret, {})).status, 403);
  },
  effect: async () => {
    server.advance(1000);
    const { imcSecretSetAt = 0 } = (await operator.call(showOmaSettings, {})).body;
    await operator.call(setImcSecret, {});
    assert.ok(((await operator.call(showOmaSettings, {})).body.imcSecretSetAt ?? 0) > imcSecretSetAt);
  },
});

describeOperation(removeImcSecret, {
  example: async () => {
    await operator.call(setImcSecret, {});
    assert.deepEqual((await operator.call(removeImcSecret, {})).body, {});
  },
  badInput: async () => {
    await operator.call(setImcSecret, {});
    assert.equal((await tenant.administrator.call(removeImcSecret, {})).status, 403);
    await operator.call(removeImcSecret, {});
    assert.equal((await operator.call(removeImcSecret, {})).status, 404);
  },
  effect: async () => {
    await operator.call(setImcSecret, {});
    await operator.call(removeImcSecret, {});
    assert.equal((await operator.call(showOmaSettings, {})).body.imcSecretSetAt, undefined);
  },
});

describeOperation(listImcMessages, {
  example: async () => { assert.deepEqual((await operator.call(listImcMessages, { limit: 10 })).body, { messages: [], total: 0 }); },
  badInput: async () => {
    assert.equal((await tenant.administrator.call(listImcMessages, {})).status, 403);
    assert.equal((await operator.call(listImcMessages, { limit: 0 })).status, 400);
  },
  effect: async () => {
    const { secret } = (await operator.call(setImcSecret, {})).body;
    const data = hmacAndGcm.seal(secret, 'hello');
    assert.equal((await server.anyone.call(imcCallback, { data, signature: createHmac('sha256', secret).update(data).digest('base64') })).status, 200);
    assert.deepEqual((await operator.call(listImcMessages, {})).body.messages.map(({ message }) => message), ['hello']);
  },
});

test('orders expire when their time is over, and a trial\'s tenant is switched off with it', async () => {
  const [one, other] = [await freshVdn(), await freshVdn()];
  const later = await server.signedIn(0, 'operator');
  await later.call(createOrder, draft(one, { endsAt: now() + 1000 }));
  await later.call(createOrder, draft(one));
  await later.call(createOrder, draft(other, { endsAt: now() + 1000, trial: true }));
  server.advance(1000);
  server.fire('orders-due');
  await server.jobsDone();
  const statuses = async (vdnId: number) => (await later.call(listOrders, { vdnId })).body.orders.map(({ status }) => status);
  assert.deepEqual([await statuses(one), await statuses(other)], [['effective', 'expired'], ['expired']]);
  const enabled = async (vdnId: number) => (await later.call(showTenant, { vdnId })).body.enabled;
  assert.deepEqual([await enabled(one), await enabled(other)], [true, false]);
});

test('an erasure order forgets whom to turn to, of its own tenant', async () => {
  const [one, other] = [await freshVdn(), await freshVdn()];
  for (const vdnId of [one, other]) await operator.call(setCustomer, { vdnId, ...CUSTOMER });
  assert.deepEqual(await orderEraser.erase(server.world.db, one, [CUSTOMER.phone]), { tenant_customer: 1 });
  assert.deepEqual(await orderEraser.erase(server.world.db, one, []), { tenant_customer: 0 });
  const shown = async (vdnId: number) => (await operator.call(showCustomer, { vdnId })).body;
  assert.deepEqual([(await shown(one)).phone, (await shown(one)).company, (await shown(other)).phone], ['', 'Example Ltd', CUSTOMER.phone]);
});
