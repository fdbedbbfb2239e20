import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { CAUSE } from '@parley/core/call/call.ts';
import type { CallEvent } from '../../../telephony/sip/call/call.ts';
import type { Guests } from '../../engine/guests.ts';
import { fakeChannel } from '../../../telephony/sip/registrar/registrar.fixture.ts';
import { CARRIER, createRig, trunk, type FakeCall } from './voice.fixture.ts';

/** The other end offers media; what it was told. */
async function offers(call: FakeCall, settled: () => Promise<void>, sdp?: string): Promise<string> {
  let told = 'nothing';
  call.tell({ kind: 'offered', ...(sdp === undefined ? {} : { sdp }), accept: (own) => { told = `accepted ${own}`; }, refuse: (status) => { told = `refused ${status}`; } });
  await settled();
  return told;
}

describe('a phone in a call', () => {
  test('is refused to transfer it', async () => {
    const rig = createRig();
    const { call } = await rig.talking('1-1', '8001');
    const refused: number[] = [];
    call.tell({ kind: 'referred', to: 'sip:8002@parley', accept: () => assert.fail('it was let'), refuse: (status) => { refused.push(status); } });
    await rig.settled();
    assert.deepEqual([refused, rig.told('1-1')], [[603], ['answered']]);
  });

  for (const [what, contentType, body, keys] of [
    ['as a signal with a length', 'application/dtmf-relay', 'Signal=5\r\nDuration=160\r\n', 'digits 5'],
    ['as a signal with blanks', 'application/dtmf-relay', 'Duration= 250\r\nSignal= *\r\n', 'digits *'],
    ['bare', 'application/dtmf', '7', 'digits 7'],
    ['as the number of a key', 'Application/DTMF', '11', 'digits #'],
    ['in small letters', 'application/dtmf-relay', 'Signal=d\r\n', 'digits D'],
    ['as something else', 'text/plain', 'Signal=5\r\n', undefined],
    ['that there is not', 'application/dtmf-relay', 'Signal=x\r\n', undefined],
  ] as const) {
    test(`presses a key and says so by INFO: ${what}`, async () => {
      const rig = createRig();
      const { call } = await rig.talking('1-1', '8001');
      call.tell({ kind: 'info', contentType, body } satisfies CallEvent);
      await rig.settled();
      assert.deepEqual(rig.told('1-1'), ['answered', ...keys === undefined ? [] : [keys]]);
    });
  }

  test('changes its media, is made an offer where it made none, and is refused what cannot be', async () => {
    const rig = createRig();
    const { call } = await rig.talking('1-1', '8001');
    assert.match(await offers(call, rig.settled, 'v=0'), /^accepted answer/);
    assert.match(await offers(call, rig.settled), /^accepted offer/);
    call.tell({ kind: 'acknowledged', sdp: 'its answer' });
    await rig.settled();
    assert.equal(rig.media.of('accept').at(-1)?.sdp, 'its answer');
    rig.media.answers.set('answer', { ok: false, why: 'notAcceptable' });
    assert.equal(await offers(call, rig.settled, 'v=0'), 'refused 488');
    assert.deepEqual(rig.told('1-1'), ['answered'], 'the call goes on as it was');
  });
});

describe('a call that comes in', () => {
  test('rings, is answered with the answer to its offer, and ends', async () => {
    const rig = createRig();
    const call = await rig.arrive({ from: '8001' });
    assert.deepEqual([rig.told('in-1'), call.done], [['incoming'], ['ring']]);
    await rig.ordered({ kind: 'answer', leg: 'in-1' });
    assert.match(call.done.at(-1) ?? '', /^answer answer/);
    call.ends({ kind: 'hungUp' });
    await rig.settled();
    assert.deepEqual(rig.told('in-1'), ['incoming', `ended ${CAUSE.normal}`]);
  });

  test('is not told of when it was given up before there was sound for it', async () => {
    const rig = createRig();
    const { promise, resolve } = Promise.withResolvers<{ readonly ok: true }>();
    rig.media.answers.set('open', promise);
    const arriving = rig.arrive({ from: '8001' });
    await rig.settled();
    rig.call().ends({ kind: 'cancelled' });
    await rig.settled();
    resolve({ ok: true });
    await arriving;
    assert.deepEqual(rig.told('in-1'), [`ended ${CAUSE.gaveUp}`]);
  });

  test('is turned away where there is no port, and where its media cannot be taken', async () => {
    const rig = createRig();
    rig.media.answers.set('open', { ok: false, why: 'noPorts' });
    assert.deepEqual((await rig.arrive({ from: '8001' })).done, ['reject 503']);
    rig.media.answers.clear();
    const call = await rig.arrive({ from: '8001' });
    rig.media.answers.set('answer', { ok: false, why: 'notAcceptable' });
    assert.equal((await rig.ordered({ kind: 'answer', leg: 'in-2' })).ok, false);
    assert.equal(call.done.at(-1), 'reject 488');
  });
});

describe('a call by a trunk', () => {
  const from = (rig: ReturnType<typeof createRig>) => rig.arrive({ from: '030123', to: '4930999', channel: fakeChannel('UDP', CARRIER) });

  test('has a place on it until it ends, and is told that all are taken where there is none', async () => {
    const rig = createRig({ trunks: [trunk('one', { networks: [CARRIER], limits: { calls: 1 } })] });
    const first = await from(rig);
    assert.deepEqual([rig.told('in-1'), (await from(rig)).done], [['incoming'], ['reject 486']]);
    assert.equal(rig.carriers.trunks.standings()[0]?.calls, 1);
    first.ends({ kind: 'cancelled' });
    await rig.settled();
    assert.equal(rig.carriers.trunks.standings()[0]?.calls, 0);
    assert.deepEqual((await from(rig)).done, ['ring']);
  });

  test('shares its places with those that go out', async () => {
    const rig = createRig({ trunks: [trunk('one', { networks: [CARRIER], limits: { calls: 1 } })] });
    await from(rig);
    await rig.dial('1-1', { kind: 'number', number: '030123' });
    assert.deepEqual(rig.told('1-1'), [`ended ${CAUSE.noResource}`]);
  });

  test('that comes too soon after others is asked to wait, which holds for all of the carrier\'s', async () => {
    const rig = createRig({ trunks: [trunk('one', { networks: [CARRIER], limits: { callsPerSecond: 1 } })] });
    await from(rig);
    assert.deepEqual((await from(rig)).done, ['reject 503 {"Retry-After":"1"}']);
    await rig.timers.advance(1000);
    assert.deepEqual((await from(rig)).done, ['ring']);
  });

  test('takes no place when it is refused for its number or without a port', async () => {
    const rig = createRig({ trunks: [trunk('one', { networks: [CARRIER], incomingCalled: { rules: [{ pattern: '4930.' }] } })] });
    assert.deepEqual((await rig.arrive({ to: '1', channel: fakeChannel('UDP', CARRIER) })).done, ['reject 404']);
    rig.media.answers.set('open', { ok: false, why: 'noPorts' });
    assert.deepEqual((await from(rig)).done, ['reject 503']);
    assert.equal(rig.carriers.trunks.standings()[0]?.calls, 0);
  });

  test('is answered with the codecs that the trunk wants', async () => {
    const rig = createRig({ trunks: [trunk('one', { networks: [CARRIER], codecs: ['PCMU', 'PCMA'] })] });
    await from(rig);
    assert.deepEqual(rig.media.of('open').map(({ codecs }) => codecs), [['PCMU', 'PCMA']]);
  });
});

describe('a guest', () => {
  const guests: Guests = { isGuest: (user) => user.startsWith('guest-'), secretOf: () => 'secret', use: () => undefined, isOf: () => true };

  test('without a call left is refused', async () => {
    const rig = createRig({ guests });
    assert.deepEqual((await rig.arrive({ from: 'guest-1', channel: fakeChannel('WSS') })).done, ['reject 403']);
  });
});
