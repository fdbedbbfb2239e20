import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { changeAgentRole } from '@parley/contract/admin/workplace.ts';
import { agentRest, getAgentStatus, sayBusy, sayFree } from '@parley/contract/gateway/agent-state.ts';
import { answerCall, rejectCall, requestAppointedCall, snatchPickup } from '@parley/contract/gateway/call-answer.ts';
import { callInner } from '@parley/contract/gateway/call-dial.ts';
import { holdCall } from '@parley/contract/gateway/call-hold.ts';
import type { Desk } from '../../testing/desk.ts';
import { resultOf } from '../../testing/floor.ts';
import { openLiveFloor, type LiveFloor } from '../../testing/live-floor.ts';
import { describeOperation } from '../../testing/operation-test.ts';

let floor: LiveFloor;
before(async () => { floor = await openLiveFloor(); });
afterEach(() => floor.clear());
after(() => floor.server.close());

const MANUAL = { autoanswer: false } as const;
const IS_BUSY = { status: 3 } as const;

async function statusOf(desk: Desk): Promise<unknown> {
  // 6.5.6: five queries in two seconds.
  floor.server.advance(2000);
  return resultOf(await desk.client.call(getAgentStatus, { agentid: desk.workNo }))?.agentState;
}

/** It rings in the software of an agent. */
async function ringing(): Promise<{ readonly ann: Desk; readonly call: string }> {
  const ann = await floor.agent(MANUAL);
  const { call } = await floor.customer();
  await ann.until('AgentEvent_Ringing');
  return { ann, call };
}

describeOperation(answerCall, {
  example: async () => {
    const { ann } = await ringing();
    assert.equal(await ann.code(answerCall), '0');
  },
  badInput: async () => {
    const ann = await floor.agent(MANUAL);
    assert.equal(await ann.code(answerCall), '200-002', 'nothing rings');
    const { call } = await floor.customer();
    await ann.until('AgentEvent_Ringing');
    assert.equal(await ann.code(answerCall, { callid: '1455885056-1095' }), '200-002', 'another call');
    assert.equal(await ann.code(answerCall, { callid: call }), '0');
    assert.equal(await ann.code(answerCall, { callid: call }), '200-002', 'answered already');
  },
  effect: async () => {
    const { ann, call } = await ringing();
    // Some desktops send the field empty.
    assert.equal(await ann.code(answerCall, { callid: '' }), '0');
    assert.equal((await ann.until('AgentEvent_Talking')).callid, call);
  },
});

describeOperation(rejectCall, {
  example: async () => {
    const { ann, call } = await ringing();
    assert.equal(await ann.code(rejectCall, { callid: call, mode: '1' }), '0');
    assert.equal(await ann.until('AgentEvent_No_Answer'), call);
    assert.deepEqual(await ann.until('AgentState_SetNotReady_Success'), { reason: '7' });
  },
  badInput: async () => {
    const ann = await floor.agent(MANUAL);
    assert.equal(await ann.code(rejectCall, { mode: 1 }), '200-002');
    const { call } = await floor.customer();
    await ann.until('AgentEvent_Ringing');
    for (const mode of [0, 3, undefined]) assert.equal(await ann.code(rejectCall, { callid: call, mode }), '000-002', String(mode));
    assert.equal(await ann.code(rejectCall, { callid: '1455885056-1095', mode: 1 }), '200-038');
    assert.equal(await ann.code(answerCall), '0');
    assert.equal(await ann.code(rejectCall, { callid: call, mode: 1 }), '200-037', 'answered already');
  },
  effect: async () => {
    const { ann } = await ringing();
    assert.equal(await ann.code(rejectCall, { mode: 2 }), '0');
    assert.equal(String(await statusOf(ann)), '4', 'idle');
  },
});

describeOperation(requestAppointedCall, {
  example: async () => {
    const ann = await floor.agent(IS_BUSY);
    const { call } = await floor.customer();
    assert.equal(await ann.code(requestAppointedCall, { callid: call, skilltype: 0, skillid: floor.queue }), '0');
    assert.equal((await ann.until('AgentEvent_Talking')).callid, call);
  },
  badInput: async () => {
    const ann = await floor.agent(IS_BUSY);
    const { call } = await floor.customer();
    const asked = { callid: call, skilltype: 0, skillid: floor.queue };
    assert.equal(await ann.code(requestAppointedCall, { ...asked, skilltype: 1 }), '000-002', 'there are no private queues');
    assert.equal(await ann.code(requestAppointedCall, { ...asked, skillid: undefined }), '000-002');
    assert.equal(await ann.code(requestAppointedCall, { ...asked, skillid: 1999 }), '100-007', 'not a queue of the agent');
    assert.equal(await ann.code(requestAppointedCall, { ...asked, callid: '1455885056-1095' }), '100-007');
    assert.equal(await ann.code(agentRest, { time: 60, restcause: 0 }), '0');
    assert.equal(await ann.code(requestAppointedCall, asked), '100-007', 'who rests takes no calls');
  },
  effect: async () => {
    const ann = await floor.agent(IS_BUSY);
    await floor.customer();
    const { call, party } = await floor.customer('13800000002');
    assert.equal(await ann.code(requestAppointedCall, { callid: call, skilltype: 0, skillid: floor.queue }), '0');
    assert.equal((await ann.until('AgentEvent_Talking')).caller, '13800000002', 'though another one has waited for longer');
    await floor.told(ann);
    assert.equal(party.hears().length, 1);
    assert.equal(await ann.code(holdCall), '0');
    const third = await floor.customer('13800000003');
    assert.equal(await ann.code(requestAppointedCall, { callid: third.call, skilltype: 0, skillid: floor.queue }), '100-007', 'not beside a held call');
  },
});

describeOperation(snatchPickup, {
  example: async () => {
    const { ann, call } = await ringing();
    const bob = await floor.agent();
    assert.equal(await bob.code(snatchPickup, { destWorkNo: ann.workNo }), '0');
    assert.equal((await bob.until('AgentEvent_Talking')).callid, call);
    assert.equal(await ann.until('AgentEvent_No_Answer'), call);
  },
  badInput: async () => {
    const bob = await floor.agent(IS_BUSY);
    const { ann } = await ringing();
    assert.equal(await bob.code(snatchPickup, { destWorkNo: ann.workNo }), '100-007', 'who picks up must be idle');
    assert.equal(await bob.code(sayFree), '0');
    for (const destWorkNo of [100, 60_000, undefined]) assert.equal(await bob.code(snatchPickup, { destWorkNo }), '000-002', String(destWorkNo));
    for (const destWorkNo of [bob.workNo, 59_999]) assert.equal(await bob.code(snatchPickup, { destWorkNo }), '100-007', String(destWorkNo));
    assert.equal(await ann.code(answerCall), '0');
    assert.equal(await bob.code(snatchPickup, { destWorkNo: ann.workNo }), '100-007', 'it does not ring any more');
  },
  effect: async () => {
    const { ann, call } = await ringing();
    const bob = await floor.agent({ ...MANUAL, releasephone: true });
    assert.equal(await bob.code(snatchPickup, { destWorkNo: ann.workNo }), '0');
    await floor.told(ann);
    assert.deepEqual((await floor.told(bob)).map(([type]) => type), [
      'AgentState_Busy', 'AgentOther_PhoneAlerting', 'AgentOther_PhoneOffhook', 'AgentEvent_Ringing', 'AgentEvent_Incoming_CallInfo',
    ]);
    assert.equal(await bob.code(answerCall, { callid: call }), '0');
    assert.equal(String(await statusOf(ann)), '4', 'idle again');
  },
});

describe('who may not pick up', () => {
  test('a call that a colleague makes to a colleague', async () => {
    const ann = await floor.agent();
    const bob = await floor.agent(MANUAL);
    const cid = await floor.agent();
    assert.equal(await ann.code(callInner, { called: String(bob.workNo) }), '0');
    await bob.until('AgentEvent_Ringing');
    assert.equal(await cid.code(snatchPickup, { destWorkNo: bob.workNo }), '100-007');
  });

  test('an agent whose role has no right to it (6.3.8, bit 30)', async () => {
    const { ann } = await ringing();
    const bob = await floor.agent();
    assert.equal((await floor.tenant.administrator.call(changeAgentRole, { roleId: 2, bits: [1, 5] })).status, 200);
    assert.equal(await bob.code(snatchPickup, { destWorkNo: ann.workNo }), '100-007');
    assert.equal(await bob.code(sayBusy), '0', 'another right is there');
  });
});
