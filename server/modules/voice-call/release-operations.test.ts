import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { queryAllCallID } from '@parley/contract/gateway/call-data.ts';
import { callOut, innerHelp } from '@parley/contract/gateway/call-dial.ts';
import { confJoin, getHold, holdCall } from '@parley/contract/gateway/call-hold.ts';
import { disconnectNumber, dropCall, releaseCall, releaseCallEx } from '@parley/contract/gateway/call-release.ts';
import type { Desk } from '../../testing/desk.ts';
import { resultOf } from '../../testing/floor.ts';
import { openLiveFloor, type LiveFloor } from '../../testing/live-floor.ts';
import { describeOperation } from '../../testing/operation-test.ts';

let floor: LiveFloor;
before(async () => { floor = await openLiveFloor(); });
afterEach(() => floor.clear());
after(() => floor.server.close());

const CUSTOMER = '13800000001';

const callsOf = async (desk: Desk): Promise<unknown> => resultOf(await desk.client.call(queryAllCallID, { agentid: desk.workNo }));

/** Ann consults Bob about a customer, whom she holds. */
async function consultation(): Promise<{ readonly ann: Desk; readonly bob: Desk; readonly call: string; readonly aside: string }> {
  const { desk: ann, call } = await floor.talking();
  const bob = await floor.agent();
  const reply = await ann.client.call(innerHelp, { agentid: ann.workNo, dstaddress: String(bob.workNo) });
  assert.equal(reply.body['retcode'], '0', JSON.stringify(reply.body));
  return { ann, bob, call, aside: resultOf(reply) };
}

for (const op of [releaseCall, releaseCallEx]) {
  describeOperation(op, {
    example: async () => {
      const { desk } = await floor.talking();
      assert.equal(await desk.code(op), '0');
      assert.deepEqual(await callsOf(desk), []);
    },
    badInput: async () => {
      const ann = await floor.agent();
      assert.equal(await ann.code(op), '200-017');
      await floor.customer();
      assert.equal(await ann.code(holdCall), '0');
      assert.equal(await ann.code(op), '200-017', 'a held call is not the current one');
    },
    effect: async () => {
      const { desk, call } = await floor.talking();
      await desk.code(op);
      assert.equal(await desk.until('AgentEvent_Call_Release'), call);
      await desk.until('AgentState_Ready');
    },
  });
}

describeOperation(dropCall, {
  example: async () => {
    const { desk, call } = await floor.talking();
    assert.equal(await desk.code(dropCall, { callid: call }), '0');
    assert.equal(await desk.until('AgentEvent_Call_Release'), call);
  },
  badInput: async () => {
    const { call } = await floor.talking();
    const bob = await floor.agent();
    assert.equal(await bob.code(dropCall, { callid: call }), '200-025', 'somebody else\'s');
    assert.equal(await bob.code(dropCall, { callid: '1455885056-1095' }), '200-025');
    assert.equal(await bob.code(dropCall, { callid: '1'.repeat(26) }), '000-002');
  },
  effect: async () => {
    const ann = await floor.agent();
    const { call, party } = await floor.customer();
    assert.equal(await ann.code(holdCall), '0');
    assert.equal(await ann.code(callOut, { called: '40040' }), '0');
    assert.equal(await ann.code(dropCall, { callid: call }), '0', 'a held one');
    assert.equal(party.state(), 'gone');
    assert.equal((await callsOf(ann) as unknown[]).length, 1);
  },
});

describeOperation(disconnectNumber, {
  example: async () => {
    const { ann, bob, call, aside } = await consultation();
    assert.equal(await ann.code(disconnectNumber, { number: String(bob.workNo) }), '0');
    assert.equal(await bob.until('AgentEvent_Call_Release'), aside);
    assert.deepEqual(await callsOf(ann), [call]);
  },
  badInput: async () => {
    const { ann, bob } = await consultation();
    assert.equal(await ann.code(disconnectNumber, { number: CUSTOMER }), '200-024', 'the customer is held in the call before');
    assert.equal(await bob.code(disconnectNumber, { number: String(ann.workNo) }), '200-024', 'who helps releases nobody else');
    assert.equal(await ann.code(disconnectNumber, { number: 'bob' }), '000-002');
    const cid = await floor.agent();
    assert.equal(await cid.code(disconnectNumber, { number: CUSTOMER }), '200-023');
  },
  effect: async () => {
    const { ann, bob, call } = await consultation();
    assert.equal(await ann.code(confJoin, { callid: call }), '0');
    assert.equal(await bob.code(disconnectNumber, { number: CUSTOMER }), '200-024');
    assert.equal(await ann.code(disconnectNumber, { number: CUSTOMER }), '0', 'in a three-party call the customer is in the last call');
    assert.deepEqual(await callsOf(bob), [call]);
    assert.equal(await bob.code(disconnectNumber, { number: bob.phone }), '0', 'oneself, by the own phone');
    assert.deepEqual(await callsOf(ann), []);
  },
});

test('a held customer is released where no other call was made since', async () => {
  const { desk, call } = await floor.talking();
  assert.equal(await desk.code(holdCall), '0');
  assert.equal(await desk.code(disconnectNumber, { number: CUSTOMER }), '0');
  assert.equal(await desk.until('AgentEvent_Call_Release'), call);
});

test('the consultation is the last call, held or not', async () => {
  const { ann, aside } = await consultation();
  assert.equal(await ann.code(holdCall), '0');
  assert.equal(await ann.code(disconnectNumber, { number: CUSTOMER }), '200-024');
  assert.equal(await ann.code(getHold, { callid: aside }), '0');
});

test('an agent leaves by naming the own work number', async () => {
  const { desk } = await floor.talking();
  assert.equal(await desk.code(disconnectNumber, { number: String(desk.workNo) }), '0');
  assert.deepEqual(await callsOf(desk), []);
});
