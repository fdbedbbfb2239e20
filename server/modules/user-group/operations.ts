import { handle, type Context, type Handler } from '@parley/contract/handler.ts';
import { scopeErrors } from '@parley/contract/monitoring/parts.ts';
import {
  joinErrors, qcBatchAddGroupMember, qcBatchDeleteGroupMember, qcConfigRelation, qcCreateUserGroup, qcDeleteRelation, qcDeleteUserGroup, qcJoinUserGroup,
  qcQueryAllCcGroup, qcQueryGroupMember, qcUpdateAgentName, qcUpdateGroup,
} from '@parley/contract/monitoring/user-group.ts';
import { isRefusal, refuse, type Refusal } from '@parley/contract/refusal.ts';
import {
  addMembers, createGroup, deleteGroup, emptyAll, faultInWords, findGroup, groupIdOf, groupOfMember, isFault, relate, removeMembers, renameGroup, unrelate,
  type Fault, type GroupKind, type Groups,
} from '@parley/core/user-group/groups.ts';
import type { Database } from '../../database/connect.ts';
import type { Ids } from '../../engine/ids.ts';
import type { Accounts } from '../account/index.ts';
import type { Agent, RenameAgent } from '../agent/index.ts';
import type { Scope, Where } from '../tenant/index.ts';
import type { ChangeGroups } from './changes.ts';
import { presentGroup, presentMember } from './present.ts';
import { readGroups } from './store.ts';

export interface UserGroupDependencies {
  readonly db: Database;
  readonly ids: Ids;
  readonly scope: Scope;
  readonly accounts: Pick<Accounts, 'findMany'>;
  readonly listAgents: (db: Database, vdnId: number, workNos?: readonly number[]) => Promise<readonly Agent[]>;
  readonly renameAgent: RenameAgent;
  readonly change: ChangeGroups;
}

const KINDS: Readonly<Record<2 | 3, GroupKind>> = { 2: 'agents', 3: 'inspectors' };

const relationRefused = (fault: Fault): Refusal => refuse(scopeErrors.relation, { message: faultInWords(fault) });

/** Table 12-631. */
function joiningRefused(fault: Fault): Refusal {
  if (fault.wrong === 'unknownAgent') return refuse(joinErrors.joinNoAgent, { agent: fault.workNo });
  if (fault.wrong === 'nameTaken') return refuse(joinErrors.joinNameTaken, { name: fault.name });
  if (fault.wrong === 'nameEmpty') return refuse(joinErrors.joinNoName);
  if (fault.wrong === 'unknownGroup') return refuse(joinErrors.joinNoGroup, { id: fault.id });
  return refuse(joinErrors.joinRefused, { message: faultInWords(fault) });
}

/** What is made of the groups by two changes, of which the first may fail. */
const then = (outcome: Groups | Fault, next: (groups: Groups) => Groups | Fault): Groups | Fault => (isFault(outcome) ? outcome : next(outcome));

export function userGroupOperations({ db, ids, scope, accounts, listAgents, renameAgent, change }: UserGroupDependencies): readonly Handler[] {
  /** Changes the groups of the tenant that is meant, and says so in the words of the operation. */
  const changing = async (context: Context, where: Where, words: string, decide: (groups: Groups, at: number) => Groups | Fault, joining: readonly number[] = []) => {
    const tenant = await scope(context, where);
    if (isRefusal(tenant)) return tenant;
    const outcome = await change(tenant.vdnId, context.by, decide, joining);
    return isFault(outcome) ? relationRefused(outcome) : words;
  };

  return [
    handle(qcQueryGroupMember, async ({ groupId, workNo, limit, offset, ...where }, context) => {
      const tenant = await scope(context, where);
      if (isRefusal(tenant)) return tenant;
      const group = findGroup(await readGroups(db, tenant.vdnId), groupId);
      if (group === undefined) return relationRefused({ wrong: 'unknownGroup', id: groupId });
      const wanted = group.members.filter((member) => workNo === undefined || member === workNo).slice(offset, offset + limit);
      const agents = await listAgents(db, tenant.vdnId, wanted);
      const people = await accounts.findMany(db, tenant.vdnId, agents.map(({ account }) => account));
      return agents.map((agent) => presentMember(group, agent, people.get(agent.account)));
    }),

    handle(qcQueryAllCcGroup, async (where, context) => {
      const tenant = await scope(context, where);
      return isRefusal(tenant) ? tenant : (await readGroups(db, tenant.vdnId)).map(presentGroup);
    }),

    handle(qcCreateUserGroup, ({ groupName: name, groupType, remark = '', workNos = [], ...where }, context) => {
      const unique = ids.next();
      return changing(context, where, 'Added successfully', (groups, at) => {
        const id = groupIdOf(at, unique);
        return then(createGroup(groups, { id, kind: KINDS[groupType], name, remark }), (made) => addMembers(made, id, workNos));
      }, workNos);
    }),

    handle(qcUpdateGroup, ({ id, groupName, remark, ...where }, context) =>
      changing(context, where, 'Updated successfully', (groups) => renameGroup(groups, id, groupName, remark))),

    handle(qcDeleteUserGroup, ({ id, ...where }, context) => changing(context, where, 'Deleted successfully', (groups) => deleteGroup(groups, id))),

    handle(qcBatchAddGroupMember, ({ groupId, workNos, ...where }, context) =>
      changing(context, where, 'Added successfully', (groups) => addMembers(groups, groupId, workNos), workNos)),

    handle(qcBatchDeleteGroupMember, ({ workNos = [], ...where }, context) =>
      changing(context, where, 'Deleted successfully', (groups) => (workNos.length === 0 ? emptyAll(groups) : removeMembers(groups, workNos)))),

    handle(qcConfigRelation, ({ qcGroupId, inspectedGroupIds, ...where }, context) =>
      changing(context, where, 'Configured successfully', (groups) => relate(groups, qcGroupId, inspectedGroupIds))),

    handle(qcDeleteRelation, ({ qcGroupId, inspectedGroupIds, ...where }, context) =>
      changing(context, where, 'Deleted successfully', (groups) => unrelate(groups, qcGroupId, inspectedGroupIds))),

    handle(qcJoinUserGroup, async ({ ccId, vdnId, agentId, groupId = '', groupName = '', groupType = 2 }, context) => {
      const tenant = await scope(context, { ccId, vdn: vdnId });
      if (isRefusal(tenant)) return refuse(joinErrors.joinMismatch);
      const unique = ids.next();
      const outcome = await change(tenant.vdnId, context.by, (groups, at) => {
        if (groupId !== '') return addMembers(groups, groupId, [agentId]);
        const id = groupIdOf(at, unique);
        return then(createGroup(groups, { id, kind: KINDS[groupType], name: groupName, remark: '' }), (made) => addMembers(made, id, [agentId]));
      }, [agentId]);
      if (isFault(outcome)) return joiningRefused(outcome);
      const { id = '', name = '' } = groupOfMember(outcome, agentId) ?? {};
      return { groupId: id, groupName: name };
    }),

    handle(qcUpdateAgentName, async ({ ccId, vdnId, agentId, agentName }, context) => {
      const tenant = await scope(context, { ccId, vdn: vdnId });
      if (isRefusal(tenant)) return tenant;
      const renamed = await renameAgent(tenant.vdnId, context.by, agentId, agentName);
      if (renamed === 'unknown') return refuse(joinErrors.joinRefused, { message: `There is no agent ${agentId}` });
      if (renamed === 'administrator') return refuse(joinErrors.joinRefused, { message: 'The administrator of the VDN keeps the name' });
      return { ccId: tenant.ccId, vdnId: tenant.vdnId, agentId, agentName };
    }),
  ];
}
