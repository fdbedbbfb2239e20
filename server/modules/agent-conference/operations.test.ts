import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import {
  confAnswer, confLeave, confModifyResource, confProlongTime, confQueryInfos, confQueryVdnConfIds, confReject, confRelease, confRequest, confShiftPresident,
} from '@parley/contract/gateway/agent-conference.ts';
import { confBatchAdd } from '@parley/contract/gateway/agent-conference-participant.ts';
import { sayBusy } from '@parley/contract/gateway/agent-state.ts';
import { openDesk } from '../../testing/desk.ts';
import { codeOf, openFloor, type Floor } from '../../testing/floor.ts';
import { describeOperation } from '../../testing/operation-test.ts';
import { confer, reasonOf } from './conference.fixture.ts';

let floor: Floor;
before(async () => { floor = await openFloor(); });
after(() => floor.server.close());

describeOperation(confRequest, {
  example: async () => {
    const ann = await floor.agent();
    assert.ok((await ann.client.call(confRequest, { agentid: ann.workNo, memberNum: 4, time: 50, promptTime: 5 })).ok);
    assert.deepEqual(await ann.news(), [
      'AgentState_Busy', 'AgentOther_PhoneAlerting', 'AgentOther_PhoneOffhook', 'AgentConf_SelfJoinResult', 'AgentConf_RequestSuccess',
    ]);
    await floor.leave(ann);
  },
  badInput: async () => {
    const ann = await floor.agent();
    const ask = { agentid: ann.workNo, memberNum: 4 };
    for (const wrong of [{ memberNum: 0 }, { memberNum: 121 }, { time: 3 }, { time: 10, promptTime: 10 }, { beepTone: true }, { beepTone: true, voicePath: 'y:/conf/9999/a.V3' }, { confCallerNo: '10000' }]) {
      assert.equal(codeOf(await ann.client.call(confRequest, { ...ask, ...wrong })), '000-002', JSON.stringify(wrong));
    }
    await floor.leave(ann);
  },
  effect: async () => {
    const { chair, agentid, confId, shown } = await confer(floor);
    const { addresses, ...rest } = await shown();
    assert.deepEqual(addresses.map(({ address, role, channelAttrib }) => [address, role, channelAttrib]), [[String(agentid), 1, 3]]);
    assert.equal(rest.confId, confId);
    assert.equal(rest.applyConfTime, 50);
    await floor.leave(chair);
  },
});

describeOperation(confAnswer, {
  example: async () => {
    const { chair, joinedBy } = await confer(floor);
    await floor.leave(chair, await joinedBy());
  },
  badInput: async () => {
    const ann = await floor.agent();
    assert.equal(codeOf(await ann.client.call(confAnswer, { agentid: ann.workNo })), '101-001');
    await floor.leave(ann);
  },
  effect: async () => {
    const { chair, joinedBy, shown } = await confer(floor);
    const other = await joinedBy();
    assert.ok((await shown()).addresses.some(({ address }) => address === String(other.workNo)));
    await floor.leave(chair, other);
  },
});

describeOperation(confReject, {
  example: async () => {
    const { chair, agentid } = await confer(floor);
    const other = await floor.agent();
    await chair.client.call(confBatchAdd, { agentid, addresses: [{ addressType: '9', address: String(other.workNo) }] });
    await other.until('AgentConf_Ringing');
    assert.ok((await other.client.call(confReject, { agentid: other.workNo })).ok);
    const told = await chair.until('AgentConf_ParticipantChanged');
    assert.equal(told.participant, String(other.workNo));
    assert.notEqual(told.result, 0);
    await floor.leave(chair, other);
  },
  badInput: async () => {
    const ann = await floor.agent();
    assert.equal(codeOf(await ann.client.call(confReject, { agentid: ann.workNo })), '101-001');
    await floor.leave(ann);
  },
  effect: async () => {
    const { chair, agentid, shown } = await confer(floor);
    const other = await floor.agent();
    await chair.client.call(confBatchAdd, { agentid, addresses: [{ addressType: '9', address: String(other.workNo) }] });
    await other.until('AgentConf_Ringing');
    await other.client.call(confReject, { agentid: other.workNo });
    await other.until('AgentState_Ready');
    assert.equal((await shown()).addresses.length, 1);
    await floor.leave(chair, other);
  },
});

describeOperation(confLeave, {
  example: async () => {
    const { chair, joinedBy, confId } = await confer(floor);
    const other = await joinedBy();
    assert.ok((await other.client.call(confLeave, { agentid: other.workNo })).ok);
    assert.deepEqual(await other.until('AgentConf_SelfLeaveResult'), { confId });
    await floor.leave(chair, other);
  },
  badInput: async () => {
    const { chair, agentid } = await confer(floor);
    assert.equal(codeOf(await chair.client.call(confLeave, { agentid })), '101-007');
    await floor.leave(chair);
  },
  effect: async () => {
    const { chair, joinedBy, shown } = await confer(floor);
    const other = await joinedBy();
    await other.client.call(confLeave, { agentid: other.workNo });
    const told = await chair.until('AgentConf_ParticipantChanged');
    assert.deepEqual([told.changeType, told.changeReason, told.participant], [1, 0, String(other.workNo)]);
    assert.equal((await shown()).addresses.length, 1);
    await floor.leave(chair, other);
  },
});

describeOperation(confRelease, {
  example: async () => {
    const { chair, agentid, confId } = await confer(floor);
    assert.ok((await chair.client.call(confRelease, { agentid })).ok);
    assert.deepEqual(await chair.until('AgentConf_SelfLeaveResult'), { confId });
    await chair.until('AgentState_Ready');
    await floor.leave(chair);
  },
  badInput: async () => {
    const { chair, joinedBy } = await confer(floor);
    const other = await joinedBy();
    assert.equal(codeOf(await other.client.call(confRelease, { agentid: other.workNo })), '101-002');
    await floor.leave(chair, other);
  },
  effect: async () => {
    const { chair, agentid, confId, joinedBy } = await confer(floor);
    const other = await joinedBy();
    await chair.client.call(confRelease, { agentid });
    await other.until('AgentConf_SelfLeaveResult');
    const { body } = await chair.client.call(confQueryInfos, { agentid, confIds: [confId] });
    assert.deepEqual(body['result'], { confs: [] });
    await floor.leave(chair, other);
  },
});

describeOperation(confProlongTime, {
  example: async () => {
    const { chair, agentid } = await confer(floor);
    assert.deepEqual((await chair.client.call(confProlongTime, { agentid, prolongTime: 100 })).body['result'], { appliedTime: 100 });
    await floor.leave(chair);
  },
  badInput: async () => {
    const { chair, agentid } = await confer(floor, { time: 1440 });
    const reply = await chair.client.call(confProlongTime, { agentid, prolongTime: 1 });
    assert.deepEqual([codeOf(reply), reasonOf(reply)], ['100-007', 21_223]);
    await floor.leave(chair);
  },
  effect: async () => {
    const { chair, agentid, shown } = await confer(floor, { time: 1400 });
    assert.deepEqual((await chair.client.call(confProlongTime, { agentid, prolongTime: 100 })).body['result'], { appliedTime: 40 });
    assert.equal((await shown()).applyConfTime, 1440);
    await floor.leave(chair);
  },
});

describeOperation(confShiftPresident, {
  example: async () => {
    const { chair, agentid, confId, joinedBy } = await confer(floor);
    const other = await joinedBy();
    assert.ok((await chair.client.call(confShiftPresident, { agentid, destAgentNo: other.workNo })).ok);
    assert.deepEqual(await other.until('AgentConf_PresidentChanged'), { confId });
    await floor.leave(chair, other);
  },
  badInput: async () => {
    const { chair, agentid } = await confer(floor);
    assert.equal(codeOf(await chair.client.call(confShiftPresident, { agentid, destAgentNo: agentid })), '101-005');
    const reply = await chair.client.call(confShiftPresident, { agentid, destAgentNo: 59_998 });
    assert.deepEqual([codeOf(reply), reasonOf(reply)], ['100-007', 21_237]);
    await floor.leave(chair);
  },
  effect: async () => {
    const { chair, agentid, joinedBy } = await confer(floor);
    const other = await joinedBy();
    await chair.client.call(confShiftPresident, { agentid, destAgentNo: other.workNo });
    assert.ok((await chair.client.call(confLeave, { agentid })).ok, 'who is no longer the chair may leave');
    await floor.leave(chair, other);
  },
});

describeOperation(confModifyResource, {
  example: async () => {
    const { chair, agentid } = await confer(floor);
    assert.ok((await chair.client.call(confModifyResource, { agentid, modifyType: 0, modifyNum: 3 })).ok);
    await floor.leave(chair);
  },
  badInput: async () => {
    const { chair, agentid } = await confer(floor);
    assert.equal(codeOf(await chair.client.call(confModifyResource, { agentid, modifyType: 0, modifyNum: 1 })), '000-002');
    assert.equal(reasonOf(await chair.client.call(confModifyResource, { agentid, modifyType: 0, modifyNum: 118 })), 21_238);
    assert.equal(reasonOf(await chair.client.call(confModifyResource, { agentid, modifyType: 1, modifyNum: 6 })), 21_239);
    await floor.leave(chair);
  },
  effect: async () => {
    const { chair, agentid } = await confer(floor, { memberNum: 4 });
    const three = ['13900000001', '13900000002', '13900000003', '13900000004'].map((address) => ({ addressType: '6' as const, address }));
    assert.equal(reasonOf(await chair.client.call(confBatchAdd, { agentid, addresses: three })), 21_224);
    await chair.client.call(confModifyResource, { agentid, modifyType: 0, modifyNum: 2 });
    assert.ok((await chair.client.call(confBatchAdd, { agentid, addresses: three })).ok);
    await floor.leave(chair);
  },
});

describeOperation(confQueryInfos, {
  example: async () => {
    const { chair, shown, phoneJoins } = await confer(floor);
    await phoneJoins('70005');
    assert.deepEqual((await shown()).addresses.map(({ addressType, address }) => [addressType, address]), [['9', String(chair.workNo)], ['6', '70005']]);
    await floor.leave(chair);
  },
  badInput: async () => {
    const { chair, agentid } = await confer(floor);
    const reply = await chair.client.call(confQueryInfos, { agentid, confIds: Array.from({ length: 21 }, (_, index) => index) });
    assert.deepEqual([codeOf(reply), reasonOf(reply)], ['100-007', 21_244]);
    await floor.leave(chair);
  },
  effect: async () => {
    const { chair, confId } = await confer(floor);
    const ann = await floor.agent();
    assert.deepEqual((await ann.client.call(confQueryInfos, { agentid: ann.workNo, confIds: [confId] })).body['result'], { confs: [] }, 'others do not see it');
    assert.ok((await chair.client.call(confRelease, { agentid: chair.workNo })).ok);
    assert.deepEqual((await chair.client.call(confQueryInfos, { agentid: chair.workNo, confIds: [confId] })).body['result'], { confs: [] });
    await floor.leave(chair, ann);
  },
});

describeOperation(confQueryVdnConfIds, {
  example: async () => {
    const { chair, confId } = await confer(floor);
    const eve = await openDesk(floor.server, floor.tenant, { ccRoleId: 3 });
    await eve.signIn();
    assert.deepEqual((await eve.client.call(confQueryVdnConfIds, { agentid: eve.workNo })).body['result'], { confIds: [confId] });
    await floor.leave(chair, eve);
  },
  badInput: async () => {
    const ann = await floor.agent();
    assert.equal(codeOf(await ann.client.call(confQueryVdnConfIds, { agentid: ann.workNo })), '101-004');
    await floor.leave(ann);
  },
  effect: async () => {
    const { chair, agentid } = await confer(floor);
    const eve = await openDesk(floor.server, floor.tenant, { ccRoleId: 3 });
    await eve.signIn();
    await chair.client.call(confRelease, { agentid });
    assert.deepEqual((await eve.client.call(confQueryVdnConfIds, { agentid: eve.workNo })).body['result'], { confIds: [] });
    await floor.leave(chair, eve);
  },
});

describe('a conference', () => {
  test('fails for an agent who is busy, and says so by an event', async () => {
    const ann = await floor.agent();
    await ann.client.call(sayBusy, { agentid: ann.workNo });
    assert.ok((await ann.client.call(confRequest, { agentid: ann.workNo, memberNum: 4 })).ok);
    assert.deepEqual(await ann.until('AgentConf_RequestFailed'), { cause: 21_205 });
    await floor.leave(ann);
  });

  test('is released when its chair signs out', async () => {
    const { chair, joinedBy } = await confer(floor);
    const other = await joinedBy();
    await floor.leave(chair);
    await other.until('AgentConf_SelfLeaveResult');
    await other.until('AgentState_Ready');
    await floor.leave(other);
  });
});
