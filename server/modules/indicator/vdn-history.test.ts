import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { sayBusy } from '@parley/contract/gateway/agent-state.ts';
import { callOut } from '@parley/contract/gateway/call-dial.ts';
import { releaseCall } from '@parley/contract/gateway/call-release.ts';
import { cmsHisIndexIvr, cmsHisIndexVdn } from '@parley/contract/monitoring/history.ts';
import { VDN_INDICATORS } from '@parley/core/indicator/vdn.ts';
import { openLiveFloor, type LiveFloor } from '../../testing/live-floor.ts';
import { describeOperation } from '../../testing/operation-test.ts';
import { byCode, codeOf, flowAt, grown, type Told } from './figures.fixture.ts';

let floor: LiveFloor;
before(async () => { floor = await openLiveFloor({ inTheMorning: true }); });
after(() => floor.server.close());
afterEach(() => floor.clear());

const COUNTS = VDN_INDICATORS.all.filter(({ code, grain }) => grain === 'either' && code.includes('_COUNT_')).map(({ code }) => code);

const vdn = async (indexIds: readonly string[] = COUNTS, more: object = {}): Promise<Told> =>
  byCode(await floor.tenant.monitor.ask(cmsHisIndexVdn, { vdnIds: [floor.tenant.vdnId], indexIds: [...indexIds], ...more }));
const ivr = async (flow: number, indexIds: readonly string[], more: object = {}): Promise<Told> =>
  byCode(await floor.tenant.monitor.ask(cmsHisIndexIvr, { vdn: floor.tenant.vdnId, serviceNos: [flow], indexIds: [...indexIds], ...more }));

async function talk(ms: number, from?: string): Promise<void> {
  const desk = await floor.agent();
  await floor.customer(from);
  await desk.until('AgentEvent_Talking');
  await floor.later(ms);
  await desk.client.call(releaseCall, { agentid: desk.workNo });
  await floor.clear();
}

/** Nobody answers. */
async function giveUp(ms: number, from?: string): Promise<void> {
  const desk = await floor.agent();
  await desk.client.call(sayBusy, { agentid: desk.workNo });
  const { party } = await floor.customer(from);
  await floor.later(ms);
  party.hangUp();
  await floor.clear();
}

describeOperation(cmsHisIndexVdn, {
  example: async () => {
    const start = await vdn();
    await talk(20_000);
    assert.deepEqual(grown(start, await vdn()), {
      IDX_COUNT_INBOUND_CALL: 1, IDX_COUNT_INBOUND_CONNECTED: 1, IDX_COUNT_AGENT_INBOUND: 1, IDX_COUNT_AGENT_INBOUND_CONNECTED: 1,
      IDX_COUNT_SYSTEM_INBOUND: 1, IDX_COUNT_SYSTEM_IN_SUCC: 1, IDX_COUNT_AGENT_ASSIGNED: 1,
    });
    const { IDX_COUNT_TOTAL_CALL: parts } = await vdn(['IDX_COUNT_TOTAL_CALL'], { timeGrain: '60MIN' });
    assert.match(Object.keys(parts as object)[0] ?? '', /^\d{4}-\d\d-\d\d \d\d:00:00\.0$/);
  },
  badInput: async () => {
    const refused = (changes: object, client = floor.tenant.monitor) => codeOf(client, cmsHisIndexVdn, { vdnIds: [floor.tenant.vdnId], indexIds: COUNTS, ...changes });
    const other = await floor.server.tenant();
    assert.equal(await refused({ indexIds: ['IDX_COUNT_TOTAL_CALL'] }), '0100002', 'by parts of the day alone');
    assert.equal(await refused({ indexIds: ['IDX_DURATION_AVG_WAIT'], timeGrain: '15MIN' }), '0100002', 'not by parts of the day');
    assert.equal(await refused({ vdnIds: [] }), '0100002');
    assert.equal(await refused({ vdnIds: Array.from({ length: 101 }, (_, index) => index + 1) }), '0100002');
    assert.equal(await refused({ anonyCall: 2 }), '0100002');
    assert.equal(await refused({ vdnIds: [floor.tenant.vdnId, other.vdnId] }), '0101003', 'not even one of another tenant');
    assert.equal(await refused({}, other.monitor), '0101003');
  },
  effect: async () => {
    const start = await vdn();
    const desk = await floor.agent();
    await desk.client.call(callOut, { agentid: desk.workNo, called: '40040' });
    await desk.until('AgentEvent_Talking');
    await floor.later(5000);
    await desk.client.call(releaseCall, { agentid: desk.workNo });
    await floor.clear();
    await giveUp(4000);
    assert.deepEqual(grown(start, await vdn()), {
      IDX_COUNT_OUTBOUND_CALL: 1, IDX_COUNT_OUTBOUND_CONNECTED: 1, IDX_COUNT_AGENT_OUTBOUND_CONNECTED: 1, IDX_COUNT_INBOUND_CALL: 1, IDX_COUNT_SYSTEM_INBOUND: 1,
    });
  },
});

describe('figures of a tenant', () => {
  test('of one that the key is not for are refused, of all told to a key for all', async () => {
    const other = await floor.server.tenant();
    const all = await floor.server.overseer.ask(cmsHisIndexVdn, { vdnIds: [other.vdnId, floor.tenant.vdnId], indexIds: ['IDX_COUNT_INBOUND_CALL'] });
    assert.deepEqual(all.map(({ id }) => id), [String(other.vdnId), String(floor.tenant.vdnId)]);
    assert.equal(all[0]?.idxs[0]?.val, '0');
  });

  test('can be of those calls alone whose number was withheld, or which came to one number', async () => {
    const NAMES = ['IDX_COUNT_INBOUND_CALL', 'IDX_COUNT_AGENT_INBOUND_CONNECTED', 'IDX_COUNT_OUTBOUND_CALL'];
    const asked = (more: object) => vdn(NAMES, more);
    const [all, hidden, shown] = [await asked({}), await asked({ anonyCall: 1 }), await asked({ anonyCall: 0 })];
    const [here, bothWays, elsewhere] = [await asked({ calleeNo: floor.number }), await asked({ calleeNo: floor.number, anonyCall: 1 }), await asked({ calleeNo: '1' })];
    await talk(3000, 'anonymous');
    await talk(3000);
    const one = { IDX_COUNT_INBOUND_CALL: 1, IDX_COUNT_AGENT_INBOUND_CONNECTED: 1 };
    const two = { IDX_COUNT_INBOUND_CALL: 2, IDX_COUNT_AGENT_INBOUND_CONNECTED: 2 };
    assert.deepEqual(grown(hidden, await asked({ anonyCall: 1 })), one);
    assert.deepEqual(grown(shown, await asked({ anonyCall: 0 })), one);
    assert.deepEqual(grown(here, await asked({ calleeNo: floor.number })), two);
    assert.deepEqual(grown(bothWays, await asked({ calleeNo: floor.number, anonyCall: 1 })), one);
    assert.deepEqual(grown(elsewhere, await asked({ calleeNo: '1' })), {});
    assert.deepEqual(grown(all, await asked({})), two);
    assert.equal((await asked({ calleeNo: '1' }))['IDX_COUNT_OUTBOUND_CALL'], all['IDX_COUNT_OUTBOUND_CALL'], 'calls to the outside are not restricted');
  });

  test('tell how long those calls were talked in that were served, and no others', async () => {
    const { number, calls } = await flowAt(floor);
    const lost = await calls();
    await floor.later(70_000);
    const busy = await floor.agent();
    await busy.client.call(sayBusy, { agentid: busy.workNo });
    await lost.leadsTo({ kind: 'queue', queue: floor.queue });
    await floor.later(4000);
    await lost.hangUp();
    await floor.clear();
    for (const seconds of [10, 6]) {
      const desk = await floor.agent();
      const caller = await calls();
      // The talk of a call is all of it, wherever and however long before its end that was.
      await floor.later(2000);
      await caller.leadsTo({ kind: 'queue', queue: floor.queue });
      await desk.until('AgentEvent_Talking');
      await floor.later(seconds * 1000);
      await desk.client.call(releaseCall, { agentid: desk.workNo });
      await floor.clear();
    }
    const names = ['IDX_COUNT_INBOUND_CALL', 'IDX_COUNT_INBOUND_CONNECTED', 'IDX_DURATION_AVG_CONNECTED'];
    assert.deepEqual(await vdn(names, { calleeNo: number }), { IDX_COUNT_INBOUND_CALL: '3', IDX_COUNT_INBOUND_CONNECTED: '2', IDX_DURATION_AVG_CONNECTED: '10' });
  });

  test('are of the medium that is asked for', async () => {
    const start = await vdn(['IDX_COUNT_INBOUND_CALL'], { mediaType: 53 });
    const voice = await vdn(['IDX_COUNT_INBOUND_CALL'], { mediaType: 5 });
    await talk(1000);
    assert.deepEqual(grown(start, await vdn(['IDX_COUNT_INBOUND_CALL'], { mediaType: 53 })), {});
    assert.deepEqual(grown(voice, await vdn(['IDX_COUNT_INBOUND_CALL'], { mediaType: 5 })), { IDX_COUNT_INBOUND_CALL: 1 });
  });
});

const FLOW_COUNTS = ['IVR_INBOUND_CALL', 'IVR_INBOUND_CONNECTED', 'IVR_ABANDONED_CALL', 'IVR_INBOUND_FLOWOUT', 'IVR_INBOUND_USER_ABORT', 'IVR_TO_AGENT'].map((name) => `IDX_COUNT_${name}`);

describeOperation(cmsHisIndexIvr, {
  example: async () => {
    const { flow, calls } = await flowAt(floor);
    const start = await vdn();
    const caller = await calls();
    await floor.later(20_000);
    await caller.leadsTo({ kind: 'done' });
    assert.deepEqual(await ivr(flow, [...FLOW_COUNTS, 'IDX_DURATION_AVG_IVR_CONNECTED', 'IDX_RATE_IVR_INBOUND_CONNECTED']), {
      IDX_COUNT_IVR_INBOUND_CALL: '1', IDX_COUNT_IVR_INBOUND_CONNECTED: '1', IDX_COUNT_IVR_ABANDONED_CALL: '0', IDX_COUNT_IVR_INBOUND_FLOWOUT: '0',
      IDX_COUNT_IVR_INBOUND_USER_ABORT: '0', IDX_COUNT_IVR_TO_AGENT: '0', IDX_DURATION_AVG_IVR_CONNECTED: '20', IDX_RATE_IVR_INBOUND_CONNECTED: '100.00',
    });
    assert.deepEqual(grown(start, await vdn()), {
      IDX_COUNT_INBOUND_CALL: 1, IDX_COUNT_INBOUND_CONNECTED: 1, IDX_COUNT_IVR_INBOUND: 1, IDX_COUNT_IVR_INBOUND_CONNECTED: 1, IDX_UNIQUE_COUNT_IVR_INBOUND: 1,
      IDX_UNIQUE_COUNT_IVR_INBOUND_CONNECTED: 1, IDX_COUNT_IVR_ONLY_INBOUND: 1, IDX_COUNT_IVR_ONLY_INBOUND_CONNECTED: 1, IDX_COUNT_SYSTEM_INBOUND: 1, IDX_COUNT_SYSTEM_IN_SUCC: 1,
    });
  },
  badInput: async () => {
    const refused = (changes: object, client = floor.tenant.monitor) => codeOf(client, cmsHisIndexIvr, { vdn: floor.tenant.vdnId, serviceNos: [1], indexIds: FLOW_COUNTS, ...changes });
    const other = await floor.server.tenant();
    assert.equal(await refused({ indexIds: ['IDX_COUNT_INBOUND_CALL'] }), '0100002');
    assert.equal(await refused({ serviceNos: [] }), '0100002');
    assert.equal(await refused({ serviceNos: Array.from({ length: 501 }, (_, index) => index) }), '0100002');
    assert.equal(await refused({ enableOffset: 'X' }), '0100002');
    assert.equal(await refused({}, other.monitor), '0101003');
  },
  effect: async () => {
    const { flow, calls } = await flowAt(floor);
    const desk = await floor.agent();
    const caller = await calls();
    await floor.later(7000);
    await caller.leadsTo({ kind: 'queue', queue: floor.queue });
    await desk.until('AgentEvent_Talking');
    await floor.later(2000);
    await desk.client.call(releaseCall, { agentid: desk.workNo });
    const other = await calls();
    await floor.later(3000);
    await other.hangUp();
    assert.deepEqual(await ivr(flow, FLOW_COUNTS), {
      IDX_COUNT_IVR_INBOUND_CALL: '2', IDX_COUNT_IVR_INBOUND_CONNECTED: '2', IDX_COUNT_IVR_ABANDONED_CALL: '0', IDX_COUNT_IVR_INBOUND_FLOWOUT: '1',
      IDX_COUNT_IVR_INBOUND_USER_ABORT: '1', IDX_COUNT_IVR_TO_AGENT: '1',
    });
    assert.deepEqual(await ivr(flow, FLOW_COUNTS, { enableOffset: 'Y' }), Object.fromEntries(FLOW_COUNTS.map((code) => [code, '0'])), 'yesterday there was none');
  },
});
