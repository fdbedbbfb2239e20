import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { createAccessCode } from '@parley/contract/admin/access-code.ts';
import { simulateCall } from '@parley/contract/admin/simulator.ts';
import { createCalledRoute } from '@parley/contract/configuration/called-route.ts';
import { agentEventPoll } from '@parley/contract/gateway/agent-event.ts';
import { createSimulatedVoice } from '../../../sim/voice.ts';
import { newFloor, type Floor } from '../../testing/floor.ts';
import { describeOperation } from '../../testing/operation-test.ts';
import { startTestServer } from '../../testing/server.ts';

let floor: Floor;
let code = 70_000;
before(async () => {
  const voice = createSimulatedVoice();
  const server = await startTestServer({ world: { voice, simulated: voice } });
  floor = await newFloor(server, await server.tenant());
});
after(() => floor.server.close());

/** A number that leads to the queue. */
async function line(): Promise<string> {
  code += 1;
  const access = await floor.tenant.administrator.call(createAccessCode, { code: String(code), media: 5, direction: 3 });
  assert.ok(access.ok, JSON.stringify(access.body));
  const route = await floor.tenant.client.call(createCalledRoute, { accessCode: String(code), devicetype: 1, deviceid: floor.queue });
  assert.equal(route.body['returnCode'], '0', JSON.stringify(route.body));
  return String(code);
}

describeOperation(simulateCall, {
  example: async () => {
    const to = await line();
    const reply = await floor.tenant.administrator.call(simulateCall, { to, from: '13800000001', talkSeconds: 30 });
    assert.match(reply.body.leg, /^in-/);
  },
  badInput: async () => {
    const other = await floor.server.tenant();
    const to = await line();
    assert.equal((await other.administrator.call(simulateCall, { to })).status, 404);
    assert.equal((await floor.tenant.administrator.call(simulateCall, { to: '999999999' })).status, 404);
  },
  effect: async () => {
    const to = await line();
    const ann = await floor.agent();
    await floor.tenant.administrator.call(simulateCall, { to, from: '13800000042', talkSeconds: 1 });
    const { caller, callid } = await ann.until('AgentEvent_Talking');
    assert.equal(caller, '13800000042');
    assert.equal((await ann.until('AgentEvent_Customer_Release')).callid, callid, 'the customer hangs up by itself');
    assert.ok((await ann.client.call(agentEventPoll, { agentid: ann.workNo })).ok);
    await floor.leave(ann);
  },
});
