import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { createAccessCode } from '@parley/contract/admin/access-code.ts';
import { createCalledRoute } from '@parley/contract/configuration/called-route.ts';
import { agentRest, cancelBusy, sayBusy } from '@parley/contract/gateway/agent-state.ts';
import { callOut } from '@parley/contract/gateway/call-dial.ts';
import { releaseCall } from '@parley/contract/gateway/call-release.ts';
import {
  cmsAllAgentPhones, cmsQueryAccessCodeCallInfo, cmsQueryAccessCodeInfo, cmsQueryAgentRestState, cmsQueryAgentStaticConf, cmsQueryIvrProcessInNoInfo, cmsQueryIvrStatusInfo,
  cmsQueryTotalAgentInfo, cmsTotalAgentAbstractEx3, cmsTotalAgentDynamicInfo, cmsTotalAgentState,
} from '@parley/contract/monitoring/vdn-live.ts';
import { openDesk } from '../../testing/desk.ts';
import { openLiveFloor, type LiveFloor } from '../../testing/live-floor.ts';
import { describeOperation } from '../../testing/operation-test.ts';
import { about, assertRefusals, callTo, flowNumber, inFlow } from './live-view.fixture.ts';

let floor: LiveFloor;
/** Never signed in. */
let away: number;
/** A flow that lasts. */
let flow: number;
let flowReached: string;
before(async () => {
  floor = await openLiveFloor();
  away = (await openDesk(floor.server, floor.tenant, { queues: [floor.queue] })).workNo;
  ({ flow, number: flowReached } = await flowNumber(floor, 7, { kind: 'done' }, 3_600_000));
});
after(() => floor.server.close());
afterEach(() => floor.clear());

const here = () => ({ vdn: floor.tenant.vdnId });
const monitor = () => floor.tenant.monitor;
const aPage = { limit: 100, offset: 0 };
const badPages = (most: number) => [{ limit: most + 1 }, { limit: 0 }, { offset: -1 }, { limit: undefined }, { offset: undefined }];

describeOperation(cmsQueryAccessCodeInfo, {
  example: async () => {
    const codes = await monitor().ask(cmsQueryAccessCodeInfo, here());
    assert.deepEqual(codes.map(({ accessCode, mediatypeId, codeDescription }) => [accessCode, mediatypeId, codeDescription]), [[floor.number, 5, ''], [flowReached, 5, '']]);
  },
  badInput: () => assertRefusals(floor, cmsQueryAccessCodeInfo, {}, [{ vdn: undefined }, { ccId: 0 }]),
  effect: async () => {
    assert.equal((await floor.tenant.administrator.call(createAccessCode, { code: `${floor.number}9`, media: 5, description: 'Voice access' })).status, 200);
    const codes = await monitor().ask(cmsQueryAccessCodeInfo, here());
    assert.equal(codes.find(({ accessCode }) => accessCode === `${floor.number}9`)?.codeDescription, 'Voice access');
  },
});

describeOperation(cmsQueryAgentRestState, {
  example: async () => {
    const { count, rows } = await monitor().ask(cmsQueryAgentRestState, { ...here(), ...aPage });
    assert.deepEqual([count, rows], [1, { onRestAgentNum: 0, allowRestAgentNum: 0, waitRestAgentNum: 0, details: [] }]);
  },
  badInput: () => assertRefusals(floor, cmsQueryAgentRestState, aPage, badPages(1000)),
  effect: async () => {
    const resting = await floor.agent();
    await resting.client.call(agentRest, { agentid: resting.workNo, time: 600, restcause: 0 });
    const { desk } = await floor.talking();
    await desk.client.call(agentRest, { agentid: desk.workNo, time: 60, restcause: 0 });
    await floor.later(4000);
    const { count, rows } = await monitor().ask(cmsQueryAgentRestState, { ...here(), ...aPage });
    assert.deepEqual([rows.onRestAgentNum, rows.waitRestAgentNum], [1, 1]);
    assert.deepEqual(rows.details.map(({ agentId, cantRestCause, applyRestLength, reqRestDuration, reqRestDura, ccId, vdnId }) => [agentId, cantRestCause, applyRestLength, about(4, reqRestDuration), about(4, reqRestDura), ccId, vdnId]), [
      [resting.workNo, 0, 600, 4, 4, 1, floor.tenant.vdnId], [desk.workNo, 1, 60, undefined, undefined, 1, floor.tenant.vdnId],
    ]);
    const page = await monitor().ask(cmsQueryAgentRestState, { ...here(), limit: 1, offset: count - 1 });
    assert.deepEqual([page.count, page.rows.onRestAgentNum, page.rows.waitRestAgentNum], [count, 0, 1], 'counted is who is on the page');
  },
});

test('who is to rest and has signed in to no queue is told with that reason', async () => {
  const desk = await openDesk(floor.server, floor.tenant);
  await desk.signIn();
  await desk.client.call(callOut, { agentid: desk.workNo, called: '13999990002' });
  await desk.until('AgentEvent_Talking');
  await desk.client.call(agentRest, { agentid: desk.workNo, time: 60, restcause: 0 });
  const { rows } = await monitor().ask(cmsQueryAgentRestState, { ...here(), ...aPage });
  assert.deepEqual(rows.details.map(({ agentId, cantRestCause }) => [agentId, cantRestCause]), [[desk.workNo, 3]]);
  await floor.leave(desk);
});

describeOperation(cmsAllAgentPhones, {
  example: async () => {
    const { rows } = await monitor().ask(cmsAllAgentPhones, { ...here(), limit: 1, offset: 0 });
    assert.deepEqual(rows, [{ agentId: away, phone: '' }]);
  },
  badInput: () => assertRefusals(floor, cmsAllAgentPhones, aPage, badPages(1000)),
  effect: async () => {
    const desk = await floor.agent();
    const { count, rows } = await monitor().ask(cmsAllAgentPhones, { ...here(), limit: 1000, offset: 0 });
    assert.deepEqual([rows.length, rows.at(-1)], [count, { agentId: desk.workNo, phone: desk.phone }]);
  },
});

describeOperation(cmsTotalAgentAbstractEx3, {
  example: async () => {
    const { rows } = await monitor().ask(cmsTotalAgentAbstractEx3, { ...here(), limit: 1, offset: 0 });
    assert.deepEqual(rows, [{ agentId: away, locationId: 65_535, currentState: 0, currentStateTime: 4_294_967_295 }]);
  },
  badInput: () => assertRefusals(floor, cmsTotalAgentAbstractEx3, aPage, badPages(1000)),
  effect: async () => {
    const desk = await floor.agent();
    await desk.client.call(sayBusy, { agentid: desk.workNo });
    await floor.later(9000);
    const { rows } = await monitor().ask(cmsTotalAgentAbstractEx3, { ...here(), limit: 1000, offset: 0 });
    assert.deepEqual(rows.at(-1), { agentId: desk.workNo, locationId: 65_535, currentState: 7, currentStateTime: about(9, rows.at(-1)?.currentStateTime) });
  },
});

describeOperation(cmsTotalAgentDynamicInfo, {
  example: async () => { assert.deepEqual((await monitor().ask(cmsTotalAgentDynamicInfo, { ...here(), limit: 1, offset: 0 })).rows, [{ agentId: away, state: 0 }]); },
  badInput: () => assertRefusals(floor, cmsTotalAgentDynamicInfo, aPage, badPages(100)),
  effect: async () => {
    const { desk } = await floor.talking({ autoenteridle: false });
    const last = async () => {
      const { count } = await monitor().ask(cmsTotalAgentDynamicInfo, { ...here(), limit: 1, offset: 0 });
      return (await monitor().ask(cmsTotalAgentDynamicInfo, { ...here(), limit: 100, offset: count - 1 })).rows;
    };
    assert.deepEqual(await last(), [{ agentId: desk.workNo, state: 5 }]);
    await desk.client.call(releaseCall, { agentid: desk.workNo });
    assert.deepEqual(await last(), [{ agentId: desk.workNo, state: 6 }]);
  },
});

describeOperation(cmsQueryAgentStaticConf, {
  example: async () => {
    const { rows: [agent] } = await monitor().ask(cmsQueryAgentStaticConf, { ...here(), limit: 1, offset: 0 });
    assert.match(agent?.rights ?? '', /^1[01]{127}$/);
    assert.deepEqual([agent?.agentId, agent?.groupId, agent?.realFlag], [away, -1, 1]);
  },
  badInput: () => assertRefusals(floor, cmsQueryAgentStaticConf, aPage, badPages(100)),
  effect: async () => {
    const inspector = await openDesk(floor.server, floor.tenant, { queues: [floor.queue], ccRoleId: 3 });
    const { count } = await monitor().ask(cmsQueryAgentStaticConf, { ...here(), limit: 1, offset: 0 });
    const { rows: [agent] } = await monitor().ask(cmsQueryAgentStaticConf, { ...here(), limit: 1, offset: count - 1 });
    assert.deepEqual([agent?.agentId, agent?.rights.at(12)], [inspector.workNo, '1'], 'who may listen to others');
  },
});

describeOperation(cmsQueryIvrStatusInfo, {
  example: async () => {
    const { call, party } = await callTo(floor, flowReached, inFlow);
    assert.deepEqual(await monitor().ask(cmsQueryIvrStatusInfo, { ...here(), flowId: flow }), [{ callId: call, customerLevel: 0, requestType: 0 }]);
    party.hangUp();
    await floor.server.settle();
  },
  badInput: () => assertRefusals(floor, cmsQueryIvrStatusInfo, { flowId: flow }, [{ flowId: 0 }, { flowId: 1501 }, { flowId: undefined }, { flowId: 1499 }]),
  effect: async () => {
    const { party } = await callTo(floor, flowReached, inFlow);
    assert.equal((await monitor().ask(cmsQueryIvrStatusInfo, { ...here(), flowId: flow })).length, 1);
    party.hangUp();
    await floor.server.settle();
    assert.deepEqual(await monitor().ask(cmsQueryIvrStatusInfo, { ...here(), flowId: flow }), []);
    assert.equal((await monitor().ask(cmsQueryIvrProcessInNoInfo, here())).some(({ id }) => id === flow), true);
  },
});

describeOperation(cmsQueryIvrProcessInNoInfo, {
  example: async () => {
    const one = (await monitor().ask(cmsQueryIvrProcessInNoInfo, here())).find(({ id }) => id === flow);
    assert.deepEqual([one?.serviceNo, one?.realFlag, one?.accessNo], [flow, 1, `${floor.number}7`]);
  },
  badInput: () => assertRefusals(floor, cmsQueryIvrProcessInNoInfo, {}, [{ vdn: undefined }]),
  effect: async () => {
    const code = `${floor.number}8`;
    await floor.flow(code);
    assert.equal((await monitor().ask(cmsQueryIvrProcessInNoInfo, here())).some(({ accessNo }) => accessNo === code), true);
    assert.equal((await monitor().ask(cmsQueryIvrStatusInfo, { ...here(), flowId: flow })).length, 0);
  },
});

const codeOfFloor = async (): Promise<string> => (await monitor().ask(cmsQueryAccessCodeInfo, here())).find(({ accessCode }) => accessCode === floor.number)?.acId ?? '';

describeOperation(cmsQueryAccessCodeCallInfo, {
  example: async () => {
    const id = await codeOfFloor();
    assert.deepEqual(await monitor().ask(cmsQueryAccessCodeCallInfo, { ...here(), innoIds: [id, '1'] }), [
      { innoId: id, allCallCount: 0, ivrCallCount: 0, agentCallCount: 0, queueCallCount: 0, longestWaitTime: 0 },
    ]);
  },
  badInput: () => assertRefusals(floor, cmsQueryAccessCodeCallInfo, { innoIds: ['1'] }, [{ innoIds: Array.from({ length: 501 }, () => '1') }, { innoIds: undefined }, { innoIds: 'all' }]),
  effect: async () => {
    const id = await codeOfFloor();
    const desk = await floor.agent();
    await desk.client.call(sayBusy, { agentid: desk.workNo });
    await floor.customer();
    await floor.later(11_000);
    const callsNow = async () => {
      const [now] = await monitor().ask(cmsQueryAccessCodeCallInfo, { ...here(), innoIds: [id] });
      return [now?.allCallCount, now?.ivrCallCount, now?.agentCallCount, now?.queueCallCount, about(11, now?.longestWaitTime)];
    };
    assert.deepEqual(await callsNow(), [1, 0, 0, 1, 11]);
    await desk.client.call(cancelBusy, { agentid: desk.workNo });
    await desk.until('AgentEvent_Talking');
    assert.deepEqual(await callsNow(), [1, 0, 1, 0, 0]);
  },
});

describeOperation(cmsQueryTotalAgentInfo, {
  example: async () => {
    const [agent] = await monitor().ask(cmsQueryTotalAgentInfo, here());
    assert.deepEqual([agent?.agentId, agent?.groupId, agent?.realFlag, agent?.rights.length], [away, -1, 1, 128]);
  },
  badInput: () => assertRefusals(floor, cmsQueryTotalAgentInfo, {}, [{ vdn: undefined }]),
  effect: async () => {
    const { workNo } = await openDesk(floor.server, floor.tenant, { queues: [floor.queue] });
    const all = await monitor().ask(cmsQueryTotalAgentInfo, here());
    assert.equal(all.at(-1)?.agentId, workNo);
    assert.equal((await monitor().ask(cmsTotalAgentState, here())).length, all.length);
  },
});

describeOperation(cmsTotalAgentState, {
  example: async () => { assert.deepEqual((await monitor().ask(cmsTotalAgentState, here()))[0], { agentId: away, state: 0 }); },
  badInput: () => assertRefusals(floor, cmsTotalAgentState, {}, [{ vdn: undefined }]),
  effect: async () => {
    const { desk } = await floor.talking();
    assert.deepEqual((await monitor().ask(cmsTotalAgentState, here())).at(-1), { agentId: desk.workNo, state: 5 });
    await floor.leave(desk);
    assert.deepEqual((await monitor().ask(cmsTotalAgentState, here())).at(-1), { agentId: desk.workNo, state: 0 });
  },
});

test('a number that goes on behind its access code counts for it, and of two codes for the longer one', async () => {
  const code = `${floor.number}5`;
  const { client, administrator } = floor.tenant;
  assert.equal((await administrator.call(createAccessCode, { code, media: 5 })).status, 200);
  await client.call(createCalledRoute, { accessCode: code, extCode: '', devicetype: 1, deviceid: floor.queue });
  const desk = await floor.agent();
  await desk.client.call(sayBusy, { agentid: desk.workNo });
  const { party } = await callTo(floor, code);
  const ids = (await monitor().ask(cmsQueryAccessCodeInfo, here())).filter(({ accessCode }) => accessCode === code || accessCode === floor.number).map(({ acId }) => acId);
  assert.deepEqual((await monitor().ask(cmsQueryAccessCodeCallInfo, { ...here(), innoIds: ids })).map(({ queueCallCount }) => queueCallCount), [0, 1]);
  party.hangUp();
  await floor.server.settle();
});
