import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { sayFree } from '@parley/contract/gateway/agent-state.ts';
import { answerCall, rejectCall } from '@parley/contract/gateway/call-answer.ts';
import { queryCallAppData, setCallAppDataEx } from '@parley/contract/gateway/call-data.ts';
import { queryCallInfoBeforeAnswer } from '@parley/contract/gateway/call-info.ts';
import { getHold, holdCall } from '@parley/contract/gateway/call-hold.ts';
import { releaseCall } from '@parley/contract/gateway/call-release.ts';
import { busy, rejects, ringsForever, unreachable, type Behaviour } from '../../../sim/parties.ts';
import { resultOf } from '../../testing/floor.ts';
import { openLiveFloor, type LiveFloor, type Told } from '../../testing/live-floor.ts';
import { ALL_BUSY, BUSY, inboundOf, infoOf, notReady, offHook, onHook, READY, WRAP_UP } from './told.fixture.ts';

let floor: LiveFloor;
before(async () => { floor = await openLiveFloor(); });
afterEach(() => floor.clear());
after(() => floor.server.close());

const MANUAL = { autoanswer: false } as const;
/** The phone goes back on the hook after each call, as a sign-in has it that says nothing of it. */
const HANGS_UP = { releasephone: true } as const;

describe('a call that comes in', () => {
  test('is answered without the agent\'s doing, and the customer hangs up', async () => {
    const ann = await floor.agent(HANGS_UP);
    const { call, party } = await floor.customer();
    const told = inboundOf(floor, call);
    assert.deepEqual(await floor.told(ann), [BUSY, told.rings, offHook(), told.autoAnswer(), infoOf(floor, call), told.talking()]);
    party.hangUp();
    assert.deepEqual(await floor.told(ann), [told.otherGone(), told.release, WRAP_UP, onHook(3), READY]);
  });

  test('waits for the agent to answer, is held and taken back, and the agent releases it', async () => {
    const ann = await floor.agent(MANUAL);
    const { call } = await floor.customer();
    const told = inboundOf(floor, call);
    assert.deepEqual(await floor.told(ann), [BUSY, told.rings, offHook(), told.ringing(), infoOf(floor, call)]);
    assert.equal(await ann.code(answerCall, { callid: call }), '0');
    assert.deepEqual(await floor.told(ann), [told.talking()]);
    assert.equal(await ann.code(holdCall), '0');
    assert.equal(await ann.code(getHold), '0');
    assert.deepEqual(await floor.told(ann), [told.hold, told.talking()]);
    assert.equal(await ann.code(releaseCall), '0');
    assert.deepEqual(await floor.told(ann), [told.otherGone(), told.release, READY]);
  });

  test('rings in the software alone where the phone is off the hook', async () => {
    const ann = await floor.agent(MANUAL);
    const first = await floor.customer();
    assert.equal(await ann.code(answerCall), '0');
    first.party.hangUp();
    await floor.told(ann);
    const { call } = await floor.customer();
    assert.deepEqual(await floor.told(ann), [BUSY, inboundOf(floor, call).ringing(), infoOf(floor, call)]);
  });

  test('goes into wrap-up where the agent does not become idle by itself', async () => {
    const ann = await floor.agent({ autoenteridle: false });
    const { call, party } = await floor.customer();
    await floor.told(ann);
    party.hangUp();
    const told = inboundOf(floor, call);
    assert.deepEqual(await floor.told(ann), [told.otherGone(), told.release, WRAP_UP]);
    await floor.later(5000);
    assert.deepEqual(await floor.told(ann), [READY]);
  });

  test('ends when the agent hangs the phone up', async () => {
    const ann = await floor.agent();
    const { call, party } = await floor.customer();
    await floor.told(ann);
    floor.voice.phone(ann.phone).hangUp();
    const told = inboundOf(floor, call);
    assert.deepEqual(await floor.told(ann), [onHook(2), told.otherGone(), told.release, READY]);
    assert.equal(party.state(), 'gone');
  });
});

describe('the customer hangs up', () => {
  test('while the phone rings', async () => {
    const ann = await floor.agent();
    floor.voice.phone(ann.phone).behaves(ringsForever);
    const { call, party } = await floor.customer();
    const told = inboundOf(floor, call);
    assert.deepEqual(await floor.told(ann), [BUSY, told.rings]);
    party.hangUp();
    assert.deepEqual(await floor.told(ann), [told.noAnswer, WRAP_UP, onHook(3), READY]);
  });

  test('while it rings in the software', async () => {
    const ann = await floor.agent(MANUAL);
    const { call, party } = await floor.customer();
    await floor.told(ann);
    party.hangUp();
    assert.deepEqual(await floor.told(ann), [inboundOf(floor, call).noAnswer, READY]);
  });

  test('while the call is held', async () => {
    const ann = await floor.agent();
    const { call, party } = await floor.customer();
    assert.equal(await ann.code(holdCall), '0');
    await floor.told(ann);
    party.hangUp();
    const told = inboundOf(floor, call);
    assert.deepEqual(await floor.told(ann), [told.otherGone(), told.release, READY]);
  });

  test('while waiting in the queue: the agents hear that somebody waits, and no more', async () => {
    const ann = await floor.agent({ status: 3 });
    await floor.told(ann);
    const first = await floor.customer();
    const second = await floor.customer('13800000002');
    assert.deepEqual(await floor.told(ann), [ALL_BUSY], 'that more wait is no news');
    first.party.hangUp();
    second.party.hangUp();
    assert.deepEqual(await floor.told(ann), []);
  });
});

describe('a call that is not taken', () => {
  /** What the phone does, what is told of it, and why the agent is busy then. */
  const PHONES: Readonly<Record<string, readonly [Behaviour, Told, number]>> = {
    'takes no calls': [busy, ['AgentOther_PhoneBusy', null], 5],
    'cannot be reached': [unreachable, ['AgentOther_PhoneUnknow', null], 5],
  };
  for (const [name, [behaviour, phone, reason]] of Object.entries(PHONES)) {
    test(`because the phone ${name}`, async () => {
      const ann = await floor.agent();
      floor.voice.phone(ann.phone).behaves(behaviour);
      const { call } = await floor.customer();
      assert.deepEqual(await floor.told(ann), [BUSY, phone, inboundOf(floor, call).noAnswer, notReady(reason), ALL_BUSY]);
    });
  }

  test('because the agent hangs the phone up as it rings', async () => {
    const ann = await floor.agent();
    floor.voice.phone(ann.phone).behaves(rejects());
    const { call } = await floor.customer();
    const told = inboundOf(floor, call);
    assert.deepEqual(await floor.told(ann), [BUSY, told.rings, onHook(2), told.noAnswer, notReady(7), ALL_BUSY]);
  });

  test('because nobody is at the phone', async () => {
    const ann = await floor.agent();
    floor.voice.phone(ann.phone).behaves(ringsForever);
    const { call } = await floor.customer();
    await floor.told(ann);
    await floor.later(30_000);
    assert.deepEqual(await floor.told(ann), [inboundOf(floor, call).noAnswer, WRAP_UP, ALL_BUSY, onHook(3), notReady(2)]);
  });

  test('because nobody answers in the software', async () => {
    const ann = await floor.agent(MANUAL);
    const { call } = await floor.customer();
    await floor.told(ann);
    await floor.later(30_000);
    assert.deepEqual(await floor.told(ann), [inboundOf(floor, call).noAnswer, notReady(2), ALL_BUSY]);
  });

  test('because the agent rejects it and releases it (6.1.2.22, mode 2)', async () => {
    const ann = await floor.agent({ ...MANUAL, ...HANGS_UP });
    const { call, party } = await floor.customer();
    await floor.told(ann);
    assert.equal(await ann.code(rejectCall, { callid: call, mode: 2 }), '0');
    assert.deepEqual(await floor.told(ann), [inboundOf(floor, call).noAnswer, WRAP_UP, onHook(3), READY]);
    assert.equal(party.state(), 'gone');
  });

  test('is looked at, rejected back into the queue (mode 1), and reaches the next agent as the same call with its data', async () => {
    const ann = await floor.agent({ ...MANUAL, ...HANGS_UP });
    const { call, party } = await floor.customer();
    const told = inboundOf(floor, call);
    await ann.until('AgentEvent_Ringing');
    const info = await ann.client.call(queryCallInfoBeforeAnswer, { agentid: ann.workNo });
    assert.equal(info.body['retcode'], '0', JSON.stringify(info.body));
    assert.deepEqual([resultOf(info)?.callid, resultOf(info)?.caller], [call, '13800000001']);
    assert.equal(await ann.code(setCallAppDataEx, { callid: call, calldata: 'order 7' }), '0');
    await floor.told(ann);
    assert.equal(await ann.code(rejectCall, { callid: call, mode: 1 }), '0');
    assert.deepEqual(await floor.told(ann), [told.noAnswer, WRAP_UP, ALL_BUSY, onHook(3), notReady(7)]);
    assert.deepEqual(party.hears(), ['music']);

    const bob = await floor.agent();
    assert.deepEqual(await floor.told(bob), [
      BUSY, told.rings, offHook(), told.autoAnswer(),
      infoOf(floor, call, { lastReleaseAgentId: ann.workNo, releaseAndReQueueCount: 1, releaseAndReQueueCallFlag: 1 }), told.talking(),
    ]);
    assert.equal(resultOf(await bob.client.call(queryCallAppData, { agentid: bob.workNo, callid: call })), 'order 7');
    assert.equal(await ann.code(sayFree), '0', 'the one who rejected is busy');
  });
});
