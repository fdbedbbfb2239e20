import type { listAgentRoles, PERMISSION_BITS } from '@parley/contract/admin/workplace.ts';
import type { Result } from '@parley/contract/operation.ts';

export type Role = Result<typeof listAgentRoles>['roles'][number];
export type Bit = keyof typeof PERMISSION_BITS;
export type Chapter = 'state' | 'calls' | 'outside' | 'supervision' | 'quality' | 'console';

/** The permission bits of 6.3.8 by what they are about. */
export const CHAPTERS: readonly (readonly [Chapter, readonly Bit[]])[] = [
  ['state', [1, 12]],
  ['calls', [2, 3, 4, 6, 7, 8, 9, 11, 30]],
  ['outside', [5, 10, 26, 27, 28, 34]],
  ['supervision', [13, 14, 15, 23, 20]],
  ['quality', [16, 17, 29, 18, 19]],
  ['console', [21, 25, 24, 32, 33, 35]],
];

/** What each role may do, as it is being changed. */
export type Rights = ReadonlyMap<number, ReadonlySet<number>>;

export const rightsOf = (roles: readonly Role[]): Rights => new Map(roles.map(({ roleId, bits }) => [roleId, new Set(bits)]));

export function turned(rights: Rights, roleId: number, bit: number, isOn: boolean): Rights {
  const bits = new Set(rights.get(roleId));
  if (isOn) bits.add(bit);
  else bits.delete(bit);
  return new Map(rights).set(roleId, bits);
}

/** The roles that are other than they were, with all of their bits. */
export const changedRoles = (roles: readonly Role[], rights: Rights): readonly Role[] =>
  roles.flatMap((role) => {
    const bits = rights.get(role.roleId) ?? new Set(role.bits);
    return bits.symmetricDifference(new Set(role.bits)).size === 0 ? [] : [{ ...role, bits: [...bits].toSorted((one, other) => one - other) }];
  });
