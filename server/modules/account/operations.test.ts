import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { unlockAccount } from '@parley/contract/admin/agent-account.ts';
import { queryAgentLoginParams } from '@parley/contract/configuration/agent-information.ts';
import { refusalText } from '@parley/contract/refusal.ts';
import { hashPassword } from '../../security/passwords.ts';
import { describeOperation } from '../../testing/operation-test.ts';
import { startTestServer, type TestServer, type TestTenant } from '../../testing/server.ts';
import { createAgent, PASSWORD } from '../agent/agent.fixture.ts';
import { accountEraser } from './index.ts';

let server: TestServer;
let tenant: TestTenant;

before(async () => { server = await startTestServer(); });
after(() => server.close());
beforeEach(async () => { tenant = await server.tenant(); });

const login = async (password: string) => (await tenant.client.call(queryAgentLoginParams, { account: 'ann.agent', password })).body['returnCode'];

async function lockAgent(): Promise<void> {
  await createAgent(tenant, 'ann.agent', { userName: 'Ann' });
  for (let index = 0; index < 3; index += 1) await login('Wr0ng!!!');
}

describeOperation(unlockAccount, {
  example: async () => {
    await lockAgent();
    const { status, body } = await tenant.administrator.call(unlockAccount, { account: 'ann.agent' });
    assert.equal(status, 200);
    assert.deepEqual(body, { account: 'ann.agent', name: 'Ann', role: 'agent', enabled: true, lockedUntil: 0 });
  },
  badInput: async () => {
    const { status, body } = await tenant.administrator.call(unlockAccount, { account: 'nobody-here' });
    assert.equal(status, 404);
    assert.equal((body as unknown as { error: { code: string } }).error.code, 'not-found');
  },
  effect: async () => {
    await lockAgent();
    assert.equal(await login(PASSWORD), '1');
    await tenant.administrator.call(unlockAccount, { account: 'ann.agent' });
    assert.equal(await login('Wr0ng!!!'), '1');
    assert.equal(await login(PASSWORD), '0', 'the failures are forgotten, too');
  },
});

describe('unlocking', () => {
  test('only administrators of the tenant may', async () => {
    await lockAgent();
    for (const role of ['agent', 'supervisor'] as const) {
      const client = await server.signedIn(tenant.vdnId, role);
      assert.equal((await client.call(unlockAccount, { account: 'ann.agent' })).status, 403, role);
    }
    assert.equal((await server.anyone.call(unlockAccount, { account: 'ann.agent' })).status, 401);
    const other = await server.tenant();
    assert.equal((await other.administrator.call(unlockAccount, { account: 'ann.agent' })).status, 404);
    assert.equal(await login(PASSWORD), '1');
  });

  test('stands in the trail', async () => {
    await lockAgent();
    await tenant.administrator.call(unlockAccount, { account: 'ann.agent' });
    const rows = await server.world.db.selectFrom('audit').selectAll().where('vdn_id', '=', tenant.vdnId).where('what', '=', 'account').execute();
    assert.deepEqual(rows.map(({ operation, what_id: id, after: now }) => ({ operation, id, now })), [{ operation: 'unlockAccount', id: 'ann.agent', now: { lockedUntil: 0 } }]);
  });
});

describe('accounts', () => {
  const insert = async (account: string, vdnId = tenant.vdnId, password = PASSWORD) => server.parley.accounts.insert(server.world.db, vdnId, {
    account, name: 'Ann', role: 'supervisor', email: `${account}@example.com`, phone: '4930123', passwordHash: await hashPassword(password),
  }, server.world.clock());
  const signIn = (account: string, password: string) => server.parley.accounts.signIn(tenant.vdnId, account, password, server.world.clock());

  test('are found, listed and changed in their own tenant only', async () => {
    const { accounts } = server.parley;
    const { db } = server.world;
    const other = await server.tenant();
    for (const name of ['beate', 'anton']) await insert(name);
    await insert('anton', other.vdnId);
    await accounts.update(db, tenant.vdnId, 'anton', { name: 'Anton', enabled: false });
    assert.deepEqual((await accounts.list(db, tenant.vdnId)).map((account) => account.account).slice(-2).toSorted(), ['anton', 'beate'].toSorted());
    const found = await accounts.findMany(db, tenant.vdnId, ['anton', 'beate', 'nobody-here']);
    assert.deepEqual([...found.keys()].toSorted(), ['anton', 'beate']);
    assert.deepEqual([found.get('anton')?.name, found.get('anton')?.enabled], ['Anton', false]);
    assert.equal((await accounts.find(db, other.vdnId, 'anton'))?.enabled, true);
    await accounts.remove(db, tenant.vdnId, 'anton');
    assert.equal(await accounts.find(db, tenant.vdnId, 'anton'), undefined);
    assert.ok(await accounts.find(db, other.vdnId, 'anton'));
    assert.equal(JSON.stringify([...found.values()]).includes('argon2'), false, 'hashes stay inside');
  });

  test('that are switched off do not sign in', async () => {
    await insert('anton');
    await server.parley.accounts.update(server.world.db, tenant.vdnId, 'anton', { enabled: false });
    assert.deepEqual(await signIn('anton', PASSWORD), { ok: false, why: 'wrong' });
  });

  test('that do not exist are as wrong as passwords are, also where the name cannot be one', async () => {
    for (const name of ['nobody-here', '', 'a\0b', 'x'.repeat(10_000)]) {
      assert.deepEqual(await signIn(name, PASSWORD), { ok: false, why: 'wrong' });
      assert.deepEqual(await server.parley.accounts.signInAnywhere(name, PASSWORD, server.world.clock()), { ok: false, why: 'wrong' });
    }
  });

  test('of one name in several tenants are all locked by guessing', async () => {
    const other = await server.tenant();
    const name = `shared-${tenant.vdnId}`;
    await insert(name);
    await insert(name, other.vdnId, 'Oth3r$pw');
    const anywhere = (password: string) => server.parley.accounts.signInAnywhere(name, password, server.world.clock());
    for (let index = 0; index < 3; index += 1) assert.deepEqual(await anywhere('Wr0ng!!!'), { ok: false, why: 'wrong' });
    for (const password of [PASSWORD, 'Oth3r$pw']) assert.deepEqual(await anywhere(password), { ok: false, why: 'locked' });
    assert.deepEqual(await signIn(name, PASSWORD), { ok: false, why: 'locked' });
    await server.parley.accounts.unlock(server.world.db, other.vdnId, name);
    const outcome = await anywhere('Oth3r$pw');
    assert.equal(outcome.ok && outcome.account.vdnId, other.vdnId);
  });

  test('say why a new password is refused', async () => {
    const { accounts } = server.parley;
    const { db } = server.world;
    await insert('anton');
    const refusal = async (password: string, account = 'anton') => {
      const found = await accounts.checkNewPassword(db, tenant.vdnId, account, password, server.world.clock());
      return found && [found.refused.name, refusalText(found)];
    };
    assert.deepEqual(await refusal('short'), ['invalid', 'Wrong parameter: the password needs at least 8 characters.']);
    assert.deepEqual(await refusal(PASSWORD), ['invalid', 'Wrong parameter: the password must not be one of the last 5.']);
    assert.deepEqual(await refusal('Te$t5678', 'nobody-here'), ['notFound', 'There is no account nobody-here.']);
    assert.equal(await refusal('Te$t5678'), undefined);
    await accounts.setPassword(db, tenant.vdnId, 'anton', await hashPassword('Te$t5678'), server.world.clock() + 1);
    assert.deepEqual(await refusal('Te$t6789'), ['conflict', 'the password was changed in the last 24 hours.']);
  });

  test('lose what is personal when they are erased, and nobody else does', async () => {
    const { accounts } = server.parley;
    const { db } = server.world;
    const other = await server.tenant();
    for (const name of ['anton', 'beate', 'carla']) await insert(name);
    await insert('anton', other.vdnId);
    await accounts.update(db, tenant.vdnId, 'carla', { phone: '99' });
    assert.deepEqual(await accountEraser.erase(db, tenant.vdnId, ['anton', '99', 'beate@example.com']), { account: 3 });
    const shown = async (vdnId: number, name: string) => {
      const account = await accounts.find(db, vdnId, name);
      return [account?.email, account?.phone];
    };
    assert.deepEqual(await shown(tenant.vdnId, 'anton'), ['', '']);
    assert.deepEqual(await shown(tenant.vdnId, 'beate'), ['', '4930123']);
    assert.deepEqual(await shown(tenant.vdnId, 'carla'), ['carla@example.com', '']);
    assert.deepEqual(await shown(other.vdnId, 'anton'), ['anton@example.com', '4930123']);
    assert.deepEqual(await accountEraser.erase(db, tenant.vdnId, ['anton']), { account: 0 });
  });
});
