import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { agentAccountUpdate } from '@parley/contract/configuration/agent-account.ts';
import { queryAgentInfoByAccount, queryAgentLoginParams } from '@parley/contract/configuration/agent-information.ts';
import { updateSipPhonePassword } from '@parley/contract/configuration/sip-phone.ts';
import { hashPassword } from '../../security/passwords.ts';
import { startTestServer, type TestServer, type TestTenant } from '../../testing/server.ts';
import { createAccounts } from '../account/index.ts';
import { createAgent, DAY_MS, MINUTE_MS, PASSWORD, phoneOf, reopen } from './agent.fixture.ts';

let server: TestServer;
let tenant: TestTenant;

before(async () => { server = await startTestServer(); });
after(() => server.close());
beforeEach(async () => { tenant = await server.tenant(); });

const changePhone = async (newPhonePwd: string, accountPwd = PASSWORD, userAccount = 'ann.agent') =>
  (await tenant.client.call(updateSipPhonePassword, { userAccount, accountPwd, newPhonePwd })).body;
const login = async (account: string, password: string) => (await tenant.client.call(queryAgentLoginParams, { account, password })).body;

describe('account passwords', () => {
  const change = async (oldPassWord: string, newPassWord: string) =>
    (await tenant.client.call(agentAccountUpdate, { userAccount: 'ann.agent', oldPassWord, newPassWord })).body;

  test('three wrong old passwords lock the account: the right one is refused for 30 minutes, the CTI password is not touched', async () => {
    const workNo = await createAgent(tenant, 'ann.agent');
    const phone = await phoneOf(tenant, workNo);
    for (let index = 0; index < 3; index += 1) assert.equal((await change('Wr0ng!!!', 'Te$t5678'))['resultMessage'], 'The account or its password is wrong.');
    const locked = /locked after three wrong passwords/;
    assert.match(String((await change(PASSWORD, 'Te$t5678'))['resultMessage']), locked);
    assert.match(String((await changePhone('Phone_2468'))['resultMessage']), locked);
    assert.match(String((await login('ann.agent', PASSWORD))['message']), locked);
    assert.deepEqual(await phoneOf(tenant, workNo), phone, 'the CTI password is shown as before');
    server.advance(30 * MINUTE_MS - 20_000);
    assert.match(String((await login('ann.agent', PASSWORD))['message']), locked);
    server.advance(21_000);
    tenant = await reopen(server, tenant);
    assert.equal((await change(PASSWORD, 'Te$t5678'))['resultCode'], '0');
    assert.equal((await login('ann.agent', 'Te$t5678'))['returnCode'], '0');
    assert.deepEqual(await phoneOf(tenant, workNo), phone);
  });

  test('failures of all operations count together, and a right password forgets them', async () => {
    await createAgent(tenant, 'ann.agent');
    await change('Wr0ng!!!', 'Te$t5678');
    await changePhone('Phone_2468', 'Wr0ng!!!');
    assert.equal((await login('ann.agent', PASSWORD))['returnCode'], '0');
    await changePhone('Phone_2468', 'Wr0ng!!!');
    await login('ann.agent', 'Wr0ng!!!');
    assert.equal((await changePhone('Phone_2468'))['resultCode'], '0');
    for (const attempt of [() => change('Wr0ng!!!', 'Te$t5678'), () => changePhone('Phone_2468', 'Wr0ng!!!'), () => login('ann.agent', 'Wr0ng!!!')]) await attempt();
    assert.match(String((await login('ann.agent', PASSWORD))['message']), /locked/);
  });

  test('guesses at once are counted as guesses in a row', async () => {
    await createAgent(tenant, 'ann.agent');
    const replies = await Promise.all(Array.from({ length: 12 }, (_, index) => login('ann.agent', index === 11 ? PASSWORD : `Wr0ng!!${index}`)));
    const messages = replies.map((reply) => String(reply['message']));
    assert.equal(messages.filter((message) => message.includes('is wrong')).length, 3);
    assert.equal(messages.filter((message) => message.includes('locked')).length, 9);
  });

  test('a wrong old password counts also where the rest of the change would be refused', async () => {
    await createAgent(tenant, 'ann.agent');
    for (let index = 0; index < 3; index += 1) {
      const { body } = await tenant.client.call(agentAccountUpdate, {
        userAccount: 'ann.agent', oldPassWord: 'Wr0ng!!!', newPassWord: 'Te$t5678', skills: [{ skillId: 9, agentWeight: 1, skillWeight: 1 }],
      });
      assert.equal(body['resultMessage'], 'The account or its password is wrong.');
    }
    assert.match(String((await login('ann.agent', PASSWORD))['message']), /locked/);
  });

  test('the lock outlives a restart', async () => {
    await createAgent(tenant, 'ann.agent');
    for (let index = 0; index < 3; index += 1) await login('ann.agent', 'Wr0ng!!!');
    const restarted = createAccounts({ db: server.world.db });
    assert.deepEqual(await restarted.signIn(tenant.vdnId, 'ann.agent', PASSWORD, server.world.clock()), { ok: false, why: 'locked' });
  });

  test('a password changes once in 24 hours, and of two changes at once one succeeds', async () => {
    await createAgent(tenant, 'ann.agent');
    const codes = (await Promise.all(['Te$t5678', 'Te$t6789'].map((fresh) => change(PASSWORD, fresh)))).map((body) => String(body['resultCode']));
    assert.deepEqual(codes.toSorted(), ['0', '1']);
    const current = codes[0] === '0' ? 'Te$t5678' : 'Te$t6789';
    assert.match(String((await change(current, 'Te$t7890'))['resultMessage']), /in the last 24 hours/);
    server.advance(DAY_MS);
    tenant = await reopen(server, tenant);
    assert.equal((await change(current, 'Te$t7890'))['resultCode'], '0');
  });

  test('the last five passwords are refused, the sixth may come back', async () => {
    await createAgent(tenant, 'ann.agent');
    const passwords = [PASSWORD, 'Te$t0001', 'Te$t0002', 'Te$t0003', 'Te$t0004', 'Te$t0005'];
    for (const [index, fresh] of passwords.entries()) {
      if (index > 0) assert.equal((await change(passwords[index - 1] ?? '', fresh))['resultCode'], '0', fresh);
      server.advance(DAY_MS);
      tenant = await reopen(server, tenant);
    }
    for (const used of passwords.slice(1)) assert.match(String((await change('Te$t0005', used))['resultMessage']), /one of the last 5/, used);
    assert.equal((await change('Te$t0005', PASSWORD))['resultCode'], '0');
    const kept = await server.world.db.selectFrom('account_password').select('changed_at').where('vdn_id', '=', tenant.vdnId).where('account', '=', 'ann.agent').execute();
    assert.equal(kept.length, 5);
  });

  test('a password older than 90 days only serves to change it', async () => {
    await createAgent(tenant, 'ann.agent');
    server.advance(90 * DAY_MS);
    tenant = await reopen(server, tenant);
    assert.deepEqual(await login('ann.agent', PASSWORD), { returnCode: '1', message: 'The password is older than 90 days; change it first.' });
    assert.match(String((await changePhone('Phone_2468'))['resultMessage']), /older than 90 days/);
    assert.equal((await server.anyone.call(queryAgentInfoByAccount, { accountCode: 'ann.agent', username: 'ann.agent', password: PASSWORD })).status, 403);
    assert.equal((await change(PASSWORD, 'Te$t5678'))['resultCode'], '0');
    assert.equal((await login('ann.agent', 'Te$t5678'))['returnCode'], '0');
  });

  test('a changed password ends the sessions of the account', async () => {
    await createAgent(tenant, 'ann.agent');
    const session = await server.parley.tokens.issue({ vdnId: tenant.vdnId, kind: 'session', subject: 'ann.agent', lifeMs: 3_600_000 });
    await change(PASSWORD, 'Te$t5678');
    assert.equal(await server.parley.tokens.find(session), undefined);
  });

  test('an account that is no agent has no phone', async () => {
    const { accounts } = server.parley;
    await accounts.insert(server.world.db, tenant.vdnId, {
      account: 'boss-account', name: 'Boss', role: 'administrator', email: '', phone: '', passwordHash: await hashPassword(PASSWORD),
    }, server.world.clock());
    assert.equal((await login('boss-account', PASSWORD))['message'], 'There is no agent account boss-account.');
    assert.equal((await changePhone('Phone_2468', PASSWORD, 'boss-account'))['resultMessage'], 'There is no agent account boss-account.');
    assert.equal((await tenant.client.call(queryAgentInfoByAccount, { accountCode: 'boss-account' })).body['returnCode'], '1');
  });
});
