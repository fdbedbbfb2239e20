import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { agentRest, cancelBusy, cancelRest, cancelWork, sayBusy, sayWork } from '@parley/contract/gateway/agent-state.ts';
import { callOut } from '@parley/contract/gateway/call-dial.ts';
import { getHold, holdCall } from '@parley/contract/gateway/call-hold.ts';
import { releaseCall } from '@parley/contract/gateway/call-release.ts';
import { cmsHisIndexAgent } from '@parley/contract/monitoring/history.ts';
import { AGENT_INDICATORS } from '@parley/core/indicator/agent.ts';
import type { Desk } from '../../testing/desk.ts';
import { openLiveFloor, type LiveFloor } from '../../testing/live-floor.ts';
import { describeOperation } from '../../testing/operation-test.ts';
import { byCode, codeOf, settled, type Told } from './figures.fixture.ts';

let floor: LiveFloor;
before(async () => { floor = await openLiveFloor({ inTheMorning: true }); });
after(() => floor.server.close());
afterEach(() => floor.clear());

const CODES = AGENT_INDICATORS.all.map(({ code }) => code);

const agent = async ({ workNo }: Pick<Desk, 'workNo'>, indexIds: readonly string[] = CODES, more: object = {}): Promise<Told> =>
  byCode(await floor.tenant.monitor.ask(cmsHisIndexAgent, { vdn: floor.tenant.vdnId, agentIds: [workNo], indexIds: [...indexIds], ...more }));

/** What is not nothing, by the short names of the codes. */
const told = async (desk: Desk, more: object = {}): Promise<object> =>
  Object.fromEntries(Object.entries(await agent(desk, CODES, more)).flatMap(([code, val]) => (Number(val) === 0 ? [] : [[code.replace(/^IDX_/, '').replace('AGENT_', ''), Number(val)]])));
const only = (figures: object, names: readonly string[]): object => Object.fromEntries(Object.entries(figures).filter(([name]) => names.some((one) => name.endsWith(one))));

describeOperation(cmsHisIndexAgent, {
  example: async () => {
    const { desk } = await floor.talking();
    await floor.later(20_000);
    await desk.client.call(releaseCall, { agentid: desk.workNo });
    assert.deepEqual(await told(desk), {
      COUNT_CONNECTED: 1, COUNT_REQUEST: 1, DURATION_CONVERSATION_IN: 20, DURATION_AVERAGE_CONVERSATION_IN: 20, DURATION_MAX_CALLING: 20, DURATION_MIN_CALLING: 20, RATE_CONNECTED: 100,
      ...Object.fromEntries([3, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60].map((seconds) => [`COUNT_CONNECTED_IN_${seconds}`, 1])),
    }, 'what is of calls is told at once');
  },
  badInput: async () => {
    const refused = (changes: object, client = floor.tenant.monitor) => codeOf(client, cmsHisIndexAgent, { vdn: floor.tenant.vdnId, agentIds: [101], indexIds: CODES, ...changes });
    assert.equal(await refused({ indexIds: ['IDX_COUNT_SKILL_REQUEST'] }), '0100002');
    assert.equal(await refused({ indexIds: ['IDX_DURATION_AGENT_AVG_REST'], timeGrain: '15MIN' }), '0100002', 'not by parts of the day');
    assert.equal(await refused({ agentIds: Array.from({ length: 101 }, () => 101) }), '0100002');
    assert.equal(await refused({ agentIds: [100_000] }), '0100002');
    assert.equal(await refused({}, (await floor.server.tenant()).monitor), '0101003');
  },
  effect: async () => {
    const desk = await floor.agent();
    await desk.client.call(callOut, { agentid: desk.workNo, called: '40040' });
    await desk.until('AgentEvent_Talking');
    await floor.later(5000);
    await desk.client.call(releaseCall, { agentid: desk.workNo });
    assert.deepEqual(await told(desk), {
      COUNT_CALL_OUT: 1, COUNT_TOTAL_CALL_OUT: 1, DURATION_CALL_OUT: 5, DURATION_AVG_CALL_OUT: 5, RATE_SUCCESS_OUT: 100,
    });
    assert.deepEqual(await agent(desk, ['IDX_RATE_AGENT_SUCC_CALL_OUT']), { IDX_RATE_AGENT_SUCC_CALL_OUT: '100.00' }, 'by its other name');
  },
});

/** A minute of somebody who is there: who does not poll is signed out. */
async function attended(desk: Desk): Promise<void> {
  await floor.later(60_000);
  await desk.poll();
}

const sumOf = (parts: unknown): number => Object.values(parts ?? {}).reduce<number>((all, part) => all + Number(part), 0);

describe('what agents did', () => {
  test('is told once the five minutes are over', async () => {
    await settled(floor);
    const desk = await floor.agent();
    await desk.client.call(sayBusy, { agentid: desk.workNo });
    await floor.later(30_000);
    await desk.client.call(cancelBusy, { agentid: desk.workNo });
    await desk.client.call(agentRest, { agentid: desk.workNo, time: 600, restcause: 0 });
    await floor.later(40_000);
    await desk.client.call(cancelRest, { agentid: desk.workNo });
    await desk.client.call(sayWork, { agentid: desk.workNo });
    await floor.later(7000);
    await desk.client.call(cancelWork, { agentid: desk.workNo });
    assert.deepEqual(await told(desk), {}, 'not yet');
    await settled(floor);
    const { DURATION_SIGN_IN, DURATION_FREE, ...figures } = await told(desk) as Record<string, number>;
    assert.deepEqual(figures, {
      COUNT_SIGN_IN: 1, COUNT_SET_BUSY: 1, COUNT_REST: 1, COUNT_ARRANGE: 1, DURATION_REST: 40, DURATION_AVG_REST: 40, DURATION_SET_BUSY: 30, DURATION_AVG_SET_BUSY: 30, DURATION_ARRANGE: 7,
    });
    assert.ok(DURATION_SIGN_IN !== undefined && DURATION_FREE !== undefined && DURATION_SIGN_IN - DURATION_FREE === 77, 'being signed in and idle goes on');
  });

  test('tells holds, wrap-ups after calls of either way, and is of whichever medium where it has none', async () => {
    await settled(floor);
    const { desk, call } = await floor.talking({ autoenteridle: false });
    await desk.client.call(holdCall, { agentid: desk.workNo });
    await floor.later(11_000);
    await desk.client.call(getHold, { agentid: desk.workNo, callid: call });
    await desk.client.call(releaseCall, { agentid: desk.workNo });
    await floor.later(4000);
    await desk.client.call(cancelWork, { agentid: desk.workNo });
    await settled(floor);
    const wanted = ['_HOLD', '_COLLATION', '_COLLATION_CALL_IN', '_COLLATION_CALL_OUT'];
    const figures = {
      COUNT_COLLATION: 1, COUNT_COLLATION_CALL_IN: 1, COUNT_HOLD: 1, DURATION_COLLATION: 4, DURATION_COLLATION_CALL_IN: 4, DURATION_AVG_COLLATION: 4, DURATION_AVG_COLLATION_CALL_IN: 4,
      DURATION_HOLD: 11, DURATION_AVG_HOLD: 11,
    };
    assert.deepEqual(only(await told(desk), wanted), figures);
    assert.deepEqual(only(await told(desk, { mediaType: 53 }), ['COUNT_SIGN_IN', ...wanted]), { COUNT_SIGN_IN: 1 });
  });

  test('is the same when it is counted again', async () => {
    await settled(floor);
    const desk = await floor.agent();
    await desk.client.call(sayBusy, { agentid: desk.workNo });
    await floor.later(400_000);
    await floor.leave(desk);
    await settled(floor);
    const figures = await told(desk);
    floor.server.fire('figures');
    await floor.server.jobsDone();
    await floor.server.world.db.insertInto('figure_due').values({ vdn_id: floor.tenant.vdnId, kind: 'work', agent: desk.workNo, bucket: Math.floor(floor.server.world.clock() / 300_000 - 1) * 300_000 }).execute();
    assert.deepEqual(await told(desk), figures);
  });

  test('that lasts is cut where the five minutes are over, and counts where it ended', async () => {
    await settled(floor);
    const desk = await floor.agent();
    for (let minute = 0; minute < 4; minute += 1) await attended(desk);
    await desk.client.call(sayBusy, { agentid: desk.workNo });
    for (let minute = 0; minute < 12; minute += 1) await attended(desk);
    await desk.client.call(cancelBusy, { agentid: desk.workNo });
    await settled(floor);
    const { IDX_COUNT_AGENT_SET_BUSY: counts, IDX_DURATION_AGENT_SET_BUSY: durations, IDX_DURATION_AGENT_SIGN_IN: signedIn } =
      await agent(desk, ['IDX_COUNT_AGENT_SET_BUSY', 'IDX_DURATION_AGENT_SET_BUSY', 'IDX_DURATION_AGENT_SIGN_IN'], { timeGrain: '15MIN' }) as Record<string, Record<string, string>>;
    assert.deepEqual([sumOf(counts), sumOf(durations)], [1, 12 * 60]);
    assert.ok(Object.values(durations ?? {}).filter((part) => part !== '0').length >= 2, JSON.stringify(durations));
    await floor.leave(desk);
    await settled(floor);
    const closed = await agent(desk, ['IDX_DURATION_AGENT_SIGN_IN'], { timeGrain: '15MIN' }) as Record<string, Record<string, string>>;
    for (const [part, seconds] of Object.entries(signedIn ?? {})) assert.ok(Number(closed['IDX_DURATION_AGENT_SIGN_IN']?.[part]) >= Number(seconds), 'as it was told while it went on');
    const whole = await agent(desk, ['IDX_DURATION_AGENT_SIGN_IN']);
    assert.equal(sumOf(closed['IDX_DURATION_AGENT_SIGN_IN']), Number(whole['IDX_DURATION_AGENT_SIGN_IN']));
  });
});
