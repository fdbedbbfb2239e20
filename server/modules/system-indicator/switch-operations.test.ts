import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { sql } from 'kysely';
import type { TSchema } from 'typebox';
import { createTrunk } from '@parley/contract/admin/trunk.ts';
import type { Context } from '@parley/contract/handler.ts';
import { MAX_AT_ONCE, uapDspPidKey, uapPerfIndex, uapQueryPerfInfo, uapQueryTerminalStatus, uapTerminalIndex } from '@parley/contract/monitoring/system.ts';
import type { Operation, OperationParts } from '@parley/contract/operation.ts';
import { isRefusal } from '@parley/contract/refusal.ts';
import { CAUSE } from '@parley/core/call/call.ts';
import { fakeChannel } from '../../../telephony/sip/registrar/registrar.fixture.ts';
import { describeOperation } from '../../testing/operation-test.ts';
import { startTestServer } from '../../testing/server.ts';
import { FIVE_MS, openMeasuredFloor, TRUNK, utc, type MeasuredFloor } from './switch.fixture.ts';
import { switchHandlers, type SwitchDependencies } from './switch-operations.ts';

let measured: MeasuredFloor;
before(async () => {
  measured = await openMeasuredFloor();
  const operator = await measured.floor.server.signedIn(0, 'operator');
  const { status } = await operator.call(createTrunk, { name: TRUNK, peers: [{ host: 'sip1.carrier.example', kind: 'UDP' }], healthMs: 0 });
  assert.equal(status, 200);
});
after(() => measured.floor.server.close());
afterEach(() => measured.floor.clear());

const NODE = '127.0.0.1#0';
const overseer = () => measured.floor.server.overseer;

const offices = async (input: object = {}) => (await overseer().ask(uapQueryPerfInfo, input))[NODE] ?? [];
const trunkOf = async (input: object = {}) => (await offices(input)).find((office) => office['incoming direction'].endsWith(`(${TRUNK})`));
async function codeOf<Parts extends OperationParts, R extends TSchema>(op: Operation<Parts, R>, input: object, client = overseer()): Promise<unknown> {
  return (await client.call(op, input as never) as { readonly body: { readonly resultCode?: unknown } }).body.resultCode;
}

/** Keys of a tenant, and what there is not, are refused by each of these operations; so are inputs that are wrong. */
async function assertRefusals<Parts extends OperationParts, R extends TSchema>(op: Operation<Parts, R>, good: object, bad: readonly object[]): Promise<void> {
  assert.equal(await codeOf(op, good, measured.floor.tenant.monitor), '0101003', 'keys of tenants');
  assert.equal(await codeOf(op, { ...good, ccId: 65_000 }), '0101003', 'a contact centre that there is not');
  for (const wrong of bad) assert.equal(await codeOf(op, { ...good, ...wrong }), '0100002', JSON.stringify(wrong));
}

describeOperation(uapQueryPerfInfo, {
  example: async () => {
    await measured.fiveMinutesLater();
    const { leg, call } = await measured.byTrunk();
    await measured.answer(leg);
    await measured.byTrunk();
    await measured.rig.timers.advance(60_000);
    call.ends({ kind: 'hungUp' });
    await measured.rig.settled();
    const { leg: third } = await measured.byTrunk();
    await measured.rig.drop(third, CAUSE.busy);
    await measured.rig.timers.advance(FIVE_MS - 60_000 - 1);
    await measured.rig.timers.advance(1);
    await measured.floor.later(FIVE_MS);
    const office = await trunkOf();
    assert.deepEqual([office?.ST0, office?.CCT3, office?.AT4, office?.CBT10, office?.['busy circuits (TIMES)'], office?.SOIC45, office?.ICN13, office?.Credible], ['3', '3', '1', '1', '1', '49', '50', 'Credible']);
    assert.deepEqual([office?.AR21, office?.ST26, office?.AT30, office?.['average answer duration (SECOND)'], office?.IOCS44], ['33.333333', '1.200000', '0.200000', '60', '0.01']);
    assert.deepEqual([office?.IBC16, office?.EROCC46, office?.EROC46, office?.TCAT2], ['50', '2.400000', '2.400000', '-1'], '1.2 erlangs of 50 circuits');
    assert.equal(Date.parse(String(office?.RET)) - Date.parse(String(office?.RT)), FIVE_MS);
  },
  badInput: () => assertRefusals(uapQueryPerfInfo, {}, [{ ofcNo: ['x'] }, { ofcNo: [-1] }, { ccId: 0 }]),
  effect: async () => {
    await measured.fiveMinutesLater();
    const quiet = await trunkOf();
    const { leg } = await measured.byTrunk();
    await measured.rig.drop(leg, CAUSE.released);
    const from = await measured.fiveMinutesLater();
    assert.deepEqual([quiet?.ST0, (await trunkOf())?.ST0], ['0', '1'], 'the latest five minutes alone');
    const { data } = await overseer().ask(uapPerfIndex, { ofcNo: [Number(quiet?.MOIID)], beginDate: utc(from), endDate: utc(from + FIVE_MS - 1000) });
    assert.deepEqual(data.map(({ systemInBound }) => systemInBound), [1]);
  },
});

describe('the offices', () => {
  test('are our own phones, which have no circuits, and the trunks; some of them where they are asked for', async () => {
    await measured.fiveMinutesLater();
    const all = await offices();
    assert.deepEqual(all.map((office) => office['incoming direction']), ['0(phones)', `1(${TRUNK})`]);
    assert.deepEqual([all[0]?.ST0, all[0]?.ICN13, all[0]?.SOIC45, all[0]?.BTST24], ['0', '-1', '-1', '-1']);
    for (const [asked, found] of [[[1], ['1']], [1, ['1']], [[], ['0', '1']], [[7], []]] as const) assert.deepEqual((await offices({ ofcNo: asked })).map(({ MOIID }) => MOIID), found);
  });
});

const blocks = async (input: object) => (await overseer().ask(uapDspPidKey, input as never))[NODE] ?? {};
const calls = { MODTYP: 'CCU', PID: 'CCB', MN: '56' } as const;
const sound = { MODTYP: 'MSU', PIDMSU: 'BSI', MSUMN: '472' } as const;

describeOperation(uapDspPidKey, {
  example: async () => {
    const told = await blocks(calls);
    assert.deepEqual([told['IDC switch index'], told['Null CB number'], Object.keys(told).length], ['1', '-1', 16]);
    const media = await blocks(sound);
    assert.deepEqual([media['Total number of connections'], Object.keys(media).length], ['100', 14]);
    assert.deepEqual(await blocks({ MODTYP: 'MSU', PID: 'BSI' }), media);
    const none = await blocks({ MODTYP: 'CCU', PID: 'INTESS', MN: '56' });
    assert.deepEqual([Object.keys(none).length, new Set(Object.values(none))], [16, new Set(['-1'])]);
  },
  badInput: () => assertRefusals(uapDspPidKey, calls, [{ MODTYP: 'DPU' }, { PID: 'BSI' }, { PID: '' }, { MODTYP: 'MSU' }, { PID: 'SIP' }]),
  effect: async () => {
    const counts = async () => {
      const [now, media] = [await blocks(calls), await blocks(sound)];
      return [now['Alerting CB number'], now['Active CB number'], now['Booked CB number'], media['Total no of connection in CONNECT state'], media['Total no of connection in IDLE state']].map(Number);
    };
    const [ringing = 0, up = 0, booked = 0, connected = 0, idle = 0] = await counts();
    const { leg } = await measured.byTrunk();
    assert.deepEqual(await counts(), [ringing + 1, up, booked + 1, connected, idle]);
    await measured.answer(leg);
    assert.deepEqual(await counts(), [ringing, up + 1, booked + 1, connected + 1, idle - 1]);
    await measured.fiveMinutesLater();
    assert.equal((await trunkOf())?.ST0, '1');
    await measured.rig.drop(leg, CAUSE.released);
    assert.deepEqual(await counts(), [ringing, up, booked, connected, idle]);
  },
});

const terminals = async (EID: string, more: object = {}) => {
  const { data, count } = await overseer().ask(uapQueryTerminalStatus, { EID, ...more });
  return { phones: data[NODE] ?? [], count };
};
const phonesOf = async (EID: string): Promise<readonly string[]> => (await terminals(EID)).phones.map(({ equipmentId, registerStatus }) => `${equipmentId} ${registerStatus}`);

describeOperation(uapQueryTerminalStatus, {
  example: async () => {
    const { phone } = await measured.floor.agent();
    const { phones: [terminal], count } = await terminals(`${phone.slice(0, -1)}?`);
    assert.ok(count >= 1);
    assert.equal(terminal?.terminationType, 'sip');
    assert.deepEqual((await terminals(phone)).phones, [{
      ccuModuleNumber: '0', terminationType: 'sip', equipmentId: phone, registerStatus: 'not register', socketStatus: 'uninstall', ipAndPort: '0.0.0.0:0', monitorFlag: 'started',
      protocolType: 'invalid protocol', roamIpAndPort: '0.0.0.0:0', tlsStatus: 'uninstall', ipType: 'IPv4',
    }]);
  },
  badInput: async () => {
    const { phone } = await measured.floor.agent();
    await assertRefusals(uapQueryTerminalStatus, { EID: phone }, [{ EID: ' ' }, { EID: '1'.repeat(65) }, { limit: 0 }, { offset: -1 }]);
    assert.equal(await codeOf(uapQueryTerminalStatus, { EID: '999999999' }), '0101002', 'there is no such phone');
    assert.deepEqual(await terminals('nobody*'), { phones: [], count: 0 });
  },
  effect: async () => {
    const { phone } = await measured.floor.agent();
    assert.deepEqual(await phonesOf(phone), [`${phone} not register`]);
    const { channel } = measured.rig.register(phone, { channel: fakeChannel('TLS', '2001:db8::7') });
    const { phones: [there] } = await terminals(phone);
    assert.deepEqual([there?.registerStatus, there?.socketStatus, there?.tlsStatus, there?.ipType, there?.ipAndPort.startsWith('[2001:db8::7]:')], ['registered', 'normal', 'connect', 'IPv6', true]);
    const from = await measured.fiveMinutesLater();
    const { data } = await overseer().ask(uapTerminalIndex, { beginDate: utc(from), endDate: utc(from) });
    assert.deepEqual(data.map(({ agentOnlineCount }) => agentOnlineCount), [1]);
    channel.hangUp();
    assert.deepEqual(await phonesOf(phone), [`${phone} not register`]);
  },
});

describe('phones', () => {
  test('are found by wildcards, of one contact centre or of all, and by pages', async () => {
    const numbers = [(await measured.floor.agent()).phone, (await measured.floor.agent()).phone].toSorted();
    const [first = '', second = ''] = numbers;
    const found = async (EID: string) => (await phonesOf(EID)).map((line) => line.split(' ')[0]);
    for (const all of ['*', '%', '**', `${first.slice(0, 2)}%`]) assert.deepEqual((await found(all)).filter((number) => numbers.includes(String(number))), numbers, all);
    assert.ok((await found(`%${second.slice(-1)}`)).includes(second));
    assert.ok((await found(`*${second.slice(-2, -1)}?`)).includes(second));
    assert.deepEqual(await found(`${second.slice(0, -1)}_*`), [], 'what SQL has for a wildcard is none here');
    const { phones, count } = await terminals('*', { limit: 1, offset: 1, ccId: 1 });
    assert.equal(phones.length, 1);
    assert.equal(count, (await terminals('*')).count);
  });

  test('are refused where there are too many (scenario 19)', async () => {
    const { db } = measured.floor.server.world;
    const { vdnId } = await measured.floor.server.tenant();
    const { workNo, phone } = await measured.floor.agent();
    await sql`insert into account (vdn_id, account, name, role, email, phone, password_hash, password_changed_at, created_at)
      select ${vdnId}::integer, 'many' || n, 'many', 'agent', '', '', '', 0, 0 from generate_series(1, 200) n`.execute(db);
    await sql`insert into agent select (json_populate_record(a, json_build_object('vdn_id', ${vdnId}::integer, 'work_no', 3000 + n, 'account', 'many' || n, 'sip_number', '7700' || lpad(n::text, 3, '0'), 'cti_fingerprint', 'f' || n))).*
      from agent a, generate_series(1, 200) n where a.work_no = ${workNo} and a.sip_number = ${phone}`.execute(db);
    assert.equal(await codeOf(uapQueryTerminalStatus, { EID: '7700*' }), '0100002');
    assert.equal(await codeOf(uapQueryTerminalStatus, { EID: '*' }), '0100002');
    assert.deepEqual([(await terminals('77001*')).count, (await terminals('77001*', { limit: 30 })).phones.length], [100, 30]);
    await db.deleteFrom('agent').where('vdn_id', '=', vdnId).execute();
  });
});

describe('queries of the switch', () => {
  const gate = Promise.withResolvers<readonly never[]>();
  const never = (): never => { throw new Error('nobody asks for that'); };
  const parts = { db: never, clock: never, tenants: { ofContactCentre: never }, node: NODE, sampling: { keepSwitch: never }, trunkNames: never, engine: { glance: never } };
  const handlers = switchHandlers({
    ...parts as unknown as SwitchDependencies, findPhones: () => gate.promise, figures: { periods: never, terminal: never, blocks: async () => { await gate.promise; return undefined; } },
  });
  const context = { caller: { global: true } } as Context;

  for (const [op, input] of [[uapQueryTerminalStatus, { EID: '8*' }], [uapDspPidKey, calls]] as const) {
    test(`are ten at a time (scenario 19): ${op.id}`, async () => {
      const run = handlers.find((handler) => handler.op.id === op.id)?.run ?? never;
      const under = Array.from({ length: MAX_AT_ONCE }, () => run(input, context));
      const eleventh = await run(input, context);
      assert.ok(isRefusal(eleventh) && eleventh.refused.code === '0100001', 'the eleventh is told so at once');
      gate.resolve([]);
      for (const one of await Promise.all(under)) assert.ok(!isRefusal(one));
      assert.ok(!isRefusal(await run(input, context)), 'then there is room again');
    });
  }
});

describe('where calls are simulated', () => {
  test('nothing is measured, and that is told', async () => {
    const server = await startTestServer();
    try {
      const [office, ...more] = (await server.overseer.ask(uapQueryPerfInfo, {}))[NODE] ?? [];
      assert.deepEqual([office?.ST0, office?.AR21, office?.IOCS44, office?.Credible, more], ['-1', '-1', '-1', 'Incredible', []]);
      assert.deepEqual(new Set(Object.values((await server.overseer.ask(uapDspPidKey, calls))[NODE] ?? {})), new Set(['-1']));
      server.fire('system-samples');
      await server.jobsDone();
      const window = { beginDate: utc(server.world.clock() - 3_600_000), endDate: utc(server.world.clock()) };
      assert.deepEqual(await server.overseer.ask(uapPerfIndex, window), { count: 0, data: [] });
    } finally {
      await server.close();
    }
  });
});
