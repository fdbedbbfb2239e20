import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { explainAgent, explainContact, exportAgentLog, exportContactLog } from '@parley/contract/admin/explain.ts';
import { sayBusy } from '@parley/contract/gateway/agent-state.ts';
import { releaseCall } from '@parley/contract/gateway/call-release.ts';
import { replayLog, type CentreLog } from '@parley/core/centre/replay.ts';
import { openFloor, type Floor } from '../../testing/floor.ts';
import { describeOperation } from '../../testing/operation-test.ts';

let floor: Floor;
before(async () => { floor = await openFloor(); });
after(() => floor.server.close());

describeOperation(explainContact, {
  example: async () => {
    const [ann, bob] = [await floor.agent(), await floor.agent()];
    const call = await floor.callIn();
    await ann.until('AgentEvent_Talking');
    const { body } = await floor.tenant.administrator.call(explainContact, { callId: call });
    const [choice] = body.choices;
    assert.equal(choice?.chosen.workNo, ann.workNo, 'who had been ready for longer');
    assert.deepEqual(choice.next.map(({ workNo }) => workNo), [bob.workNo]);
    assert.match(choice.text, /chosen out of 2 ready agents/);
    await floor.leave(ann, bob);
  },
  badInput: async () => {
    assert.equal((await floor.tenant.administrator.call(explainContact, { callId: '1-1' })).status, 404);
    const { desk, call } = await floor.talking();
    const other = await floor.server.tenant();
    assert.equal((await other.administrator.call(explainContact, { callId: call })).status, 404, 'another tenant\'s call');
    await floor.leave(desk);
  },
  effect: async () => {
    const { desk, agentid, call } = await floor.talking();
    await desk.client.call(releaseCall, { agentid });
    const { body } = await floor.tenant.administrator.call(explainContact, { callId: call });
    assert.ok(body.turns.some(({ what }) => what.startsWith(`Agent ${agentid} left the call: released`)));
    assert.match(body.turns.at(-1)?.what ?? '', /^The call was over/);
    await floor.leave(desk);
  },
});

describeOperation(explainAgent, {
  example: async () => {
    const ann = await floor.agent();
    const { body } = await floor.tenant.administrator.call(explainAgent, { workNo: ann.workNo });
    assert.equal(body.getsCalls, true);
    assert.deepEqual(body.queues.map(({ queueId, ahead }) => [queueId, ahead]), [[floor.queue, 0]]);
    await floor.leave(ann);
  },
  badInput: async () => {
    assert.equal((await floor.tenant.administrator.call(explainAgent, { workNo: 59_998 })).status, 404);
  },
  effect: async () => {
    const ann = await floor.agent();
    await ann.client.call(sayBusy, { agentid: ann.workNo, reason: 201 });
    const busy = await floor.tenant.administrator.call(explainAgent, { workNo: ann.workNo });
    assert.equal(busy.body.getsCalls, false);
    assert.match(busy.body.obstacles[0]?.text ?? '', /busy for \d+ s \(reason 201\)/);
    await floor.leave(ann);
    const gone = await floor.tenant.administrator.call(explainAgent, { workNo: ann.workNo });
    assert.deepEqual(gone.body.obstacles.map(({ why }) => why), ['notSignedIn']);
  },
});

describeOperation(exportContactLog, {
  example: async () => {
    const { desk, call } = await floor.talking();
    const { body } = await floor.tenant.administrator.call(exportContactLog, { callId: call });
    assert.ok(body.events.length > 0);
    await floor.leave(desk);
  },
  badInput: async () => {
    assert.equal((await floor.tenant.administrator.call(exportContactLog, { callId: '1-1' })).status, 404);
  },
  effect: async () => {
    const { desk, call } = await floor.talking();
    const { body } = await floor.tenant.administrator.call(exportContactLog, { callId: call });
    const replayed = replayLog(body as unknown as CentreLog);
    assert.equal(replayed.agents.get(desk.workNo)?.state, 'talking');
    assert.deepEqual(replayed.calls.get(call)?.parts.map(({ kind }) => kind).toSorted(), ['agent', 'customer']);
    assert.ok((await desk.client.call(releaseCall, { agentid: desk.workNo })).ok);
    await floor.leave(desk);
  },
});

describeOperation(exportAgentLog, {
  example: async () => {
    const ann = await floor.agent();
    assert.ok((await floor.tenant.administrator.call(exportAgentLog, { workNo: ann.workNo })).ok);
    await floor.leave(ann);
  },
  badInput: async () => {
    assert.equal((await floor.tenant.administrator.call(exportAgentLog, { workNo: 59_998 })).status, 404);
  },
  effect: async () => {
    const ann = await floor.agent();
    await ann.client.call(sayBusy, { agentid: ann.workNo, reason: 200 });
    const { body } = await floor.tenant.administrator.call(exportAgentLog, { workNo: ann.workNo });
    const live = await floor.server.parley.gateway.engine.view(floor.tenant.vdnId, ({ agents }) => structuredClone(agents.get(ann.workNo)));
    assert.deepEqual(replayLog(body as unknown as CentreLog).agents.get(ann.workNo), live, 'a replay gives the same state');
    await floor.leave(ann);
  },
});

describe('explanations', () => {
  test('are for those who may look into the tenant', async () => {
    const { desk, call } = await floor.talking();
    const agent = await floor.server.signedIn(floor.tenant.vdnId, 'agent');
    assert.equal((await agent.call(explainContact, { callId: call })).status, 403);
    const supervisor = await floor.server.signedIn(floor.tenant.vdnId, 'supervisor');
    assert.ok((await supervisor.call(explainContact, { callId: call })).ok);
    assert.equal((await supervisor.call(exportContactLog, { callId: call })).status, 403, 'logs hold numbers and data of customers');
    await floor.leave(desk);
  });
});
