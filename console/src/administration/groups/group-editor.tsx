import { MultiSelect, Select, TextInput, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { createUserGroup, listUserGroups } from '@parley/contract/admin/user-group.ts';
import { agentAccountQuery } from '@parley/contract/configuration/agent-account.ts';
import { keyOf, useAsked } from '../../session/asking.ts';
import { api } from '../../session/client.ts';
import { useContractFields } from '../../show/contract-fields.ts';
import { Editor } from '../../show/editor.tsx';
import { useNotice } from '../../show/notice.ts';
import { useText } from '../../text/catalogue.ts';
import { groupTexts } from './group-texts.ts';
import { draftOf, KINDS, NEW_GROUP, saveGroup, type Group, type GroupDraft } from './groups.ts';

const MOST_AGENTS = 1000;

export interface GroupEditorProps {
  /** The group that is changed; undefined for a new one. */
  readonly group: Group | undefined;
  readonly groups: readonly Group[];
  readonly isChangeable: boolean;
  readonly onClose: () => void;
}

/** A group, new or as it is, with its members and whom they inspect. */
export function GroupEditor({ group, groups, isChangeable, onClose }: GroupEditorProps) {
  const text = useText(groupTexts);
  const notice = useNotice();
  const kept = useQueryClient();
  const { check, typed } = useContractFields(createUserGroup);
  const agents = useAsked(agentAccountQuery, { pageNum: 0, pageSize: MOST_AGENTS });
  const form = useForm({ initialValues: group === undefined ? NEW_GROUP : draftOf(group), validate: { name: check('name', text.nameForm), remark: check('remark') } });
  const save = useMutation({
    mutationFn: (draft: GroupDraft) => saveGroup(api, group, draft),
    // Some of it may have been done where the rest was refused.
    onSettled: () => kept.invalidateQueries({ queryKey: keyOf(listUserGroups) }),
    onSuccess: (_done, { name }) => {
      notice.done(text.saved(name));
      onClose();
    },
  });
  const known = new Map((agents.data?.data ?? []).map(({ workNo, userName }) => [String(workNo), text.agent(workNo, userName)]));
  // Who is a member stays to be seen, be the list of agents longer than one page or not there yet.
  for (const member of group?.members ?? []) if (!known.has(String(member))) known.set(String(member), String(member));
  const { value: members, ...memberProps } = form.getInputProps('members') as { value: readonly string[] };
  const { value: inspects, ...inspectProps } = form.getInputProps('inspects') as { value: readonly string[] };
  return (
    <Editor title={group?.name ?? text.create} isOpen onClose={onClose} onSubmit={form.onSubmit((draft) => { save.mutate(draft); })} isChangeable={isChangeable} isSaving={save.isPending} error={save.error}>
      <TextInput label={text.name} data-autofocus {...typed('name')} {...form.getInputProps('name')} />
      <Select label={text.kind} allowDeselect={false} disabled={group !== undefined} data={KINDS.map((value) => ({ value, label: text.kinds[value] }))} {...form.getInputProps('kind')} />
      <MultiSelect
        label={text.members} description={text.membersHint} searchable hidePickedOptions nothingFoundMessage={text.noChoice} limit={100} value={[...members]}
        data={[...known].map(([value, label]) => ({ value, label }))} {...memberProps}
      />
      {form.values.kind === 'inspectors' && (
        <MultiSelect
          label={text.inspects} description={text.inspectsHint} searchable hidePickedOptions nothingFoundMessage={text.noChoice} value={[...inspects]}
          data={groups.filter(({ kind }) => kind === 'agents').map(({ id, name }) => ({ value: id, label: name }))} {...inspectProps}
        />
      )}
      <Textarea label={text.remark} autosize {...typed('remark')} {...form.getInputProps('remark')} />
    </Editor>
  );
}
