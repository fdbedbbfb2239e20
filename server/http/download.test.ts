import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { rangeOf } from './download.ts';

test('a range of bytes is read as RFC 9110 has it', () => {
  const of10 = (header: string | undefined) => rangeOf(header, 10);
  assert.deepEqual(of10('bytes=0-0'), { first: 0, last: 0 });
  assert.deepEqual(of10(' bytes=2-5 '), { first: 2, last: 5 });
  assert.deepEqual(of10('bytes=2-'), { first: 2, last: 9 });
  assert.deepEqual(of10('bytes=-3'), { first: 7, last: 9 });
  assert.deepEqual(of10('bytes=-30'), { first: 0, last: 9 });
  assert.deepEqual(of10('bytes=8-999999999999999'), { first: 8, last: 9 });
  for (const nothing of ['bytes=10-', 'bytes=10-20', 'bytes=-0']) assert.equal(of10(nothing), 'none', nothing);
  for (const unclear of [undefined, '', 'bytes=', 'bytes=-', 'bytes=5-2', 'bytes=1-2,4-5', 'items=1-2', 'bytes=a-', 'bytes=1-2-3', `bytes=${'9'.repeat(16)}-`]) {
    assert.equal(of10(unclear), undefined, unclear);
  }
  assert.equal(rangeOf('bytes=0-', 0), 'none');
  assert.equal(rangeOf('bytes=-5', 0), 'none');
});

test('a range is always within what there is', () => {
  fc.assert(fc.property(fc.string(), fc.nat(), fc.nat(), fc.nat(100), (tail, from, to, size) => {
    for (const header of [`bytes=${tail}`, `bytes=${from}-${to}`, `bytes=${from}-`, `bytes=-${to}`]) {
      const range = rangeOf(header, size);
      if (range === undefined || range === 'none') continue;
      assert.ok(range.first >= 0 && range.first <= range.last && range.last < size, header);
    }
  }));
});
