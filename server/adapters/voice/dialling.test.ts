import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { CAUSE } from '@parley/core/call/call.ts';
import { fakeChannel } from '../../../telephony/sip/registrar/registrar.fixture.ts';
import { createRig, trunk } from './voice.fixture.ts';

const PHONE = { kind: 'phone', number: '8001' } as const;
const OUTSIDE = { kind: 'number', number: '030123' } as const;

describe('a phone', () => {
  test('that is not registered is not called, and its end is told', async () => {
    const rig = createRig();
    assert.deepEqual(await rig.dial('1-1', PHONE), { ok: false, why: 'unreachable' });
    assert.deepEqual([rig.told('1-1'), rig.calls.length, rig.media.of('open')], [[`ended ${CAUSE.noResource}`], 0, []]);
  });

  test('that an agent has outside is called by a trunk', async () => {
    const rig = createRig({ trunks: [trunk('one')] });
    await rig.dial('1-1', { kind: 'phone', number: '015112345' });
    assert.deepEqual(rig.call().way?.toll, ['015112345']);
  });

  test('beside another of the same number rings until the first answers', async () => {
    const rig = createRig();
    for (const address of ['198.51.100.7', '198.51.100.8']) rig.register('8001', { channel: fakeChannel('UDP', address), contact: `sip:8001@${address}` });
    await rig.dial('1-1', PHONE);
    const [one, other] = [rig.call(0), rig.call(1)];
    for (const call of [one, other]) call.tell({ kind: 'progress', status: 180 });
    other.answers('answer of the other');
    await rig.settled();
    assert.deepEqual(rig.told('1-1'), ['rang', 'answered']);
    assert.deepEqual([one.done, other.done], [['hangUp'], []]);
    assert.deepEqual(rig.media.of('accept').map(({ sdp }) => sdp), ['answer of the other']);
    other.ends({ kind: 'hungUp' });
    await rig.settled();
    assert.deepEqual(rig.told('1-1').slice(2), [`ended ${CAUSE.normal}`]);
  });

  test('that answers at the same time as another one is hung up on', async () => {
    const rig = createRig();
    for (const address of ['198.51.100.7', '198.51.100.8']) rig.register('8001', { channel: fakeChannel('UDP', address), contact: `sip:8001@${address}` });
    await rig.dial('1-1', PHONE);
    // Both have said so before the first is heard.
    for (const call of rig.calls) call.answers();
    await rig.settled();
    assert.equal(rig.calls.filter(({ done }) => done.includes('hangUp')).length, 1);
    assert.deepEqual(rig.told('1-1'), ['answered']);
  });

  for (const [what, statuses, cause] of [
    ['a decline counts more than busy', [486, 603], CAUSE.rejected], ['busy counts more than silence', [408, 486], CAUSE.busy], ['silence counts more than a fault', [500, 480], CAUSE.unanswered],
  ] as const) {
    test(`of several that do not answer ${what}`, async () => {
      const rig = createRig();
      for (const address of ['198.51.100.7', '198.51.100.8']) rig.register('8001', { channel: fakeChannel('UDP', address), contact: `sip:8001@${address}` });
      await rig.dial('1-1', PHONE);
      for (const [index, status] of statuses.entries()) rig.call(index).fails(status);
      await rig.settled();
      assert.deepEqual(rig.told('1-1'), [`ended ${cause}`]);
    });
  }

  test('in a browser is offered what browsers take, and one on a desk beside it is left alone', async () => {
    const rig = createRig();
    rig.register('8001', { channel: fakeChannel('WSS') });
    rig.register('8001');
    await rig.dial('1-1', PHONE);
    assert.deepEqual([rig.media.of('open').map(({ carrier }) => carrier), rig.calls.length], [['webrtc'], 1]);
  });

  test('is given up after its time', async () => {
    const rig = createRig();
    rig.register('8001');
    await rig.dial('1-1', PHONE, { ringMs: 20_000 });
    await rig.timers.advance(19_999);
    assert.deepEqual(rig.told('1-1'), []);
    await rig.timers.advance(1);
    assert.deepEqual([rig.told('1-1'), rig.call().done], [[`ended ${CAUSE.unanswered}`], ['hangUp 19', 'hangUp']]);
    assert.equal(rig.timers.pending(), 0);
  });
});

describe('an answer that meets a drop', () => {
  test('comes too late when it is heard after it', async () => {
    const rig = createRig();
    rig.register('8001');
    await rig.dial('1-1', PHONE);
    rig.call().answers();
    await rig.drop('1-1', CAUSE.gaveUp);
    assert.deepEqual(rig.told('1-1').at(-1), `ended ${CAUSE.gaveUp}`);
    assert.equal(rig.told('1-1').filter((told) => told.startsWith('ended')).length, 1);
    assert.equal(rig.call().state(), 'ended');
  });

  test('is taken back while its media are being agreed on', async () => {
    const rig = createRig();
    rig.register('8001');
    await rig.dial('1-1', PHONE);
    const { promise, resolve } = Promise.withResolvers<{ readonly ok: true }>();
    rig.media.answers.set('accept', promise);
    rig.call().answers();
    await rig.settled();
    await rig.drop('1-1', CAUSE.gaveUp);
    resolve({ ok: true });
    await rig.settled();
    assert.deepEqual([rig.told('1-1'), rig.call().done[0]], [[`ended ${CAUSE.gaveUp}`], 'hangUp']);
    assert.deepEqual(rig.media.of('up'), []);
  });

  test('whose media cannot be taken ends it', async () => {
    const rig = createRig();
    rig.register('8001');
    await rig.dial('1-1', PHONE);
    rig.media.answers.set('accept', { ok: false, why: 'notAcceptable' });
    rig.call().answers();
    await rig.settled();
    assert.deepEqual([rig.told('1-1'), rig.call().done], [[`ended ${CAUSE.noResource}`], ['hangUp 88']]);
  });
});

describe('trunks', () => {
  test('are tried one after the other while it is their fault', async () => {
    const rig = createRig({ trunks: [trunk('one'), trunk('two'), trunk('three')] });
    await rig.dial('1-1', OUTSIDE);
    for (const status of [503, 408]) {
      rig.call().fails(status);
      await rig.settled();
    }
    assert.deepEqual(rig.calls.map(({ way }) => way?.who), ['trunk one', 'trunk two', 'trunk three']);
    rig.call().answers();
    await rig.settled();
    assert.deepEqual(rig.told('1-1'), ['answered']);
    assert.deepEqual(rig.carriers.trunks.standings().map(({ calls }) => calls), [0, 0, 1]);
  });

  test('are not asked for what was said of the number', async () => {
    const rig = createRig({ trunks: [trunk('one'), trunk('two')] });
    await rig.dial('1-1', OUTSIDE);
    rig.call().fails(486);
    await rig.settled();
    assert.deepEqual([rig.calls.length, rig.told('1-1')], [1, [`ended ${CAUSE.busy}`]]);
  });

  test('that ask to be left alone are, for as long as they say', async () => {
    const rig = createRig({ trunks: [trunk('one'), trunk('two')] });
    await rig.dial('1-1', OUTSIDE);
    rig.call().fails(503, { 'Retry-After': '120 (down for a moment)' });
    await rig.settled();
    await rig.timers.advance(119_000);
    const ways = async (leg: string): Promise<string | undefined> => {
      await rig.dial(leg, OUTSIDE);
      return rig.call().way?.who;
    };
    assert.equal(await ways('1-2'), 'trunk two');
    await rig.timers.advance(1001);
    assert.equal(await ways('1-3'), 'trunk one');
  });

  test('that are full are passed over, and without any left there is no line', async () => {
    const rig = createRig({ trunks: [trunk('one', { limits: { calls: 1 } }), trunk('two', { limits: { calls: 1 } })] });
    for (const leg of ['1-1', '1-2', '1-3']) await rig.dial(leg, OUTSIDE);
    assert.deepEqual(rig.calls.map(({ way }) => way?.who), ['trunk one', 'trunk two']);
    assert.deepEqual(rig.told('1-3'), [`ended ${CAUSE.noResource}`]);
  });

  test('show nothing of themselves by a call that we called off', async () => {
    const rig = createRig({ trunks: [trunk('one'), trunk('two')] });
    await rig.dial('1-1', OUTSIDE);
    rig.call().fails(408);
    await rig.settled();
    await rig.drop('1-1', CAUSE.gaveUp);
    const states = rig.carriers.trunks.standings().map(({ peers }) => peers[0]?.state);
    assert.deepEqual(states, ['avoided', 'up']);
  });

  test('are offered the codecs that they want, each its own', async () => {
    const rig = createRig({ trunks: [trunk('one', { codecs: ['pcmu', 'G729'] }), trunk('two', { codecs: ['PCMU'] }), trunk('three')] });
    await rig.dial('1-1', OUTSIDE);
    assert.deepEqual(rig.media.of('open').map(({ codecs }) => codecs), [['PCMU']]);
    for (const _ of ['two', 'three']) {
      rig.call().fails(500);
      await rig.settled();
    }
    assert.deepEqual(rig.media.of('reopen').map(({ codecs }) => codecs), [undefined], 'the same is not asked for twice');
    assert.deepEqual(rig.calls.map(({ offered }) => offered), ['offer 1', 'offer 1', 'reopen 2']);
  });

  test('are of no use without a port for another offer', async () => {
    const rig = createRig({ trunks: [trunk('one', { codecs: ['PCMU'] }), trunk('two')] });
    rig.media.answers.set('reopen', { ok: false, why: 'noPorts' });
    await rig.dial('1-1', OUTSIDE);
    rig.call().fails(500);
    await rig.settled();
    assert.deepEqual([rig.calls.length, rig.told('1-1')], [1, [`ended ${CAUSE.noResource}`]]);
  });
});
