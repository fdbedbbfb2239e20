import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { agentEventPoll } from '@parley/contract/gateway/agent-event.ts';
import { agentHandshake, syncAgentInfo, updateGuid } from '@parley/contract/gateway/agent-presence.ts';
import { agentRest, cancelBusy, getAgentStatus, sayBusy, sayWork } from '@parley/contract/gateway/agent-state.ts';
import { callOut } from '@parley/contract/gateway/call-dial.ts';
import { setCallAppDataEx } from '@parley/contract/gateway/call-data.ts';
import { beginMute, endMute, getHold, holdCall } from '@parley/contract/gateway/call-hold.ts';
import { releaseCall } from '@parley/contract/gateway/call-release.ts';
import type { Result } from '@parley/contract/operation.ts';
import type { Desk } from '../../testing/desk.ts';
import { newFloor, type Floor } from '../../testing/floor.ts';
import { describeOperation } from '../../testing/operation-test.ts';
import { startTestServer, type TestServer } from '../../testing/server.ts';

let server: TestServer;
let floor: Floor;
before(async () => {
  server = await startTestServer({ world: { pollWaitMs: 60 } });
  floor = await newFloor(server, await server.tenant());
});
after(() => server.close());

async function agent(): Promise<Desk> {
  const ann = await floor.agent();
  await ann.news();
  return ann;
}

async function talking(): Promise<{ readonly ann: Desk; readonly call: string }> {
  const { desk: ann, call } = await floor.talking();
  await ann.news();
  return { ann, call };
}

type Sync = Result<typeof syncAgentInfo>;

async function sync(ann: Desk): Promise<Sync> {
  // 6.5.6: five queries in two seconds.
  server.advance(2000);
  const { body } = await ann.client.call(syncAgentInfo, { agentid: ann.workNo });
  assert.equal(body['retcode'], '0', JSON.stringify(body));
  return body['result'] as Sync;
}

describeOperation(agentHandshake, {
  example: async () => {
    const ann = await agent();
    const { body } = await ann.client.call(agentHandshake, { agentid: ann.workNo });
    assert.deepEqual({ ...body, result: {} }, { message: 'success', retcode: '0', result: {} });
    assert.match((body['result'] as { loginTime: string }).loginTime, /^\d{13}$/);
    await floor.leave(ann);
  },
  badInput: async () => {
    const ann = await agent();
    for (const token of ['a b', 'a=b', 'x'.repeat(51)]) {
      const { body } = await ann.client.call(agentHandshake, { agentid: ann.workNo }, { service_token: token });
      assert.equal(body['retcode'], '100-001', token);
    }
    await floor.leave(ann);
  },
  effect: async () => {
    const ann = await agent();
    const older = await fetch(`${server.url}/agentgateway/resource/onlineagent/${ann.workNo}/heartbeat`, { method: 'PUT', headers: { guid: ann.guid() } });
    const { body } = await ann.client.call(agentHandshake, { agentid: ann.workNo });
    assert.deepEqual(await older.json(), body, 'the spelling of older clients');
    assert.equal(await ann.code(getAgentStatus), '0');
    await floor.leave(ann);
  },
});

describeOperation(updateGuid, {
  example: async () => {
    const ann = await agent();
    const { body, headers } = await ann.client.call(updateGuid, { agentid: ann.workNo });
    const { guid } = body['result'] as { guid: string };
    assert.match(guid, /^[0-9a-f-]{36}\.AgentGateway0$/);
    assert.notEqual(guid, ann.guid());
    assert.deepEqual([headers.get('guid'), headers.get('set-guid')], [guid, `JSESSIONID=${guid}`]);
    await floor.leave(ann);
  },
  badInput: async () => {
    const ann = await agent();
    ann.wear(`${ann.guid()}x`);
    assert.equal(await ann.code(updateGuid), '000-003');
    await floor.leave(ann);
  },
  effect: async () => {
    const ann = await agent();
    const former = ann.guid();
    const { body } = await ann.client.call(updateGuid, { agentid: ann.workNo });
    const { guid } = body['result'] as { guid: string };
    const codeWith = (worn: string): Promise<string> => {
      ann.wear(worn);
      return ann.code(agentHandshake);
    };
    assert.deepEqual([await codeWith(former), await codeWith(guid)], ['0', '0'], 'requests may be on their way');
    ann.wear(former);
    assert.equal((await ann.client.call(agentEventPoll, { agentid: ann.workNo })).headers.get('set-guid'), `JSESSIONID=${guid}`, 'whoever has not heard of it is told');
    server.advance(119_000);
    assert.equal(await codeWith(former), '0');
    server.parley.gateway.events.outbox.seen(floor.tenant.vdnId, ann.workNo, server.world.clock());
    server.advance(2000);
    assert.deepEqual([await codeWith(former), await codeWith(guid)], ['000-003', '0'], 'but not for ever');
    await floor.leave(ann);
  },
});

const AT_REST = {
  callFeature: 0, callData: '', preBusy: false, firsttalkingFlag: false, qcWorkNo: '', callerNo: '', beginHoldTime: null, talkingCallfeature: 0, releaseFlag: 0,
  calledNo: '', mainCallId: '', secondTalkingTime: null, preRest: false, recordID: '', beginTalkingTime: null, partner: '', holdCallId: '', curCallId: '',
};

describeOperation(syncAgentInfo, {
  example: async () => {
    const ann = await agent();
    const { callinfo, agentStateInfo: { currentTime, agentStateBeginTime, ...info } } = await sync(ann);
    assert.equal(callinfo, null);
    assert.deepEqual(info, { ...AT_REST, lastState: 255, workNo: String(ann.workNo), state: 1, curCommand: 0, cmdBeginTime: '' });
    assert.ok(Math.abs(Number(currentTime) - server.world.clock()) < 10_000);
    assert.ok(agentStateBeginTime <= Number(currentTime));
    await floor.leave(ann);
  },
  badInput: async () => {
    const ann = await agent();
    assert.equal(await ann.code(syncAgentInfo, { agentid: 0 }), '000-002');
    await floor.leave(ann);
  },
  effect: async () => {
    const ann = await agent();
    await ann.client.call(sayBusy, { agentid: ann.workNo });
    const { agentStateInfo: { state, lastState, curCommand, cmdBeginTime, agentStateBeginTime } } = await sync(ann);
    assert.deepEqual([state, lastState, curCommand, cmdBeginTime], [4, 1, 30, String(agentStateBeginTime)]);
    assert.deepEqual(await ann.news(), [], 'the events that waited are gone');
    await floor.leave(ann);
  },
});

describe('scenario 19: a page that is loaded again', () => {
  test('is told the state in the numbers of Table 6-454', async () => {
    const states: number[] = [];
    const ann = await agent();
    const note = async (): Promise<void> => { states.push((await sync(ann)).agentStateInfo.state); };
    await note();
    await ann.code(sayBusy);
    await note();
    await ann.code(agentRest, { time: 60, restcause: 3 });
    await note();
    await floor.leave(ann);
    const bob = await agent();
    await bob.code(sayWork);
    states.push((await sync(bob)).agentStateInfo.state);
    assert.deepEqual(states, [1, 4, 3, 2]);
    await floor.leave(bob);
  });

  test('is told of the call, and the next poll holds no old event', async () => {
    const { ann, call } = await talking();
    await ann.code(setCallAppDataEx, { calldata: 'order 7' });
    await ann.code(sayBusy);
    await ann.code(agentRest, { time: 60, restcause: 0 });
    const { callinfo, agentStateInfo: info } = await sync(ann);
    const told = JSON.parse(callinfo ?? '') as Record<string, unknown>;
    assert.deepEqual([told['callid'], told['caller'], told['calldata']], [call, '13800000001', 'order 7']);
    assert.deepEqual(
      [info.state, info.lastState, info.curCallId, info.mainCallId, info.callerNo, info.calledNo, info.callData, info.partner, info.firsttalkingFlag, info.preBusy, info.preRest],
      [9, 7, call, call, '13800000001', '12345', 'order 7', '13800000001', true, true, true],
    );
    assert.ok(Number(info.beginTalkingTime) > 0);
    assert.deepEqual([info.holdCallId, info.beginHoldTime, info.secondTalkingTime], ['', null, null]);
    assert.deepEqual(await ann.news(), []);
    await floor.leave(ann);
  });

  test('is told of calls on hold, of mute, and of the second talk', async () => {
    const { ann, call } = await talking();
    await ann.code(beginMute);
    const muted = (await sync(ann)).agentStateInfo;
    assert.deepEqual([muted.state, muted.curCommand, Number(muted.cmdBeginTime) > 0], [12, 8, true]);
    await ann.code(endMute);
    await ann.code(holdCall);
    const held = (await sync(ann)).agentStateInfo;
    assert.deepEqual([held.state, held.curCommand, held.holdCallId, held.mainCallId, held.curCallId, held.firsttalkingFlag], [11, 6, call, call, '', false]);
    assert.equal(held.cmdBeginTime, held.beginHoldTime);
    await ann.client.call(callOut, { agentid: ann.workNo, called: '40040' });
    await ann.until('AgentEvent_Talking');
    const second = (await sync(ann)).agentStateInfo;
    assert.deepEqual([second.state, second.mainCallId, second.holdCallId, second.partner, second.talkingCallfeature], [9, call, call, '40040', 7]);
    assert.ok(Number(second.secondTalkingTime) >= Number(held.beginHoldTime));
    assert.notEqual(second.curCallId, call);
    await ann.code(releaseCall);
    await ann.code(getHold, { callid: call });
    const again = (await sync(ann)).agentStateInfo;
    assert.deepEqual([again.state, again.curCallId, again.holdCallId], [9, call, '']);
    await floor.leave(ann);
  });

  test('fetches what happens afterwards', async () => {
    const ann = await agent();
    await ann.code(sayBusy);
    await sync(ann);
    await ann.code(cancelBusy);
    assert.deepEqual(await ann.news(), ['AgentState_CancelNotReady_Success']);
    await floor.leave(ann);
  });
});
