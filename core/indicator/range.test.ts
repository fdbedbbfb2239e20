import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { datesBetween, daysBetween, monthsBetween } from './range.ts';

const ZONE = 'Europe/Berlin';
const NOW = Date.parse('2026-04-15T10:00:00Z');
const at = (text: string): number => Date.parse(text);

describe('ranges that are asked for', () => {
  test('are of the zone\'s clock, with their days of 23 hours', () => {
    assert.deepEqual(daysBetween(ZONE, '2026-03-29 00:00:00', '2026-03-30 00:00:00', NOW, 366), { from: at('2026-03-28T23:00:00Z'), to: at('2026-03-29T22:00:00Z') });
    assert.deepEqual(daysBetween(ZONE, '2026-04-14', '2026-04-16', NOW, 366), { from: at('2026-04-13T22:00:00Z'), to: at('2026-04-15T22:00:00Z') }, 'up to the end of today');
    assert.deepEqual(daysBetween(ZONE, '2026-04-14 10:15:00', '2026-04-14 10:30:00', NOW, 366), { from: at('2026-04-14T08:15:00Z'), to: at('2026-04-14T08:30:00Z') });
    assert.deepEqual(monthsBetween(ZONE, '202603', '202604', NOW, 12), { from: at('2026-02-28T23:00:00Z'), to: at('2026-04-30T22:00:00Z') });
    assert.deepEqual(datesBetween(ZONE, '2026-04-15', '2026-04-15', NOW, 366), { first: '2026-04-15', last: '2026-04-15' });
  });

  test('up to the last second of a day have all of it', () => {
    assert.deepEqual(daysBetween(ZONE, '2026-04-14 00:00:00', '2026-04-14 23:59:59', NOW, 366), daysBetween(ZONE, '2026-04-14', '2026-04-15', NOW, 366));
  });

  test('may be as long as they may, and no longer', () => {
    assert.ok('from' in daysBetween(ZONE, '2025-04-01', '2026-04-02', NOW, 366));
    assert.ok('wrong' in daysBetween(ZONE, '2025-04-01', '2026-04-02 00:00:01', NOW, 366));
    assert.ok('from' in monthsBetween(ZONE, '202505', '202604', NOW, 12));
    assert.ok('wrong' in monthsBetween(ZONE, '202504', '202604', NOW, 12));
    assert.ok('first' in datesBetween(ZONE, '2025-04-15', '2026-04-15', NOW, 366));
    assert.ok('wrong' in datesBetween(ZONE, '2025-04-14', '2026-04-15', NOW, 366));
  });

  test('are refused where they are reversed, empty, to come or no time at all', () => {
    for (const [begin, end] of [
      ['2026-04-14', '2026-04-14'], ['2026-04-14', '2026-04-13'], ['2026-04-16', '2026-04-17'], ['2026-02-30', '2026-03-01'], ['2026-4-1', '2026-04-02'], ['', ''],
      ['2026-04-01 24:00:00', '2026-04-02'], ['2026-04-01 00:00', '2026-04-02'], ['2026-04-01', '2026-04-02 25:00:00'], ['9999-99-99', '2026-04-02'],
    ] as const) assert.ok('wrong' in daysBetween(ZONE, begin, end, NOW, 366), `${begin} ${end}`);
    for (const [begin, end] of [['202604', '202603'], ['202613', '202613'], ['2026', '202604'], ['202605', '202605'], ['', '202604'], ['202604', 'x']] as const) {
      assert.ok('wrong' in monthsBetween(ZONE, begin, end, NOW, 12), `${begin} ${end}`);
    }
    for (const [begin, end] of [['2026-04-15', '2026-04-14'], ['2026-04-16', '2026-04-16'], ['20260415', '2026-04-15'], ['2026-04-01', '2026-04-31']] as const) {
      assert.ok('wrong' in datesBetween(ZONE, begin, end, NOW, 366), `${begin} ${end}`);
    }
  });
});
