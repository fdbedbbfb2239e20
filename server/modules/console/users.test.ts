import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { listAudit, listInstallationAudit } from '@parley/contract/admin/audit.ts';
import { signIn } from '@parley/contract/admin/session.ts';
import {
  changeOperator, changeUser, createOperator, createUser, deleteOperator, deleteUser, listOperators, listUsers, resetOperatorPassword,
  resetUserPassword, showOperator, showUser,
} from '@parley/contract/admin/user.ts';
import type { Client } from '@parley/contract/client.ts';
import { agentAccountCreate, agentAccountDelete } from '@parley/contract/configuration/agent-account.ts';
import type { Input } from '@parley/contract/operation.ts';
import { describeOperation } from '../../testing/operation-test.ts';
import { startTestServer, type TestServer, type TestTenant } from '../../testing/server.ts';

const PASSWORD = 'Curious-Teapot-41';

let server: TestServer;
let tenant: TestTenant;
let administrator: Client;
let operator: Client;

before(async () => {
  server = await startTestServer();
  operator = await server.signedIn(0, 'operator');
  await freshTenant();
});
after(() => server.close());

async function freshTenant(): Promise<TestTenant> {
  tenant = await server.tenant();
  ({ administrator } = tenant);
  return tenant;
}

type NewUser = Input<typeof createUser>;
const sam = (changes: Partial<NewUser> = {}): NewUser => ({ account: 'sam.supervisor', name: 'Sam Supervisor', role: 'supervisor', ...changes });
const codeOf = (body: Record<string, unknown>): string => (body['error'] as { code: string }).code;

describeOperation(createUser, {
  example: async () => {
    await freshTenant();
    const [example] = createUser.examples ?? [];
    const { status, body } = await administrator.call(createUser, example?.request as NewUser);
    assert.equal(status, 200, JSON.stringify(body));
    const { password, passwordExpiresAt, ...user } = body;
    assert.match(password ?? '', /^[\w]{7}-[\w]{7}$/);
    assert.ok(passwordExpiresAt <= server.world.clock());
    assert.deepEqual(user, {
      account: 'sam.supervisor', name: 'Sam Supervisor', role: 'supervisor', email: 'sam@example.com', phone: '4930123456', enabled: true, lockedUntil: 0, passwordExpired: true,
    });
  },
  badInput: async () => {
    await freshTenant();
    const wrong: readonly Partial<NewUser>[] = [
      { account: 'short' }, { account: 'with space' }, { account: 'x'.repeat(51) }, { name: '   ' }, { name: 'a<b' }, { email: 'nobody' }, { email: `${'x'.repeat(65)}@example.com` },
      { email: `x@${'y'.repeat(64)}.com` }, { phone: 'call me' }, { phone: '1'.repeat(26) }, { password: 'tooweak' }, { role: 'operator' as 'agent' }, { name: 'a\0b' },
    ];
    for (const changes of wrong) assert.equal((await administrator.call(createUser, sam(changes))).status, 400, JSON.stringify(changes));
    assert.equal((await administrator.call(listUsers, { search: 'sam' })).body.users.length, 0);
  },
  effect: async () => {
    await freshTenant();
    await administrator.call(createUser, sam({ password: PASSWORD }));
    const { status, body } = await server.anyone.call(signIn, { account: 'sam.supervisor', password: PASSWORD, tenant: tenant.tenantId });
    assert.equal(status, 200);
    assert.equal(body.passwordExpired, false, 'a password that was chosen for a new account is not told again, so it may stay');
    assert.deepEqual(body.permissions, ['self', 'tenant.own', 'tenant.read']);
  },
});

describeOperation(listUsers, {
  example: async () => {
    await freshTenant();
    await administrator.call(createUser, sam());
    const { body } = await administrator.call(listUsers, { role: 'supervisor', limit: 10 });
    assert.deepEqual(body.users.map(({ account }) => account), ['sam.supervisor']);
    assert.equal(body.next, undefined);
  },
  badInput: async () => {
    assert.equal((await administrator.call(listUsers, { limit: 0 })).status, 400);
    assert.equal((await administrator.call(listUsers, { role: 'operator' as 'agent' })).status, 400);
  },
  effect: async () => {
    await freshTenant();
    for (const account of ['carol.c', 'Bob.bob', 'anna.anna', 'dave_d']) await administrator.call(createUser, sam({ account, name: `${account} Person`, role: 'agent' }));
    const seen: string[] = [];
    let next: string | undefined;
    do {
      const { body } = await administrator.call(listUsers, { role: 'agent', limit: 2, ...(next === undefined ? {} : { after: next }) });
      seen.push(...body.users.map(({ account }) => account));
      ({ next } = body);
    } while (next !== undefined);
    assert.deepEqual(seen, ['Bob.bob', 'anna.anna', 'carol.c', 'dave_d']);
    assert.deepEqual((await administrator.call(listUsers, { search: 'BOB' })).body.users.map(({ account }) => account), ['Bob.bob']);
  },
});

describeOperation(showUser, {
  example: async () => {
    await freshTenant();
    await administrator.call(createUser, sam());
    const { body } = await administrator.call(showUser, { account: 'sam.supervisor' });
    assert.equal(body.name, 'Sam Supervisor');
    assert.equal(body.workNo, undefined);
  },
  badInput: async () => {
    const { status, body } = await administrator.call(showUser, { account: 'nobody' });
    assert.equal(status, 404);
    assert.equal(codeOf(body), 'not-found');
    assert.equal((await administrator.call(showUser, { account: 'x'.repeat(51) })).status, 400);
  },
  effect: async () => {
    await freshTenant();
    await administrator.call(createUser, sam());
    for (let wrong = 0; wrong < 3; wrong += 1) await server.anyone.call(signIn, { account: 'sam.supervisor', password: 'wrong', tenant: tenant.tenantId });
    const { body } = await administrator.call(showUser, { account: 'sam.supervisor' });
    assert.ok(body.lockedUntil > server.world.clock());
    await administrator.call(resetUserPassword, { account: 'sam.supervisor' });
    assert.equal((await administrator.call(showUser, { account: 'sam.supervisor' })).body.lockedUntil, 0);
  },
});

describeOperation(changeUser, {
  example: async () => {
    await freshTenant();
    await administrator.call(createUser, sam({ email: 'sam@example.com' }));
    const { body } = await administrator.call(changeUser, { account: 'sam.supervisor', phone: '4930123456' });
    assert.equal(body.phone, '4930123456');
    assert.equal(body.email, 'sam@example.com');
  },
  badInput: async () => {
    await freshTenant();
    assert.equal((await administrator.call(changeUser, { account: 'nobody', name: 'No Body' })).status, 404);
    await administrator.call(createUser, sam());
    assert.equal((await administrator.call(changeUser, { account: 'sam.supervisor', role: 'operator' as 'agent' })).status, 400);
    assert.equal((await administrator.call(changeUser, { account: 'sam.supervisor', email: 'a@b@c' })).status, 400);
  },
  effect: async () => {
    await freshTenant();
    await administrator.call(createUser, sam({ password: PASSWORD, email: 'sam@example.com' }));
    await administrator.call(changeUser, { account: 'sam.supervisor', role: 'agent', email: '', name: 'Sam Agent' });
    const { body } = await administrator.call(showUser, { account: 'sam.supervisor' });
    assert.deepEqual([body.role, body.email, body.name], ['agent', '', 'Sam Agent']);
    const audit = await administrator.call(listAudit, { operation: 'changeUser' });
    assert.deepEqual(audit.body.entries.map(({ what, whatId, before: was, after: is }) => ({ what, whatId, was, is })), [{
      what: 'account', whatId: 'sam.supervisor', was: { account: 'sam.supervisor', role: 'supervisor', enabled: true },
      is: { account: 'sam.supervisor', role: 'agent', enabled: true, changed: ['name', 'email'] },
    }], 'the trail tells that personal data changed, and not to what');
    await administrator.call(changeUser, { account: 'sam.supervisor', enabled: false });
    assert.equal((await server.anyone.call(signIn, { account: 'sam.supervisor', password: PASSWORD, tenant: tenant.tenantId })).status, 401);
  },
});

describeOperation(deleteUser, {
  example: async () => {
    await freshTenant();
    await administrator.call(createUser, sam());
    assert.deepEqual((await administrator.call(deleteUser, { account: 'sam.supervisor' })).body, {});
  },
  badInput: async () => {
    await freshTenant();
    assert.equal((await administrator.call(deleteUser, { account: 'nobody' })).status, 404);
  },
  effect: async () => {
    await freshTenant();
    await administrator.call(createUser, sam({ password: PASSWORD }));
    await administrator.call(deleteUser, { account: 'sam.supervisor' });
    assert.equal((await administrator.call(showUser, { account: 'sam.supervisor' })).status, 404);
    assert.equal((await server.anyone.call(signIn, { account: 'sam.supervisor', password: PASSWORD, tenant: tenant.tenantId })).status, 401);
    assert.equal((await administrator.call(createUser, sam())).status, 200, 'the name is free again');
  },
});

describeOperation(resetUserPassword, {
  example: async () => {
    await freshTenant();
    await administrator.call(createUser, sam());
    const { body } = await administrator.call(resetUserPassword, { account: 'sam.supervisor' });
    assert.match(body.password ?? '', /^[\w]{7}-[\w]{7}$/);
  },
  badInput: async () => {
    await freshTenant();
    assert.equal((await administrator.call(resetUserPassword, { account: 'nobody' })).status, 404);
    await administrator.call(createUser, sam());
    assert.equal((await administrator.call(resetUserPassword, { account: 'sam.supervisor', password: 'sam.supervisor' })).status, 400);
  },
  effect: async () => {
    await freshTenant();
    await administrator.call(createUser, sam({ password: PASSWORD }));
    const { body } = await administrator.call(resetUserPassword, { account: 'sam.supervisor', password: 'Patient-Kettle-77' });
    assert.deepEqual(body, { account: 'sam.supervisor' }, 'a password that was given is not told back');
    const at = (password: string) => server.anyone.call(signIn, { account: 'sam.supervisor', password, tenant: tenant.tenantId });
    assert.equal((await at(PASSWORD)).status, 401);
    assert.equal((await at('Patient-Kettle-77')).body.passwordExpired, true);
    assert.doesNotMatch(JSON.stringify((await administrator.call(listAudit, {})).body), /argon2|Kettle|Teapot/);
  },
});

describe('users', () => {
  test('supervisors read, agents do neither, and nobody without the right makes operators', async () => {
    const { vdnId } = await freshTenant();
    await administrator.call(createUser, sam());
    const [supervisor, agent] = [await server.signedIn(vdnId, 'supervisor'), await server.signedIn(vdnId, 'agent')];
    assert.equal((await supervisor.call(listUsers, {})).status, 200);
    assert.equal((await supervisor.call(showUser, { account: 'sam.supervisor' })).status, 200);
    for (const client of [supervisor, agent]) {
      assert.equal((await client.call(createUser, sam({ account: 'someone' }))).status, 403);
      assert.equal((await client.call(changeUser, { account: 'sam.supervisor', role: 'administrator' })).status, 403);
      assert.equal((await client.call(deleteUser, { account: 'sam.supervisor' })).status, 403);
      assert.equal((await client.call(resetUserPassword, { account: 'sam.supervisor' })).status, 403);
    }
    assert.equal((await agent.call(listUsers, {})).status, 403);
    for (const client of [supervisor, agent, administrator]) {
      assert.equal((await client.call(listOperators, {})).status, 403);
      assert.equal((await client.call(createOperator, { account: 'olga.operator', name: 'Olga' })).status, 403);
      assert.equal((await client.call(changeOperator, { account: 'olga.operator', name: 'Olga' })).status, 403);
    }
  });

  test('an operator above an administrator cannot be changed by one, wherever its account stands', async () => {
    const { vdnId } = await freshTenant();
    await server.parley.accounts.insert(server.world.db, vdnId, { account: 'odd.operator', name: 'Odd', role: 'operator', email: '', phone: '', passwordHash: '' }, 1);
    assert.equal((await administrator.call(changeUser, { account: 'odd.operator', enabled: false })).status, 403);
    assert.equal((await administrator.call(resetUserPassword, { account: 'odd.operator' })).status, 403);
    assert.equal((await administrator.call(deleteUser, { account: 'odd.operator' })).status, 403);
  });

  test('another tenant\'s accounts are not found', async () => {
    await freshTenant();
    await administrator.call(createUser, sam());
    const mine = tenant;
    await freshTenant();
    assert.equal((await administrator.call(showUser, { account: 'sam.supervisor' })).status, 404);
    assert.equal((await administrator.call(changeUser, { account: 'sam.supervisor', enabled: false })).status, 404);
    assert.equal((await administrator.call(deleteUser, { account: 'sam.supervisor' })).status, 404);
    assert.equal((await administrator.call(resetUserPassword, { account: 'sam.supervisor' })).status, 404);
    const stranger = await administrator.call(listUsers, {}, { 'x-parley-tenant': String(mine.vdnId) });
    assert.equal(stranger.status, 403);
    assert.equal((await mine.administrator.call(showUser, { account: 'sam.supervisor' })).body.enabled, true);
  });

  test('an operator must choose a tenant, which must be there, and then acts in it', async () => {
    const { vdnId } = await freshTenant();
    assert.equal((await operator.call(listUsers, {})).status, 403);
    for (const wrong of ['9998', '0', 'x', '-1', '99999999999999999999']) {
      assert.equal((await operator.call(listUsers, {}, { 'x-parley-tenant': wrong })).status, 403, wrong);
    }
    assert.equal((await operator.call(createUser, sam(), { 'x-parley-tenant': String(vdnId) })).status, 200);
    const { body } = await administrator.call(listAudit, { what: 'account', whatId: 'sam.supervisor' });
    assert.match(body.entries[0]?.actor ?? '', /^operator:/);
  });

  test('an account that belongs to an agent is not deleted here', async () => {
    await freshTenant();
    const agent = { userAccount: 'sam.supervisor', userName: 'Sam', password: PASSWORD, email: 'sam@example.com', agentType: 4, ccRoleId: 2 } as const;
    assert.equal((await tenant.client.call(agentAccountCreate, agent)).body['resultCode'], '0');
    const { status, body } = await administrator.call(deleteUser, { account: 'sam.supervisor' });
    assert.equal(status, 409);
    assert.match(JSON.stringify(body), /agent 101 signs in with it/);
    assert.equal((await administrator.call(showUser, { account: 'sam.supervisor' })).body.workNo, 101);
    await tenant.client.call(agentAccountDelete, { userAccount: 'sam.supervisor' });
    assert.equal((await administrator.call(showUser, { account: 'sam.supervisor' })).status, 404);
  });

  test('of equal creations at once exactly one succeeds', async () => {
    await freshTenant();
    const statuses = (await Promise.all(Array.from({ length: 6 }, () => administrator.call(createUser, sam())))).map(({ status }) => status);
    assert.deepEqual(statuses.toSorted((a, b) => a - b), [200, 409, 409, 409, 409, 409]);
  });
});

/** An installation whose one operator is this one. */
async function onlyOperator(): Promise<{ client: Client; account: string }> {
  await server.world.db.deleteFrom('account').where('vdn_id', '=', 0).execute();
  const client = await server.signedIn(0, 'operator');
  const { body } = await client.call(listOperators, {});
  operator = client;
  return { client, account: body.users[0]?.account ?? '' };
}

const olga = { account: 'olga.operator', name: 'Olga Operator', email: 'olga@example.com', phone: '4930123456' };

describeOperation(createOperator, {
  example: async () => {
    const { client } = await onlyOperator();
    const { body } = await client.call(createOperator, olga);
    assert.equal(body.role, 'operator');
    assert.match(body.password ?? '', /-/);
  },
  badInput: async () => {
    const { client } = await onlyOperator();
    assert.equal((await client.call(createOperator, { ...olga, account: 'a b' })).status, 400);
    await client.call(createOperator, olga);
    assert.equal((await client.call(createOperator, olga)).status, 409);
  },
  effect: async () => {
    const { client } = await onlyOperator();
    await client.call(createOperator, { ...olga, password: PASSWORD });
    assert.equal((await server.anyone.call(signIn, { account: 'olga.operator', password: PASSWORD })).body.vdnId, 0);
    const { body } = await client.call(listInstallationAudit, { what: 'account', limit: 1 });
    assert.equal(body.entries[0]?.operation, 'createOperator');
  },
});

describeOperation(listOperators, {
  example: async () => {
    const { client } = await onlyOperator();
    assert.equal((await client.call(listOperators, {})).body.users.length, 1);
  },
  badInput: async () => { assert.equal((await operator.call(listOperators, { limit: 1001 })).status, 400); },
  effect: async () => {
    const { client } = await onlyOperator();
    await client.call(createOperator, olga);
    const { body } = await client.call(listOperators, { limit: 1 });
    assert.equal(body.users.length, 1);
    assert.equal((await client.call(listOperators, { limit: 1, after: body.next ?? '' })).body.users.length, 1);
  },
});

describeOperation(showOperator, {
  example: async () => {
    const { client, account } = await onlyOperator();
    assert.equal((await client.call(showOperator, { account })).body.account, account);
  },
  badInput: async () => { assert.equal((await operator.call(showOperator, { account: 'nobody' })).status, 404); },
  effect: async () => {
    const { client } = await onlyOperator();
    await client.call(createOperator, olga);
    const chosen = { 'x-parley-tenant': String(tenant.vdnId) };
    assert.equal((await client.call(showOperator, { account: 'olga.operator' }, chosen)).body.email, 'olga@example.com', 'whichever tenant has been chosen');
  },
});

describeOperation(changeOperator, {
  example: async () => {
    const { client } = await onlyOperator();
    await client.call(createOperator, olga);
    assert.equal((await client.call(changeOperator, { account: 'olga.operator', phone: '1' })).body.phone, '1');
  },
  badInput: async () => {
    const { client, account } = await onlyOperator();
    await client.call(createOperator, olga);
    await client.call(changeOperator, { account: 'olga.operator', enabled: false });
    const { status, body } = await client.call(changeOperator, { account, enabled: false });
    assert.equal(status, 409, 'the other one is switched off');
    assert.match(JSON.stringify(body), /is the last operator/);
  },
  effect: async () => {
    const { client } = await onlyOperator();
    await client.call(createOperator, { ...olga, password: PASSWORD });
    await client.call(changeOperator, { account: 'olga.operator', enabled: false });
    assert.equal((await client.call(showOperator, { account: 'olga.operator' })).body.enabled, false);
    assert.equal((await server.anyone.call(signIn, { account: 'olga.operator', password: PASSWORD })).status, 401);
  },
});

describeOperation(deleteOperator, {
  example: async () => {
    const { client } = await onlyOperator();
    await client.call(createOperator, olga);
    assert.deepEqual((await client.call(deleteOperator, { account: 'olga.operator' })).body, {});
  },
  badInput: async () => {
    const { client, account } = await onlyOperator();
    assert.equal((await client.call(deleteOperator, { account })).status, 409);
    assert.equal((await client.call(deleteOperator, { account: 'nobody' })).status, 404);
  },
  effect: async () => {
    const { client, account } = await onlyOperator();
    const second = await server.signedIn(0, 'operator');
    const other = (await client.call(listOperators, {})).body.users.find((one) => one.account !== account)?.account ?? '';
    const statuses = (await Promise.all([client.call(deleteOperator, { account: other }), second.call(deleteOperator, { account })])).map(({ status }) => status);
    assert.equal(statuses.filter((status) => status === 200).length, 1, `of two who delete one another at once, one is left: ${String(statuses)}`);
    assert.equal((await server.parley.accounts.list(server.world.db, 0)).length, 1);
    const left = await onlyOperator();
    assert.equal((await left.client.call(showOperator, { account: other })).status, 404);
  },
});

describeOperation(resetOperatorPassword, {
  example: async () => {
    const { client } = await onlyOperator();
    await client.call(createOperator, olga);
    assert.match((await client.call(resetOperatorPassword, { account: 'olga.operator' })).body.password ?? '', /-/);
  },
  badInput: async () => { assert.equal((await operator.call(resetOperatorPassword, { account: 'nobody' })).status, 404); },
  effect: async () => {
    const { client } = await onlyOperator();
    await client.call(createOperator, { ...olga, password: PASSWORD });
    const { body } = await client.call(resetOperatorPassword, { account: 'olga.operator' });
    assert.equal((await server.anyone.call(signIn, { account: 'olga.operator', password: PASSWORD })).status, 401);
    assert.equal((await server.anyone.call(signIn, { account: 'olga.operator', password: body.password ?? '' })).body.passwordExpired, true);
  },
});
