import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { releaseCall } from '@parley/contract/gateway/call-release.ts';
import { sayBusy } from '@parley/contract/gateway/agent-state.ts';
import type { Client } from '@parley/contract/client.ts';
import { ctiSysIndex, uapPerfIndex, uapQueryPerfInfo, uapQueryTerminalStatus, uapTerminalIndex } from '@parley/contract/monitoring/system.ts';
import type { Operation, OperationParts } from '@parley/contract/operation.ts';
import { cmsTotalAgentState } from '@parley/contract/monitoring/vdn-live.ts';
import { CAUSE } from '@parley/core/call/call.ts';
import type { TSchema } from 'typebox';
import { describeOperation } from '../../testing/operation-test.ts';
import { FIVE_MS, openMeasuredFloor, utc, type MeasuredFloor } from './switch.fixture.ts';

let measured: MeasuredFloor;
before(async () => { measured = await openMeasuredFloor(); });
after(() => measured.floor.server.close());
afterEach(() => measured.floor.clear());

const DAY_MS = 86_400_000;
const overseer = (): Client => measured.floor.server.overseer;
const during = (from: number, to = from) => ({ beginDate: utc(from), endDate: utc(to) });
const now = (): number => measured.floor.server.world.clock();

/** Holds an operation to its refusals. */
async function assertRefusals<Parts extends OperationParts, R extends TSchema>(op: Operation<Parts, R>, bad: readonly object[]): Promise<void> {
  const good = during(now() - DAY_MS, now());
  const codeOf = async (input: object, client = overseer()): Promise<unknown> => (await client.call(op, input as never) as { readonly body: { readonly resultCode: unknown } }).body.resultCode;
  assert.equal(await codeOf(good), '0100000');
  assert.equal(await codeOf(good, measured.floor.tenant.monitor), '0101003', 'keys of tenants');
  assert.equal(await codeOf({ ...good, ccId: 65_000 }), '0101003');
  assert.equal(await codeOf(during(now() - 31 * DAY_MS, now())), '0100000', '31 days');
  for (const wrong of [
    during(now() - 31 * DAY_MS - 1000, now()), during(now(), now() - 1000), during(now() + 60_000, now() + 120_000),
    { beginDate: '2021-02-30 00:00:00', endDate: '2021-03-01 00:00:00' }, { beginDate: '2021-02-03', endDate: '2021-02-04' }, { endDate: utc(now()) }, { ...good, limit: 0 }, { ...good, limit: 1001 },
    ...bad.map((one) => ({ ...good, ...one })),
  ]) assert.equal(await codeOf(wrong), '0100002', JSON.stringify(wrong));
}

describeOperation(uapPerfIndex, {
  example: async () => {
    await measured.fiveMinutesLater();
    const { leg } = await measured.byTrunk();
    await measured.answer(leg);
    const { leg: other } = await measured.byTrunk();
    await measured.rig.drop(leg, CAUSE.released);
    await measured.rig.drop(other, CAUSE.unanswered);
    const from = await measured.fiveMinutesLater();
    const { data, count } = await overseer().ask(uapPerfIndex, { ...during(from), ccId: 1, ofcNo: 1 });
    assert.deepEqual([data, count], [[{
      beginTime: String(from), ccId: 1, uapIP: '127.0.0.1', uapIp: '127.0.0.1', ofcNo: 1, systemInBound: 2, systemInSucc: 1, systemCallRate: 50,
    }], 1]);
  },
  badInput: () => assertRefusals(uapPerfIndex, [{ ofcNo: ['x'] }, { ofcNo: 70_000 }]),
  effect: async () => {
    const first = await measured.fiveMinutesLater();
    const { leg } = await measured.byTrunk();
    await measured.rig.drop(leg, CAUSE.released);
    const second = await measured.fiveMinutesLater();
    const [office] = (await overseer().ask(uapQueryPerfInfo, {}))['127.0.0.1#0'] ?? [];
    assert.equal(office?.ST0, '0', 'that of our phones');
    const told = async (more: object = {}) => (await overseer().ask(uapPerfIndex, { ...during(first, second), ...more })).data.map(({ beginTime, ofcNo, systemInBound }) => [Number(beginTime), ofcNo, systemInBound]);
    assert.deepEqual(await told(), [[first, 0, 0], [first, 1, 0], [second, 0, 0], [second, 1, 1]], 'in the order of time and of the offices');
    assert.deepEqual(await told({ ofcNo: [1], limit: 1, offset: 1 }), [[second, 1, 1]]);
    assert.deepEqual(await told({ uapIP: '127.0.0.1', ofcNo: [0] }), [[first, 0, 0], [second, 0, 0]]);
    assert.deepEqual(await told({ uapIP: '192.0.2.1' }), []);
  },
});

describeOperation(uapTerminalIndex, {
  example: async () => {
    const from = await measured.fiveMinutesLater();
    assert.deepEqual(await overseer().ask(uapTerminalIndex, { ...during(from), uapIP: '127.0.0.1' }), {
      count: 1, data: [{ beginTime: String(from), ccId: 1, uapIp: '127.0.0.1', agentOnlineCount: 0 }],
    });
  },
  badInput: () => assertRefusals(uapTerminalIndex, []),
  effect: async () => {
    const { phone } = await measured.floor.agent();
    const empty = await measured.fiveMinutesLater();
    measured.rig.register(phone);
    const from = await measured.fiveMinutesLater();
    assert.equal((await overseer().ask(uapQueryTerminalStatus, { EID: phone })).data['127.0.0.1#0']?.[0]?.registerStatus, 'registered');
    const { data } = await overseer().ask(uapTerminalIndex, during(empty, from));
    assert.deepEqual(data.map(({ agentOnlineCount }) => agentOnlineCount), [0, 1]);
  },
});

const tenantIn = async (from: number, more: object = {}) => (await overseer().ask(ctiSysIndex, { ...during(from), vdn: [measured.floor.tenant.vdnId], ...more })).data[0];

describeOperation(ctiSysIndex, {
  example: async () => {
    const { floor } = measured;
    await measured.fiveMinutesLater();
    const { desk } = await floor.talking({ autoenteridle: true });
    await floor.later(5000);
    await desk.client.call(releaseCall, { agentid: desk.workNo });
    await desk.client.call(sayBusy, { agentid: desk.workNo });
    const { party } = await floor.customer();
    party.hangUp();
    await floor.talking();
    await floor.agent();
    const from = await measured.fiveMinutesLater();
    const { vdnId: vdn } = floor.tenant;
    const told = await tenantIn(from, { ccId: 1 });
    assert.deepEqual([told?.beginTime, told?.ccId, told?.vdn, told?.onlineAgentNums, told?.talkingNums, told?.ideaAgentNum, told?.busyNums, told?.restNums], [String(from), 1, vdn, 3, 1, 1, 1, 0]);
    assert.deepEqual([told?.incallNums, told?.inCallNums, told?.rateNum, told?.callRate, told?.callOutNums], [2, 2, 1, 50, 0], 'of those that are over');
  },
  badInput: async () => {
    await assertRefusals(ctiSysIndex, [{ vdn: ['x'] }, { vdn: Array.from({ length: 101 }, (_, index) => index + 1) }]);
    for (const wrong of [{ vdn: [4999] }, { vdn: [measured.floor.tenant.vdnId, 4999], ccId: 1 }]) {
      assert.equal((await overseer().call(ctiSysIndex, { ...during(now()), ...wrong })).body['resultCode'], '0101003');
    }
  },
  effect: async () => {
    const { floor } = measured;
    await measured.fiveMinutesLater();
    const { desk } = await floor.talking({ autoenteridle: true });
    const first = await measured.fiveMinutesLater();
    assert.deepEqual((await floor.tenant.monitor.ask(cmsTotalAgentState, { vdn: floor.tenant.vdnId })).filter(({ state }) => state === 5).map(({ agentId }) => agentId), [desk.workNo]);
    const talking = await tenantIn(first);
    assert.deepEqual([talking?.onlineAgentNums, talking?.talkingNums, talking?.ideaAgentNum, talking?.incallNums], [1, 1, 0, 0]);
    await desk.client.call(releaseCall, { agentid: desk.workNo });
    const second = await measured.fiveMinutesLater();
    const over = await tenantIn(second);
    assert.deepEqual([over?.talkingNums, over?.incallNums, over?.rateNum, over?.callRate], [0, 1, 1, 100]);
  },
});

describe('five-minute samples', () => {
  test('are of no tenant in which nothing goes on', async () => {
    await measured.fiveMinutesLater();
    const from = await measured.fiveMinutesLater();
    assert.deepEqual(await overseer().ask(ctiSysIndex, during(from)), { count: 0, data: [] });
  });

  test('are taken once, however often that is tried, and kept for 32 days', async () => {
    const { server } = measured.floor;
    const from = await measured.fiveMinutesLater();
    const count = async () => (await server.world.db.selectFrom('system_sample').select('at').where('at', '=', from).execute()).length;
    const first = await count();
    assert.ok(first > 0);
    server.fire('system-samples');
    await server.jobsDone();
    assert.equal(await count(), first);
    server.advance(31 * DAY_MS);
    server.fire('system-samples');
    await server.jobsDone();
    assert.ok(await count() > 0);
    server.advance(2 * DAY_MS + FIVE_MS);
    server.fire('system-samples');
    await server.jobsDone();
    assert.equal(await count(), 0);
  });
});
