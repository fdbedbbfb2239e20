import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { CAUSE } from '@parley/core/call/call.ts';
import { fakeChannel } from '../../../telephony/sip/registrar/registrar.fixture.ts';
import type { Guests } from '../../engine/guests.ts';
import type { ImageRequests } from '../../engine/image-requests.ts';
import { createRig, type FakeCall, type Rig } from './voice.fixture.ts';

const guests: Guests = { isGuest: (user) => user.startsWith('guest-'), secretOf: () => 'secret', isOf: () => true, use: () => ({ caller: '137' }) };
const imageRequests: ImageRequests = {
  open: (_leg, image) => (image === 'img-1-0' ? undefined : { path: '/widget/v1/images', token: `token of ${image}`, expiresAt: 1000, maxBytes: 10 }),
};
const ask = (leg = 'in-1', image = 'img-1-1') => ({ kind: 'askImage', leg, image }) as const;

/** A customer in a page, who has been answered. */
async function guest(rig: Rig): Promise<FakeCall> {
  const call = await rig.arrive({ from: 'guest-1', channel: fakeChannel('WSS') });
  await rig.ordered({ kind: 'answer', leg: 'in-1' });
  return call;
}

describe('a customer\'s page', () => {
  test('is told within its call how to bring a picture', async () => {
    const rig = createRig({ guests, imageRequests });
    const call = await guest(rig);
    assert.equal(await rig.port.canAskImage('in-1'), true);
    assert.deepEqual(await rig.ordered(ask()), { ok: true });
    assert.deepEqual(call.done.at(-1),
      'info application/vnd.parley.image-request+json {"path":"/widget/v1/images","token":"token of img-1-1","expiresAt":1000,"maxBytes":10}');
    assert.deepEqual(rig.told('in-1'), ['incoming'], 'what it brings comes another way');
  });

  test('may say that it does not want to, or cannot', async () => {
    for (const [status, why] of [[603, 'refused'], [403, 'refused'], [415, 'failed'], [481, 'failed'], [408, 'failed']] as const) {
      const rig = createRig({ guests, imageRequests });
      const told: unknown[] = [];
      rig.port.subscribe((report) => { if (report.kind === 'imageDenied') told.push(report); });
      (await guest(rig)).saysToInfo = status;
      assert.deepEqual(await rig.ordered(ask()), { ok: true });
      await rig.settled();
      assert.deepEqual(told, [{ kind: 'imageDenied', leg: 'in-1', image: 'img-1-1', why }]);
    }
  });

  test('that is gone has nothing told of it', async () => {
    const rig = createRig({ guests, imageRequests });
    (await guest(rig)).saysToInfo = 481;
    void rig.port.perform(ask());
    await rig.drop('in-1', CAUSE.released);
    await rig.settled();
    assert.deepEqual(rig.told('in-1'), ['incoming', `ended ${CAUSE.released}`]);
  });

  test('is asked once it is answered, and no more than can be brought', async () => {
    const rig = createRig({ guests, imageRequests });
    await rig.arrive({ from: 'guest-1', channel: fakeChannel('WSS') });
    assert.equal(await rig.port.canAskImage('in-1'), false);
    assert.deepEqual((await rig.ordered(ask())).ok, false);
    await rig.ordered({ kind: 'answer', leg: 'in-1' });
    assert.deepEqual(await rig.ordered(ask('in-1', 'img-1-0')), { ok: false, why: 'noResource' });
  });

  test('is asked for nothing where there is nowhere to bring it', async () => {
    const rig = createRig({ guests });
    await guest(rig);
    assert.deepEqual([await rig.port.canAskImage('in-1'), (await rig.ordered(ask())).ok], [false, false]);
  });
});

test('telephones, agents\' pages among them, are not asked', async () => {
  const rig = createRig({ guests, imageRequests });
  const { call } = await rig.talking('1-1', '8001', { channel: fakeChannel('WSS'), contact: 'sip:a@b.invalid' });
  assert.deepEqual([await rig.port.canAskImage('1-1'), await rig.port.canAskImage('nobody')], [false, false]);
  const performed = await rig.ordered(ask('1-1'));
  assert.equal(performed.ok ? '' : performed.why, 'unsupported');
  assert.deepEqual(call.done, []);
});
