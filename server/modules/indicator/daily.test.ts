import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { sayBusy } from '@parley/contract/gateway/agent-state.ts';
import { callOut } from '@parley/contract/gateway/call-dial.ts';
import { releaseCall } from '@parley/contract/gateway/call-release.ts';
import { cmsCallInDayIndexes, cmsCallOutDayIndexes } from '@parley/contract/monitoring/daily-tables.ts';
import { cmsQueryCallTraceDetail } from '@parley/contract/monitoring/call-trace.ts';
import { dateAfter, dateIn } from '@parley/core/time/zone.ts';
import { ringsForever } from '../../../sim/parties.ts';
import { openDesk, type Desk } from '../../testing/desk.ts';
import { openLiveFloor, type LiveFloor } from '../../testing/live-floor.ts';
import { describeOperation } from '../../testing/operation-test.ts';
import { TEST_ZONE } from '../../testing/server.ts';
import { figuresEraser } from './eraser.ts';
import { codeOf } from './figures.fixture.ts';

const DESKS = 13;

let floor: LiveFloor;
const spare: Desk[] = [];
before(async () => {
  floor = await openLiveFloor({ inTheMorning: true });
  for (let made = 0; made < DESKS; made += 1) spare.push(await openDesk(floor.server, floor.tenant, { queues: [floor.queue] }));
});
after(() => floor.server.close());
afterEach(() => floor.clear());

const today = (): string => dateIn(TEST_ZONE, floor.server.world.clock());
type Row = Readonly<Record<string, unknown>>;

const inbound = (more: object = {}, client = floor.tenant.monitor): Promise<readonly Row[]> => client.ask(cmsCallInDayIndexes, {
  calleeNos: [floor.number], beginLogDay: today(), endLogDay: today(), callTypes: [0], vdn: floor.tenant.vdnId, ...more,
});
const outbound = (caller: string, more: object = {}): Promise<readonly Row[]> => floor.tenant.monitor.ask(cmsCallOutDayIndexes, {
  callerNos: [caller], beginLogDay: today(), endLogDay: today(), callTypes: [7], vdn: floor.tenant.vdnId, ...more,
});
const pick = (row: Row | undefined, names: readonly string[]): Row => Object.fromEntries(names.map((name) => [name, row?.[name]]));

async function agent(): Promise<Desk> {
  const desk = spare.shift();
  assert.ok(desk !== undefined);
  floor.voice.phone(desk.phone);
  await desk.signIn();
  await desk.until('AgentState_Ready');
  return desk;
}

async function talk(ms: number, rungMs = 0): Promise<number> {
  const desk = await agent();
  const phone = floor.voice.phone(desk.phone);
  if (rungMs > 0) phone.behaves(ringsForever);
  await floor.customer();
  if (rungMs > 0) {
    await floor.later(rungMs);
    phone.answer();
  }
  await desk.until('AgentEvent_Talking');
  await floor.later(ms);
  await desk.client.call(releaseCall, { agentid: desk.workNo });
  await floor.leave(desk);
  return desk.workNo;
}

/** A call to the outside; answers the number that it showed. */
async function callsOut(ms: number): Promise<string> {
  const desk = await agent();
  const { body } = await desk.client.call(callOut, { agentid: desk.workNo, called: '40040', caller: '4930123' });
  await desk.until('AgentEvent_Talking');
  await floor.later(ms);
  await desk.client.call(releaseCall, { agentid: desk.workNo });
  await floor.leave(desk);
  const [row] = await floor.tenant.monitor.ask(cmsQueryCallTraceDetail, { vdn: floor.tenant.vdnId, callId: String((body as { result?: unknown }).result) });
  return String(row?.callerNo);
}

const BAD: readonly object[] = [
  { beginLogDay: '2020-02-30' }, { beginLogDay: 'today' }, { beginLogDay: '2020-01-02', endLogDay: '2020-01-01' }, { beginLogDay: '2020-01-01', endLogDay: '2021-01-01' },
  { beginLogDay: '2999-01-01', endLogDay: '2999-01-01' }, { callTypes: [] }, { vdn: undefined }, { skillIds: ['x'] },
];

describeOperation(cmsCallInDayIndexes, {
  example: async () => {
    const first = await talk(61_000);
    const [row, ...others] = await inbound({ callTypes: [0, 7], tenantId: floor.tenant.tenantId, vdn: undefined });
    assert.deepEqual(others, []);
    assert.deepEqual(pick(row, [
      'calleeNo', 'callType', 'vdn', 'serviceNo', 'currentAgentId', 'currentSkillId', 'inOccupyNum', 'inCallSuccNum', 'inCallTime', 'maxCallTime', 'minCallTime', 'callTimeLt60', 'callTimeGt60',
      'callTimeGt10', 'inCallCostMinute', 'inCallAllCostMinute', 'succAckTimeLt3', 'inVdnTime', 'reserved_col3', 'reserved_col4', 'netCallNum',
    ]), {
      calleeNo: floor.number, callType: 0, vdn: floor.tenant.vdnId, serviceNo: 65_535, currentAgentId: first, currentSkillId: floor.queue, inOccupyNum: 1, inCallSuccNum: 1, inCallTime: 61,
      maxCallTime: 61, minCallTime: 61, callTimeLt60: 0, callTimeGt60: 1, callTimeGt10: 1, inCallCostMinute: 2, inCallAllCostMinute: 2, succAckTimeLt3: 1, inVdnTime: 61, reserved_col3: 1,
      reserved_col4: 0, netCallNum: 0,
    });
  },
  badInput: async () => {
    const good = { calleeNos: ['10000'], beginLogDay: '2020-01-01', endLogDay: '2020-01-01', callTypes: [0], vdn: floor.tenant.vdnId };
    for (const changes of [...BAD, { calleeNos: ['+49'] }, { calleeNos: [] }, { calleeNos: Array.from({ length: 1001 }, () => '1') }]) {
      assert.equal(await codeOf(floor.tenant.monitor, cmsCallInDayIndexes, { ...good, ...changes }), '0100002', JSON.stringify(changes));
    }
    const other = await floor.server.tenant();
    assert.equal(await codeOf(other.monitor, cmsCallInDayIndexes, good), '0101003');
    assert.equal(await codeOf(floor.tenant.monitor, cmsCallInDayIndexes, { ...good, vdn: undefined, tenantId: other.tenantId }), '0101003');
    assert.equal(await codeOf(floor.tenant.monitor, cmsCallInDayIndexes, { ...good, subCcNo: 77 }), '0101003');
  },
  effect: async () => {
    const day = today();
    const busy = await agent();
    await busy.client.call(sayBusy, { agentid: busy.workNo });
    const { party, call } = await floor.customer();
    await floor.later(12_000);
    party.hangUp();
    await floor.leave(busy);
    assert.equal((await floor.tenant.monitor.ask(cmsQueryCallTraceDetail, { vdn: floor.tenant.vdnId, callId: call })).length, 1);
    const lost = (rows: readonly Row[]): Row | undefined => rows.find((row) => row['currentAgentId'] === -1);
    const names = ['failQueueWaitNum', 'failQueueWaitTime', 'failTimeLt10', 'failTimeLt30', 'failTimeGt10', 'inOccupyNum', 'inCallSuccNum', 'maxQueueWaitTime', 'inVdnTime'];
    const figures = { failQueueWaitNum: 1, failQueueWaitTime: 12, failTimeLt10: 0, failTimeLt30: 1, failTimeGt10: 1, inOccupyNum: 1, inCallSuccNum: 0, maxQueueWaitTime: 12, inVdnTime: 12 };
    assert.deepEqual(pick(lost(await inbound()), names), figures, 'of today at once');
    const earlier = await inbound();
    await floor.later(24 * 3_600_000);
    const ofThatDay = { beginLogDay: day, endLogDay: day };
    assert.deepEqual(await inbound(ofThatDay), earlier, 'the same when it is settled');
    floor.server.fire('daily-tables');
    await floor.server.jobsDone();
    await floor.server.world.db.insertInto('figure_due').values({ vdn_id: floor.tenant.vdnId, kind: 'day', agent: 0, bucket: floor.server.world.clock() - 24 * 3_600_000 }).execute();
    floor.server.fire('daily-tables');
    await floor.server.jobsDone();
    assert.deepEqual(await inbound(ofThatDay), earlier, 'and when it is settled again');
    await talk(3000);
    const talks = (rows: readonly Row[]): number => rows.reduce((sum, row) => sum + Number(row['inCallSuccNum']), 0);
    assert.equal(talks(await inbound({ beginLogDay: day, endLogDay: dateAfter(day, 1) })), talks(earlier) + 1, 'both days together');
    assert.equal((await inbound({ skillIds: [1999] })).length, 0);
    assert.equal((await inbound({ callTypes: [6] })).length, 0);
  },
});

describeOperation(cmsCallOutDayIndexes, {
  example: async () => {
    const caller = await callsOut(26_000);
    const [row] = await outbound(caller);
    assert.deepEqual(pick(row, ['callerNo', 'callType', 'outOccupyNum', 'outCallSuccNum', 'outCallTime', 'callTimeLt30', 'callTimeGt10', 'outCallCostMinute', 'reserved_col3', 'reservedCol3', 'obsServiceNo', 'zeroNum']), {
      callerNo: caller, callType: 7, outOccupyNum: 1, outCallSuccNum: 1, outCallTime: 26, callTimeLt30: 1, callTimeGt10: 1, outCallCostMinute: 1, reserved_col3: 1, reservedCol3: 1, obsServiceNo: '-1', zeroNum: 0,
    });
    const { body } = await floor.tenant.monitor.call(cmsCallOutDayIndexes, { callerNos: [caller], beginLogDay: '2020-01-01', endLogDay: '2020-01-01', callTypes: [7], vdn: floor.tenant.vdnId });
    assert.deepEqual(body, { result: '0', resultCode: '0100000', resultDesc: [] });
  },
  badInput: async () => {
    const good = { callerNos: ['10000'], beginLogDay: '2020-01-01', endLogDay: '2020-01-01', callTypes: [7], vdn: floor.tenant.vdnId };
    for (const changes of BAD) assert.equal(await codeOf(floor.tenant.monitor, cmsCallOutDayIndexes, { ...good, ...changes }), '0100002', JSON.stringify(changes));
    assert.equal(await codeOf((await floor.server.tenant()).monitor, cmsCallOutDayIndexes, good), '0101003');
  },
  effect: async () => {
    const sum = (rows: readonly Row[], name: string): number => rows.reduce((all, row) => all + Number(row[name]), 0);
    const caller = await callsOut(38_000);
    const earlier = await outbound(caller);
    await callsOut(26_000);
    const now = await outbound(caller);
    assert.deepEqual(['outCallSuccNum', 'outCallTime', 'outCallCostMinute'].map((name) => sum(now, name) - sum(earlier, name)), [1, 26, 1]);
    assert.deepEqual(await inbound({ calleeNos: [caller] }), [], 'not among those that came in');
  },
});

describe('the daily tables', () => {
  // The example of 12.3.2.10: of seven that rang for 2 and 3 seconds, 20 together, one was answered within 3 and all within 5.
  test('tell of spans that are shorter and longer, neither of which is the span itself', async () => {
    const names = ['succAckTimeLt3', 'succAckTimeLt5', 'succAckTimeLt10', 'succAckTimeGt10', 'callTimeLt10', 'callTimeGt10', 'callTimeLt30'];
    const sums = async (): Promise<readonly number[]> => {
      const rows = await inbound();
      return names.map((name) => rows.reduce((sum, row) => sum + Number(row[name]), 0));
    };
    for (const [rung, talked, expected] of [[2, 9, [1, 1, 1, 0, 1, 0, 1]], [3, 10, [0, 1, 1, 0, 0, 0, 1]], [10, 11, [0, 0, 0, 0, 0, 1, 1]], [11, 11, [0, 0, 0, 1, 0, 1, 1]]] as const) {
      const earlier = await sums();
      await talk(talked * 1000, rung * 1000);
      assert.deepEqual((await sums()).map((sum, index) => sum - (earlier[index] ?? 0)), expected, `${rung} s of ringing, ${talked} s of talk`);
    }
  });

  test('forget a number that is erased', async () => {
    await talk(1000);
    const day = today();
    await floor.later(24 * 3_600_000);
    assert.ok((await inbound({ beginLogDay: day, endLogDay: day })).length > 0);

    const { inbound_day: gone } = await figuresEraser.erase(floor.server.world.db, floor.tenant.vdnId, [floor.number]);
    assert.ok(Number(gone) > 0);
    assert.deepEqual(await inbound({ beginLogDay: day, endLogDay: day }), []);
  });
});
