import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { listCalls, showCall } from '@parley/contract/admin/call.ts';
import { explainContact } from '@parley/contract/admin/explain.ts';
import { cleanCustPersonalData } from '@parley/contract/configuration/erasure.ts';
import { sayBusy } from '@parley/contract/gateway/agent-state.ts';
import { releaseCall } from '@parley/contract/gateway/call-release.ts';
import type { Client } from '@parley/contract/client.ts';
import type { Input } from '@parley/contract/operation.ts';
import { agentSession } from '../../testing/agent-session.ts';
import { describeOperation } from '../../testing/operation-test.ts';
import { openLiveFloor, type LiveFloor } from '../../testing/live-floor.ts';

let floor: LiveFloor;
let supervisor: Client;
before(async () => {
  floor = await openLiveFloor();
  supervisor = await floor.server.signedIn(floor.tenant.vdnId, 'supervisor');
});
after(() => floor.server.close());
afterEach(() => floor.clear());

type Asked = Input<typeof listCalls>;
const list = (asked: Asked = {}, client = supervisor) => client.ask(listCalls, asked);
const ids = async (asked: Asked = {}, client = supervisor): Promise<readonly string[]> => (await list(asked, client)).calls.map(({ callId }) => callId);
const statusOf = async (asked: object, client = supervisor): Promise<number> => (await client.call(listCalls, asked)).status;

/** A talk that is over. */
async function talk(from?: string) {
  const desk = await floor.agent();
  const { call, party } = await floor.customer(from);
  await desk.until('AgentEvent_Talking');
  await floor.later(5000);
  await desk.client.call(releaseCall, { agentid: desk.workNo });
  await floor.leave(desk);
  return { desk, call, party };
}

describeOperation(listCalls, {
  example: async () => {
    const { desk, call } = await talk();
    const { calls: [first] } = await list({ number: '13800000001', limit: 1 });
    assert.deepEqual([first?.callId, first?.isLive, first?.direction, first?.medium, first?.caller, first?.called], [call, false, 'in', 'voice', '13800000001', floor.number]);
    assert.deepEqual([first?.queueId, first?.queueName, first?.workNo, first?.cause, first?.missed, first?.stage], [floor.queue, 'sales', desk.workNo, 518, false, null]);
    assert.ok((first?.talkSeconds ?? 0) >= 5 && (first?.endedAt ?? 0) - (first?.beganAt ?? 0) >= 5000);
    assert.notEqual(first?.agentName, '');
  },
  badInput: async () => {
    assert.equal(await statusOf({ before: 'x' }), 400);
    assert.equal(await statusOf({ before: '1~2~3' }), 400);
    assert.equal(await statusOf({ from: 2, to: 1 }), 400);
    assert.equal(await statusOf({ limit: 1000 }), 400);
    assert.equal(await statusOf({ state: 'dead' }), 400);
    assert.equal(await statusOf({}, await floor.server.signedIn(0, 'operator')), 403, 'an operator says which tenant');
    assert.equal(await statusOf({}, await floor.server.signedIn(floor.tenant.vdnId, 'agent')), 403, 'the account of no agent');
    assert.equal(await statusOf({}, floor.server.anyone), 401);
  },
  effect: async () => {
    const { desk, call } = await floor.talking();
    assert.deepEqual(await ids({ state: 'live' }), [call]);
    const [live] = (await list({ state: 'live' })).calls;
    assert.deepEqual([live?.isLive, live?.stage, live?.workNo, live?.endedAt, live?.cause], [true, 'talking', desk.workNo, null, null]);
    assert.ok(!(await ids()).includes(call));
    await desk.client.call(releaseCall, { agentid: desk.workNo });
    assert.deepEqual(await ids({ state: 'live' }), []);
    assert.equal((await ids())[0], call);
  },
});

describe('calls are found', () => {
  test('page by page, each once, the latest first', async () => {
    const made: string[] = [];
    for (let one = 0; one < 5; one += 1) made.unshift((await talk('13800000077')).call);
    const found: string[] = [];
    for (let place: string | undefined; ;) {
      const { calls, next } = await list({ number: '13800000077', limit: 2, ...(place === undefined ? {} : { before: place }) });
      found.push(...calls.map(({ callId }) => callId));
      if (next === undefined) break;
      place = next;
    }
    assert.deepEqual(found, made);
  });

  test('by number, agent, queue, time and direction, and what they have in common', async () => {
    const { desk, call } = await talk('13800000088');
    const other = (await talk('13800000089')).call;
    const has = async (asked: Asked): Promise<readonly boolean[]> => {
      const found = await ids(asked);
      return [found.includes(call), found.includes(other)];
    };
    assert.deepEqual(await has({ number: '13800000088' }), [true, false]);
    assert.deepEqual(await has({ number: floor.number }), [true, true], 'the number that was called is one too');
    assert.deepEqual(await has({ workNo: desk.workNo }), [true, false]);
    assert.deepEqual(await has({ workNo: desk.workNo, queueId: floor.queue }), [true, false]);
    assert.deepEqual(await has({ workNo: desk.workNo, queueId: 1999 }), [false, false]);
    assert.deepEqual(await has({ queueId: floor.queue }), [true, true]);
    assert.deepEqual(await has({ queueId: 1999 }), [false, false]);
    assert.deepEqual(await has({ workNo: desk.workNo, number: '13800000089' }), [false, false]);
    assert.deepEqual(await has({ direction: 'out' }), [false, false]);
    assert.deepEqual(await has({ direction: 'in' }), [true, true]);
    const [{ endedAt } = { endedAt: 0 }] = (await list({ number: '13800000088' })).calls;
    assert.deepEqual(await has({ to: endedAt ?? 0 }), [false, false]);
    assert.deepEqual(await has({ from: endedAt ?? 0, to: (endedAt ?? 0) + 1 }), [true, false]);
  });

  test('that were missed', async () => {
    const desk = await floor.agent();
    await desk.client.call(sayBusy, { agentid: desk.workNo });
    const { call, party } = await floor.customer('13800000066');
    assert.deepEqual((await list({ state: 'live', queueId: floor.queue })).calls.map(({ callId, stage }) => [callId, stage]), [[call, 'waiting']]);
    assert.deepEqual(await ids({ state: 'live', workNo: desk.workNo }), []);
    party.hangUp();
    await floor.server.settle();
    assert.equal((await list({ missed: true })).calls[0]?.callId, call);
    assert.equal((await list({ missed: true, direction: 'out' })).calls.length, 0);
    assert.equal((await list({ number: '13800000066' })).calls[0]?.missed, true);
  });
});

describe('calls are shown', () => {
  test('to those of the tenant alone, and to operators who act for it', async () => {
    const { call } = await talk();
    const other = await floor.server.tenant();
    assert.deepEqual(await ids({}, other.administrator), []);
    assert.equal((await other.administrator.call(showCall, { callId: call })).status, 404);
    const operator = await floor.server.signedIn(0, 'operator');
    const acting = { 'x-parley-tenant': String(floor.tenant.vdnId) };
    assert.equal((await operator.ask(listCalls, {}, acting)).calls[0]?.callId, call);
    assert.equal((await operator.ask(showCall, { callId: call }, acting)).call.callId, call);
    assert.equal((await supervisor.call(listCalls, {}, { 'x-parley-tenant': String(other.vdnId) })).status, 403);
  });

  test('to an agent where they were with that agent, be they over or not', async () => {
    const { desk, call } = await talk();
    const { client } = await agentSession(floor.server, floor.tenant.vdnId, desk.workNo);
    const other = (await talk()).call;
    assert.deepEqual(await ids({}, client), [call]);
    assert.deepEqual(await ids({ queueId: floor.queue, number: '13800000001' }, client), [call]);
    assert.deepEqual(await ids({ workNo: desk.workNo + 1 }, client), []);
    assert.equal((await client.call(showCall, { callId: other })).status, 404);
    const shown = await client.ask(showCall, { callId: call });
    assert.deepEqual([shown.call.callId, shown.explanation, shown.recordings], [call, null, []], 'why is for those who see the tenant');
    await floor.clear();
    await desk.signIn();
    const { call: live } = await floor.customer();
    await desk.until('AgentEvent_Talking');
    assert.deepEqual(await ids({ state: 'live' }, client), [live]);
    assert.equal((await client.ask(showCall, { callId: live })).call.stage, 'talking');
    await desk.client.call(releaseCall, { agentid: desk.workNo });
    await floor.leave(desk);
  });
});

describeOperation(showCall, {
  example: async () => {
    const { desk, call } = await talk();
    const { call: shown, segments, explanation, recordings, about } = await supervisor.ask(showCall, { callId: call });
    assert.deepEqual([shown.callId, about, recordings], [call, null, []]);
    assert.deepEqual(segments.map(({ row, device, no, name, leaveReason }) => [row, device, no, name, leaveReason]), [
      [1, 'queue', String(floor.queue), 'sales', 0], [2, 'agent', String(desk.workNo), shown.agentName, 16],
    ]);
    const [queue, agent] = segments;
    assert.deepEqual([queue?.rangAt, queue?.talkedAt], [null, null]);
    assert.ok((agent?.leftAt ?? 0) - (agent?.talkedAt ?? 0) >= 5000);
    assert.equal(explanation?.choices[0]?.chosen.workNo, desk.workNo);
  },
  badInput: async () => {
    assert.equal((await supervisor.call(showCall, { callId: '1-1' })).status, 404);
    assert.equal((await supervisor.call(showCall, { callId: 'x'.repeat(26) })).status, 400);
  },
  effect: async () => {
    const { desk, call } = await floor.talking();
    const live = await supervisor.ask(showCall, { callId: call });
    assert.deepEqual(live.segments.map(({ row, device, leftAt }) => [row, device, leftAt === null]), [[1, 'queue', false], [null, 'agent', true]]);
    await desk.client.call(releaseCall, { agentid: desk.workNo });
    const [seconds, number] = call.split('-');
    const over = await supervisor.ask(showCall, { callId: `${seconds}000-${number}` });
    assert.deepEqual([over.call.isLive, over.call.cause, over.segments.at(-1)?.row], [false, 518, 2]);
    const explained = await supervisor.ask(explainContact, { callId: call });
    assert.deepEqual(over.explanation, { choices: explained.choices, turns: explained.turns });
  },
});

test('a call is shown without its numbers, once they are erased (5.1.13)', async () => {
  const { call } = await talk('13800000055');
  await floor.tenant.client.call(cleanCustPersonalData, { customNos: ['13800000055'] });
  await floor.server.jobsDone();
  assert.deepEqual(await ids({ number: '13800000055' }), []);
  assert.equal((await supervisor.ask(showCall, { callId: call })).call.caller, '');
});
