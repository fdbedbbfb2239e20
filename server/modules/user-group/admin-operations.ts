import { errors } from '@parley/contract/admin/family.ts';
import {
  createUserGroup, deleteUserGroup, listUserGroups, renameUserGroup, replaceGroupMembers, replaceInspectedGroups,
} from '@parley/contract/admin/user-group.ts';
import { handle, type Context, type Handler } from '@parley/contract/handler.ts';
import { refuse, type Refusal } from '@parley/contract/refusal.ts';
import {
  createGroup, deleteGroup, faultInWords, findGroup, groupIdOf, isFault, renameGroup, setMembers, setRelations, type Fault, type Groups,
} from '@parley/core/user-group/groups.ts';
import type { UserGroupDependencies } from './operations.ts';
import { showGroup } from './present.ts';
import { readGroups } from './store.ts';

function refusalOf(fault: Fault): Refusal {
  if (fault.wrong === 'unknownGroup') return refuse(errors.notFound, { what: 'user group', id: fault.id });
  if (fault.wrong === 'unknownAgent') return refuse(errors.notFound, { what: 'agent', id: fault.workNo });
  if (fault.wrong === 'nameTaken') return refuse(errors.exists, { what: 'user group', id: fault.name });
  const words = faultInWords(fault);
  return refuse(errors.conflict, { message: `${words.charAt(0).toUpperCase()}${words.slice(1)}` });
}

export type AdminDependencies = Pick<UserGroupDependencies, 'db' | 'ids' | 'change'>;

/** The groups at the console, which says as a whole who is in a group and whom it inspects. */
export function userGroupAdministration({ db, ids, change }: AdminDependencies): readonly Handler[] {
  const changing = async ({ vdnId, by }: Pick<Context, 'vdnId' | 'by'>, id: string, decide: (groups: Groups) => Groups | Fault, joining: readonly number[] = []) => {
    const outcome = await change(vdnId, by, decide, joining);
    if (isFault(outcome)) return refusalOf(outcome);
    const group = findGroup(outcome, id);
    return group === undefined ? refusalOf({ wrong: 'unknownGroup', id }) : showGroup(group);
  };

  return [
    handle(listUserGroups, async (_input, { vdnId }) => ({ groups: (await readGroups(db, vdnId)).map(showGroup) })),

    handle(createUserGroup, ({ kind, name, remark = '', members = [], inspects = [] }, context) => {
      const id = groupIdOf(context.now, ids.next());
      return changing(context, id, (before) => {
        const steps: readonly ((groups: Groups) => Groups | Fault)[] = [
          (groups) => createGroup(groups, { id, kind, name, remark }),
          (groups) => setMembers(groups, id, members),
          (groups) => (inspects.length === 0 ? groups : setRelations(groups, id, inspects)),
        ];
        return steps.reduce<Groups | Fault>((groups, step) => (isFault(groups) ? groups : step(groups)), before);
      }, members);
    }),

    handle(renameUserGroup, ({ id, name, remark }, context) => changing(context, id, (groups) => renameGroup(groups, id, name, remark))),

    handle(deleteUserGroup, async ({ id }, { vdnId, by }) => {
      const outcome = await change(vdnId, by, (groups) => deleteGroup(groups, id));
      return isFault(outcome) ? refusalOf(outcome) : {};
    }),

    handle(replaceGroupMembers, ({ id, members }, context) => changing(context, id, (groups) => setMembers(groups, id, members), members)),

    handle(replaceInspectedGroups, ({ id, inspects }, context) => changing(context, id, (groups) => setRelations(groups, id, inspects))),
  ];
}
