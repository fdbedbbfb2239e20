import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { callOut } from '@parley/contract/gateway/call-dial.ts';
import { sayBusy } from '@parley/contract/gateway/agent-state.ts';
import { releaseCall } from '@parley/contract/gateway/call-release.ts';
import { cmsQueryCallsV1, cmsQueryCallsV2, cmsQueryMissedCalls } from '@parley/contract/monitoring/call-query.ts';
import { clockIn } from '@parley/core/time/zone.ts';
import { describeOperation } from '../../testing/operation-test.ts';
import { openLiveFloor, type LiveFloor } from '../../testing/live-floor.ts';

const HOUR = 3_600_000;

let floor: LiveFloor;
before(async () => { floor = await openLiveFloor({ inTheMorning: true }); });
after(() => floor.server.close());
afterEach(() => floor.clear());

const now = (): number => floor.server.world.clock();
const window = <const More extends object>(more: More) => ({ vdn: floor.tenant.vdnId, beginDate: now() - HOUR, endDate: now() + HOUR, ...more });
const codeOf = (reply: { readonly body: Readonly<Record<string, unknown>> }): unknown => reply.body['resultCode'];

/** A call that was talked in, and is over. */
async function talked(from: string): Promise<string> {
  const desk = await floor.agent();
  const { call } = await floor.customer(from);
  await desk.until('AgentEvent_Talking');
  await floor.later(2000);
  await desk.client.call(releaseCall, { agentid: desk.workNo });
  await floor.clear();
  return call;
}

/** A call of somebody who waited in vain. */
async function missed(from: string): Promise<string> {
  const desk = await floor.agent();
  await desk.client.call(sayBusy, { agentid: desk.workNo });
  const { call, party } = await floor.customer(from);
  await floor.later(9000);
  party.hangUp();
  await floor.server.settle();
  return call;
}

describeOperation(cmsQueryCallsV1, {
  example: async () => {
    const call = await talked('13811110001');
    const { data, count } = await floor.tenant.monitor.ask(cmsQueryCallsV1, window({ callerNo: '13811110001', calleeNo: floor.number, limit: 10, offset: 0 }));
    assert.deepEqual([data.map(({ callId }) => callId), count], [[call], 1]);
    assert.deepEqual([data[0]?.mediaType, data[0]?.leaveReason, data[0]?.vdn, data[0]?.callType], [5, 16, floor.tenant.vdnId, 0]);
  },
  badInput: async () => {
    const other = await floor.server.tenant();
    const asked = (more: object, client = floor.tenant.monitor) => client.call(cmsQueryCallsV1, window(more));
    assert.equal(codeOf(await asked({ beginDate: now() - 40 * HOUR })), '0100002', 'before yesterday');
    assert.equal(codeOf(await asked({ endDate: now() + 20 * HOUR })), '0100002', 'tomorrow');
    assert.equal(codeOf(await asked({ beginDate: now(), endDate: now() - 1 })), '0100002', 'reversed');
    assert.equal(codeOf(await asked({ limit: 101 })), '0100002');
    assert.equal(codeOf(await asked({}, other.monitor)), '0101003');
    assert.equal((await asked({ beginDate: now() - 34 * HOUR + 60_000 })).ok, true, 'ten o\'clock: yesterday began 34 hours ago');
  },
  effect: async () => {
    const count = async (more: object = {}) => (await floor.tenant.monitor.ask(cmsQueryCallsV1, window(more))).count;
    const first = await count();
    const { desk } = await floor.talking();
    assert.equal(await count(), first, 'it goes on');
    await desk.client.call(releaseCall, { agentid: desk.workNo });
    assert.equal(await count(), first + 1);
    assert.equal(await count({ endDate: now() - HOUR / 2 }), 0);
  },
});

describeOperation(cmsQueryCallsV2, {
  example: async () => {
    const call = await talked('13811110002');
    const { data } = await floor.tenant.monitor.ask(cmsQueryCallsV2, window({ callerNo: '13811110002', isCallIn: 'true' }));
    assert.deepEqual(data.map(({ callId }) => callId), [call]);
  },
  badInput: async () => {
    assert.equal(codeOf(await floor.tenant.monitor.call(cmsQueryCallsV2, window({ isCallIn: 'perhaps' as 'true' }))), '0100002');
    assert.equal(codeOf(await floor.tenant.monitor.call(cmsQueryCallsV2, window({} as { isCallIn: 'true' }))), '0100002', 'which direction is not told');
  },
  effect: async () => {
    const desk = await floor.agent();
    await desk.client.call(callOut, { agentid: desk.workNo, called: '13999990001' });
    await desk.until('AgentEvent_Talking');
    await desk.client.call(releaseCall, { agentid: desk.workNo });
    const listed = async (isCallIn: 'false' | 'TRUE') => (await floor.tenant.monitor.ask(cmsQueryCallsV2, window({ isCallIn, calleeNo: '13999990001' }))).data.map(({ callType }) => callType);
    assert.deepEqual([await listed('false'), await listed('TRUE')], [[7], []]);
  },
});

const all = { offset: 0, limit: 5000 };

describeOperation(cmsQueryMissedCalls, {
  example: async () => {
    const call = await missed('13811110003');
    const { missedCalls } = await floor.tenant.monitor.ask(cmsQueryMissedCalls, { vdn: floor.tenant.vdnId, ...all });
    const found = missedCalls.find(({ callId }) => callId === call);
    assert.deepEqual([found?.callerNo, found?.calleeNo, found?.mediaType], ['13811110003', floor.number, 5]);
    assert.equal((Date.parse(`${found?.callEnd}Z`) - Date.parse(`${found?.waitBegin}Z`)) / 1000, 9);
  },
  badInput: async () => {
    const asked = async (more: object, client = floor.tenant.monitor): Promise<unknown> => (await client.call(cmsQueryMissedCalls, { vdn: floor.tenant.vdnId, ...all, ...more })).body['returnCode'];
    assert.equal(await asked({ limit: 5001 }), '0100002');
    assert.equal(await asked({ beginTime: '2026-02-30 00:00:00' }), '0100002');
    assert.equal(await asked({ beginTime: '2026-02-02 00:00:00', endTime: '2026-02-01 00:00:00' }), '0100002');
    const text = (hours: number): string => clockIn('UTC', now() + hours * HOUR);
    assert.equal(await asked({ beginTime: text(1), endTime: text(2) }), '0100002', 'in the future');
    assert.equal(await asked({ beginTime: text(-366 * 24 - 1) }), '0100002', 'more than 366 days');
    assert.equal(await asked({ beginTime: text(-366 * 24 - 2), endTime: text(-1) }), '0100002', 'more than 366 days');
    assert.equal(await asked({ beginTime: text(-366 * 24), endTime: text(0) }), '0');
    assert.equal(await asked({ beginTime: text(-1), endTime: text(1) }), '0', 'it may end later');
    assert.equal(await asked({}, (await floor.server.tenant()).monitor), '0101003');
  },
  effect: async () => {
    const total = async (more: object = {}) => (await floor.tenant.monitor.ask(cmsQueryMissedCalls, { vdn: floor.tenant.vdnId, ...all, ...more })).total;
    const first = await total();
    await talked('13811110004');
    assert.equal(await total(), first, 'it was answered');
    await missed('13811110005');
    assert.equal(await total(), first + 1);
    assert.equal(await total({ endTime: '2020-01-01 00:00:00' }), 0);
  },
});

describe('lists of calls', () => {
  test('are read page by page, each call once', async () => {
    for (const from of ['1', '2', '3']) await talked(`1381111100${from}`);
    const page = async (offset: number) => (await floor.tenant.monitor.ask(cmsQueryCallsV1, window({ limit: 2, offset }))).data.map(({ callId }) => callId);
    const { count } = await floor.tenant.monitor.ask(cmsQueryCallsV1, window({}));
    const seen: string[] = [];
    for (let offset = 0; offset < count; offset += 2) seen.push(...await page(offset));
    assert.deepEqual([seen.length, new Set(seen).size], [count, count]);
  });
});
