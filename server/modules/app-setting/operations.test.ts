import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { agentAccountCreate } from '@parley/contract/configuration/agent-account.ts';
import { appSettingsCreate, appSettingsDelete, appSettingsQuery, appSettingsUpdate } from '@parley/contract/configuration/app-setting.ts';
import type { Input } from '@parley/contract/operation.ts';
import { userIdOf } from '@parley/core/access/user-id.ts';
import { describeOperation } from '../../testing/operation-test.ts';
import { startTestServer, type TestServer, type TestTenant } from '../../testing/server.ts';
import { appSettingEraser } from './index.ts';

const example = appSettingsCreate.examples?.[0]?.request as Input<typeof appSettingsCreate>;
const { userId } = example;

let server: TestServer;
let tenant: TestTenant;

before(async () => { server = await startTestServer(); });
after(() => server.close());

const fresh = async (): Promise<void> => { tenant = await server.tenant(); };
const create = async (changes: object = {}) => (await tenant.client.call(appSettingsCreate, { ...example, ...changes })).body;
const query = async (id = userId) => (await tenant.client.call(appSettingsQuery, { userId: id })).body;

describeOperation(appSettingsCreate, {
  example: async () => {
    await fresh();
    const body = await create();
    assert.match(String(body.id), /^\d{19}$/);
    assert.equal(body['returnDesc'], 'The AgentSettings created successfully.');
  },
  badInput: async () => {
    await fresh();
    assert.equal((await tenant.client.call(appSettingsCreate, { ...example, callNumber: ['1', '2', '3', '4', '5', '6'] })).status, 400);
    assert.equal((await tenant.client.call(appSettingsCreate, { ...example, callNumberDefault: '1234567890123456' })).status, 400);
    assert.equal((await tenant.client.call(appSettingsCreate, { ...example, callType: '3' as '1' })).status, 400);
  },
  effect: async () => {
    await fresh();
    const { id } = await create();
    assert.deepEqual(await query(), { returnCode: '0', returnDesc: 'query success', ...example, id });
  },
});

describeOperation(appSettingsUpdate, {
  example: async () => {
    await fresh();
    const { id = '' } = await create();
    const { body } = await tenant.client.call(appSettingsUpdate, { id, userId, callerPresent: ['12323'] });
    assert.deepEqual(body, { returnCode: '0', returnDesc: 'update success.', id });
  },
  badInput: async () => {
    await fresh();
    await create();
    assert.match(String((await tenant.client.call(appSettingsUpdate, { id: '1307145259662215169', userId })).body['returnDesc']), /are not those of user/);
    assert.equal((await tenant.client.call(appSettingsUpdate, { id: '1', userId: 'nobody' })).body['returnCode'], '1');
  },
  effect: async () => {
    await fresh();
    const { id = '' } = await create();
    await tenant.client.call(appSettingsUpdate, { id, userId, callType: '2', callerPresent: [] });
    const body = await query();
    assert.equal(body.callType, '2');
    assert.deepEqual(body.callerPresent, []);
    assert.deepEqual(body.callNumber, example.callNumber, 'what was left out stays');
  },
});

describeOperation(appSettingsQuery, {
  example: async () => {
    await fresh();
    await create();
    assert.equal((await query()).callType, '1');
  },
  badInput: async () => {
    await fresh();
    assert.equal((await query('nobody'))['returnCode'], '1');
  },
  effect: async () => {
    await fresh();
    await create({ callType: '0' });
    assert.equal((await query()).callType, '0');
  },
});

describeOperation(appSettingsDelete, {
  example: async () => {
    await fresh();
    await create();
    const { body } = await tenant.client.call(appSettingsDelete, { userId });
    assert.deepEqual(body, { returnCode: '0', returnDesc: 'The AgentSettings delete successfully.' });
  },
  badInput: async () => {
    await fresh();
    assert.equal((await tenant.client.call(appSettingsDelete, { userId })).body['returnCode'], '1');
  },
  effect: async () => {
    await fresh();
    await create();
    await create({ userId: 'other' });
    await tenant.client.call(appSettingsDelete, { userId });
    assert.equal((await query())['returnCode'], '1');
    assert.equal((await query('other'))['returnCode'], '0');
  },
});

describe('app settings', () => {
  test('a user has one set of them, also when two are created at once', async () => {
    await fresh();
    const codes = (await Promise.all([create(), create(), create()])).map((body) => body['returnCode']);
    assert.equal(codes.filter((code) => code === '0').length, 1);
  });

  test('another tenant sees none of them', async () => {
    await fresh();
    await create();
    await fresh();
    assert.equal((await query())['returnCode'], '1');
  });

  test('the account of an agent is told, whether the user id is the account or what 17.1 answers', async () => {
    await fresh();
    const agent = { userAccount: 'ann.agent', userName: 'Ann', password: 'Te$t1234', email: 'ann@example.com', agentType: 4, ccRoleId: 2 } as const;
    assert.equal((await tenant.client.call(agentAccountCreate, agent)).body['resultCode'], '0');
    for (const id of ['ann.agent', userIdOf(tenant.vdnId, 'ann.agent')]) {
      await create({ userId: id });
      const { userId: shown, agentName } = await query(id);
      assert.deepEqual({ shown, agentName }, { shown: id, agentName: 'ann.agent' });
    }
    await create({ userId: userIdOf(tenant.vdnId + 1, 'ann.agent') });
    assert.equal((await query(userIdOf(tenant.vdnId + 1, 'ann.agent'))).agentName, undefined);
    assert.deepEqual(await appSettingEraser.erase(server.world.db, tenant.vdnId, ['ann.agent']), { app_setting: 2 });
  });

  test('an erasure takes a subject out of its own and of other settings', async () => {
    await fresh();
    await create();
    await create({ userId: 'other', callerPresent: ['555', '666'], callNumber: [], callNumberDefault: '555' });
    const counts = await appSettingEraser.erase(server.world.db, tenant.vdnId, [userId, '555']);
    assert.deepEqual(counts, { app_setting: 2 });
    assert.equal((await query())['returnCode'], '1');
    const other = await query('other');
    assert.deepEqual(other.callerPresent, ['666']);
    assert.equal(other.callNumberDefault, undefined);
  });
});
