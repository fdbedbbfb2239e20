import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { CAUSE } from '@parley/core/call/call.ts';
import type { MediaAnswer } from '../../../telephony/media/order.ts';
import { fakeChannel } from '../../../telephony/sip/registrar/registrar.fixture.ts';
import type { Guests } from '../../engine/guests.ts';
import { CARRIER, createRig, trunk } from './voice.fixture.ts';

const GRACE_MS = 15_000;

describe('a phone that takes its call over (RFC 3891)', () => {
  test('gets the leg with all that it is in, and nothing is reported', async () => {
    const rig = createRig();
    const { call: former } = await rig.talking('1-1', '8001');
    const orders = rig.media.orders.length;
    const next = await rig.arrive({ from: '8001', replaces: former });
    assert.deepEqual(rig.media.orders.slice(orders).map(({ kind }) => kind), ['reopen']);
    assert.equal(rig.media.of('reopen')[0]?.leg, '1-1');
    assert.deepEqual([next.done.map((done) => done.split(' ')[0]), former.done, rig.told('1-1')], [['answer'], ['hangUp'], ['answered']]);
    assert.deepEqual((await rig.port.legs()).map(({ leg, state }) => [leg, state]), [['1-1', 'up']]);

    next.tell({ kind: 'info', contentType: 'application/dtmf', body: '5' });
    await rig.settled();
    assert.deepEqual(rig.told('1-1').at(-1), 'digits 5', 'it is the leg\'s phone now');
    next.ends({ kind: 'hungUp' });
    await rig.settled();
    assert.deepEqual(rig.told('1-1').at(-1), `ended ${CAUSE.normal}`);
  });

  test('is in time while its sound and its connection are gone', async () => {
    const rig = createRig();
    const { call: former, channel } = await rig.talking('1-1', '8001', { channel: fakeChannel('WSS'), contact: 'sip:a@b.invalid' });
    channel.hangUp();
    rig.media.tell({ kind: 'lost', leg: '1-1', why: 'closed' });
    await rig.timers.advance(GRACE_MS - 1);
    await rig.arrive({ from: '8001', replaces: former, channel: fakeChannel('WSS') });
    await rig.timers.advance(10 * GRACE_MS);
    assert.deepEqual([rig.told('1-1'), rig.timers.pending()], [['answered'], 0]);
  });

  test('comes too late when the leg has ended', async () => {
    const rig = createRig();
    const { call: former } = await rig.talking('1-1', '8001');
    rig.media.tell({ kind: 'lost', leg: '1-1', why: 'silent' });
    await rig.timers.advance(GRACE_MS);
    assert.deepEqual((await rig.arrive({ from: '8001', replaces: former })).done, ['reject 481']);
  });

  test('takes over a call in which it called in, and makes no offer where it is to be made one', async () => {
    const rig = createRig();
    const former = await rig.arrive({ from: '8001' });
    await rig.ordered({ kind: 'answer', leg: 'in-1' });
    const next = await rig.arrive({ from: '8001', replaces: former, sdp: undefined });
    assert.match(next.done[0] ?? '', /^answer reopen/);
    assert.equal(rig.media.of('reopen')[0]?.sdp, undefined);
    next.tell({ kind: 'acknowledged', sdp: 'its answer' });
    await rig.settled();
    assert.equal(rig.media.of('accept')[0]?.sdp, 'its answer');
    assert.deepEqual(rig.told('in-1'), ['incoming']);
  });

  test('may do so again and again', async () => {
    const rig = createRig();
    let { call } = await rig.talking('1-1', '8001');
    for (let times = 0; times < 3; times += 1) call = await rig.arrive({ from: '8001', replaces: call });
    assert.deepEqual([rig.told('1-1'), call.state(), rig.calls.slice(0, -1).every(({ done }) => done.includes('hangUp'))], [['answered'], 'up', true]);
  });

  test('keeps its call where its media cannot be taken, or there is no port', async () => {
    const rig = createRig();
    const { call: former } = await rig.talking('1-1', '8001');
    for (const [why, status] of [['notAcceptable', 488], ['noPorts', 503]] as const) {
      rig.media.answers.set('reopen', { ok: false, why });
      assert.deepEqual((await rig.arrive({ from: '8001', replaces: former })).done, [`reject ${status}`]);
    }
    assert.deepEqual([former.done, rig.told('1-1'), former.state()], [[], ['answered'], 'up']);
  });

  test('is the only one at a time, and is refused when the leg ends meanwhile', async () => {
    const rig = createRig();
    const { call: former } = await rig.talking('1-1', '8001');
    const { promise, resolve } = Promise.withResolvers<MediaAnswer>();
    rig.media.answers.set('reopen', promise);
    const arriving = rig.arrive({ from: '8001', replaces: former });
    await rig.settled();
    assert.deepEqual((await rig.arrive({ from: '8001', replaces: former })).done, ['reject 491']);
    const refused: number[] = [];
    former.tell({ kind: 'offered', sdp: 'v=0', accept: () => assert.fail('it was answered for the one that comes'), refuse: (status) => { refused.push(status); } });
    await rig.settled();
    assert.deepEqual(refused, [491]);
    former.ends({ kind: 'hungUp' });
    await rig.settled();
    resolve({ ok: true, sdp: 'too late' });
    assert.deepEqual((await arriving).done, ['reject 481']);
    assert.deepEqual(rig.told('1-1'), ['answered', `ended ${CAUSE.normal}`]);
  });
});

describe('a phone that calls the room in which it is (6.1.5.4)', () => {
  const room = 'call-1-1767603600-1';
  const arrange = (rig: ReturnType<typeof createRig>) =>
    rig.ordered({ kind: 'arrange', room, members: [{ leg: '1-1', to: 'all', hears: true, music: false }] });

  test('takes its leg over, by the id of the call or the name of the room', async () => {
    const rig = createRig();
    const { call: former } = await rig.talking('1-1', '8001');
    await arrange(rig);
    const next = await rig.arrive({ from: '8001', to: '1767603600-1' });
    assert.deepEqual([next.state(), former.done, rig.told('1-1')], ['up', ['hangUp'], ['answered']]);
    for (const to of [room, '17676036001']) assert.equal((await rig.arrive({ from: '8001', to })).state(), 'up', to);
    assert.deepEqual(next.done.at(-1), 'hangUp');
  });

  test('still does while its call is held, and it is in another room or none', async () => {
    const rig = createRig();
    await rig.talking('1-1', '8001');
    await arrange(rig);
    for (const other of ['call-1-1767603600-2', 'call-1-1767603600-3']) {
      await rig.ordered({ kind: 'arrange', room, members: [] });
      await rig.ordered({ kind: 'arrange', room: other, members: [{ leg: '1-1', to: 'all', hears: true, music: false }] });
      await rig.ordered({ kind: 'arrange', room: other, members: [] });
    }
    assert.equal((await rig.arrive({ from: '8001', to: '1767603600-1' })).state(), 'up');
  });

  test('calls in as anybody else does where the room is not its own, or it is a carrier', async () => {
    const rig = createRig({ trunks: [trunk('one', { networks: [CARRIER] })] });
    const { call: former } = await rig.talking('1-1', '8001');
    await arrange(rig);
    for (const parts of [
      { from: '8002', to: '1767603600-1' }, { from: '8001', to: '1767603600-2' }, { from: '8001', to: '1' }, { from: '8001', to: '' },
      { from: '8001', to: '1767603600-1', channel: fakeChannel('UDP', CARRIER) },
    ]) assert.notEqual((await rig.arrive(parts)).state(), 'up');
    assert.deepEqual([former.done, rig.media.of('reopen')], [[], []]);
  });
});

describe('somebody else', () => {
  test('is refused a call that is not his', async () => {
    const rig = createRig({ trunks: [trunk('one', { networks: [CARRIER] })] });
    const { call: former } = await rig.talking('1-1', '8001');
    assert.deepEqual((await rig.arrive({ from: '8002', replaces: former })).done, ['reject 403']);
    assert.deepEqual((await rig.arrive({ from: '8001', replaces: former, channel: fakeChannel('UDP', CARRIER) })).done, ['reject 403'], 'a carrier is nobody\'s phone');
    assert.deepEqual([former.done, rig.told('1-1'), rig.media.of('reopen')], [[], ['answered'], []]);
    assert.equal(rig.carriers.trunks.standings()[0]?.calls, 0);
  });

  test('is refused one that only rings', async () => {
    const rig = createRig();
    rig.register('8001');
    await rig.dial('1-1', { kind: 'phone', number: '8001' });
    assert.deepEqual((await rig.arrive({ from: '8001', replaces: rig.call() })).done, ['reject 481']);
  });
});

describe('a carrier', () => {
  test('takes over its own call, whatever number it names, and the places follow', async () => {
    const rig = createRig({ trunks: [trunk('one', { networks: [CARRIER], limits: { calls: 2 }, codecs: ['PCMU'], incomingCalled: { rules: [{ pattern: '4930.' }] } })] });
    await rig.dial('1-1', { kind: 'number', number: '030123' });
    const former = rig.call();
    former.answers();
    await rig.settled();
    const next = await rig.arrive({ from: '030123', to: 'parley', replaces: former, channel: fakeChannel('UDP', CARRIER) });
    assert.deepEqual([next.state(), former.done, rig.media.of('reopen')[0]?.codecs], ['up', ['hangUp'], ['PCMU']]);
    assert.equal(rig.carriers.trunks.standings()[0]?.calls, 1);
    assert.equal(rig.tolls.usage(1).calls, 1, 'the tenant goes on paying');
    next.ends({ kind: 'hungUp' });
    await rig.settled();
    assert.deepEqual([rig.carriers.trunks.standings()[0]?.calls, rig.tolls.usage(1).calls], [0, 0]);
  });
});

describe('a guest', () => {
  const used: string[] = [];
  const guests: Guests = {
    isGuest: (user) => user.startsWith('guest-'), secretOf: () => 'secret', isOf: () => true,
    use: (user) => {
      if (used.includes(user)) return undefined;
      used.push(user);
      return { caller: '137' };
    },
  };

  test('whose page is loaded anew takes up the one call that it had, and no other', async () => {
    const rig = createRig({ guests });
    const former = await rig.arrive({ from: 'guest-1', channel: fakeChannel('WSS') });
    await rig.ordered({ kind: 'answer', leg: 'in-1' });
    assert.deepEqual((await rig.arrive({ from: 'guest-2', replaces: former, channel: fakeChannel('WSS') })).done, ['reject 403']);
    assert.deepEqual((await rig.arrive({ from: 'guest-1', replaces: former, channel: fakeChannel('WSS') })).state(), 'up');
    assert.deepEqual([used, rig.told('in-1')], [['guest-1'], ['incoming']]);
    assert.deepEqual((await rig.arrive({ from: 'guest-1', channel: fakeChannel('WSS') })).done, ['reject 403']);
  });
});
