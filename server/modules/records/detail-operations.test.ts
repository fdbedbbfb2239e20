import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { cleanCustPersonalData } from '@parley/contract/configuration/erasure.ts';
import { createSkill } from '@parley/contract/configuration/queue.ts';
import { sayBusy } from '@parley/contract/gateway/agent-state.ts';
import { releaseCall } from '@parley/contract/gateway/call-release.ts';
import { transferCall } from '@parley/contract/gateway/call-transfer.ts';
import { cmsQueryBasicCallInfo, cmsQueryCallDetailById, cmsQueryDetailCallInfo } from '@parley/contract/monitoring/call-detail.ts';
import { cmsQueryCallTraceDetail } from '@parley/contract/monitoring/call-trace.ts';
import { cmsBatchMultiSkill } from '@parley/contract/monitoring/skill-live.ts';
import { openDesk } from '../../testing/desk.ts';
import { describeOperation } from '../../testing/operation-test.ts';
import { openLiveFloor, type LiveFloor } from '../../testing/live-floor.ts';
import { callTo, flowNumber } from '../live-view/live-view.fixture.ts';

let floor: LiveFloor;
before(async () => { floor = await openLiveFloor({ inTheMorning: true }); });
after(() => floor.server.close());
afterEach(() => floor.clear());

const codeOf = (reply: { readonly body: Readonly<Record<string, unknown>> }): unknown => reply.body['resultCode'];

describeOperation(cmsQueryBasicCallInfo, {
  example: async () => {
    const { desk, call } = await floor.talking();
    await floor.later(7000);
    const told = await floor.tenant.monitor.ask(cmsQueryBasicCallInfo, { vdn: floor.tenant.vdnId, callId: call.replace('-', '000-') });
    assert.deepEqual([told.deviceType, told.deviceNo, told.callingNum, told.calledNum, told.mediaType], [2, desk.workNo, '13800000001', floor.number, 5]);
    assert.deepEqual([told.totalTalkingTimes, told.waitTime, told.partyNum], [7, 0, 2]);
    assert.ok(told.logonTimes >= 7);
  },
  badInput: async () => {
    const { call } = await floor.talking();
    const other = await floor.server.tenant();
    assert.equal(codeOf(await floor.tenant.monitor.call(cmsQueryBasicCallInfo, { vdn: floor.tenant.vdnId, callId: '1-1' })), '0100001');
    assert.equal(codeOf(await other.monitor.call(cmsQueryBasicCallInfo, { vdn: other.vdnId, callId: call })), '0100001', 'of another tenant');
    assert.equal(codeOf(await other.monitor.call(cmsQueryBasicCallInfo, { vdn: floor.tenant.vdnId, callId: call })), '0101003');
  },
  effect: async () => {
    const { desk, call } = await floor.talking();
    assert.ok((await floor.tenant.monitor.call(cmsQueryBasicCallInfo, { vdn: floor.tenant.vdnId, callId: call })).ok);
    await desk.client.call(releaseCall, { agentid: desk.workNo });
    assert.equal(codeOf(await floor.tenant.monitor.call(cmsQueryBasicCallInfo, { vdn: floor.tenant.vdnId, callId: call })), '0100001', 'it is over');
  },
});

/** A call that waits for an agent who talks with somebody else. */
async function privateCall(): Promise<string> {
  const { desk: talks } = await floor.talking();
  const passes = await floor.agent();
  const { call } = await floor.customer('13800000009');
  await passes.until('AgentEvent_Talking');
  const { body } = await passes.client.call(transferCall, { agentid: passes.workNo, devicetype: 2, address: String(talks.workNo), mode: 0 });
  assert.equal(body['retcode'], '0', JSON.stringify(body));
  return call;
}

describeOperation(cmsQueryDetailCallInfo, {
  example: async () => {
    const call = await privateCall();
    const told = await floor.tenant.monitor.ask(cmsQueryDetailCallInfo, { vdn: floor.tenant.vdnId, callId: call });
    assert.deepEqual([told.cb, told.callingNum, told.mediaType, told.deviceType], [Number(call.split('-')[1]), '13800000009', 'MEDIA_TYPE_PHONE', 1]);
  },
  badInput: async () => {
    const { call } = await floor.talking();
    assert.equal(codeOf(await floor.tenant.monitor.call(cmsQueryDetailCallInfo, { vdn: floor.tenant.vdnId, callId: call })), '0100001', 'nobody waits in it for one agent');
    assert.equal(codeOf(await floor.tenant.monitor.call(cmsQueryDetailCallInfo, { vdn: 5001, callId: call })), '0100002');
  },
  effect: async () => {
    const call = await privateCall();
    await floor.later(5000);
    const asked = { vdn: floor.tenant.vdnId, callId: call };
    const [basic, detail] = [await floor.tenant.monitor.ask(cmsQueryBasicCallInfo, asked), await floor.tenant.monitor.ask(cmsQueryDetailCallInfo, asked)];
    assert.equal(detail.waitTime, 5);
    assert.deepEqual([basic.deviceNo, basic.waitTime], [detail.deviceNo, 5]);
  },
});

describeOperation(cmsQueryCallDetailById, {
  example: async () => {
    const { desk, call } = await floor.talking();
    await floor.later(30_000);
    await desk.client.call(releaseCall, { agentid: desk.workNo });
    const { callId, agentId, skillId, callTime, queueWaitTime, releaseCause, anonyCall, vdn } = await floor.tenant.monitor.ask(cmsQueryCallDetailById, { ccId: 1, isCallin: 'true', callId: call });
    assert.deepEqual([callId, agentId, skillId, callTime, queueWaitTime, releaseCause, anonyCall, vdn], [call, desk.workNo, floor.queue, 30, 0, 518, 0, floor.tenant.vdnId]);
  },
  badInput: async () => {
    const { call } = await floor.talking();
    const other = await floor.server.tenant();
    const asked = (more: object, client = floor.tenant.monitor) => client.call(cmsQueryCallDetailById, { ccId: 1, isCallin: 'true', callId: call, ...more });
    assert.equal(codeOf(await asked({ callId: '1-1' })), '0100001');
    assert.equal(codeOf(await asked({ isCallin: 'false' })), '0100001', 'it came in');
    assert.equal(codeOf(await asked({}, other.monitor)), '0100001', 'of another tenant');
    assert.equal(codeOf(await asked({ ccId: 9 })), '0101003');
    assert.equal(codeOf(await asked({ isCallin: 'x' })), '0100002');
  },
  effect: async () => {
    const { desk, call } = await floor.talking();
    const asked = { ccId: 1, isCallin: 'true', callId: call } as const;
    assert.equal((await floor.server.overseer.ask(cmsQueryCallDetailById, asked)).releaseCause, 0, 'it goes on');
    await floor.later(3000);
    await desk.client.call(releaseCall, { agentid: desk.workNo });
    const { releaseCause, callTime } = await floor.tenant.monitor.ask(cmsQueryCallDetailById, asked);
    const last = (await floor.tenant.monitor.ask(cmsQueryCallTraceDetail, { vdn: floor.tenant.vdnId, callId: call })).at(-1);
    assert.deepEqual([releaseCause, callTime], [last?.releaseCause, 3]);
  },
});

test('whether a caller withheld the number is known by what stood for it, and once it is erased as well (12.3.1.4.3)', async () => {
  const anonyCall = async (call: string): Promise<number> => (await floor.tenant.monitor.ask(cmsQueryCallDetailById, { ccId: 1, isCallin: 'true', callId: call })).anonyCall;
  const desk = await floor.agent({ autoenteridle: true });
  const calls: string[] = [];
  for (const from of ['anonymous', '', '13800000031']) {
    const { call } = await floor.customer(from);
    await desk.until('AgentEvent_Talking');
    await desk.client.call(releaseCall, { agentid: desk.workNo });
    await floor.later(6000);
    calls.push(call);
  }
  assert.deepEqual(await Promise.all(calls.map(anonyCall)), [1, 1, 0]);
  await floor.tenant.client.call(cleanCustPersonalData, { customNos: ['13800000031'] });
  await floor.server.jobsDone();
  assert.deepEqual(await Promise.all(calls.map(anonyCall)), [1, 1, 0]);
});

test('a call that waits for an agent with pictures has their media type, as 12.3.1.2.7 tells it', async () => {
  const release = { transferType: 'Release' } as const;
  const { body } = await floor.tenant.client.call(createSkill, {
    mediaTypeId: 19, description: 'with pictures', name: 'video', maxWaitTime: 60, maxWaitNum: 10, maxAgentWrapupTime: 0,
    skillParam: { noAgents: release, busy: release, timeOut: release, answerFunction: '0', waitVoice: { parameterType: 'Voice' } },
  });
  const queue = Number(body.skillId);
  const desk = await openDesk(floor.server, floor.tenant, { queues: [queue], agentType: 11 });
  await desk.signIn();
  await desk.client.call(sayBusy, { agentid: desk.workNo });
  const { number } = await flowNumber(floor, 1, { kind: 'queue', queue });
  const { call, party } = await callTo(floor, number);
  const here = { vdn: floor.tenant.vdnId };
  const [waiting] = await floor.tenant.monitor.ask(cmsBatchMultiSkill, { ...here, skillIds: [queue] });
  assert.equal(waiting?.callPropertyExs[0]?.mediaType, 'MEDIA_TYPE_PHONE_VIDEO');
  assert.equal((await floor.tenant.monitor.ask(cmsQueryBasicCallInfo, { ...here, callId: call })).mediaType, 19);
  party.hangUp();
  await floor.leave(desk);
});

test('an id of before that calls of several tenants have is refused to a key for all, and tells each tenant its own', async () => {
  const { desk, call } = await floor.talking();
  await desk.client.call(releaseCall, { agentid: desk.workNo });
  await floor.server.settle();
  const asked = { ccId: 1, isCallin: 'true', callId: call } as const;
  assert.equal((await floor.server.overseer.ask(cmsQueryCallDetailById, asked)).vdn, floor.tenant.vdnId);
  const { db } = floor.server.world;
  const row = await db.selectFrom('call_record').selectAll().where('vdn_id', '=', floor.tenant.vdnId).where('call', '=', call).executeTakeFirstOrThrow();
  const other = await floor.server.tenant();
  await db.insertInto('call_record').values({ ...row, vdn_id: other.vdnId, feature: 7 }).execute();
  assert.equal((await floor.server.overseer.ask(cmsQueryCallDetailById, asked)).vdn, floor.tenant.vdnId, 'the other one went out');
  await db.updateTable('call_record').set({ feature: 0 }).where('vdn_id', '=', other.vdnId).execute();
  assert.equal(codeOf(await floor.server.overseer.call(cmsQueryCallDetailById, asked)), '0100001');
  for (const { monitor, vdnId } of [floor.tenant, other]) assert.equal((await monitor.ask(cmsQueryCallDetailById, asked)).vdn, vdnId);
});
