import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { clockIn } from '../time/zone.ts';
import { createClock } from './clock.ts';

test('times are as the clock of the zone shows them, in whatever order they come', () => {
  const zones = fc.constantFrom('UTC', 'Europe/Berlin', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'America/St_Johns', 'Pacific/Apia');
  fc.assert(fc.property(zones, fc.array(fc.integer({ min: 0, max: 2 ** 41 }), { minLength: 1, maxLength: 20 }), (zone, times) => {
    const clock = createClock(zone);
    for (const at of times) assert.equal(clock(at), clockIn(zone, at));
  }));
});

test('the hour that comes twice, and the one that never does', () => {
  const clock = createClock('Europe/Berlin');
  const [before, after] = [Date.parse('2026-10-25T00:59:59.999Z'), Date.parse('2026-10-25T01:00:00Z')];
  assert.deepEqual([clock(before), clock(after)], ['2026-10-25 02:59:59', '2026-10-25 02:00:00']);
  assert.deepEqual([clock(Date.parse('2026-03-29T00:59:59Z')), clock(Date.parse('2026-03-29T01:00:00Z'))], ['2026-03-29 01:59:59', '2026-03-29 03:00:00']);
});
