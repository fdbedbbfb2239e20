import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { tokenByAkSk } from '@parley/contract/access/c1-token.ts';
import {
  changeInstallationKey, changeKey, createInstallationKey, createKey, deleteInstallationKey, deleteKey, listInstallationKeys, listKeys,
  replaceInstallationKeySecret, replaceKeySecret,
} from '@parley/contract/admin/key.ts';
import { oiapGetToken } from '@parley/contract/chatbot/token.ts';
import { createClient, withBearer, type Client } from '@parley/contract/client.ts';
import { withSignature } from '@parley/contract/client-signature.ts';
import { querySkills } from '@parley/contract/configuration/queue.ts';
import { siaTokenJwt } from '@parley/contract/knowledge/sia-token.ts';
import { cmsPing } from '@parley/contract/monitoring/ping.ts';
import { ctiServerTime } from '@parley/contract/monitoring/usage.ts';
import { describeOperation, recorded } from '../../testing/operation-test.ts';
import { startTestServer, type TestServer, type TestTenant } from '../../testing/server.ts';
import { openDoor, post, type Door } from './access.fixture.ts';

let server: TestServer;
let tenant: TestTenant;
let administrator: Client;
let operator: Client;

before(async () => {
  server = await startTestServer();
  operator = await server.signedIn(0, 'operator');
});
after(() => server.close());

async function freshTenant(): Promise<TestTenant> {
  tenant = await server.tenant();
  ({ administrator } = tenant);
  return tenant;
}

const signer = (keyId: string, secret: string): Client =>
  recorded(createClient({ baseUrl: server.url, authorize: withSignature(keyId, secret, () => new Date(server.world.clock())) }), server.parley);
const pingStatus = async (keyId: string, secret: string): Promise<number> => (await signer(keyId, secret).call(cmsPing, {})).status;
const newName = (): string => `key-${randomBytes(5).toString('hex')}`;
const newKey = async () => (await administrator.call(createKey, { scheme: 'C2', label: 'CRM' })).body;
const newGlobalKey = async () => (await operator.call(createInstallationKey, { scheme: 'C2', label: 'Reporting' })).body;
const named = ({ scheme, keyId }: { scheme: 'C2'; keyId: string }) => ({ scheme, keyId });
const asC2 = <T extends { scheme: string }>(key: T) => ({ ...key, scheme: 'C2' as const });

describeOperation(listKeys, {
  example: async () => {
    const { appKey, tenantId } = await freshTenant();
    const { keys } = (await administrator.call(listKeys, {})).body;
    assert.deepEqual(keys.map(({ createdAt: _createdAt, ...key }) => key), [{ scheme: 'C1', keyId: appKey, label: tenantId, enabled: true }]);
  },
  badInput: async () => {
    assert.equal((await server.anyone.call(listKeys, {})).status, 401);
    assert.equal((await (await server.signedIn(tenant.vdnId, 'agent')).call(listKeys, {})).status, 403);
  },
  effect: async () => {
    await freshTenant();
    await newKey();
    assert.equal((await administrator.call(listKeys, {})).body.keys.length, 2);
    await freshTenant();
    assert.equal((await administrator.call(listKeys, {})).body.keys.length, 1, 'another tenant sees its own alone');
  },
});

describeOperation(createKey, {
  example: async () => {
    await freshTenant();
    const { status, body } = await administrator.call(createKey, { scheme: 'C2', label: 'CRM' });
    assert.equal(status, 200);
    assert.match(body.keyId, /^[\w-]{16}$/);
    assert.match(body.secret, /^[\w-]{32}$/);
    assert.deepEqual({ scheme: body.scheme, label: body.label, enabled: body.enabled }, { scheme: 'C2', label: 'CRM', enabled: true });
  },
  badInput: async () => {
    await freshTenant();
    const refused = async (input: object): Promise<number> => (await administrator.call(createKey, input as never)).status;
    assert.equal(await refused({ scheme: 'C4' }), 400);
    assert.equal(await refused({ scheme: 'C2', keyId: 'a/b' }), 400);
    assert.equal(await refused({ scheme: 'C2', secret: 'short' }), 400);
    assert.equal(await refused({ scheme: 'C3', keyId: 'another' }), 409, 'a C3 key is called as the tenant is');
    const keyId = newName();
    assert.equal(await refused({ scheme: 'C2', keyId }), 200);
    assert.equal(await refused({ scheme: 'C2', keyId }), 409);
    await freshTenant();
    assert.equal((await administrator.call(createKey, { scheme: 'C2', keyId })).status, 409, 'also where another tenant has it');
    const supervisor = await server.signedIn(tenant.vdnId, 'supervisor');
    assert.equal((await supervisor.call(createKey, { scheme: 'C2' })).status, 403);
  },
  effect: async () => {
    await freshTenant();
    const keyId = newName();
    const secret = 'a-secret-of-ones-own';
    await administrator.call(createKey, { scheme: 'C2', keyId, secret });
    assert.equal(await pingStatus(keyId, secret), 200);
  },
});

describeOperation(replaceKeySecret, {
  example: async () => {
    await freshTenant();
    const key = await newKey();
    const { body } = await administrator.call(replaceKeySecret, { scheme: 'C2', keyId: key.keyId });
    assert.deepEqual({ ...body, secret: '' }, { ...key, secret: '' });
    assert.notEqual(body.secret, key.secret);
  },
  badInput: async () => {
    await freshTenant();
    assert.equal((await administrator.call(replaceKeySecret, { scheme: 'C2', keyId: 'nobody' })).status, 404);
    const key = await newKey();
    await freshTenant();
    assert.equal((await administrator.call(replaceKeySecret, { scheme: 'C2', keyId: key.keyId })).status, 404, 'another tenant\'s key is unknown');
    assert.equal(await pingStatus(key.keyId, key.secret), 200);
  },
  effect: async () => {
    await freshTenant();
    const key = await newKey();
    assert.equal(await pingStatus(key.keyId, key.secret), 200);
    const { body } = await administrator.call(replaceKeySecret, { scheme: 'C2', keyId: key.keyId });
    assert.equal(await pingStatus(key.keyId, key.secret), 401);
    assert.equal(await pingStatus(key.keyId, body.secret), 200);
  },
});

describeOperation(changeKey, {
  example: async () => {
    await freshTenant();
    const { secret: _secret, ...key } = await newKey();
    const { body } = await administrator.call(changeKey, { ...named(asC2(key)), enabled: false });
    assert.deepEqual(body, { ...key, enabled: false });
  },
  badInput: async () => {
    await freshTenant();
    assert.equal((await administrator.call(changeKey, { scheme: 'C2', keyId: 'nobody', enabled: false })).status, 404);
    assert.equal((await administrator.call(changeKey, { scheme: 'C1', keyId: tenant.appKey } as never)).status, 400);
  },
  effect: async () => {
    await freshTenant();
    const key = await newKey();
    assert.equal(await pingStatus(key.keyId, key.secret), 200);
    await administrator.call(changeKey, { scheme: 'C2', keyId: key.keyId, enabled: false });
    assert.equal(await pingStatus(key.keyId, key.secret), 401);
    await administrator.call(changeKey, { scheme: 'C2', keyId: key.keyId, enabled: true });
    assert.equal(await pingStatus(key.keyId, key.secret), 200);
  },
});

describeOperation(deleteKey, {
  example: async () => {
    await freshTenant();
    const key = await newKey();
    const { status, body } = await administrator.call(deleteKey, { scheme: 'C2', keyId: key.keyId });
    assert.deepEqual({ status, body }, { status: 200, body: {} });
  },
  badInput: async () => {
    await freshTenant();
    const key = await newKey();
    await freshTenant();
    assert.equal((await administrator.call(deleteKey, { scheme: 'C2', keyId: key.keyId })).status, 404);
  },
  effect: async () => {
    await freshTenant();
    const key = await newKey();
    assert.equal(await pingStatus(key.keyId, key.secret), 200);
    await administrator.call(deleteKey, { scheme: 'C2', keyId: key.keyId });
    assert.equal(await pingStatus(key.keyId, key.secret), 401);
    assert.equal((await administrator.call(deleteKey, { scheme: 'C2', keyId: key.keyId })).status, 404);
  },
});

describeOperation(listInstallationKeys, {
  example: async () => {
    assert.equal((await operator.call(listInstallationKeys, {})).status, 200);
  },
  badInput: async () => {
    await freshTenant();
    assert.equal((await administrator.call(listInstallationKeys, {})).status, 403);
  },
  effect: async () => {
    const { keyId } = await newGlobalKey();
    await server.world.db.insertInto('access_key').values({ vdn_id: 0, scheme: 'probe', key_id: newName(), label: '', secret: Buffer.from('x'), enabled: false, created_at: 0 }).execute();
    const { keys } = (await operator.call(listInstallationKeys, {})).body;
    assert.ok(keys.some((key) => key.keyId === keyId));
    assert.ok(keys.every(({ scheme }) => ['C2', 'C3', 'SIA'].includes(scheme)), 'what the start keeps there for itself is nobody\'s key');
    await freshTenant();
    assert.ok(!(await administrator.call(listKeys, {})).body.keys.some((key) => key.keyId === keyId));
  },
});

describeOperation(createInstallationKey, {
  example: async () => {
    const key = await newGlobalKey();
    assert.equal(key.label, 'Reporting');
  },
  badInput: async () => {
    await freshTenant();
    assert.equal((await administrator.call(createInstallationKey, { scheme: 'C2' })).status, 403);
    assert.equal((await operator.call(createInstallationKey, { scheme: 'C1' } as never)).status, 400);
    assert.equal((await operator.call(createInstallationKey, { scheme: 'C3' })).status, 400, 'a machine account needs a name');
  },
  effect: async () => {
    const key = await newGlobalKey();
    assert.equal(await pingStatus(key.keyId, key.secret), 200);
  },
});

describeOperation(replaceInstallationKeySecret, {
  example: async () => {
    const key = await newGlobalKey();
    assert.notEqual((await operator.call(replaceInstallationKeySecret, { scheme: 'C2', keyId: key.keyId })).body.secret, key.secret);
  },
  badInput: async () => {
    await freshTenant();
    const key = await newKey();
    assert.equal((await operator.call(replaceInstallationKeySecret, { scheme: 'C2', keyId: key.keyId })).status, 404, 'a tenant\'s key is the tenant\'s');
  },
  effect: async () => {
    const key = await newGlobalKey();
    const { body } = await operator.call(replaceInstallationKeySecret, { scheme: 'C2', keyId: key.keyId });
    assert.equal(await pingStatus(key.keyId, key.secret), 401);
    assert.equal(await pingStatus(key.keyId, body.secret), 200);
  },
});

describeOperation(changeInstallationKey, {
  example: async () => {
    const key = await newGlobalKey();
    assert.equal((await operator.call(changeInstallationKey, { scheme: 'C2', keyId: key.keyId, enabled: false })).body.enabled, false);
  },
  badInput: async () => {
    assert.equal((await operator.call(changeInstallationKey, { scheme: 'C2', keyId: 'nobody', enabled: false })).status, 404);
  },
  effect: async () => {
    const key = await newGlobalKey();
    await operator.call(changeInstallationKey, { scheme: 'C2', keyId: key.keyId, enabled: false });
    assert.equal(await pingStatus(key.keyId, key.secret), 401);
    await operator.call(changeInstallationKey, { scheme: 'C2', keyId: key.keyId, enabled: true });
    assert.equal(await pingStatus(key.keyId, key.secret), 200);
  },
});

describeOperation(deleteInstallationKey, {
  example: async () => {
    const key = await newGlobalKey();
    assert.equal((await operator.call(deleteInstallationKey, { scheme: 'C2', keyId: key.keyId })).status, 200);
  },
  badInput: async () => {
    assert.equal((await operator.call(deleteInstallationKey, { scheme: 'C2', keyId: 'nobody' })).status, 404);
  },
  effect: async () => {
    const key = await newGlobalKey();
    await operator.call(deleteInstallationKey, { scheme: 'C2', keyId: key.keyId });
    assert.equal(await pingStatus(key.keyId, key.secret), 401);
  },
});

describe('keys', () => {
  test('of two at once that want one name, in different tenants, exactly one gets it', async () => {
    const tenants = [await freshTenant(), await freshTenant(), await freshTenant()];
    const keyId = newName();
    const statuses = (await Promise.all(tenants.map((one) => one.administrator.call(createKey, { scheme: 'SIA', keyId })))).map(({ status }) => status);
    assert.deepEqual(statuses.toSorted((one, other) => one - other), [200, 409, 409]);
  });

  test('a tenant has a hundred keys at most', async () => {
    await freshTenant();
    for (let count = 1; count < 100; count += 1) assert.equal((await administrator.call(createKey, { scheme: 'C2' })).status, 200);
    const { status, body } = await administrator.call(createKey, { scheme: 'C2' });
    assert.equal(status, 409);
    assert.match(JSON.stringify(body), /100 keys/);
  });

  test('a change ends the tokens of that key, and of no other', async () => {
    await freshTenant();
    const { body: other } = await administrator.call(createKey, { scheme: 'C1' });
    const c1 = async (app_key: string, app_secret: string): Promise<string> => (await server.anyone.call(tokenByAkSk, { app_key, app_secret })).body.AccessToken;
    const kept = await c1(tenant.appKey, tenant.appSecret);
    const ended = await c1(other.keyId, other.secret);
    const statusOf = async (token: string): Promise<number> => (await createClient({ baseUrl: server.url, authorize: withBearer(token) }).call(querySkills, {})).status;
    assert.deepEqual([await statusOf(kept), await statusOf(ended)], [200, 200]);
    await administrator.call(deleteKey, { scheme: 'C1', keyId: other.keyId });
    assert.deepEqual([await statusOf(kept), await statusOf(ended)], [200, 401]);
  });

  test('C3 and SIA tokens end with their key\'s secret', async () => {
    await freshTenant();
    const c3 = (await administrator.call(createKey, { scheme: 'C3' })).body;
    const sia = (await administrator.call(createKey, { scheme: 'SIA' })).body;
    const { authToken } = (await server.anyone.call(oiapGetToken, { appKey: c3.keyId, appSecret: c3.secret })).body;
    const { token } = (await server.anyone.call(siaTokenJwt, { domain: sia.keyId, jwt: sia.secret })).body;
    for (const text of [authToken, token]) assert.ok(await server.parley.tokens.find(text) !== undefined);
    await administrator.call(replaceKeySecret, { scheme: 'C3', keyId: c3.keyId });
    await administrator.call(replaceKeySecret, { scheme: 'SIA', keyId: sia.keyId });
    for (const text of [authToken, token]) assert.equal(await server.parley.tokens.find(text), undefined);
  });

  test('another process hears of a change within seconds', async () => {
    await freshTenant();
    const key = await newKey();
    const door: Door = await openDoor(server);
    try {
      const there = createClient({ baseUrl: door.url, authorize: withSignature(key.keyId, key.secret, () => new Date(server.world.clock())) });
      assert.equal((await there.call(ctiServerTime, { ccId: 1 })).status, 200);
      await administrator.call(changeKey, { scheme: 'C2', keyId: key.keyId, enabled: false });
      server.advance(2001);
      assert.equal((await there.call(ctiServerTime, { ccId: 1 })).status, 401);
    } finally {
      await door.close();
    }
  });

  test('every change stands in the audit trail', async () => {
    await freshTenant();
    const key = await newKey();
    await administrator.call(changeKey, { scheme: 'C2', keyId: key.keyId, enabled: false });
    await administrator.call(replaceKeySecret, { scheme: 'C2', keyId: key.keyId });
    await administrator.call(deleteKey, { scheme: 'C2', keyId: key.keyId });
    const rows = await server.world.db.selectFrom('audit').selectAll().where('vdn_id', '=', tenant.vdnId).where('what', '=', 'key').orderBy('id').execute();
    assert.deepEqual(rows.map(({ operation }) => operation), ['createKey', 'changeKey', 'replaceKeySecret', 'deleteKey']);
    assert.ok(rows.every((row) => row.what_id === `C2:${key.keyId}`));
  });

  test('no secret, password or token stands in the audit trail, the journal, a table or the log', async () => {
    await freshTenant();
    const door = await openDoor(server);
    try {
      const mine = createClient({ baseUrl: door.url, authorize: withBearer(await server.parley.tokens.issue({ vdnId: tenant.vdnId, kind: 'session', subject: await administratorOf(), lifeMs: 60_000 })) });
      const secrets: string[] = [];
      for (const scheme of ['C1', 'C2', 'C3', 'SIA'] as const) {
        const made = (await mine.call(createKey, { scheme })).body;
        const replaced = (await mine.call(replaceKeySecret, { scheme, keyId: made.keyId })).body;
        secrets.push(made.secret, replaced.secret);
        if (scheme === 'C1') secrets.push((await post(door.url, tokenByAkSk.path, { app_key: made.keyId, app_secret: replaced.secret })).body['AccessToken'] as string);
        if (scheme === 'C3') secrets.push((await post(door.url, oiapGetToken.path, { appKey: made.keyId, appSecret: replaced.secret })).body['authToken'] as string);
        if (scheme === 'SIA') secrets.push((await post(door.url, siaTokenJwt.path, { domain: made.keyId, jwt: replaced.secret })).body['token'] as string);
      }
      const guess = 'a-password-that-was-guessed';
      secrets.push(guess);
      await post(door.url, tokenByAkSk.path, { app_key: tenant.appKey, app_secret: guess });
      await post(door.url, tokenByAkSk.path, {}, { body: `{"app_secret":"${guess}"` });
      await post(door.url, '/agentgateway/resource/config/login', { agentId: 101, password: guess });
      await post(door.url, '/admin/v1/tokens', { account: 'ann', password: guess });
      assert.ok(secrets.every((secret) => typeof secret === 'string' && secret.length >= 16));

      const { db } = server.world;
      const written = JSON.stringify([
        await db.selectFrom('audit').selectAll().execute(), await db.selectFrom('journal').selectAll().execute(),
        await db.selectFrom('access_token').selectAll().execute(), await db.selectFrom('access_key').selectAll().execute().then((keys) => keys.map((key) => ({ ...key, secret: key.secret.toString('latin1') }))),
      ]) + door.log();
      for (const secret of secrets) assert.ok(!written.includes(secret), `${secret} was written down`);
    } finally {
      await door.close();
    }
  });
});

/** Name of an account that may change keys. */
async function administratorOf(): Promise<string> {
  const account = `administrator-${randomBytes(4).toString('hex')}`;
  await server.parley.accounts.insert(server.world.db, tenant.vdnId, { account, name: account, role: 'administrator', email: '', phone: '', passwordHash: '' }, server.world.clock());
  return account;
}
