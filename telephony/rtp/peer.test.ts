import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createPeer, type Peer, type Remote } from './peer.ts';

function makePeer(remote: Remote): Peer {
  const peer = createPeer(1_000, () => true);
  peer.negotiate(remote, 0);
  return peer;
}

/** Two packets in a row. */
function latch(peer: Peer, address: string, port: number): boolean {
  peer.consider(address, port, 7, 100, false);
  return peer.consider(address, port, 7, 101, false);
}

const open: Remote = { address: '198.51.100.1', port: 4_000 };
const hidden: Remote = { address: '192.168.1.5', port: 4_000 };

describe('the peer', () => {
  it('is who was negotiated, and certain when it has sent', () => {
    const peer = makePeer(open);
    assert.equal(peer.judge('198.51.100.1', 4_000, 1), 'peer');
    assert.ok(!peer.isSettled(1));
    peer.confirm('198.51.100.1', 4_000);
    assert.ok(peer.isSettled(1));
    assert.equal(peer.judge('198.51.100.1', 4_001, 1), 'stranger');
  });

  it('is nobody else where its address is one for everybody', () => {
    const peer = makePeer(open);
    assert.equal(peer.judge('203.0.113.9', 4_000, 1), 'stranger');
    assert.equal(peer.judge('198.51.100.1', 9_999, 1), 'candidate', 'but another port of its host');
  });

  it('is found behind a translator, by two packets in a row', () => {
    const peer = makePeer(hidden);
    assert.equal(peer.judge('203.0.113.9', 6_000, 1), 'candidate');
    assert.equal(peer.consider('203.0.113.9', 6_000, 7, 65_535, false), false);
    assert.equal(peer.consider('203.0.113.8', 6_000, 7, 0, false), false, 'of another');
    assert.equal(peer.consider('203.0.113.9', 6_000, 7, 65_535, false), false);
    assert.equal(peer.consider('203.0.113.9', 6_000, 7, 0, false), true);
    assert.deepEqual([peer.address(), peer.port(), peer.isLatched()], ['203.0.113.9', 6_000, true]);
    assert.equal(peer.judge('203.0.113.8', 6_000, 2), 'stranger', 'and then nobody else');
    assert.ok(!peer.isSettled(2) && peer.isSettled(1_000));
  });

  it('is found by one packet that nobody else can have made', () => {
    assert.ok(makePeer(hidden).consider('203.0.113.9', 6_000, 7, 1, true));
  });

  it('is the one that was negotiated after all, when that sends in time', () => {
    const peer = makePeer(hidden);
    assert.ok(latch(peer, '203.0.113.9', 6_000));
    assert.equal(peer.judge('192.168.1.5', 4_000, 500), 'peer');
    peer.confirm('192.168.1.5', 4_000);
    assert.deepEqual([peer.address(), peer.port(), peer.isLatched()], ['192.168.1.5', 4_000, false]);
    assert.equal(peer.judge('203.0.113.9', 6_000, 600), 'stranger');
  });

  it('is not found once the negotiated one has sent, nor too late', () => {
    const confirmed = makePeer(hidden);
    confirmed.confirm('192.168.1.5', 4_000);
    assert.equal(confirmed.judge('203.0.113.9', 6_000, 1), 'stranger');
    assert.equal(makePeer(hidden).judge('203.0.113.9', 6_000, 1_000), 'stranger');
  });

  it('is found only where its signalling comes from, if that is said', () => {
    const peer = makePeer({ ...hidden, seenAs: '203.0.113.9' });
    assert.equal(peer.judge('203.0.113.8', 6_000, 1), 'stranger');
    assert.equal(peer.judge('203.0.113.9', 6_000, 1), 'candidate');
    assert.equal(makePeer({ ...open, isBehindNat: true }).judge('203.0.113.9', 1, 1), 'candidate');
    assert.equal(makePeer({ ...hidden, isBehindNat: false }).judge('203.0.113.9', 1, 1), 'stranger');
  });

  it('can be found anew after each negotiation, and stays where it was until then', () => {
    const peer = makePeer(hidden);
    latch(peer, '203.0.113.9', 6_000);
    peer.negotiate(hidden, 5_000);
    assert.deepEqual([peer.address(), peer.isLatched()], ['203.0.113.9', true]);
    assert.equal(peer.judge('203.0.113.9', 7_000, 5_001), 'candidate');
    peer.confirm('203.0.113.9', 6_000);
    assert.equal(peer.judge('203.0.113.9', 7_000, 5_002), 'stranger');
    peer.negotiate({ ...hidden, port: 4_444 }, 6_000);
    assert.deepEqual([peer.address(), peer.port(), peer.isLatched()], ['192.168.1.5', 4_444, false]);
  });

  it('is nobody where there is nowhere to send to', () => {
    for (const remote of [{ address: '0.0.0.0', port: 4_000 }, { address: '192.168.1.5', port: 0 }, { address: 'example.com', port: 4_000 }]) {
      const peer = makePeer(remote);
      assert.equal(peer.port(), 0);
      assert.equal(peer.judge('203.0.113.9', 6_000, 1), 'stranger');
    }
    const unreachable = createPeer(1_000, () => false);
    unreachable.negotiate(open, 0);
    assert.equal(unreachable.port(), 0);
  });
});
