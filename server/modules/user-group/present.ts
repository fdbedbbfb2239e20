import type { listUserGroups } from '@parley/contract/admin/user-group.ts';
import type { qcQueryAllCcGroup, qcQueryGroupMember } from '@parley/contract/monitoring/user-group.ts';
import type { Result } from '@parley/contract/operation.ts';
import { memberIdOf, type Group } from '@parley/core/user-group/groups.ts';
import type { Account } from '../account/index.ts';
import type { Agent } from '../agent/index.ts';

export const presentGroup = ({ id, kind, name, remark }: Group): Result<typeof qcQueryAllCcGroup>[number] =>
  ({ groupName: name, groupType: kind === 'agents' ? 2 : 3, remark, id });

export const presentMember = (group: Group, agent: Agent, person: Account | undefined): Result<typeof qcQueryGroupMember>[number] => ({
  workNo: agent.workNo, accountCode: agent.account, groupName: group.name, accountName: person?.name ?? '', ccRoleId: agent.roleId,
  id: memberIdOf(group.id, agent.workNo),
});

export const showGroup = ({ id, kind, name, remark, members, inspects }: Group): Result<typeof listUserGroups>['groups'][number] =>
  ({ id, kind, name, remark, members: [...members], inspects: [...inspects] });
