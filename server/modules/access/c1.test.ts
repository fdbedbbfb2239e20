import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { tokenByAkSk } from '@parley/contract/access/c1-token.ts';
import { createClient, withBearer, type Client } from '@parley/contract/client.ts';
import { changeKey, replaceKeySecret } from '@parley/contract/admin/key.ts';
import { querySkills } from '@parley/contract/configuration/queue.ts';
import { describeOperation } from '../../testing/operation-test.ts';
import { startTestServer, type TestServer, type TestTenant } from '../../testing/server.ts';
import { openDoor, post } from './access.fixture.ts';

const PATH = '/apigovernance/api/oauth/tokenByAkSk';
const TRIES = 10;

let server: TestServer;
let tenant: TestTenant;

before(async () => { server = await startTestServer(); });
after(() => server.close());

async function freshTenant(): Promise<TestTenant> {
  tenant = await server.tenant();
  return tenant;
}

const ask = (headers: Record<string, string> = {}, secret = tenant.appSecret, client: Client = server.anyone) =>
  client.call(tokenByAkSk, { app_key: tenant.appKey, app_secret: secret }, headers);

/** How a C1 operation answers to a token. */
async function statusWith(token: string, headers: Record<string, string> = {}, url = server.url): Promise<number> {
  const client = createClient({ baseUrl: url, authorize: withBearer(token) });
  return (await client.call(querySkills, {}, headers)).status;
}

describeOperation(tokenByAkSk, {
  example: async () => {
    await freshTenant();
    const { status, body } = await ask({ 'X-Token-Expire': '600' });
    assert.equal(status, 200);
    assert.match(body.AccessToken, /^[\w-]{43}$/);
    assert.ok(Math.abs(Number(body.CreateTime) * 1000 - server.world.clock()) < 60_000);
    assert.deepEqual({ ...body, AccessToken: '', CreateTime: '' }, {
      AccessToken: '', ApplyType: 'Bearer', CreateTime: '', Expires: '600', expiresIn: 600, Scope: 'configuration', AppKey: tenant.appKey, UserID: 'Anonymous',
    });
  },
  badInput: async () => {
    await freshTenant();
    const { status, body } = await ask({}, 'wrong');
    assert.equal(status, 401);
    assert.deepEqual(body['error'], { code: 'unauthenticated', message: 'Unauthorized: the app key or its secret is wrong.' });
    const unknown = await server.anyone.call(tokenByAkSk, { app_key: 'nobody', app_secret: tenant.appSecret });
    assert.deepEqual(unknown.body, body, 'an unknown key cannot be told from a wrong secret');
    assert.equal((await server.anyone.call(tokenByAkSk, { app_key: tenant.appKey } as never)).status, 400);
  },
  effect: async () => {
    await freshTenant();
    const { body } = await ask();
    const client = createClient({ baseUrl: server.url, authorize: withBearer(body.AccessToken) });
    assert.equal((await client.call(querySkills, {})).body.total, 0);
    assert.equal((await tenant.client.call(querySkills, {})).status, 200);
  },
});

describe('C1', () => {
  test('X-Token-Expire gives the life: 600 when absent, 3600 at most, else refused', async () => {
    await freshTenant();
    const lives: readonly [given: string | undefined, seconds: string | undefined][] = [
      [undefined, '600'], ['', '600'], ['1', '1'], [' 700 ', '700'], ['3600', '3600'], ['3601', '3600'], ['99999999999999999999', '3600'],
      ['0', undefined], ['-1', undefined], ['ten', undefined], ['1e2', undefined], ['0x10', undefined], ['1.5', undefined], ['600,700', undefined],
    ];
    for (const [given, seconds] of lives) {
      const { status, body } = await ask(given === undefined ? {} : { 'X-Token-Expire': given });
      assert.equal(status, seconds === undefined ? 400 : 200, given);
      assert.equal(body.Expires, seconds, given);
    }
  });

  test('a token ends when it was said to', async () => {
    await freshTenant();
    const { body } = await ask({ 'X-Token-Expire': '60' });
    assert.equal(await statusWith(body.AccessToken), 200);
    server.advance(59_000);
    assert.equal(await statusWith(body.AccessToken), 200);
    server.advance(2000);
    assert.equal(await statusWith(body.AccessToken), 401);
  });

  test('several tokens of one key live at once, and outlive a restart', async () => {
    await freshTenant();
    const tokens = (await Promise.all([ask(), ask(), ask()])).map(({ body }) => body.AccessToken);
    assert.equal(new Set(tokens).size, 3);
    const door = await openDoor(server);
    try {
      for (const token of tokens) {
        assert.equal(await statusWith(token), 200);
        assert.equal(await statusWith(token, {}, door.url), 200);
      }
    } finally {
      await door.close();
    }
  });

  test('x-app-key may be sent, and must then be the key of the token', async () => {
    await freshTenant();
    const { AccessToken } = (await ask()).body;
    assert.equal(await statusWith(AccessToken, { 'X-APP-Key': tenant.appKey }), 200);
    assert.equal(await statusWith(AccessToken, { 'x-app-key': 'other' }), 401);
  });

  test('no token, another scheme, an unknown token and a session\'s are refused', async () => {
    await freshTenant();
    const session = await server.parley.tokens.issue({ vdnId: tenant.vdnId, kind: 'session', subject: 'x', lifeMs: 60_000 });
    for (const authorization of [undefined, 'Basic abc', 'Bearer', 'Bearer a b', 'Bearer nonsense', `Bearer ${'x'.repeat(2000)}`, `Bearer ${session}`]) {
      const { status, body } = await post(server.url, querySkills.path, {}, { headers: authorization === undefined ? {} : { authorization } });
      assert.equal(status, 401, authorization);
      assert.equal(body['returnCode'], '1');
    }
  });

  test('a key that is switched off is refused with its tokens at once, and works at once when it is on again', async () => {
    await freshTenant();
    const { AccessToken } = (await ask()).body;
    assert.equal(await statusWith(AccessToken), 200);
    await tenant.administrator.call(changeKey, { scheme: 'C1', keyId: tenant.appKey, enabled: false });
    assert.equal(await statusWith(AccessToken), 401);
    for (let count = 0; count <= TRIES; count += 1) assert.equal((await ask()).status, 401);
    await tenant.administrator.call(changeKey, { scheme: 'C1', keyId: tenant.appKey, enabled: true });
    assert.equal(await statusWith(AccessToken), 401, 'tokens of before stay ended');
    assert.equal((await ask()).status, 200);
  });

  test('a new secret ends the old one and the tokens it was given', async () => {
    await freshTenant();
    const { AccessToken } = (await ask()).body;
    assert.equal(await statusWith(AccessToken), 200);
    const { body } = await tenant.administrator.call(replaceKeySecret, { scheme: 'C1', keyId: tenant.appKey });
    assert.equal(await statusWith(AccessToken), 401);
    assert.equal((await ask()).status, 401);
    assert.equal((await ask({}, body.secret)).status, 200);
  });

  test('a tenant that is switched off takes its keys and tokens with it', async () => {
    await freshTenant();
    const { AccessToken } = (await ask()).body;
    assert.equal(await statusWith(AccessToken), 200);
    const setEnabled = (enabled: boolean) => server.parley.writer.write(0, { actor: 'test', source: 'test', operation: 'test' }, async ({ tx, record }) => {
      const found = await server.parley.tenants.find(tenant.vdnId);
      assert.ok(found !== undefined);
      await server.parley.tenants.update(tx, { ...found, enabled });
      record({ what: 'tenant', id: String(tenant.vdnId), before: {}, after: {} });
    });
    await setEnabled(false);
    assert.equal(await statusWith(AccessToken), 401);
    assert.equal((await ask()).status, 401);
    await setEnabled(true);
    assert.equal(await statusWith(AccessToken), 200);
  });

  test('guesses lock one key for one address: neither another key from there, nor the same key from elsewhere', async () => {
    const first = await freshTenant();
    const second = await freshTenant();
    const tell = (key: TestTenant, secret: string, from = '127.0.0.1') => post(server.url, PATH, { app_key: key.appKey, app_secret: secret }, { from });
    for (let count = 0; count < TRIES; count += 1) assert.equal((await tell(first, 'guess')).status, 401);
    const locked = await tell(first, first.appSecret);
    assert.equal(locked.status, 403);
    assert.equal((locked.body['error'] as { code: string }).code, 'locked');
    assert.equal((await tell(second, second.appSecret)).status, 200);
    assert.equal((await tell(first, first.appSecret, '127.0.0.2')).status, 200);
    server.advance(5 * 60_000 + 1000);
    assert.equal((await tell(first, first.appSecret)).status, 200);
  });

  test('X-Forwarded-For counts from a trusted proxy alone', async () => {
    await freshTenant();
    const tell = (url: string, secret: string, address: string) =>
      post(url, PATH, { app_key: tenant.appKey, app_secret: secret }, { headers: { 'x-forwarded-for': address } });
    // Nobody trusts 127.0.0.1 here: a guesser cannot change addresses by a header.
    for (let count = 0; count < TRIES; count += 1) await tell(server.url, 'guess', `203.0.113.${count}`);
    assert.equal((await tell(server.url, tenant.appSecret, '203.0.113.99')).status, 403);

    const door = await openDoor(server, { trustedProxies: ['127.0.0.1'] });
    try {
      for (let count = 0; count < TRIES; count += 1) await tell(door.url, 'guess', '203.0.113.7');
      assert.equal((await tell(door.url, tenant.appSecret, '203.0.113.7')).status, 403);
      assert.equal((await tell(door.url, tenant.appSecret, '203.0.113.8')).status, 200);
    } finally {
      await door.close();
    }
  });
});
