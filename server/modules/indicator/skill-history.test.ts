import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { cancelBusy, sayBusy } from '@parley/contract/gateway/agent-state.ts';
import { releaseCall } from '@parley/contract/gateway/call-release.ts';
import { cmsHisIndexSkill } from '@parley/contract/monitoring/history.ts';
import { describeOperation } from '../../testing/operation-test.ts';
import { openLiveFloor, type LiveFloor } from '../../testing/live-floor.ts';

let floor: LiveFloor;
before(async () => { floor = await openLiveFloor({ inTheMorning: true }); });
after(() => floor.server.close());
afterEach(() => floor.clear());

const NAMES = ['REQUEST', 'INCOMING_CALL', 'CONNECTED', 'ABANDON', 'LOST_RING', 'SYSTEM_LOST', 'USER_ABANDON'].map((name) => `IDX_COUNT_SKILL_${name}`);

async function figures(indexIds: readonly string[] = NAMES, more: object = {}, client = floor.tenant.monitor): Promise<Readonly<Record<string, unknown>>> {
  const [queue, ...others] = await client.ask(cmsHisIndexSkill, { vdn: floor.tenant.vdnId, skillIds: [floor.queue], indexIds: [...indexIds], ...more });
  assert.deepEqual([queue?.id, others], [String(floor.queue), []]);
  return Object.fromEntries(queue?.idxs.map(({ id, val }) => [id.replace(/^IDX_(COUNT|DURATION|RATE)_SKILL_/, ''), val]) ?? []);
}

const refusal = async (changes: object, client = floor.tenant.monitor): Promise<unknown> =>
  (await client.call(cmsHisIndexSkill, { vdn: floor.tenant.vdnId, skillIds: [floor.queue], indexIds: NAMES, ...changes })).body['resultCode'];

/** What has come on top. */
const grown = (then: Readonly<Record<string, unknown>>, now: Readonly<Record<string, unknown>>): object =>
  Object.fromEntries(Object.keys(now).flatMap((name) => (Number(now[name]) === Number(then[name]) ? [] : [[name, Number(now[name]) - Number(then[name])]])));

describeOperation(cmsHisIndexSkill, {
  example: async () => {
    const start = await figures();
    const { desk } = await floor.talking();
    await floor.later(5000);
    await desk.client.call(releaseCall, { agentid: desk.workNo });
    assert.deepEqual(grown(start, await figures()), { REQUEST: 1, INCOMING_CALL: 1, CONNECTED: 1 });
    const parts = await figures(['IDX_COUNT_SKILL_REQUEST'], { timeGrain: '15MIN' });
    const [time] = Object.keys(parts['REQUEST'] as object);
    assert.match(time ?? '', /^\d{4}-\d\d-\d\d \d\d:(00|15|30|45):00\.0$/);
  },
  badInput: async () => {
    const other = await floor.server.tenant();
    assert.equal(await refusal({ indexIds: ['IDX_NO_SUCH'] }), '0100002');
    assert.equal(await refusal({ indexIds: ['IDX_COUNT_SKILL_ABANDON_IN_20'], timeGrain: '15MIN' }), '0100002', 'not by parts of a day');
    assert.equal(await refusal({ skillIds: [] }), '0100002');
    assert.equal(await refusal({ skillIds: Array.from({ length: 1001 }, () => 1) }), '0100002');
    assert.equal(await refusal({ timeGrain: '10MIN' }), '0100002');
    assert.equal(await refusal({}, other.monitor), '0101003');
  },
  effect: async () => {
    const start = await figures();
    const desk = await floor.agent();
    await desk.client.call(sayBusy, { agentid: desk.workNo });
    const { party } = await floor.customer();
    await floor.later(4000);
    party.hangUp();
    assert.deepEqual(grown(start, await figures()), { REQUEST: 1, INCOMING_CALL: 1, ABANDON: 1, USER_ABANDON: 1 });
  },
});

describe('figures of a queue', () => {
  test('tell the durations of what was waited, rung and talked', async () => {
    const names = ['ALL_QUEUE', 'ALL_ACK', 'CONNECTED', 'AVG_CONNECTED'].map((name) => `IDX_DURATION_SKILL_${name}`);
    const start = await figures(names);
    const desk = await floor.agent();
    await desk.client.call(sayBusy, { agentid: desk.workNo });
    const { party } = await floor.customer();
    await floor.later(12_000);
    await desk.client.call(cancelBusy, { agentid: desk.workNo });
    await desk.until('AgentEvent_Talking');
    await floor.later(40_000);
    party.hangUp();
    await floor.server.settle();
    const { ALL_QUEUE, ALL_ACK, CONNECTED } = grown(start, await figures(names)) as Record<string, number>;
    assert.deepEqual([ALL_QUEUE, ALL_ACK ?? 0, CONNECTED], [12, 0, 40]);
  });

  test('are the same before they are settled, when they are, and when that is done again', async () => {
    const names = [...NAMES, 'IDX_COUNT_SKILL_CONNECTED_IN_(5)', 'IDX_DURATION_SKILL_MAX_QUEUE_ACK', 'IDX_RATE_SKILL_CONNECTED'];
    const { desk } = await floor.talking();
    await floor.later(3000);
    await desk.client.call(releaseCall, { agentid: desk.workNo });
    const parts = await figures(names.slice(0, 3), { timeGrain: '60MIN' });
    const live = await figures(names);
    await floor.later(6 * 60_000);
    assert.deepEqual(await figures(names), live, 'by five minutes');
    await floor.later(15 * 60_000);
    assert.deepEqual(await figures(names), live, 'by quarters of an hour');
    assert.deepEqual(await figures(names.slice(0, 3), { timeGrain: '60MIN' }), parts);
    floor.server.fire('figures');
    await floor.server.jobsDone();
    assert.deepEqual(await figures(names), live);
  });
});
