import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { askedOf, cleared, isNarrowed, readSearch, writeSearch, type CallSearch } from './search.ts';

const EVERYTHING: CallSearch = { isLive: false, number: '13800000001', workNo: 102, queueId: 5, direction: 'in', isMissed: true, from: 1_790_000_000_000, to: 1_790_086_400_000 };

describe('a search for calls', () => {
  test('is found again in the address', () => {
    assert.deepEqual(readSearch(writeSearch(EVERYTHING)), EVERYTHING);
    assert.equal(writeSearch(cleared(EVERYTHING)).toString(), '');
  });

  test('passes over what somebody has written into the address by hand', () => {
    const search = readSearch(new URLSearchParams('agent=7&queue=x&direction=up&from=-1&missed=1&number=%20%20'));
    assert.deepEqual(search, cleared(search));
    assert.equal(isNarrowed(search), false);
  });

  test('asks for what is set, and not for missed calls among those that go on', () => {
    assert.deepEqual(askedOf(EVERYTHING), {
      state: 'ended', limit: 50, number: '13800000001', workNo: 102, queueId: 5, direction: 'in', missed: true, from: 1_790_000_000_000, to: 1_790_086_400_000,
    });
    assert.deepEqual(askedOf({ ...cleared(EVERYTHING), isLive: true, isMissed: true }), { state: 'live', limit: 50 });
  });

  test('can be cleared without leaving the calls that go on', () => {
    assert.deepEqual(cleared({ ...EVERYTHING, isLive: true }), readSearch(new URLSearchParams('state=live')));
    assert.equal(isNarrowed(EVERYTHING), true);
  });
});
