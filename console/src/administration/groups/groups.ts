import { createUserGroup, renameUserGroup, replaceGroupMembers, replaceInspectedGroups, type listUserGroups } from '@parley/contract/admin/user-group.ts';
import type { Client } from '@parley/contract/client.ts';
import type { Result } from '@parley/contract/operation.ts';

export type Group = Result<typeof listUserGroups>['groups'][number];
export type GroupKind = Group['kind'];
export const KINDS: readonly GroupKind[] = ['agents', 'inspectors'];

export interface GroupDraft {
  readonly kind: GroupKind;
  readonly name: string;
  readonly remark: string;
  /** Work numbers and ids as text, as fields for several choices have them. */
  readonly members: readonly string[];
  readonly inspects: readonly string[];
}

export const NEW_GROUP: GroupDraft = { kind: 'agents', name: '', remark: '', members: [], inspects: [] };

export const draftOf = ({ kind, name, remark, members, inspects }: Group): GroupDraft => ({ kind, name, remark, members: members.map(String), inspects });

const isSame = (one: readonly (string | number)[], other: readonly (string | number)[]): boolean => new Set(one).symmetricDifference(new Set(other)).size === 0;

/** Makes a group, or brings the one there is to what the draft says, by as few changes as it takes. */
export async function saveGroup({ ask }: Pick<Client, 'ask'>, group: Group | undefined, { kind, name, remark, members, inspects }: GroupDraft): Promise<void> {
  const workNos = members.map(Number);
  const inspected = kind === 'inspectors' ? [...inspects] : [];
  if (group === undefined) {
    await ask(createUserGroup, { kind, name: name.trim(), remark, members: workNos, inspects: inspected });
    return;
  }
  const { id } = group;
  if (name.trim() !== group.name || remark !== group.remark) await ask(renameUserGroup, { id, name: name.trim(), remark });
  if (!isSame(workNos, group.members)) await ask(replaceGroupMembers, { id, members: workNos });
  if (!isSame(inspected, group.inspects)) await ask(replaceInspectedGroups, { id, inspects: inspected });
}
