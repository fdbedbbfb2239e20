import { Alert, Badge, Button } from '@mantine/core';
import { Info, Plus, UserRoundCheck } from 'lucide-react';
import { useState } from 'react';
import { deleteUserGroup, listUserGroups } from '@parley/contract/admin/user-group.ts';
import { useAsked, useChange } from '../../session/asking.ts';
import { useSession } from '../../session/session.ts';
import { ConfirmButton } from '../../show/confirm-button.tsx';
import { Empty } from '../../show/empty.tsx';
import { Page } from '../../show/page.tsx';
import { Records, type Column } from '../../show/records.tsx';
import { useText } from '../../text/catalogue.ts';
import { useFormat } from '../../text/format.ts';
import { GroupEditor } from './group-editor.tsx';
import { groupTexts } from './group-texts.ts';
import type { Group } from './groups.ts';

function Remove({ group: { id, name } }: { readonly group: Group }) {
  const text = useText(groupTexts);
  const remove = useChange(deleteUserGroup, [listUserGroups]);
  return (
    <ConfirmButton size="compact-xs" question={text.removeQuestion(name)} consequence={text.removeMeans} isBusy={remove.isPending} error={remove.error} onConfirm={() => remove.mutateAsync({ id })}>
      {text.remove}
    </ConfirmButton>
  );
}

/** The groups of agents and inspectors. */
export function GroupsPage() {
  const text = useText(groupTexts);
  const { count } = useFormat();
  const mayChange = useSession().permissions.includes('tenant.write');
  const groups = useAsked(listUserGroups, {});
  const [edited, setEdited] = useState<Group | 'new' | undefined>();
  const rows = groups.data?.groups;
  const names = new Map(rows?.map(({ id, name }) => [id, name]));
  const create = mayChange && <Button leftSection={<Plus size={16} />} onClick={() => { setEdited('new'); }}>{text.create}</Button>;
  const columns: readonly Column<Group>[] = [
    { id: 'name', title: text.name, orderBy: ({ name }) => name, render: ({ name }) => name },
    { id: 'kind', title: text.kind, orderBy: ({ kind }) => kind, render: ({ kind }) => <Badge variant="light" color={kind === 'agents' ? 'indigo' : 'grape'}>{text.kinds[kind]}</Badge> },
    { id: 'members', title: text.members, isNumber: true, orderBy: ({ members }) => members.length, render: ({ members }) => count(members.length) },
    { id: 'inspects', title: text.inspects, render: ({ inspects }) => inspects.map((id) => names.get(id) ?? id).join(', ') },
    { id: 'remark', title: text.remark, render: ({ remark }) => remark },
  ];
  return (
    <Page title={text.title} about={text.about} actions={create}>
      {rows !== undefined && rows.length > 0 && <Alert icon={<Info />} variant="light">{text.gate}</Alert>}
      <Records
        label={text.title} rows={rows} idOf={({ id }) => id} columns={columns} error={groups.error} onRetry={() => { void groups.refetch(); }} onOpen={setEdited}
        actions={mayChange ? (group) => <Remove group={group} /> : undefined} empty={<Empty icon={UserRoundCheck} title={text.empty} hint={text.emptyHint} action={create} />}
      />
      {edited !== undefined && <GroupEditor group={edited === 'new' ? undefined : edited} groups={rows ?? []} isChangeable={mayChange} onClose={() => { setEdited(undefined); }} />}
    </Page>
  );
}
