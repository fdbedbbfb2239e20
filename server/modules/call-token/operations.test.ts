import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { changeWidgetKey, createWidgetKey, deleteWidgetKey, listWidgetKeys } from '@parley/contract/admin/widget-key.ts';
import { deleteCalledRoute } from '@parley/contract/configuration/called-route.ts';
import type { Input } from '@parley/contract/operation.ts';
import { createCallToken } from '@parley/contract/widget/call-token.ts';
import { describeOperation } from '../../testing/operation-test.ts';
import { startTestServer, type TestServer } from '../../testing/server.ts';
import { bench, newCode, type Bench } from '../route/route.fixture.ts';

const SHOP = 'https://shop.example.com';
const OTHER = 'https://blog.example.com';
const MINUTE_MS = 60_000;

let server: TestServer;
let tenant: Bench;
/** A number that leads to a queue of the tenant. */
let number: string;

before(async () => {
  server = await startTestServer({
    world: {
      addresses: { service: { host: '127.0.0.1', port: 8443 }, sip: { host: '127.0.0.1', port: 5060 }, webrtc: { host: 'parley.example.com', port: 8443 } },
      iceServers: (name, now) => [{ urls: ['stun:stun.example.com'] }, { urls: ['turn:turn.example.com'], username: `${now}:${name}`, credential: 'c' }],
    },
  });
});
after(() => server.close());

async function freshTenant(): Promise<Bench> {
  const made = bench(server, await server.tenant());
  return made;
}

async function newNumber(of: Bench): Promise<string> {
  const code = await of.provide(newCode());
  await of.route(code, '', await of.queue(`Queue of ${code}`));
  return code;
}

beforeEach(async () => {
  tenant = await freshTenant();
  number = await newNumber(tenant);
  server.advance(2 * MINUTE_MS);
});

const makeKey = async (changes: Partial<Input<typeof createWidgetKey>> = {}) => {
  const { status, body } = await tenant.administrator.call(createWidgetKey, { name: 'Shop', origins: [SHOP], accessCodes: [number], ...changes });
  assert.equal(status, 200, JSON.stringify(body));
  return body;
};
const keys = async (of = tenant) => (await of.administrator.call(listWidgetKeys, {})).body.widgetKeys;
const ask = (key: string, origin: string | undefined = SHOP, changes: Partial<Input<typeof createCallToken>> = {}) =>
  server.anyone.call(createCallToken, { key, accessCode: number, ...changes }, origin === undefined ? {} : { origin });
const statusOf = async (key: string, origin?: string, changes?: Partial<Input<typeof createCallToken>>) => (await ask(key, origin, changes)).status;

describeOperation(listWidgetKeys, {
  example: async () => {
    const { id } = await makeKey();
    const [key] = await keys();
    assert.deepEqual({ ...key, createdAt: 0 }, {
      id, name: 'Shop', origins: [SHOP], accessCodes: [number], callsPerMinute: 60, enabled: true, createdAt: 0,
    });
  },
  badInput: async () => {
    const agent = await server.signedIn(tenant.vdnId, 'agent');
    assert.equal((await agent.call(listWidgetKeys, {})).status, 403);
    assert.equal((await server.anyone.call(listWidgetKeys, {})).status, 401);
  },
  effect: async () => {
    await makeKey({ name: 'B' });
    await makeKey({ name: 'A' });
    assert.deepEqual((await keys()).map(({ name }) => name), ['A', 'B']);
    assert.deepEqual(await keys(await freshTenant()), []);
  },
});

describeOperation(createWidgetKey, {
  example: async () => {
    const { id } = await makeKey({ origins: ['https://Shop.example.com:443/', SHOP], accessCodes: [number, number] });
    assert.match(id, /^wk-[\w-]{16}$/);
    const [key] = await keys();
    assert.deepEqual([key?.origins, key?.accessCodes], [[SHOP], [number]]);
  },
  badInput: async () => {
    const refused = async (changes: Partial<Input<typeof createWidgetKey>>, status: number, field: string) => {
      const reply = await tenant.administrator.call(createWidgetKey, { name: 'Shop', origins: [SHOP], accessCodes: [number], ...changes });
      assert.deepEqual([reply.status, (reply.body as unknown as { error: { field: string } }).error.field], [status, field], JSON.stringify(changes));
    };
    for (const wrong of ['*', 'null', 'shop', `${SHOP}/path`, 'ftp://shop.example.com']) await refused({ origins: [wrong] }, 400, 'origins');
    await refused({ origins: [] }, 400, 'origins');
    await refused({ accessCodes: [] }, 400, 'accessCodes');
    await refused({ accessCodes: [number, '999999'] }, 409, 'accessCodes');
    await refused({ callsPerMinute: 0 }, 400, 'callsPerMinute');
    const foreign = await newNumber(await freshTenant());
    await refused({ accessCodes: [foreign] }, 409, 'accessCodes');
    const supervisor = await server.signedIn(tenant.vdnId, 'supervisor');
    assert.equal((await supervisor.call(createWidgetKey, { name: 'Shop', origins: [SHOP], accessCodes: [number] })).status, 403);
  },
  effect: async () => {
    const { id } = await makeKey();
    assert.equal(await statusOf(id), 200);
    const trail = await server.world.db.selectFrom('audit').selectAll().where('vdn_id', '=', tenant.vdnId).where('what', '=', 'widget-key').execute();
    assert.deepEqual(trail.map(({ operation, what_id }) => [operation, what_id]), [['createWidgetKey', id]]);
  },
});

describeOperation(changeWidgetKey, {
  example: async () => {
    const { id } = await makeKey();
    const { body } = await tenant.administrator.call(changeWidgetKey, { id, enabled: false });
    assert.deepEqual([body.enabled, body.name, body.origins], [false, 'Shop', [SHOP]]);
  },
  badInput: async () => {
    const { id } = await makeKey();
    assert.equal((await tenant.administrator.call(changeWidgetKey, { id: 'wk-nobody', enabled: false })).status, 404);
    assert.equal((await tenant.administrator.call(changeWidgetKey, { id, origins: ['*'] })).status, 400);
    assert.equal((await tenant.administrator.call(changeWidgetKey, { id, accessCodes: ['999999'] })).status, 409);
    const other = await freshTenant();
    assert.equal((await other.administrator.call(changeWidgetKey, { id, enabled: false })).status, 404);
    assert.equal((await keys())[0]?.enabled, true);
  },
  effect: async () => {
    const { id } = await makeKey();
    await tenant.administrator.call(changeWidgetKey, { id, enabled: false });
    assert.equal(await statusOf(id), 403);
    await tenant.administrator.call(changeWidgetKey, { id, enabled: true, origins: [OTHER] });
    assert.deepEqual([await statusOf(id), await statusOf(id, OTHER)], [403, 200]);
  },
});

describeOperation(deleteWidgetKey, {
  example: async () => {
    const { id } = await makeKey();
    assert.deepEqual((await tenant.administrator.call(deleteWidgetKey, { id })).body, {});
    assert.deepEqual(await keys(), []);
  },
  badInput: async () => {
    const { id } = await makeKey();
    assert.equal((await (await freshTenant()).administrator.call(deleteWidgetKey, { id })).status, 404);
    assert.equal((await tenant.administrator.call(deleteWidgetKey, { id: 'wk-nobody' })).status, 404);
  },
  effect: async () => {
    const { id } = await makeKey();
    await tenant.administrator.call(deleteWidgetKey, { id });
    assert.equal(await statusOf(id), 403);
    assert.deepEqual(await keys(), []);
  },
});

describeOperation(createCallToken, {
  example: async () => {
    const { id } = await makeKey();
    const { status, body, headers } = await ask(id, SHOP, { caller: '13700000001' });
    assert.equal(status, 200);
    assert.equal(body.address, `sip:${body.user}@parley.example.com`);
    assert.equal(body.target, `sip:${number}@parley.example.com`);
    assert.equal(body.webSocketUrl, `${server.url.replace('http', 'ws')}/sip?guest=${body.user}`);
    assert.deepEqual(body.iceServers.map(({ urls }) => urls), [['stun:stun.example.com'], ['turn:turn.example.com']]);
    assert.ok(body.expiresAt > server.world.clock() + 50_000);
    assert.deepEqual([headers.get('access-control-allow-origin'), headers.get('vary'), headers.get('cache-control')], [SHOP, 'Origin', 'no-store']);
  },
  badInput: async () => {
    const { id } = await makeKey();
    for (const [key, origin] of [[id, OTHER], [id, ''], [id, 'null'], [id, `${SHOP}.evil.example`], ['wk-nobody', SHOP]] as const) {
      const { status, headers } = await ask(key, origin);
      assert.deepEqual([status, headers.get('access-control-allow-origin')], [403, null], `${key} ${origin}`);
    }
    const other = await newNumber(tenant);
    const { status, headers } = await ask(id, SHOP, { accessCode: other });
    assert.deepEqual([status, headers.get('access-control-allow-origin')], [403, SHOP], 'the page may read why');
    for (const caller of ['tel:1', '12', '1'.repeat(21), 'Bob <sip:bob@x>', '137\r\nX: y']) assert.equal(await statusOf(id, SHOP, { caller }), 400, caller);
  },
  effect: async () => {
    const { id } = await makeKey();
    const { guests } = server.parley;
    const { body } = await ask(id, SHOP, { caller: '+4930123456' });
    assert.equal(guests.secretOf(body.user), body.password);
    assert.ok(guests.isOf(body.user, SHOP));
    assert.deepEqual(guests.use(body.user, number), { caller: '+4930123456' });
    const { body: nameless } = await ask(id);
    assert.deepEqual(guests.use(nameless.user, number), { caller: 'anonymous' });
    await tenant.administrator.call(deleteWidgetKey, { id });
    assert.equal(await statusOf(id), 403);
  },
});

describe('call tokens', () => {
  test('are limited by key, as the administrator has it', async () => {
    const { id } = await makeKey({ callsPerMinute: 2 });
    const statuses = [await statusOf(id), await statusOf(id), await statusOf(id)];
    assert.deepEqual(statuses, [200, 200, 429]);
    assert.equal(await statusOf((await makeKey()).id), 200);
    await tenant.administrator.call(changeWidgetKey, { id, callsPerMinute: 3 });
    assert.equal(await statusOf(id), 200);
    server.advance(MINUTE_MS);
    assert.equal(await statusOf(id), 200);
  });

  test('are limited by address', async () => {
    const [one, other] = [await makeKey(), await makeKey()];
    for (let count = 0; count < 20; count += 1) assert.equal(await statusOf(count % 2 === 0 ? one.id : other.id), 200);
    const refused = await ask(one.id);
    assert.deepEqual([refused.status, refused.headers.get('retry-after'), refused.headers.get('access-control-allow-origin')], [429, '60', SHOP]);
    server.advance(MINUTE_MS);
    assert.equal(await statusOf(one.id), 200);
  });

  test('are given to pages of Parley\'s own, under whatever name it was found, and to no page that calls itself so', async () => {
    const { id } = await makeKey();
    const other = new URL(server.url);
    other.hostname = 'localhost';
    assert.equal(await statusOf(id, server.url), 200);
    assert.equal(await statusOf(id, server.url, { accessCode: await newNumber(tenant) }), 403, 'the number has to be one of the key\'s');
    for (const foreign of [other.origin, server.url.replace('http:', 'https:'), `${server.url}1`, 'http://127.0.0.1']) assert.equal(await statusOf(id, foreign), 403, foreign);
    await tenant.administrator.call(changeWidgetKey, { id, enabled: false });
    assert.equal(await statusOf(id, server.url), 403);
  });

  test('are not for a number that leads nowhere any more', async () => {
    const { id } = await makeKey();
    const [route] = (await tenant.list({ accessCode: number })).calledRouteList;
    assert.equal((await tenant.client.call(deleteCalledRoute, { dnids: String(route?.dnid) })).body['returnCode'], '0');
    assert.equal(await statusOf(id), 403);
  });

  test('are not for a tenant that is switched off', async () => {
    const { id } = await makeKey();
    await server.world.db.updateTable('vdn').set({ enabled: false }).where('vdn_id', '=', tenant.vdnId).execute();
    server.advance(MINUTE_MS);
    assert.equal(await statusOf(id), 403);
  });

  test('are asked for only by pages of origins that some key in use names', async () => {
    const { isWidgetOrigin } = server.parley;
    const own = `https://page-${number}.example.com`;
    const { id } = await makeKey({ origins: [OTHER, own] });
    assert.deepEqual([await isWidgetOrigin(own), await isWidgetOrigin('https://evil.example'), await isWidgetOrigin('')], [true, false, false]);
    await tenant.administrator.call(changeWidgetKey, { id, enabled: false });
    assert.equal(await isWidgetOrigin(own), false);
  });
});

test('where calls are simulated there are no tokens', async () => {
  const simulated = await startTestServer();
  try {
    const made = bench(simulated, await simulated.tenant());
    const code = await newNumber(made);
    const { body } = await made.administrator.call(createWidgetKey, { name: 'Shop', origins: [SHOP], accessCodes: [code] });
    assert.equal((await simulated.anyone.call(createCallToken, { key: body.id, accessCode: code }, { origin: SHOP })).status, 503);
  } finally {
    await simulated.close();
  }
});
