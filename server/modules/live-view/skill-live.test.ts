import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { createSkill } from '@parley/contract/configuration/queue.ts';
import { cancelBusy, cancelWork, sayBusy } from '@parley/contract/gateway/agent-state.ts';
import { callOut } from '@parley/contract/gateway/call-dial.ts';
import { releaseCall } from '@parley/contract/gateway/call-release.ts';
import {
  cmsAgentByConfigedSkill, cmsAgentsInSkill, cmsAgentStatusBySkill, cmsBatchMultiSkill, cmsBatchSkillOverload, cmsCurrentCallStateInfo, cmsQueueDeviceStatus, cmsSkillCfgInfo,
  cmsSkillServiceQuality, cmsSkillStateInfo, cmsTotalSkillStatusEx3,
} from '@parley/contract/monitoring/skill-live.ts';
import { openDesk, type Desk } from '../../testing/desk.ts';
import { openLiveFloor, type LiveFloor } from '../../testing/live-floor.ts';
import { describeOperation } from '../../testing/operation-test.ts';
import { about, assertRefusals, callTo, flowNumber } from './live-view.fixture.ts';

const release = { transferType: 'Release' } as const;
const FIVE_MINUTES = 300_000;

let floor: LiveFloor;
/** A queue beside that of the floor. */
let beside: number;
before(async () => {
  floor = await openLiveFloor();
  const { body } = await floor.tenant.client.call(createSkill, {
    mediaTypeId: 5, description: 'the one beside', name: 'beside', maxWaitTime: 90, maxWaitNum: 20, maxAgentWrapupTime: 0,
    skillParam: { noAgents: release, busy: release, timeOut: release, answerFunction: '0', waitVoice: { parameterType: 'Voice' } },
  });
  beside = Number(body.skillId);
});
after(() => floor.server.close());
afterEach(() => floor.clear());

const here = () => ({ vdn: floor.tenant.vdnId });
const monitor = () => floor.tenant.monitor;
const both = () => ({ ...here(), skillIds: [floor.queue, beside] });
const BAD_QUEUES = [{ skillIds: [0] }, { skillIds: [2001] }, { skillIds: Array.from({ length: 1001 }, () => 1) }, { skillIds: undefined }];
const BAD_QUEUE = [{ skillId: 0 }, { skillId: 2001 }, { skillId: undefined }, { skillId: 1999 }];

const busy = (desk: Desk) => desk.client.call(sayBusy, { agentid: desk.workNo });
const ready = (desk: Desk) => desk.client.call(cancelBusy, { agentid: desk.workNo });

/** To the beginning of the next five minutes. */
const nextFiveMinutes = () => floor.later(FIVE_MINUTES - (floor.server.world.clock() % FIVE_MINUTES));

/** Somebody waits, as the one agent is busy. */
async function waiting(): Promise<{ readonly desk: Desk; readonly call: string; readonly hangUp: () => Promise<void> }> {
  const desk = await floor.agent({ autoenteridle: false });
  await busy(desk);
  const { call, party } = await floor.customer();
  return {
    desk, call,
    hangUp: async () => {
      party.hangUp();
      await floor.server.settle();
    },
  };
}

/** A call that waits in both queues, in the floor's first; somebody signed in to each is busy. */
async function waitingInBoth(digit: number): Promise<{ readonly call: string; readonly second: Desk; readonly clear: () => Promise<void> }> {
  const first = await floor.agent();
  const second = await openDesk(floor.server, floor.tenant, { queues: [beside] });
  await second.signIn();
  floor.voice.phone(second.phone);
  for (const desk of [first, second]) await busy(desk);
  const { number } = await flowNumber(floor, digit, { kind: 'queue', queue: floor.queue, also: [beside] });
  const { call, party } = await callTo(floor, number);
  return {
    call, second,
    clear: async () => {
      party.hangUp();
      await floor.leave(second);
    },
  };
}

describeOperation(cmsAgentsInSkill, {
  example: async () => { assert.deepEqual(await monitor().ask(cmsAgentsInSkill, both()), [{ skillId: floor.queue, agentIds: [] }, { skillId: beside, agentIds: [] }]); },
  badInput: () => assertRefusals(floor, cmsAgentsInSkill, { skillIds: [1] }, BAD_QUEUES),
  effect: async () => {
    const [one, other] = [await floor.agent(), await floor.agent()];
    assert.deepEqual((await monitor().ask(cmsAgentsInSkill, { ...here(), skillIds: [beside, floor.queue, beside, 1999] })).map(({ skillId, agentIds }) => [skillId, agentIds]), [
      [beside, []], [floor.queue, [one.workNo, other.workNo]],
    ]);
    assert.equal((await monitor().ask(cmsAgentStatusBySkill, both())).loginEd, 2);
  },
});

describeOperation(cmsTotalSkillStatusEx3, {
  example: async () => {
    const [queue] = await monitor().ask(cmsTotalSkillStatusEx3, { ...here(), skillIds: [beside] });
    assert.deepEqual(queue, { skillId: beside, queueSize: 0, queueTime: 0, loggedOnAgents: 0, availAgents: 0, skillDescrip: 'the one beside', callId: '4294967295-4294967295', maxQueueSize: 20 });
  },
  badInput: () => assertRefusals(floor, cmsTotalSkillStatusEx3, { skillIds: [1] }, BAD_QUEUES),
  effect: async () => {
    const [desk, other] = [await floor.agent(), await floor.agent()];
    for (const one of [desk, other]) await busy(one);
    const { call } = await floor.customer();
    await floor.later(12_000);
    const statusNow = async () => (await monitor().ask(cmsTotalSkillStatusEx3, { ...here(), skillIds: [floor.queue] }))[0];
    const now = await statusNow();
    assert.deepEqual([now?.queueSize, about(12, now?.queueTime), now?.callId, now?.loggedOnAgents, now?.availAgents], [1, 12, call, 2, 0]);
    await ready(desk);
    await desk.until('AgentEvent_Talking');
    const then = await statusNow();
    assert.deepEqual([then?.queueSize, then?.queueTime, then?.callId], [0, 0, '4294967295-4294967295']);
  },
});

describeOperation(cmsCurrentCallStateInfo, {
  example: async () => {
    await nextFiveMinutes();
    const [queue] = await monitor().ask(cmsCurrentCallStateInfo, { ...here(), skillIds: [beside] });
    assert.equal((queue?.startTime ?? 1) % FIVE_MINUTES, 0);
    assert.deepEqual({ ...queue, startTime: 0 }, {
      id: beside, startTime: 0, allCallCount: 0, cnndCallCount: 0, cnnedCallCount: 0, abanCallCount: 0, callEndCount: 0, talkTimeOnIvr: 0, cnndIn20sCallCount: 0, cnnedIn20sCallCount: 0,
      clearUpCallCount: 0, clearUpTime: 0,
    });
  },
  badInput: () => assertRefusals(floor, cmsCurrentCallStateInfo, { skillIds: [1] }, BAD_QUEUES),
  effect: async () => {
    await nextFiveMinutes();
    const figures = async () => {
      const [queue] = await monitor().ask(cmsCurrentCallStateInfo, { ...here(), skillIds: [floor.queue] });
      return [queue?.allCallCount, queue?.cnndCallCount, queue?.cnndIn20sCallCount, queue?.abanCallCount, queue?.callEndCount, queue?.clearUpCallCount, about(3, queue?.clearUpTime)];
    };
    const { desk, hangUp } = await waiting();
    assert.deepEqual(await figures(), [1, 0, 0, 0, 0, 0, 0]);
    await hangUp();
    assert.deepEqual(await figures(), [1, 0, 0, 1, 0, 0, 0]);
    await floor.customer();
    await floor.later(21_000);
    await ready(desk);
    await desk.until('AgentEvent_Talking');
    assert.deepEqual(await figures(), [2, 1, 0, 1, 0, 0, 0]);
    await desk.client.call(releaseCall, { agentid: desk.workNo });
    await floor.later(3000);
    await desk.client.call(cancelWork, { agentid: desk.workNo });
    assert.deepEqual(await figures(), [2, 1, 0, 1, 1, 1, 3]);
    await nextFiveMinutes();
    assert.deepEqual(await figures(), [0, 0, 0, 0, 0, 0, 0]);
  },
});

describeOperation(cmsQueueDeviceStatus, {
  example: async () => {
    const { call } = await waiting();
    assert.deepEqual(await monitor().ask(cmsQueueDeviceStatus, { ...here(), skillId: floor.queue }), [{ callId: call, customerLevel: 0, requestType: 0 }]);
  },
  badInput: () => assertRefusals(floor, cmsQueueDeviceStatus, { skillId: floor.queue }, BAD_QUEUE),
  effect: async () => {
    const { desk } = await waiting();
    await ready(desk);
    await desk.until('AgentEvent_Talking');
    assert.deepEqual(await monitor().ask(cmsQueueDeviceStatus, { ...here(), skillId: floor.queue }), []);
  },
});

describeOperation(cmsSkillCfgInfo, {
  example: async () => {
    assert.deepEqual(await monitor().ask(cmsSkillCfgInfo, { ...here(), skillIds: [beside] }), [{
      skillId: beside, maxCallNum: 20, maxHoldCallNum: 65_535, maxWaitTime: 90, maxAnswerWaitTime: 30, maxTalkTime: 4_294_967_295, maxRestAgentNum: 65_535, maxAgentWrapupTime: 0,
    }]);
  },
  badInput: () => assertRefusals(floor, cmsSkillCfgInfo, { skillIds: [1] }, BAD_QUEUES),
  effect: async () => {
    const { body } = await floor.tenant.client.call(createSkill, {
      mediaTypeId: 53, description: 'text', name: 'text', maxWaitTime: 7, maxWaitNum: 3, maxAgentWrapupTime: 9, skillParam: { noAgents: release, busy: release, timeOut: release },
    });
    const [made] = await monitor().ask(cmsSkillCfgInfo, { ...here(), skillIds: [Number(body.skillId)] });
    assert.deepEqual([made?.maxCallNum, made?.maxWaitTime, made?.maxAgentWrapupTime], [3, 7, 9]);
  },
});

describeOperation(cmsSkillStateInfo, {
  example: async () => {
    await nextFiveMinutes();
    const [queue] = await monitor().ask(cmsSkillStateInfo, { ...here(), skillIds: [beside] });
    assert.deepEqual([...new Set(Object.values({ ...queue, skillId: 0 }))], [0]);
  },
  badInput: () => assertRefusals(floor, cmsSkillStateInfo, { skillIds: [1] }, BAD_QUEUES),
  effect: async () => {
    await nextFiveMinutes();
    await waiting();
    await floor.later(8000);
    const idle = await floor.agent({ autoenteridle: false });
    await idle.until('AgentEvent_Talking');
    await floor.customer('13800000002');
    await floor.later(4000);
    const state = async () => (await monitor().ask(cmsSkillStateInfo, { ...here(), skillIds: [floor.queue] }))[0];
    const now = await state();
    assert.deepEqual([now?.agentLoginNums, now?.agentTalkingNums, now?.agentIdleNums, now?.agentAvailableNums, now?.agentSetBusyNums], [2, 1, 0, 0, 1]);
    assert.deepEqual([now?.callWaitNums, now?.processingCallNums, now?.totalCallNums, about(8, now?.maxCallWaitTimeIn5), about(8, now?.maxCallWaitTimesIn5), about(8, now?.evenWaitTimeIn5), now?.allCallCount], [1, 1, 1, 8, 8, 8, 2]);
    await idle.client.call(releaseCall, { agentid: idle.workNo });
    await floor.later(2000);
    const then = await state();
    assert.deepEqual([then?.processingCallNums, then?.totalCallNums, about(4, then?.evenCallTimeIn5), then?.agentWorkNums, then?.cnndIn20sCallCount], [0, 1, 4, 1, 1]);
  },
});

describeOperation(cmsBatchMultiSkill, {
  example: async () => {
    const { call } = await waiting();
    await floor.later(6000);
    const [queue, other] = await monitor().ask(cmsBatchMultiSkill, both());
    assert.deepEqual(other, { skillId: beside, callPropertyExs: [] });
    const [waiter] = queue?.callPropertyExs ?? [];
    assert.ok((waiter?.callInTime ?? 0) > 1e12);
    assert.equal(about(6, waiter?.waitTime), 6);
    assert.deepEqual({ ...waiter, callInTime: 0, waitTime: 6 }, {
      callId: call, customerLevel: 0, requestType: 0, calling: '13800000001', called: floor.number, mediaType: 'MEDIA_TYPE_PHONE', orgiCalled: floor.number, callInTime: 0,
      callPriority: 0, waitTime: 6, callQueueFlag: 1,
    });
  },
  badInput: () => assertRefusals(floor, cmsBatchMultiSkill, { skillIds: [1] }, BAD_QUEUES),
  effect: async () => {
    const { call, second, clear } = await waitingInBoth(1);
    const places = async () => (await monitor().ask(cmsBatchMultiSkill, both())).map(({ callPropertyExs }) => callPropertyExs.map(({ callId, callQueueFlag }) => [callId, callQueueFlag]));
    assert.deepEqual(await places(), [[[call, 1]], [[call, 0]]]);
    await ready(second);
    assert.deepEqual(await places(), [[], []]);
    await clear();
  },
});

describeOperation(cmsBatchSkillOverload, {
  example: async () => {
    await nextFiveMinutes();
    assert.deepEqual(await monitor().ask(cmsBatchSkillOverload, both()), [{ skillId: floor.queue, overloadDetails: [] }, { skillId: beside, overloadDetails: [] }]);
  },
  badInput: () => assertRefusals(floor, cmsBatchSkillOverload, { skillIds: [1] }, BAD_QUEUES),
  effect: async () => {
    await nextFiveMinutes();
    const { second, clear } = await waitingInBoth(2);
    await ready(second);
    await second.until('AgentEvent_Talking');
    const took = [{ skillId: floor.queue, overloadDetails: [] }, { skillId: beside, overloadDetails: [{ queueId: floor.queue, callNum: 1 }] }];
    assert.deepEqual(await monitor().ask(cmsBatchSkillOverload, both()), took);
    await second.client.call(releaseCall, { agentid: second.workNo });
    assert.deepEqual(await monitor().ask(cmsBatchSkillOverload, both()), took, 'also when the call is over');
    await clear();
  },
});

describeOperation(cmsAgentStatusBySkill, {
  example: async () => {
    const desk = await floor.agent();
    await busy(desk);
    const counts = await monitor().ask(cmsAgentStatusBySkill, { ...here(), skillIds: [floor.queue], isSkillAllMatch: 'true' });
    assert.deepEqual(counts, {
      workSubStateBegin: 0, lateAdjust: 0, usable: 0, rest: 0, studying: 0, setBusy: 1, occupy: 0, idle: 0, preoccupy: 0, answering: 0, talking: 0, loginEd: 1, callOut: 0,
    });
  },
  badInput: () => assertRefusals(floor, cmsAgentStatusBySkill, { skillIds: [1] }, [...BAD_QUEUES, { isSkillAllMatch: 'yes' }]),
  effect: async () => {
    const versatile = await openDesk(floor.server, floor.tenant, { queues: [floor.queue, beside] });
    await versatile.signIn();
    await versatile.until('AgentState_Ready');
    await floor.agent();
    const counts = async (more: object = {}) => {
      const { loginEd, idle, usable } = await monitor().ask(cmsAgentStatusBySkill, { ...both(), ...more });
      return [loginEd, idle, usable];
    };
    assert.deepEqual(await counts(), [2, 2, 2], 'an agent of both counts once');
    assert.deepEqual(await counts({ isSkillAllMatch: 'true' }), [1, 1, 1]);
    assert.deepEqual(await counts({ skillIds: [floor.queue], isSkillAllMatch: 'true' }), [1, 1, 1]);
    await versatile.client.call(callOut, { agentid: versatile.workNo, called: '13800000009' });
    assert.equal((await monitor().ask(cmsAgentStatusBySkill, both())).callOut, 1);
    await floor.leave(versatile);
  },
});

describeOperation(cmsAgentByConfigedSkill, {
  example: async () => {
    const desk = await floor.agent();
    const [agent, ...more] = await monitor().ask(cmsAgentByConfigedSkill, { ...here(), skillId: floor.queue });
    assert.match(agent?.name ?? '', /^agent-/);
    assert.deepEqual([more, agent?.workNo, agent?.status, agent?.ctiStatus, agent?.groupId, agent?.mediaType, agent?.vdnId, agent?.phoneNumber], [[], desk.workNo, 4, 1, -1, 5, floor.tenant.vdnId, desk.phone]);
  },
  badInput: () => assertRefusals(floor, cmsAgentByConfigedSkill, { skillId: floor.queue }, BAD_QUEUE),
  effect: async () => {
    const desk = await floor.agent();
    await busy(desk);
    await floor.later(5000);
    const agents = async () => (await monitor().ask(cmsAgentByConfigedSkill, { ...here(), skillId: floor.queue })).map(({ workNo, status, ctiStatus, currentStateTime }) => [workNo, status, ctiStatus, about(5, currentStateTime)]);
    assert.deepEqual(await agents(), [[desk.workNo, 3, 7, 5]]);
    await floor.leave(desk);
    assert.deepEqual(await agents(), []);
  },
});

describeOperation(cmsSkillServiceQuality, {
  example: async () => {
    await nextFiveMinutes();
    const [queue] = await monitor().ask(cmsSkillServiceQuality, { ...here(), skillIds: [beside] });
    assert.equal(queue?.statStartTime, floor.server.world.clock() - (floor.server.world.clock() % FIVE_MINUTES));
    assert.deepEqual(queue, { skillId: beside, statStartTime: queue?.statStartTime, inCallNum: 0, connectedNum: 0, callLostNum: 0, in15sCallNum: 0, wait15sLostNum: 0, in20sCallNum: 0, wait20sLostNum: 0 });
  },
  badInput: () => assertRefusals(floor, cmsSkillServiceQuality, { skillIds: [1] }, BAD_QUEUES),
  effect: async () => {
    await nextFiveMinutes();
    const { desk, hangUp } = await waiting();
    await floor.later(17_000);
    await hangUp();
    await floor.customer();
    await floor.later(18_000);
    await ready(desk);
    await desk.until('AgentEvent_Talking');
    const [queue] = await monitor().ask(cmsSkillServiceQuality, { ...here(), skillIds: [floor.queue] });
    assert.deepEqual([queue?.inCallNum, queue?.connectedNum, queue?.callLostNum], [2, 1, 1]);
    assert.deepEqual([queue?.in15sCallNum, queue?.in20sCallNum, queue?.wait15sLostNum, queue?.wait20sLostNum], [0, 1, 0, 1]);
  },
});

describe('the five minutes', () => {
  test('go on where a call goes over into the next ones: it is answered there, and came before', async () => {
    await nextFiveMinutes();
    await floor.later(FIVE_MINUTES - 10_000);
    const { desk } = await waiting();
    await floor.later(20_000);
    await ready(desk);
    await desk.until('AgentEvent_Talking');
    const [queue] = await monitor().ask(cmsSkillServiceQuality, { ...here(), skillIds: [floor.queue] });
    assert.deepEqual([queue?.inCallNum, queue?.connectedNum, queue?.in20sCallNum], [0, 1, 1]);
  });
});
