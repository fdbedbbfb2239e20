import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { callOut } from '@parley/contract/gateway/call-dial.ts';
import { releaseCall, releaseCallEx } from '@parley/contract/gateway/call-release.ts';
import { codeOf, openFloor, type Floor } from '../../testing/floor.ts';
import { describeOperation } from '../../testing/operation-test.ts';

let floor: Floor;
before(async () => { floor = await openFloor(); });
after(() => floor.server.close());

describeOperation(callOut, {
  example: async () => {
    const ann = await floor.agent();
    const { body } = await ann.client.call(callOut, { agentid: ann.workNo, caller: '40038', called: '40040', callappdata: '', mediaability: 0 });
    assert.match(String(body['result']), /^\d{10}-\d+$/);
    assert.equal((await ann.until('AgentEvent_Talking')).callid, body['result']);
    await floor.leave(ann);
  },
  badInput: async () => {
    const ann = await floor.agent();
    assert.equal(codeOf(await ann.client.call(callOut, { agentid: ann.workNo, called: 'home' })), '200-001');
    assert.equal(codeOf(await ann.client.call(callOut, { agentid: ann.workNo, called: '40040', skillid: 999 })), '100-007');
    await floor.leave(ann);
  },
  effect: async () => {
    const ann = await floor.agent();
    await ann.client.call(callOut, { agentid: ann.workNo, called: '40040' });
    assert.deepEqual(await ann.news(), [
      'AgentOther_PhoneAlerting', 'AgentOther_PhoneOffhook', 'AgentState_Busy', 'AgentEvent_Customer_Alerting', 'AgentEvent_Talking',
    ]);
    assert.ok((await ann.client.call(releaseCall, { agentid: ann.workNo })).ok);
    await floor.leave(ann);
  },
});

for (const op of [releaseCall, releaseCallEx]) {
  describeOperation(op, {
    example: async () => {
      const { desk, agentid } = await floor.talking();
      assert.ok((await desk.client.call(op, { agentid })).ok);
      await floor.leave(desk);
    },
    badInput: async () => {
      const ann = await floor.agent();
      assert.equal(codeOf(await ann.client.call(op, { agentid: ann.workNo })), '200-017');
      await floor.leave(ann);
    },
    effect: async () => {
      const { desk, agentid, call } = await floor.talking();
      await desk.client.call(op, { agentid });
      assert.equal(await desk.until('AgentEvent_Call_Release'), call);
      await desk.until('AgentState_Ready');
      await floor.leave(desk);
    },
  });
}
