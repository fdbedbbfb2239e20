import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isDate, partsFor, partsIn, PERIODS, spanBefore, spanOfPeriod } from './periods.ts';

const ZONE = 'Europe/Berlin';
const NOBODY = { firstDay: '', lastDay: '' };
const at = (text: string): number => Date.parse(text);
/** A Saturday, two in the afternoon in Berlin. */
const NOW = at('2026-11-21T13:00:00Z');
const told = ({ from, to }: { readonly from: number; readonly to: number }): readonly string[] => [from, to].map((one) => new Date(one).toISOString().slice(0, 16));

describe('a period', () => {
  test('is cut in the days of the tenant', () => {
    assert.deepEqual(told(spanOfPeriod('today', NOBODY, ZONE, NOW)), ['2026-11-20T23:00', '2026-11-21T23:00']);
    assert.deepEqual(told(spanOfPeriod('yesterday', NOBODY, ZONE, NOW)), ['2026-11-19T23:00', '2026-11-20T23:00']);
    assert.deepEqual(told(spanOfPeriod('week', NOBODY, ZONE, NOW)), ['2026-11-14T23:00', '2026-11-21T23:00']);
    assert.deepEqual(told(spanOfPeriod('month', NOBODY, ZONE, NOW)), ['2026-10-31T23:00', '2026-11-21T23:00']);
    assert.deepEqual(told(spanOfPeriod('dates', { firstDay: '2026-10-24', lastDay: '2026-10-25' }, ZONE, NOW)), ['2026-10-23T22:00', '2026-10-25T23:00'], '49 hours, as the clocks go back');
  });

  test('of days is in order, over, and at most a year, whatever the address says', () => {
    assert.deepEqual(told(spanOfPeriod('dates', { firstDay: '2026-11-03', lastDay: '2026-11-01' }, 'UTC', NOW)), ['2026-11-01T00:00', '2026-11-04T00:00']);
    assert.deepEqual(told(spanOfPeriod('dates', { firstDay: '2027-02-31', lastDay: '2026-11-20' }, 'UTC', NOW)), ['2026-11-20T00:00', '2026-11-22T00:00']);
    assert.equal(spanOfPeriod('dates', { firstDay: '2001-01-01', lastDay: '2026-11-20' }, 'UTC', NOW).days, 366);
    assert.equal(isDate('2026-02-29'), false);
    assert.equal(isDate('2028-02-29'), true);
  });

  test('is compared with as much of the time before', () => {
    assert.deepEqual(told(spanBefore('today', NOBODY, ZONE, NOW)), ['2026-11-19T23:00', '2026-11-20T13:00'], 'up to the same hour');
    assert.deepEqual(told(spanBefore('yesterday', NOBODY, ZONE, NOW)), ['2026-11-18T23:00', '2026-11-19T23:00'], 'all of the day before');
    assert.deepEqual(told(spanBefore('week', NOBODY, ZONE, NOW)), ['2026-11-07T23:00', '2026-11-14T13:00']);
    assert.deepEqual(told(spanBefore('month', NOBODY, 'UTC', NOW)), ['2026-10-01T00:00', '2026-10-21T13:00']);
    assert.deepEqual(told(spanBefore('month', NOBODY, 'UTC', at('2026-03-31T12:00:00Z'))), ['2026-02-01T00:00', '2026-03-01T00:00'], 'never more than there was');
    assert.deepEqual(told(spanBefore('dates', { firstDay: '2026-11-10', lastDay: '2026-11-12' }, 'UTC', NOW)), ['2026-11-07T00:00', '2026-11-10T00:00']);
  });

  test('is never without a span before it', () => {
    for (const period of PERIODS) {
      const { from, to } = spanBefore(period, NOBODY, ZONE, at('2026-11-20T23:00:00Z'));
      assert.ok(to > from, period);
    }
  });
});

describe('the parts of a period', () => {
  test('are never more than can be drawn', () => {
    assert.deepEqual([1, 7, 31, 100, 101].map((days) => partsFor(days)[0]), ['60MIN', 'day', 'day', 'day', undefined]);
  });

  test('begin where the server says that they do, and are not in the future', () => {
    const today = spanOfPeriod('today', NOBODY, 'Asia/Kolkata', NOW);
    assert.deepEqual(partsIn(today, '60MIN', 'Asia/Kolkata', NOW).map((one) => new Date(one).getUTCMinutes()), Array.from({ length: 20 }, () => 0), 'hours are those of UTC');
    const days = partsIn(spanOfPeriod('dates', { firstDay: '2026-10-24', lastDay: '2026-10-26' }, ZONE, NOW), 'day', ZONE, NOW);
    assert.deepEqual(days.map((one) => new Date(one).toISOString().slice(0, 16)), ['2026-10-23T22:00', '2026-10-24T22:00', '2026-10-25T23:00']);
    assert.equal(partsIn(spanOfPeriod('week', NOBODY, ZONE, NOW), 'day', ZONE, NOW).length, 7);
  });
});
