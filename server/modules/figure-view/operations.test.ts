import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { listFigures, listIndicators } from '@parley/contract/admin/figure.ts';
import type { Client } from '@parley/contract/client.ts';
import { releaseCall } from '@parley/contract/gateway/call-release.ts';
import { cmsHisIndexSkill } from '@parley/contract/monitoring/history.ts';
import type { Input } from '@parley/contract/operation.ts';
import { dateIn, dayOf } from '@parley/core/time/zone.ts';
import { agentSession } from '../../testing/agent-session.ts';
import { openLiveFloor, type LiveFloor } from '../../testing/live-floor.ts';
import { describeOperation } from '../../testing/operation-test.ts';
import { TEST_ZONE } from '../../testing/server.ts';

let floor: LiveFloor;
let supervisor: Client;
before(async () => {
  floor = await openLiveFloor({ inTheMorning: true });
  supervisor = await floor.server.signedIn(floor.tenant.vdnId, 'supervisor');
});
after(() => floor.server.close());
afterEach(() => floor.clear());

const REQUEST = 'IDX_COUNT_SKILL_REQUEST';
const RATE = 'IDX_RATE_SKILL_CONNECTED';
const DAY_MS = 86_400_000;

type Asked = Partial<Input<typeof listFigures>>;
const figures = (asked: Asked = {}, client = supervisor) => client.ask(listFigures, { of: 'queue', codes: `${REQUEST},${RATE}`, ids: String(floor.queue), ...asked });
const statusOf = async (asked: object, client = supervisor): Promise<number> => (await client.call(listFigures, { of: 'queue', codes: REQUEST, ...asked } as never)).status;
const requests = async (asked: Asked = {}): Promise<number> => Number((await figures(asked)).figures[0]?.parts[0]?.values[0]);

async function talk() {
  const { desk } = await floor.talking();
  await floor.later(4000);
  await desk.client.call(releaseCall, { agentid: desk.workNo });
  await floor.leave(desk);
  return desk;
}

describeOperation(listFigures, {
  example: async () => {
    await talk();
    const { codes, from, to, figures: [queue] } = await figures();
    const today = dayOf(TEST_ZONE, dateIn(TEST_ZONE, floor.server.world.clock()));
    assert.deepEqual([codes, from, to], [[REQUEST, RATE], today.from, today.to]);
    assert.deepEqual(queue, { id: floor.queue, name: 'sales', parts: [{ at: today.from, values: ['1', '100.00'] }] });
  },
  badInput: async () => {
    const now = floor.server.world.clock();
    for (const wrong of [
      { codes: 'IDX_NONE' }, { codes: ',' }, { ids: 'x' }, { ids: '1,,2' }, { of: 'people' }, { parts: '5MIN' }, { from: 2, to: 1 }, { from: now + DAY_MS }, { from: now - 400 * DAY_MS },
      { from: now - 200 * DAY_MS, parts: 'day' }, { from: now - 300 * DAY_MS, parts: '15MIN', codes: `${REQUEST},${REQUEST},${REQUEST},${REQUEST}` }, { codes: 'IDX_COUNT_SKILL_ABANDON_IN_20', parts: '60MIN' },
      { from: 8.64e15 },
    ]) assert.equal(await statusOf(wrong), 400, JSON.stringify(wrong));
    assert.equal(await statusOf({ of: 'tenant', codes: 'IDX_COUNT_INBOUND_CALL', ids: '4999' }), 403);
    assert.equal(await statusOf({}, floor.server.anyone), 401);
  },
  effect: async () => {
    const first = await requests();
    await talk();
    assert.equal(await requests(), first + 1);
    const [same] = await floor.tenant.monitor.ask(cmsHisIndexSkill, { vdn: floor.tenant.vdnId, skillIds: [floor.queue], indexIds: [REQUEST] });
    assert.equal(Number(same?.idxs[0]?.val), first + 1, 'as 12.3.2.4 tells it');
  },
});

describe('figures', () => {
  test('are told by parts in which there is something to count, and of days of the tenant', async () => {
    await talk();
    const now = floor.server.world.clock();
    const quarters = (await figures({ parts: '15MIN' })).figures[0]?.parts ?? [];
    assert.ok(quarters.length > 0 && quarters.every(({ at }) => at % 900_000 === 0));
    assert.equal(quarters.reduce((sum, { values: [value] }) => sum + Number(value), 0), await requests());
    const { from } = dayOf(TEST_ZONE, dateIn(TEST_ZONE, now));
    const days = (await figures({ parts: 'day', from: from - 3 * DAY_MS })).figures[0]?.parts ?? [];
    assert.deepEqual(days.map(({ at, values: [value] }) => [at, Number(value)]), [[from, await requests()]]);
    assert.equal(await requests({ from: from - DAY_MS, to: from }), 0);
  });

  test('are those of everybody, where nobody is named', async () => {
    const desk = await talk();
    const agents = await supervisor.ask(listFigures, { of: 'agent', codes: 'IDX_COUNT_AGENT_CONNECTED' });
    assert.deepEqual(agents.figures.find(({ id }) => id === desk.workNo)?.parts[0]?.values, ['1']);
    assert.notEqual(agents.figures[0]?.name, '');
    const tenant = await supervisor.ask(listFigures, { of: 'tenant', codes: 'IDX_COUNT_INBOUND_CALL' });
    assert.deepEqual([tenant.figures.length, tenant.figures[0]?.id], [1, floor.tenant.vdnId]);
    assert.deepEqual((await supervisor.ask(listFigures, { of: 'flow', codes: 'IDX_COUNT_IVR_INBOUND_CALL' })).figures, []);
  });

  test('are shown to agents of themselves alone, and to nobody of another tenant', async () => {
    const desk = await talk();
    const { client } = await agentSession(floor.server, floor.tenant.vdnId, desk.workNo);
    const own = await client.ask(listFigures, { of: 'agent', codes: 'IDX_COUNT_AGENT_CONNECTED' });
    assert.deepEqual(own.figures.map(({ id, parts }) => [id, parts[0]?.values]), [[desk.workNo, ['1']]]);
    for (const asked of [{ of: 'agent', ids: String(desk.workNo - 1), codes: 'IDX_COUNT_AGENT_CONNECTED' }, { of: 'queue' }, { of: 'tenant', codes: 'IDX_COUNT_INBOUND_CALL' }]) {
      assert.equal(await statusOf(asked, client), 403, JSON.stringify(asked));
    }
    const other = await floor.server.tenant();
    assert.deepEqual((await figures({}, other.administrator)).figures[0]?.parts[0]?.values, ['0', '0']);
  });
});

describeOperation(listIndicators, {
  example: async () => {
    const { indicators, timeZone } = await supervisor.ask(listIndicators, { of: 'queue' });
    assert.equal(timeZone, TEST_ZONE);
    assert.deepEqual(indicators.find(({ code }) => code === REQUEST), { of: 'queue', code: REQUEST, settled: false, inParts: true, whole: true });
  },
  badInput: async () => {
    assert.equal((await supervisor.call(listIndicators, { of: 'people' as never })).status, 400);
  },
  effect: async () => {
    const { indicators } = await supervisor.ask(listIndicators, {});
    assert.ok(indicators.length > 150, `${indicators.length} indicators`);
    for (const subject of ['queue', 'agent', 'tenant', 'flow'] as const) {
      const codes = indicators.filter((one) => one.of === subject && one.whole).map(({ code }) => code);
      const { figures: told } = await supervisor.ask(listFigures, { of: subject, codes: codes.join(','), ids: String(subject === 'tenant' ? floor.tenant.vdnId : 1) });
      assert.equal(told[0]?.parts[0]?.values.length, codes.length, 'each of them can be asked for');
    }
  },
});
