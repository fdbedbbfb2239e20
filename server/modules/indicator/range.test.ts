import assert from 'node:assert/strict';
import { after, afterEach, before } from 'node:test';
import { sayBusy } from '@parley/contract/gateway/agent-state.ts';
import { releaseCall } from '@parley/contract/gateway/call-release.ts';
import { cmsHisIndexAgentForDay, cmsHisIndexAgentForMonth, cmsHisIndexSkillForDay, cmsHisIndexSkillForMonth } from '@parley/contract/monitoring/history-range.ts';
import { cmsHisIndexAgent, cmsHisIndexSkill } from '@parley/contract/monitoring/history.ts';
import { dateAfter, dateIn, monthAfter } from '@parley/core/time/zone.ts';
import { openDesk, type Desk } from '../../testing/desk.ts';
import { openLiveFloor, type LiveFloor } from '../../testing/live-floor.ts';
import { describeOperation } from '../../testing/operation-test.ts';
import { TEST_ZONE } from '../../testing/server.ts';
import { byCode, codeOf, grown, settled, type Told } from './figures.fixture.ts';

const DESKS = 9;

let floor: LiveFloor;
/** Made while the token is good by which they are. */
const spare: Desk[] = [];
before(async () => {
  floor = await openLiveFloor({ inTheMorning: true });
  for (let made = 0; made < DESKS; made += 1) spare.push(await openDesk(floor.server, floor.tenant, { queues: [floor.queue] }));
});
after(() => floor.server.close());
afterEach(() => floor.clear());

async function agent(): Promise<Desk> {
  const desk = spare.shift();
  assert.ok(desk !== undefined);
  floor.voice.phone(desk.phone);
  await desk.signIn();
  await desk.until('AgentState_Ready');
  return desk;
}

const today = (): string => dateIn(TEST_ZONE, floor.server.world.clock());
const month = (): string => today().slice(0, 7).replace('-', '');
const SKILL_CODES = ['IDX_COUNT_SKILL_REQUEST', 'IDX_COUNT_SKILL_CONNECTED', 'IDX_DURATION_SKILL_CONNECTED', 'IDX_SKILL_RESERVED_COL(3)'];
const AGENT_CODES = ['IDX_COUNT_AGENT_REQUEST', 'IDX_COUNT_AGENT_SET_BUSY', 'IDX_DURATION_AGENT_SET_BUSY', 'IDX_AGENT_RESERVED_COL(20)'];

const ofSkill = () => ({ vdn: floor.tenant.vdnId, skillIds: [floor.queue], indexIds: SKILL_CODES });
const days = (from: string, to: string) => ({ beginDayTime: `${from} 00:00:00`, endDayTime: `${to} 00:00:00` });
const months = (from: string, to: string) => ({ beginMonthTime: from, endMonthTime: to });
const skillDays = async (from: string, to: string): Promise<Told> => byCode(await floor.tenant.monitor.ask(cmsHisIndexSkillForDay, { ...ofSkill(), ...days(from, to) }));
const skillMonths = async (from: string, to: string): Promise<Told> => byCode(await floor.tenant.monitor.ask(cmsHisIndexSkillForMonth, { ...ofSkill(), ...months(from, to) }));

async function talk(ms: number): Promise<number> {
  const desk = await agent();
  await floor.customer();
  await desk.until('AgentEvent_Talking');
  await floor.later(ms);
  await desk.client.call(releaseCall, { agentid: desk.workNo });
  await floor.leave(desk);
  return desk.workNo;
}

/** To ten in the morning of the next day, with nobody there overnight. */
const nextDay = (): Promise<void> => floor.later(24 * 3_600_000);

const BAD_DAYS = [
  { beginDayTime: '2026-02-30 00:00:00' }, { beginDayTime: 'yesterday' }, { beginDayTime: '' }, { beginDayTime: undefined },
  { beginDayTime: '2020-08-22 00:00:00', endDayTime: '2020-08-21 00:00:00' }, { beginDayTime: '2020-08-22 00:00:00', endDayTime: '2020-08-22 00:00:00' },
  { beginDayTime: '2020-01-01 00:00:00', endDayTime: '2021-01-02 00:00:00' }, { beginDayTime: '2999-01-01', endDayTime: '2999-01-02' },
  { indexIds: ['IDX_NO_SUCH'] }, { indexIds: ['IDX_SKILL_RESERVED_COL(21)'] },
];
const BAD_MONTHS = [
  { beginMonthTime: '202013' }, { beginMonthTime: '2020' }, { beginMonthTime: undefined }, { beginMonthTime: '202002', endMonthTime: '202001' },
  { beginMonthTime: '202001', endMonthTime: '202101' }, { beginMonthTime: '299901', endMonthTime: '299901' }, { indexIds: ['IDX_NO_SUCH'] },
];

describeOperation(cmsHisIndexSkillForDay, {
  example: async () => {
    const [from, to] = [today(), dateAfter(today(), 1)];
    const start = await skillDays(from, to);
    assert.equal(start['IDX_SKILL_RESERVED_COL(3)'], '0', 'no meaning has been given to it');
    await talk(30_000);
    assert.deepEqual(grown(start, await skillDays(from, to)), { IDX_COUNT_SKILL_REQUEST: 1, IDX_COUNT_SKILL_CONNECTED: 1, IDX_DURATION_SKILL_CONNECTED: 30 });
  },
  badInput: async () => {
    const good = { ...ofSkill(), ...days('2020-08-21', '2020-08-22') };
    for (const changes of BAD_DAYS) assert.equal(await codeOf(floor.tenant.monitor, cmsHisIndexSkillForDay, { ...good, ...changes }), '0100002', JSON.stringify(changes));
    assert.equal(await codeOf((await floor.server.tenant()).monitor, cmsHisIndexSkillForDay, good), '0101003');
  },
  effect: async () => {
    const first = today();
    const start = await skillDays(first, dateAfter(first, 2));
    await talk(10_000);
    await nextDay();
    await talk(20_000);
    const both = { IDX_COUNT_SKILL_REQUEST: 2, IDX_COUNT_SKILL_CONNECTED: 2, IDX_DURATION_SKILL_CONNECTED: 30 };
    assert.deepEqual(grown(start, await skillDays(first, dateAfter(first, 2))), both, 'of the day before from its row, of this one up to now');
    const yesterday = await skillDays(first, dateAfter(first, 1));
    assert.deepEqual(grown(yesterday, await skillDays(first, dateAfter(first, 2))), { IDX_COUNT_SKILL_REQUEST: 1, IDX_COUNT_SKILL_CONNECTED: 1, IDX_DURATION_SKILL_CONNECTED: 20 });
    const offset = byCode(await floor.tenant.monitor.ask(cmsHisIndexSkill, { ...ofSkill(), indexIds: SKILL_CODES.slice(0, 3), enableOffset: 'Y' }));
    assert.deepEqual(grown(offset, yesterday), { 'IDX_SKILL_RESERVED_COL(3)': Number.NaN }, 'the same as 12.3.2.4 tells of yesterday');
    const lastSecond = byCode(await floor.tenant.monitor.ask(cmsHisIndexSkillForDay, { ...ofSkill(), beginDayTime: first, endDayTime: `${first} 23:59:59` }));
    assert.deepEqual(lastSecond, yesterday, 'up to the last second is all of the day');
  },
});

describeOperation(cmsHisIndexSkillForMonth, {
  example: async () => {
    const start = await skillMonths(month(), month());
    await talk(12_000);
    assert.deepEqual(grown(start, await skillMonths(month(), month())), { IDX_COUNT_SKILL_REQUEST: 1, IDX_COUNT_SKILL_CONNECTED: 1, IDX_DURATION_SKILL_CONNECTED: 12 });
  },
  badInput: async () => {
    const good = { ...ofSkill(), ...months('202007', '202008') };
    for (const changes of BAD_MONTHS) assert.equal(await codeOf(floor.tenant.monitor, cmsHisIndexSkillForMonth, { ...good, ...changes }), '0100002', JSON.stringify(changes));
    assert.equal(await codeOf((await floor.server.tenant()).monitor, cmsHisIndexSkillForMonth, good), '0101003');
  },
  effect: async () => {
    const first = month();
    const firsts = await skillMonths(first, first);
    while (month() === first) await nextDay();
    const both = await skillMonths(first, month());
    await talk(5000);
    assert.deepEqual(grown(both, await skillMonths(first, month())), { IDX_COUNT_SKILL_REQUEST: 1, IDX_COUNT_SKILL_CONNECTED: 1, IDX_DURATION_SKILL_CONNECTED: 5 });
    assert.deepEqual(await skillMonths(first, first), firsts, 'nothing is added to a month that is over');
    const from = `${first.slice(0, 4)}-${first.slice(4)}-01`;
    assert.deepEqual(await skillDays(from, dateAfter(today(), 1)), await skillMonths(first, month()), 'months are their days together');
    assert.deepEqual(await skillMonths(monthAfter(first, -1), monthAfter(first, -1)), await skillMonths(monthAfter(first, -2), monthAfter(first, -2)), 'before, there was nothing');
  },
});

const ofAgent = (workNo: number) => ({ vdn: floor.tenant.vdnId, agentIds: [workNo], indexIds: AGENT_CODES });
const agentDays = async (workNo: number, from: string, to: string): Promise<Told> => byCode(await floor.tenant.monitor.ask(cmsHisIndexAgentForDay, { ...ofAgent(workNo), ...days(from, to) }));
const agentMonths = async (workNo: number): Promise<Told> => byCode(await floor.tenant.monitor.ask(cmsHisIndexAgentForMonth, { ...ofAgent(workNo), ...months(month(), month()) }));

/** Busy for a while, which is settled then. */
async function busyFor(ms: number): Promise<number> {
  await settled(floor);
  const desk = await agent();
  await desk.client.call(sayBusy, { agentid: desk.workNo });
  await floor.later(ms);
  await floor.leave(desk);
  await settled(floor);
  return desk.workNo;
}

const BUSY = (seconds: number): Told => ({ IDX_COUNT_AGENT_REQUEST: '0', IDX_COUNT_AGENT_SET_BUSY: '1', IDX_DURATION_AGENT_SET_BUSY: String(seconds), 'IDX_AGENT_RESERVED_COL(20)': '0' });

describeOperation(cmsHisIndexAgentForDay, {
  example: async () => {
    const workNo = await talk(9000);
    assert.deepEqual(await agentDays(workNo, today(), dateAfter(today(), 1)), {
      IDX_COUNT_AGENT_REQUEST: '1', IDX_COUNT_AGENT_SET_BUSY: '0', IDX_DURATION_AGENT_SET_BUSY: '0', 'IDX_AGENT_RESERVED_COL(20)': '0',
    });
  },
  badInput: async () => {
    const good = { ...ofAgent(101), ...days('2020-08-21', '2020-08-22') };
    for (const changes of BAD_DAYS) assert.equal(await codeOf(floor.tenant.monitor, cmsHisIndexAgentForDay, { ...good, ...changes }), '0100002', JSON.stringify(changes));
    assert.equal(await codeOf(floor.tenant.monitor, cmsHisIndexAgentForDay, { ...good, agentIds: Array.from({ length: 1001 }, () => 101) }), '0100002');
    assert.equal(await codeOf((await floor.server.tenant()).monitor, cmsHisIndexAgentForDay, good), '0101003');
  },
  effect: async () => {
    const first = today();
    const workNo = await busyFor(700_000);
    const asOfToday = byCode(await floor.tenant.monitor.ask(cmsHisIndexAgent, { ...ofAgent(workNo), indexIds: AGENT_CODES.slice(0, 3) }));
    assert.deepEqual({ ...asOfToday, 'IDX_AGENT_RESERVED_COL(20)': '0' }, BUSY(700));
    assert.deepEqual(await agentDays(workNo, first, dateAfter(first, 1)), BUSY(700));
    await nextDay();
    assert.deepEqual(await agentDays(workNo, first, dateAfter(first, 1)), BUSY(700));
    assert.deepEqual(await agentDays(workNo, first, dateAfter(first, 2)), BUSY(700));
    assert.equal((await agentDays(workNo, dateAfter(first, 1), dateAfter(first, 2)))['IDX_COUNT_AGENT_SET_BUSY'], '0');
  },
});

describeOperation(cmsHisIndexAgentForMonth, {
  example: async () => {
    const workNo = await busyFor(15_000);
    assert.deepEqual(await agentMonths(workNo), BUSY(15));
  },
  badInput: async () => {
    const good = { ...ofAgent(101), ...months('202007', '202008') };
    for (const changes of BAD_MONTHS) assert.equal(await codeOf(floor.tenant.monitor, cmsHisIndexAgentForMonth, { ...good, ...changes }), '0100002', JSON.stringify(changes));
    assert.equal(await codeOf((await floor.server.tenant()).monitor, cmsHisIndexAgentForMonth, good), '0101003');
  },
  effect: async () => {
    const workNo = await busyFor(600_000);
    assert.deepEqual(await agentMonths(workNo), BUSY(600));
    assert.deepEqual(await agentDays(workNo, today(), dateAfter(today(), 1)), BUSY(600));
  },
});
