import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { sayBusy } from '@parley/contract/gateway/agent-state.ts';
import { queryCallAppData } from '@parley/contract/gateway/call-data.ts';
import { callOut, innerHelp } from '@parley/contract/gateway/call-dial.ts';
import { confJoin, connectHold, getHold, holdCall } from '@parley/contract/gateway/call-hold.ts';
import { releaseCall } from '@parley/contract/gateway/call-release.ts';
import type { Customer } from '../../../sim/parties.ts';
import type { Desk } from '../../testing/desk.ts';
import { resultOf } from '../../testing/floor.ts';
import { openLiveFloor, type LiveFloor } from '../../testing/live-floor.ts';
import { describeOperation } from '../../testing/operation-test.ts';

let floor: LiveFloor;
before(async () => { floor = await openLiveFloor(); });
afterEach(() => floor.clear());
after(() => floor.server.close());

const TOO_MUCH_DATA = '日'.repeat(5462);

interface Scene {
  readonly ann: Desk;
  readonly bob: Desk;
  readonly call: string;
  readonly party: Customer;
}

/** Ann talks with a customer, Bob is idle. */
async function scene(): Promise<Scene> {
  const ann = await floor.agent();
  const { call, party } = await floor.customer();
  await ann.until('AgentEvent_Talking');
  return { ann, bob: await floor.agent(), call, party };
}

/** Ann holds the customer and talks with somebody else outside. */
async function twoCalls(): Promise<Scene & { readonly number: string }> {
  const found = await scene();
  const { number } = floor.voice.phone('40040');
  assert.equal(await found.ann.code(holdCall), '0');
  assert.equal(await found.ann.code(callOut, { called: number }), '0');
  await found.ann.until('AgentEvent_Talking');
  return { ...found, number };
}

const voiceOf = (phone: string): string | undefined => floor.voice.phone(phone).leg();
const hearsBoth = (party: Customer, ...phones: readonly string[]): void => { assert.deepEqual(new Set(party.hears()), new Set(phones.map(voiceOf))); };
const dataOf = async (desk: Desk): Promise<unknown> => resultOf(await desk.client.call(queryCallAppData, { agentid: desk.workNo }));

describeOperation(innerHelp, {
  example: async () => {
    const { ann, bob, call } = await scene();
    // As it is printed: the work number as a number, the flag as text.
    const { body } = await ann.client.call(innerHelp, { agentid: ann.workNo, dstaddress: bob.workNo, devicetype: 2, mode: 1, callappdata: '', holdflag: 'true' } as never);
    assert.match(String((body as { result?: unknown }).result), /^\d{10}-\d+$/);
    assert.equal(await ann.until('AgentEvent_Hold'), call);
    assert.equal((await ann.until('AgentEvent_Talking')).callid, (body as { result?: unknown }).result);
  },
  badInput: async () => {
    const { ann, bob } = await scene();
    for (const dstaddress of ['', 'bob', '1'.repeat(25), '1'.repeat(24)]) assert.equal(await ann.code(innerHelp, { dstaddress }), '000-002', dstaddress);
    assert.equal(await ann.code(innerHelp, { dstaddress: String(bob.workNo), mode: 3 }), '000-002');
    assert.equal(await ann.code(innerHelp, { dstaddress: String(bob.workNo), devicetype: 5 }), '000-002');
    assert.equal(await ann.code(innerHelp, { dstaddress: String(bob.workNo), callappdata: TOO_MUCH_DATA }), '000-002');
    assert.equal(await ann.code(innerHelp, { dstaddress: String(ann.workNo) }), '100-007');
    assert.equal(await ann.code(innerHelp, { dstaddress: '59999' }), '100-007');
    assert.equal(await ann.code(innerHelp, { dstaddress: '1999', devicetype: 1 }), '100-007');
    assert.equal(await bob.code(innerHelp, { dstaddress: String(ann.workNo) }), '200-018');
    assert.equal(await ann.code(innerHelp, { dstaddress: String(bob.workNo) }), '0');
    assert.equal(await bob.code(innerHelp, { dstaddress: '59999' }), '200-018', 'there is no customer in a consultation');
  },
  effect: async () => {
    const { ann, bob, call, party } = await scene();
    const { body } = await ann.client.call(innerHelp, { agentid: ann.workNo, dstaddress: String(floor.queue), devicetype: 1, mode: 2, callappdata: 'may I refund?' });
    assert.equal(body['result'], call, 'among three it is the customer\'s own call');
    assert.equal((await bob.until('AgentEvent_Conference')).callid, call);
    assert.equal(await dataOf(bob), 'may I refund?');
    hearsBoth(party, ann.phone, bob.phone);
  },
});

test('who is asked for help and is busy is not asked, and the customer goes on talking', async () => {
  const { ann, bob, party } = await scene();
  assert.equal(await bob.code(sayBusy), '0');
  const reply = await ann.client.call(innerHelp, { agentid: ann.workNo, dstaddress: String(bob.workNo), mode: 1 });
  assert.equal(await ann.until('AgentEvent_Consult_Fail'), resultOf(reply));
  await floor.told(ann);
  assert.deepEqual(party.hears(), [voiceOf(ann.phone)]);
});

describeOperation(connectHold, {
  example: async () => {
    const { ann, call, party, number } = await twoCalls();
    assert.equal(await ann.code(connectHold, { callid: call }), '0');
    await floor.told(ann);
    assert.deepEqual(party.hears(), [voiceOf(number)]);
  },
  badInput: async () => {
    const { ann, call } = await scene();
    assert.equal(await ann.code(connectHold, { callid: call }), '200-014', 'the call is not held');
    assert.equal(await ann.code(holdCall), '0');
    assert.equal(await ann.code(connectHold, { callid: call }), '200-013', 'there is no other one');
    assert.equal(await ann.code(connectHold, { callid: '1'.repeat(26) }), '000-002');
    assert.equal(await ann.code(getHold), '0');
    const bob = await floor.agent();
    assert.equal(await bob.code(connectHold, { callid: call }), '200-013');
  },
  effect: async () => {
    const { ann, call, party, number } = await twoCalls();
    assert.equal(await ann.code(connectHold, { callid: call }), '0');
    await ann.until('AgentState_Ready');
    assert.equal(await ann.code(releaseCall), '200-017', 'the agent is out of both');
    party.hangUp();
    await floor.told(ann);
    assert.equal(floor.voice.phone(number).state(), 'gone');
  },
});

describeOperation(confJoin, {
  example: async () => {
    const { ann, call, number } = await twoCalls();
    assert.equal(await ann.code(confJoin, { callid: call, callappdata: '' }), '0');
    assert.deepEqual(await ann.until('AgentEvent_Conference'), { callid: call, partner: `13800000001,${number}` });
  },
  badInput: async () => {
    const { ann, bob, call } = await scene();
    assert.equal(await bob.code(confJoin, { callid: call }), '200-010', 'the agent has no call');
    assert.equal(await ann.code(confJoin, { callid: call }), '200-011', 'the call is not held');
    assert.equal(await ann.code(confJoin), '000-002');
    assert.equal(await ann.code(innerHelp, { dstaddress: String(bob.workNo) }), '0');
    await ann.until('AgentEvent_Talking');
    assert.equal(await ann.code(confJoin, { callid: '1455885056-1095' }), '200-011');
    assert.equal(await ann.code(confJoin, { callid: call, callappdata: TOO_MUCH_DATA }), '000-002');
    assert.equal(await ann.code(confJoin, { callid: call }), '0');
    assert.equal(await ann.code(confJoin, { callid: call }), '200-011', 'joined already');
  },
  effect: async () => {
    const { ann, call, party, number } = await twoCalls();
    assert.equal(await ann.code(confJoin, { callid: call, callappdata: 'order 7' }), '0');
    assert.equal(await dataOf(ann), 'order 7');
    await floor.told(ann);
    hearsBoth(party, ann.phone, number);
    assert.equal(await ann.code(releaseCall), '0');
    await floor.told(ann);
    assert.deepEqual(party.hears(), [voiceOf(number)], 'the two outside talk on');
  },
});
