import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { agentRest, cancelRest, sayBusy } from '@parley/contract/gateway/agent-state.ts';
import { getHold, holdCall } from '@parley/contract/gateway/call-hold.ts';
import { releaseCall } from '@parley/contract/gateway/call-release.ts';
import { cmsHisIndexAgent } from '@parley/contract/monitoring/history.ts';
import { AGENT_INDICATORS } from '@parley/core/indicator/agent.ts';
import type { Desk } from '../../testing/desk.ts';
import { openLiveFloor, type LiveFloor } from '../../testing/live-floor.ts';
import { byCode, settled, type Told } from './figures.fixture.ts';

let floor: LiveFloor;
before(async () => { floor = await openLiveFloor({ inTheMorning: true }); });
after(() => floor.server.close());
afterEach(() => floor.clear());

const agent = async ({ workNo }: Pick<Desk, 'workNo'>, indexIds: readonly string[], more: object = {}): Promise<Told> =>
  byCode(await floor.tenant.monitor.ask(cmsHisIndexAgent, { vdn: floor.tenant.vdnId, agentIds: [workNo], indexIds: [...indexIds], ...more }));

const STATES = ['_HOLD', '_COLLATION', '_COLLATION_CALL_IN', '_COLLATION_CALL_OUT', '_SET_BUSY', '_ARRANGE'];
const CODES = AGENT_INDICATORS.all.map(({ code }) => code).filter((code) => STATES.some((state) => code.endsWith(state)));

/** What is not nothing, by the short names of the codes. */
const told = async (desk: Desk, more: object = {}): Promise<object> =>
  Object.fromEntries(Object.entries(await agent(desk, CODES, more)).flatMap(([code, val]) => (Number(val) === 0 ? [] : [[code.replace('IDX_', '').replace('AGENT_', ''), Number(val)]])));

/** Of somebody who is there: who does not poll is signed out. */
async function fiveMinutes(desk: Desk, lessMs = 0): Promise<void> {
  for (let minute = 0; minute < 5; minute += 1) {
    await floor.later(60_000 - lessMs / 5);
    await desk.poll();
  }
}

const sumOf = (parts: unknown): number => Object.values(parts ?? {}).reduce<number>((all, part) => all + Number(part), 0);

describe('what agents are at', () => {
  test('is told while it lasts, and nothing that was told of a time changes when it is over', async () => {
    await settled(floor);
    const desk = await floor.agent();
    await desk.client.call(agentRest, { agentid: desk.workNo, time: 6000, restcause: 0 });
    const REST = ['IDX_COUNT_AGENT_REST', 'IDX_DURATION_AGENT_REST', 'IDX_DURATION_AGENT_AVG_REST'];
    const rested = async (): Promise<readonly unknown[]> => Object.values(await agent(desk, REST));
    const began = floor.server.world.clock();
    for (let more = 0; more < 2; more += 1) await fiveMinutes(desk);
    await floor.later(70_000);
    await desk.poll();
    const until = Math.floor(floor.server.world.clock() / 300_000) * 300;
    const so = until - Math.floor(began / 1000);
    assert.ok(so >= 300);
    assert.deepEqual(await rested(), ['0', String(so), '0'], 'it counts when it is over, and is no part of an average before');
    assert.deepEqual(await agent(desk, ['IDX_DURATION_AGENT_REST'], { mediaType: 53 }), { IDX_DURATION_AGENT_REST: String(so) }, 'of whichever medium');
    const parts = async (): Promise<unknown> => (await agent(desk, ['IDX_DURATION_AGENT_REST'], { timeGrain: '15MIN' }))['IDX_DURATION_AGENT_REST'];
    const earlier = await parts() as Record<string, string>;
    assert.equal(sumOf(earlier), so);
    await desk.client.call(cancelRest, { agentid: desk.workNo });
    const lasted = Math.floor(floor.server.world.clock() / 1000) - Math.floor(began / 1000);
    assert.deepEqual(await parts(), earlier, 'when it is over, and the five minutes are not');
    await settled(floor);
    assert.deepEqual(await rested(), ['1', String(lasted), String(lasted)]);
    const later = await parts() as Record<string, string>;
    const [last] = Object.keys(earlier).toSorted().toReversed();
    for (const [part, seconds] of Object.entries(earlier)) assert.ok(part === last ? Number(later[part]) >= Number(seconds) : later[part] === seconds, part);
    assert.equal(sumOf(later), lasted);
  });

  test('is busy, a hold or a wrap-up of its own, each of its call and medium', async () => {
    await settled(floor);
    const { desk } = await floor.talking({ autoenteridle: false });
    await desk.client.call(holdCall, { agentid: desk.workNo });
    await fiveMinutes(desk);
    assert.deepEqual(await told(desk), { DURATION_HOLD: 300 });
    assert.deepEqual(await told(desk, { mediaType: 53 }), {}, 'the call was none of these');
    await desk.client.call(getHold, { agentid: desk.workNo });
    // The wrap-up of the queue lasts for 5 seconds, of which 3 are over with the five minutes.
    await fiveMinutes(desk, 3000);
    await desk.client.call(releaseCall, { agentid: desk.workNo });
    await floor.later(3000);
    const held = { COUNT_HOLD: 1, DURATION_HOLD: 300, DURATION_AVG_HOLD: 300 };
    assert.deepEqual(await told(desk), { ...held, DURATION_COLLATION: 3, DURATION_COLLATION_CALL_IN: 3 });
    await floor.later(3000);
    await desk.client.call(sayBusy, { agentid: desk.workNo });
    await fiveMinutes(desk, 3000);
    assert.deepEqual(await told(desk), {
      ...held, COUNT_COLLATION: 1, DURATION_COLLATION: 5, DURATION_AVG_COLLATION: 5, COUNT_COLLATION_CALL_IN: 1, DURATION_COLLATION_CALL_IN: 5, DURATION_AVG_COLLATION_CALL_IN: 5,
      DURATION_SET_BUSY: 297,
    });
  });
});
