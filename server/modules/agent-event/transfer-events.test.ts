import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { sayBusy } from '@parley/contract/gateway/agent-state.ts';
import { answerCall, rejectCall } from '@parley/contract/gateway/call-answer.ts';
import { disconnectNumber, releaseCall } from '@parley/contract/gateway/call-release.ts';
import { cancelTransfer, transferCall } from '@parley/contract/gateway/call-transfer.ts';
import { answersAfter, busy, ringsForever, unreachable, type Behaviour } from '../../../sim/parties.ts';
import type { FlowOutcome } from '../../engine/voice.ts';
import type { Desk } from '../../testing/desk.ts';
import { openLiveFloor, type LiveFloor, type Told } from '../../testing/live-floor.ts';
import { ALL_BUSY, BUSY, infoOf, notReady, offHook, READY, setScene, type Scene } from './told.fixture.ts';

let floor: LiveFloor;
before(async () => { floor = await openLiveFloor(); });
afterEach(() => floor.clear());
after(() => floor.server.close());

const CUSTOMER = '13800000001';
const AGENT = 2;
const OUTSIDE = 5;

const scene = (): Promise<Scene> => setScene(floor);

async function transfer(desk: Desk, devicetype: number, address: number | string, mode: number, more: object = {}): Promise<void> {
  assert.equal(await desk.code(transferCall, { devicetype, address: String(address), mode, ...more }), '0');
}

let numbers = 0;
function outside(behaviour: Behaviour): string {
  numbers += 1;
  return floor.voice.phone(`6${String(numbers).padStart(7, '0')}`).behaves(behaviour).number;
}

/** What a transferred call tells whom it comes to. */
const offered = ({ own }: Scene, from: Desk): Told => own.ringing({ transfer: 'yes', transfrom: String(from.workNo) });

describe('a transfer to a colleague', () => {
  test('blindly: the agent is out at once', async () => {
    const found = await scene();
    const { ann, bob, own } = found;
    await transfer(ann, AGENT, bob.workNo, 0);
    assert.deepEqual(await floor.told(ann), [own.release, READY]);
    assert.deepEqual(await floor.told(bob), [
      BUSY, own.rings, offHook(), offered(found, ann), infoOf(floor, own.call, { lastReleaseAgentId: ann.workNo }),
    ]);
    assert.equal(await bob.code(answerCall), '0');
    assert.deepEqual(await floor.told(bob), [own.talking()]);
  });

  test('after success: the agent is out when the colleague has answered', async () => {
    const found = await scene();
    const { ann, bob, own } = found;
    await transfer(ann, AGENT, bob.workNo, 2);
    assert.deepEqual(await floor.told(ann), []);
    assert.deepEqual(await floor.told(bob), [BUSY, own.rings, offHook(), offered(found, ann), infoOf(floor, own.call)]);
    assert.equal(await bob.code(answerCall), '0');
    assert.deepEqual(await floor.told(ann), [own.transferred(0), own.release, READY]);
    assert.deepEqual(await floor.told(bob), [own.talking()]);
  });

  test('after success, which the colleague does not want', async () => {
    const { ann, bob, own } = await scene();
    await transfer(ann, AGENT, bob.workNo, 2);
    await floor.told(bob);
    assert.equal(await bob.code(rejectCall, { mode: 1 }), '0');
    assert.deepEqual(await floor.told(ann), [own.transferred(604)]);
    assert.deepEqual(await floor.told(bob), [own.noAnswer, notReady(7)]);
  });

  test('after success, which the agent calls off', async () => {
    const { ann, bob, own } = await scene();
    await transfer(ann, AGENT, bob.workNo, 2);
    await floor.told(bob);
    assert.equal(await ann.code(disconnectNumber, { number: String(bob.workNo) }), '0');
    assert.deepEqual(await floor.told(ann), [own.transferred(1154)]);
    assert.deepEqual(await floor.told(bob), [own.noAnswer, READY]);
  });

  test('after success, for which the customer does not wait', async () => {
    const { ann, bob, own, party } = await scene();
    await transfer(ann, AGENT, bob.workNo, 2);
    await floor.told(bob);
    party.hangUp();
    const told = await floor.told(ann);
    assert.deepEqual([told.at(0), told.at(-2), told.at(-1)], [own.otherGone(), own.release, READY]);
    assert.ok(told.some(([type, content]) => type === 'AgentEvent_SuccTransResult' && content.result !== 0));
    assert.deepEqual(await floor.told(bob), [own.noAnswer, READY]);
  });
});

describe('a transfer to a skill queue', () => {
  test('blindly', async () => {
    const found = await scene();
    const { ann, bob, own } = found;
    await transfer(ann, 1, floor.queue, 0);
    assert.deepEqual(await floor.told(ann), [own.release, READY]);
    assert.deepEqual((await floor.told(bob)).slice(-2), [
      offered(found, ann), infoOf(floor, own.call, { lastReleaseAgentId: ann.workNo, releaseAndReQueueCount: 1, releaseAndReQueueCallFlag: 1 }),
    ]);
  });

  test('after success, which takes as long as nobody is free', async () => {
    const found = await scene();
    const { ann, bob, own } = found;
    assert.equal(await bob.code(sayBusy), '0');
    await floor.told(bob);
    await transfer(ann, 1, floor.queue, 2);
    assert.deepEqual(await floor.told(ann), [ALL_BUSY]);
    assert.deepEqual(await floor.told(bob), [ALL_BUSY]);
    const cid = await floor.agent();
    assert.deepEqual((await floor.told(cid)).map(([type]) => type), [
      'AgentState_Busy', 'AgentOther_PhoneAlerting', 'AgentOther_PhoneOffhook', 'AgentEvent_Auto_Answer', 'AgentEvent_Incoming_CallInfo', 'AgentEvent_Talking',
    ]);
    assert.deepEqual(await floor.told(ann), [own.transferred(0), own.release, READY]);
  });

  test('by an access code, blindly and after success', async () => {
    const found = await scene();
    const { ann, bob, own } = found;
    await transfer(ann, 4, floor.number, 2);
    assert.equal(await bob.code(answerCall), '0');
    assert.deepEqual(await floor.told(ann), [own.transferred(0), own.release, READY]);
    await transfer(bob, 4, floor.number, 0);
    assert.deepEqual((await floor.told(bob)).slice(-2), [own.release, READY]);
    assert.deepEqual((await floor.told(ann)).map(([type]) => type), [
      'AgentState_Busy', 'AgentEvent_Auto_Answer', 'AgentEvent_Incoming_CallInfo', 'AgentEvent_Talking',
    ]);
  });
});

describe('a transfer to a flow', () => {
  let code = 5000;
  /** A flow that comes to this outcome after a second. */
  const flow = async (outcome: FlowOutcome, afterMs = 0): Promise<string> => {
    code += 1;
    floor.voice.flow(await floor.flow(String(code)), outcome, afterMs);
    return String(code);
  };

  test('blindly', async () => {
    const { ann, own, party } = await scene();
    await transfer(ann, 3, await flow({ kind: 'done' }, 60_000), 0);
    assert.deepEqual(await floor.told(ann), [own.release, READY]);
    assert.match(String(party.hears()), /^flow:/);
  });

  test('that gives the call back (ReturnFromIvr)', async () => {
    const { ann, own, party } = await scene();
    await transfer(ann, 3, await flow({ kind: 'done' }), 1);
    assert.deepEqual((await ann.until('AgentEvent_ReturnFromIvr')), own.call);
    assert.deepEqual(await floor.told(ann), [own.talking()]);
    assert.equal(party.hears().length, 1);
  });

  test('that keeps the call', async () => {
    const { ann, own } = await scene();
    await transfer(ann, 3, await flow({ kind: 'queue', queue: floor.queue }), 1);
    assert.deepEqual(await ann.until('AgentEvent_Call_Release'), own.call);
    assert.deepEqual(await floor.told(ann), [READY]);
  });

  test('out of which the customer hangs up', async () => {
    const { ann, own, party } = await scene();
    await transfer(ann, 3, await flow({ kind: 'done' }, 60_000), 1);
    assert.deepEqual(await floor.told(ann), []);
    party.hangUp();
    assert.deepEqual(await floor.told(ann), [own.otherGone(), own.release, READY]);
  });
});

describe('a transfer to a number outside', () => {
  test('blindly', async () => {
    const { ann, own, party } = await scene();
    const number = outside(answersAfter(0));
    await transfer(ann, OUTSIDE, number, 1);
    assert.deepEqual(await floor.told(ann), [own.release, READY]);
    assert.deepEqual(party.hears(), [floor.voice.phone(number).leg()]);
  });

  test('after success', async () => {
    const { ann, own } = await scene();
    const number = outside(answersAfter(0));
    await transfer(ann, OUTSIDE, number, 2, { caller: '4008' });
    assert.deepEqual(await floor.told(ann), [own.transferred(0), own.release, READY]);
    assert.equal(floor.voice.phone(number).shows(), '4008');
  });

  test('after success, which does not come about', async () => {
    const { ann, own } = await scene();
    await transfer(ann, OUTSIDE, outside(busy), 2);
    await transfer(ann, OUTSIDE, outside(unreachable), 2);
    assert.deepEqual(await floor.told(ann), [own.transferred(537), own.transferred(538)]);
    await transfer(ann, OUTSIDE, outside(ringsForever), 2);
    await floor.later(30_000);
    assert.deepEqual(await floor.told(ann), [own.transferred(603)]);
  });

  test('talking to it first, then leaving the two to each other', async () => {
    const { ann, own, party } = await scene();
    const number = outside(answersAfter(0));
    await transfer(ann, OUTSIDE, number, 3);
    assert.deepEqual(await floor.told(ann), [own.otherRings(number), own.talking()]);
    assert.deepEqual(party.hears(), ['music']);
    assert.equal(await ann.code(releaseCall), '0');
    assert.deepEqual(await floor.told(ann), [own.release, READY]);
    assert.deepEqual(party.hears(), [floor.voice.phone(number).leg()]);
  });

  test('talking to it first, until it hangs up', async () => {
    const { ann, own } = await scene();
    const number = outside(answersAfter(0));
    await transfer(ann, OUTSIDE, number, 3);
    await floor.told(ann);
    floor.voice.phone(number).hangUp();
    assert.deepEqual(await floor.told(ann), [own.otherGone(number), own.talking()]);
  });

  test('talking to it first, while the customer hangs up', async () => {
    const { ann, own, party } = await scene();
    const number = outside(answersAfter(0));
    await transfer(ann, OUTSIDE, number, 3);
    await floor.told(ann);
    party.hangUp();
    assert.deepEqual(await floor.told(ann), [own.otherGone(), own.talking()]);
    assert.equal(await ann.code(releaseCall), '0');
    assert.deepEqual(await floor.told(ann), [own.otherGone(number), own.release, READY]);
  });

  test('which does not answer: the agent is back with the customer', async () => {
    const { ann, own } = await scene();
    for (const mode of [3, 4]) {
      await transfer(ann, OUTSIDE, outside(busy), mode);
      assert.deepEqual(await floor.told(ann), [['AgentEvent_Connect_Fail', own.call], own.talking()]);
    }
  });

  test('all three together', async () => {
    const { ann, own, party } = await scene();
    const number = outside(answersAfter(0));
    await transfer(ann, OUTSIDE, number, 4);
    assert.deepEqual(await floor.told(ann), [own.otherRings(number), own.conference(CUSTOMER, number)]);
    party.hangUp();
    assert.deepEqual(await floor.told(ann), [own.otherGone(), own.talking()]);
  });

  test('taken back while it rings (6.1.2.12)', async () => {
    const { ann, own } = await scene();
    const number = outside(ringsForever);
    await transfer(ann, OUTSIDE, number, 3);
    assert.deepEqual(await floor.told(ann), [own.otherRings(number)]);
    assert.equal(await ann.code(cancelTransfer), '0');
    assert.deepEqual(await floor.told(ann), [own.talking()]);
  });

  test('all three together, taken back', async () => {
    const { ann, own } = await scene();
    const number = outside(answersAfter(0));
    await transfer(ann, OUTSIDE, number, 4);
    await floor.told(ann);
    assert.equal(await ann.code(cancelTransfer), '0');
    assert.deepEqual(await floor.told(ann), [own.otherGone(number), own.talking()]);
  });
});

test('a mode that there is not, a transfer taken back, and one to a colleague who is busy', async () => {
  const { ann, bob, own, party } = await scene();
  const number = outside(answersAfter(0));
  assert.equal(await ann.code(transferCall, { devicetype: OUTSIDE, address: number, mode: 0 }), '000-002');
  await transfer(ann, OUTSIDE, number, 3);
  assert.equal(await ann.code(cancelTransfer), '0');
  assert.deepEqual(await floor.told(ann), [own.otherRings(number), own.talking(), own.otherGone(number), own.talking()]);
  assert.equal(await bob.code(sayBusy), '0');
  await transfer(ann, AGENT, bob.workNo, 2);
  assert.deepEqual(await floor.told(ann), [own.transferred(537)]);
  assert.deepEqual(await floor.told(bob), [notReady(0)]);
  assert.deepEqual(party.hears(), [floor.voice.phone(ann.phone).leg()], 'the agent still talks with the customer');
});
