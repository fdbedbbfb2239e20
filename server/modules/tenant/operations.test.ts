import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { tokenByAkSk } from '@parley/contract/access/c1-token.ts';
import { listAudit, listInstallationAudit } from '@parley/contract/admin/audit.ts';
import { changeTenant, createTenant, listTenants, setTenantPassword, showTenant } from '@parley/contract/admin/tenant.ts';
import { listAgentRoles, showReasons } from '@parley/contract/admin/workplace.ts';
import type { Client } from '@parley/contract/client.ts';
import { createSkill, querySkills } from '@parley/contract/configuration/queue.ts';
import { configLogin } from '@parley/contract/gateway/config-login.ts';
import type { Input } from '@parley/contract/operation.ts';
import { describeOperation } from '../../testing/operation-test.ts';
import { startTestServer, type TestServer } from '../../testing/server.ts';

type Draft = Input<typeof createTenant>;

let server: TestServer;
let operator: Client;

before(async () => {
  server = await startTestServer();
  operator = await server.signedIn(0, 'operator');
});
after(() => server.close());

const unique = (): string => `t-${randomBytes(6).toString('hex')}`;
/** Caps that the types would not let through. */
const oddLimits = (limits: unknown): Partial<Draft> => ({ limits } as Partial<Draft>);
const draft = (changes: Partial<Draft> = {}): Draft => ({ name: 'Example Ltd', tenantId: unique(), ...changes });

async function born(changes: Partial<Draft> = {}): Promise<number> {
  const { status, body } = await operator.call(createTenant, draft(changes));
  assert.equal(status, 200, JSON.stringify(body));
  return body.vdnId;
}

const queue = (name: string): Input<typeof createSkill> => ({
  mediaTypeId: 53, description: 'a queue', name, maxWaitTime: 60, maxWaitNum: 100, maxAgentWrapupTime: 5,
  skillParam: { noAgents: { transferType: 'Release' }, busy: { transferType: 'Release' }, timeOut: { transferType: 'Release' } },
});

describeOperation(createTenant, {
  example: async () => {
    const [example] = createTenant.examples ?? [];
    const { status, body } = await operator.call(createTenant, example?.request as Draft);
    assert.equal(status, 200, JSON.stringify(body));
    assert.deepEqual(body, { ...example?.response, vdnId: body.vdnId, configurationAgentId: 100_000 + body.vdnId });
  },
  badInput: async () => {
    const wrong: readonly Partial<Draft>[] = [
      { timeZone: 'Europe/Atlantis' }, { timeZone: '+02:00' }, { locale: 'german' }, { limits: { agents: -1 } }, { limits: { agents: 1.5 } }, oddLimits({ agent: 5 }),
      { tenantId: 'no spaces' }, { tenantId: '' }, { ccId: 0 }, { ccId: 65_536 }, { name: ' ' }, { limits: { agents: 3_000_000_000 } }, oddLimits(5),
      { guidMode: 'sometimes' as 'static' }, { agentPasswordDays: 181 }, { agentPasswordDays: -1 },
    ];
    for (const changes of wrong) assert.equal((await operator.call(createTenant, draft(changes))).status, 400, JSON.stringify(changes));
    const { body } = await operator.call(createTenant, draft(oddLimits({ agent: 5 })));
    assert.deepEqual(body['error'], { code: 'invalid', message: 'Wrong parameter: limits.agent: nothing of that name is limited.', field: 'limits.agent' });
  },
  effect: async () => {
    const vdnId = await born();
    const chosen = { 'x-parley-tenant': String(vdnId) };
    assert.equal((await operator.call(showReasons, { kind: 'rest' }, chosen)).body.reasons.length, 5);
    assert.equal((await operator.call(showReasons, { kind: 'busy' }, chosen)).body.reasons.length, 4);
    assert.deepEqual((await operator.call(listAgentRoles, {}, chosen)).body.roles.map(({ roleId }) => roleId), [2, 3, 4]);
    const { body } = await operator.call(listInstallationAudit, { what: 'tenant', whatId: String(vdnId) });
    assert.deepEqual(body.entries.map(({ operation }) => operation), ['createTenant']);
  },
});

describeOperation(listTenants, {
  example: async () => {
    await born();
    const { body } = await operator.call(listTenants, { limit: 10 });
    assert.ok(body.tenants.length >= 1);
    assert.ok(body.tenants.every(({ vdnId }) => vdnId > 0), 'the installation itself is no tenant');
  },
  badInput: async () => { assert.equal((await operator.call(listTenants, { limit: 0 })).status, 400); },
  effect: async () => {
    const made = [await born(), await born(), await born()];
    const seen: number[] = [];
    let next: number | undefined = 0;
    do {
      const { body }: { body: { tenants: { vdnId: number }[]; next?: number } } = await operator.call(listTenants, { limit: 2, after: next });
      seen.push(...body.tenants.map(({ vdnId }) => vdnId));
      ({ next } = body);
    } while (next !== undefined);
    assert.deepEqual(seen, seen.toSorted((a, b) => a - b));
    assert.ok(made.every((vdnId) => seen.filter((one) => one === vdnId).length === 1));
    assert.equal((await operator.call(showTenant, { vdnId: made[0] ?? 0 })).status, 200);
  },
});

describeOperation(showTenant, {
  example: async () => {
    const vdnId = await born({ name: 'Shown' });
    assert.equal((await operator.call(showTenant, { vdnId })).body.name, 'Shown');
  },
  badInput: async () => {
    assert.equal((await operator.call(showTenant, { vdnId: 9998 })).status, 404);
    assert.equal((await operator.call(showTenant, { vdnId: 0 })).status, 400);
    assert.equal((await operator.call(showTenant, { vdnId: 3_000_000_000 })).status, 400);
  },
  effect: async () => {
    const vdnId = await born();
    await operator.call(changeTenant, { vdnId, name: 'Renamed' });
    assert.equal((await operator.call(showTenant, { vdnId })).body.name, 'Renamed');
  },
});

describeOperation(changeTenant, {
  example: async () => {
    const vdnId = await born({ timeZone: 'Asia/Shanghai' });
    const { body } = await operator.call(changeTenant, { vdnId, name: 'Example Ltd', limits: { agents: 50, queues: 20 } });
    assert.deepEqual([body.limits, body.timeZone, body.enabled], [{ agents: 50, queues: 20 }, 'Asia/Shanghai', true]);
    const changed = await operator.call(changeTenant, { vdnId, guidMode: 'static', agentPasswordDays: 90, recording: { automatic: true } });
    assert.deepEqual(changed.body.recording, { automatic: true, byAgents: true, toFiles: true });
    assert.deepEqual([changed.body.guidMode, changed.body.agentPasswordDays], ['static', 90]);
    assert.equal((await operator.call(changeTenant, { vdnId, guidMode: 'server' })).body.guidMode, 'server');
    assert.equal((await operator.call(showTenant, { vdnId })).body.agentPasswordDays, 90, 'what is left out stays');
  },
  badInput: async () => {
    const vdnId = await born();
    assert.equal((await operator.call(changeTenant, { vdnId: 9998, name: 'x' })).status, 404);
    assert.equal((await operator.call(changeTenant, { vdnId, timeZone: 'Nowhere' })).status, 400);
    assert.equal((await operator.call(changeTenant, { vdnId, limits: { queues: -1 } })).status, 400);
  },
  effect: async () => {
    const tenant = await server.tenant();
    await operator.call(changeTenant, { vdnId: tenant.vdnId, limits: { queues: 1 } });
    assert.equal((await tenant.client.call(createSkill, queue('one'))).body['returnCode'], '0');
    assert.equal((await tenant.client.call(createSkill, queue('two'))).body['description'], 'No more skill queues: the limit of 1 is reached.');
    const { body } = await tenant.administrator.call(listAudit, { what: 'tenant' });
    assert.deepEqual(body.entries.map(({ operation, after: state }) => ({ operation, limits: (state as { limits: object }).limits })), [{ operation: 'changeTenant', limits: { queues: 1 } }]);
  },
});

describeOperation(setTenantPassword, {
  example: async () => {
    const vdnId = await born();
    const { body } = await operator.call(setTenantPassword, { vdnId });
    assert.equal(body.configurationAgentId, 100_000 + vdnId);
    assert.match(body.password ?? '', /^\w{20}$/);
  },
  badInput: async () => {
    const vdnId = await born();
    assert.equal((await operator.call(setTenantPassword, { vdnId: 9998 })).status, 404);
    assert.equal((await operator.call(setTenantPassword, { vdnId, password: 'tooweak1' })).status, 400);
  },
  effect: async () => {
    const vdnId = await born();
    const { body } = await operator.call(setTenantPassword, { vdnId, password: 'Curious-Teapot-41' });
    assert.equal(body.password, undefined, 'a password that was given is not told back');
    assert.equal((await operator.call(showTenant, { vdnId })).body.hasPassword, true);
    const login = await server.anyone.call(configLogin, { agentId: body.configurationAgentId, password: 'Curious-Teapot-41' });
    assert.equal(login.body['retcode'], '0', JSON.stringify(login.body));
    const audit = await operator.call(listAudit, { what: 'tenant' }, { 'x-parley-tenant': String(vdnId) });
    assert.equal(audit.body.entries[0]?.operation, 'setTenantPassword');
    assert.doesNotMatch(JSON.stringify(audit.body), /argon2|Teapot/);
  },
});

describe('tenants', () => {
  test('are for operators only', async () => {
    const tenant = await server.tenant();
    for (const client of [tenant.administrator, await server.signedIn(tenant.vdnId, 'supervisor'), await server.signedIn(tenant.vdnId, 'agent')]) {
      assert.equal((await client.call(listTenants, {})).status, 403);
      assert.equal((await client.call(createTenant, draft())).status, 403);
      assert.equal((await client.call(showTenant, { vdnId: tenant.vdnId })).status, 403);
      assert.equal((await client.call(changeTenant, { vdnId: tenant.vdnId, limits: {} })).status, 403);
      assert.equal((await client.call(setTenantPassword, { vdnId: tenant.vdnId })).status, 403);
    }
  });

  test('have ids of their own, also when made at once', async () => {
    const made = await Promise.all(Array.from({ length: 5 }, () => born()));
    assert.equal(new Set(made).size, 5);
    const tenantId = unique();
    const statuses = (await Promise.all(Array.from({ length: 5 }, () => operator.call(createTenant, draft({ tenantId }))))).map(({ status }) => status);
    assert.deepEqual(statuses.toSorted((a, b) => a - b), [200, 409, 409, 409, 409]);
  });

  test('share neither tenant id nor tenant space', async () => {
    const [tenantId, tenantSpaceId] = [unique(), unique()];
    await born({ tenantId, tenantSpaceId });
    const clash = async (changes: Partial<Draft>) => ((await operator.call(createTenant, draft(changes))).body['error'] as { message: string }).message;
    assert.equal(await clash({ tenantId }), `There is a tenant ${tenantId} already.`);
    assert.equal(await clash({ tenantSpaceId }), `There is a tenant space ${tenantSpaceId} already.`);
    assert.equal(await clash({ tenantId: tenantSpaceId }), `There is a tenant space ${tenantSpaceId} already.`);
  });

  test('that are switched off stop their keys and tokens at once, and go on where they were', async () => {
    const tenant = await server.tenant();
    const key = { app_key: tenant.appKey, app_secret: tenant.appSecret };
    assert.equal((await tenant.client.call(querySkills, {})).status, 200);
    await operator.call(changeTenant, { vdnId: tenant.vdnId, enabled: false });
    assert.equal((await tenant.client.call(querySkills, {})).status, 401);
    assert.equal((await server.anyone.call(tokenByAkSk, key)).status, 401);
    await operator.call(changeTenant, { vdnId: tenant.vdnId, enabled: true });
    assert.equal((await tenant.client.call(querySkills, {})).status, 200);
  });

  test('change one after another, so that no change is lost', async () => {
    const vdnId = await born();
    await Promise.all([
      operator.call(changeTenant, { vdnId, name: 'Both' }), operator.call(changeTenant, { vdnId, ccId: 7 }), operator.call(changeTenant, { vdnId, timeZone: 'Asia/Tokyo' }),
    ]);
    const { body } = await operator.call(showTenant, { vdnId });
    assert.deepEqual([body.name, body.ccId, body.timeZone], ['Both', 7, 'Asia/Tokyo']);
  });

  test('are not to be had for a vdn beyond 9999', async () => {
    const own = await startTestServer();
    try {
      await own.parley.tenants.insert(own.world.db, {
        vdnId: 9999, name: 'last', tenantId: 'last', tenantSpaceId: 'last', ccId: 1, timeZone: 'UTC', locale: 'en_US', enabled: true, limits: {},
      }, 1);
      const { status, body } = await (await own.signedIn(0, 'operator')).call(createTenant, draft());
      assert.equal(status, 409);
      assert.match(JSON.stringify(body), /all 9999 VDN ids have been given out/);
    } finally {
      await own.close();
    }
  });

  test('the installation is not found by its empty tenant id', async () => {
    assert.equal(await server.parley.tenants.findByTenantId(''), undefined);
  });
});
