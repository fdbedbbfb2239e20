import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Protection } from './binding.ts';
import { planDeletion, tellDeletion, type Deletable } from './deletion.ts';

const route = (dnid: number, accessCode: string, extCode = '', editable: Protection = 0): Deletable => ({
  id: `112798394854423961${dnid}`, dnid, accessCode, extCode, editable,
});
const routes = [route(1, '9911411'), route(2, '9911411', '1'), route(3, '9911411', '2', 2), route(4, '9911411', '3', 1)];

const table: readonly [asked: string, id: string, name: string, content: string][] = [
  ['1,2', '1127983948544239611,1127983948544239612', '9911411,99114111', '9911411,99114111'],
  ['2,1', '1127983948544239612,1127983948544239611', '99114111,9911411', '99114111,9911411'],
  ['1127983948544239612', '1127983948544239612', '99114111', '99114111'],
  ['1,1,1127983948544239611', '1127983948544239611', '9911411', '9911411'],
  ['4', '1127983948544239614', '99114113', '99114113'],
  ['1,77,2,3', '1127983948544239611,1127983948544239612', '9911411,99114111', 'Success:9911411,99114111,Failed:77,99114112'],
  ['3,77', '', '99114112,77', '99114112,77'],
  ['77,77', '', '77', '77'],
];

for (const [asked, id, name, content] of table) {
  test(`deleting ${asked} is told as ${content}`, () => {
    assert.deepEqual(tellDeletion(planDeletion(asked.split(','), routes)), { id, name, content });
  });
}

test('each thing asked for is either deleted or told as failed, and no other is touched', () => {
  const anyRoute = fc.record({ dnid: fc.integer({ min: 1, max: 20 }), editable: fc.constantFrom<Protection>(0, 1, 2, 3) });
  const anyRoutes = fc.uniqueArray(anyRoute, { selector: ({ dnid }) => dnid, maxLength: 12 })
    .map((all) => all.map(({ dnid, editable }) => route(dnid, 'c', String(dnid), editable)));
  fc.assert(fc.property(anyRoutes, fc.array(fc.integer({ min: 1, max: 25 })), (all, dnids) => {
    const { leaving, failed } = planDeletion(dnids.map(String), all);
    assert.equal(leaving.length + failed.length, new Set(dnids).size);
    for (const gone of leaving) assert.ok(dnids.includes(gone.dnid) && gone.editable < 2);
  }));
});
