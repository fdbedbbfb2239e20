import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { createIds } from './ids.ts';

const NOW = Date.UTC(2026, 3, 1);
const ascending = (ids: readonly string[]): boolean => ids.every((id, index) => index === 0 || BigInt(id) > BigInt(ids[index - 1] ?? '0'));

describe('ids', () => {
  test('have 19 digits, now and for decades to come', () => {
    for (const now of [Date.UTC(2025, 0, 1), NOW, Date.UTC(2080, 0, 1)]) assert.match(createIds({ clock: () => now }).next(), /^\d{19}$/);
  });

  test('are unique and ascend, also more of them than one millisecond holds', () => {
    const ids = createIds({ clock: () => NOW });
    const made = Array.from({ length: 20_000 }, () => ids.next());
    assert.equal(new Set(made).size, made.length);
    assert.ok(ascending(made));
  });

  test('go on ascending when the clock steps back', () => {
    let now = NOW;
    const ids = createIds({ clock: () => now });
    const before = ids.next();
    now -= 3_600_000;
    const after = [ids.next(), ids.next()];
    now += 3_600_001;
    assert.ok(ascending([before, ...after, ids.next()]));
  });

  test('ascend whatever the clock does', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: -5000, max: 5000 }), { minLength: 1, maxLength: 300 }), (steps) => {
      let now = NOW;
      const ids = createIds({ clock: () => now });
      assert.ok(ascending(steps.map((step) => {
        now += step;
        return ids.next();
      })));
    }));
  });

  test('of two nodes never meet', () => {
    const [one, other] = [createIds({ clock: () => NOW, node: 1 }), createIds({ clock: () => NOW, node: 2 })];
    const made = Array.from({ length: 5000 }, () => [one.next(), other.next()]).flat();
    assert.equal(new Set(made).size, made.length);
  });
});
