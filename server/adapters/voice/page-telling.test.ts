import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fakeChannel } from '../../../telephony/sip/registrar/registrar.fixture.ts';
import type { Guests } from '../../engine/guests.ts';
import { createRig, type FakeCall, type Rig } from './voice.fixture.ts';

const guests: Guests = { isGuest: (user) => user.startsWith('guest-'), secretOf: () => 'secret', isOf: () => true, use: () => ({ caller: '137' }) };
const TYPE = 'application/vnd.parley.call-state+json';

const hears = (rig: Rig, music: boolean, leg = 'in-1') => rig.ordered({ kind: 'arrange', room: 'call-1-1', members: [{ leg, to: 'all', hears: true, music }] });
const toldTo = ({ done }: FakeCall): readonly string[] => done.filter((one) => one.startsWith(`info ${TYPE}`)).map((one) => one.slice(`info ${TYPE} `.length));

describe('a customer\'s page', () => {
  test('is told when it waits with music and when somebody talks with it, once each', async () => {
    const rig = createRig({ guests });
    const call = await rig.arrive({ from: 'guest-1', channel: fakeChannel('WSS') });
    await rig.ordered({ kind: 'answer', leg: 'in-1' });
    for (const music of [true, true, false, false, true]) await hears(rig, music);
    await rig.settled();
    assert.deepEqual(toldTo(call), ['{"state":"waiting"}', '{"state":"talking"}', '{"state":"waiting"}']);
  });

  test('is told once it is answered what was arranged before', async () => {
    const rig = createRig({ guests });
    const call = await rig.arrive({ from: 'guest-1', channel: fakeChannel('WSS') });
    await hears(rig, true);
    await rig.settled();
    assert.deepEqual(toldTo(call), []);
    await rig.ordered({ kind: 'answer', leg: 'in-1' });
    await rig.settled();
    assert.deepEqual(toldTo(call), ['{"state":"waiting"}']);
  });

  test('that did not know of its call yet is told once it does', async () => {
    const rig = createRig({ guests });
    const call = await rig.arrive({ from: 'guest-1', channel: fakeChannel('WSS') });
    call.saysToInfo = 481;
    await rig.ordered({ kind: 'answer', leg: 'in-1' });
    await hears(rig, true);
    await rig.settled();
    call.saysToInfo = 200;
    call.tell({ kind: 'acknowledged' });
    await rig.settled();
    await hears(rig, true);
    await rig.settled();
    assert.deepEqual(toldTo(call), ['{"state":"waiting"}', '{"state":"waiting"}']);
  });
});

test('telephones are not told', async () => {
  const rig = createRig({ guests });
  const { call } = await rig.talking('1-1', '8001', { channel: fakeChannel('WSS'), contact: 'sip:a@b.invalid' });
  await hears(rig, true, '1-1');
  await rig.settled();
  assert.deepEqual(toldTo(call), []);
});
