import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { cancelBusy, sayBusy } from '@parley/contract/gateway/agent-state.ts';
import { holdCall, getHold } from '@parley/contract/gateway/call-hold.ts';
import { cmsAgentOprInfo } from '@parley/contract/monitoring/agent-operation.ts';
import { openDesk } from '../../testing/desk.ts';
import { openLiveFloor, type LiveFloor } from '../../testing/live-floor.ts';
import { describeOperation } from '../../testing/operation-test.ts';
import { utcOf, windowOf } from './window.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let floor: LiveFloor;
before(async () => { floor = await openLiveFloor(); });
after(() => floor.server.close());
afterEach(() => floor.clear());

const text = (at: number): string => new Date(at).toISOString().slice(0, 19).replace('T', ' ');
/** Whole quarters of an hour around now. */
function around(back = HOUR, ahead = HOUR): { readonly beginTime: string; readonly endTime: string } {
  const now = floor.server.world.clock();
  const quarter = now - (now % (15 * MINUTE));
  return { beginTime: text(quarter - back), endTime: text(quarter + ahead) };
}
const ask = (currentAgentId: number, more: object = {}, client = floor.tenant.monitor) => client.ask(cmsAgentOprInfo, { currentAgentId, ...around(), ...more });
const codeOf = async (currentAgentId: number, more: object = {}, client = floor.tenant.monitor): Promise<unknown> =>
  (await client.call(cmsAgentOprInfo, { currentAgentId, ...around(), ...more })).body['resultCode'];

describeOperation(cmsAgentOprInfo, {
  example: async () => {
    const desk = await floor.agent();
    await desk.client.call(sayBusy, { agentid: desk.workNo, reason: 201 });
    await floor.later(30_000);
    await desk.client.call(cancelBusy, { agentid: desk.workNo });
    const rows = await ask(desk.workNo);
    assert.deepEqual(rows.map(({ operateType }) => operateType), [1, 3], 'idle is not told');
    const [signIn, busy] = rows;
    assert.deepEqual([busy?.operateCause, busy?.operateObject, busy?.callId, busy?.phoneNo, busy?.vdn], [201, 65_535, '4294967295-4294967295', desk.phone, floor.tenant.vdnId]);
    assert.match(busy?.beginTime ?? '', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0000$/);
    assert.equal(Math.round((Date.parse(busy?.endTime ?? '') - Date.parse(busy?.beginTime ?? '')) / 1000), 30);
    assert.equal(signIn?.beginTime, signIn?.endTime);
    assert.equal(signIn?.logonSn, busy?.logonSn);
    assert.deepEqual((await ask(desk.workNo, { operateType: 1 })).map(({ id }) => id), [signIn?.id]);
    assert.deepEqual(await ask(desk.workNo, { operateType: 2 }), []);
  },
  badInput: async () => {
    const { workNo } = await floor.agent();
    const { beginTime } = around();
    const from = utcOf(beginTime) ?? 0;
    for (const wrong of [
      { endTime: text(from + 24 * HOUR + 15 * MINUTE) }, { endTime: text(from + 10 * MINUTE) }, { endTime: text(from) }, { endTime: text(from - HOUR) },
      { beginTime: text(from + 48 * HOUR), endTime: text(from + 49 * HOUR) }, { beginTime: 'yesterday' }, { endTime: '2026-02-30 00:00:00' },
      { operateType: 48 }, { operateType: 61 }, { operateType: -1 }, { currentAgentId: 100_000 },
    ]) assert.equal(await codeOf(workNo, wrong), '0100002', JSON.stringify(wrong));
    const other = await floor.server.tenant();
    for (const [client, more] of [[other.monitor, {}], [floor.tenant.monitor, { ccId: 65_000 }], [floor.tenant.monitor, { vdn: other.vdnId }], [floor.server.overseer, { currentAgentId: 99_998 }], [floor.server.overseer, { ccId: 65_000 }], [floor.tenant.monitor, { currentAgentId: 0 }]] as const) {
      assert.equal(await codeOf(workNo, more, client), '0101003', JSON.stringify(more));
    }
  },
  effect: async () => {
    const { desk, call } = await floor.talking();
    await desk.client.call(holdCall, { agentid: desk.workNo });
    await floor.later(5000);
    assert.deepEqual(await ask(desk.workNo, { operateType: 38 }), [], 'it goes on');
    await desk.client.call(getHold, { agentid: desk.workNo });
    const [hold] = await ask(desk.workNo, { operateType: 38 });
    assert.deepEqual([hold?.callId, hold?.currentSkillId, hold?.mediaType, hold?.callType, hold?.operateObject], [call, floor.queue, 5, 0, 65_535]);
  },
});

describe('what an agent did', () => {
  test('is told for a day, in text or numbers, and to a key for all tenants that names the tenant', async () => {
    const { workNo } = await floor.agent();
    for (const [client, more] of [
      [floor.tenant.monitor, around(23 * HOUR, HOUR)], [floor.tenant.monitor, { currentAgentId: String(workNo) }], [floor.server.overseer, { vdn: floor.tenant.vdnId }],
    ] as const) assert.deepEqual((await ask(workNo, more, client)).map(({ operateType }) => operateType), [1]);
  });

  test('is told to a key for all tenants by the work number alone, unless several have such an agent', async () => {
    const { workNo } = await floor.agent();
    assert.deepEqual((await ask(workNo, {}, floor.server.overseer)).map(({ operateType, vdn }) => [operateType, vdn]), [[1, floor.tenant.vdnId]]);
    const other = await floor.server.tenant();
    let namesake = await openDesk(floor.server, other);
    while (namesake.workNo < workNo) namesake = await openDesk(floor.server, other);
    const { body } = await floor.server.overseer.call(cmsAgentOprInfo, { currentAgentId: workNo, ...around() });
    assert.equal(body['resultCode'], '0100002');
    assert.match(String(body['resultDesc']), /2 tenants have an agent \d+; name the one that is meant by vdn/);
    assert.equal((await ask(workNo, { vdn: floor.tenant.vdnId }, floor.server.overseer)).length, 1);
    await floor.server.world.db.updateTable('vdn').set({ cc_id: 7 }).where('vdn_id', '=', other.vdnId).execute();
    assert.equal((await ask(workNo, {}, floor.server.overseer)).length, 1, 'the other one is in another contact centre');
  });

  test('is told where it ended, and nowhere else', async () => {
    const desk = await floor.agent();
    await desk.client.call(sayBusy, { agentid: desk.workNo });
    const earlier = around(2 * HOUR, 0);
    await floor.later(15 * MINUTE);
    await desk.client.call(cancelBusy, { agentid: desk.workNo });
    assert.equal((await ask(desk.workNo, { operateType: 3 })).length, 1);
    assert.deepEqual(await ask(desk.workNo, { ...earlier, operateType: 3 }), []);
  });

  test('is told of who has signed out, and why', async () => {
    const desk = await floor.agent();
    await floor.leave(desk);
    await floor.server.settle();
    assert.deepEqual((await ask(desk.workNo)).map(({ operateType, operateCause }) => [operateType, operateCause]), [[1, 65_535], [0, 258]]);
  });
});

describe('the time asked for', () => {
  const NOW = Date.UTC(2026, 10, 21, 12, 7);
  for (const [begin, end, isRight] of [
    ['2026-11-21 11:00:00', '2026-11-21 11:15:00', true], ['2026-11-20 12:30:00', '2026-11-21 12:30:00', true], ['2026-11-21 11:07:00', '2026-11-21 11:22:00', true],
    ['2026-11-20 12:00:00', '2026-11-21 12:15:00', false], ['2026-11-21 11:00:00', '2026-11-21 11:10:00', false], ['2026-11-21 11:00:00', '2026-11-21 11:00:00', false],
    ['2026-11-21 11:15:00', '2026-11-21 11:00:00', false], ['2026-11-21 12:15:00', '2026-11-21 12:30:00', false], ['2026-11-31 11:00:00', '2026-12-01 11:00:00', false],
    ['2026-11-21T11:00:00', '2026-11-21 11:15:00', false], ['2026-11-21 24:00:00', '2026-11-22 00:15:00', false],
  ] as const) {
    test(`from ${begin} to ${end} is ${isRight ? 'right' : 'wrong'}`, () => assert.equal(typeof windowOf(begin, end, NOW) === 'object', isRight));
  }
});
