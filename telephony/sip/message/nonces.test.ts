import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { virtualTimers } from '../../testing/virtual-timers.ts';
import { createNonces } from './nonces.ts';

describe('nonces', () => {
  it('are ours only if we signed them, as we wrote them', () => {
    const timers = virtualTimers();
    const nonces = createNonces({ secret: 'a', timers, lifetimeMs: 1000 });
    const nonce = nonces.issue();
    assert.notEqual(nonce, nonces.issue());
    const others = [createNonces({ secret: 'b', timers, lifetimeMs: 1000 }).issue(), '', 'x', `${nonce}=`, `${nonce} `, nonce.slice(1), nonce.slice(0, 9) + (nonce[9] === 'x' ? 'y' : 'x') + nonce.slice(10), 'é'.repeat(38)];
    for (const other of others) assert.equal(nonces.use(other, 1), false, other);
    assert.equal(nonces.use(nonce, 1), true);
    fc.assert(fc.property(fc.string(), fc.nat(), (text, count) => !nonces.use(text, count)));
  });

  it('are those of everybody with the same secret', () => {
    const timers = virtualTimers();
    const nonce = createNonces({ secret: 'a', timers, lifetimeMs: 1000 }).issue();
    assert.equal(createNonces({ secret: 'a', timers, lifetimeMs: 1000 }).use(nonce, 1), true);
  });

  it('live as long as is said, and begin in no future', async () => {
    const timers = virtualTimers();
    const nonces = createNonces({ secret: 'a', timers, lifetimeMs: 1000 });
    const nonce = nonces.issue();
    await timers.advance(1000);
    assert.equal(nonces.use(nonce, 1), true);
    await timers.advance(1);
    assert.equal(nonces.use(nonce, 2), false);
    assert.equal(createNonces({ secret: 'a', timers: virtualTimers(), lifetimeMs: 1000 }).use(nonces.issue(), 1), false);
  });

  it('take every count once, in whatever order they come, as long as they are near the highest', () => {
    const nonces = createNonces({ timers: virtualTimers(), lifetimeMs: 1000 });
    fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 100 }), { maxLength: 200 }), (counts) => {
      const nonce = nonces.issue();
      const used = new Set<number>();
      for (const count of counts) {
        const highest = Math.max(0, ...used);
        assert.equal(nonces.use(nonce, count), !used.has(count) && highest - count < 32);
        if (highest - count < 32) used.add(count);
      }
    }));
  });

  it('take the highest counts there are', () => {
    const nonces = createNonces({ timers: virtualTimers(), lifetimeMs: 1000 });
    const nonce = nonces.issue();
    assert.deepEqual([1, 0xffff_ffff, 0xffff_fffe, 0xffff_ffff, 1, undefined].map((count) => nonces.use(nonce, count)), [true, true, true, false, false, false]);
  });

  it('cost nothing until they are used, and are forgotten only so that nothing can be sent again', async () => {
    const timers = virtualTimers();
    const nonces = createNonces({ timers, lifetimeMs: 10_000, most: 3 });
    const used: string[] = [];
    for (let n = 0; n < 5; n += 1) {
      await timers.advance(10);
      const nonce = nonces.issue();
      assert.equal(nonces.use(nonce, 1), true);
      used.push(nonce);
      assert.ok(nonces.remembered() <= 3);
    }
    for (const nonce of used) assert.equal(nonces.use(nonce, 1), false);
    assert.equal(nonces.use(used[0] ?? '', 2), false);
    assert.equal(nonces.use(used[4] ?? '', 2), true);
    for (let n = 0; n < 100; n += 1) nonces.issue();
    assert.equal(nonces.remembered(), 3);
    await timers.advance(20_000);
    nonces.use(nonces.issue(), 1);
    assert.equal(nonces.remembered(), 1);
  });
});
