import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { answerCall } from '@parley/contract/gateway/call-answer.ts';
import { holdCall } from '@parley/contract/gateway/call-hold.ts';
import { releaseCall } from '@parley/contract/gateway/call-release.ts';
import { agentRest, sayBusy } from '@parley/contract/gateway/agent-state.ts';
import {
  cmsAgentByWorkNo, cmsAgentPrivateCall, cmsAgentRestInfos, cmsAgentStatusInfo, cmsIsProcessCall, cmsQueryAgentByStatus, cmsQueryAgentCalls, cmsQueryAgentsCalls,
  cmsSiteAgentSkills, cmsSystemState, cmsTeamAgentStatusInfo,
} from '@parley/contract/monitoring/agent-live.ts';
import { openDesk, type Desk } from '../../testing/desk.ts';
import { openLiveFloor, type LiveFloor } from '../../testing/live-floor.ts';
import { describeOperation } from '../../testing/operation-test.ts';
import { about, assertRefusals, callTo, flowNumber } from './live-view.fixture.ts';

let floor: LiveFloor;
/** Never signed in. */
let away: number;
before(async () => {
  floor = await openLiveFloor();
  away = (await openDesk(floor.server, floor.tenant, { queues: [floor.queue] })).workNo;
});
after(() => floor.server.close());
afterEach(() => floor.clear());

const here = () => ({ vdn: floor.tenant.vdnId });
const monitor = () => floor.tenant.monitor;
const WRAPS_UP = { autoenteridle: false };
const BAD_AGENTS = [{ agentIds: [100] }, { agentIds: [60_000] }, { agentIds: 'all' }, { agentIds: undefined }];
const BAD_AGENT = [{ agentId: 100 }, { agentId: 60_000 }, { agentId: undefined }, { agentId: 59_999 }];

const statusOf = async (agent: number) => (await monitor().ask(cmsAgentStatusInfo, { ...here(), agentIds: [agent] }))[0];
const countsOf = (...agentIds: readonly number[]) => monitor().ask(cmsTeamAgentStatusInfo, { ...here(), agentIds: [...agentIds] });
const busy = (desk: Desk) => desk.client.call(sayBusy, { agentid: desk.workNo });

/** A talk, and another call that waits for its agent alone. */
async function privateCall(digit: number): Promise<{ readonly desk: Desk; readonly waiting: string; readonly hangUp: () => Promise<void> }> {
  const { desk } = await floor.talking(WRAPS_UP);
  const { number } = await flowNumber(floor, digit, { kind: 'agent', agent: desk.workNo });
  const { call, party } = await callTo(floor, number);
  return {
    desk, waiting: call,
    hangUp: async () => {
      party.hangUp();
      await floor.server.settle();
    },
  };
}

describeOperation(cmsSiteAgentSkills, {
  example: async () => {
    assert.deepEqual(await monitor().ask(cmsSiteAgentSkills, { ...here(), agentIds: [away] }), [{ agentId: away, skills: [{ skillId: floor.queue, isLogin: 0 }] }]);
  },
  badInput: () => assertRefusals(floor, cmsSiteAgentSkills, { agentIds: [away] }, BAD_AGENTS),
  effect: async () => {
    const desk = await floor.agent();
    const [signedIn, other, ...more] = await monitor().ask(cmsSiteAgentSkills, { ...here(), agentIds: [desk.workNo, away, desk.workNo, 59_999] });
    assert.deepEqual([signedIn?.skills, other?.skills, more], [[{ skillId: floor.queue, isLogin: 1 }], [{ skillId: floor.queue, isLogin: 0 }], []]);
  },
});

describeOperation(cmsAgentStatusInfo, {
  example: async () => {
    assert.deepEqual(await statusOf(away), {
      agentId: away, locationId: 65_535, currentStateReason: 65_535, prevState: 0, prevStateTime: 4_294_967_295, currentState: 0, currentStateTime: 4_294_967_295,
      logonTime: 4_294_967_295_000, agentRelease: 0, currentPrivateCallNum: 0,
    });
  },
  badInput: () => assertRefusals(floor, cmsAgentStatusInfo, { agentIds: [away] }, BAD_AGENTS),
  effect: async () => {
    const { desk } = await floor.talking(WRAPS_UP);
    await floor.later(20_000);
    const talking = await statusOf(desk.workNo);
    assert.deepEqual([talking?.currentState, about(20, talking?.currentStateTime), talking?.prevState, talking?.agentRelease], [5, 20, 3, 0]);
    await desk.client.call(releaseCall, { agentid: desk.workNo });
    const then = await statusOf(desk.workNo);
    assert.deepEqual([then?.currentState, then?.prevState, about(20, then?.prevStateTime), then?.agentRelease], [6, 5, 20, 1]);
    await floor.later(3000);
    await floor.leave(desk);
    await floor.later(9000);
    const gone = await statusOf(desk.workNo);
    assert.deepEqual([gone?.currentState, gone?.prevState, about(9, gone?.currentStateTime), gone?.currentStateReason, gone?.logonTime], [0, 6, 9, 258, 4_294_967_295_000]);
  },
});

describeOperation(cmsQueryAgentCalls, {
  example: async () => {
    const { desk, call } = await floor.talking();
    assert.deepEqual(await monitor().ask(cmsQueryAgentCalls, { ...here(), agentId: desk.workNo }), [call]);
    assert.deepEqual(await monitor().ask(cmsQueryAgentCalls, { ...here(), agentId: away }), []);
  },
  badInput: () => assertRefusals(floor, cmsQueryAgentCalls, { agentId: away }, BAD_AGENT),
  effect: async () => {
    const { desk } = await floor.talking(WRAPS_UP);
    await desk.client.call(releaseCall, { agentid: desk.workNo });
    assert.deepEqual(await monitor().ask(cmsQueryAgentCalls, { ...here(), agentId: desk.workNo }), []);
  },
});

describeOperation(cmsQueryAgentsCalls, {
  example: async () => {
    const { desk, call } = await floor.talking();
    assert.deepEqual(await monitor().ask(cmsQueryAgentsCalls, { ...here(), agentIds: [away, desk.workNo] }), [
      { agentId: away, callList: [] }, { agentId: desk.workNo, callList: [{ callId: call, callStatus: 5, callInOut: 0, mediaType: 5 }] },
    ]);
  },
  badInput: () => assertRefusals(floor, cmsQueryAgentsCalls, { agentIds: [away] }, [...BAD_AGENTS, { agentIds: Array.from({ length: 3001 }, () => away) }]),
  effect: async () => {
    const { desk, call } = await floor.talking();
    assert.equal((await desk.client.call(holdCall, { agentid: desk.workNo })).ok, true);
    const [agent] = await monitor().ask(cmsQueryAgentsCalls, { ...here(), agentIds: [desk.workNo] });
    assert.deepEqual(agent?.callList, [{ callId: call, callStatus: 6, callInOut: 0, mediaType: 5 }]);
  },
});

describeOperation(cmsAgentPrivateCall, {
  example: async () => {
    const { desk, waiting, hangUp } = await privateCall(1);
    assert.deepEqual(await monitor().ask(cmsAgentPrivateCall, { ...here(), agentId: desk.workNo }), [waiting]);
    await hangUp();
  },
  badInput: () => assertRefusals(floor, cmsAgentPrivateCall, { agentId: away }, BAD_AGENT),
  effect: async () => {
    const { desk, waiting } = await privateCall(2);
    assert.equal((await statusOf(desk.workNo))?.currentPrivateCallNum, 1);
    const [agent] = await monitor().ask(cmsQueryAgentsCalls, { ...here(), agentIds: [desk.workNo] });
    assert.deepEqual(agent?.callList.map(({ callId, callStatus }) => [callId, callStatus]).at(-1), [waiting, 3]);
    await floor.leave(desk);
    assert.deepEqual(await monitor().ask(cmsAgentPrivateCall, { ...here(), agentId: desk.workNo }), [], 'who has left is not waited for');
  },
});

describeOperation(cmsTeamAgentStatusInfo, {
  example: async () => {
    const desk = await floor.agent();
    assert.deepEqual(await countsOf(desk.workNo, away), {
      workSubStateBegin: 0, workSubstateBegin: 0, lateAdjust: 0, usable: 1, rest: 0, setBusy: 0, studying: 0, occupy: 0, idle: 1, preoccupy: 0, answering: 0, talking: 0, loginEd: 1,
    });
  },
  badInput: () => assertRefusals(floor, cmsTeamAgentStatusInfo, { agentIds: [away] }, BAD_AGENTS),
  effect: async () => {
    const { desk } = await floor.talking(WRAPS_UP);
    const other = await floor.agent();
    await busy(other);
    const { talking, setBusy, loginEd, usable, idle } = await countsOf(desk.workNo, other.workNo, other.workNo);
    assert.deepEqual([talking, setBusy, loginEd, usable, idle], [1, 1, 2, 0, 0]);
    await desk.client.call(releaseCall, { agentid: desk.workNo });
    assert.equal((await countsOf(desk.workNo)).workSubStateBegin, 1);
  },
});

describeOperation(cmsAgentByWorkNo, {
  example: async () => {
    const agent = await monitor().ask(cmsAgentByWorkNo, { ...here(), agentId: away });
    assert.match(agent.name, /^agent-/);
    assert.deepEqual({ ...agent, name: '' }, {
      workNo: away, vdnId: floor.tenant.vdnId, citStatus: 0, name: '', phoneNumber: null, loginDate: 4_294_967_295_000, currentStateTime: 4_294_967_295, mediaType: 0, status: 2,
    });
  },
  badInput: () => assertRefusals(floor, cmsAgentByWorkNo, { agentId: away }, BAD_AGENT),
  effect: async () => {
    const { desk } = await floor.talking(WRAPS_UP);
    await floor.later(4000);
    const { citStatus, status, phoneNumber, mediaType, currentStateTime } = await monitor().ask(cmsAgentByWorkNo, { ...here(), agentId: desk.workNo });
    assert.deepEqual([citStatus, status, phoneNumber, mediaType, about(4, currentStateTime)], [5, 7, desk.phone, 5, 4]);
    await desk.client.call(agentRest, { agentid: desk.workNo, time: 60, restcause: 0 });
    assert.equal((await monitor().ask(cmsAgentByWorkNo, { ...here(), agentId: desk.workNo })).status, 7, 'the rest has not begun');
  },
});

describeOperation(cmsAgentRestInfos, {
  example: async () => {
    const desk = await floor.agent();
    await desk.client.call(agentRest, { agentid: desk.workNo, time: 600, restcause: 0 });
    const { allowRestNum, onRestNum, waitRestNum, agentsRestDetails: [detail, ...more] } = await monitor().ask(cmsAgentRestInfos, { ...here(), offset: 0, limit: 100 });
    assert.deepEqual([allowRestNum, onRestNum, waitRestNum, more.length], [0, 1, 0, 0]);
    assert.deepEqual([detail?.workNo, detail?.cantRestReason, detail?.restDuration], [desk.workNo, 0, 600]);
  },
  badInput: () => assertRefusals(floor, cmsAgentRestInfos, {}, [{ limit: 10 }, { offset: 0 }, { limit: 101, offset: 0 }, { limit: 0, offset: 0 }, { limit: 1, offset: -1 }]),
  effect: async () => {
    const { desk } = await floor.talking(WRAPS_UP);
    const resting = await floor.agent();
    await resting.client.call(agentRest, { agentid: resting.workNo, time: 600, restcause: 0 });
    await desk.client.call(agentRest, { agentid: desk.workNo, time: 60, restcause: 0 });
    const asked = await monitor().ask(cmsAgentRestInfos, here());
    assert.deepEqual([asked.onRestNum, asked.waitRestNum], [1, 1]);
    assert.deepEqual(asked.agentsRestDetails.map(({ workNo, cantRestReason, restDuration }) => [workNo, cantRestReason, restDuration]), [[desk.workNo, 1, 60], [resting.workNo, 0, 600]]);
    await desk.client.call(releaseCall, { agentid: desk.workNo });
    const now = await monitor().ask(cmsAgentRestInfos, { ...here(), limit: 1, offset: 1 });
    assert.deepEqual([now.onRestNum, now.waitRestNum, now.agentsRestDetails.map(({ workNo }) => workNo)], [2, 0, [resting.workNo]]);
  },
});

describeOperation(cmsIsProcessCall, {
  example: async () => { assert.equal(await monitor().ask(cmsIsProcessCall, { ...here(), agentId: away }), false); },
  badInput: () => assertRefusals(floor, cmsIsProcessCall, { agentId: away }, BAD_AGENT),
  effect: async () => {
    const desk = await floor.agent({ autoanswer: false });
    const { party } = await floor.customer();
    await desk.until('AgentEvent_Ringing');
    assert.equal(await monitor().ask(cmsIsProcessCall, { ...here(), agentId: desk.workNo }), true);
    await desk.client.call(answerCall, { agentid: desk.workNo });
    party.hangUp();
    await floor.server.settle();
    assert.equal(await monitor().ask(cmsIsProcessCall, { ...here(), agentId: desk.workNo }), false);
  },
});

describeOperation(cmsSystemState, {
  example: async () => {
    const counts = await monitor().ask(cmsSystemState, { ...here(), offset: 0, limit: 100 });
    assert.deepEqual(counts, { busyAgent: 0, talkingNum: 0, idleAgent: 0, totalLoginAgent: 0 });
  },
  badInput: () => assertRefusals(floor, cmsSystemState, { offset: 0, limit: 100 }, [{ limit: 101 }, { limit: undefined }, { offset: undefined }, { offset: -1 }]),
  effect: async () => {
    await floor.talking();
    const desk = await floor.agent();
    await busy(desk);
    assert.deepEqual(await monitor().ask(cmsSystemState, { ...here(), offset: 0, limit: 100 }), { busyAgent: 1, talkingNum: 1, idleAgent: 0, totalLoginAgent: 2 });
    assert.deepEqual(await monitor().ask(cmsSystemState, { ...here(), offset: 0, limit: 1 }), { busyAgent: 0, talkingNum: 0, idleAgent: 0, totalLoginAgent: 0 }, 'of the page alone');
    assert.equal((await monitor().ask(cmsSystemState, { ...here(), offset: 60_000, limit: 1 })).totalLoginAgent, 0);
  },
});

describeOperation(cmsQueryAgentByStatus, {
  example: async () => {
    const [first] = await monitor().ask(cmsQueryAgentByStatus, { ...here(), status: 0, limit: 10, offset: 0 });
    assert.deepEqual(first, { agentId: away, locationId: 65_535, currentState: 0, currentStateTime: 4_294_967_295 });
    const { body } = await monitor().call(cmsQueryAgentByStatus, { ccId: '1', vdn: String(floor.tenant.vdnId), status: '0', limit: 10, offset: 0 } as never);
    assert.deepEqual([body['returnCode'], body['description']], ['0', 'success']);
  },
  badInput: () => assertRefusals(floor, cmsQueryAgentByStatus, { limit: 10, offset: 0 }, [{ status: 11 }, { status: 'idle' }, { limit: 1001 }, { limit: undefined }]),
  effect: async () => {
    const { desk } = await floor.talking(WRAPS_UP);
    const inState = async (more: object): Promise<readonly number[]> => (await monitor().ask(cmsQueryAgentByStatus, { ...here(), limit: 1000, offset: 0, ...more })).map(({ agentId }) => agentId);
    assert.deepEqual(await inState({ status: 5 }), [desk.workNo]);
    await desk.client.call(releaseCall, { agentid: desk.workNo });
    assert.deepEqual([await inState({ status: 5 }), await inState({ status: 6 })], [[], [desk.workNo]]);
    const all = await inState({});
    assert.deepEqual([all[0], all.at(-1), await inState({ offset: all.length - 1 })], [away, desk.workNo, [desk.workNo]]);
  },
});

test('agents are shown to a key for all tenants', async () => {
  assert.equal((await floor.server.overseer.ask(cmsAgentByWorkNo, { ...here(), agentId: away })).workNo, away);
});
