import assert from 'node:assert/strict';
import { isIPv4 } from 'node:net';
import { networkInterfaces } from 'node:os';
import { describe, it } from 'node:test';
import { virtualTimers } from '../../testing/virtual-timers.ts';
import { createLocalPlaces, hostAndPort, plainAddress } from './addresses.ts';

const ANYWHERE = { address: '0.0.0.0', port: 5060 };
const FAR = '203.0.113.9';

describe('addresses', () => {
  it('of IPv4 are plain, whatever socket they came by', () => {
    assert.equal(plainAddress('::ffff:192.0.2.1'), '192.0.2.1');
    assert.equal(plainAddress('::ffff:1'), '::ffff:1');
    assert.equal(plainAddress('2001:db8::1'), '2001:db8::1');
    assert.equal(hostAndPort({ address: '2001:db8::1', port: 5060 }), '[2001:db8::1]:5060');
  });

  it('where we listen at one are that one', () => {
    const place = { address: '192.0.2.1', port: 5060 };
    assert.deepEqual(createLocalPlaces(virtualTimers())(place, FAR), place);
  });

  it('where we listen at all are the one in the network of the peer, or an outer one', () => {
    const localPlaces = createLocalPlaces(virtualTimers());
    assert.deepEqual(localPlaces(ANYWHERE, '127.0.0.1'), { address: '127.0.0.1', port: 5060 });
    const outer = Object.values(networkInterfaces()).flatMap((each) => each ?? []).find(({ internal, family }) => !internal && family === 'IPv4');
    const { address } = localPlaces(ANYWHERE, FAR);
    assert(isIPv4(address));
    assert.equal(address, outer?.address ?? '127.0.0.1');
  });

  it('that are advertised are for those who are in no network of ours', () => {
    const localPlaces = createLocalPlaces(virtualTimers());
    assert.deepEqual(localPlaces(ANYWHERE, FAR, { address: '198.51.100.1', port: 5080 }), { address: '198.51.100.1', port: 5080 });
    assert.deepEqual(localPlaces({ address: '192.0.2.1', port: 5060 }, FAR, { address: '198.51.100.1' }), { address: '198.51.100.1', port: 5060 });
    assert.deepEqual(localPlaces(ANYWHERE, '127.0.0.1', { address: '198.51.100.1' }), { address: '127.0.0.1', port: 5060 });
  });
});
