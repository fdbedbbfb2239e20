import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Member } from '../media/order.ts';
import { createPairs, type Pairs } from './pairs.ts';

const member = (leg: string, changes: Partial<Member> = {}): Member => ({ leg, to: 'all', hears: true, music: false, ...changes });
const arrange = (pairs: Pairs, members: readonly Member[], room = 'room'): ReadonlySet<string> => pairs.note({ kind: 'arrange', room, members });
const sorted = (legs: ReadonlySet<string>): string => [...legs].toSorted().join();

describe('pairs', () => {
  const rooms: readonly (readonly [string, readonly Member[], boolean])[] = [
    ['two who hear one another', [member('a'), member('b')], true],
    ['two who whisper to one another', [member('a', { to: ['b'] }), member('b', { to: ['a', 'x'] })], true],
    ['one alone', [member('a')], false],
    ['three', [member('a'), member('b'), member('c')], false],
    ['two and one who listens', [member('a'), member('b'), member('c', { to: 'none' })], false],
    ['one who is muted', [member('a'), member('b', { to: 'none' })], false],
    ['one who speaks to somebody else', [member('a'), member('b', { to: ['x'] })], false],
    ['one who does not hear', [member('a'), member('b', { hears: false })], false],
    ['one with music', [member('a'), member('b', { music: true })], false],
    ['one who is louder', [member('a'), member('b', { gain: 2 })], false],
    ['one who is as loud as he is', [member('a', { gain: 1 }), member('b')], true],
  ];
  for (const [name, members, isPair] of rooms) {
    it(`${isPair ? 'are' : 'are not'} ${name}`, () => {
      const pairs = createPairs();
      arrange(pairs, members);
      assert.equal(pairs.partnerOf('a'), isPair ? 'b' : undefined);
      assert.equal(pairs.partnerOf('b'), isPair ? 'a' : undefined);
    });
  }

  it('are none while something is played or recorded where they are', () => {
    const pairs = createPairs();
    arrange(pairs, [member('a'), member('b')]);
    for (const to of [{ leg: 'a' }, { leg: 'b' }, { room: 'room' }]) {
      assert.equal(sorted(pairs.note({ kind: 'play', play: '1', to, path: 'x' })), 'a,b');
      pairs.note({ kind: 'record', record: '1', of: to, path: 'x' });
      assert.equal(pairs.partnerOf('a'), undefined);
      assert.equal(sorted(pairs.over('play', '1')), 'a,b');
      assert.equal(pairs.partnerOf('a'), undefined);
      pairs.over('record', '1');
      assert.equal(pairs.partnerOf('a'), 'b');
    }
    pairs.note({ kind: 'play', play: 'elsewhere', to: { room: 'other' }, path: 'x' });
    pairs.note({ kind: 'play', play: 'waiting', to: { leg: 'c' }, path: 'x' });
    assert.equal(pairs.partnerOf('a'), 'b');
    assert.equal(pairs.over('play', 'unknown').size, 0);
  });

  it('are none any more when one leaves, goes elsewhere, or has ended', () => {
    const pairs = createPairs();
    arrange(pairs, [member('a'), member('b')]);
    assert.equal(sorted(pairs.note({ kind: 'leave', leg: 'a' })), 'a,b');
    assert.equal(pairs.partnerOf('b'), undefined);
    arrange(pairs, [member('a'), member('b')]);
    arrange(pairs, [member('b'), member('c')], 'other');
    assert.deepEqual([pairs.partnerOf('a'), pairs.partnerOf('b')], [undefined, 'c']);
    pairs.note({ kind: 'play', play: '1', to: { leg: 'c' }, path: 'x' });
    assert.equal(sorted(pairs.forget('c')), 'b,c');
    assert.equal(pairs.partnerOf('b'), undefined);
    arrange(pairs, [member('b'), member('c')], 'other');
    assert.equal(pairs.partnerOf('b'), 'c');
  });

  it('are always two, each the other\'s', () => {
    const legs = ['a', 'b', 'c', 'd'];
    const anyMember = fc.record({
      leg: fc.constantFrom(...legs), to: fc.oneof(fc.constantFrom('all' as const, 'none' as const), fc.subarray(legs)), hears: fc.boolean(), music: fc.boolean(), gain: fc.constantFrom(0, 0.5, 1),
    });
    const step = fc.record({ room: fc.constantFrom('x', 'y'), members: fc.uniqueArray(anyMember, { selector: ({ leg }) => leg, maxLength: 3 }) });
    fc.assert(fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
      const pairs = createPairs();
      for (const { room, members } of steps) arrange(pairs, members, room);
      for (const leg of legs) {
        const partner = pairs.partnerOf(leg);
        if (partner !== undefined) assert.deepEqual([pairs.partnerOf(partner), partner === leg], [leg, false]);
      }
    }));
  });
});
