import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { sayBusy } from '@parley/contract/gateway/agent-state.ts';
import { answerCall, rejectCall } from '@parley/contract/gateway/call-answer.ts';
import { innerHelp } from '@parley/contract/gateway/call-dial.ts';
import { confJoin, connectHold, getHold, holdCall } from '@parley/contract/gateway/call-hold.ts';
import { disconnectNumber, dropCall, releaseCall } from '@parley/contract/gateway/call-release.ts';
import { resultOf } from '../../testing/floor.ts';
import { openLiveFloor, type LiveFloor, type Told } from '../../testing/live-floor.ts';
import { BUSY, infoOf, internalOf, notReady, offHook, READY, setScene, type Scene } from './told.fixture.ts';

let floor: LiveFloor;
before(async () => { floor = await openLiveFloor(); });
afterEach(() => floor.clear());
after(() => floor.server.close());

const CUSTOMER = '13800000001';
const CONSULT = 51;
const AMONG_THREE = 52;

const scene = (): Promise<Scene> => setScene(floor);

async function help({ ann, bob }: Scene, mode: 1 | 2 = 1): Promise<string> {
  const reply = await ann.client.call(innerHelp, { agentid: ann.workNo, dstaddress: String(bob.workNo), mode });
  assert.equal(reply.body['retcode'], '0', JSON.stringify(reply.body));
  return resultOf(reply);
}

/** Ann consults Bob; both have been told so. */
async function consultation(): Promise<Scene & { readonly aside: ReturnType<typeof internalOf> }> {
  const found = await scene();
  const aside = internalOf(await help(found), found.ann, found.bob, CONSULT);
  assert.equal(await found.bob.code(answerCall), '0');
  await floor.told(found.ann);
  await floor.told(found.bob);
  return { ...found, aside };
}

/** The three of them talk. */
async function conference(): Promise<Scene> {
  const found = await consultation();
  assert.equal(await found.ann.code(confJoin, { callid: found.own.call }), '0');
  await floor.told(found.ann);
  await floor.told(found.bob);
  return found;
}

const consultFails = (call: string): Told => ['AgentEvent_Consult_Fail', call];

describe('help by the two agents alone (6.1.2.5, mode 1)', () => {
  test('is asked for, given, and joined by the customer: three talk', async () => {
    const { ann, bob, own, ...rest } = await scene();
    const aside = internalOf(await help({ ann, bob, own, ...rest }), ann, bob, CONSULT);
    assert.deepEqual(await floor.told(ann), [own.hold, aside.otherRings(bob)]);
    assert.deepEqual(await floor.told(bob), [BUSY, aside.rings, offHook('assistant'), aside.ringing({ type: 'assistant' })]);
    assert.equal(await bob.code(answerCall), '0');
    assert.deepEqual(await floor.told(ann), [aside.talking()]);
    assert.deepEqual(await floor.told(bob), [aside.talking('assistant')]);
    assert.equal(await ann.code(confJoin, { callid: own.call }), '0');
    assert.deepEqual(await floor.told(ann), [aside.otherGone(bob.workNo), own.talking(), own.conference(bob.workNo, CUSTOMER)]);
    assert.deepEqual(await floor.told(bob), [aside.otherGone(ann.workNo), aside.release, own.conference(ann.workNo, CUSTOMER)]);
  });

  test('is over when the helper hangs up', async () => {
    const { ann, bob, own, aside } = await consultation();
    assert.equal(await bob.code(releaseCall), '0');
    assert.deepEqual(await floor.told(ann), [aside.otherGone(bob.workNo), aside.release, own.talking()]);
    assert.deepEqual(await floor.told(bob), [aside.otherGone(ann.workNo), aside.release, READY]);
  });

  test('is over when the agent drops the consultation', async () => {
    const { ann, bob, own, aside } = await consultation();
    assert.equal(await ann.code(dropCall, { callid: aside.call }), '0');
    assert.deepEqual(await floor.told(ann), [aside.release, own.talking()]);
    assert.deepEqual(await floor.told(bob), [aside.otherGone(ann.workNo), aside.release, READY]);
  });

  test('is over when the agent disconnects the helper', async () => {
    const { ann, bob, own, aside } = await consultation();
    assert.equal(await ann.code(disconnectNumber, { number: String(bob.workNo) }), '0');
    assert.deepEqual(await floor.told(ann), [aside.otherGone(bob.workNo), aside.release, own.talking()]);
    assert.deepEqual(await floor.told(bob), [aside.release, READY]);
  });

  test('becomes the helper\'s call when the agent hangs up', async () => {
    const { ann, bob, own, aside } = await consultation();
    assert.equal(await ann.code(releaseCall), '0');
    assert.deepEqual(await floor.told(ann), [aside.release, own.release, READY]);
    assert.deepEqual(await floor.told(bob), [aside.otherGone(ann.workNo), aside.release, own.talking()]);
  });

  test('goes on between the two when the customer hangs up', async () => {
    const { ann, bob, own, party, aside } = await consultation();
    party.hangUp();
    assert.deepEqual(await floor.told(ann), [own.otherGone(), own.release]);
    assert.deepEqual(await floor.told(bob), []);
    assert.equal(await ann.code(releaseCall), '0');
    assert.deepEqual(await floor.told(ann), [aside.release, READY]);
    assert.deepEqual(await floor.told(bob), [aside.otherGone(ann.workNo), aside.release, READY]);
  });

  test('is not needed any more when the customer hangs up before the helper answers', async () => {
    const found = await scene();
    const { ann, bob, own, party } = found;
    const aside = internalOf(await help(found), ann, bob, CONSULT);
    await floor.told(ann);
    await floor.told(bob);
    party.hangUp();
    assert.deepEqual(await floor.told(ann), [own.otherGone(), own.release, consultFails(aside.call), aside.release, READY]);
    assert.deepEqual(await floor.told(bob), [aside.noAnswer, READY]);
  });

  test('is rejected: the agent is back with the customer', async () => {
    const found = await scene();
    const { ann, bob, own } = found;
    const aside = internalOf(await help(found), ann, bob, CONSULT);
    await floor.told(ann);
    await floor.told(bob);
    assert.equal(await bob.code(rejectCall, { mode: 1 }), '0');
    assert.deepEqual(await floor.told(ann), [consultFails(aside.call), aside.release, own.talking()]);
    assert.deepEqual(await floor.told(bob), [aside.noAnswer, notReady(7)]);
  });

  test('is asked for in vain, and the customer is not put aside for it', async () => {
    const found = await scene();
    const { ann, bob } = found;
    assert.equal(await bob.code(sayBusy), '0');
    await floor.told(bob);
    assert.deepEqual([consultFails(await help(found))], await floor.told(ann));
    assert.deepEqual(await floor.told(bob), []);
  });

  test('may be interrupted: the agent goes to the customer and comes back', async () => {
    const { ann, own, aside } = await consultation();
    assert.equal(await ann.code(holdCall), '0');
    assert.equal(await ann.code(getHold, { callid: own.call }), '0');
    assert.equal(await ann.code(holdCall), '0');
    assert.equal(await ann.code(getHold, { callid: aside.call }), '0');
    assert.deepEqual(await floor.told(ann), [aside.hold, own.talking(), own.hold, aside.talking()]);
  });
});

describe('help among all three (6.1.2.5, mode 2)', () => {
  test('brings the colleague into the customer\'s call', async () => {
    const found = await scene();
    const { ann, bob, own } = found;
    assert.equal(await help(found, 2), own.call);
    assert.deepEqual(await floor.told(ann), [own.otherRings(bob)]);
    assert.deepEqual(await floor.told(bob), [
      BUSY, own.rings, offHook('assistant'), own.ringing({ type: 'assistant', feature: '52' }), infoOf(floor, own.call),
    ]);
    assert.equal(await bob.code(answerCall), '0');
    assert.deepEqual(await floor.told(ann), [own.conference(bob.workNo, CUSTOMER)]);
    assert.deepEqual(await floor.told(bob), [own.talking('assistant', AMONG_THREE), own.conference(ann.workNo, CUSTOMER)]);
  });

  test('is not given, and the agent and the customer talk on', async () => {
    const found = await scene();
    const { ann, bob, own } = found;
    await help(found, 2);
    await floor.told(ann);
    await floor.told(bob);
    assert.equal(await bob.code(rejectCall, { mode: 2 }), '0');
    assert.deepEqual(await floor.told(ann), [consultFails(own.call)]);
    assert.deepEqual(await floor.told(bob), [own.noAnswer, READY]);
    await help(found, 2);
    assert.deepEqual((await floor.told(bob)).at(-1), infoOf(floor, own.call), 'who would not help has released nothing');
  });
});

describe('three who talk', () => {
  test('are left by the helper', async () => {
    const { ann, bob, own } = await conference();
    assert.equal(await bob.code(releaseCall), '0');
    assert.deepEqual(await floor.told(ann), [own.otherGone(bob.workNo), own.talking()]);
    assert.deepEqual(await floor.told(bob), [own.release, READY]);
  });

  test('are left by the agent whose call it was: it is the helper\'s from then on', async () => {
    const { ann, bob, own, party } = await conference();
    assert.equal(await ann.code(releaseCall), '0');
    assert.deepEqual(await floor.told(ann), [own.release, READY]);
    assert.deepEqual(await floor.told(bob), [own.otherGone(ann.workNo), own.talking('main')]);
    party.hangUp();
    assert.deepEqual(await floor.told(bob), [own.otherGone(), own.release, READY]);
  });

  test('are left by the customer: the agents talk on', async () => {
    const { ann, bob, own, party } = await conference();
    party.hangUp();
    assert.deepEqual(await floor.told(ann), [own.otherGone(), own.talking()]);
    assert.deepEqual(await floor.told(bob), [own.otherGone(), own.talking('assistant', AMONG_THREE)]);
  });
});

describe('a held call connected with the current one (6.1.2.9)', () => {
  test('the helper talks with the customer, and the agent is out of both calls', async () => {
    const { ann, bob, own, aside, party } = await consultation();
    assert.equal(await ann.code(connectHold, { callid: own.call }), '0');
    assert.deepEqual(await floor.told(ann), [aside.otherGone(bob.workNo), aside.release, own.release, READY]);
    assert.deepEqual(await floor.told(bob), [aside.otherGone(ann.workNo), aside.release, own.talking('main')]);
    party.hangUp();
    assert.deepEqual(await floor.told(bob), [own.otherGone(), own.release, READY]);
  });

  test('the other way round: the call of the customer goes on, whichever of the two is held', async () => {
    const { ann, bob, own, aside } = await consultation();
    assert.equal(await ann.code(holdCall), '0');
    assert.equal(await ann.code(getHold, { callid: own.call }), '0');
    await floor.told(ann);
    assert.equal(await ann.code(connectHold, { callid: aside.call }), '0');
    assert.deepEqual(await floor.told(ann), [aside.otherGone(bob.workNo), aside.release, own.release, READY]);
    assert.deepEqual(await floor.told(bob), [aside.otherGone(ann.workNo), aside.release, own.talking('main')]);
  });
});
