import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { issuePersonToken, revokeOwnToken, showOwnToken } from '@parley/contract/admin/token.ts';
import { listKeys } from '@parley/contract/admin/key.ts';
import { changeTenant } from '@parley/contract/admin/tenant.ts';
import { createClient, withBearer, type Client } from '@parley/contract/client.ts';
import { verifyToken } from '@parley/contract/portal/verify-token.ts';
import { connect } from '../../database/connect.ts';
import type { Role } from '../account/index.ts';
import { hashPassword } from '../../security/passwords.ts';
import { describeOperation, recorded } from '../../testing/operation-test.ts';
import { startTestServer, type TestServer, type TestTenant } from '../../testing/server.ts';
import { openDoor, post } from './access.fixture.ts';
import { tokenSweep } from './sweep.ts';

const DAY = 86_400_000;
const PASSWORD = 'Correct-Horse-7';

let server: TestServer;
let tenant: TestTenant;
let account: string;
let passwordHash: string;

before(async () => {
  server = await startTestServer();
  passwordHash = await hashPassword(PASSWORD);
});
after(() => server.close());

async function freshPerson(role: Role = 'agent'): Promise<void> {
  tenant = await server.tenant();
  account = `ann-${randomBytes(4).toString('hex')}`;
  await server.parley.accounts.insert(server.world.db, tenant.vdnId, { account, name: 'Ann', role, email: '', phone: '', passwordHash }, server.world.clock());
}

const issue = (input: { password?: string; lifeSeconds?: number } = {}) => server.anyone.call(issuePersonToken, { account, password: PASSWORD, ...input });
const tokenOf = async (lifeSeconds = 86_400): Promise<string> => (await issue({ lifeSeconds })).body.token;
const as = (token: string): Client => recorded(createClient({ baseUrl: server.url, authorize: withBearer(token) }), server.parley);
const verified = async (token?: string) => (await server.anyone.call(verifyToken, token === undefined ? {} : { token })).body;
const codeOf = async (token?: string): Promise<unknown> => (await verified(token))['returnCode'];

const identity = () => ({
  userAccount: account, userId: `${tenant.vdnId}:${account}`, tenantId: tenant.tenantId, tenantSpaceId: tenant.tenantSpaceId, locale: 'en_US',
});

describeOperation(verifyToken, {
  example: async () => {
    await freshPerson();
    const { status, body } = await server.anyone.call(verifyToken, { token: await tokenOf() });
    assert.equal(status, 200);
    assert.deepEqual(body, { returnCode: '0', returnMsg: 'success', data: identity() });
  },
  badInput: async () => {
    await freshPerson();
    for (const token of [undefined, '', '  ']) assert.equal(await codeOf(token), '1');
    for (const token of ['nonsense', 'x'.repeat(10_000)]) assert.equal(await codeOf(token), '2');
    const { status, body } = await server.anyone.call(verifyToken, { token: 'nonsense' });
    assert.deepEqual({ status, body }, { status: 200, body: { returnCode: '2', returnMsg: 'The token is not valid.' } });
    assert.equal((await post(server.url, verifyToken.path, { token: { of: 'another kind' } })).status, 400);
    assert.equal((await post(server.url, verifyToken.path, {}, { body: 'token' })).status, 400);
  },
  effect: async () => {
    await freshPerson();
    const token = await tokenOf();
    assert.equal(await codeOf(token), '0');
    await as(token).call(revokeOwnToken, {});
    assert.equal(await codeOf(token), '2');
  },
});

describeOperation(issuePersonToken, {
  example: async () => {
    await freshPerson();
    const { status, body } = await issue();
    assert.equal(status, 200);
    assert.ok(Math.abs(body.expiresAt - server.world.clock() - DAY) < 60_000);
  },
  badInput: async () => {
    await freshPerson();
    assert.equal((await issue({ password: 'wrong' })).status, 401);
    assert.equal((await issue({ lifeSeconds: 59 })).status, 400);
    assert.equal((await issue({ lifeSeconds: 30 * 86_400 + 1 })).status, 400);
    assert.equal((await server.anyone.call(issuePersonToken, { account: 'nobody', password: PASSWORD })).status, 401);
  },
  effect: async () => {
    await freshPerson();
    const { body } = await issue({ lifeSeconds: 60 });
    assert.deepEqual((await as(body.token).call(showOwnToken, {})).body, { account, kind: 'person', expiresAt: body.expiresAt });
  },
});

describeOperation(showOwnToken, {
  example: async () => {
    await freshPerson();
    const { body } = await as(await tokenOf()).call(showOwnToken, {});
    assert.equal(body.account, account);
    assert.equal((await tenant.administrator.call(showOwnToken, {})).body.kind, 'session');
  },
  badInput: async () => {
    assert.equal((await server.anyone.call(showOwnToken, {})).status, 401);
    assert.equal((await as('nonsense').call(showOwnToken, {})).status, 401);
  },
  effect: async () => {
    await freshPerson();
    const token = await tokenOf();
    await as(token).call(revokeOwnToken, {});
    assert.equal((await as(token).call(showOwnToken, {})).status, 401);
  },
});

describeOperation(revokeOwnToken, {
  example: async () => {
    await freshPerson();
    assert.deepEqual((await as(await tokenOf()).call(revokeOwnToken, {})).body, {});
  },
  badInput: async () => {
    assert.equal((await server.anyone.call(revokeOwnToken, {})).status, 401);
  },
  effect: async () => {
    await freshPerson();
    const [one, other] = [await tokenOf(), await tokenOf()];
    await as(one).call(revokeOwnToken, {});
    assert.equal((await as(one).call(revokeOwnToken, {})).status, 401);
    assert.equal(await codeOf(other), '0', 'only the token in use has ended');
  },
});

describe('tokens of people', () => {
  test('a session of the console tells whose it is as well; tokens of programs do not', async () => {
    await freshPerson();
    const kinds = [['session', '0'], ['C1', '2'], ['C3', '2'], ['C5', '2'], ['SIA', '2'], ['setup', '2']] as const;
    for (const [kind, code] of kinds) {
      const token = await server.parley.tokens.issue({ vdnId: tenant.vdnId, kind, subject: account, lifeMs: 60_000 });
      assert.equal(await codeOf(token), code, kind);
    }
  });

  test('an expired token is told from an unknown one for a day', async () => {
    await freshPerson();
    const token = await tokenOf(60);
    const sweep = tokenSweep({ tokens: server.parley.tokens, clock: server.world.clock });
    server.advance(61_000);
    await sweep();
    assert.equal(await codeOf(token), '3');
    server.advance(DAY);
    await sweep();
    server.advance(2500);
    assert.equal(await codeOf(token), '2');
  });

  test('a token that cannot be checked is a system error, with HTTP 200', async () => {
    const nowhere = connect('postgres://nobody@127.0.0.1:1/nothing');
    const door = await openDoor({ world: { ...server.world, db: nowhere.db } });
    try {
      const { status, body } = await post(door.url, verifyToken.path, { token: 'some token' });
      assert.deepEqual({ status, code: body['returnCode'] }, { status: 200, code: '4' });
    } finally {
      await door.close();
      await nowhere.close();
    }
  });

  test('a tenant that is switched off takes its persons\' tokens with it', async () => {
    await freshPerson();
    const token = await tokenOf();
    const operator = await server.signedIn(0, 'operator');
    await operator.call(changeTenant, { vdnId: tenant.vdnId, enabled: false });
    assert.equal(await codeOf(token), '2');
    assert.equal((await as(token).call(showOwnToken, {})).status, 401);
    assert.equal((await issue()).status, 401);
  });

  test('a person whose account is switched off has no valid token', async () => {
    await freshPerson();
    const token = await tokenOf();
    await server.parley.accounts.update(server.world.db, tenant.vdnId, account, { enabled: false });
    assert.equal(await codeOf(token), '2');
    assert.equal((await as(token).call(showOwnToken, {})).status, 401);
    assert.equal((await issue()).status, 401);
  });

  test('three wrong passwords lock the account', async () => {
    await freshPerson();
    for (let count = 0; count < 3; count += 1) assert.equal((await issue({ password: 'wrong' })).status, 401);
    const { status, body } = await issue();
    assert.equal(status, 403);
    assert.equal((body['error'] as { code: string }).code, 'locked');
  });

  test('a password that has expired gets no token', async () => {
    await freshPerson();
    server.advance(100 * DAY);
    const { status, body } = await issue();
    assert.equal(status, 403);
    assert.match(JSON.stringify(body), /expired/);
  });

  test('a person\'s token does what concerns the person alone, whatever the role, and only as a Bearer', async () => {
    await freshPerson('administrator');
    const token = await tokenOf();
    assert.equal((await as(token).call(showOwnToken, {})).status, 200);
    assert.equal((await as(token).call(listKeys, {})).status, 401);
    const cookie = recorded(createClient({ baseUrl: server.url, authorize: () => ({ cookie: `parley_session=${token}` }) }), server.parley);
    assert.equal((await cookie.call(showOwnToken, {})).status, 401);
  });

  test('the token is taken in the wrapper of the table too', async () => {
    await freshPerson();
    const { body } = await post(server.url, verifyToken.path, { requestBody: { token: await tokenOf() } });
    assert.equal(body['returnCode'], '0');
  });
});
