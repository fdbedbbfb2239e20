import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { queryAgentInfo, queryAgentInfoByAccount, queryAgentLoginParams, querySysInfo } from '@parley/contract/configuration/agent-information.ts';
import { updateSipPhonePassword } from '@parley/contract/configuration/sip-phone.ts';
import type { Input } from '@parley/contract/operation.ts';
import { describeOperation } from '../../testing/operation-test.ts';
import { startTestServer, type TestServer, type TestTenant } from '../../testing/server.ts';
import { createAgent, PASSWORD, phoneOf, showAgent } from './agent.fixture.ts';
import { newSecrets, sealSipPassword } from './secrets.ts';

const told: { vdnId: number; sipNumber: string }[] = [];

let server: TestServer;
let tenant: TestTenant;

before(async () => {
  server = await startTestServer({
    world: {
      live: {
        endAgent: () => Promise.resolve(),
        endRegistrations: (vdnId, sipNumber) => { told.push({ vdnId, sipNumber }); return Promise.resolve(); },
        queuesHoldingCalls: () => Promise.resolve([]),
      },
      addresses: { service: { host: 'cc.example.com', port: 448 }, sip: { host: '10.10.10.11', port: 5060 }, webrtc: { host: 'rtc.example.com', port: 8443 } },
    },
  });
});
after(() => server.close());
beforeEach(async () => { tenant = await server.tenant(); });

const changePhone = async (newPhonePwd: string, accountPwd = PASSWORD, userAccount = 'ann.agent') =>
  (await tenant.client.call(updateSipPhonePassword, { userAccount, accountPwd, newPhonePwd })).body;
const login = async (account: string, password: string) => (await tenant.client.call(queryAgentLoginParams, { account, password })).body;

describeOperation(updateSipPhonePassword, {
  example: async () => {
    await createAgent(tenant, 'test123456');
    const [example] = updateSipPhonePassword.examples ?? [];
    const { body } = await tenant.client.call(updateSipPhonePassword, example?.request as Input<typeof updateSipPhonePassword>);
    assert.deepEqual(body, example?.response);
  },
  badInput: async () => {
    const workNo = await createAgent(tenant, 'ann.agent');
    const earlier = await phoneOf(tenant, workNo);
    assert.match(String((await changePhone('short'))['resultMessage']), /newPhonePwd: 8 to 16/);
    assert.equal((await changePhone('Phone_2468', 'Wr0ng!!!'))['resultMessage'], 'The account or its password is wrong.');
    assert.equal((await changePhone('Phone_2468', PASSWORD, 'nobody-here'))['resultMessage'], 'There is no agent account nobody-here.');
    assert.deepEqual(await phoneOf(tenant, workNo), earlier, 'the password stayed');
  },
  effect: async () => {
    const workNo = await createAgent(tenant, 'ann.agent');
    const earlier = await phoneOf(tenant, workNo);
    await changePhone('Phone_2468');
    assert.deepEqual(await phoneOf(tenant, workNo), { ...earlier, sipPwd: 'Phone_2468' });
    assert.ok(told.some(({ vdnId, sipNumber }) => vdnId === tenant.vdnId && sipNumber === earlier?.sipAccount), 'the registrar was told');
    const rows = await server.world.db.selectFrom('audit').select('after').where('operation', '=', 'updateSipPhonePassword').where('vdn_id', '=', tenant.vdnId).execute();
    assert.equal(rows.length, 1);
    assert.equal(JSON.stringify(rows).includes('Phone_2468'), false);
  },
});

const signature = async () => server.parley.tokens.issue({ vdnId: tenant.vdnId, kind: 'C1', subject: tenant.appKey, lifeMs: 60_000 });

describeOperation(querySysInfo, {
  example: async () => {
    await createAgent(tenant, 'agent-1');
    const { body, headers } = await tenant.client.call(querySysInfo, {});
    const [agent] = body.agents;
    assert.deepEqual(body, {
      serviceIp: 'cc.example.com', servicelp: 'cc.example.com', servicePort: 448, sipServiceIp: '10.10.10.11', sipServicePort: 5060,
      agents: [{ workNo: 101, sipAccount: agent?.sipAccount, sipPwd: agent?.sipPwd, password: agent?.password }],
    });
    assert.equal(headers.get('cache-control'), 'no-store');
  },
  badInput: async () => {
    const { status, body } = await server.anyone.call(querySysInfo, {});
    assert.equal(status, 401);
    assert.equal((body as Record<string, unknown>)['resultCode'], '1');
  },
  effect: async () => {
    for (const account of ['agent-1', 'agent-2', 'agent-3']) await createAgent(tenant, account);
    const { body } = await tenant.client.call(querySysInfo, {});
    assert.deepEqual(body.agents.map((agent) => agent.workNo), [101, 102, 103]);
    const secrets = body.agents.flatMap((agent) => [agent.password, agent.sipPwd]);
    assert.equal(new Set(secrets).size, 6, 'each password is of its own');
    for (const agent of body.agents) {
      assert.match(agent.password, /^[A-Za-z0-9]{8}$/);
      assert.match(agent.sipPwd, /^[A-Za-z0-9]{8,16}$/);
      assert.equal(agent.sipAccount, (await showAgent(tenant, `agent-${agent.workNo - 100}`))?.sipAccount);
    }
  },
});

describeOperation(queryAgentInfo, {
  example: async () => {
    await createAgent(tenant, 'agent-1');
    const { body } = await tenant.client.call(queryAgentInfo, {});
    const [agent] = body.agents;
    assert.deepEqual(body, {
      sipServiceIp: '10.10.10.11', sipServicePort: 5060, agents: [{ workNo: 101, sipAccount: agent?.sipAccount, sipPwd: agent?.sipPwd, accountCode: 'agent-1' }],
    });
  },
  badInput: async () => assert.equal((await server.anyone.call(queryAgentInfo, {})).status, 401),
  effect: async () => {
    await createAgent(tenant, 'agent-1');
    const { body: { agents: [shown] } } = await tenant.client.call(queryAgentInfo, {});
    const phone = await phoneOf(tenant, 101);
    assert.deepEqual([shown?.sipAccount, shown?.sipPwd], [phone?.sipAccount, phone?.sipPwd]);
  },
});

describeOperation(queryAgentLoginParams, {
  example: async () => {
    const workNo = await createAgent(tenant, 'ann.agent');
    const phone = await phoneOf(tenant, workNo);
    const { body, headers } = await tenant.client.call(queryAgentLoginParams, { account: 'ann.agent', password: PASSWORD });
    assert.deepEqual(body, {
      returnCode: '0', message: 'verify Account or password success.',
      results: {
        workNo: '101', password: phone?.password, sipAccount: phone?.sipAccount, sipPwd: phone?.sipPwd,
        sipServerInfo: [
          { sipServiceIp: '10.10.10.11', sipServicePort: '5060', type: '0' },
          { sipServiceIp: 'rtc.example.com', sipServicePort: '8443', type: '1' },
        ],
      },
    });
    assert.equal(headers.get('cache-control'), 'no-store');
  },
  badInput: async () => {
    await createAgent(tenant, 'ann.agent');
    assert.deepEqual(await login('ann.agent', 'Wr0ng!!!'), { returnCode: '1', message: 'The account or its password is wrong.' });
    assert.deepEqual(await login('nobody-here', PASSWORD), { returnCode: '1', message: 'The account or its password is wrong.' });
  },
  effect: async () => {
    const workNo = await createAgent(tenant, 'ann.agent');
    const { results } = await login('ann.agent', PASSWORD);
    const phone = await phoneOf(tenant, workNo);
    assert.deepEqual([results.workNo, results.password, results.sipPwd], [String(workNo), phone?.password, phone?.sipPwd]);
  },
});

const ask = (input: Input<typeof queryAgentInfoByAccount>) => server.anyone.call(queryAgentInfoByAccount, input);

describeOperation(queryAgentInfoByAccount, {
  example: async () => {
    await createAgent(tenant, 'Agents', { agentType: 5 });
    const [byToken] = queryAgentInfoByAccount.examples ?? [];
    const answer = { returnCode: '0', data: { workNo: 101, agentType: 5, agentStatus: '0' }, description: 'query success' };
    assert.deepEqual((await tenant.client.call(queryAgentInfoByAccount, byToken?.request as Input<typeof queryAgentInfoByAccount>)).body, answer);
    await createAgent(tenant, `itau_group-${tenant.vdnId}`);
    assert.deepEqual((await ask({ accountCode: 'Agents', username: `itau_group-${tenant.vdnId}`, password: PASSWORD })).body, answer);
  },
  badInput: async () => {
    const refused = { returnCode: '1', description: 'There is no agent account nobody-here.', data: { workNo: '' } };
    assert.deepEqual((await tenant.client.call(queryAgentInfoByAccount, { accountCode: 'nobody-here' })).body, refused);
    const account = `agent-${tenant.vdnId}-bad`;
    await createAgent(tenant, account);
    const long = 'x'.repeat(65);
    for (const credentials of [{}, { username: account }, { username: account, password: 'Wr0ng!!!' }, { username: 'nobody-here', password: PASSWORD }, { username: 'a\0b', password: 'x' }, { username: long, password: long }]) {
      const { status, body } = await ask({ accountCode: account, ...credentials });
      assert.equal(status, 403, JSON.stringify(credentials));
      const { returnCode, data } = body as unknown as { returnCode: string; data: object };
      assert.deepEqual({ returnCode, data }, { returnCode: '1', data: { workNo: '' } });
    }
    assert.equal((await tenant.client.call(queryAgentInfoByAccount, { accountCode: 'x'.repeat(65) })).status, 400);
  },
  effect: async () => {
    const workNo = await createAgent(tenant, 'ann.agent', { agentType: 11 });
    const { body } = await tenant.client.call(queryAgentInfoByAccount, { accountCode: 'ann.agent' });
    assert.equal(body.data.workNo, workNo);
    assert.equal(body.data.agentType, (await showAgent(tenant, 'ann.agent'))?.agentType);
  },
});

describe('credentials in the body (5.1.12)', () => {
  test('they show the agents of the account\'s own tenant only', async () => {
    const account = `group-${tenant.vdnId}`;
    await createAgent(tenant, account);
    const other = await server.tenant();
    await createAgent(other, `theirs-${other.vdnId}`);
    assert.equal((await ask({ accountCode: `theirs-${other.vdnId}`, username: account, password: PASSWORD })).body['returnCode'], '1');
    assert.equal((await other.client.call(queryAgentInfoByAccount, { accountCode: account })).body['returnCode'], '1');
  });

  test('the account of that name is found in whichever tenant its password is right', async () => {
    const other = await server.tenant();
    const account = `shared-${other.vdnId}`;
    await createAgent(tenant, account);
    await createAgent(other, account, { password: 'Oth3r$pw', agentType: 99 });
    const { body } = await ask({ accountCode: account, username: account, password: 'Oth3r$pw' });
    assert.equal(body.data.agentType, 99);
    for (let index = 0; index < 4; index += 1) await ask({ accountCode: account, username: account, password: 'Oth3r$pw' });
    assert.equal((await ask({ accountCode: account, username: account, password: PASSWORD })).body.data.agentType, 4, 'being right in one tenant is no failure in the other');
  });

  test('a bad token is refused as a token, whatever the body says', async () => {
    const account = `token-${tenant.vdnId}`;
    await createAgent(tenant, account);
    const { status } = await server.anyone.call(queryAgentInfoByAccount, { accountCode: account, username: account, password: PASSWORD }, { authorization: 'Bearer nonsense' });
    assert.equal(status, 401);
  });

  test('field names are read in any letter case, and the path is, too', async () => {
    const account = `case-${tenant.vdnId}`;
    await createAgent(tenant, account);
    const response = await fetch(`${server.url}/apiaccess/rest/cc-management/v1/queryagentinfobyaccount`, {
      method: 'POST', body: JSON.stringify({ AccountCode: account, userName: account, PASSWORD }), headers: { 'content-type': 'application/json' }, signal: AbortSignal.timeout(30_000),
    });
    assert.equal((await response.json() as { returnCode: string }).returnCode, '0');
  });

  test('three wrong passwords lock the account here, too', async () => {
    const account = `locked-${tenant.vdnId}`;
    await createAgent(tenant, account);
    for (let index = 0; index < 3; index += 1) await ask({ accountCode: account, username: account, password: 'Wr0ng!!!' });
    const { status, body } = await ask({ accountCode: account, username: account, password: PASSWORD });
    assert.equal(status, 403);
    assert.match(String(body['description']), /locked/i);
    assert.match((await login(account, PASSWORD))['message'] as string, /locked/);
  });

  test('the accounts of a tenant that is switched off open nothing', async () => {
    const account = `off-${tenant.vdnId}`;
    await createAgent(tenant, account);
    const found = await server.parley.tenants.find(tenant.vdnId);
    assert.ok(found);
    await server.parley.tenants.update(server.world.db, { ...found, enabled: false });
    server.advance(3000);
    assert.equal((await ask({ accountCode: account, username: account, password: PASSWORD })).status, 403);
  });

  test('a body that is not JSON is refused without a password being tried', async () => {
    const response = await fetch(`${server.url}${queryAgentInfoByAccount.path}`, { method: 'POST', body: '{"username":', signal: AbortSignal.timeout(30_000) });
    assert.equal(response.status, 403);
  });
});

describe('many agents', () => {
  test('the passwords of 1,000 agents are shown at once', async () => {
    const { db } = server.world;
    await createAgent(tenant, 'agent-1');
    const numbers = Array.from({ length: 1000 }, (_, index) => 1000 + index);
    await db.insertInto('account').values(numbers.map((workNo) => ({
      vdn_id: tenant.vdnId, account: `many-${workNo}`, name: '', role: 'agent', email: '', phone: '', password_hash: '', password_changed_at: 0, created_at: 0,
    }))).execute();
    await db.insertInto('agent').values(numbers.map((workNo) => ({
      vdn_id: tenant.vdnId, work_no: workNo, account: `many-${workNo}`, agent_type: 4, role_id: 2, sip_number: `many-${tenant.vdnId}-${workNo}`,
      sip_password: Buffer.from(sealSipPassword(server.world.vault, tenant.vdnId, workNo, `Sip_${workNo}`)),
      cti_password: Buffer.from(newSecrets(server.world.vault, tenant.vdnId, workNo).ctiPassword), cti_fingerprint: '', created_at: 0,
    }))).execute();
    const { body } = await tenant.client.call(querySysInfo, {});
    assert.equal(body.agents.length, 1001);
    assert.equal(body.agents.find((agent) => agent.workNo === 1999)?.sipPwd, 'Sip_1999');
    assert.equal((await tenant.client.call(queryAgentInfo, {})).body.agents.length, 1001);
  });

  test('a secret that was moved to another agent\'s row is not shown as that agent\'s', async () => {
    const { db } = server.world;
    for (const account of ['agent-1', 'agent-2']) await createAgent(tenant, account);
    const row = await db.selectFrom('agent').select('sip_password').where('vdn_id', '=', tenant.vdnId).where('work_no', '=', 101).executeTakeFirstOrThrow();
    await db.updateTable('agent').set(row).where('vdn_id', '=', tenant.vdnId).where('work_no', '=', 102).execute();
    const response = await fetch(`${server.url}${querySysInfo.path}`, { headers: { authorization: `Bearer ${await signature()}` }, signal: AbortSignal.timeout(30_000) });
    assert.equal(response.status, 500);
  });
});
