import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { tokenByAkSk } from '@parley/contract/access/c1-token.ts';
import { createAccessCode } from '@parley/contract/admin/access-code.ts';
import { changeIvrFlow, createIvrFlow, deleteIvrFlow, listIvrFlows, showIvrFlow } from '@parley/contract/admin/ivr-flow.ts';
import { setSurvey } from '@parley/contract/admin/survey.ts';
import { createCalledRoute } from '@parley/contract/configuration/called-route.ts';
import { queryIVRFlowList } from '@parley/contract/configuration/ivr-flow.ts';
import { createSkill, querySkills } from '@parley/contract/configuration/queue.ts';
import type { Input } from '@parley/contract/operation.ts';
import { describeOperation } from '../../testing/operation-test.ts';
import { startTestServer, type TestServer, type TestTenant } from '../../testing/server.ts';
import { findFlow, flowCodes, listFlows } from './index.ts';

type NewFlow = Input<typeof createIvrFlow>;

let server: TestServer;
let tenant: TestTenant;

before(async () => { server = await startTestServer(); });
after(() => server.close());

const fresh = async (): Promise<void> => { tenant = await server.tenant(); };
const create = (flow: NewFlow) => tenant.administrator.call(createIvrFlow, flow);
const show = async (id: number) => (await tenant.administrator.call(showIvrFlow, { id })).body;
const saying = (text: string): object => ({ start: 'a', nodes: { a: { type: 'hangUp', prompt: text } } });
const rows = async () => (await tenant.client.call(queryIVRFlowList, {})).body;

const release = { transferType: 'Release' } as const;
const queue = (changes: object = {}): Input<typeof createSkill> => ({
  mediaTypeId: 5, description: 'a queue', name: 'one', maxWaitTime: 60, maxWaitNum: 100, maxAgentWrapupTime: 5,
  skillParam: { noAgents: release, busy: release, timeOut: release, answerFunction: '0', waitVoice: { parameterType: 'Voice' }, ...changes },
});

describeOperation(queryIVRFlowList, {
  example: async () => {
    await fresh();
    await create({ accessCode: '90500', description: 'Exception handling', fileName: 'defaultIVR.GSL', flowType: 1 });
    await create({ accessCode: '90501', description: '1015', fileName: 'defaultIVR.GSL', flowType: 1 });
    assert.deepEqual(await rows(), queryIVRFlowList.examples?.[0]?.response);
  },
  badInput: async () => {
    assert.equal((await server.anyone.call(queryIVRFlowList, {})).status, 401);
  },
  effect: async () => {
    await fresh();
    assert.deepEqual((await rows()).result, []);
    await create({ accessCode: '1', maxCalls: 20, loaded: false });
    assert.deepEqual((await rows()).result, [
      { id: 1, accessCode: '1', description: '', flowFileName: '', flowType: 0, isLoad: 0, maxCallNum: 20 },
    ]);
  },
});

describeOperation(listIvrFlows, {
  example: async () => {
    await fresh();
    await create({ accessCode: '6001', description: 'Survey', fileName: 'survey.json' });
    const { body: { flows } } = await tenant.administrator.call(listIvrFlows, {});
    const sample = listIvrFlows.examples?.[0]?.response as { flows: object[] } | undefined;
    assert.deepEqual(flows, [{ ...sample?.flows[0], id: 1, longId: flows[0]?.longId, version: 0 }]);
    assert.match(String(flows[0]?.longId), /^\d{19}$/);
  },
  badInput: async () => {
    await fresh();
    const agent = await server.signedIn(tenant.vdnId, 'agent');
    assert.equal((await agent.call(listIvrFlows, {})).status, 403);
  },
  effect: async () => {
    await fresh();
    await create({ accessCode: '2', definition: saying('x'.repeat(1000)) });
    await create({ accessCode: '1' });
    const { body: { flows } } = await tenant.administrator.call(listIvrFlows, {});
    assert.deepEqual(flows.map(({ id, accessCode }) => [id, accessCode]), [[1, '2'], [2, '1']]);
    assert.ok(flows.every((flow) => !('definition' in flow)));
  },
});

describeOperation(showIvrFlow, {
  example: async () => {
    await fresh();
    const { body } = await create(createIvrFlow.examples?.[0]?.request as NewFlow);
    assert.deepEqual(await show(1), body);
  },
  badInput: async () => {
    await fresh();
    assert.equal((await tenant.administrator.call(showIvrFlow, { id: 9 })).status, 404);
    assert.equal((await tenant.administrator.call(showIvrFlow, { id: 2 ** 40 })).status, 400);
  },
  effect: async () => {
    await fresh();
    const definition = { start: 'z', nodes: { z: { type: 'say', text: 'hello ${caller}', next: 'a', title: 'Grüße 你好', x: 1.5 }, a: { type: 'hangUp' } }, language: 'de_DE' };
    await create({ accessCode: '1', definition });
    assert.equal(JSON.stringify((await show(1)).definition), JSON.stringify(definition), 'field by field in its order');
  },
});

describeOperation(createIvrFlow, {
  example: async () => {
    await fresh();
    const [example] = createIvrFlow.examples ?? [];
    const { body } = await create(example?.request as NewFlow);
    assert.deepEqual(body, { ...example?.response, id: 1, longId: body.longId });
  },
  badInput: async () => {
    await fresh();
    assert.equal((await create({ accessCode: '12a' })).status, 400);
    assert.equal((await create({ accessCode: '' })).status, 400);
    assert.equal((await create({ accessCode: '1', flowType: 7 as 6 })).status, 400);
    assert.equal((await create({ accessCode: '1', maxCalls: -1 })).status, 400);
    assert.equal((await create({ accessCode: '1', definition: [] })).status, 400);
    assert.equal((await create({ accessCode: '1', definition: saying('x'.repeat(256 * 1024)) })).status, 400);
    const deep = Array.from({ length: 32 }).reduce<object>((inner) => ({ inner }), {});
    const { status, body } = await create({ accessCode: '1', definition: deep });
    assert.equal(status, 400);
    assert.match(JSON.stringify(body), /definition must not nest deeper than 32 levels/);
    const lost = await create({ accessCode: '1', definition: { start: 'a', nodes: { a: { type: 'say', text: 'x', next: 'b' } } } });
    assert.deepEqual([lost.status, lost.body['error']], [400, { code: 'invalid', message: 'Wrong parameter: node a, next there is no node b.', field: 'definition.nodes.a.next' }]);
    assert.deepEqual((await rows()).result, [], 'nothing was created');
  },
  effect: async () => {
    await fresh();
    await create({ accessCode: '6001', description: 'Survey', maxCalls: 0 });
    const { result: [flow] } = await rows();
    assert.equal(flow?.accessCode, '6001');
    assert.equal(flow?.maxCallNum, null);
  },
});

describeOperation(changeIvrFlow, {
  example: async () => {
    await fresh();
    await create({ accessCode: '6001' });
    const { body } = await tenant.administrator.call(changeIvrFlow, { id: 1, description: 'Survey' });
    assert.equal(body.description, 'Survey');
  },
  badInput: async () => {
    await fresh();
    await create({ accessCode: '1' });
    await create({ accessCode: '2' });
    assert.equal((await tenant.administrator.call(changeIvrFlow, { id: 9, description: 'x' })).status, 404);
    const { status, body } = await tenant.administrator.call(changeIvrFlow, { id: 2, accessCode: '1' });
    assert.equal(status, 409);
    assert.deepEqual(body['error'], { code: 'exists', message: 'There is a flow with access code 1 already.' });
  },
  effect: async () => {
    await fresh();
    await create({ accessCode: '1', description: 'old', maxCalls: 5, definition: saying('one') });
    await tenant.administrator.call(changeIvrFlow, { id: 1, accessCode: '1', maxCalls: 0, loaded: false, definition: saying('two') });
    const flow = await show(1);
    assert.deepEqual({ ...flow, longId: '' }, {
      id: 1, longId: '', accessCode: '1', description: 'old', fileName: '', flowType: 0, loaded: false, maxCalls: 0, version: 2, definition: saying('two'),
    });
  },
});

describeOperation(deleteIvrFlow, {
  example: async () => {
    await fresh();
    await create({ accessCode: '6001' });
    assert.deepEqual((await tenant.administrator.call(deleteIvrFlow, { id: 1 })).body, {});
  },
  badInput: async () => {
    await fresh();
    assert.equal((await tenant.administrator.call(deleteIvrFlow, { id: 1 })).status, 404);
  },
  effect: async () => {
    await fresh();
    await create({ accessCode: '1' });
    await tenant.administrator.call(deleteIvrFlow, { id: 1 });
    assert.deepEqual((await rows()).result, []);
  },
});

describe('IVR flows', () => {
  const refusedDeletion = async (id: number, by: RegExp) => {
    const { status, body } = await tenant.administrator.call(deleteIvrFlow, { id });
    assert.equal(status, 409);
    assert.match(JSON.stringify(body['error']), by);
  };

  test('a flow that a skill queue needs stays', async () => {
    await fresh();
    await create({ accessCode: '1' });
    await create({ accessCode: '2' });
    await tenant.client.call(createSkill, queue({
      timeOut: { transferType: 'Transfer', deviceType: '3', value: 1 }, waitVoice: { parameterType: 'IVR', id: '2' },
    }));
    await refusedDeletion(1, /skill queue 1 leads to it/);
    await refusedDeletion(2, /skill queue 1 leads to it/);
  });

  test('a flow that a called route needs stays', async () => {
    await fresh();
    await create({ accessCode: '1' });
    await tenant.administrator.call(createAccessCode, { code: '9911411', media: 5 });
    const { body } = await tenant.client.call(createCalledRoute, { accessCode: '9911411', devicetype: 3, deviceid: 1, extCode: '1' });
    assert.equal(body['returnCode'], '0');
    await refusedDeletion(1, /route/);
  });

  test('a flow that the satisfaction survey needs stays', async () => {
    await fresh();
    await create({ accessCode: '1' });
    await tenant.administrator.call(setSurvey, { enabled: false, flowId: 1 });
    await refusedDeletion(1, /the satisfaction survey runs it/);
  });

  test('a changed access code shows at once in the queues that were asked for before', async () => {
    await fresh();
    await create({ accessCode: '1' });
    await tenant.client.call(createSkill, queue({ waitVoice: { parameterType: 'IVR', id: '1' } }));
    const waitVoice = async () => (await tenant.client.call(querySkills, {})).body.data[0]?.skillParam.waitVoice;
    assert.deepEqual(await waitVoice(), { parameterType: 'IVR', id: '1', value: '1' });
    await tenant.administrator.call(changeIvrFlow, { id: 1, accessCode: '77' });
    assert.deepEqual(await waitVoice(), { parameterType: 'IVR', id: '1', value: '77' });
  });

  test('of equal access codes created at once exactly one comes to be', async () => {
    await fresh();
    const replies = await Promise.all(Array.from({ length: 6 }, () => create({ accessCode: '1' })));
    assert.deepEqual(replies.map(({ status }) => String(status)).toSorted(), ['200', '409', '409', '409', '409', '409']);
  });

  test('another tenant sees and changes none of them, and may use the same codes', async () => {
    await fresh();
    await create({ accessCode: '1' });
    const { vdnId } = tenant;
    await fresh();
    assert.deepEqual((await rows()).result, []);
    assert.equal((await tenant.administrator.call(changeIvrFlow, { id: 1, description: 'stolen' })).status, 404);
    assert.equal((await tenant.administrator.call(deleteIvrFlow, { id: 1 })).status, 404);
    assert.equal((await create({ accessCode: '1' })).status, 200);
    assert.equal((await findFlow(server.world.db, vdnId, 1))?.description, '');
  });

  test('neighbours find flows by their small id', async () => {
    await fresh();
    await create({ accessCode: '11', description: 'first' });
    await create({ accessCode: '12', description: 'second' });
    const { db } = server.world;
    assert.equal((await findFlow(db, tenant.vdnId, 2))?.description, 'second');
    assert.equal(await findFlow(db, tenant.vdnId, 3), undefined);
    assert.deepEqual([...(await flowCodes(db, tenant.vdnId))], [[1, '11'], [2, '12']]);
    assert.deepEqual((await listFlows(db, tenant.vdnId)).map(({ id }) => id), [1, 2]);
  });

  test('the list is answered whatever body comes with the request', async () => {
    await fresh();
    const { body: { AccessToken } } = await server.anyone.call(tokenByAkSk, { app_key: tenant.appKey, app_secret: tenant.appSecret });
    for (const sent of [undefined, '', '{}', '{"requestBody": {}}', '[]', 'no JSON']) {
      const reply = await fetch(new URL(queryIVRFlowList.path, server.url), {
        method: 'POST', headers: { authorization: `Bearer ${AccessToken}`, 'content-type': 'application/json' }, ...(sent === undefined ? {} : { body: sent }),
      });
      assert.deepEqual(await reply.json(), { retCode: '0', result: [], message: 'success' }, sent);
    }
  });
});
