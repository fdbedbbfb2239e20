import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { virtualTimers } from '../../testing/virtual-timers.ts';
import { createPeers, type PeerResult } from './peers.ts';
import type { TrunkPeer } from './trunk.ts';

const peer = (host: string, more: Partial<TrunkPeer> = {}): TrunkPeer => ({ host, kind: 'UDP', ...more });
const ONE = peer('one');
const TWO = peer('two');
const THREE = peer('three', { priority: 1 });
const names = (peers: readonly TrunkPeer[]): string => peers.map(({ host }) => host).join(' ');

function peering(random: () => number = () => 0) {
  const timers = virtualTimers();
  return { timers, peers: createPeers({ timers, random }) };
}

describe('peers of a trunk', () => {
  it('come by priority, and by chance according to their weights', () => {
    const { peers } = peering();
    assert.equal(names(peers.inOrder([THREE, ONE, TWO])), 'one two three');
    let seed = 1;
    const { peers: chosen } = peering(() => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647);
    const counts = new Map<string, number>();
    for (let at = 0; at < 4000; at += 1) {
      const [first] = chosen.inOrder([peer('a', { weight: 3 }), peer('b', { weight: 1 }), peer('c', { weight: 0 })]);
      counts.set(first?.host ?? '', (counts.get(first?.host ?? '') ?? 0) + 1);
    }
    assert.equal(Math.abs((counts.get('a') ?? 0) - 3000) < 150, true);
    assert.equal(counts.get('c'), undefined);
  });

  it('decide by what was answered whether another one is tried, and which is at fault', () => {
    const cases: readonly [result: PeerResult, verdict: string, state: string][] = [
      ['ok', 'final', 'up'], ['failed', 'next', 'avoided'], [{ status: 408 }, 'next', 'avoided'], [{ status: 503 }, 'next', 'avoided'],
      [{ status: 503, retryAfterMs: 5000 }, 'next', 'held'],
      [{ status: 486 }, 'final', 'up'], [{ status: 404 }, 'final', 'up'], [{ status: 603 }, 'final', 'up'], [{ status: 480 }, 'final', 'up'], [{ status: 487 }, 'final', 'up'],
      [{ status: 500 }, 'next', 'up'], [{ status: 502 }, 'next', 'up'], [{ status: 504 }, 'next', 'up'], [{ status: 407 }, 'next', 'up'], [{ status: 403 }, 'final', 'up'],
      [{ status: 200 }, 'final', 'up'],
    ];
    for (const [result, verdict, state] of cases) {
      const { peers } = peering();
      assert.equal(peers.report(ONE, result), verdict, JSON.stringify(result));
      assert.equal(peers.stateOf(ONE), state, JSON.stringify(result));
    }
  });

  it('are tried last after a failure, longer after each, and at once again after a success', async () => {
    const { peers, timers } = peering();
    peers.report(ONE, 'failed');
    assert.equal(names(peers.inOrder([ONE, TWO, THREE])), 'two three one');
    await timers.advance(15_000);
    assert.equal(names(peers.inOrder([ONE, TWO, THREE])), 'one two three');
    peers.report(ONE, 'failed');
    await timers.advance(15_000);
    assert.equal(peers.stateOf(ONE), 'avoided');
    await timers.advance(15_000);
    assert.equal(peers.stateOf(ONE), 'up');
    peers.report(ONE, 'failed');
    peers.report(ONE, { status: 486 });
    assert.equal(peers.stateOf(ONE), 'up');
  });

  it('are not tried at all for as long as they ask for, within bounds', async () => {
    const { peers, timers } = peering();
    peers.report(ONE, { status: 503, retryAfterMs: 120_000 });
    assert.equal(names(peers.inOrder([ONE])), '');
    await timers.advance(120_000);
    assert.equal(names(peers.inOrder([ONE])), 'one');
    peers.report(ONE, { status: 503, retryAfterMs: Number.MAX_SAFE_INTEGER });
    await timers.advance(3_600_000);
    assert.equal(names(peers.inOrder([ONE])), 'one');
  });

  it('are forgotten with their trunk', () => {
    const { peers } = peering();
    peers.report(ONE, 'failed');
    peers.keep([TWO]);
    assert.equal(peers.stateOf(ONE), 'up');
  });

  it('are each tried once, whatever their priorities and weights', () => {
    const each = fc.record({ host: fc.stringMatching(/^[a-z]{3}$/), priority: fc.nat(3), weight: fc.nat(5), kind: fc.constant('UDP' as const) });
    const some = fc.uniqueArray(each, { selector: ({ host }) => host });
    fc.assert(fc.property(some, fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 1 }), (given, chances) => {
      let at = 0;
      const { peers } = peering(() => chances[(at += 1) % chances.length] ?? 0);
      const ordered = peers.inOrder(given);
      assert.deepEqual(ordered.map(({ host }) => host).toSorted(), given.map(({ host }) => host).toSorted());
      assert.equal(ordered.every(({ priority = 0 }, place) => place === 0 || priority >= (ordered[place - 1]?.priority ?? 0)), true);
    }));
  });
});
