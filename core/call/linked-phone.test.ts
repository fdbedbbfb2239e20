import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRig, type Rig } from '../centre/centre.fixture.ts';
import { CAUSE, REASON } from './call.ts';

const LINKED = { phoneLinkage: true, phoneLinked: true, autoAnswer: false } as const;
const PICK_UP = { kind: 'pickUpPhone', agent: 101 } as const;
const HANG_UP = { kind: 'hangUpPhone', agent: 101 } as const;

/** An agent whose phone rings for a caller. */
function ringing(profile: object = LINKED): { readonly rig: Rig; readonly call: string } {
  const rig = createRig({ phonesAnswer: false });
  rig.signIn(101, profile);
  const call = rig.callIn(1);
  rig.does({ kind: 'legReported', report: { kind: 'rang', leg: rig.phone(101) } });
  rig.news();
  return { rig, call };
}

const pickUps = ({ orders }: Rig): readonly string[] => orders.flatMap((order) => (order.kind === 'pickUp' ? [order.leg] : []));

test('picking up the linked phone answers it and the call, whoever answers calls otherwise', () => {
  for (const autoAnswer of [false, true]) {
    const { rig, call } = ringing({ ...LINKED, autoAnswer });
    rig.does(PICK_UP);
    assert.deepEqual(pickUps(rig), [rig.phone(101)]);
    assert.equal(rig.centre.agents.get(101)?.state, 'occupied', 'not before the phone has');
    rig.picksUp(101);
    assert.equal(rig.centre.agents.get(101)?.state, 'talking');
    assert.deepEqual(rig.centre.calls.get(call)?.parts.map(({ kind }) => kind), ['customer', 'agent']);
    assert.deepEqual(rig.news(), ['PickUpAsked', 'LegAnswered', 'OfferRang', 'AgentMoved', 'AgentJoined']);
    assert.equal(rig.refuses(PICK_UP), 'wrongState', 'answered already');
  }
});

test('a phone that is lifted by hand rings on in the software', () => {
  const { rig } = ringing();
  rig.picksUp(101);
  assert.equal(rig.centre.agents.get(101)?.state, 'ringing');
  rig.does(PICK_UP);
  assert.deepEqual(pickUps(rig), [], 'the phone is off the hook');
  assert.equal(rig.centre.agents.get(101)?.state, 'talking');
});

test('the phone of a call that the agent makes is picked up too, and the number is rung then', () => {
  const rig = createRig({ phonesAnswer: false });
  rig.signIn(101, LINKED);
  rig.does({ kind: 'dialOut', agent: 101, called: '40040', caller: '' });
  assert.equal(rig.refuses(PICK_UP), 'wrongState', 'it does not ring yet');
  rig.does({ kind: 'legReported', report: { kind: 'rang', leg: rig.phone(101) } });
  rig.does(PICK_UP);
  rig.does(PICK_UP);
  rig.picksUp(101);
  assert.equal(rig.orders.filter((order) => order.kind === 'dial' && order.to.kind === 'number').length, 1);
});

test('only of the call for which it was picked up', () => {
  const { rig, call } = ringing();
  rig.does(PICK_UP);
  rig.hangsUp(rig.phone(101), CAUSE.unanswered);
  assert.equal(rig.centre.calls.get(call)?.offer, undefined, 'the phone did not take it');
  rig.does({ kind: 'askState', agent: 101, request: 'sayFree' });
  assert.equal(rig.centre.calls.get(call)?.offer?.agent, 101);
  rig.picksUp(101);
  assert.equal(rig.centre.agents.get(101)?.state, 'ringing', 'the next time it is asked anew');
});

test('hanging up the linked phone sends the caller back to the queue and makes the agent busy', () => {
  const { rig, call } = ringing();
  rig.does(HANG_UP);
  assert.deepEqual([rig.centre.agents.get(101)?.state, rig.centre.calls.get(call)?.waitingIn], ['busy', [1]]);
  assert.equal(rig.centre.calls.get(call)?.visits.findLast(({ device }) => device === 'agent')?.leaveReason, REASON.agentRejected);
  assert.equal(rig.refuses(HANG_UP), 'wrongState', 'nothing rings any more');
});

test('hanging up the linked phone ends a call that is not made yet', () => {
  const rig = createRig({ phonesAnswer: false });
  rig.signIn(101, LINKED);
  const { result = '' } = rig.does({ kind: 'dialOut', agent: 101, called: '40040', caller: '' });
  rig.does(HANG_UP);
  assert.equal(rig.centre.calls.has(result), false);
});

test('neither is for agents without linkage, nor when nothing rings', () => {
  const { rig } = ringing({ autoAnswer: false });
  assert.deepEqual([rig.refuses(PICK_UP), rig.refuses(HANG_UP)], ['phoneUnavailable', 'phoneUnavailable']);
  rig.signIn(102, LINKED);
  assert.deepEqual([rig.refuses({ ...PICK_UP, agent: 102 }), rig.refuses({ ...HANG_UP, agent: 102 })], ['wrongState', 'wrongState']);
});
