import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { PERMISSION_BITS } from '@parley/contract/admin/workplace.ts';
import { changedRoles, CHAPTERS, rightsOf, turned } from './roles.ts';

const roles = [{ roleId: 2, name: 'agent', bits: [1, 2] }, { roleId: 3, name: 'inspector', bits: [13] }];

describe('rights of roles', () => {
  test('every permission there is stands in one chapter', () => {
    const bits = CHAPTERS.flatMap(([, inChapter]) => inChapter);
    assert.deepEqual(bits.toSorted((one, other) => one - other), Object.keys(PERMISSION_BITS).map(Number));
  });

  test('only roles that differ are saved, with their bits in order', () => {
    const rights = turned(turned(rightsOf(roles), 2, 27, true), 2, 3, true);
    assert.deepEqual(changedRoles(roles, rights), [{ roleId: 2, name: 'agent', bits: [1, 2, 3, 27] }]);
    assert.deepEqual(changedRoles(roles, turned(turned(rights, 2, 27, false), 2, 3, false)), [], 'and none when all is as it was');
  });
});
