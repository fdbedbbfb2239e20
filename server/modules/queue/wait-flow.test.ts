import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createAccessCode } from '@parley/contract/admin/access-code.ts';
import { createCalledRoute } from '@parley/contract/configuration/called-route.ts';
import { createSkill } from '@parley/contract/configuration/queue.ts';
import { sayFree } from '@parley/contract/gateway/agent-state.ts';
import { queryCallAppData } from '@parley/contract/gateway/call-data.ts';
import { openDesk } from '../../testing/desk.ts';
import { resultOf } from '../../testing/floor.ts';
import { openLiveFloor, type LiveFloor } from '../../testing/live-floor.ts';
import { until } from '../../testing/until.ts';

const NUMBER = '957100';
const release = { transferType: 'Release' } as const;
let floor: LiveFloor;
before(async () => { floor = await openLiveFloor(); });
after(() => floor.server.close());

test('whoever waits in a queue hears the flow that its waitVoice names (5.2.1), and then the agent', async () => {
  const { server, tenant, voice } = floor;
  const flow = await floor.flow('7100');
  voice.flow(flow, { kind: 'done', data: 'order 7' }, 500);
  const { body } = await tenant.client.call(createSkill, {
    mediaTypeId: 5, description: 'with a flow', name: 'patient', maxWaitTime: 600, maxWaitNum: 10, maxAgentWrapupTime: 5,
    skillParam: { noAgents: release, busy: release, timeOut: release, answerFunction: '2', waitVoice: { parameterType: 'IVR', id: flow } },
  });
  const queue = Number(body.skillId);
  assert.ok(queue > 0, JSON.stringify(body));
  await tenant.administrator.call(createAccessCode, { code: NUMBER, media: 5 });
  await tenant.client.call(createCalledRoute, { accessCode: NUMBER, extCode: '', devicetype: 1, deviceid: queue });
  const ann = await openDesk(server, tenant, { queues: [queue] });
  await ann.signIn({ status: 3 });
  voice.phone(ann.phone);

  const { engine } = server.parley.gateway;
  const customer = voice.callIn({ from: '13800000001', to: NUMBER });
  await engine.idle();
  assert.deepEqual(voice.heardBy(customer.id).filter((sound) => sound.startsWith('flow:')), [`flow:${flow}`]);
  await until(() => engine.view(tenant.vdnId, ({ calls }) => [...calls.values()].some(({ waitFlow }) => waitFlow?.isOver === true)), 'the flow is through');
  await ann.client.call(sayFree, { agentid: ann.workNo });
  const { callid } = await ann.until('AgentEvent_Talking');
  assert.deepEqual(voice.heardBy(customer.id), [await engine.view(tenant.vdnId, ({ agents }) => agents.get(ann.workNo)?.leg)]);
  assert.equal(resultOf(await ann.client.call(queryCallAppData, { agentid: ann.workNo, callid })), 'order 7', 'what the flow has made of the call data');
});
