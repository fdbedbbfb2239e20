import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { importEvaluations } from '@parley/contract/admin/survey.ts';
import { satisfactionQuery } from '@parley/contract/configuration/satisfaction.ts';
import { queryCallManualDetailInfo } from '@parley/contract/dataprocess/call-result.ts';
import { callOut } from '@parley/contract/gateway/call-dial.ts';
import { releaseCall } from '@parley/contract/gateway/call-release.ts';
import type { Input } from '@parley/contract/operation.ts';
import { describeOperation } from '../../testing/operation-test.ts';
import { openLiveFloor, type LiveFloor } from '../../testing/live-floor.ts';

const HOUR = 3_600_000;

let floor: LiveFloor;
before(async () => { floor = await openLiveFloor(); });
after(() => floor.server.close());
afterEach(() => floor.clear());

const now = (): number => floor.server.world.clock();
const own = () => ({ subCcNo: '1', vdn: String(floor.tenant.vdnId) });
const window = () => ({ beginDate: String(now() - HOUR), endDate: String(now() + HOUR) });
type Wanted = Partial<Input<typeof queryCallManualDetailInfo>>;
const query = (wanted: Wanted, client = floor.tenant.client) => client.call(queryCallManualDetailInfo, { ...own(), ...wanted });
const list = async (wanted: Wanted) => (await query(wanted)).body.results;
const calls = async (wanted: Wanted) => (await list(wanted)).map(({ callId }) => callId);

/** A call that was talked in, and is over. */
async function talked(from: string): Promise<string> {
  const desk = await floor.agent();
  const { call } = await floor.customer(from);
  await desk.until('AgentEvent_Talking');
  await floor.later(2000);
  await desk.client.call(releaseCall, { agentid: desk.workNo });
  await floor.clear();
  return call;
}

const evaluate = async (callId: string, value: '1' | '4' | '5', evaluatedAt = now()): Promise<void> => {
  const { status } = await floor.tenant.administrator.call(importEvaluations, { evaluations: [{ callId, value, channel: 'audio', evaluatedAt, customer: '13800000001' }] });
  assert.equal(status, 200);
};

describeOperation(queryCallManualDetailInfo, {
  example: async () => {
    const call = await talked('13822220001');
    await evaluate(call, '5');
    const { status, body } = await query({
      callId: '', callerNo: '13822220001', calleeNo: '', ...window(), callType: '0', mediaType: '5', evaluationValue: '5',
    });
    assert.deepEqual([status, body.total], [200, '1']);
    const [found] = body.results;
    assert.deepEqual(
      [found?.callId, found?.calleeNo, found?.callType, found?.mediatype, found?.vdn, found?.leaveReason, found?.evaluationValue],
      [call, floor.number, '0', '5', own().vdn, '16', '5'],
    );
    assert.ok(Number(found?.callBegin) < Number(found?.callEnd));
  },
  badInput: async () => {
    const other = await floor.server.tenant();
    const refused = async (wanted: Wanted, client = floor.tenant.client): Promise<number> => (await query(wanted, client)).status;
    assert.equal(await refused({}), 400, 'neither a call nor a time');
    assert.equal(await refused({ beginDate: '', endDate: '' }), 400);
    assert.equal(await refused({ beginDate: String(now()), endDate: String(now() - 1) }), 400, 'reversed');
    assert.equal(await refused({ beginDate: 'yesterday' }), 400);
    assert.equal(await refused({ beginDate: '9'.repeat(16) }), 400);
    assert.equal(await refused({ ...window(), callType: '7' }), 400);
    assert.equal(await refused({ ...window(), mediaType: 'voice' }), 400);
    assert.equal(await refused({ ...window(), vdn: '' }), 400);
    assert.equal(await refused({ ...window(), vdn: String(other.vdnId) }), 400, 'another tenant');
    assert.equal(await refused({ ...window() }, other.client), 400, 'another token');
    assert.equal(await refused({ ...window(), subCcNo: '2' }), 400, 'another contact centre');
    assert.equal(await refused({ ...window() }, floor.server.anyone), 401);
    assert.equal(await refused({ callId: 'no-such-call' }), 200, 'a call that is not there is none');
  },
  effect: async () => {
    const call = await talked('13822220002');
    const value = async () => (await list({ callId: call }))[0]?.evaluationValue;
    assert.equal(await value(), undefined);
    await evaluate(call, '4');
    const { satisfactionEvaluations } = (await floor.tenant.client.call(satisfactionQuery, { callId: call, beginTime: 0, endTime: now() })).body;
    assert.deepEqual([await value(), satisfactionEvaluations.evaluationValue], ['4', '4'], 'the record is the one that stood there before');
  },
});

test('calls that go on are not among them, and callId takes milliseconds in front too', async () => {
  const { desk, call } = await floor.talking();
  assert.deepEqual(await calls({ callId: call }), []);
  await desk.client.call(releaseCall, { agentid: desk.workNo });
  assert.deepEqual(await calls({ callId: call }), [call]);
  assert.deepEqual(await calls({ callId: call.replace('-', '000-') }), [call]);
});

test('either end of the time may be left out, and both are in it', async () => {
  const one = await talked('13822220003');
  const [row] = await list({ callId: one });
  const at = Number(row?.callBegin);
  const from = { callerNo: '13822220003' };
  assert.deepEqual(await calls({ ...from, beginDate: String(at) }), [one]);
  assert.deepEqual(await calls({ ...from, beginDate: String(at + 1) }), []);
  assert.deepEqual(await calls({ ...from, endDate: String(at) }), [one]);
  assert.deepEqual(await calls({ ...from, endDate: String(at - 1) }), []);
});

test('they come by when they were talked in, whichever way they went', async () => {
  const first = await talked('13822220004');
  const desk = await floor.agent();
  await desk.client.call(callOut, { agentid: desk.workNo, called: '13999990009' });
  await desk.until('AgentEvent_Talking');
  await floor.later(1000);
  await desk.client.call(releaseCall, { agentid: desk.workNo });
  await floor.clear();
  const third = await talked('13822220004');
  const all = await calls(window());
  const second = all[all.indexOf(first) + 1] ?? '';
  assert.deepEqual(all.slice(all.indexOf(first)), [first, second, third]);
  assert.deepEqual(await calls({ ...window(), callType: '1', calleeNo: '13999990009' }), [second]);
  assert.deepEqual(await calls({ ...window(), callType: '2' }), []);
  assert.ok(!(await calls({ ...window(), callType: '0' })).includes(second));
  assert.deepEqual(await calls({ ...window(), mediaType: '53' }), []);
  assert.deepEqual(await calls({ ...window(), mediaType: '10' }), [], 'a medium that we do not have');
});

test('the latest evaluation counts, also where one is looked for', async () => {
  const call = await talked('13822220005');
  await evaluate(call, '5', now() - 1000);
  await evaluate(call, '1', now());
  assert.deepEqual(await calls({ ...window(), callerNo: '13822220005', evaluationValue: '5' }), []);
  assert.deepEqual(await calls({ ...window(), callerNo: '13822220005', evaluationValue: '1' }), [call]);
  assert.deepEqual(await calls({ ...window(), callerNo: '13822220005', evaluationValue: '10' }), [], 'a value that there is not');
});
