import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import type { TSchema } from 'typebox';
import { agentAccountDelete, agentAccountQuery } from '@parley/contract/configuration/agent-account.ts';
import { queryAgentInfoByWorkNo } from '@parley/contract/gateway/agent-group.ts';
import { qcAddSupervise, qcForceBusy, qcIntercept } from '@parley/contract/gateway/inspection.ts';
import { recordFileDownloadEx } from '@parley/contract/gateway/recording.ts';
import {
  qcBatchAddGroupMember, qcBatchDeleteGroupMember, qcConfigRelation, qcCreateUserGroup, qcDeleteRelation, qcDeleteUserGroup, qcJoinUserGroup,
  qcQueryAllCcGroup, qcQueryGroupMember, qcUpdateAgentName, qcUpdateGroup,
} from '@parley/contract/monitoring/user-group.ts';
import type { Operation, OperationParts } from '@parley/contract/operation.ts';
import { openDesk, type Desk } from '../../testing/desk.ts';
import { resultOf } from '../../testing/floor.ts';
import { describeOperation } from '../../testing/operation-test.ts';
import type { TestTenant } from '../../testing/server.ts';
import { createRecorder } from '../recording/recorder.fixture.ts';
import { ALLOWED, DENIED, openTeam, type Team } from './user-group.fixture.ts';

const recorder = createRecorder();
let team: Team;
let vdn: number;
let stranger: TestTenant;
before(async () => {
  team = await openTeam({ recordings: recorder.folder });
  vdn = team.tenant.vdnId;
  stranger = await team.server.tenant();
});
after(async () => {
  await team.server.close();
  recorder.close();
});
afterEach(() => team.clear());

const NO_GROUP = '159282396714302232563636876268';

const codeOf = async <Parts extends OperationParts, R extends TSchema>(op: Operation<Parts, R>, input: object, client = team.tenant.monitor): Promise<unknown> => {
  const { body } = await client.call(op, { vdn, ...input } as never);
  return body['resultCode'] ?? body['retcode'];
};
const groups = () => team.tenant.monitor.ask(qcQueryAllCcGroup, { ccId: 1, vdn });
const members = async (groupId: string) => (await team.tenant.monitor.ask(qcQueryGroupMember, { vdn, groupId, limit: 100, offset: 0 })).map(({ workNo }) => workNo);
const workNos = (...desks: readonly Desk[]) => desks.map(({ workNo }) => workNo);

/** Keys of other tenants, and other contact centres, are refused everywhere alike. */
async function refusesOthers<Parts extends OperationParts, R extends TSchema>(op: Operation<Parts, R>, input: object, code = '0101003'): Promise<void> {
  assert.equal(await codeOf(op, { ...input, vdn, vdnId: vdn }, stranger.monitor), code);
  assert.equal(await codeOf(op, { ...input, vdn, vdnId: vdn, ccId: 4711 }), code);
}

describeOperation(qcQueryAllCcGroup, {
  example: async () => {
    await team.tenant.monitor.ask(qcCreateUserGroup, { vdn, groupName: 'Team North', groupType: 3, remark: 'of inspectors' });
    const [group] = await groups();
    assert.match(group?.id ?? '', /^\d{30}$/);
    assert.deepEqual([group?.groupName, group?.groupType, group?.remark], ['Team North', 3, 'of inspectors']);
  },
  badInput: async () => {
    await refusesOthers(qcQueryAllCcGroup, { ccId: 1 });
    assert.equal(await codeOf(qcQueryAllCcGroup, { ccId: 0, vdn }), '0100002');
    assert.deepEqual(await stranger.monitor.ask(qcQueryAllCcGroup, { ccId: 1, vdn: stranger.vdnId }), []);
  },
  effect: async () => {
    const id = await team.group('one', 2, []);
    await team.group('two', 3, []);
    assert.deepEqual((await groups()).map(({ groupName }) => groupName), ['one', 'two']);
    assert.equal(await codeOf(qcDeleteUserGroup, { id }), '0100000');
    assert.deepEqual((await team.server.overseer.ask(qcQueryAllCcGroup, { ccId: 1, vdn })).map(({ groupName }) => groupName), ['two']);
  },
});

describeOperation(qcCreateUserGroup, {
  example: async () => {
    const { body } = await team.tenant.monitor.call(qcCreateUserGroup, { vdn, groupName: 'Team North', groupType: 3, remark: 'Inspector group', workNos: workNos(team.eve) });
    assert.deepEqual(body, { resultCode: '0100000', resultDesc: 'Added successfully' });
  },
  badInput: async () => {
    const draft = { groupName: 'new', groupType: 2 };
    await refusesOthers(qcCreateUserGroup, draft);
    for (const wrong of [{ groupType: 4 }, { groupType: '' }, { groupName: ' ' }, { groupName: 'x'.repeat(101) }, { groupName: 'a<b' }, { workNos: [100_000] }]) {
      assert.equal(await codeOf(qcCreateUserGroup, { ...draft, ...wrong }), '0100002', JSON.stringify(wrong));
    }
    assert.equal(await codeOf(qcCreateUserGroup, { ...draft, workNos: [team.ann.workNo, 59_998] }), '0101001');
    assert.deepEqual(await groups(), [], 'nothing was made');
    await team.group('new', 2, []);
    assert.equal(await codeOf(qcCreateUserGroup, draft), '0101001');
  },
  effect: async () => {
    assert.equal(await team.listens(), ALLOWED, 'without groups all are one');
    const first = await team.group('agents', 2, [team.ann]);
    assert.equal(await team.listens(), DENIED);
    assert.equal(await team.listens(team.bob), DENIED, 'who is in no group is inspected by nobody');
    const second = await team.group('others', 2, [team.ann, team.eve]);
    assert.deepEqual([await members(first), await members(second)], [[], workNos(team.ann, team.eve)], 'ann was moved');
    assert.equal(await team.listens(), ALLOWED, 'within a group');
  },
});

describeOperation(qcQueryGroupMember, {
  example: async () => {
    const groupId = await team.group('Inspector group', 3, [team.eve]);
    const [member] = await team.tenant.monitor.ask(qcQueryGroupMember, { vdn, groupId, limit: 10, offset: 0 });
    assert.match(member?.id ?? '', /^\d{30}$/);
    const { body: { data: [account] } } = await team.tenant.client.call(agentAccountQuery, { userAccount: member?.accountCode ?? '' });
    assert.deepEqual(member, { workNo: team.eve.workNo, accountCode: account?.userAccount, groupName: 'Inspector group', accountName: account?.userName, ccRoleId: 3, id: member?.id });
  },
  badInput: async () => {
    const groupId = await team.group('agents', 2, [team.ann]);
    const input = { groupId, limit: 10, offset: 0 };
    await refusesOthers(qcQueryGroupMember, input);
    for (const wrong of [{ limit: 101 }, { limit: 0 }, { offset: -1 }, { workNo: 100_000 }, { limit: '' }]) assert.equal(await codeOf(qcQueryGroupMember, { ...input, ...wrong }), '0100002', JSON.stringify(wrong));
    assert.equal(await codeOf(qcQueryGroupMember, { ...input, groupId: NO_GROUP }), '0101001');
    assert.equal(await codeOf(qcQueryGroupMember, { ...input, vdn: stranger.vdnId }, stranger.monitor), '0101001', 'a group of another tenant is none');
  },
  effect: async () => {
    const groupId = await team.group('agents', 2, [team.ann, team.bob]);
    const page = async (input: object) => (await team.tenant.monitor.ask(qcQueryGroupMember, { vdn, groupId, limit: 100, offset: 0, ...input })).map(({ workNo }) => workNo);
    const [one, two] = workNos(team.ann, team.bob);
    assert.deepEqual([await page({}), await page({ limit: 1 }), await page({ limit: 1, offset: 1 }), await page({ offset: 2 })], [[one, two], [one], [two], []]);
    assert.deepEqual([await page({ workNo: two }), await page({ workNo: team.eve.workNo })], [[two], []]);
    await team.tenant.monitor.ask(qcBatchDeleteGroupMember, { vdn, workNos: workNos(team.ann) });
    assert.deepEqual(await page({}), [two]);
  },
});

describeOperation(qcBatchAddGroupMember, {
  example: async () => {
    const groupId = await team.group('agents', 2, []);
    const { body } = await team.tenant.monitor.call(qcBatchAddGroupMember, { vdn, workNos: workNos(team.ann, team.bob), groupId });
    assert.deepEqual(body, { resultCode: '0100000', resultDesc: 'Added successfully' });
  },
  badInput: async () => {
    const groupId = await team.group('agents', 2, []);
    await refusesOthers(qcBatchAddGroupMember, { groupId, workNos: workNos(team.ann) });
    assert.equal(await codeOf(qcBatchAddGroupMember, { groupId, workNos: [] }), '0100002');
    assert.equal(await codeOf(qcBatchAddGroupMember, { groupId, workNos: [team.ann.workNo, 59_998] }), '0101001');
    assert.equal(await codeOf(qcBatchAddGroupMember, { groupId: NO_GROUP, workNos: workNos(team.ann) }), '0101001');
    assert.deepEqual(await members(groupId), [], 'all or none');
  },
  effect: async () => {
    const { agents } = await team.related();
    assert.equal(await team.listens(team.bob), DENIED);
    await team.tenant.monitor.ask(qcBatchAddGroupMember, { vdn, groupId: agents, workNos: workNos(team.bob) });
    assert.equal(await team.listens(team.bob), ALLOWED);
    assert.deepEqual(await members(agents), workNos(team.ann, team.bob));
  },
});

describeOperation(qcBatchDeleteGroupMember, {
  example: async () => {
    await team.group('agents', 2, [team.ann]);
    const { body } = await team.tenant.monitor.call(qcBatchDeleteGroupMember, { vdn, workNos: workNos(team.ann, team.bob) });
    assert.deepEqual(body, { resultCode: '0100000', resultDesc: 'Deleted successfully' });
  },
  badInput: async () => {
    const groupId = await team.group('agents', 2, [team.ann]);
    await refusesOthers(qcBatchDeleteGroupMember, { workNos: workNos(team.ann) });
    assert.equal(await codeOf(qcBatchDeleteGroupMember, { workNos: [100_000] }), '0100002');
    assert.deepEqual(await members(groupId), workNos(team.ann));
  },
  effect: async () => {
    const { agents, inspectors } = await team.related();
    assert.equal(await team.listens(), ALLOWED);
    await team.tenant.monitor.ask(qcBatchDeleteGroupMember, { vdn, workNos: workNos(team.ann) });
    assert.equal(await team.listens(), DENIED);
    await team.tenant.monitor.ask(qcBatchAddGroupMember, { vdn, groupId: agents, workNos: workNos(team.ann) });
    assert.equal(await team.listens(), ALLOWED);
    await team.tenant.monitor.ask(qcBatchDeleteGroupMember, { vdn });
    assert.deepEqual([await members(agents), await members(inspectors)], [[], []], 'all groups are empty');
    assert.equal(await team.listens(), DENIED, 'and nobody may inspect anybody by that');
  },
});

describeOperation(qcUpdateGroup, {
  example: async () => {
    const id = await team.group('Team North', 3, []);
    const { body } = await team.tenant.monitor.call(qcUpdateGroup, { vdn, id, groupName: 'Team South', remark: 'Inspector group' });
    assert.deepEqual(body, { resultCode: '0100000', resultDesc: 'Updated successfully' });
  },
  badInput: async () => {
    const id = await team.group('one', 2, []);
    await team.group('two', 2, []);
    await refusesOthers(qcUpdateGroup, { id, groupName: 'three' });
    assert.equal(await codeOf(qcUpdateGroup, { id, groupName: '' }), '0100002');
    assert.equal(await codeOf(qcUpdateGroup, { id, groupName: 'two' }), '0101001');
    assert.equal(await codeOf(qcUpdateGroup, { id: NO_GROUP, groupName: 'three' }), '0101001');
    assert.deepEqual((await groups()).map(({ groupName }) => groupName), ['one', 'two']);
  },
  effect: async () => {
    const id = await team.group('one', 2, []);
    await team.tenant.monitor.ask(qcUpdateGroup, { vdn, id, groupName: 'two', remark: 'changed' });
    await team.tenant.monitor.ask(qcUpdateGroup, { vdn, id, groupName: 'three' });
    assert.deepEqual((await groups()).map(({ groupName, remark }) => [groupName, remark]), [['three', 'changed']]);
  },
});

describeOperation(qcDeleteUserGroup, {
  example: async () => {
    const id = await team.group('agents', 2, [team.ann]);
    const { body } = await team.tenant.monitor.call(qcDeleteUserGroup, { vdn, id });
    assert.deepEqual(body, { resultCode: '0100000', resultDesc: 'Deleted successfully' });
  },
  badInput: async () => {
    const id = await team.group('agents', 2, [team.ann]);
    await refusesOthers(qcDeleteUserGroup, { id });
    assert.equal(await codeOf(qcDeleteUserGroup, { id: NO_GROUP }), '0101001');
    assert.equal(await codeOf(qcDeleteUserGroup, { id: '' }), '0100002');
    assert.equal((await groups()).length, 1);
  },
  effect: async () => {
    const { inspectors } = await team.related();
    assert.equal(await team.listens(), ALLOWED);
    await team.tenant.monitor.ask(qcDeleteUserGroup, { vdn, id: inspectors });
    assert.equal(await team.listens(), DENIED);
  },
});

describeOperation(qcConfigRelation, {
  example: async () => {
    const [agents, inspectors] = [await team.group('agents', 2, [team.ann]), await team.group('inspectors', 3, [team.eve])];
    const { body } = await team.tenant.monitor.call(qcConfigRelation, { vdn, qcGroupId: inspectors, inspectedGroupIds: [agents] });
    assert.deepEqual(body, { resultCode: '0100000', resultDesc: 'Configured successfully' });
  },
  badInput: async () => {
    const [agents, inspectors] = [await team.group('agents', 2, [team.ann]), await team.group('inspectors', 3, [team.eve])];
    await refusesOthers(qcConfigRelation, { qcGroupId: inspectors, inspectedGroupIds: [agents] });
    assert.equal(await codeOf(qcConfigRelation, { qcGroupId: inspectors, inspectedGroupIds: [] }), '0100002');
    for (const [qcGroupId, inspectedGroupIds] of [[agents, [agents]], [inspectors, [inspectors]], [inspectors, [agents, NO_GROUP]], [NO_GROUP, [agents]]] as const) {
      assert.equal(await codeOf(qcConfigRelation, { qcGroupId, inspectedGroupIds }), '0101001');
    }
    assert.equal(await team.listens(), DENIED);
  },
  effect: async () => {
    const [agents, others, inspectors] = [await team.group('agents', 2, [team.ann]), await team.group('others', 2, [team.bob]), await team.group('inspectors', 3, [team.eve])];
    assert.equal(await team.listens(), DENIED);
    await team.tenant.monitor.ask(qcConfigRelation, { vdn, qcGroupId: inspectors, inspectedGroupIds: [agents] });
    assert.deepEqual([await team.listens(), await team.listens(team.bob)], [ALLOWED, DENIED]);
    await team.tenant.monitor.ask(qcConfigRelation, { vdn, qcGroupId: inspectors, inspectedGroupIds: [others, agents] });
    assert.deepEqual([await team.listens(), await team.listens(team.bob)], [ALLOWED, ALLOWED]);
  },
});

describeOperation(qcDeleteRelation, {
  example: async () => {
    const { agents, inspectors } = await team.related();
    const { body } = await team.tenant.monitor.call(qcDeleteRelation, { vdn, qcGroupId: inspectors, inspectedGroupIds: [agents] });
    assert.deepEqual(body, { resultCode: '0100000', resultDesc: 'Deleted successfully' });
  },
  badInput: async () => {
    const { agents, inspectors } = await team.related();
    const others = await team.group('others', 2, [team.bob]);
    await refusesOthers(qcDeleteRelation, { qcGroupId: inspectors, inspectedGroupIds: [agents] });
    assert.equal(await codeOf(qcDeleteRelation, { qcGroupId: inspectors, inspectedGroupIds: [agents, others] }), '0101001');
    assert.equal(await codeOf(qcDeleteRelation, { qcGroupId: agents, inspectedGroupIds: [agents] }), '0101001');
    assert.equal(await team.listens(), ALLOWED, 'all or none');
  },
  effect: async () => {
    const { agents, inspectors } = await team.related();
    assert.equal(await team.listens(), ALLOWED);
    await team.tenant.monitor.ask(qcDeleteRelation, { vdn, qcGroupId: inspectors, inspectedGroupIds: [agents] });
    assert.equal(await team.listens(), DENIED);
  },
});

describeOperation(qcJoinUserGroup, {
  example: async () => {
    const groupId = await team.group('Agent group A', 2, []);
    const { body } = await team.tenant.monitor.call(qcJoinUserGroup, { vdnId: vdn, agentId: team.ann.workNo, groupId, groupName: 'Agent group', groupType: '' } as never);
    assert.deepEqual(body, { result: { groupName: 'Agent group A', groupId }, message: 'success', retcode: '0' });
  },
  badInput: async () => {
    const agentId = team.ann.workNo;
    const groupId = await team.group('taken', 2, []);
    await refusesOthers(qcJoinUserGroup, { agentId, groupId }, '300-010');
    const code = (input: object) => codeOf(qcJoinUserGroup, { vdnId: vdn, agentId, groupName: 'new', ...input });
    assert.equal(await code({ agentId: 59_998 }), '300-016');
    assert.equal(await code({ groupName: 'taken' }), '300-017');
    assert.deepEqual([await code({ groupName: '' }), await code({ groupName: undefined }), await code({ groupName: '  ' })], ['300-018', '300-018', '300-018']);
    assert.equal(await code({ groupId: NO_GROUP }), '300-019');
    assert.deepEqual([await code({ groupType: 4 }), await code({ agentId: 100_000 }), await code({ groupName: 'x'.repeat(101) }), await code({ vdnId: 5001 })], ['1', '1', '1', '1']);
    assert.deepEqual([(await groups()).length, await members(groupId)], [1, []]);
  },
  effect: async () => {
    const { agents, inspectors } = await team.related();
    const { groupId } = await team.tenant.monitor.ask(qcJoinUserGroup, { vdnId: vdn, agentId: team.ann.workNo, groupName: 'apart' });
    assert.deepEqual([await members(agents), await members(groupId)], [[], workNos(team.ann)], 'moved into a group of its own');
    assert.equal(await team.listens(), DENIED);
    await team.tenant.monitor.ask(qcConfigRelation, { vdn, qcGroupId: inspectors, inspectedGroupIds: [groupId] });
    assert.equal(await team.listens(), ALLOWED, 'which is one of agents');
    await team.tenant.monitor.ask(qcJoinUserGroup, { vdnId: vdn, agentId: team.eve.workNo, groupName: 'more inspectors', groupType: 3 });
    assert.equal(await team.listens(), DENIED, 'the inspector has left the group that may');
    await team.tenant.monitor.ask(qcJoinUserGroup, { vdnId: vdn, agentId: team.eve.workNo, groupId: inspectors });
    assert.equal(await team.listens(), ALLOWED);
  },
});

describeOperation(qcUpdateAgentName, {
  example: async () => {
    const { body } = await team.tenant.monitor.call(qcUpdateAgentName, { vdnId: vdn, agentId: team.ann.workNo, agentName: 'Zhang San' });
    assert.deepEqual(body, { retcode: '0', message: 'success', result: { ccId: 1, vdnId: vdn, agentId: team.ann.workNo, agentName: 'Zhang San' } });
  },
  badInput: async () => {
    const agentId = team.bob.workNo;
    await refusesOthers(qcUpdateAgentName, { agentId, agentName: 'new' }, '1');
    for (const wrong of [{ agentName: ' ' }, { agentName: 'a"b' }, { agentId: 59_998 }, { agentId: 100_000 }]) {
      assert.equal(await codeOf(qcUpdateAgentName, { vdnId: vdn, agentId, agentName: 'new', ...wrong }), '1', JSON.stringify(wrong));
    }
    const { accounts } = team.server.parley;
    const root = await openDesk(team.server, team.tenant, { account: 'root-agent' });
    await accounts.update(team.server.world.db, vdn, 'root-agent', { role: 'administrator' });
    assert.equal(await codeOf(qcUpdateAgentName, { vdnId: vdn, agentId: root.workNo, agentName: 'new' }), '1');
    assert.equal((await accounts.find(team.server.world.db, vdn, 'root-agent'))?.name, 'root-agent');
  },
  effect: async () => {
    const groupId = await team.group('agents', 2, [team.ann]);
    await team.tenant.monitor.ask(qcUpdateAgentName, { vdnId: vdn, agentId: team.ann.workNo, agentName: 'Li Si' });
    const [member] = await team.tenant.monitor.ask(qcQueryGroupMember, { vdn, groupId, limit: 1, offset: 0 });
    assert.equal(member?.accountName, 'Li Si');
    assert.equal(resultOf(await team.bob.client.call(queryAgentInfoByWorkNo, { agentid: team.bob.workNo, workno: team.ann.workNo })).name, 'Li Si');
    const trail = await team.server.world.db.selectFrom('audit').selectAll().where('vdn_id', '=', vdn).where('operation', '=', 'qcUpdateAgentName').execute();
    assert.ok(trail.length > 0 && !JSON.stringify(trail).includes('Li Si'), 'the trail says that, and not to what');
  },
});

describe('user groups', () => {
  test('an inspector who is listening when the group is deleted hears nothing more (scenario 17)', async () => {
    const { inspectors } = await team.related();
    const { engine } = team.server.parley.gateway;
    assert.equal(await team.eve.code(qcAddSupervise, { workNo: team.ann.workNo }), ALLOWED);
    await engine.idle();
    const target = (): Promise<number | undefined> => engine.view(vdn, ({ agents }) => agents.get(team.eve.workNo)?.inspecting?.agent);
    assert.equal(await target(), team.ann.workNo);
    await team.tenant.monitor.ask(qcDeleteUserGroup, { vdn, id: inspectors });
    assert.equal(await engine.glance(vdn, ({ agents }) => agents.get(team.eve.workNo)?.inspecting), undefined, 'before anything else is asked of the tenant');
    for (const op of [qcAddSupervise, qcForceBusy, qcIntercept]) assert.equal(await team.eve.code(op, { workNo: team.ann.workNo }), DENIED, op.id);
  });

  test('say whose recordings an inspector hears (13.1.2.2)', async () => {
    const of = (desk: Desk) => team.eve.code(recordFileDownloadEx, { callId: '1-1', workNo: String(desk.workNo) });
    const [NOT_THERE, NOT_ALLOWED] = ['108-015', '104-002'];
    assert.deepEqual([await of(team.ann), await of(team.bob)], [NOT_THERE, NOT_THERE]);
    await team.related();
    assert.deepEqual([await of(team.ann), await of(team.bob)], [NOT_THERE, NOT_ALLOWED]);
  });

  test('are those within which calls are picked up (6.1.2.21)', async () => {
    const { engine } = team.server.parley.gateway;
    const areOne = () => engine.view(vdn, ({ config: { agents } }) => agents.get(team.ann.workNo)?.group === agents.get(team.bob.workNo)?.group);
    assert.equal(await areOne(), true);
    await team.group('agents', 2, [team.ann]);
    assert.equal(await areOne(), false);
    await team.group('all', 2, [team.ann, team.bob]);
    assert.equal(await areOne(), true);
  });

  test('forget an agent who is deleted', async () => {
    const gone = await openDesk(team.server, team.tenant, { account: 'soon-gone' });
    const id = await team.group('agents', 2, [gone, team.ann]);
    assert.ok((await team.tenant.client.call(agentAccountDelete, { userAccount: 'soon-gone' })).ok);
    assert.deepEqual(await members(id), workNos(team.ann));
  });

  test('of two equal names at once one is taken', async () => {
    const codes = await Promise.all(Array.from({ length: 6 }, () => codeOf(qcCreateUserGroup, { groupName: 'same', groupType: 2 })));
    assert.deepEqual(['0100000', '0101001'].map((code) => codes.filter((one) => one === code).length), [1, 5]);
    assert.equal((await groups()).length, 1);
  });

  test('are changed with a line of the audit trail for each group that changed', async () => {
    const { agents, inspectors } = await team.related();
    await team.server.overseer.ask(qcDeleteUserGroup, { vdn, id: agents });
    const rows = await team.server.world.db.selectFrom('audit').selectAll().where('vdn_id', '=', vdn).where('what', '=', 'user-group').orderBy('id', 'desc').limit(2).execute();
    assert.deepEqual(rows.map(({ operation }) => operation), ['qcDeleteUserGroup', 'qcDeleteUserGroup']);
    assert.deepEqual(new Map<string, unknown>(rows.map((row) => [row.what_id, Object.entries(row.after ?? {}).find(([name]) => name === 'inspects')?.[1]])), new Map<string, unknown>([[agents, undefined], [inspectors, []]]));
    const count = async (): Promise<number> => (await team.server.world.db.selectFrom('audit').select('id').where('vdn_id', '=', vdn).execute()).length;
    const lines = await count();
    assert.equal(await codeOf(qcDeleteUserGroup, { id: agents }), '0101001');
    await team.tenant.monitor.ask(qcBatchDeleteGroupMember, { vdn, workNos: workNos(team.bob) });
    assert.equal(await count(), lines, 'what is refused, or changes nothing, is none');
  });
});
