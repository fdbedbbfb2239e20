import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { listAudit, listInstallationAudit } from '@parley/contract/admin/audit.ts';
import { createTenant } from '@parley/contract/admin/tenant.ts';
import { createUser, deleteUser } from '@parley/contract/admin/user.ts';
import { changeAgentRole } from '@parley/contract/admin/workplace.ts';
import type { Input } from '@parley/contract/operation.ts';
import { describeOperation } from '../../testing/operation-test.ts';
import { startTestServer, type TestServer, type TestTenant } from '../../testing/server.ts';
import { auditEraser } from './index.ts';

let server: TestServer;
let tenant: TestTenant;

before(async () => { server = await startTestServer(); });
after(() => server.close());

async function freshTenant(): Promise<TestTenant> {
  tenant = await server.tenant();
  return tenant;
}

const grant = (bits: number[], roleId: 2 | 3 | 4 = 2) => tenant.administrator.call(changeAgentRole, { roleId, bits });
const trail = async (filter: Input<typeof listAudit> = {}) => (await tenant.administrator.call(listAudit, filter)).body;

describeOperation(listAudit, {
  example: async () => {
    await freshTenant();
    await grant([1]);
    const { entries: [entry] } = await trail({ what: 'agent-role', limit: 1 });
    assert.ok(entry !== undefined);
    const { actor, ...rest } = entry;
    assert.match(actor, /^user:administrator-/);
    assert.deepEqual({ ...rest, id: 0, at: 0, before: {} }, {
      id: 0, at: 0, source: '127.0.0.1', operation: 'changeAgentRole', what: 'agent-role', whatId: '2', before: {}, after: { roleId: 2, bits: [1] },
    });
  },
  badInput: async () => {
    await freshTenant();
    for (const filter of [{ limit: 0 }, { limit: 501 }, { olderThan: 0 }, { from: -1 }, { olderThan: 2 ** 60 }]) {
      assert.equal((await tenant.administrator.call(listAudit, filter)).status, 400, JSON.stringify(filter));
    }
    assert.equal((await tenant.administrator.call(listAudit, { actor: 'x'.repeat(201) })).status, 400);
  },
  effect: async () => {
    await freshTenant();
    for (let bit = 1; bit <= 5; bit += 1) await grant([bit]);
    const seen: unknown[] = [];
    let olderThan: number | undefined;
    do {
      const page: Awaited<ReturnType<typeof trail>> = await trail({ limit: 2, ...(olderThan === undefined ? {} : { olderThan }) });
      seen.push(...page.entries.map(({ after: state }) => (state as { bits: number[] }).bits[0]));
      ({ next: olderThan } = page);
    } while (olderThan !== undefined);
    assert.deepEqual(seen, [5, 4, 3, 2, 1], 'newest first, each once');
  },
});

describeOperation(listInstallationAudit, {
  example: async () => {
    const operator = await server.signedIn(0, 'operator');
    await operator.call(createTenant, { name: 'Audited', tenantId: 'audited' });
    const { body } = await operator.call(listInstallationAudit, { what: 'tenant', limit: 1 });
    assert.deepEqual(body.entries.map(({ after: state }) => (state as { tenantId: string }).tenantId), ['audited']);
  },
  badInput: async () => {
    await freshTenant();
    assert.equal((await tenant.administrator.call(listInstallationAudit, {})).status, 403);
  },
  effect: async () => {
    await freshTenant();
    await grant([1]);
    const operator = await server.signedIn(0, 'operator');
    const chosen = { 'x-parley-tenant': String(tenant.vdnId) };
    const { body } = await operator.call(listInstallationAudit, {}, chosen);
    assert.ok(body.entries.every(({ what }) => what !== 'agent-role'), 'whichever tenant has been chosen');
    assert.equal((await operator.call(listAudit, { what: 'agent-role' }, chosen)).body.entries.length, 1);
    assert.equal((await operator.call(listAudit, {})).status, 403, 'without a tenant there is no tenant\'s trail');
  },
});

describe('the audit trail', () => {
  test('is filtered by actor, noun, thing, operation and time', async () => {
    await freshTenant();
    await grant([1], 2);
    await grant([1], 3);
    await tenant.administrator.call(createUser, { account: 'sam.supervisor', name: 'Sam', role: 'supervisor', password: 'Curious-Teapot-41' });
    const all = (await trail()).entries;
    assert.equal(all.length, 3);
    const [newest, , oldest] = all;
    assert.ok(newest !== undefined && oldest !== undefined);
    const count = async (filter: Input<typeof listAudit>) => (await trail(filter)).entries.length;
    assert.equal(await count({ actor: newest.actor }), 3);
    assert.equal(await count({ actor: 'user:nobody' }), 0);
    assert.equal(await count({ what: 'agent-role' }), 2);
    assert.equal(await count({ what: 'agent-role', whatId: '3' }), 1);
    assert.equal(await count({ operation: 'createUser' }), 1);
    assert.equal(await count({ from: oldest.at, to: newest.at + 1 }), 3);
    assert.equal(await count({ to: oldest.at }), 0);
    assert.equal(await count({ from: newest.at + 1 }), 0);
  });

  test('is read by supervisors, not by agents, and by nobody of another tenant', async () => {
    const mine = await freshTenant();
    await grant([1]);
    await freshTenant();
    assert.equal((await trail()).entries.length, 0);
    assert.equal((await (await server.signedIn(mine.vdnId, 'supervisor')).call(listAudit, {})).body.entries.length, 1);
    assert.equal((await (await server.signedIn(mine.vdnId, 'agent')).call(listAudit, {})).status, 403);
  });

  test('tells nothing of what was refused', async () => {
    await freshTenant();
    await tenant.administrator.call(deleteUser, { account: 'nobody' });
    assert.equal((await trail()).entries.length, 0);
  });

  test('an erasure masks what names the subjects, and leaves who did what', async () => {
    const theirs = await freshTenant();
    const mine = await freshTenant();
    const by = { actor: 'user:ann.admin', source: '192.0.2.7', operation: 'test' };
    const note = (vdnId: number, id: string, was: object | null, is: object | null) => server.parley.writer.write(vdnId, by, ({ record }) => {
      record({ what: 'note', id, before: was, after: is });
      return Promise.resolve({});
    });
    for (const { vdnId } of [theirs, mine]) {
      await note(vdnId, 'bob.bobson', null, { phone: '4930123456', mails: ['bob@example.com', 'al@example.com'] });
      await note(vdnId, 'bob.bobson', { phone: '4930123456' }, { phone: '4930999999', remark: 'was 4930123456, once.' });
      await note(vdnId, 'other', { count: 3 }, null);
    }

    const shown = async () => (await trail({ what: 'note' })).entries.map(({ whatId, before: was, after: is }) => ({ whatId, was, is }));
    assert.deepEqual(await auditEraser.erase(server.world.db, mine.vdnId, ['4930123456', 'bob@example.com', 'ann.admin']), { audit: 2 });
    assert.deepEqual(await shown(), [
      { whatId: 'other', was: { count: 3 }, is: null },
      { whatId: 'bob.bobson', was: { phone: '***' }, is: { phone: '4930999999', remark: 'was ***, once.' } },
      { whatId: 'bob.bobson', was: null, is: { phone: '***', mails: ['***', 'al@example.com'] } },
    ]);
    assert.ok((await trail({ what: 'note' })).entries.every(({ actor }) => actor === 'user:ann.admin'), 'whoever changed something stands by it');

    assert.deepEqual(await auditEraser.erase(server.world.db, mine.vdnId, ['bob.bobson']), { audit: 2 });
    assert.equal((await trail({ whatId: 'bob.bobson' })).entries.length, 0);
    assert.deepEqual(await auditEraser.erase(server.world.db, mine.vdnId, ['bob.bobson']), { audit: 0 });
    tenant = theirs;
    assert.match(JSON.stringify(await shown()), /4930123456/, 'another tenant\'s trail is untouched');
  });

  test('an erasure goes through a trail of any length', async () => {
    await freshTenant();
    const rows = Array.from({ length: 1203 }, (_, index) => ({
      vdn_id: tenant.vdnId, at: index, actor: 'test', source: 'test', operation: 'test', what: 'test', what_id: String(index), before: null,
      after: JSON.stringify({ phone: index % 2 === 0 ? '4930123456' : '1' }),
    }));
    await server.world.db.insertInto('audit').values(rows).execute();
    assert.deepEqual(await auditEraser.erase(server.world.db, tenant.vdnId, ['4930123456']), { audit: 602 });
  });
});
