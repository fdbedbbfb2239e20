import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import type { TSchema } from 'typebox';
import { changeTenant } from '@parley/contract/admin/tenant.ts';
import { cmsQueryCallTraceDetail } from '@parley/contract/monitoring/call-trace.ts';
import { cmsPing, cmsPingGet } from '@parley/contract/monitoring/ping.ts';
import { ctiLicenseStatus, ctiServerTime, UNLIMITED } from '@parley/contract/monitoring/usage.ts';
import type { Input, Operation, OperationParts } from '@parley/contract/operation.ts';
import { openLiveFloor, type LiveFloor } from '../../testing/live-floor.ts';
import { describeOperation } from '../../testing/operation-test.ts';
import type { TestTenant } from '../../testing/server.ts';
import { createPeaks } from './peaks.ts';

let floor: LiveFloor;
let other: TestTenant;
before(async () => {
  floor = await openLiveFloor();
  other = await floor.server.tenant();
});
after(() => floor.server.close());
afterEach(() => floor.clear());

const codeOf = async <Parts extends OperationParts, R extends TSchema>(op: Operation<Parts, R>, input: Input<Operation<Parts, R>>, client = floor.tenant.monitor): Promise<unknown> =>
  (await client.call(op, input)).body['resultCode'];
const usage = (client = floor.tenant.monitor) => client.ask(ctiLicenseStatus, { ccId: 1 });

/** What is in use, and what was at most: agents, voice calls, calls in flows, web calls. */
async function figures(client = floor.tenant.monitor): Promise<readonly (readonly number[])[]> {
  const found = await usage(client);
  return [
    [found.loginAgentNum, found.voiceCallNum, found.ivrCallNum, found.webCallNum],
    [found.historyMaxAgentNum, found.historyMaxVoiceCallNum, found.historyMaxIvrCallNum, found.historyMaxWebCallNum],
  ];
}

describeOperation(ctiServerTime, {
  example: async () => {
    const { body } = await floor.tenant.monitor.call(ctiServerTime, { ccId: 1 });
    assert.deepEqual([body['result'], body['resultCode'], body['resultDatas']], ['0', '0100000', body['resultDesc']]);
    assert.ok(Math.abs(Number(body['resultDesc']) - floor.server.world.clock()) < 5000);
  },
  badInput: async () => {
    assert.deepEqual([await codeOf(ctiServerTime, { ccId: 4711 }), await codeOf(ctiServerTime, { ccId: 4711 }, floor.server.overseer)], ['0101003', '0101003']);
    assert.deepEqual([await codeOf(ctiServerTime, { ccId: 0 }), await codeOf(ctiServerTime, {} as never)], ['0100002', '0100002']);
  },
  effect: async () => {
    const { desk, call } = await floor.talking();
    const sooner = await floor.tenant.monitor.ask(ctiServerTime, { ccId: 1 });
    await floor.later(60_000);
    const later = await floor.server.overseer.ask(ctiServerTime, { ccId: 1 });
    assert.ok(later - sooner >= 60_000);
    const [queue] = await floor.tenant.monitor.ask(cmsQueryCallTraceDetail, { vdn: floor.tenant.vdnId, callId: call });
    assert.ok((queue?.callEnd ?? 0) <= sooner, `times of calls are by that clock: ${desk.workNo}`);
  },
});

describeOperation(ctiLicenseStatus, {
  example: async () => {
    const found = await usage();
    assert.deepEqual([found.licenseMaxAgentNum, found.licenseMaxVideoAgentNum, found.licenseMaxVoiceCallNum, found.licenseMaxVdnNum, found.vdnNum], [UNLIMITED, UNLIMITED, UNLIMITED, 1, 1]);
    assert.deepEqual([found.licenseStartDate, found.licenseEndDate], [0, 0]);
    const all = await usage(floor.server.overseer);
    assert.ok(all.vdnNum >= 2 && all.licenseMaxVdnNum > all.vdnNum);
  },
  badInput: async () => {
    assert.equal(await codeOf(ctiLicenseStatus, { ccId: 4711 }), '0101003');
    assert.equal(await codeOf(ctiLicenseStatus, { ccId: 65_536 }), '0100002');
  },
  effect: async () => {
    const operator = await floor.server.signedIn(0, 'operator');
    await operator.ask(changeTenant, { vdnId: other.vdnId, limits: { signedInAgents: 7, voiceChannels: 3 } });
    const { licenseMaxAgentNum, licenseMaxVoiceCallNum } = await usage(other.monitor);
    assert.deepEqual([licenseMaxAgentNum, licenseMaxVoiceCallNum], [7, 3]);
    const [, earlier = []] = await figures();
    await floor.talking();
    await floor.customer('13800000009');
    const [now, most = []] = await figures();
    assert.deepEqual(now, [1, 2, 0, 0]);
    assert.deepEqual(most, [Math.max(1, earlier[0] ?? 0), 2, 0, 0]);
    await floor.clear();
    assert.deepEqual(await figures(), [[0, 0, 0, 0], most], 'what was most stays');
    assert.deepEqual(await figures(other.monitor), [[0, 0, 0, 0], [0, 0, 0, 0]], 'another tenant has its own');
    const [, all = []] = await figures(floor.server.overseer);
    assert.ok((all[1] ?? 0) >= 2);
  },
});

describe('what was in use at most', () => {
  test('is written down, and outlives the process', async () => {
    await floor.talking();
    const [, most] = await figures();
    const { db, onFault } = floor.server.world;
    const anew = createPeaks({ db, onFault, engine: { project: () => undefined } });
    const { agents, voiceCalls } = await anew.of(floor.tenant.vdnId);
    assert.deepEqual([agents, voiceCalls], most?.slice(0, 2));
    assert.deepEqual((await floor.server.world.db.selectFrom('usage_peak').select('most').where('vdn_id', '=', floor.tenant.vdnId).where('what', '=', 'agents').execute()).length, 1);
  });

  test('is not lowered by a process that has seen less', async () => {
    await floor.talking();
    await figures();
    const { db } = floor.server.world;
    await db.updateTable('usage_peak').set({ most: 900 }).where('vdn_id', '=', floor.tenant.vdnId).execute();
    await Promise.all([floor.agent(), floor.agent(), floor.agent()]);
    assert.equal((await usage()).historyMaxAgentNum, 900);
  });
});

describe('whether Parley works (12.3.7)', () => {
  test('is denied while commands are not taken', async () => {
    for (const op of [cmsPing, cmsPingGet]) assert.equal((await floor.tenant.monitor.call(op, {})).status, 200);
    const own = await openLiveFloor();
    await own.server.parley.gateway.engine.stop();
    for (const op of [cmsPing, cmsPingGet]) assert.equal((await own.tenant.monitor.call(op, {})).status, 503);
    await own.server.close();
  });
});
