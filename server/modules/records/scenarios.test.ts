import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { ccfsDownloadBillFile, ccfsQueryBillData } from '@parley/contract/ccfs/export.ts';
import { changeIvrFlow, showIvrFlow } from '@parley/contract/admin/ivr-flow.ts';
import type { Client } from '@parley/contract/client.ts';
import { createSkill } from '@parley/contract/configuration/queue.ts';
import { cancelBusy, sayBusy } from '@parley/contract/gateway/agent-state.ts';
import { rejectCall } from '@parley/contract/gateway/call-answer.ts';
import { releaseCall } from '@parley/contract/gateway/call-release.ts';
import { cmsQueryCallTraceDetail } from '@parley/contract/monitoring/call-trace.ts';
import { cmsAgentOprInfo } from '@parley/contract/monitoring/agent-operation.ts';
import { cmsHisIndexSkillForDay } from '@parley/contract/monitoring/history-range.ts';
import { cmsHisIndexSkill } from '@parley/contract/monitoring/history.ts';
import { cmsBatchMultiSkill, cmsBatchSkillOverload } from '@parley/contract/monitoring/skill-live.ts';
import { clockIn, dateAfter, dateIn, instantIn } from '@parley/core/time/zone.ts';
import { ringsForever } from '../../../sim/parties.ts';
import { countSkill } from '../../../sim/recount/calls.ts';
import { readCsv } from '../../../sim/recount/csv.ts';
import { readCallLines } from '../../../sim/recount/lines.ts';
import { readStays } from '../../../sim/recount/stays.ts';
import { openDesk, type Desk } from '../../testing/desk.ts';
import { codeOf } from '../../testing/floor.ts';
import { openLiveFloor, type Caller, type LiveFloor } from '../../testing/live-floor.ts';
import { TEST_ZONE } from '../../testing/server.ts';
import { CALLBACK, clockAt, createReceiver, signing, trust } from '../export/receiver.fixture.ts';
import { unzip } from '../export/unzip.fixture.ts';
import { callTo, flowNumber, inFlow } from '../live-view/live-view.fixture.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Into the second, so that what takes some milliseconds of its own stays in it. */
const INTO_MS = 100;

/** All that is counted of a queue; sums of it go by names without what begins them all. */
const CODES = Object.keys(countSkill([]));
const SUMS = [
  'COUNT_REQUEST', 'COUNT_INCOMING_CALL', 'COUNT_CONNECTED', 'COUNT_ABANDON', 'COUNT_LOST_RING', 'COUNT_SYSTEM_LOST', 'COUNT_AGENT_ABANDON', 'COUNT_USER_ABANDON',
  'COUNT_USER_ABANDON_QUEUE', 'COUNT_USER_ABANDON_AGENT', 'COUNT_QUEUE_DISCONNECTED', 'DURATION_ALL_QUEUE', 'DURATION_ALL_ACK', 'DURATION_CONNECTED',
] as const;

type Figures = Readonly<Partial<Record<(typeof SUMS)[number], number>>>;

const sumsOf = (figures: Readonly<Record<string, string>>): Figures =>
  Object.fromEntries(SUMS.map((name) => [name, Number(figures[name.replace(/^(COUNT|DURATION)/, 'IDX_$1_SKILL')])]));

const busy = (desk: Desk) => desk.client.call(sayBusy, { agentid: desk.workNo });
const ready = (desk: Desk) => desk.client.call(cancelBusy, { agentid: desk.workNo });

/** Figures of the queue, of today unless told. */
async function figuresOf({ tenant, queue }: LiveFloor, more: object = {}, skill = queue): Promise<Readonly<Record<string, string>>> {
  const [figures] = await tenant.monitor.ask(cmsHisIndexSkill, { vdn: tenant.vdnId, skillIds: [skill], indexIds: CODES, ...more });
  return Object.fromEntries(figures?.idxs.map(({ id, val }) => [id, typeof val === 'string' ? val : '']) ?? []);
}
const sums = async (...of: Parameters<typeof figuresOf>): Promise<Figures> => sumsOf(await figuresOf(...of));

/** What has come on top; what stayed as it was is left out. */
const grown = (then: Figures, now: Figures): Figures =>
  Object.fromEntries(SUMS.map((name) => [name, (now[name] ?? 0) - (then[name] ?? 0)] as const).filter(([, more]) => more !== 0));

/** Row, device, why it was left, why the call ended. */
const rowsOf = async ({ server, tenant }: LiveFloor, callId: string): Promise<readonly (readonly (number | string)[])[]> => {
  await server.settle();
  return (await tenant.monitor.ask(cmsQueryCallTraceDetail, { vdn: tenant.vdnId, callId })).map(({ callIdNum, deviceType, deviceNo, LeaveReason, releaseCause }) => [callIdNum, deviceType, deviceNo, LeaveReason, releaseCause]);
};

/** The hour around a moment, in quarters. */
function quarters(now: number): { readonly beginTime: string; readonly endTime: string } {
  const quarter = now - (now % (15 * MINUTE));
  return { beginTime: clockIn('UTC', quarter - HOUR), endTime: clockIn('UTC', quarter + 15 * MINUTE) };
}

/** Goes to so many seconds behind a whole second from now on, however long the steps in between have taken. */
function stopwatch({ server, later }: LiveFloor): (seconds: number) => Promise<void> {
  const start = Math.ceil(server.world.clock() / 1000) * 1000;
  return (seconds) => later(start + seconds * 1000 + INTO_MS - server.world.clock());
}

describe('scenario 1: a flow, a queue, an agent who does not answer, the queue, an agent who does', () => {
  const receiver = createReceiver();
  let floor: LiveFloor;
  let client: Client;
  before(async () => {
    floor = await openLiveFloor({ inTheMorning: true, world: { outgoing: receiver.outgoing } });
    ({ client } = await signing(floor.server, floor.tenant));
    await trust(floor.tenant);
  });
  after(() => floor.server.close());

  /** Rows of calls, as 13.2 exports them. */
  async function exported(callId: string): Promise<string> {
    const request = { version: '2.0' } as const;
    const asked = await client.call(ccfsQueryBillData, {
      request, msgBody: { beginTime: clockAt(floor.server, -HOUR), endTime: clockAt(floor.server), callBackURL: CALLBACK, dataType: 'call', callId },
    });
    assert.ok(asked.ok, JSON.stringify(asked.body));
    await floor.server.jobsDone();
    const { msgBody } = JSON.parse(receiver.told.at(-1)?.body ?? '{}') as { readonly msgBody: { readonly billFileName: string } };
    const file = await client.call(ccfsDownloadBillFile, { request, msgBody: { billFileName: msgBody.billFileName } });
    return unzip(file.bytes).map(({ bytes }) => bytes.toString('utf8')).join('');
  }

  const accessCodeOf = async (flow: number): Promise<string> => (await floor.tenant.administrator.call(showIvrFlow, { id: flow })).body.accessCode;

  test('has five rows; the figures are those of the rows, to the second, and a recount of the exported ones says the same', async () => {
    const { server, tenant, voice, queue } = floor;
    const [first, second] = [await floor.agent(), await floor.agent()];
    for (const desk of [first, second]) {
      await busy(desk);
      voice.phone(desk.phone).behaves(ringsForever);
    }
    const { flow, number } = await flowNumber(floor, 1, { kind: 'done' }, HOUR);
    const to = stopwatch(floor);
    await to(0);
    const { call, party } = await callTo(floor, number, inFlow);
    await to(20);
    await server.parley.gateway.engine.send(tenant.vdnId, { kind: 'flowEnded', leg: party.id, outcome: { kind: 'queue', queue } });
    await to(30);
    await ready(first);
    // The time for an answer is over a little later than whole seconds.
    await to(60.5);
    await to(65);
    await ready(second);
    await to(68);
    voice.phone(second.phone).answer();
    await second.until('AgentEvent_Talking');
    await to(128);
    await second.poll();
    await to(188);
    party.hangUp();
    assert.deepEqual(await rowsOf(floor, call), [
      [1, 3, String(flow), 0, 0], [2, 1, String(queue), 0, 0], [3, 2, String(first.workNo), 5, 0], [4, 1, String(queue), 0, 0], [-1, 2, String(second.workNo), 15, 531],
    ]);
    const code = await accessCodeOf(flow);
    const [inTheFlow] = await tenant.monitor.ask(cmsQueryCallTraceDetail, { vdn: tenant.vdnId, callId: call });
    assert.equal(inTheFlow?.deviceIn, code);
    await tenant.administrator.call(changeIvrFlow, { id: flow, accessCode: `${code}9` });
    const [later] = await tenant.monitor.ask(cmsQueryCallTraceDetail, { vdn: tenant.vdnId, callId: call });
    assert.equal(later?.deviceIn, code, 'the code that it had then');
    const { beginTime, endTime } = quarters(server.world.clock());
    const bills = await tenant.monitor.ask(cmsAgentOprInfo, { currentAgentId: second.workNo, beginTime, endTime });
    assert.deepEqual([...new Set(bills.filter(({ callId }) => callId === call).map(({ serviceNo }) => serviceNo))], [flow]);
    const figures = await figuresOf(floor);
    assert.deepEqual(grown({}, sumsOf(figures)), {
      COUNT_REQUEST: 2, COUNT_INCOMING_CALL: 1, COUNT_CONNECTED: 1, COUNT_ABANDON: 1, COUNT_LOST_RING: 1, COUNT_SYSTEM_LOST: 1,
      DURATION_ALL_QUEUE: 15, DURATION_ALL_ACK: 33, DURATION_CONNECTED: 120,
    }, 'USER_ABANDON is among what is left out: 0');
    const file = await exported(call);
    const lines = readCallLines(file, TEST_ZONE);
    assert.deepEqual(lines.map((line) => line.number), [1, 2, 3, 4, -1]);
    assert.deepEqual(readCsv(file).map((field) => field.slice(23, 26)), [
      [code, '', String(flow)], ['DEVICE_QUEUE', code, String(flow)], ['DEVICE_AGENT', 'DEVICE_QUEUE', String(flow)], ['DEVICE_QUEUE', 'DEVICE_AGENT', String(flow)],
      ['DEVICE_AGENT', 'DEVICE_QUEUE', String(flow)],
    ]);
    assert.deepEqual(countSkill(readStays(lines.filter(({ firstQueue }) => firstQueue === queue))), figures);
  });
});

describe('scenario 3: nobody answers who rings', () => {
  let floor: LiveFloor;
  before(async () => { floor = await openLiveFloor({ inTheMorning: true }); });
  after(() => floor.server.close());
  afterEach(() => floor.clear());

  /** A call that rings at the one agent who is ready. */
  async function ringing(): Promise<Caller & { readonly desk: Desk }> {
    const desk = await floor.agent({ autoanswer: false });
    floor.voice.phone(desk.phone).behaves(ringsForever);
    const caller = await floor.customer();
    await floor.later(2000);
    return { ...caller, desk };
  }
  /** A colleague takes the call that is back in the queue, and talks. */
  async function taken(): Promise<Desk> {
    const colleague = await floor.agent();
    await colleague.until('AgentEvent_Talking');
    await floor.later(2000);
    await colleague.client.call(releaseCall, { agentid: colleague.workNo });
    return colleague;
  }
  /** Who is lost, and by whom. */
  const losses = async (): Promise<Figures> => Object.fromEntries(Object.entries(await sums(floor)).filter(([name]) => /ABANDON|LOST|DISCONNECTED/.test(name)));

  test('the caller hangs up: USER_ABANDON_AGENT, cause 601', async () => {
    const start = await losses();
    const { call, party, desk } = await ringing();
    party.hangUp();
    assert.deepEqual(await rowsOf(floor, call), [[1, 1, String(floor.queue), 0, 0], [-1, 2, String(desk.workNo), 15, 601]]);
    assert.deepEqual(grown(start, await losses()), { COUNT_USER_ABANDON_AGENT: 1, COUNT_USER_ABANDON: 1, COUNT_LOST_RING: 1, COUNT_ABANDON: 1 });
  });

  test('the agent rejects, and the call is over: AGENT_ABANDON, cause 852', async () => {
    const start = await losses();
    const { call, desk } = await ringing();
    assert.equal(codeOf(await desk.client.call(rejectCall, { agentid: desk.workNo, mode: 2 })), '0');
    assert.deepEqual(await rowsOf(floor, call), [[1, 1, String(floor.queue), 0, 0], [-1, 2, String(desk.workNo), 50, 852]]);
    assert.deepEqual(grown(start, await losses()), { COUNT_AGENT_ABANDON: 1, COUNT_LOST_RING: 1, COUNT_ABANDON: 1 });
  });

  test('the agent rejects, and a colleague answers: AGENT_ABANDON alone', async () => {
    const start = await losses();
    const { call, desk } = await ringing();
    await desk.client.call(rejectCall, { agentid: desk.workNo, mode: 1 });
    const colleague = await taken();
    assert.deepEqual((await rowsOf(floor, call)).map(([row, device, no, leave]) => [row, device, no, leave]), [
      [1, 1, String(floor.queue), 0], [2, 2, String(desk.workNo), 50], [3, 1, String(floor.queue), 0], [-1, 2, String(colleague.workNo), 16],
    ]);
    assert.deepEqual(grown(start, await losses()), { COUNT_AGENT_ABANDON: 1, COUNT_LOST_RING: 1, COUNT_ABANDON: 1 });
  });

  test('the time for an answer goes by, and a colleague answers: SYSTEM_LOST alone', async () => {
    const start = await losses();
    const { call, desk } = await ringing();
    await floor.later(30_000);
    const colleague = await taken();
    assert.deepEqual((await rowsOf(floor, call)).map(([row, device, no, leave]) => [row, device, no, leave]), [
      [1, 1, String(floor.queue), 0], [2, 2, String(desk.workNo), 5], [3, 1, String(floor.queue), 0], [-1, 2, String(colleague.workNo), 16],
    ]);
    assert.deepEqual(grown(start, await losses()), { COUNT_SYSTEM_LOST: 1, COUNT_LOST_RING: 1, COUNT_ABANDON: 1 });
  });

  test('the time goes by of a call for this agent alone, which is over then: cause 853', async () => {
    const desk = await floor.agent();
    floor.voice.phone(desk.phone).behaves(ringsForever);
    const { flow, number } = await flowNumber(floor, 7, { kind: 'agent', agent: desk.workNo });
    const { call } = await callTo(floor, number);
    await floor.later(31_000);
    assert.deepEqual(await rowsOf(floor, call), [[1, 3, String(flow), 0, 0], [-1, 2, String(desk.workNo), 5, 853]]);
  });
});

describe('scenario 5: two queues at once', () => {
  let floor: LiveFloor;
  before(async () => { floor = await openLiveFloor({ inTheMorning: true }); });
  after(() => floor.server.close());

  test('both have the call, the first as its own; the second answers it, and has taken it over', async () => {
    const { server, tenant, queue, voice } = floor;
    const release = { transferType: 'Release' } as const;
    const { body } = await tenant.client.call(createSkill, {
      mediaTypeId: 5, description: 'the one beside', name: 'beside', maxWaitTime: 90, maxWaitNum: 20, maxAgentWrapupTime: 0,
      skillParam: { noAgents: release, busy: release, timeOut: release, answerFunction: '0', waitVoice: { parameterType: 'Voice' } },
    });
    const beside = Number(body.skillId);
    const first = await floor.agent();
    const second = await openDesk(server, tenant, { queues: [beside] });
    await second.signIn();
    voice.phone(second.phone);
    for (const desk of [first, second]) await busy(desk);
    const { flow, number } = await flowNumber(floor, 1, { kind: 'queue', queue, also: [beside] });
    const to = stopwatch(floor);
    await to(0);
    const { call } = await callTo(floor, number);
    await to(7);
    const both = { vdn: tenant.vdnId, skillIds: [queue, beside] };
    const waiting = (await tenant.monitor.ask(cmsBatchMultiSkill, both)).map(({ skillId, callPropertyExs }) => [skillId, callPropertyExs.map(({ callId, callQueueFlag }) => [callId, callQueueFlag])]);
    assert.deepEqual(waiting, [[queue, [[call, 1]]], [beside, [[call, 0]]]]);

    await ready(second);
    await second.until('AgentEvent_Talking');
    const overload = await tenant.monitor.ask(cmsBatchSkillOverload, both);
    assert.deepEqual(overload, [{ skillId: queue, overloadDetails: [] }, { skillId: beside, overloadDetails: [{ queueId: queue, callNum: 1 }] }]);
    await to(16);
    await second.client.call(releaseCall, { agentid: second.workNo });
    const rows = (await rowsOf(floor, call)).map(([row, device, no, leave]) => [row, device, no, leave]);
    assert.deepEqual([rows.length, rows[0], rows.at(-1)], [4, [1, 3, String(flow), 0], [-1, 2, String(second.workNo), 16]]);
    assert.deepEqual(new Map(rows.slice(1, 3).map(([, , no, leave]) => [no, leave])), new Map([[String(beside), 0], [String(queue), 48]]), 'the other queue has answered (48)');
    assert.deepEqual(grown({}, await sums(floor)), {
      COUNT_REQUEST: 1, COUNT_INCOMING_CALL: 1, COUNT_CONNECTED: 1, DURATION_ALL_QUEUE: 14, DURATION_CONNECTED: 9,
    }, 'it counts where it came first, as it has waited in both');
    assert.deepEqual(grown({}, await sums(floor, {}, beside)), {});
    await floor.leave(second);
    await floor.clear();
  });
});

describe('scenario 7: a day in the zone of the tenant', () => {
  const ZONE = 'Asia/Kolkata';
  let floor: LiveFloor;
  before(async () => { floor = await openLiveFloor({ zone: ZONE, time: '23:40:00' }); });
  after(() => floor.server.close());

  test('a call at ten past midnight is of today there, and in parts of the day of yesterday as UTC has it', async () => {
    const { server, tenant, queue } = floor;
    const now = (): number => server.world.clock();
    const evening = dateIn(ZONE, now());
    const desk = await floor.agent();
    const talk = async (seconds: number): Promise<void> => {
      const to = stopwatch(floor);
      await to(0);
      const { party } = await floor.customer();
      await desk.until('AgentEvent_Talking');
      await to(seconds);
      party.hangUp();
      await desk.until('AgentState_Ready');
    };
    await floor.later(MINUTE);
    await talk(5);
    assert.deepEqual([(await sums(floor)).COUNT_CONNECTED, (await sums(floor, { enableOffset: 'Y' })).COUNT_CONNECTED], [1, 0]);

    const midnight = instantIn(ZONE, `${dateAfter(evening, 1)} 00:00:00`);
    for (let left = midnight + 10 * MINUTE - now(); left > 0; left = midnight + 10 * MINUTE - now()) {
      await floor.later(Math.min(left, MINUTE));
      await desk.poll();
    }
    await talk(20);
    const today = dateIn(ZONE, now());
    assert.equal(today, dateAfter(evening, 1));
    const figures = await sums(floor);
    assert.deepEqual([figures.COUNT_REQUEST, figures.COUNT_CONNECTED, figures.DURATION_CONNECTED], [1, 1, 20]);
    const yesterdays = await sums(floor, { enableOffset: 'Y' });
    assert.deepEqual([yesterdays.COUNT_REQUEST, yesterdays.DURATION_CONNECTED], [1, 5], 'what was before midnight there');

    const [parts] = await tenant.monitor.ask(cmsHisIndexSkill, { vdn: tenant.vdnId, skillIds: [queue], indexIds: ['IDX_COUNT_SKILL_CONNECTED'], timeGrain: '15MIN' });
    // Ten past midnight is 18:40 in UTC.
    assert.deepEqual(parts?.idxs[0]?.val, { [`${evening} 18:30:00.0`]: '1' });
    const [day] = await tenant.monitor.ask(cmsHisIndexSkillForDay, {
      vdn: tenant.vdnId, skillIds: [queue], indexIds: ['IDX_DURATION_SKILL_CONNECTED'], beginDayTime: `${today} 00:00:00`, endDayTime: `${dateAfter(today, 1)} 00:00:00`,
    });
    assert.equal(day?.idxs[0]?.val, '20');
  });
});

describe('scenario 9: what an agent did', () => {
  let floor: LiveFloor;
  before(async () => { floor = await openLiveFloor(); });
  after(() => floor.server.close());

  test('is told of a day at most, by quarters of an hour; a text session from :01 to :13 in pieces that end at :05, :10 and :13', async () => {
    const { server, tenant } = floor;
    const { engine } = server.parley.gateway;
    const release = { transferType: 'Release' } as const;
    const { body } = await tenant.client.call(createSkill, {
      mediaTypeId: 53, description: 'chats', name: 'chats', maxWaitTime: 60, maxWaitNum: 10, maxAgentWrapupTime: 0, skillParam: { noAgents: release, busy: release, timeOut: release },
    });
    const queue = Number(body.skillId);
    const desk = await openDesk(server, tenant, { queues: [queue], agentType: 5 });
    const now = (): number => server.world.clock();
    await floor.later(15 * MINUTE - (now() % (15 * MINUTE)));
    await desk.signIn();
    const quarter = now() - (now() % (15 * MINUTE));
    await desk.until('AgentState_Ready');
    const to = (minute: number): Promise<void> => floor.later(quarter + minute * MINUTE + INTO_MS - now());
    await to(1);
    const { result: call = '' } = await engine.send(tenant.vdnId, { kind: 'chatArrives', queue, channel: 'web-1', media: 51, user: 'visitor' });
    await desk.until('AgentEvent_Talking');
    for (let minute = 2; minute <= 13; minute += 1) {
      await to(minute);
      await desk.poll();
    }
    await engine.send(tenant.vdnId, { kind: 'chatLeaves', call });
    await to(16);
    const text = (at: number): string => new Date(at).toISOString().slice(0, 19).replace('T', ' ');
    const asking = { currentAgentId: desk.workNo, beginTime: text(quarter), endTime: text(quarter + 15 * MINUTE) };
    const pieces = (await tenant.monitor.ask(cmsAgentOprInfo, { ...asking, operateType: 4 })).map(({ callId, endTime, operateCause }) => [callId, Math.floor((Date.parse(endTime) - quarter) / MINUTE), operateCause]);
    assert.deepEqual(pieces, [[call, 5, 1], [call, 10, 1], [call, 13, 0]]);

    const rows = await tenant.monitor.ask(cmsQueryCallTraceDetail, { vdn: tenant.vdnId, callId: call });
    assert.deepEqual(rows.map(({ deviceType, mediaType, subMediaType }) => [deviceType, mediaType, subMediaType]), [[1, 53, 1], [2, 53, 1]], 'by the web (Table 12-696)');

    const code = async (ms: number): Promise<unknown> => (await tenant.monitor.call(cmsAgentOprInfo, { ...asking, endTime: text(quarter + ms) })).body['resultCode'];
    assert.deepEqual(await Promise.all([24 * HOUR, 24 * HOUR + 15 * MINUTE, 10 * MINUTE].map(code)), ['0100000', '0100002', '0100002']);
    await floor.leave(desk);
  });
});
