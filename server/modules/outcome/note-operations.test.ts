import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { listAudit } from '@parley/contract/admin/audit.ts';
import { listCalls, showCall } from '@parley/contract/admin/call.ts';
import { showDeskNow } from '@parley/contract/admin/desk.ts';
import { changeOutcome, createOutcome, deleteOutcome, noteOutcome } from '@parley/contract/admin/outcome.ts';
import { cleanCustPersonalData } from '@parley/contract/configuration/erasure.ts';
import { releaseCall } from '@parley/contract/gateway/call-release.ts';
import type { Client } from '@parley/contract/client.ts';
import type { Input } from '@parley/contract/operation.ts';
import { agentSession } from '../../testing/agent-session.ts';
import type { Desk } from '../../testing/desk.ts';
import { openLiveFloor, type LiveFloor } from '../../testing/live-floor.ts';
import { describeOperation } from '../../testing/operation-test.ts';

const DAY_MS = 24 * 3_600_000;

let floor: LiveFloor;
let supervisor: Client;
before(async () => {
  floor = await openLiveFloor();
  const { administrator, vdnId } = floor.tenant;
  supervisor = await floor.server.signedIn(vdnId, 'supervisor');
  for (const [code, name] of [['order', 'Order placed'], ['later', 'Call back later'], ['gone', 'No longer in use']] as const) await administrator.ask(createOutcome, { code, name });
  await administrator.ask(changeOutcome, { code: 'gone', enabled: false });
});
after(() => floor.server.close());
afterEach(() => floor.clear());

const sessionOf = async ({ workNo }: Desk): Promise<Client> => (await agentSession(floor.server, floor.tenant.vdnId, workNo)).client;
const release = (desk: Desk) => desk.client.call(releaseCall, { agentid: desk.workNo });

/** An agent who talks with a customer, and the console's session of that agent. */
async function talking(from = '13800000001') {
  const desk = await floor.agent();
  const { call, party } = await floor.customer(from);
  await desk.until('AgentEvent_Talking');
  await floor.later(1000);
  return { desk, call, party, client: await sessionOf(desk) };
}

/** The same when the talk is over. */
async function talked(from?: string) {
  const talk = await talking(from);
  await release(talk.desk);
  await floor.leave(talk.desk);
  return talk;
}

const statusOf = async (client: Client, input: Input<typeof noteOutcome>): Promise<number> => (await client.call(noteOutcome, input)).status;
const outcomesOf = async (callId: string, client = supervisor) =>
  (await client.ask(showCall, { callId })).call.outcomes.map(({ workNo, code, name, remark }) => [workNo, code, name, remark]);
const found = async (asked: Input<typeof listCalls>, client = supervisor): Promise<readonly string[]> => (await client.ask(listCalls, asked)).calls.map(({ callId }) => callId);

describeOperation(noteOutcome, {
  example: async () => {
    const { desk, call, client } = await talked();
    const { at, agentName, ...noted } = await client.ask(noteOutcome, { callId: call, code: 'order', remark: ' Two boxes,\nto be sent on Monday. ' });
    assert.deepEqual(noted, { code: 'order', name: 'Order placed', remark: 'Two boxes,\nto be sent on Monday.', workNo: desk.workNo });
    assert.match(agentName, /^agent-/);
    assert.ok(Math.abs(at - floor.server.world.clock()) < 60_000);
  },
  badInput: async () => {
    const { call, client } = await talked();
    assert.equal(await statusOf(client, { callId: call, code: 'nothing' }), 400);
    assert.equal(await statusOf(client, { callId: call, code: 'gone' }), 409, 'it is switched off');
    assert.equal(await statusOf(client, { callId: call, code: 'order', remark: 'x'.repeat(1001) }), 400);
    assert.equal(await statusOf(client, { callId: call, code: 'order', remark: '\u0000' }), 400);
    assert.equal(await statusOf(client, { callId: '1-1', code: 'order' }), 404);
    assert.equal(await statusOf(floor.server.anyone, { callId: call, code: 'order' }), 401);
    assert.equal(await statusOf(supervisor, { callId: call, code: 'order' }), 403, 'the account of no agent');
    assert.deepEqual(await outcomesOf(call), []);
  },
  effect: async () => {
    const { desk, call, client } = await talking('13800000021');
    assert.equal(await statusOf(client, { callId: call, code: 'later', remark: 'x' }), 200, 'while they talk');
    assert.deepEqual(await outcomesOf(call), [[desk.workNo, 'later', 'Call back later', 'x']]);
    assert.deepEqual([await found({ state: 'live', outcome: 'later' }), await found({ state: 'live', outcome: 'order' })], [[call], []]);
    await release(desk);
    assert.equal(await statusOf(client, { callId: call, code: 'order' }), 200, 'and afterwards, in place of what was noted before');
    assert.deepEqual(await outcomesOf(call, client), [[desk.workNo, 'order', 'Order placed', '']]);
    assert.deepEqual(await found({ outcome: 'order', number: '13800000021' }), [call]);
    assert.deepEqual(await found({ outcome: 'later', number: '13800000021' }), []);
    assert.equal((await supervisor.ask(listCalls, { outcome: 'order', limit: 1 })).calls[0]?.outcomes[0]?.code, 'order');
  },
});

describe('the outcome of a call', () => {
  test('is noted by those who talked in it, each their own, and by nobody else', async () => {
    const ann = await talked();
    const bob = await talked();
    assert.equal(await statusOf(ann.client, { callId: bob.call, code: 'order' }), 404, 'a call of others');
    const other = await floor.server.tenant();
    assert.equal((await other.administrator.call(showCall, { callId: ann.call })).status, 404);
    const operator = await floor.server.signedIn(0, 'operator');
    assert.equal((await operator.call(noteOutcome, { callId: ann.call, code: 'order' }, { 'x-parley-tenant': String(floor.tenant.vdnId) })).status, 403);
    // Whoever was rung and did not answer has not talked.
    const carol = await floor.agent({ autoanswer: false });
    const { call, party } = await floor.customer();
    await carol.until('AgentEvent_Ringing');
    assert.equal(await statusOf(await sessionOf(carol), { callId: call, code: 'order' }), 404);
    party.hangUp();
    await floor.server.settle();
    assert.equal(await statusOf(await sessionOf(carol), { callId: call, code: 'order' }), 404);
  });

  test('is offered at the desk for the call that was left last', async () => {
    const { desk, call, client } = await talking('13800000031');
    assert.equal((await client.ask(showDeskNow, {})).lastCall, null);
    await release(desk);
    assert.deepEqual((await client.ask(showDeskNow, {})).lastCall, { callId: call, number: '13800000031' });
  });

  test('stands in the audit trail without what was written of the customer', async () => {
    const { call, client, desk: { workNo } } = await talked();
    await client.ask(noteOutcome, { callId: call, code: 'order', remark: 'Mr Miller' });
    await client.ask(noteOutcome, { callId: call, code: 'order', remark: 'Mr Miller, again' });
    await client.ask(noteOutcome, { callId: call, code: 'later' });
    const administrator = await floor.server.signedIn(floor.tenant.vdnId, 'administrator');
    const { entries } = await administrator.ask(listAudit, { what: 'call-outcome', whatId: call });
    assert.deepEqual(entries.map((entry) => [entry.before, entry.after]), [[{ workNo, code: 'order' }, { workNo, code: 'later' }], [null, { workNo, code: 'order' }]]);
  });

  test('loses its remark when the customer is erased (5.1.13), and others their mention of that one', async () => {
    const [gone, stays] = [await talked('13800000041'), await talked('13800000042')];
    await gone.client.ask(noteOutcome, { callId: gone.call, code: 'order', remark: 'Mr Miller' });
    await stays.client.ask(noteOutcome, { callId: stays.call, code: 'later', remark: 'Ask 13800000041, not 138000000412.' });
    const { client } = await floor.server.tenant();
    assert.equal((await client.call(cleanCustPersonalData, { customNos: ['13800000042'] })).status, 200, 'an order of another tenant');
    assert.equal((await floor.tenant.client.call(cleanCustPersonalData, { customNos: ['13800000041'] })).status, 200);
    await floor.server.jobsDone();
    assert.deepEqual((await outcomesOf(gone.call)).map(([, code, , remark]) => [code, remark]), [['order', '']]);
    assert.deepEqual((await outcomesOf(stays.call)).map(([, code, , remark]) => [code, remark]), [['later', 'Ask ***, not 138000000412.']]);
  });

  test('can be noted until 24 hours after the call, and what is switched off stays where it was noted', async () => {
    const { administrator } = floor.tenant;
    const { desk, call, client } = await talked();
    await administrator.ask(createOutcome, { code: 'season', name: 'Season ticket' });
    assert.equal(await statusOf(client, { callId: call, code: 'season' }), 200);
    assert.equal((await administrator.call(deleteOutcome, { code: 'season' })).status, 409, 'a call has it');
    await administrator.ask(changeOutcome, { code: 'season', enabled: false });
    assert.equal(await statusOf(client, { callId: call, code: 'season', remark: 'still' }), 200);
    assert.deepEqual((await outcomesOf(call)).map(([, code, , remark]) => [code, remark]), [['season', 'still']]);
    floor.server.advance(DAY_MS + 1000);
    assert.equal(await statusOf(await sessionOf(desk), { callId: call, code: 'order' }), 409);
    const nextDay = await floor.server.signedIn(floor.tenant.vdnId, 'supervisor');
    assert.deepEqual((await outcomesOf(call, nextDay)).map(([, code]) => code), ['season']);
  });
});
