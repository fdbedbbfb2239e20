import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { beginMute, endMute, getHold, holdCall } from '@parley/contract/gateway/call-hold.ts';
import { describeOperation } from '../../testing/operation-test.ts';
import { codeOf, openFloor, type Floor } from '../../testing/floor.ts';

let floor: Floor;
before(async () => { floor = await openFloor(); });
after(() => floor.server.close());

describeOperation(holdCall, {
  example: async () => {
    const { desk: ann, agentid, call } = await floor.talking();
    assert.ok((await ann.client.call(holdCall, { agentid })).ok);
    assert.equal(await ann.until('AgentEvent_Hold'), call);
    await floor.leave(ann);
  },
  badInput: async () => {
    const ann = await floor.agent();
    assert.equal(codeOf(await ann.client.call(holdCall, { agentid: ann.workNo })), '200-013');
    await floor.leave(ann);
  },
  effect: async () => {
    const { desk: ann, agentid, call } = await floor.talking();
    await ann.client.call(holdCall, { agentid });
    assert.ok((await ann.client.call(getHold, { agentid, callid: call })).ok);
    assert.equal((await ann.until('AgentEvent_Talking')).callid, call);
    await floor.leave(ann);
  },
});

describeOperation(getHold, {
  example: async () => {
    const { desk: ann, agentid, call } = await floor.talking();
    await ann.client.call(holdCall, { agentid });
    assert.ok((await ann.client.call(getHold, { agentid, callid: call })).ok);
    await floor.leave(ann);
  },
  badInput: async () => {
    const { desk: ann, agentid } = await floor.talking();
    assert.equal(codeOf(await ann.client.call(getHold, { agentid })), '200-015');
    await ann.client.call(holdCall, { agentid });
    assert.equal(codeOf(await ann.client.call(getHold, { agentid, callid: '1-1' })), '200-015');
    await floor.leave(ann);
  },
  effect: async () => {
    const { desk: ann, agentid } = await floor.talking();
    await ann.client.call(holdCall, { agentid });
    await ann.client.call(getHold, { agentid });
    await ann.until('AgentEvent_Talking');
    assert.ok((await ann.client.call(holdCall, { agentid })).ok, 'it can be held again');
    await floor.leave(ann);
  },
});

for (const [op, again, back, codes] of [[beginMute, beginMute, endMute, ['200-003', '200-004']], [endMute, endMute, beginMute, ['200-007', '200-008']]] as const) {
  const first = op === endMute ? beginMute : undefined;
  describeOperation(op, {
    example: async () => {
      const { desk: ann, agentid } = await floor.talking();
      if (first !== undefined) await ann.client.call(first, { agentid });
      assert.ok((await ann.client.call(op, { agentid })).ok);
      await floor.leave(ann);
    },
    badInput: async () => {
      const ann = await floor.agent();
      assert.equal(codeOf(await ann.client.call(op, { agentid: ann.workNo })), codes[0]);
      await floor.leave(ann);
    },
    effect: async () => {
      const { desk: ann, agentid } = await floor.talking();
      if (first !== undefined) await ann.client.call(first, { agentid });
      await ann.client.call(op, { agentid });
      assert.equal(codeOf(await ann.client.call(again, { agentid })), codes[1]);
      assert.ok((await ann.client.call(back, { agentid })).ok);
      await floor.leave(ann);
    },
  });
}
