import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { sayBusy, sayFree } from '@parley/contract/gateway/agent-state.ts';
import { answerCall } from '@parley/contract/gateway/call-answer.ts';
import {
  queryAllCallID, queryAllCallInfoByAgentWorkNoEx, queryCallNumsOnAgent, queryCallStatisticsInfo, queryCallStatisticsInfoEx, queryRemoteNumbers,
} from '@parley/contract/gateway/call-data.ts';
import { callOut } from '@parley/contract/gateway/call-dial.ts';
import { getHold, holdCall } from '@parley/contract/gateway/call-hold.ts';
import {
  queryCallInfo, queryCallInfoBeforeAnswer, queryCallInfoByCallId, queryHoldListInfo, queryHoldListInfoEx, queryWaitCallInfoBySkillId,
} from '@parley/contract/gateway/call-info.ts';
import { releaseCall } from '@parley/contract/gateway/call-release.ts';
import { queryQueueLengthBySkillId } from '@parley/contract/gateway/queue-device.ts';
import type { Result } from '@parley/contract/operation.ts';
import { openDesk, type Desk } from '../../testing/desk.ts';
import { codeOf, newFloor, openFloor, resultOf, type Floor } from '../../testing/floor.ts';
import { describeOperation } from '../../testing/operation-test.ts';

let floor: Floor;
before(async () => { floor = await openFloor(); });
after(() => floor.server.close());

const BUSY = { status: 3 } as const;
const now = (): number => floor.server.world.clock();

/** Five queries in two seconds are the most that one agent may ask (6.5.6), so the clock goes on before each. */
const pass = (): void => { floor.server.advance(500); };

type Info = NonNullable<Result<typeof queryCallInfo>>;

const infoOf = async (desk: Desk, isNoContainLastCall?: boolean): Promise<Result<typeof queryCallInfo>> => {
  pass();
  return resultOf(await desk.client.call(queryCallInfo, { agentid: desk.workNo, ...(isNoContainLastCall === undefined ? {} : { isNoContainLastCall }) }));
};

/** A floor of its own: a tenant with one queue and nobody at work. */
const quietFloor = async (): Promise<Floor> => newFloor(floor.server, await floor.server.tenant());

/** An inspector of the tenant, busy with nothing. */
async function inspector({ server, tenant }: Floor): Promise<Desk> {
  const desk = await openDesk(server, tenant, { ccRoleId: 3 });
  await desk.signIn(BUSY);
  return desk;
}

/** An agent who holds one call and talks in another. */
async function between(where: Floor): Promise<{ readonly desk: Desk; readonly held: string; readonly current: string }> {
  const { desk, call: held } = await where.talking();
  assert.ok((await desk.client.call(holdCall, { agentid: desk.workNo })).ok);
  const current = resultOf(await desk.client.call(callOut, { agentid: desk.workNo, called: '40040' }));
  assert.equal((await desk.until('AgentEvent_Talking')).callid, current);
  return { desk, held, current };
}

const isAbout = (time: number | null | undefined, expected: number): void => {
  assert.ok(time !== null && time !== undefined && Math.abs(time - expected) < 5000, `${time} is about ${expected}`);
};

describeOperation(queryCallInfo, {
  example: async () => {
    const own = await quietFloor();
    const ann = await own.agent(BUSY);
    const call = await own.callIn('13800000007');
    own.server.advance(12_000);
    const freed = now();
    await ann.client.call(sayFree, { agentid: ann.workNo });
    await ann.until('AgentEvent_Talking');
    const { begintime, logontimes, waitTime, trace, ...told } = await infoOf(ann) as Info;
    assert.deepEqual(told, {
      callfeature: 0, callid: call, caller: '13800000007', called: '12345', callskill: 'sales', callskillid: own.queue,
      orgcallednum: '12345', orgicallednum: '12345', calldata: '', endtime: null, userPriority: 0, trunkNo: 65_535, mediaType: 5, mediaAbility: 1,
    });
    isAbout(begintime, freed);
    assert.ok(waitTime >= 12 && waitTime < 15 && logontimes >= 12);
    const { waitBeginTime, waitEndTime, answerBeginTime, answerEndTime, talkBeginTime, ...rest } = trace as NonNullable<Info['trace']>;
    for (const time of [waitBeginTime, waitEndTime, answerBeginTime, answerEndTime, talkBeginTime]) isAbout(time, freed);
    assert.deepEqual(rest, {
      talkEndTime: null, deviceNo: ann.workNo, deviceType: 2, callDirectMode: 'NORMAL_DIRECT', enterReason: 0, enterReasonDesc: 'Normal reason',
      leaveReason: null, leaveReasonDesc: null, vdnId: own.tenant.vdnId,
    });
  },
  badInput: async () => {
    const ann = await floor.agent(BUSY);
    const at = `${floor.server.url}/agentgateway/resource/calldata/${ann.workNo}/callinfo?isNoContainLastCall=perhaps`;
    assert.equal((await (await fetch(at, { headers: { guid: ann.guid() } })).json() as { retcode: string }).retcode, '000-002');
    assert.equal(codeOf(await ann.client.call(queryCallInfo, { agentid: 59_999 })), '100-006');
    assert.equal(await infoOf(ann), null);
    assert.equal(await infoOf(ann, true), null, 'there was no call yet');
    await floor.leave(ann);
  },
  effect: async () => {
    const { desk, call } = await floor.talking();
    const modes: unknown[] = [];
    const note = async (): Promise<void> => { modes.push((await infoOf(desk))?.trace?.callDirectMode); };
    await note();
    await desk.client.call(holdCall, { agentid: desk.workNo });
    await note();
    await desk.client.call(getHold, { agentid: desk.workNo });
    assert.ok((await desk.client.call(releaseCall, { agentid: desk.workNo })).ok);
    await desk.until('AgentEvent_Call_Release');
    // Despite its name, true is what has the last call told.
    assert.deepEqual([await infoOf(desk), await infoOf(desk, false)], [null, null]);
    const last = await infoOf(desk, true) as Info;
    modes.push(last.trace?.callDirectMode);
    assert.deepEqual(modes, ['NORMAL_DIRECT', 'KEEP_DIRECT', 'RELEASE_DIRECT']);
    assert.equal(last.callid, call);
    isAbout(last.endtime, now());
    const { waitEndTime, answerEndTime, talkEndTime, leaveReason, leaveReasonDesc, talkBeginTime } = last.trace ?? {};
    assert.deepEqual([waitEndTime, answerEndTime, talkEndTime, leaveReason, leaveReasonDesc], [null, null, null, null, null]);
    isAbout(talkBeginTime, now());
    await floor.leave(desk);
  },
});

describe('flow control', () => {
  test('lets an agent ask five times in two seconds, and not the sixth time; another agent may', async () => {
    const [ann, bob] = [await floor.agent(BUSY), await floor.agent(BUSY)];
    const ask = async (desk: Desk): Promise<unknown> => codeOf(await desk.client.call(queryCallInfo, { agentid: desk.workNo }));
    const codes: unknown[] = [];
    for (let times = 0; times < 6; times += 1) codes.push(await ask(ann));
    assert.deepEqual(codes, ['0', '0', '0', '0', '0', '999-002']);
    assert.equal(await ask(bob), '0');
    assert.ok((await ann.client.call(sayFree, { agentid: ann.workNo })).ok, 'what is no query is not held up');
    floor.server.advance(2000);
    assert.equal(await ask(ann), '0');
    await floor.leave(ann, bob);
  });
});

describeOperation(queryCallInfoBeforeAnswer, {
  example: async () => {
    const ann = await floor.agent({ autoanswer: false });
    const call = await floor.callIn();
    await ann.until('AgentEvent_Ringing');
    const info = resultOf(await ann.client.call(queryCallInfoBeforeAnswer, { agentid: ann.workNo }));
    assert.deepEqual([info?.callid, info?.callskill, info?.callskillid, info?.orgicallednum, info?.endtime, info?.trace], [call, 'sales', floor.queue, '12345', null, null]);
    await floor.leave(ann);
  },
  badInput: async () => {
    const ann = await floor.agent(BUSY);
    assert.equal(codeOf(await ann.client.call(queryCallInfoBeforeAnswer, { agentid: 59_999 })), '100-006');
    assert.equal(resultOf(await ann.client.call(queryCallInfoBeforeAnswer, { agentid: ann.workNo })), null);
    await floor.leave(ann);
  },
  effect: async () => {
    const ann = await floor.agent({ autoanswer: false });
    const call = await floor.callIn();
    await ann.until('AgentEvent_Ringing');
    assert.equal((await infoOf(ann))?.trace?.callDirectMode, 'WAIT_DIRECT');
    assert.ok((await ann.client.call(answerCall, { agentid: ann.workNo })).ok);
    await ann.until('AgentEvent_Talking');
    const printed = await fetch(`${floor.server.url}/agentgateway/resource/calldata/${ann.workNo}/callinbeforeanswer`, { headers: { guid: ann.guid() } });
    const info = resultOf(await ann.client.call(queryCallInfoBeforeAnswer, { agentid: ann.workNo }));
    assert.equal(info?.callid, call);
    assert.deepEqual((await printed.json() as { readonly result: unknown }).result, info);
    await floor.leave(ann);
  },
});

describeOperation(queryCallInfoByCallId, {
  example: async () => {
    const { desk, held, current } = await between(floor);
    const byId = async (callid: string) => {
      pass();
      return resultOf(await desk.client.call(queryCallInfoByCallId, { agentid: desk.workNo, callid }));
    };
    const [one, other] = [await byId(held), await byId(current)];
    assert.deepEqual([one.callid, one.callfeature, one.called], [held, 0, '12345']);
    assert.deepEqual([other.callid, other.callfeature, other.called, other.callskillid, other.callskill], [current, 7, '40040', 0, '']);
    assert.equal((await byId(held.replace('-', '000-'))).callid, held, 'also by an id with milliseconds');
    await floor.leave(desk);
  },
  badInput: async () => {
    const ann = await floor.agent(BUSY);
    const { desk, call } = await floor.talking();
    for (const [callid, code] of [[call, '100-007'], ['1456229294-1191', '100-007'], ['1'.repeat(26), '000-002']] as const) {
      assert.equal(codeOf(await ann.client.call(queryCallInfoByCallId, { agentid: ann.workNo, callid })), code, callid);
    }
    await floor.leave(ann, desk);
  },
  effect: async () => {
    const { desk, call } = await floor.talking();
    const { trace, ...info } = await infoOf(desk) as Info;
    assert.notEqual(trace, null);
    const { trace: none, ...same } = resultOf(await desk.client.call(queryCallInfoByCallId, { agentid: desk.workNo, callid: call }));
    assert.deepEqual([same, none], [{ ...info, logontimes: same.logontimes }, null]);
    await floor.leave(desk);
  },
});

describeOperation(queryWaitCallInfoBySkillId, {
  example: async () => {
    const own = await quietFloor();
    const ann = await own.agent(BUSY);
    const first = await own.callIn('13800000001');
    own.server.advance(9000);
    const second = await own.callIn('13800000002');
    const waiting = resultOf(await ann.client.call(queryWaitCallInfoBySkillId, { agentid: ann.workNo, skillid: own.queue }));
    assert.deepEqual(waiting.map(({ callid, caller, callskillid, trace, endtime }) => [callid, caller, callskillid, trace, endtime]), [
      [first, '13800000001', own.queue, null, null], [second, '13800000002', own.queue, null, null],
    ]);
    isAbout(waiting[0]?.begintime, now() - 9000);
    assert.ok((waiting[0]?.waitTime ?? 0) >= 9 && (waiting[1]?.waitTime ?? 9) < 9);
  },
  badInput: async () => {
    const ann = await floor.agent(BUSY);
    for (const [skillid, code] of [[1999, '100-007'], [0, '000-002']] as const) {
      assert.equal(codeOf(await ann.client.call(queryWaitCallInfoBySkillId, { agentid: ann.workNo, skillid })), code);
    }
    await floor.leave(ann);
  },
  effect: async () => {
    const own = await quietFloor();
    const ann = await own.agent({ autoanswer: false });
    const call = await own.callIn();
    await ann.until('AgentEvent_Ringing');
    const ids = async () => resultOf(await ann.client.call(queryWaitCallInfoBySkillId, { agentid: ann.workNo, skillid: own.queue })).map(({ callid }) => callid);
    assert.deepEqual(await ids(), [], 'who is offered to an agent does not wait');
    // 6.1.2.22: back to the queue, in front of those who came in the meantime.
    const later = await own.callIn();
    await own.server.parley.gateway.engine.send(own.tenant.vdnId, { kind: 'reject', agent: ann.workNo, mode: 1 });
    assert.deepEqual(await ids(), [call, later]);
    assert.equal(resultOf(await ann.client.call(queryQueueLengthBySkillId, { agentid: ann.workNo, skillid: own.queue })), 2);
  },
});

describeOperation(queryHoldListInfo, {
  example: async () => {
    const { desk, held } = await between(floor);
    assert.deepEqual((await desk.client.call(queryHoldListInfo, { agentid: desk.workNo })).body, {
      message: '', retcode: '0',
      result: [{
        callfeature: 0, callid: held, caller: '13800000001', called: '12345', callskill: 'sales', callskillid: 0, orgcallednum: '', orgicallednum: '',
        calldata: null, begintime: null, endtime: null,
      }],
    });
    await floor.leave(desk);
  },
  badInput: async () => {
    const { desk } = await floor.talking();
    assert.equal(codeOf(await desk.client.call(queryHoldListInfo, { agentid: desk.workNo })), '400-003');
    await floor.leave(desk);
  },
  effect: async () => {
    const { desk, held, current } = await between(floor);
    await desk.client.call(holdCall, { agentid: desk.workNo });
    const list = async () => resultOf(await desk.client.call(queryHoldListInfo, { agentid: desk.workNo })).map(({ callid }) => callid);
    assert.deepEqual(await list(), [held, current]);
    assert.equal((await infoOf(desk))?.callid, current, 'without a current call, the one held last');
    assert.ok((await desk.client.call(getHold, { agentid: desk.workNo, callid: held })).ok);
    assert.deepEqual(await list(), [current]);
    await floor.leave(desk);
  },
});

describeOperation(queryHoldListInfoEx, {
  example: async () => {
    const [{ desk, held }, iris] = [await between(floor), await inspector(floor)];
    assert.deepEqual((await iris.client.call(queryHoldListInfoEx, { agentid: iris.workNo, workno: desk.workNo })).body, {
      message: '', retcode: '0', result: [{ callfeature: 0, callid: held, caller: '13800000001', called: '12345', callskill: 'sales' }],
    });
    await floor.leave(desk, iris);
  },
  badInput: async () => {
    const [ann, bob, iris] = [await floor.agent(BUSY), await openDesk(floor.server, floor.tenant), await inspector(floor)];
    assert.equal(codeOf(await ann.client.call(queryHoldListInfoEx, { agentid: ann.workNo, workno: iris.workNo })), '300-001');
    for (const [workno, code] of [[ann.workNo, '400-003'], [bob.workNo, '100-007'], [59_999, '100-007'], [100, '000-002']] as const) {
      assert.equal(codeOf(await iris.client.call(queryHoldListInfoEx, { agentid: iris.workNo, workno })), code, String(workno));
    }
    await floor.leave(ann, iris);
  },
  effect: async () => {
    const [{ desk, held }, iris] = [await between(floor), await inspector(floor)];
    const own = resultOf(await desk.client.call(queryHoldListInfoEx, { agentid: desk.workNo, workno: desk.workNo }));
    assert.deepEqual(own.map(({ callid }) => callid), [held], 'about oneself everybody may ask');
    assert.ok((await desk.client.call(releaseCall, { agentid: desk.workNo })).ok);
    await desk.until('AgentEvent_Call_Release');
    assert.ok((await desk.client.call(getHold, { agentid: desk.workNo })).ok);
    assert.equal(codeOf(await iris.client.call(queryHoldListInfoEx, { agentid: iris.workNo, workno: desk.workNo })), '400-003');
    await floor.leave(desk, iris);
  },
});

describeOperation(queryAllCallInfoByAgentWorkNoEx, {
  example: async () => {
    const [{ desk, held, current }, iris] = [await between(floor), await inspector(floor)];
    assert.deepEqual((await iris.client.call(queryAllCallInfoByAgentWorkNoEx, { agentid: iris.workNo, workno: String(desk.workNo) })).body, {
      message: '', retcode: '0', result: [current, held],
    });
    await floor.leave(desk, iris);
  },
  badInput: async () => {
    const [ann, iris, other] = [await floor.agent(BUSY), await inspector(floor), await quietFloor()];
    let stranger = await other.agent(BUSY);
    while (stranger.workNo <= iris.workNo) stranger = await other.agent(BUSY);
    const refusals: readonly [Desk, string, string][] = [
      [ann, String(iris.workNo), '900-002'], [iris, 'ann', '100-011'], [iris, '60000', '100-011'], [iris, '099', '100-011'], [iris, String(stranger.workNo), '100-011'],
    ];
    for (const [desk, workno, code] of refusals) {
      assert.equal(codeOf(await desk.client.call(queryAllCallInfoByAgentWorkNoEx, { agentid: desk.workNo, workno })), code, workno);
    }
    await floor.leave(ann, iris);
  },
  effect: async () => {
    const { desk, call } = await floor.talking();
    const ids = async () => resultOf(await desk.client.call(queryAllCallInfoByAgentWorkNoEx, { agentid: desk.workNo, workno: String(desk.workNo) }));
    assert.deepEqual(await ids(), [call]);
    assert.ok((await desk.client.call(releaseCall, { agentid: desk.workNo })).ok);
    await desk.until('AgentEvent_Call_Release');
    assert.deepEqual(await ids(), []);
    await floor.leave(desk);
  },
});

describeOperation(queryAllCallID, {
  example: async () => {
    const { desk, held, current } = await between(floor);
    assert.deepEqual(resultOf(await desk.client.call(queryAllCallID, { agentid: desk.workNo })), [current, held]);
    await floor.leave(desk);
  },
  badInput: async () => {
    const ann = await floor.agent(BUSY);
    assert.equal(codeOf(await ann.client.call(queryAllCallID, { agentid: 59_999 })), '100-006');
    await floor.leave(ann);
  },
  effect: async () => {
    const { desk, call } = await floor.talking();
    const [id = ''] = resultOf(await desk.client.call(queryAllCallID, { agentid: desk.workNo }));
    assert.equal(id, call);
    assert.equal(resultOf(await desk.client.call(queryCallInfoByCallId, { agentid: desk.workNo, callid: id })).callid, call);
    await floor.leave(desk);
  },
});

describeOperation(queryRemoteNumbers, {
  example: async () => {
    const { desk } = await between(floor);
    assert.deepEqual(resultOf(await desk.client.call(queryRemoteNumbers, { agentid: desk.workNo })), ['40040', '13800000001']);
    await floor.leave(desk);
  },
  badInput: async () => {
    const ann = await floor.agent(BUSY);
    assert.equal(codeOf(await ann.client.call(queryRemoteNumbers, { agentid: 59_999 })), '100-006');
    await floor.leave(ann);
  },
  effect: async () => {
    const [ann, bob] = [await floor.agent(BUSY), await floor.agent()];
    assert.equal((await floor.server.parley.gateway.engine.send(floor.tenant.vdnId, { kind: 'callInner', agent: ann.workNo, called: String(bob.workNo), caller: '' })).refused, undefined);
    await bob.until('AgentEvent_Talking');
    assert.deepEqual(resultOf(await ann.client.call(queryRemoteNumbers, { agentid: ann.workNo })), [bob.phone]);
    assert.ok((await ann.client.call(releaseCall, { agentid: ann.workNo })).ok);
    await ann.until('AgentEvent_Call_Release');
    assert.deepEqual(resultOf(await ann.client.call(queryRemoteNumbers, { agentid: ann.workNo })), []);
    await floor.leave(ann, bob);
  },
});

describeOperation(queryCallNumsOnAgent, {
  example: async () => {
    const { desk } = await floor.talking();
    assert.deepEqual((await desk.client.call(queryCallNumsOnAgent, { agentid: desk.workNo })).body, { message: '', retcode: '0', result: 1 });
    await floor.leave(desk);
  },
  badInput: async () => {
    const ann = await floor.agent(BUSY);
    assert.equal(codeOf(await ann.client.call(queryCallNumsOnAgent, { agentid: 59_999 })), '100-006');
    await floor.leave(ann);
  },
  effect: async () => {
    const { desk } = await between(floor);
    const count = async () => resultOf(await desk.client.call(queryCallNumsOnAgent, { agentid: desk.workNo }));
    assert.equal(await count(), 2);
    assert.ok((await desk.client.call(releaseCall, { agentid: desk.workNo })).ok);
    await desk.until('AgentEvent_Call_Release');
    assert.equal(await count(), 1);
    await floor.leave(desk);
  },
});

const NONE: Result<typeof queryCallStatisticsInfo> = {
  talktime: 0, answernums: 0, noanswernums: 0, calloutnums: 0, intercallnums: 0, interhelpnums: 0, transfernums: 0, transferoutnums: 0, transferivrnums: 0,
  redirectnums: 0, keepnums: 0, busynums: 0, restnums: 0, restoutnums: 0, resttime: 0, restouttime: 0, agentrelease: 0, busytime: 0,
};

describeOperation(queryCallStatisticsInfo, {
  example: async () => {
    const ann = await floor.agent();
    assert.deepEqual((await ann.client.call(queryCallStatisticsInfo, { agentid: ann.workNo })).body, { message: '', retcode: '0', result: NONE });
    await floor.leave(ann);
  },
  badInput: async () => {
    const ann = await floor.agent(BUSY);
    assert.equal(codeOf(await ann.client.call(queryCallStatisticsInfo, { agentid: 59_999 })), '100-006');
    await floor.leave(ann);
  },
  effect: async () => {
    const { desk } = await floor.talking();
    const agentid = desk.workNo;
    const statistics = async () => resultOf(await desk.client.call(queryCallStatisticsInfo, { agentid }));
    floor.server.advance(10_000);
    await desk.client.call(holdCall, { agentid });
    await desk.client.call(getHold, { agentid });
    await desk.client.call(releaseCall, { agentid });
    await desk.until('AgentState_Ready');
    await desk.client.call(sayBusy, { agentid });
    floor.server.advance(20_000);
    const { talktime, busytime, ...counts } = await statistics();
    const { talktime: noTalk, busytime: noBusy, ...none } = NONE;
    assert.deepEqual(counts, { ...none, answernums: 1, keepnums: 1, busynums: 1, agentrelease: 1 });
    assert.ok(talktime >= 10 && talktime < 15 && busytime >= 20 && busytime < 25, `${talktime} ${busytime}`);
    assert.equal(noTalk + noBusy, 0);
    await desk.forceSignIn();
    assert.deepEqual(await statistics(), NONE, 'counted since the sign-in');
    await floor.leave(desk);
  },
});

describeOperation(queryCallStatisticsInfoEx, {
  example: async () => {
    const ann = await floor.agent();
    assert.deepEqual((await ann.client.call(queryCallStatisticsInfoEx, { agentid: ann.workNo })).body, {
      message: '', retcode: '0', result: { talktime: 0, answernums: 0, calloutnums: 0 },
    });
    await floor.leave(ann);
  },
  badInput: async () => {
    const ann = await floor.agent(BUSY);
    assert.equal(codeOf(await ann.client.call(queryCallStatisticsInfoEx, { agentid: 59_999 })), '100-006');
    await floor.leave(ann);
  },
  effect: async () => {
    const { desk } = await between(floor);
    floor.server.advance(7000);
    const { talktime, answernums, calloutnums } = resultOf(await desk.client.call(queryCallStatisticsInfoEx, { agentid: desk.workNo }));
    assert.deepEqual([answernums, calloutnums], [1, 1]);
    assert.ok(talktime >= 7 && talktime < 12, 'the talk that goes on counts');
    await floor.leave(desk);
  },
});
