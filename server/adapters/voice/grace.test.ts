import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { CAUSE } from '@parley/core/call/call.ts';
import { fakeChannel } from '../../../telephony/sip/registrar/registrar.fixture.ts';
import { createRig } from './voice.fixture.ts';

const GRACE_MS = 15_000;
const PAGE = 'sip:k3x9@f7q2.invalid;transport=ws';
const byWeb = () => ({ channel: fakeChannel('WSS'), contact: PAGE });
const LOST = `ended ${CAUSE.internalError}`;

describe('a leg whose sound is gone', () => {
  for (const why of ['silent', 'closed'] as const) {
    test(`ends when nobody has come back in time: ${why}`, async () => {
      const rig = createRig();
      const { call } = await rig.talking('1-1', '8001');
      rig.media.tell({ kind: 'lost', leg: '1-1', why });
      await rig.timers.advance(GRACE_MS - 1);
      assert.deepEqual([rig.told('1-1'), call.done], [['answered'], []]);
      await rig.timers.advance(1);
      assert.deepEqual([rig.told('1-1'), call.done], [['answered', LOST], ['hangUp 41']]);
      assert.equal(rig.timers.pending(), 0);
    });
  }

  test('goes on when it is heard again, and has all of its time the next time', async () => {
    const rig = createRig();
    await rig.talking('1-1', '8001');
    for (let times = 0; times < 3; times += 1) {
      rig.media.tell({ kind: 'lost', leg: '1-1', why: 'silent' });
      await rig.timers.advance(GRACE_MS - 1);
      rig.media.tell({ kind: 'found', leg: '1-1' });
      await rig.timers.advance(GRACE_MS);
    }
    assert.deepEqual(rig.told('1-1'), ['answered']);
  });

  test('goes on when its phone negotiates anew, which may hold it', async () => {
    const rig = createRig();
    const { call } = await rig.talking('1-1', '8001');
    rig.media.tell({ kind: 'lost', leg: '1-1', why: 'silent' });
    call.tell({ kind: 'offered', sdp: 'v=0', accept: () => undefined, refuse: () => assert.fail('it was refused') });
    await rig.timers.advance(GRACE_MS);
    assert.deepEqual(rig.told('1-1'), ['answered']);
  });

  test('ends at once when its phone hangs up, or we do', async () => {
    const rig = createRig();
    const { call } = await rig.talking('1-1', '8001');
    await rig.talking('1-2', '8002');
    for (const leg of ['1-1', '1-2']) rig.media.tell({ kind: 'lost', leg, why: 'silent' });
    call.ends({ kind: 'hungUp' });
    await rig.drop('1-2', CAUSE.timeout);
    assert.deepEqual([rig.told('1-1'), rig.told('1-2')], [['answered', `ended ${CAUSE.normal}`], ['answered', `ended ${CAUSE.timeout}`]]);
    assert.equal(rig.timers.pending(), 0);
  });

  test('ends at once before it is up, and when what makes its sound is gone for good', async () => {
    const rig = createRig();
    const call = await rig.arrive({ from: '8001' });
    rig.media.tell({ kind: 'lost', leg: 'in-1', why: 'silent' });
    await rig.settled();
    assert.deepEqual([rig.told('in-1'), call.done], [['incoming', `ended ${CAUSE.noResource}`], ['ring', 'hangUp 41']]);
    await rig.talking('1-1', '8001');
    rig.media.tell({ kind: 'lost', leg: '1-1', why: 'died' });
    await rig.settled();
    assert.deepEqual(rig.told('1-1'), ['answered', LOST]);
  });

  test('waits as long as the settings say', async () => {
    const rig = createRig({ graceMs: 400 });
    await rig.talking('1-1', '8001');
    rig.media.tell({ kind: 'lost', leg: '1-1', why: 'closed' });
    await rig.timers.advance(400);
    assert.deepEqual(rig.told('1-1'), ['answered', LOST]);
  });
});

describe('a page whose connection is gone', () => {
  test('has ended when it is not heard any more', async () => {
    const rig = createRig();
    const { call, channel } = await rig.talking('1-1', '8001', byWeb());
    channel.hangUp();
    rig.media.answers.set('heard', { ok: true, ms: GRACE_MS });
    await rig.timers.advance(GRACE_MS - 1);
    assert.deepEqual([rig.told('1-1'), rig.media.of('heard')], [['answered'], []]);
    await rig.timers.advance(1);
    assert.deepEqual([rig.told('1-1'), call.done], [['answered', LOST], ['hangUp 41']]);
    assert.equal(rig.timers.pending(), 0);
  });

  test('talks on as long as it is heard', async () => {
    const rig = createRig();
    const { channel } = await rig.talking('1-1', '8001', byWeb());
    channel.hangUp();
    rig.media.answers.set('heard', { ok: true, ms: 20 });
    await rig.timers.advance(10 * GRACE_MS);
    assert.deepEqual([rig.told('1-1'), rig.media.of('heard').length], [['answered'], 10]);
    rig.media.answers.set('heard', { ok: true, ms: GRACE_MS + 1 });
    await rig.timers.advance(GRACE_MS);
    assert.deepEqual(rig.told('1-1'), ['answered', LOST]);
  });

  test('that registers again is the same, and is told there when it is hung up on', async () => {
    const rig = createRig();
    const { call, channel } = await rig.talking('1-1', '8001', byWeb());
    channel.hangUp();
    const next = rig.register('8001', { channel: fakeChannel('WSS', '198.51.100.7', 6060), contact: PAGE.replace('transport=ws', 'ob') }).channel;
    await rig.timers.advance(10 * GRACE_MS);
    assert.deepEqual([rig.told('1-1'), call.done, call.channel() === next], [['answered'], [`moveTo ${next.id}`], true]);
    next.hangUp();
    rig.media.answers.set('heard', { ok: true, ms: Infinity });
    await rig.timers.advance(GRACE_MS);
    assert.deepEqual(rig.told('1-1'), ['answered', LOST], 'the new connection is watched as the former was');
  });

  test('that registers again is told at once when it is hung up on meanwhile', async () => {
    const rig = createRig();
    const { call, channel } = await rig.talking('1-1', '8001', byWeb());
    channel.hangUp();
    const next = rig.register('8001', { channel: fakeChannel('WSS', '198.51.100.7', 6060), contact: PAGE }).channel;
    await rig.drop('1-1', CAUSE.released);
    assert.deepEqual(call.done, [`moveTo ${next.id}`, 'hangUp 16']);
  });

  test('was loaded anew when it registers as another one', async () => {
    const rig = createRig();
    const { channel } = await rig.talking('1-1', '8001', byWeb());
    channel.hangUp();
    rig.register('8001', { channel: fakeChannel('WSS'), contact: PAGE.replace('k3x9', 'b71c') });
    rig.media.answers.set('heard', { ok: true, ms: GRACE_MS });
    await rig.timers.advance(GRACE_MS);
    assert.deepEqual(rig.told('1-1'), ['answered', LOST]);
  });

  test('had come by another one before, and has lost nothing', async () => {
    const rig = createRig();
    const { call, channel } = await rig.talking('1-1', '8001', byWeb());
    const next = fakeChannel('WSS', '198.51.100.7', 6060);
    // As a re-INVITE by another connection does.
    call.moveTo(next);
    channel.hangUp();
    await rig.timers.advance(GRACE_MS);
    assert.deepEqual([rig.told('1-1'), rig.media.of('heard'), next.listening()], [['answered'], [], 1]);
  });

  test('has said something by another one within its time', async () => {
    const rig = createRig();
    const { call, channel } = await rig.talking('1-1', '8001', byWeb());
    channel.hangUp();
    const next = fakeChannel('WSS', '198.51.100.7', 6060);
    await rig.timers.advance(GRACE_MS - 1);
    call.moveTo(next);
    await rig.timers.advance(GRACE_MS);
    assert.deepEqual([rig.told('1-1'), rig.media.of('heard')], [['answered'], []]);
  });

  test('keeps nothing that watches it when it ends', async () => {
    const rig = createRig();
    const { call, channel } = await rig.talking('1-1', '8001', byWeb());
    assert.equal(channel.listening(), 1);
    call.ends({ kind: 'hungUp' });
    await rig.settled();
    assert.deepEqual([channel.listening(), rig.timers.pending()], [0, 0]);
  });

  test('loses its sound as well, each with a time of its own', async () => {
    const rig = createRig();
    const { channel } = await rig.talking('1-1', '8001', byWeb());
    channel.hangUp();
    rig.register('8001', byWeb());
    await rig.timers.advance(GRACE_MS - 1000);
    rig.media.tell({ kind: 'lost', leg: '1-1', why: 'closed' });
    await rig.timers.advance(GRACE_MS - 1);
    assert.deepEqual(rig.told('1-1'), ['answered']);
    await rig.timers.advance(1);
    assert.deepEqual(rig.told('1-1'), ['answered', LOST]);
  });
});

test('a phone on a desk, whose connection can be made anew, has lost nothing with it', async () => {
  const rig = createRig();
  const { channel } = await rig.talking('1-1', '8001', { channel: fakeChannel('TCP') });
  channel.hangUp();
  await rig.timers.advance(10 * GRACE_MS);
  assert.deepEqual(rig.told('1-1'), ['answered']);
});
