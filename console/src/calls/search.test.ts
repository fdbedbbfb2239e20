import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { askedOf, cleared, isNarrowed, kindOf, ofKind, readSearch, writeSearch, type CallSearch } from './search.ts';

const EVERYTHING: CallSearch = { isLive: false, number: '13800000001', workNo: 102, queueId: 5, direction: 'in', outcome: 'order', isMissed: true, from: 1_790_000_000_000, to: 1_790_086_400_000 };

describe('a search for calls', () => {
  test('is found again in the address', () => {
    assert.deepEqual(readSearch(writeSearch(EVERYTHING)), EVERYTHING);
    assert.equal(writeSearch(cleared(ofKind(EVERYTHING, 'ended'))).toString(), '');
  });

  test('passes over what somebody has written into the address by hand', () => {
    const search = readSearch(new URLSearchParams('agent=7&queue=x&direction=up&outcome=a%20b&from=-1&missed=1&number=%20%20'));
    assert.deepEqual(search, cleared(search));
    assert.equal(isNarrowed(search), false);
  });

  test('asks for what is set, and not for missed calls among those that go on', () => {
    assert.deepEqual(askedOf(EVERYTHING), {
      state: 'ended', limit: 50, number: '13800000001', workNo: 102, queueId: 5, direction: 'in', outcome: 'order', missed: true, from: 1_790_000_000_000, to: 1_790_086_400_000,
    });
    assert.deepEqual(askedOf({ ...cleared(EVERYTHING), isLive: true, isMissed: true }), { state: 'live', limit: 50 });
  });

  test('is for calls of one kind: those that are over, were missed, or go on', () => {
    assert.deepEqual((['ended', 'missed', 'live'] as const).map((kind) => kindOf(ofKind(EVERYTHING, kind))), ['ended', 'missed', 'live']);
    assert.deepEqual(ofKind(ofKind(EVERYTHING, 'live'), 'missed'), EVERYTHING);
  });

  test('can be cleared without leaving the calls of the kind', () => {
    assert.deepEqual(cleared({ ...EVERYTHING, isLive: true }), readSearch(new URLSearchParams('state=live')));
    assert.equal(writeSearch(cleared(EVERYTHING)).toString(), 'missed=yes');
    assert.deepEqual([EVERYTHING, cleared(EVERYTHING)].map(isNarrowed), [true, false]);
  });
});
