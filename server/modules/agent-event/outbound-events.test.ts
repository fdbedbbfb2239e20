import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { sayBusy } from '@parley/contract/gateway/agent-state.ts';
import { answerCall, rejectCall } from '@parley/contract/gateway/call-answer.ts';
import { callInner, callOut, previewCallOut } from '@parley/contract/gateway/call-dial.ts';
import { holdCall } from '@parley/contract/gateway/call-hold.ts';
import { releaseCall } from '@parley/contract/gateway/call-release.ts';
import { answersAfter, busy, rejects, ringsForever, unreachable, type Behaviour } from '../../../sim/parties.ts';
import type { Desk } from '../../testing/desk.ts';
import { resultOf } from '../../testing/floor.ts';
import { openLiveFloor, type LiveFloor, type Told } from '../../testing/live-floor.ts';
import { BUSY, inboundOf, internalOf, notReady, offHook, onHook, outboundOf, OWN_RING, READY, WRAP_UP } from './told.fixture.ts';

let floor: LiveFloor;
before(async () => { floor = await openLiveFloor(); });
afterEach(() => floor.clear());
after(() => floor.server.close());

const HANGS_UP = { releasephone: true } as const;
const DIALS = [OWN_RING, offHook(), BUSY] as const;
const IDLE_AGAIN = [WRAP_UP, onHook(3), READY] as const;

let numbers = 0;
/** A number outside of which nobody has heard before. */
function outside(behaviour: Behaviour): string {
  numbers += 1;
  return floor.voice.phone(`7${String(numbers).padStart(7, '0')}`).behaves(behaviour).number;
}

async function dial(desk: Desk, called: string): Promise<string> {
  const reply = await desk.client.call(callOut, { agentid: desk.workNo, called });
  assert.equal(reply.body['retcode'], '0', JSON.stringify(reply.body));
  return resultOf(reply);
}

async function dialInside(desk: Desk, colleague: Desk): Promise<string> {
  const reply = await desk.client.call(callInner, { agentid: desk.workNo, called: String(colleague.workNo) });
  assert.equal(reply.body['retcode'], '0', JSON.stringify(reply.body));
  return resultOf(reply);
}

const detected = (callId: string, detect: number, desc: string): Told => ['OUTBOUND_DETECT_EVENT', { callId, detect, desc }];
const failed = (call: string): Told => ['AgentEvent_Call_Out_Fail', call];

describe('a call to the outside', () => {
  test('is answered, and the agent hangs up', async () => {
    const ann = await floor.agent(HANGS_UP);
    const called = outside(answersAfter(0));
    const told = outboundOf(await dial(ann, called), called);
    assert.deepEqual(await floor.told(ann), [...DIALS, told.otherRings(called), told.ability, told.talking()]);
    assert.equal(await ann.code(releaseCall), '0');
    assert.deepEqual(await floor.told(ann), [told.otherGone(called), told.release, ...IDLE_AGAIN]);
  });

  test('is answered, and the other side hangs up', async () => {
    const ann = await floor.agent(HANGS_UP);
    const called = outside(answersAfter(0));
    const told = outboundOf(await dial(ann, called), called);
    await floor.told(ann);
    floor.voice.phone(called).hangUp();
    assert.deepEqual(await floor.told(ann), [told.otherGone(called), told.release, ...IDLE_AGAIN]);
  });

  test('needs no ring of a phone that is off the hook', async () => {
    const ann = await floor.agent();
    await dial(ann, outside(busy));
    await floor.told(ann);
    const called = outside(ringsForever);
    const told = outboundOf(await dial(ann, called), called);
    assert.deepEqual(await floor.told(ann), [BUSY, told.otherRings(called)]);
  });

  test('beside a held call leaves the agent busy as before', async () => {
    const ann = await floor.agent();
    const { call, party } = await floor.customer();
    assert.equal(await ann.code(holdCall), '0');
    await floor.told(ann);
    const called = outside(answersAfter(0));
    const told = outboundOf(await dial(ann, called), called);
    assert.deepEqual(await floor.told(ann), [told.otherRings(called), told.ability, told.talking()]);
    party.hangUp();
    assert.deepEqual(await floor.told(ann), [inboundOf(floor, call).otherGone(), inboundOf(floor, call).release]);
  });

  test('is called off by the agent while it rings', async () => {
    const ann = await floor.agent(HANGS_UP);
    const called = outside(ringsForever);
    const told = outboundOf(await dial(ann, called), called);
    await floor.told(ann);
    assert.equal(await ann.code(releaseCall), '0');
    assert.deepEqual(await floor.told(ann), [told.release, ...IDLE_AGAIN], 'nobody was in the call who could leave it');
  });

  /** What the other end does, whether it rings, and what is found out (Table 6-451). */
  const ENDS: Readonly<Record<string, readonly [Behaviour, boolean, number, string]>> = {
    'is busy': [busy, false, 537, 'The other side is busy.'],
    'cannot be reached': [unreachable, false, 538, 'The number is wrong or cannot be reached.'],
    rejects: [rejects(), true, 604, 'The call was rejected.'],
  };
  for (const [name, [behaviour, rings, code, words]] of Object.entries(ENDS)) {
    test(`fails because the number ${name}`, async () => {
      const ann = await floor.agent(HANGS_UP);
      const called = outside(behaviour);
      const told = outboundOf(await dial(ann, called), called);
      assert.deepEqual(await floor.told(ann), [
        ...DIALS, ...(rings ? [told.otherRings(called)] : []), detected(told.call, code, words), failed(told.call), told.release, ...IDLE_AGAIN,
      ]);
    });
  }

  test('fails because nobody answers', async () => {
    const ann = await floor.agent(HANGS_UP);
    const told = outboundOf(await dial(ann, outside(ringsForever)), '');
    await floor.told(ann);
    await floor.later(30_000);
    assert.deepEqual(await floor.told(ann), [detected(told.call, 603, 'Nobody answered.'), failed(told.call), told.release, ...IDLE_AGAIN]);
  });

  const NOT_REACHED = 'The agent\'s own phone could not be reached.';
  const OWN: Readonly<Record<string, readonly [Behaviour, readonly Told[], number, string]>> = {
    'is busy': [busy, [['AgentOther_PhoneBusy', null]], 1046, NOT_REACHED],
    'cannot be reached': [unreachable, [['AgentOther_PhoneUnknow', null]], 1046, NOT_REACHED],
    'is turned down': [rejects(), [OWN_RING, onHook(2)], 1154, 'The agent called it off.'],
  };
  for (const [name, [behaviour, phone, code, words]] of Object.entries(OWN)) {
    test(`fails because the agent's own phone ${name}`, async () => {
      const ann = await floor.agent();
      floor.voice.phone(ann.phone).behaves(behaviour);
      const called = outside(answersAfter(0));
      const told = outboundOf(await dial(ann, called), called);
      assert.deepEqual(await floor.told(ann), [...phone, detected(told.call, code, words), failed(told.call), told.release, READY]);
      assert.equal(floor.voice.phone(called).timesRung(), 0);
    });
  }

  test('fails because the agent\'s own phone is not answered', async () => {
    const ann = await floor.agent();
    floor.voice.phone(ann.phone).behaves(ringsForever);
    const told = outboundOf(await dial(ann, outside(busy)), '');
    assert.deepEqual(await floor.told(ann), [OWN_RING]);
    await floor.later(30_000);
    assert.deepEqual(await floor.told(ann), [
      detected(told.call, 1041, 'The agent\'s own phone was not answered.'), failed(told.call), told.release, ...IDLE_AGAIN,
    ]);
  });
});

describe('a call to a colleague', () => {
  const MANUAL = { autoanswer: false } as const;

  test('rings at the colleague, and is talked in until the colleague hangs up', async () => {
    const ann = await floor.agent(HANGS_UP);
    const bob = await floor.agent(MANUAL);
    const told = internalOf(await dialInside(ann, bob), ann, bob);
    assert.deepEqual(await floor.told(ann), [...DIALS, told.otherRings(bob)]);
    assert.deepEqual(await floor.told(bob), [BUSY, told.rings, offHook(), told.ringing()]);
    assert.equal(await bob.code(answerCall), '0');
    assert.deepEqual(await floor.told(ann), [told.talking()]);
    assert.deepEqual(await floor.told(bob), [told.talking()]);
    assert.equal(await bob.code(releaseCall), '0');
    assert.deepEqual(await floor.told(ann), [told.otherGone(bob.workNo), told.release, ...IDLE_AGAIN]);
    assert.deepEqual(await floor.told(bob), [told.otherGone(ann.workNo), told.release, READY]);
  });

  test('is hung up by who made it', async () => {
    const ann = await floor.agent();
    const bob = await floor.agent();
    const told = internalOf(await dialInside(ann, bob), ann, bob);
    await floor.told(ann);
    await floor.told(bob);
    assert.equal(await ann.code(releaseCall), '0');
    assert.deepEqual(await floor.told(ann), [told.otherGone(bob.workNo), told.release, READY]);
    assert.deepEqual(await floor.told(bob), [told.otherGone(ann.workNo), told.release, READY]);
  });

  test('rings in the software of a colleague whose phone is off the hook, which who calls hears as a ring', async () => {
    const ann = await floor.agent();
    const bob = await floor.agent(MANUAL);
    await dial(bob, outside(busy));
    await floor.told(bob);
    const told = internalOf(await dialInside(ann, bob), ann, bob);
    assert.deepEqual(await floor.told(ann), [...DIALS, told.otherRings(bob)]);
    assert.deepEqual(await floor.told(bob), [BUSY, told.ringing()]);
  });

  const fails = (call: string): Told => ['AgentEvent_Inside_Call_Fail', call];

  test('fails because the colleague is busy', async () => {
    const ann = await floor.agent();
    const bob = await floor.agent();
    assert.equal(await bob.code(sayBusy), '0');
    await floor.told(bob);
    const told = internalOf(await dialInside(ann, bob), ann, bob);
    assert.deepEqual(await floor.told(ann), [...DIALS, fails(told.call), told.release, READY]);
    assert.deepEqual(await floor.told(bob), []);
  });

  test('fails because the colleague rejects it', async () => {
    const ann = await floor.agent();
    const bob = await floor.agent(MANUAL);
    const told = internalOf(await dialInside(ann, bob), ann, bob);
    await floor.told(ann);
    await floor.told(bob);
    assert.equal(await bob.code(rejectCall, { mode: 1 }), '0');
    assert.deepEqual(await floor.told(ann), [fails(told.call), told.release, READY]);
    assert.deepEqual(await floor.told(bob), [told.noAnswer, notReady(7)]);
  });

  test('fails because nobody is at the colleague\'s phone', async () => {
    const ann = await floor.agent();
    const bob = await floor.agent();
    floor.voice.phone(bob.phone).behaves(ringsForever);
    const told = internalOf(await dialInside(ann, bob), ann, bob);
    await floor.told(ann);
    await floor.told(bob);
    await floor.later(30_000);
    assert.deepEqual(await floor.told(ann), [fails(told.call), told.release, READY]);
    assert.deepEqual(await floor.told(bob), [told.noAnswer, WRAP_UP, onHook(3), notReady(2)]);
  });

  test('is called off, and the colleague hears that it rings no more', async () => {
    const ann = await floor.agent();
    const bob = await floor.agent(MANUAL);
    const told = internalOf(await dialInside(ann, bob), ann, bob);
    await floor.told(ann);
    await floor.told(bob);
    assert.equal(await ann.code(releaseCall), '0');
    assert.deepEqual(await floor.told(ann), [told.release, READY]);
    assert.deepEqual(await floor.told(bob), [told.noAnswer, READY]);
  });

  test('is not connected where the own phone takes no calls', async () => {
    const ann = await floor.agent();
    const bob = await floor.agent();
    floor.voice.phone(ann.phone).behaves(busy);
    const told = internalOf(await dialInside(ann, bob), ann, bob);
    assert.deepEqual(await floor.told(ann), [['AgentOther_PhoneBusy', null], ['AgentEvent_Connect_Fail', told.call], told.release, READY]);
    assert.deepEqual(await floor.told(bob), []);
  });
});

describe('a previewed call', () => {
  const show = async ({ workNo: agent }: Desk, shown: readonly string[], data = 'order 7'): Promise<void> => {
    const { engine } = floor.server.parley.gateway;
    const { refused } = await engine.send(floor.tenant.vdnId, { kind: 'preview', agent, control: '11776', numbers: shown, data, ms: 60_000 });
    assert.equal(refused, undefined);
  };
  const OCCUPIED: Told = ['AgentEvent_Agent_Occupied', null];

  test('is looked at, called and answered', async () => {
    const ann = await floor.agent();
    const called = outside(answersAfter(0));
    await show(ann, [called]);
    assert.deepEqual(await floor.told(ann), [
      OCCUPIED, ['AgentEvent_Preview', { controlid: '11776', dialeddigits: called }],
      ['AgentEvent_Preview_CallOut', { controlid: '11776', dialeddigits: called, callData: 'order 7' }],
    ]);
    const reply = await ann.client.call(previewCallOut, { agentid: ann.workNo, called, callcontrolid: '11776' });
    const told = outboundOf(resultOf(reply), called, 44);
    assert.deepEqual(await floor.told(ann), [...DIALS, told.otherRings(called), told.ability, told.talking()]);
  });

  test('may have several numbers', async () => {
    const ann = await floor.agent();
    await show(ann, ['100', '101', '103'], '');
    assert.deepEqual((await floor.told(ann)).slice(1), [
      ['AgentEvent_Preview', { controlid: '11776', dialeddigits: '100,101,103' }],
      ['AgentEvent_Preview_CallOut_Ex', { controlid: '11776', dialeddigits: '100,101,103', callData: '' }],
    ]);
  });

  test('is over when its time is', async () => {
    const ann = await floor.agent();
    await show(ann, ['100']);
    await floor.told(ann);
    await floor.later(60_000);
    assert.deepEqual(await floor.told(ann), [['AgentEvent_Release_Preview', null], READY]);
  });
});
