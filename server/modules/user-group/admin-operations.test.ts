import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import {
  createUserGroup, deleteUserGroup, listUserGroups, renameUserGroup, replaceGroupMembers, replaceInspectedGroups,
} from '@parley/contract/admin/user-group.ts';
import { qcQueryAllCcGroup, qcQueryGroupMember } from '@parley/contract/monitoring/user-group.ts';
import type { Input } from '@parley/contract/operation.ts';
import { describeOperation } from '../../testing/operation-test.ts';
import { ALLOWED, DENIED, openTeam, type Team } from './user-group.fixture.ts';

let team: Team;
before(async () => { team = await openTeam(); });
after(() => team.server.close());
afterEach(() => team.clear());

const create = (draft: Input<typeof createUserGroup>) => team.tenant.administrator.ask(createUserGroup, draft);
const list = async () => (await team.tenant.administrator.ask(listUserGroups, {})).groups;

describeOperation(createUserGroup, {
  example: async () => {
    const agents = await create({ kind: 'agents', name: 'agents', members: [team.bob.workNo, team.ann.workNo] });
    const { id, ...group } = await create({ kind: 'inspectors', name: 'Team North', remark: 'x', members: [team.eve.workNo], inspects: [agents.id] });
    assert.match(id, /^\d{30}$/);
    assert.deepEqual(group, { kind: 'inspectors', name: 'Team North', remark: 'x', members: [team.eve.workNo], inspects: [agents.id] });
    assert.deepEqual(agents.members, [team.ann.workNo, team.bob.workNo]);
  },
  badInput: async () => {
    const agents = await create({ kind: 'agents', name: 'agents' });
    const statusOf = async (draft: object) => (await team.tenant.administrator.call(createUserGroup, { kind: 'agents', name: 'new', ...draft })).status;
    assert.equal(await statusOf({ name: ' ' }), 400);
    assert.equal(await statusOf({ kind: 'customers' }), 400);
    assert.equal(await statusOf({ name: 'agents' }), 409);
    assert.equal(await statusOf({ inspects: [agents.id] }), 409, 'agents do not inspect');
    assert.equal(await statusOf({ kind: 'inspectors', inspects: ['1'] }), 404);
    assert.equal(await statusOf({ members: [59_998] }), 404);
    assert.equal((await list()).length, 1);
  },
  effect: async () => {
    const agents = await create({ kind: 'agents', name: 'agents', members: [team.ann.workNo] });
    assert.equal(await team.listens(), DENIED);
    await create({ kind: 'inspectors', name: 'inspectors', members: [team.eve.workNo], inspects: [agents.id] });
    assert.equal(await team.listens(), ALLOWED);
  },
});

describeOperation(listUserGroups, {
  example: async () => {
    const groups = [await create({ kind: 'agents', name: 'one' }), await create({ kind: 'inspectors', name: 'two' })];
    assert.deepEqual(await list(), groups);
  },
  badInput: async () => {
    const agent = await team.server.signedIn(team.tenant.vdnId, 'agent');
    assert.equal((await agent.call(listUserGroups, {})).status, 403);
  },
  effect: async () => {
    const vdn = team.tenant.vdnId;
    await team.group('one', 2, [team.ann]);
    const [group] = await list();
    const [wire] = await team.tenant.monitor.ask(qcQueryAllCcGroup, { ccId: 1, vdn });
    assert.deepEqual([group?.id, group?.kind, group?.members], [wire?.id, 'agents', [team.ann.workNo]]);
    assert.deepEqual(await (await team.server.tenant()).administrator.ask(listUserGroups, {}), { groups: [] });
  },
});

describeOperation(renameUserGroup, {
  example: async () => {
    const { id } = await create({ kind: 'agents', name: 'one', remark: 'stays' });
    assert.deepEqual(await team.tenant.administrator.ask(renameUserGroup, { id, name: 'two' }), { id, kind: 'agents', name: 'two', remark: 'stays', members: [], inspects: [] });
  },
  badInput: async () => {
    const { id } = await create({ kind: 'agents', name: 'one' });
    await create({ kind: 'agents', name: 'two' });
    const statusOf = async (input: Input<typeof renameUserGroup>) => (await team.tenant.administrator.call(renameUserGroup, input)).status;
    assert.deepEqual([await statusOf({ id, name: 'two' }), await statusOf({ id: '1', name: 'x' }), await statusOf({ id, name: '' })], [409, 404, 400]);
  },
  effect: async () => {
    const { id } = await create({ kind: 'agents', name: 'one' });
    await team.tenant.administrator.ask(renameUserGroup, { id, name: 'two', remark: 'new' });
    assert.deepEqual((await list()).map(({ name, remark }) => [name, remark]), [['two', 'new']]);
  },
});

describeOperation(replaceGroupMembers, {
  example: async () => {
    const { id } = await create({ kind: 'agents', name: 'one', members: [team.ann.workNo] });
    assert.deepEqual((await team.tenant.administrator.ask(replaceGroupMembers, { id, members: [team.bob.workNo] })).members, [team.bob.workNo]);
  },
  badInput: async () => {
    const { id } = await create({ kind: 'agents', name: 'one' });
    const statusOf = async (input: Input<typeof replaceGroupMembers>) => (await team.tenant.administrator.call(replaceGroupMembers, input)).status;
    assert.deepEqual([await statusOf({ id, members: [59_998] }), await statusOf({ id: '1', members: [] }), await statusOf({ id, members: [1] })], [404, 404, 400]);
  },
  effect: async () => {
    const { agents } = await team.related();
    assert.equal(await team.listens(), ALLOWED);
    await team.tenant.administrator.ask(replaceGroupMembers, { id: agents, members: [team.bob.workNo] });
    assert.deepEqual([await team.listens(), await team.listens(team.bob)], [DENIED, ALLOWED]);
    const wire = await team.tenant.monitor.ask(qcQueryGroupMember, { vdn: team.tenant.vdnId, groupId: agents, limit: 9, offset: 0 });
    assert.deepEqual(wire.map(({ workNo }) => workNo), [team.bob.workNo]);
  },
});

describeOperation(replaceInspectedGroups, {
  example: async () => {
    const [agents, { id }] = [await create({ kind: 'agents', name: 'one' }), await create({ kind: 'inspectors', name: 'two' })];
    assert.deepEqual((await team.tenant.administrator.ask(replaceInspectedGroups, { id, inspects: [agents.id] })).inspects, [agents.id]);
  },
  badInput: async () => {
    const [agents, { id }] = [await create({ kind: 'agents', name: 'one' }), await create({ kind: 'inspectors', name: 'two' })];
    const statusOf = async (input: Input<typeof replaceInspectedGroups>) => (await team.tenant.administrator.call(replaceInspectedGroups, input)).status;
    assert.deepEqual([await statusOf({ id: agents.id, inspects: [agents.id] }), await statusOf({ id, inspects: [id] }), await statusOf({ id, inspects: ['1'] }), await statusOf({ id, inspects: [''] })], [409, 409, 404, 400]);
  },
  effect: async () => {
    const { inspectors } = await team.related();
    assert.equal(await team.listens(), ALLOWED);
    await team.tenant.administrator.ask(replaceInspectedGroups, { id: inspectors, inspects: [] });
    assert.equal(await team.listens(), DENIED);
  },
});

describeOperation(deleteUserGroup, {
  example: async () => {
    const { id } = await create({ kind: 'agents', name: 'one' });
    assert.deepEqual(await team.tenant.administrator.ask(deleteUserGroup, { id }), {});
  },
  badInput: async () => {
    const { id } = await create({ kind: 'agents', name: 'one' });
    const other = await team.server.tenant();
    assert.equal((await other.administrator.call(deleteUserGroup, { id })).status, 404, 'one of another tenant is none');
    assert.equal((await list()).length, 1);
  },
  effect: async () => {
    const { inspectors, agents } = await team.related();
    await team.tenant.administrator.ask(deleteUserGroup, { id: inspectors });
    assert.equal(await team.listens(), DENIED);
    await team.tenant.administrator.ask(deleteUserGroup, { id: agents });
    assert.equal(await team.listens(), ALLOWED, 'without groups all are one again');
  },
});

describe('user groups at the console', () => {
  test('are seen by supervisors, and changed by administrators', async () => {
    const supervisor = await team.server.signedIn(team.tenant.vdnId, 'supervisor');
    assert.equal((await supervisor.call(createUserGroup, { kind: 'agents', name: 'x' })).status, 403);
    assert.deepEqual(await supervisor.ask(listUserGroups, {}), { groups: [] });
  });
});
