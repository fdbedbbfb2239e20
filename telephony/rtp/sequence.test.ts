import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { Reception } from './sequence.ts';

/** Lets a packet come at 8,000 units a second, just when its timestamp says. */
function receive(reception: Reception, sequence: number, at = sequence): string {
  return reception.receive(sequence & 0xffff, (at * 160) >>> 0, at * 20);
}

describe('reception', () => {
  it('counts on beyond the end of the sequence numbers', () => {
    const reception = new Reception(8_000);
    for (let i = 65_530; i < 65_546; i += 1) receive(reception, i);
    assert.equal(reception.extendedHighest, 0x10000 + 9);
    assert.deepEqual([reception.expected, reception.lost, reception.received], [16, 0, 16]);
  });

  it('counts what is lost, and its share since it was asked last', () => {
    const reception = new Reception(8_000);
    for (let i = 0; i < 100; i += 1) if (i % 4 !== 1) receive(reception, i);
    assert.equal(reception.lost, 25);
    assert.equal(reception.takeFractionLost(), 64);
    for (let i = 100; i < 200; i += 1) receive(reception, i);
    assert.equal(reception.takeFractionLost(), 0);
    assert.equal(reception.takeFractionLost(), 0);
  });

  it('tells late packets from repeated ones', () => {
    const reception = new Reception(8_000);
    const seen = [10, 11, 13, 12, 12, 13, 9, 9, 15].map((sequence) => receive(reception, sequence));
    assert.deepEqual(seen, ['next', 'next', 'ahead', 'reordered', 'duplicate', 'duplicate', 'reordered', 'duplicate', 'ahead']);
    assert.deepEqual([reception.reordered, reception.duplicates, reception.expected, reception.lost], [2, 3, 7, -2]);
  });

  it('begins anew with two packets in a row from elsewhere, but not with one', () => {
    const reception = new Reception(8_000);
    receive(reception, 100);
    assert.equal(receive(reception, 40_000, 101), 'suspect');
    assert.equal(receive(reception, 101), 'next');
    assert.equal(receive(reception, 30_000, 102), 'suspect');
    assert.equal(receive(reception, 30_001, 103), 'restarted');
    assert.deepEqual([reception.extendedHighest, reception.received, reception.restarts], [30_001, 1, 1]);
  });

  it('measures jitter as the RFC does, and none of a source that keeps time', () => {
    const reception = new Reception(8_000);
    for (let i = 0; i < 50; i += 1) receive(reception, i);
    assert.equal(reception.jitterMs, 0);
    reception.receive(50, 50 * 160, 50 * 20 + 16);
    assert.equal(reception.jitterMs, 1);
    assert.equal(reception.jitter, 8);
  });

  it('takes neither the packets of one event nor a clock that jumps for jitter', () => {
    const reception = new Reception(8_000);
    receive(reception, 0);
    for (let i = 1; i < 10; i += 1) reception.receive(i, 160, i * 20);
    reception.receive(10, 10 * 160, 200);
    reception.receive(11, 0x80000000, 220);
    reception.receive(12, 0x80000000 + 160, 240);
    assert.equal(reception.jitterMs, 0);
  });

  it('accounts for every packet, in whatever order they come', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 65_535 }), fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 1, maxLength: 200 }), (first, wobble) => {
      const reception = new Reception(8_000);
      const sent = wobble.map((by, i) => first + Math.max(0, i + by));
      for (const [i, sequence] of sent.entries()) receive(reception, sequence, i);
      const distinct = new Set(sent);
      assert.equal(reception.expected, Math.max(...sent) - Math.min(...sent) + 1);
      assert.equal(reception.duplicates, sent.length - distinct.size);
      assert.equal(reception.received, sent.length);
      assert.equal(reception.extendedHighest, Math.max(...sent) - ((sent[0] ?? 0) > 0xffff ? 0x10000 : 0));
    }));
  });
});
