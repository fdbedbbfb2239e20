import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readWindow } from './window.ts';

const NOW = Date.parse('2026-11-21T12:00:00.500Z');
const read = (from: string, to: string, zone = 'UTC') => readWindow(zone, from, to, NOW);

test('three days are taken, and not a second more', () => {
  assert.deepEqual(read('2026-11-18 10:00:00', '2026-11-21 10:00:00'), { from: Date.parse('2026-11-18T10:00:00Z'), to: Date.parse('2026-11-21T10:00:00.999Z') });
  assert.deepEqual(read('2026-11-18 10:00:00', '2026-11-21 10:00:01'), { why: 'tooWide' });
});

test('three days on the clock may be 73 hours', () => {
  const window = read('2026-10-24 00:00:00', '2026-10-27 00:00:00', 'Europe/Berlin');
  assert.ok('from' in window && window.to - window.from === 73 * 3_600_000 + 999);
});

test('what ends before it begins, and what is still to come, is refused', () => {
  assert.deepEqual(read('2026-11-20 10:00:01', '2026-11-20 10:00:00'), { why: 'reversed' });
  assert.deepEqual(read('2026-11-21 10:00:00', '2026-11-21 12:00:01'), { why: 'future', field: 'endTime' });
  assert.deepEqual(read('2026-11-22 10:00:00', '2026-11-22 12:00:01'), { why: 'future', field: 'beginTime' });
  assert.ok('from' in read('2026-11-21 12:00:00', '2026-11-21 12:00:00'), 'this very second is not to come');
  assert.deepEqual(read('2026-11-21 17:00:00', '2026-11-21 18:00:00', 'Asia/Kolkata'), { why: 'future', field: 'endTime' });
});

test('what no clock shows is no time', () => {
  for (const bad of ['2026-02-30 00:00:00', '2026-11-21', '', '2026-11-21T10:00:00', '2026-11-21 24:00:00']) {
    assert.deepEqual(read(bad, '2026-11-21 10:00:00'), { why: 'form', field: 'beginTime' });
    assert.deepEqual(read('2026-11-21 10:00:00', bad), { why: 'form', field: 'endTime' });
  }
});
