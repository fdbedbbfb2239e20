import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { cancelBusy, sayBusy } from '@parley/contract/gateway/agent-state.ts';
import { cleanCustPersonalData } from '@parley/contract/configuration/erasure.ts';
import { cmsQueryCallTraceDetail } from '@parley/contract/monitoring/call-trace.ts';
import { releaseCall } from '@parley/contract/gateway/call-release.ts';
import { describeOperation } from '../../testing/operation-test.ts';
import { openLiveFloor, type LiveFloor } from '../../testing/live-floor.ts';

let floor: LiveFloor;
before(async () => { floor = await openLiveFloor(); });
after(() => floor.server.close());
afterEach(() => floor.clear());

const trace = (callId: string, client = floor.tenant.monitor, more: object = {}) => client.ask(cmsQueryCallTraceDetail, { vdn: floor.tenant.vdnId, callId, ...more });
const codeOf = async (callId: string, client = floor.tenant.monitor, more: object = {}): Promise<unknown> =>
  (await client.call(cmsQueryCallTraceDetail, { vdn: floor.tenant.vdnId, callId, ...more })).body['resultCode'];

/** Row, device, why it was entered and left, why the call ended. */
async function rowsOf(callId: string): Promise<readonly string[]> {
  return (await trace(callId)).map(({ callIdNum, deviceIn, deviceNo, EnterReason, LeaveReason, releaseCause }) => [callIdNum, deviceIn, deviceNo, EnterReason, LeaveReason, releaseCause].join(' '));
}

describeOperation(cmsQueryCallTraceDetail, {
  example: async () => {
    const { desk, call } = await floor.talking();
    await desk.client.call(releaseCall, { agentid: desk.workNo });
    const [queue, agent] = await trace(call);
    assert.deepEqual([queue?.deviceType, queue?.deviceIn, queue?.callIdNum], [1, 'DEVICE_QUEUE', 1]);
    assert.deepEqual([agent?.deviceType, agent?.deviceNo, agent?.callIdNum, agent?.CurrentSkillID], [2, String(desk.workNo), -1, String(floor.queue)]);
    assert.deepEqual([agent?.callerNo, agent?.calleeNo, agent?.mediaType], ['13800000001', floor.number, 5]);
  },
  badInput: async () => {
    const other = await floor.server.tenant();
    const { call } = await floor.talking();
    for (const [client, more] of [[other.monitor, {}], [floor.tenant.monitor, { vdn: other.vdnId }], [floor.tenant.monitor, { ccId: 65_000 }]] as const) {
      assert.equal(await codeOf(call, client, more), '0101003');
    }
    assert.equal(await codeOf(''), '0100002');
    assert.equal(await codeOf(call, floor.tenant.monitor, { vdn: 5001 }), '0100002');
    assert.deepEqual(await trace('1-1'), [], 'there is no such call');
    assert.deepEqual(await trace(call, other.monitor, { vdn: other.vdnId }), [], 'nor is one of another tenant');
  },
  effect: async () => {
    const { desk, call } = await floor.talking();
    assert.deepEqual(await rowsOf(call), [`1 DEVICE_QUEUE ${floor.queue} 0 0 0`], 'it is with the agent now');
    await desk.client.call(releaseCall, { agentid: desk.workNo });
    assert.deepEqual(await rowsOf(call), [`1 DEVICE_QUEUE ${floor.queue} 0 0 0`, `-1 DEVICE_AGENT ${desk.workNo} 0 16 518`]);
  },
});

describe('what a call passed', () => {
  test('is told to a key for all tenants, and by each form of its id', async () => {
    const { call } = await floor.talking();
    const [seconds, number] = call.split('-');
    for (const [id, client] of [[call, floor.server.overseer], [`${seconds}000-${number}`, floor.tenant.monitor]] as const) {
      assert.equal((await trace(id, client)).length, 1);
    }
  });

  test('is counted in the seconds of each phase: a caller who waits until an agent is free', async () => {
    const desk = await floor.agent();
    await desk.client.call(sayBusy, { agentid: desk.workNo });
    const { call, party } = await floor.customer();
    await floor.later(12_000);
    await desk.client.call(cancelBusy, { agentid: desk.workNo });
    await desk.until('AgentEvent_Talking');
    await floor.later(40_000);
    party.hangUp();
    await floor.server.settle();
    const [queue, agent] = await trace(call);
    const span = (from = 0, to = 0): number => Math.round((to - from) / 1000);
    assert.deepEqual([span(queue?.waitBegin, queue?.callEnd), span(queue?.callBegin, queue?.callEnd)], [12, 0]);
    assert.deepEqual([span(agent?.waitBegin, agent?.callEnd), span(agent?.callBegin, agent?.callEnd)], [0, 40]);
    assert.deepEqual(await rowsOf(call), [`1 DEVICE_QUEUE ${floor.queue} 0 0 0`, `-1 DEVICE_AGENT ${desk.workNo} 0 15 531`]);
  });

  test('is told without the numbers, once they are erased (5.1.13)', async () => {
    const { desk, call } = await floor.talking();
    await desk.client.call(releaseCall, { agentid: desk.workNo });
    await floor.tenant.client.call(cleanCustPersonalData, { customNos: ['13800000001'] });
    await floor.server.jobsDone();
    assert.deepEqual((await trace(call)).map(({ callerNo, calleeNo }) => [callerNo, calleeNo]), [['', floor.number], ['', floor.number]]);
  });
});
