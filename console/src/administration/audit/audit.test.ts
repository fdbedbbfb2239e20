import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { auditKinds } from './audit-kinds.ts';
import { actorIn, differencesOf, filtersOf, inLine, kindOf, nameIn, NO_FILTER } from './audit.ts';

describe('a change in the audit log', () => {
  test('is shown by what differs, place by place', () => {
    const before = { id: 3, name: 'Sales', limits: { waiting: 10, seconds: 60 } };
    const after = { id: 3, name: 'Sales', limits: { waiting: 20, seconds: 60 }, note: 'new' };
    assert.deepEqual(differencesOf(before, after), [{ path: 'limits.waiting', before: '10', after: '20' }, { path: 'note', before: undefined, after: 'new' }]);
  });

  test('shows a list of plain values whole, and lists of things by their place', () => {
    assert.deepEqual(differencesOf({ bits: [1, 2] }, { bits: [1, 2, 3] }), [{ path: 'bits', before: '1, 2', after: '1, 2, 3', gained: ['3'], lost: [] }]);
    const reasons = (name: string) => ({ reasons: [{ code: 1, name: 'Meal' }, { code: 2, name }] });
    assert.deepEqual(differencesOf(reasons('Rest'), reasons('Break')), [{ path: 'reasons.1.name', before: 'Rest', after: 'Break' }]);
  });

  test('shows all of what was made or is gone', () => {
    assert.deepEqual(differencesOf(null, { id: 1, on: false }), [{ path: 'id', before: undefined, after: '1' }, { path: 'on', before: undefined, after: 'false' }]);
    assert.deepEqual(differencesOf({ id: 1 }, null), [{ path: 'id', before: '1', after: undefined }]);
    assert.deepEqual([kindOf({ before: null, after: {} }), kindOf({ before: {}, after: null }), kindOf({ before: {}, after: {} })], ['created', 'deleted', 'changed']);
  });

  test('tells times as times', () => {
    assert.deepEqual(differencesOf({ changedAt: 7, lockedUntil: 0 }, { changedAt: 8, lockedUntil: 0 }, () => 'today'), [{ path: 'changedAt', before: 'today', after: 'today' }], 'also those that are written alike');
  });

  test('is told in few words', () => {
    const told = (before: object | null, after: object | null) => differencesOf(before, after).map(inLine);
    assert.deepEqual(told({ a: 10, bits: [1, 2, 3] }, { a: 20, bits: [2, 3, 27] }), ['a: 10 → 20', 'bits: +27 −1']);
    assert.deepEqual(told({ bits: [1, 2] }, { bits: [2, 1] }), ['bits: 1, 2 → 2, 1'], 'another order');
    assert.deepEqual(told(null, { name: 'x'.repeat(50) }), [`name: ${'x'.repeat(40)}…`]);
  });

  test('tells a value that became empty from one that is gone', () => {
    assert.deepEqual(differencesOf({ note: 'x', by: 'y' }, { note: null }), [{ path: 'note', before: 'x', after: '' }, { path: 'by', before: 'y', after: undefined }]);
  });
});

test('what is left empty does not filter', () => {
  assert.deepEqual(filtersOf(NO_FILTER), { limit: 50 });
  assert.deepEqual(filtersOf({ ...NO_FILTER, actor: 'user:ann', whatId: ' 7 ', from: 1_700_000_000_000 }), { actor: 'user:ann', whatId: '7', from: 1_700_000_000_000, limit: 50 });
});

test('a thing is told by its name where the entry has one', () => {
  const entry = (before: object | null, after: object | null) => nameIn({ whatId: '5', before, after });
  assert.deepEqual([entry({ name: 'Old' }, { name: 'Sales' }), entry({ label: 'CRM' }, null), entry(null, { account: '5' })], ['Sales', 'CRM', '']);
});

test('an actor is told by kind and name', () => {
  assert.deepEqual([actorIn('user:ann.admin'), actorIn('demo')], [{ kind: 'user', id: 'ann.admin' }, { kind: 'demo', id: '' }]);
});

test('every kind of thing that the server records has its words', () => {
  const root = join(import.meta.dirname, '../../../../server/modules');
  const recorded = globSync('**/*.ts', { cwd: root }).filter((file) => !/\.(test|fixture)\.ts$/.test(file))
    .flatMap((file) => Array.from(readFileSync(join(root, file), 'utf8').matchAll(/record\(\{\s*what: '([\w-]+)'/g), ([, what = '']) => what));
  assert.ok(recorded.length > 40);
  assert.deepEqual([...new Set(recorded)].filter((what) => !Object.hasOwn(auditKinds.en, what)), []);
});
