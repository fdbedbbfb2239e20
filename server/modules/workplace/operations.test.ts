import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { listAudit } from '@parley/contract/admin/audit.ts';
import { changeAgentRole, listAgentRoles, PERMISSION_BITS, replaceReasons, showReasons } from '@parley/contract/admin/workplace.ts';
import type { Input } from '@parley/contract/operation.ts';
import { FIRST_BITS } from '@parley/core/tenant/workplace.ts';
import { describeOperation } from '../../testing/operation-test.ts';
import { startTestServer, type TestServer, type TestTenant } from '../../testing/server.ts';
import { permissionBitsOf, reasonsOf } from './index.ts';

let server: TestServer;
let tenant: TestTenant;

before(async () => { server = await startTestServer(); });
after(() => server.close());

async function freshTenant(): Promise<TestTenant> {
  tenant = await server.tenant();
  return tenant;
}

const exampleOf = (op: { readonly examples?: readonly { readonly request?: object; readonly response?: object }[] }) => op.examples?.[0] ?? {};

describeOperation(replaceReasons, {
  example: async () => {
    await freshTenant();
    const { request, response } = exampleOf(replaceReasons);
    assert.deepEqual((await tenant.administrator.call(replaceReasons, request as Input<typeof replaceReasons>)).body, response);
  },
  badInput: async () => {
    await freshTenant();
    const attempt = async (kind: 'rest' | 'busy', reasons: Input<typeof replaceReasons>['reasons']) => (await tenant.administrator.call(replaceReasons, { kind, reasons })).status;
    assert.equal(await attempt('busy', [{ code: 199, name: 'x' }]), 400);
    assert.equal(await attempt('rest', [{ code: 256, name: 'x' }]), 400);
    assert.equal(await attempt('rest', [{ code: 1, name: 'x' }, { code: 1, name: 'y' }]), 400);
    assert.equal(await attempt('rest', [{ code: 1, name: 'x' }, { code: 2, name: 'x' }]), 400);
    assert.equal(await attempt('rest', [{ code: 1, name: ' ' }]), 400);
    assert.equal(await attempt('other' as 'rest', []), 400);
    assert.equal((await reasonsOf(server.world.db, tenant.vdnId, 'rest')).length, 5, 'nothing was replaced');
  },
  effect: async () => {
    await freshTenant();
    await tenant.administrator.call(replaceReasons, { kind: 'rest', reasons: [{ code: 200, name: 'Tea' }, { code: 0, name: 'Whatever' }] });
    assert.deepEqual((await tenant.administrator.call(showReasons, { kind: 'rest' })).body.reasons, [{ code: 0, name: 'Whatever' }, { code: 200, name: 'Tea' }]);
    assert.equal((await tenant.administrator.call(showReasons, { kind: 'busy' })).body.reasons.length, 4, 'the other kind stays');
    await tenant.administrator.call(replaceReasons, { kind: 'rest', reasons: [] });
    assert.deepEqual(await reasonsOf(server.world.db, tenant.vdnId, 'rest'), []);
    const { body } = await tenant.administrator.call(listAudit, { what: 'reasons', whatId: 'rest' });
    assert.equal(body.entries.length, 2);
  },
});

describeOperation(showReasons, {
  example: async () => {
    await freshTenant();
    const { body } = await tenant.administrator.call(showReasons, { kind: 'rest' });
    assert.deepEqual(body.reasons[0], { code: 1, name: 'Short break' });
  },
  badInput: async () => { assert.equal((await tenant.administrator.call(showReasons, { kind: 'lunch' as 'rest' })).status, 400); },
  effect: async () => {
    await freshTenant();
    await tenant.administrator.call(replaceReasons, { kind: 'busy', reasons: [{ code: 250, name: 'Last' }] });
    const agent = await server.signedIn(tenant.vdnId, 'agent');
    assert.deepEqual((await agent.call(showReasons, { kind: 'busy' })).body, { kind: 'busy', reasons: [{ code: 250, name: 'Last' }] });
  },
});

describeOperation(listAgentRoles, {
  example: async () => {
    await freshTenant();
    const { body } = await tenant.administrator.call(listAgentRoles, {});
    assert.deepEqual(body.roles.map(({ roleId, name, bits }) => ({ roleId, name, bits })), [
      { roleId: 2, name: 'agent', bits: FIRST_BITS[2] }, { roleId: 3, name: 'inspector', bits: FIRST_BITS[3] }, { roleId: 4, name: 'outbound agent', bits: FIRST_BITS[4] },
    ]);
    assert.equal(body.permissions.length, 33);
    assert.deepEqual(body.permissions[0], { bit: 1, name: PERMISSION_BITS[1] });
  },
  badInput: async () => {
    await freshTenant();
    const agent = await server.signedIn(tenant.vdnId, 'agent');
    assert.equal((await agent.call(listAgentRoles, {})).status, 403);
  },
  effect: async () => {
    await freshTenant();
    await tenant.administrator.call(changeAgentRole, { roleId: 4, bits: [] });
    const supervisor = await server.signedIn(tenant.vdnId, 'supervisor');
    assert.deepEqual((await supervisor.call(listAgentRoles, {})).body.roles.at(-1)?.bits, []);
  },
});

describeOperation(changeAgentRole, {
  example: async () => {
    await freshTenant();
    const { request, response } = exampleOf(changeAgentRole);
    assert.deepEqual((await tenant.administrator.call(changeAgentRole, request as Input<typeof changeAgentRole>)).body, response);
  },
  badInput: async () => {
    await freshTenant();
    const attempt = async (roleId: number, bits: number[]) => (await tenant.administrator.call(changeAgentRole, { roleId: roleId as 2, bits })).status;
    assert.equal(await attempt(5, [1]), 400);
    assert.equal(await attempt(2, [36]), 400);
    assert.equal(await attempt(2, [0]), 400);
    assert.equal(await attempt(2, [22]), 400, 'out of use');
    assert.equal(await attempt(2, [1.5]), 400);
    assert.deepEqual(await permissionBitsOf(server.world.db, tenant.vdnId, 2), FIRST_BITS[2]);
  },
  effect: async () => {
    await freshTenant();
    await tenant.administrator.call(changeAgentRole, { roleId: 2, bits: [30, 1, 1, 5] });
    assert.deepEqual(await permissionBitsOf(server.world.db, tenant.vdnId, 2), [1, 5, 30]);
    const { body } = await tenant.administrator.call(listAudit, { what: 'agent-role' });
    assert.deepEqual(body.entries[0]?.after, { roleId: 2, bits: [1, 5, 30] });
  },
});

describe('the workplace', () => {
  test('is changed by administrators only, and by each in the own tenant only', async () => {
    const mine = await freshTenant();
    const theirs = await freshTenant();
    for (const role of ['agent', 'supervisor'] as const) {
      const client = await server.signedIn(mine.vdnId, role);
      assert.equal((await client.call(replaceReasons, { kind: 'rest', reasons: [] })).status, 403);
      assert.equal((await client.call(changeAgentRole, { roleId: 2, bits: [] })).status, 403);
    }
    await theirs.administrator.call(replaceReasons, { kind: 'rest', reasons: [] });
    await theirs.administrator.call(changeAgentRole, { roleId: 2, bits: [] });
    assert.equal((await mine.administrator.call(showReasons, { kind: 'rest' })).body.reasons.length, 5);
    assert.deepEqual(await permissionBitsOf(server.world.db, mine.vdnId, 2), FIRST_BITS[2]);
  });

  test('a tenant that never set its roles has the first ones, and unknown roles may nothing', async () => {
    await server.world.db.deleteFrom('role_permission').where('vdn_id', '=', tenant.vdnId).execute();
    assert.deepEqual(await permissionBitsOf(server.world.db, tenant.vdnId, 3), FIRST_BITS[3]);
    assert.deepEqual(await permissionBitsOf(server.world.db, tenant.vdnId, 255), []);
  });

  test('reasons replaced twice at once end as one of the two', async () => {
    await freshTenant();
    const sets = [[{ code: 1, name: 'a' }, { code: 2, name: 'b' }], [{ code: 2, name: 'c' }, { code: 3, name: 'a' }]];
    const statuses = (await Promise.all(sets.map((reasons) => tenant.administrator.call(replaceReasons, { kind: 'rest', reasons })))).map(({ status }) => status);
    assert.deepEqual(statuses, [200, 200]);
    const kept = JSON.stringify(await reasonsOf(server.world.db, tenant.vdnId, 'rest'));
    assert.ok(sets.some((set) => JSON.stringify(set) === kept), kept);
  });
});
