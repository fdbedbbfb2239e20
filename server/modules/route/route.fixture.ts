import assert from 'node:assert/strict';
import { createAccessCode } from '@parley/contract/admin/access-code.ts';
import { createCalledRoute, queryCalledRoute } from '@parley/contract/configuration/called-route.ts';
import { createSkill } from '@parley/contract/configuration/queue.ts';
import type { Input } from '@parley/contract/operation.ts';
import type { TestServer, TestTenant } from '../../testing/server.ts';

export type NewRoute = Input<typeof createCalledRoute>;

let codes = 0;

/** Access codes are unique in an installation, so every test takes its own; none of them begins another. */
export function newCode(): string {
  codes += 1;
  return `88${String(codes).padStart(4, '0')}`;
}

/** Numbers, queues and flows of one tenant, as its administrator and its programs make them. */
export function bench(server: TestServer, tenant: TestTenant) {
  const { client, administrator, vdnId } = tenant;
  const provide = async (code = newCode(), changes: Partial<Input<typeof createAccessCode>> = {}): Promise<string> => {
    const { status } = await administrator.call(createAccessCode, { code, media: 5, ...changes });
    assert.equal(status, 200);
    return code;
  };
  const queue = async (name: string, mediaTypeId: Input<typeof createSkill>['mediaTypeId'] = 5): Promise<number> => {
    const release = { transferType: 'Release' } as const;
    const voice = mediaTypeId === 5 || mediaTypeId === 19 ? { answerFunction: '0', waitVoice: { parameterType: 'Voice' } } as const : {};
    const { body } = await client.call(createSkill, {
      mediaTypeId, name, description: name, maxWaitTime: 60, maxWaitNum: 100, maxAgentWrapupTime: 5,
      skillParam: { noAgents: release, busy: release, timeOut: release, ...voice },
    });
    assert.equal(body['returnCode'], '0');
    return Number(body.skillId);
  };
  const flow = async (flowId: number, description: string): Promise<number> => {
    await server.world.db.insertInto('ivr_flow').values({
      vdn_id: vdnId, flow_id: flowId, id: `11280000000000${String(flowId).padStart(5, '0')}`, access_code: `flow${flowId}`, description,
      file_name: `flow${flowId}.xml`, flow_type: 0, loaded: true, max_calls: null, created_at: 0,
    }).execute();
    return flowId;
  };
  const tryRoute = async (route: NewRoute) => (await client.call(createCalledRoute, route)).body;
  const list = async (input: Input<typeof queryCalledRoute> = {}) => (await client.call(queryCalledRoute, input)).body.data;
  const route = async (accessCode: string, extCode: string, deviceid: number, changes: Partial<NewRoute> = {}) => {
    assert.deepEqual(await tryRoute({ accessCode, extCode, devicetype: 1, deviceid, ...changes }), { returnCode: '0', description: 'data create success' });
    const { calledRouteList } = await list({ accessCode });
    const made = calledRouteList.find((shown) => shown.extCode === extCode);
    assert.ok(made);
    return made;
  };
  return { ...tenant, provide, queue, flow, route, tryRoute, list };
}

export type Bench = ReturnType<typeof bench>;
