import type { Handler } from '@parley/contract/handler.ts';
import { userGroupAdministration } from './admin-operations.ts';
import { createGroupChanges, type GroupChangeDependencies } from './changes.ts';
import { userGroupOperations, type UserGroupDependencies } from './operations.ts';

export { groupNumbers, readGroups } from './store.ts';

export function userGroupHandlers(deps: Omit<UserGroupDependencies, 'change'> & GroupChangeDependencies): readonly Handler[] {
  const change = createGroupChanges(deps);
  return [...userGroupOperations({ ...deps, change }), ...userGroupAdministration({ ...deps, change })];
}
