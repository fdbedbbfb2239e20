import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { agentAccountCreate, agentAccountDelete, agentAccountQuery, agentAccountUpdate } from '@parley/contract/configuration/agent-account.ts';
import type { Input } from '@parley/contract/operation.ts';
import { describeOperation } from '../../testing/operation-test.ts';
import { startTestServer, type TestServer, type TestTenant } from '../../testing/server.ts';
import { createAgent, createQueues, newAgent, PASSWORD, showAgent, skill, type NewAgent } from './agent.fixture.ts';

const ended: { vdnId: number; workNo: number }[] = [];
const unregistered: string[] = [];
let liveFails = false;

let server: TestServer;
let tenant: TestTenant;

before(async () => {
  server = await startTestServer({
    world: {
      live: {
        endAgent: (vdnId, workNo) => {
          if (liveFails) return Promise.reject(new Error('the live side is away'));
          ended.push({ vdnId, workNo });
          return Promise.resolve();
        },
        endRegistrations: (_vdnId, sipNumber) => { unregistered.push(sipNumber); return Promise.resolve(); },
        queuesHoldingCalls: () => Promise.resolve([]),
      },
    },
  });
});
after(() => server.close());
beforeEach(async () => { tenant = await server.tenant(); });

const create = async (agent: NewAgent) => (await tenant.client.call(agentAccountCreate, agent)).body;
const update = async (input: Input<typeof agentAccountUpdate>) => (await tenant.client.call(agentAccountUpdate, input)).body;
const query = async (input: Input<typeof agentAccountQuery>) => (await tenant.client.call(agentAccountQuery, input)).body;

describeOperation(agentAccountCreate, {
  example: async () => {
    await createQueues(tenant, 5, 5, 19);
    const [example] = agentAccountCreate.examples ?? [];
    const body = await create(example?.request as NewAgent);
    assert.deepEqual(body, { resultCode: '0', resultMessage: 'create agent account success', workNo: 101 });
  },
  badInput: async () => {
    const { status, body } = await tenant.client.call(agentAccountCreate, newAgent('short'));
    assert.equal(status, 400);
    assert.match(String(body['resultMessage']), /userAccount/);
    assert.match(String((await create(newAgent('weak-agent', { password: 'abcdefgh' })))['resultMessage']), /password: the password needs an upper-case letter/);
  },
  effect: async () => {
    await createQueues(tenant, 5);
    await createAgent(tenant, 'ann.agent', { skills: [skill(1, 3, 2)], phone: '4930123', userName: 'Ann Ägent' });
    const shown = await showAgent(tenant, 'ann.agent');
    assert.match(shown?.sipAccount ?? '', /^8888\d{4}$/);
    assert.deepEqual(shown, {
      userAccount: 'ann.agent', userName: 'Ann Ägent', phone: '4930123', email: 'ann@example.com', agentType: 4, ccRoleId: 2, workNo: 101,
      sipAccount: shown?.sipAccount, skills: [skill(1, 3, 2)], transparentDisplayFlag: false,
    });
  },
});

describeOperation(agentAccountDelete, {
  example: async () => {
    await createAgent(tenant, 'test123456');
    const [example] = agentAccountDelete.examples ?? [];
    const { body } = await tenant.client.call(agentAccountDelete, { userAccount: 'test123456' });
    assert.deepEqual(body, example?.response);
  },
  badInput: async () => {
    const { status, body } = await tenant.client.call(agentAccountDelete, { userAccount: 'nobody-here' });
    assert.equal(status, 200);
    assert.equal(body['resultMessage'], 'There is no agent account nobody-here.');
  },
  effect: async () => {
    await createQueues(tenant, 5);
    const workNo = await createAgent(tenant, 'ann.agent', { skills: [skill(1)] });
    const phone = (await showAgent(tenant, 'ann.agent'))?.sipAccount ?? '';
    await tenant.client.call(agentAccountDelete, { userAccount: 'ann.agent' });
    assert.equal(await showAgent(tenant, 'ann.agent'), undefined);
    assert.ok(ended.some((agent) => agent.vdnId === tenant.vdnId && agent.workNo === workNo), 'the live side was told');
    assert.ok(unregistered.includes(phone), 'the phone is registered no longer');
  },
});

describeOperation(agentAccountUpdate, {
  example: async () => {
    await createQueues(tenant, 53);
    await createAgent(tenant, 'test123456');
    const [example] = agentAccountUpdate.examples ?? [];
    assert.deepEqual(await update(example?.request as Input<typeof agentAccountUpdate>), example?.response);
  },
  badInput: async () => {
    await createAgent(tenant, 'ann.agent');
    const { status } = await tenant.client.call(agentAccountUpdate, { userAccount: 'ann.agent', ccRoleId: 9 as 2 });
    assert.equal(status, 400);
    assert.equal((await update({ userAccount: 'nobody-here', userName: 'x' }))['resultMessage'], 'There is no agent account nobody-here.');
  },
  effect: async () => {
    await createQueues(tenant, 5, 5, 19);
    await createAgent(tenant, 'ann.agent', { skills: [skill(1)], phone: '1' });
    await update({ userAccount: 'ann.agent', agentType: 11, ccRoleId: 3, skills: [skill(3, 2, 2), skill(2)], transparentDisplayFlag: true });
    const shown = await showAgent(tenant, 'ann.agent');
    assert.deepEqual(shown?.skills, [skill(2), skill(3, 2, 2)]);
    assert.deepEqual([shown?.agentType, shown?.ccRoleId, shown?.transparentDisplayFlag], [11, 3, true]);
    assert.deepEqual([shown?.userName, shown?.phone, shown?.email], ['Ann', '1', 'ann@example.com'], 'what was left out stayed');
  },
});

describeOperation(agentAccountQuery, {
  example: async () => {
    await createAgent(tenant, 'test123456');
    const [one, page] = agentAccountQuery.examples ?? [];
    assert.equal((await query(one?.request as Input<typeof agentAccountQuery>)).data.length, 1);
    assert.equal((await query(page?.request as Input<typeof agentAccountQuery>)).total, 1);
  },
  badInput: async () => {
    for (const input of [{}, { pageNum: 0 }, { pageSize: 5 }, { userAccount: '', pageNum: 0 }, { pageNum: -1, pageSize: 1 }, { pageNum: 0, pageSize: 0 }, { pageNum: 0, pageSize: 1001 }]) {
      const { status, body } = await tenant.client.call(agentAccountQuery, input);
      assert.equal(status, 400, JSON.stringify(input));
      assert.equal(body['resultCode'], '1');
    }
  },
  effect: async () => {
    await createAgent(tenant, 'agent-1', { agentType: 4 });
    await createAgent(tenant, 'agent-2', { agentType: 11, transparentDisplayFlag: true });
    await createAgent(tenant, 'agent-3', { agentType: 99 });
    const found = async (input: Input<typeof agentAccountQuery>) => {
      const { data, total } = await query(input);
      return [total, ...data.map((agent) => agent.userAccount)];
    };
    assert.deepEqual(await found({ pageNum: 0, pageSize: 2 }), [3, 'agent-1', 'agent-2']);
    assert.deepEqual(await found({ pageNum: 1, pageSize: 2 }), [3, 'agent-3']);
    assert.deepEqual(await found({ pageNum: 2_000_000_000, pageSize: 1000 }), [3]);
    assert.deepEqual(await found({ pageNum: 0, pageSize: 9, agentType: [4, 99] }), [2, 'agent-1', 'agent-3']);
    assert.deepEqual(await found({ pageNum: 0, pageSize: 9, agentType: [] }), [3, 'agent-1', 'agent-2', 'agent-3']);
    assert.deepEqual(await found({ pageNum: 0, pageSize: 9, agentType: [123_456] }), [0]);
    assert.deepEqual(await found({ pageNum: 0, pageSize: 9, transparentDisplayFlag: true }), [1, 'agent-2']);
    assert.deepEqual(await found({ userAccount: 'agent-1', pageNum: -5, pageSize: 0, agentType: [11], transparentDisplayFlag: true }), [1, 'agent-1'], 'all else is ignored');
    assert.deepEqual(await found({ userAccount: 'nobody-here' }), [0]);
  },
});

describe('creating agents', () => {
  test('of 50 creations at once each gets a work number and a SIP number of its own', async () => {
    const replies = await Promise.all(Array.from({ length: 50 }, (_, index) => create(newAgent(`agent-${index}`))));
    assert.equal(new Set(replies.map((reply) => reply.workNo)).size, 50);
    const { data, total } = await query({ pageNum: 0, pageSize: 100 });
    assert.equal(total, 50);
    assert.equal(new Set(data.map((agent) => agent.sipAccount)).size, 50);
    assert.deepEqual(data.map((agent) => agent.workNo), Array.from({ length: 50 }, (_, index) => 101 + index));
  });

  test('of two creations of one account at once exactly one succeeds', async () => {
    const codes = (await Promise.all([1, 2, 3].map(() => create(newAgent('same-account'))))).map((body) => String(body['resultCode']));
    assert.deepEqual(codes.toSorted(), ['0', '1', '1']);
    assert.equal((await create(newAgent('same-account')))['resultMessage'], 'There is an account same-account already.');
  });

  test('an account that is not an agent takes the name, too', async () => {
    const [administrator] = await server.parley.accounts.list(server.world.db, tenant.vdnId);
    assert.match(String((await create(newAgent(administrator?.account ?? '')))['resultMessage']), /There is an account/);
  });

  const refused: readonly [name: string, changes: Partial<NewAgent>, status: number, reason: RegExp][] = [
    ['a name that is too long', { userName: 'x'.repeat(21) }, 400, /userName/],
    ['a blank name', { userName: '   ' }, 400, /userName/],
    ['a name with a forbidden character', { userName: 'a<b' }, 400, /userName/],
    ['a mail address without domain', { email: 'ann@' }, 400, /email/],
    ['a phone number that is too long', { phone: '1'.repeat(26) }, 400, /phone/],
    ['an agent type that is not one', { agentType: 6 as 4 }, 400, /agentType/],
    ['a role that is not one', { ccRoleId: 255 as 2 }, 400, /ccRoleId/],
    ['a weight of 0', { skills: [skill(1, 0)] }, 400, /agentWeight/],
    ['a weight past 32 bits', { skills: [skill(1, 1, 2 ** 31)] }, 400, /skillWeight/],
    ['a queue id past 32 bits', { skills: [skill(3e9)] }, 400, /skillId/],
    ['a queue that does not exist', { skills: [skill(1), skill(7)] }, 200, /There is no skill queue 7/],
    ['a queue twice', { skills: [skill(1), skill(1)] }, 200, /Skill queue 1 is named more than once/],
    ['a queue that does not suit', { skills: [skill(2)] }, 200, /Skill queue 2 has media type 19, which does not suit agent type 4/],
    ['the account name as password', { userAccount: 'Agent_01@x', password: 'Agent_01@x' }, 200, /must not be the account name/],
    ['a password without special characters', { password: 'Abcdefg1' }, 200, /password: the password needs one of/],
  ];

  test('what is wrong is refused, and nothing is left of it', async () => {
    await createQueues(tenant, 5, 19);
    for (const [name, changes, status, reason] of refused) {
      const reply = await tenant.client.call(agentAccountCreate, newAgent('ann.agent', changes));
      assert.equal(reply.status, status, name);
      assert.equal(reply.body['resultCode'], '1', name);
      assert.match(String(reply.body['resultMessage']), reason, name);
    }
    assert.equal((await query({ pageNum: 0, pageSize: 9 })).total, 0);
    assert.equal(await createAgent(tenant, 'ann.agent'), 101, 'no number was used up');
  });

  test('wrappers, other letter case and numbers as text are understood', async () => {
    await createQueues(tenant, 5);
    const body = { requestParam: { ...newAgent('ann.agent'), agentType: '4', ccRoleId: '2', skills: [{ SkillID: '1' }] } };
    const token = await server.parley.tokens.issue({ vdnId: tenant.vdnId, kind: 'C1', subject: tenant.appKey, lifeMs: 60_000 });
    const response = await fetch(`${server.url}${agentAccountCreate.path}`, {
      method: 'POST', body: JSON.stringify(body), headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, signal: AbortSignal.timeout(30_000),
    });
    assert.equal((await response.json() as { resultCode: string }).resultCode, '0');
    assert.deepEqual((await showAgent(tenant, 'ann.agent'))?.skills, [skill(1)], 'a weight that is left out is 1');
  });

  test('the tenant\'s limit holds, also for creations at once', async () => {
    const found = await server.parley.tenants.find(tenant.vdnId);
    assert.ok(found);
    await server.parley.writer.write(tenant.vdnId, { actor: 'test', source: 'test', operation: 'test' }, async ({ tx, record }) => {
      await server.parley.tenants.update(tx, { ...found, limits: { agents: 2 } });
      record({ what: 'tenant', id: String(tenant.vdnId), before: null, after: {} });
      return {};
    });
    const replies = await Promise.all([1, 2, 3, 4].map((index) => create(newAgent(`agent-${index}`))));
    assert.deepEqual(replies.map((reply) => String(reply['resultCode'])).toSorted(), ['0', '0', '1', '1']);
    assert.ok(replies.some((reply) => reply['resultMessage'] === 'No more agents: the limit of 2 is reached.'));
  });

  const setNextWorkNo = (next: number) =>
    server.world.db.updateTable('vdn').set({ next_work_no: next }).where('vdn_id', '=', tenant.vdnId).execute();

  test('work numbers in use are passed over, and after 59999 the gaps are filled', async () => {
    for (const index of [1, 2, 3]) await createAgent(tenant, `agent-${index}`);
    await setNextWorkNo(102);
    assert.equal(await createAgent(tenant, 'agent-4'), 104);
    await setNextWorkNo(59_999);
    assert.equal(await createAgent(tenant, 'agent-5'), 59_999);
    await tenant.client.call(agentAccountDelete, { userAccount: 'agent-2' });
    assert.equal(await createAgent(tenant, 'agent-6'), 102);
    assert.equal(await createAgent(tenant, 'agent-7'), 105);
    await tenant.client.call(agentAccountDelete, { userAccount: 'agent-1' });
    assert.equal(await createAgent(tenant, 'agent-8'), 101);
    await setNextWorkNo(59_999);
    assert.equal(await createAgent(tenant, 'agent-9'), 106);
  });

  test('a tenant whose work numbers are all in use refuses one more', async () => {
    const { db } = server.world;
    const names = Array.from({ length: 59_899 }, (_, index) => `filler-${index}`);
    const rows = names.map((account, index) => ({ vdn_id: tenant.vdnId, account, work_no: index + 101 }));
    for (let start = 0; start < rows.length; start += 5000) {
      const some = rows.slice(start, start + 5000);
      await db.insertInto('account').values(some.map(({ vdn_id, account }) => ({
        vdn_id, account, name: '', role: 'agent', email: '', phone: '', password_hash: '', password_changed_at: 0, created_at: 0,
      }))).execute();
      await db.insertInto('agent').values(some.map(({ vdn_id, account, work_no }) => ({
        vdn_id, work_no, account, agent_type: 4, role_id: 2, sip_number: `filler-${vdn_id}-${work_no}`, sip_password: Buffer.of(), cti_password: Buffer.of(), cti_fingerprint: '', created_at: 0,
      }))).execute();
    }
    await setNextWorkNo(60_000);
    assert.equal((await create(newAgent('one-more')))['resultMessage'], 'All work numbers from 101 to 59999 are in use.');
    await tenant.client.call(agentAccountDelete, { userAccount: 'filler-30000' });
    assert.equal(await createAgent(tenant, 'one-more'), 30_101);
  });
});

describe('changing and deleting agents', () => {
  test('a change that is refused in part changes nothing', async () => {
    await createQueues(tenant, 5, 53);
    await createAgent(tenant, 'ann.agent', { skills: [skill(1)] });
    const earlier = await showAgent(tenant, 'ann.agent');
    const refused = async (changes: Partial<Input<typeof agentAccountUpdate>>, reason: RegExp) => {
      const body = await update({ userAccount: 'ann.agent', userName: 'changed', phone: '99', ...changes });
      assert.equal(body['resultCode'], '1');
      assert.match(String(body['resultMessage']), reason);
      assert.deepEqual(await showAgent(tenant, 'ann.agent'), earlier);
    };
    await refused({ skills: [skill(1), skill(9)] }, /There is no skill queue 9/);
    await refused({ skills: [skill(2)] }, /does not suit agent type 4/);
    await refused({ agentType: 5 }, /Skill queue 1 has media type 5, which does not suit agent type 5/);
    await refused({ email: 'nowhere' }, /email/);
    await refused({ oldPassWord: PASSWORD }, /newPassWord is missing/);
    await refused({ newPassWord: 'Te$t5678' }, /oldPassWord is missing/);
    await refused({ oldPassWord: PASSWORD, newPassWord: 'short' }, /newPassWord: the password needs at least 8/);
    await refused({ oldPassWord: PASSWORD, newPassWord: 'Te$t5678', skills: [skill(9)] }, /There is no skill queue 9/);
    assert.equal((await server.parley.accounts.signIn(tenant.vdnId, 'ann.agent', PASSWORD, Date.now())).ok, true, 'the password stayed');
  });

  test('a changed name may hold characters that a new one may not', async () => {
    await createAgent(tenant, 'ann.agent');
    await update({ userAccount: 'ann.agent', userName: 'O\'Neil (EU) & Co,' });
    assert.equal((await showAgent(tenant, 'ann.agent'))?.userName, 'O\'Neil (EU) & Co,');
    for (const userName of ['a[b', 'a]b', 'a=b', 'a;b', 'a<b', 'a>b', 'a"b', '  ']) {
      assert.equal((await tenant.client.call(agentAccountUpdate, { userAccount: 'ann.agent', userName })).status, 400, userName);
    }
  });

  test('an empty list of skills unbinds the agent from all queues; nothing given changes nothing', async () => {
    await createQueues(tenant, 5);
    await createAgent(tenant, 'ann.agent', { skills: [skill(1)] });
    await update({ userAccount: 'ann.agent' });
    assert.deepEqual((await showAgent(tenant, 'ann.agent'))?.skills, [skill(1)]);
    await update({ userAccount: 'ann.agent', skills: [] });
    assert.deepEqual((await showAgent(tenant, 'ann.agent'))?.skills, []);
  });

  test('skills in an update need all three fields', async () => {
    await createQueues(tenant, 5);
    await createAgent(tenant, 'ann.agent');
    const { status, body } = await tenant.client.call(agentAccountUpdate, { userAccount: 'ann.agent', skills: [{ skillId: 1, agentWeight: 1 } as never] });
    assert.equal(status, 400);
    assert.match(String(body['resultMessage']), /skills\[0\]\.skillWeight is missing/);
  });

  test('an inspector is a supervisor at the console; whom an administrator raised stays raised', async () => {
    const { accounts } = server.parley;
    const { db } = server.world;
    const role = async () => (await accounts.find(db, tenant.vdnId, 'ann.agent'))?.role;
    await createAgent(tenant, 'ann.agent', { ccRoleId: 3 });
    assert.equal(await role(), 'supervisor');
    await update({ userAccount: 'ann.agent', ccRoleId: 4 });
    assert.equal(await role(), 'agent');
    await accounts.update(db, tenant.vdnId, 'ann.agent', { role: 'administrator' });
    await update({ userAccount: 'ann.agent', ccRoleId: 2 });
    assert.equal(await role(), 'administrator');
  });

  test('the sessions of a deleted agent end, also when the account comes back', async () => {
    await createAgent(tenant, 'ann.agent');
    const { tokens } = server.parley;
    const session = await tokens.issue({ vdnId: tenant.vdnId, kind: 'session', subject: 'ann.agent', lifeMs: 3_600_000 });
    await tenant.client.call(agentAccountDelete, { userAccount: 'ann.agent' });
    assert.equal(await tokens.find(session), undefined);
    const workNo = await createAgent(tenant, 'ann.agent');
    assert.equal(workNo, 102, 'the number does not come back at once');
  });

  test('an agent whom the live side cannot end stays, and can be deleted later', async () => {
    await createAgent(tenant, 'ann.agent');
    const token = await server.parley.tokens.issue({ vdnId: tenant.vdnId, kind: 'C1', subject: tenant.appKey, lifeMs: 60_000 });
    liveFails = true;
    try {
      const response = await fetch(`${server.url}${agentAccountDelete.path}`, {
        method: 'POST', body: JSON.stringify({ userAccount: 'ann.agent' }), headers: { authorization: `Bearer ${token}` }, signal: AbortSignal.timeout(30_000),
      });
      assert.equal(response.status, 500);
    } finally {
      liveFails = false;
    }
    assert.ok(await showAgent(tenant, 'ann.agent'));
    assert.equal((await tenant.client.call(agentAccountDelete, { userAccount: 'ann.agent' })).body['resultCode'], '0');
  });

  test('of two deletions at once exactly one succeeds', async () => {
    await createAgent(tenant, 'ann.agent');
    const replies = await Promise.all([1, 2].map(() => tenant.client.call(agentAccountDelete, { userAccount: 'ann.agent' })));
    assert.deepEqual(replies.map(({ body }) => String(body['resultCode'])).toSorted(), ['0', '1']);
  });

  test('another tenant sees, changes and deletes none of them, and may use the same account', async () => {
    await createAgent(tenant, 'ann.agent');
    const other = await server.tenant();
    assert.equal(await showAgent(other, 'ann.agent'), undefined);
    assert.equal((await other.client.call(agentAccountUpdate, { userAccount: 'ann.agent', userName: 'stolen' })).body['resultCode'], '1');
    assert.equal((await other.client.call(agentAccountDelete, { userAccount: 'ann.agent' })).body['resultCode'], '1');
    await createQueues(tenant, 5);
    assert.match(String((await other.client.call(agentAccountCreate, newAgent('bob.agent', { skills: [skill(1)] }))).body['resultMessage']), /There is no skill queue 1/);
    assert.equal(await createAgent(other, 'ann.agent'), 101);
    const [mine, theirs] = [await showAgent(tenant, 'ann.agent'), await showAgent(other, 'ann.agent')];
    assert.notEqual(mine?.sipAccount, theirs?.sipAccount, 'SIP numbers are unique in the installation');
  });

  test('the trail tells every change, and neither passwords nor personal data', async () => {
    await createAgent(tenant, 'ann.agent', { userName: 'Secret Name', phone: '4930999', email: 'secret@example.com' });
    await update({ userAccount: 'ann.agent', phone: '4930888', oldPassWord: PASSWORD, newPassWord: 'Te$t5678' });
    await tenant.client.call(agentAccountDelete, { userAccount: 'ann.agent' });
    const { db } = server.world;
    const audit = await db.selectFrom('audit').selectAll().where('vdn_id', '=', tenant.vdnId).where('what', '=', 'agent').orderBy('id').execute();
    assert.deepEqual(audit.map((row) => [row.operation, row.what_id, row.before === null, row.after === null]), [
      ['agentAccountCreate', '101', true, false], ['agentAccountUpdate', '101', false, false], ['agentAccountDelete', '101', false, true],
    ]);
    const { changed } = (audit[1]?.after ?? {}) as { changed?: string[] };
    assert.deepEqual(changed, ['phone', 'password']);
    const journal = await db.selectFrom('journal').selectAll().where('vdn_id', '=', tenant.vdnId).execute();
    const text = JSON.stringify([audit, journal]);
    for (const secret of [PASSWORD, 'Te$t5678', 'argon2', 'Secret Name', '4930', 'secret@example.com']) assert.equal(text.includes(secret), false, secret);
  });
});
