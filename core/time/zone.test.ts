import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { clockIn, dateAfter, dateIn, dayOf, instantIn, monthAfter, monthOf, readClock } from './zone.ts';

const HOUR = 3_600_000;
const ZONES = ['UTC', 'Europe/Berlin', 'Asia/Kolkata', 'Asia/Kathmandu', 'America/New_York', 'Australia/Lord_Howe', 'America/Santiago', 'Pacific/Kiritimati'];

describe('days of a zone', () => {
  const days: readonly (readonly [zone: string, date: string, from: string, hours: number])[] = [
    ['UTC', '2026-11-21', '2026-11-21T00:00:00Z', 24],
    ['Asia/Kolkata', '2026-11-21', '2026-11-20T18:30:00Z', 24],
    ['Europe/Berlin', '2026-03-29', '2026-03-28T23:00:00Z', 23],
    ['Europe/Berlin', '2026-10-25', '2026-10-24T22:00:00Z', 25],
    // Clocks go from midnight to one.
    ['America/Santiago', '2026-09-06', '2026-09-06T04:00:00Z', 23],
  ];
  for (const [zone, date, from, hours] of days) {
    test(`${date} in ${zone}`, () => {
      const day = dayOf(zone, date);
      assert.equal(new Date(day.from).toISOString(), new Date(from).toISOString());
      assert.equal((day.to - day.from) / HOUR, hours);
      assert.deepEqual([dateIn(zone, day.from), dateIn(zone, day.from - 1000), dateIn(zone, day.to - 1000), dateIn(zone, day.to)], [date, dateAfter(date, -1), date, dateAfter(date, 1)]);
    });
  }

  test('every moment lies in its day, and its clock leads back to it or to its twin', () => {
    fc.assert(fc.property(fc.constantFrom(...ZONES), fc.integer({ min: 0, max: 2 ** 32 }), (zone, second) => {
      const at = second * 1000;
      const { from, to } = dayOf(zone, dateIn(zone, at));
      const again = instantIn(zone, clockIn(zone, at));
      return from <= at && at < to && (again === at || (again < at && at - again <= HOUR && clockIn(zone, again) === clockIn(zone, at)));
    }));
  });
});

test('what no clock shows is not read', () => {
  for (const bad of ['2026-02-30 00:00:00', '2026-01-01 24:00:00', '2026-01-01', '2026-01-01T00:00:00', '', '2026-13-01 00:00:00', 'x'.repeat(19)]) assert.equal(readClock('UTC', bad), undefined, bad);
  assert.equal(readClock('Asia/Kolkata', '2026-11-21 05:30:00'), Date.UTC(2026, 10, 21));
});

test('months follow one another over the year', () => {
  assert.deepEqual([monthAfter('202611', 1), monthAfter('202612', 1), monthAfter('202601', -1)], ['202612', '202701', '202512']);
  const { from, to } = monthOf('Europe/Berlin', '202603');
  assert.equal((to - from) / HOUR, 31 * 24 - 1);
});
