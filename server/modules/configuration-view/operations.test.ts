import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { TSchema } from 'typebox';
import { createAccessCode } from '@parley/contract/admin/access-code.ts';
import { createIvrFlow } from '@parley/contract/admin/ivr-flow.ts';
import { changeTenant } from '@parley/contract/admin/tenant.ts';
import { replaceReasons } from '@parley/contract/admin/workplace.ts';
import { createClient } from '@parley/contract/client.ts';
import { withSignature } from '@parley/contract/client-signature.ts';
import { agentAccountQuery, agentAccountUpdate } from '@parley/contract/configuration/agent-account.ts';
import { createCalledRoute, deleteCalledRoute } from '@parley/contract/configuration/called-route.ts';
import { createSkill } from '@parley/contract/configuration/queue.ts';
import { isRefusal } from '@parley/contract/refusal.ts';
import {
  cmsConfigureAgents, cmsConfigureCalledConfigs, cmsConfigureSkills, cmsConfigureVdns, cmsQueryTenantDetail, cmsQueryTenants, cmsRestReasons, cmsSkillGroups,
} from '@parley/contract/monitoring/configuration.ts';
import type { Input, Operation, OperationParts } from '@parley/contract/operation.ts';
import { openDesk, type Desk } from '../../testing/desk.ts';
import { describeOperation } from '../../testing/operation-test.ts';
import { newFloor, type Floor } from '../../testing/floor.ts';
import { startTestServer, type TestServer, type TestTenant } from '../../testing/server.ts';

let server: TestServer;
let floor: Floor;
let tenant: TestTenant;
let other: TestTenant;
let vdn: number;
let ann: Desk;
let bob: Desk;
before(async () => {
  server = await startTestServer();
  floor = await newFloor(server, await server.tenant('shop'));
  ({ tenant } = floor);
  vdn = tenant.vdnId;
  other = await server.tenant();
  ann = await openDesk(server, tenant, { queues: [floor.queue] });
  bob = await openDesk(server, tenant, { ccRoleId: 3 });
});
after(() => server.close());

const codeOf = async <Parts extends OperationParts, R extends TSchema>(op: Operation<Parts, R>, input: Input<Operation<Parts, R>>, client = tenant.monitor): Promise<unknown> =>
  (await client.call(op, input)).body['resultCode'];

/** Keys of other tenants, other contact centres and ids out of range are refused everywhere alike. */
async function refusesOthers<Parts extends OperationParts, R extends TSchema>(op: Operation<Parts, R>, input: Input<Operation<Parts, R>>, idOf: 'vdn' | 'vdnId' = 'vdn'): Promise<void> {
  assert.equal(await codeOf(op, input, other.monitor), '0101003');
  for (const [changes, code] of [[{ ccId: 4711 }, '0101003'], [{ [idOf]: 5001 }, '0100002'], [{ ccId: 0 }, '0100002']] as const) {
    assert.equal(await codeOf(op, Object.assign({}, input, changes)), code);
  }
}

let codes = 70_000;
async function accessCode(of = tenant): Promise<string> {
  codes += 1;
  assert.equal((await of.administrator.call(createAccessCode, { code: String(codes), media: 5 })).status, 200);
  return String(codes);
}

async function queue(name: string): Promise<number> {
  const release = { transferType: 'Release' } as const;
  const { body } = await tenant.client.call(createSkill, {
    mediaTypeId: 5, description: 'a queue', name, maxWaitTime: 60, maxWaitNum: 10, maxAgentWrapupTime: 5,
    skillParam: { noAgents: release, busy: release, timeOut: release, answerFunction: '0', waitVoice: { parameterType: 'Voice' } },
  });
  assert.equal(body['returnCode'], '0', JSON.stringify(body));
  return Number(body.skillId);
}

describeOperation(cmsConfigureVdns, {
  example: async () => {
    const vdns = await server.overseer.ask(cmsConfigureVdns, { ccId: 1 });
    assert.deepEqual(vdns.find((one) => one.vdn === vdn), { vdn, vdnName: 'shop' });
  },
  badInput: async () => {
    assert.equal(await codeOf(cmsConfigureVdns, { ccId: 1 }), '0101003', 'for keys of the installation');
    assert.equal(await codeOf(cmsConfigureVdns, { ccId: 65_536 }, server.overseer), '0100002');
    assert.equal(await codeOf(cmsConfigureVdns, {} as never, server.overseer), '0100002');
    assert.deepEqual(await server.overseer.ask(cmsConfigureVdns, { ccId: 4711 }), []);
  },
  effect: async () => {
    const short = await server.tenant('short');
    const operator = await server.signedIn(0, 'operator');
    const ids = async (ccId: number) => (await server.overseer.ask(cmsConfigureVdns, { ccId })).map((one) => one.vdn);
    assert.ok((await ids(1)).includes(short.vdnId));
    await operator.ask(changeTenant, { vdnId: short.vdnId, ccId: 9 });
    assert.deepEqual([(await ids(1)).includes(short.vdnId), await ids(9)], [false, [short.vdnId]]);
    await operator.ask(changeTenant, { vdnId: short.vdnId, enabled: false });
    assert.deepEqual(await ids(9), []);
  },
});

describeOperation(cmsConfigureAgents, {
  example: async () => {
    const { body } = await tenant.monitor.call(cmsConfigureAgents, { ccId: 1, vdn, offset: 0, limit: 1 });
    const { body: { data: [account] } } = await tenant.client.call(agentAccountQuery, { pageNum: 0, pageSize: 1 });
    const rows = [{ agentNo: String(ann.workNo), agentName: account?.userName, roleId: '2', skillId: String(floor.queue) }];
    assert.deepEqual(body, { result: '0', resultCode: '0100000', count: 2, resultDatas: rows, resultDesc: rows });
  },
  badInput: async () => {
    const input = { ccId: 1, vdn, offset: 0, limit: 10 };
    await refusesOthers(cmsConfigureAgents, input);
    assert.equal(await codeOf(cmsConfigureAgents, { ...input, limit: 101 }), '0100002');
    assert.equal(await codeOf(cmsConfigureAgents, { ...input, limit: 0 }), '0100002');
    assert.equal(await codeOf(cmsConfigureAgents, { ...input, offset: -1 }), '0100002');
  },
  effect: async () => {
    const page = async (offset: number, limit: number) => tenant.monitor.ask(cmsConfigureAgents, { ccId: 1, vdn, offset, limit });
    const second = await queue('second');
    const { body: { data } } = await tenant.client.call(agentAccountQuery, { pageNum: 0, pageSize: 9 });
    const userAccount = data.find(({ workNo }) => workNo === bob.workNo)?.userAccount ?? '';
    const skills = [second, floor.queue].map((skillId) => ({ skillId, agentWeight: 1, skillWeight: 1 }));
    assert.ok((await tenant.client.call(agentAccountUpdate, { userAccount, userName: 'Bob', skills })).ok);
    const row = { agentNo: String(bob.workNo), agentName: 'Bob', roleId: '3', skillId: `${floor.queue};${second}` };
    assert.deepEqual(await page(1, 1), { count: 2, rows: [row] });
    assert.deepEqual((await page(2, 1)).rows, []);
    assert.ok((await tenant.client.call(agentAccountUpdate, { userAccount, skills: [] })).ok);
  },
});

describeOperation(cmsConfigureCalledConfigs, {
  example: async () => {
    const code = await accessCode();
    const { body } = await tenant.client.call(createCalledRoute, { accessCode: code, extCode: '1110', devicetype: 1, deviceid: floor.queue });
    assert.equal(body['returnCode'], '0', JSON.stringify(body));
    const [route] = await tenant.monitor.ask(cmsConfigureCalledConfigs, { ccId: 1, vdn });
    assert.deepEqual(route, { ccId: 1, vdnId: vdn, accessCode: code, subCode: '1110', deviceType: '1', deviceName: 'sales', deviceNo: String(floor.queue), dnid: route?.dnid });
    assert.ok((await tenant.client.call(deleteCalledRoute, { dnids: route.dnid })).ok);
  },
  badInput: async () => { await refusesOthers(cmsConfigureCalledConfigs, { ccId: 1, vdn }); },
  effect: async () => {
    const [code, flowCode] = [await accessCode(), '8812'];
    const flow = await tenant.administrator.ask(createIvrFlow, { accessCode: flowCode, description: 'a menu' });
    const { body } = await tenant.client.call(createCalledRoute, { accessCode: code, extCode: '', devicetype: 3, deviceid: flow.id });
    assert.equal(body['returnCode'], '0', JSON.stringify(body));
    const route = (await tenant.monitor.ask(cmsConfigureCalledConfigs, { ccId: 1, vdn })).find((one) => one.accessCode === code);
    assert.deepEqual([route?.deviceType, route?.deviceName, route?.deviceNo, route?.subCode], ['3', 'a menu', String(flow.id), '']);
    assert.deepEqual(await other.monitor.ask(cmsConfigureCalledConfigs, { ccId: 1, vdn: other.vdnId }), []);
  },
});

describeOperation(cmsQueryTenantDetail, {
  example: async () => {
    const [space, ...more] = await tenant.monitor.ask(cmsQueryTenantDetail, { tenantId: tenant.tenantSpaceId, ccId: 1 });
    assert.deepEqual(more, []);
    assert.deepEqual([space?.ccId, space?.tenantId, space?.tenantSpaceName, space?.vdnId], [1, tenant.tenantSpaceId, 'shop', vdn]);
    assert.deepEqual(space?.agents.map(({ workNo, sipAccount, agentType }) => [workNo, sipAccount, agentType]), [[ann.workNo, ann.phone, 4], [bob.workNo, bob.phone, 4]]);
    assert.deepEqual(await server.overseer.ask(cmsQueryTenantDetail, { tenantId: tenant.tenantId }), [space]);
  },
  badInput: async () => {
    for (const [tenantId, client] of [[tenant.tenantSpaceId, other.monitor], ['nowhere', tenant.monitor], ['nowhere', server.overseer]] as const) {
      assert.equal(await codeOf(cmsQueryTenantDetail, { tenantId }, client), '0101003');
    }
    assert.equal(await codeOf(cmsQueryTenantDetail, { tenantId: '' }), '0100002');
    assert.equal(await codeOf(cmsQueryTenantDetail, { tenantId: tenant.tenantSpaceId, ccId: 4711 }), '0101003');
  },
  effect: async () => {
    const code = await accessCode(other);
    const desk = await openDesk(server, other, { agentType: 11 });
    const [space] = await other.monitor.ask(cmsQueryTenantDetail, { tenantId: other.tenantSpaceId });
    assert.deepEqual(space?.accessCodes, [{ accessCode: code, isDefault: null }]);
    const { body: { data: [account] } } = await other.client.call(agentAccountQuery, { pageNum: 0, pageSize: 1 });
    assert.deepEqual(space.agents, [{ workNo: desk.workNo, sipAccount: account?.sipAccount, accountCode: account?.userAccount, agentType: 11 }]);
  },
});

describeOperation(cmsSkillGroups, {
  example: async () => {
    assert.deepEqual(await tenant.monitor.ask(cmsSkillGroups, { ccId: 1, vdnId: vdn }), [
      { id: ann.workNo, skills: [{ skillId: floor.queue, skillPower: 1, agentPower: 1 }], groupName: 'sales' },
    ]);
  },
  badInput: async () => { await refusesOthers(cmsSkillGroups, { ccId: 1, vdnId: vdn }, 'vdnId'); },
  effect: async () => {
    const own = await server.tenant();
    const { queue: first } = await newFloor(server, own);
    const groups = async () => (await own.monitor.ask(cmsSkillGroups, { ccId: 1, vdnId: own.vdnId })).map(({ id, skills }) => [id, skills.map(({ skillId, skillPower, agentPower }) => [skillId, skillPower, agentPower])]);
    assert.deepEqual(await groups(), []);
    const [one, two] = [await openDesk(server, own, { queues: [first] }), await openDesk(server, own, { account: 'weighty', queues: [first] })];
    assert.deepEqual(await groups(), [[one.workNo, [[first, 1, 1]]]]);
    assert.ok((await own.client.call(agentAccountUpdate, { userAccount: 'weighty', skills: [{ skillId: first, agentWeight: 3, skillWeight: 2 }] })).ok);
    assert.deepEqual(await groups(), [[one.workNo, [[first, 1, 1]]], [two.workNo, [[first, 2, 3]]]]);
  },
});

describeOperation(cmsQueryTenants, {
  example: async () => {
    const [space] = await tenant.monitor.ask(cmsQueryTenants, { ccId: 1 });
    assert.deepEqual([space?.vdnId, space?.ccId, space?.tenantId, space?.tenantSpaceName], [vdn, 1, tenant.tenantSpaceId, 'shop']);
  },
  badInput: async () => {
    assert.equal(await codeOf(cmsQueryTenants, {}, server.overseer), '0101003', 'for keys of a tenant alone');
    assert.equal(await codeOf(cmsQueryTenants, { ccId: 0 }), '0100002');
    assert.deepEqual(await tenant.monitor.ask(cmsQueryTenants, { ccId: 4711 }), []);
  },
  effect: async () => {
    const code = await accessCode();
    const [space] = await tenant.monitor.ask(cmsQueryTenants, {});
    assert.ok(space?.accessCodes.some(({ accessCode: one }) => one === code));
    assert.equal((await other.monitor.ask(cmsQueryTenants, {}))[0]?.vdnId, other.vdnId);
  },
});

describeOperation(cmsConfigureSkills, {
  example: async () => {
    const { body } = await tenant.monitor.call(cmsConfigureSkills, { ccId: 1, vdn });
    assert.equal(body['resultCode'], '0100000');
    assert.deepEqual((await tenant.monitor.ask(cmsConfigureSkills, { vdn }))[0], { id: floor.queue, mediaType: 5, name: 'sales' });
  },
  badInput: async () => { await refusesOthers(cmsConfigureSkills, { ccId: 1, vdn }); },
  effect: async () => {
    const id = await queue('late');
    assert.deepEqual((await server.overseer.ask(cmsConfigureSkills, { ccId: 1, vdn })).at(-1), { id, mediaType: 5, name: 'late' });
  },
});

describeOperation(cmsRestReasons, {
  example: async () => {
    assert.deepEqual((await tenant.monitor.ask(cmsRestReasons, { ccId: 1, vdn }))[0], { restReasonId: 1, restReason: 'Short break' });
  },
  badInput: async () => { await refusesOthers(cmsRestReasons, { ccId: 1, vdn }); },
  effect: async () => {
    await tenant.administrator.ask(replaceReasons, { kind: 'rest', reasons: [{ code: 100, name: 'Uncomfortable' }] });
    assert.deepEqual(await tenant.monitor.ask(cmsRestReasons, { ccId: 1, vdn }), [{ restReasonId: 100, restReason: 'Uncomfortable' }]);
  },
});

describe('the agents of a tenant', () => {
  test('are all told, without a count, where no page is asked for', async () => {
    const key = await server.parley.writer.write(0, { actor: 'test', source: 'test', operation: 'test' }, ({ tx, at }) => server.parley.keys.insert(tx, { vdnId: vdn, scheme: 'C2', label: 'x' }, at));
    assert.ok(!isRefusal(key));
    const client = createClient({ baseUrl: server.url, authorize: withSignature(key.keyId, key.secret, () => new Date(server.world.clock())) });
    const get = async (path: string) => (await client.call({ ...cmsConfigureAgents, path }, { ccId: 1, vdn })).body as Readonly<Record<string, unknown>>;
    const [bare] = cmsConfigureAgents.aliases ?? [];
    const all = await get((bare ?? '').replace('{ccId}', '1').replace('{vdn}', String(vdn)));
    assert.deepEqual([all['resultCode'], 'count' in all, (all['resultDesc'] as object[]).length], ['0100000', false, 2]);
  });
});
