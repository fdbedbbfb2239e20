import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { addSkillsToAgent, queryAgentInfoBySkillIdConfig, releaseAgentBySkillId } from '@parley/contract/configuration/agent-account.ts';
import { deleteSkill } from '@parley/contract/configuration/queue.ts';
import type { Input } from '@parley/contract/operation.ts';
import { describeOperation } from '../../testing/operation-test.ts';
import { startTestServer, type TestServer, type TestTenant } from '../../testing/server.ts';
import { createAgent, createQueues, showAgent, skill } from './agent.fixture.ts';

let server: TestServer;
let tenant: TestTenant;

before(async () => { server = await startTestServer(); });
after(() => server.close());
beforeEach(async () => { tenant = await server.tenant(); });

const bind = async (userAccounts: string[], skillId = 1, agentWeight = 1, skillWeight = 1) =>
  (await tenant.client.call(addSkillsToAgent, { userAccounts, skillId, agentWeight, skillWeight })).body;
const release = async (skillId: number, userAccounts: string[]) => (await tenant.client.call(releaseAgentBySkillId, { skillId, userAccounts })).body;
const members = async (skillId: number, pageNum = 0, pageSize = 100) => (await tenant.client.call(queryAgentInfoBySkillIdConfig, { skillId, pageNum, pageSize })).body;
const names = async (skillId: number) => (await members(skillId)).data.map((agent) => agent.userAccount);

describeOperation(addSkillsToAgent, {
  example: async () => {
    await createQueues(tenant, 5, 5, 5, 5);
    for (const account of ['agent-x1', 'agent-x2']) await createAgent(tenant, account);
    const [example] = addSkillsToAgent.examples ?? [];
    const { body } = await tenant.client.call(addSkillsToAgent, example?.request as Input<typeof addSkillsToAgent>);
    assert.deepEqual(body, example?.response);
  },
  badInput: async () => {
    await createQueues(tenant, 5);
    await createAgent(tenant, 'agent-1');
    assert.equal((await tenant.client.call(addSkillsToAgent, { userAccounts: ['agent-1'], ...skill(1, 0) })).status, 400);
    assert.equal((await tenant.client.call(addSkillsToAgent, { userAccounts: [], ...skill(1) })).status, 400);
    assert.equal((await tenant.client.call(addSkillsToAgent, { userAccounts: ['x'.repeat(51)], ...skill(1) })).status, 400);
    assert.equal((await bind(['agent-1', 'nobody-here']))['resultMessage'], 'There is no agent account nobody-here.');
    assert.deepEqual(await names(1), [], 'none was bound');
  },
  effect: async () => {
    await createQueues(tenant, 5, 5);
    for (const account of ['agent-1', 'agent-2']) await createAgent(tenant, account, { skills: [skill(1)] });
    await bind(['agent-2', 'agent-1', 'agent-2'], 2, 7, 9);
    assert.deepEqual((await showAgent(tenant, 'agent-1'))?.skills, [skill(1), skill(2, 7, 9)]);
    assert.deepEqual((await showAgent(tenant, 'agent-2'))?.skills, [skill(1), skill(2, 7, 9)]);
    await bind(['agent-1'], 1, 4, 5);
    assert.deepEqual((await showAgent(tenant, 'agent-1'))?.skills, [skill(1, 4, 5), skill(2, 7, 9)], 'whoever is bound gets the new weights');
  },
});

describeOperation(releaseAgentBySkillId, {
  example: async () => {
    await createQueues(tenant, 5, 5, 5);
    const [example] = releaseAgentBySkillId.examples ?? [];
    const { body } = await tenant.client.call(releaseAgentBySkillId, example?.request as Input<typeof releaseAgentBySkillId>);
    assert.deepEqual(body, example?.response);
  },
  badInput: async () => {
    await createQueues(tenant, 5);
    await createAgent(tenant, 'agent-1', { skills: [skill(1)] });
    const { status, body } = await tenant.client.call(releaseAgentBySkillId, { skillId: 1 } as Input<typeof releaseAgentBySkillId>);
    assert.equal(status, 400, 'a missing list does not mean all');
    assert.match(String(body['resultMessage']), /userAccounts is missing/);
    assert.equal((await release(1, ['agent-1', 'nobody-here']))['resultMessage'], 'There is no agent account nobody-here.');
    assert.equal((await release(9, []))['resultMessage'], 'There is no skill queue 9.');
    assert.deepEqual(await names(1), ['agent-1'], 'none was unbound');
  },
  effect: async () => {
    await createQueues(tenant, 5, 5);
    for (const account of ['agent-1', 'agent-2', 'agent-3']) await createAgent(tenant, account, { skills: [skill(1), skill(2)] });
    await release(1, ['agent-2', 'agent-2']);
    assert.deepEqual(await names(1), ['agent-1', 'agent-3']);
    await release(1, []);
    assert.deepEqual(await names(1), []);
    assert.deepEqual(await names(2), ['agent-1', 'agent-2', 'agent-3'], 'other queues keep their agents');
    assert.equal((await release(1, ['agent-1']))['resultCode'], '0', 'who is not bound is left so');
  },
});

describeOperation(queryAgentInfoBySkillIdConfig, {
  example: async () => {
    await createQueues(tenant, 5, 5, 5);
    await createAgent(tenant, 'test123456', { userName: 'test111', skills: [skill(3)] });
    const [example] = queryAgentInfoBySkillIdConfig.examples ?? [];
    const { body } = await tenant.client.call(queryAgentInfoBySkillIdConfig, example?.request as Input<typeof queryAgentInfoBySkillIdConfig>);
    const [shown] = body.data;
    assert.deepEqual(body, {
      data: [{
        workNo: 101, accountCode: 'test123456', userAccount: 'test123456', agentType: 4, agentWeight: 1, accountName: 'test111', sipAccount: shown?.sipAccount, skillWeight: 1,
      }],
      count: 1, resultCode: '0', resultMessage: 'success',
    });
  },
  badInput: async () => {
    for (const page of [{ pageNum: 0, pageSize: 101 }, { pageNum: 0, pageSize: 0 }, { pageNum: -1, pageSize: 10 }]) {
      assert.equal((await tenant.client.call(queryAgentInfoBySkillIdConfig, { skillId: 1, ...page })).status, 400);
    }
    const { body } = await tenant.client.call(queryAgentInfoBySkillIdConfig, { skillId: 1, pageNum: 0, pageSize: 10 });
    assert.equal(body['resultMessage'], 'There is no skill queue 1.');
  },
  effect: async () => {
    await createQueues(tenant, 5, 5);
    for (const index of [1, 2, 3, 4, 5]) await createAgent(tenant, `agent-${index}`, index === 2 ? {} : { skills: [skill(1, index, 1), skill(2)] });
    const page = await members(1, 1, 2);
    assert.equal(page.count, 4);
    assert.deepEqual(page.data.map(({ userAccount, agentWeight }) => [userAccount, agentWeight]), [['agent-4', 4], ['agent-5', 5]]);
    assert.deepEqual((await members(1, 2_000_000_000)).data, []);
  },
});

describe('agents and queues', () => {
  test('agents whom the queue does not suit stop the whole binding', async () => {
    await createQueues(tenant, 19);
    await createAgent(tenant, 'video-1', { agentType: 11 });
    await createAgent(tenant, 'audio-1', { agentType: 4 });
    assert.equal((await bind(['video-1', 'audio-1']))['resultMessage'], 'Skill queue 1 has media type 19, which does not suit agent type 4.');
    assert.deepEqual(await names(1), []);
    assert.equal((await bind(['video-1'], 7))['resultMessage'], 'There is no skill queue 7.');
  });

  test('agents leave a queue that is deleted', async () => {
    await createQueues(tenant, 5, 5);
    await createAgent(tenant, 'agent-1', { skills: [skill(1), skill(2)] });
    await tenant.client.call(deleteSkill, { skillIds: '1' });
    assert.deepEqual((await showAgent(tenant, 'agent-1'))?.skills, [skill(2)]);
  });

  test('queues and agents of another tenant are not known', async () => {
    await createQueues(tenant, 5);
    await createAgent(tenant, 'agent-1', { skills: [skill(1)] });
    const mine = tenant;
    tenant = await server.tenant();
    await createAgent(tenant, 'agent-2');
    assert.equal((await bind(['agent-2']))['resultMessage'], 'There is no skill queue 1.');
    assert.equal((await release(1, []))['resultMessage'], 'There is no skill queue 1.');
    await createQueues(tenant, 5);
    assert.equal((await bind(['agent-1']))['resultMessage'], 'There is no agent account agent-1.');
    assert.equal((await release(1, []))['resultCode'], '0');
    tenant = mine;
    assert.deepEqual(await names(1), ['agent-1']);
  });

  test('a queue with more agents than one statement can name is emptied at once', async () => {
    await createQueues(tenant, 5);
    const { db } = server.world;
    const numbers = Array.from({ length: 8000 }, (_, index) => 1000 + index);
    for (let start = 0; start < numbers.length; start += 4000) {
      const some = numbers.slice(start, start + 4000);
      await db.insertInto('account').values(some.map((workNo) => ({
        vdn_id: tenant.vdnId, account: `many-${workNo}`, name: '', role: 'agent', email: '', phone: '', password_hash: '', password_changed_at: 0, created_at: 0,
      }))).execute();
      await db.insertInto('agent').values(some.map((workNo) => ({
        vdn_id: tenant.vdnId, work_no: workNo, account: `many-${workNo}`, agent_type: 4, role_id: 2, sip_number: `many-${tenant.vdnId}-${workNo}`,
        sip_password: Buffer.of(), cti_password: Buffer.of(), cti_fingerprint: '', created_at: 0,
      }))).execute();
      await db.insertInto('agent_skill').values(some.map((workNo) => ({ vdn_id: tenant.vdnId, work_no: workNo, queue_id: 1, agent_weight: 1, skill_weight: 1 }))).execute();
    }
    assert.equal((await release(1, []))['resultCode'], '0');
    assert.equal((await members(1)).count, 0);
    const { journal_seq: head } = await db.selectFrom('vdn').select('journal_seq').where('vdn_id', '=', tenant.vdnId).executeTakeFirstOrThrow();
    assert.equal(head, 8001, 'the queue and each unbinding stand in the journal');
  });

  test('bindings of many agents at once are one change each in the trail', async () => {
    await createQueues(tenant, 5);
    const accounts = Array.from({ length: 30 }, (_, index) => `agent-${index}`);
    await Promise.all(accounts.map((account) => createAgent(tenant, account)));
    await Promise.all([bind(accounts.slice(0, 20)), bind(accounts.slice(10))]);
    assert.equal((await members(1)).count, 30);
    await release(1, []);
    const rows = await server.world.db.selectFrom('audit').select('operation').where('vdn_id', '=', tenant.vdnId).where('what', '=', 'agent').execute();
    const count = (operation: string) => rows.filter((row) => row.operation === operation).length;
    assert.deepEqual([count('addSkillsToAgent'), count('releaseAgentBySkillId')], [40, 30]);
  });
});
