import { Button, Checkbox, Group, Stack, Table, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Fragment, useState } from 'react';
import { changeAgentRole, listAgentRoles } from '@parley/contract/admin/workplace.ts';
import { keyOf, useAsked } from '../../session/asking.ts';
import { api } from '../../session/client.ts';
import { FaultAlert } from '../../show/fault-alert.tsx';
import { Loaded } from '../../show/loaded.tsx';
import { useNotice } from '../../show/notice.ts';
import { useText } from '../../text/catalogue.ts';
import { changedRoles, CHAPTERS, rightsOf, turned, type Rights, type Role } from './roles.ts';
import { workplaceTexts } from './workplace-texts.ts';

type RoleId = 2 | 3 | 4;

interface RolesProps {
  readonly roles: readonly Role[];
  readonly isChangeable: boolean;
}

function RightsTable({ roles, isChangeable }: RolesProps) {
  const text = useText(workplaceTexts);
  const notice = useNotice();
  const kept = useQueryClient();
  /** Undefined while nothing has been changed. */
  const [draft, setDraft] = useState<Rights>();
  const rights = draft ?? rightsOf(roles);
  const changed = changedRoles(roles, rights);
  const save = useMutation({
    mutationFn: async () => { for (const { roleId, bits } of changed) await api.ask(changeAgentRole, { roleId: roleId as RoleId, bits }); },
    onSettled: () => kept.invalidateQueries({ queryKey: keyOf(listAgentRoles) }),
    onSuccess: () => {
      setDraft(undefined);
      notice.done(text.rightsSaved);
    },
  });
  const nameOf = ({ roleId, name }: Role): string => text.roles[roleId as RoleId] ?? name;
  return (
    <Stack gap="xs">
      <Text size="sm" c="dimmed">{text.rolesHint}{!isChangeable && ` ${text.lookOnly}`}</Text>
      <Table.ScrollContainer minWidth={480} maxHeight="calc(100vh - 350px)">
        <Table withTableBorder highlightOnHover stickyHeader verticalSpacing={6} aria-label={text.tabs.roles}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{text.permission}</Table.Th>
              {roles.map((role) => <Table.Th key={role.roleId} w={130}>{nameOf(role)}</Table.Th>)}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {CHAPTERS.map(([chapter, bits]) => (
              <Fragment key={chapter}>
                <Table.Tr><Table.Th colSpan={roles.length + 1} scope="colgroup" bg="var(--mantine-color-default-hover)">{text.chapters[chapter]}</Table.Th></Table.Tr>
                {bits.map((bit) => (
                  <Table.Tr key={bit}>
                    <Table.Th scope="row" fw={400}>{text.bits[bit]}</Table.Th>
                    {roles.map((role) => (
                      <Table.Td key={role.roleId}>
                        <Checkbox
                          checked={rights.get(role.roleId)?.has(bit) === true} disabled={!isChangeable} aria-label={text.may(nameOf(role), text.bits[bit])}
                          onChange={({ currentTarget }) => { setDraft(turned(rights, role.roleId, bit, currentTarget.checked)); }}
                        />
                      </Table.Td>
                    ))}
                  </Table.Tr>
                ))}
              </Fragment>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {save.error !== null && <FaultAlert error={save.error} />}
      {isChangeable && (
        <Group justify="flex-end">
          <Button variant="default" disabled={changed.length === 0} onClick={() => { setDraft(undefined); }}>{text.undo}</Button>
          <Button disabled={changed.length === 0} loading={save.isPending} onClick={() => { save.mutate(); }}>{text.save}</Button>
        </Group>
      )}
    </Stack>
  );
}

/** What agents of each role may do (6.3.8). */
export function RolesEditor({ isChangeable }: Pick<RolesProps, 'isChangeable'>) {
  const query = useAsked(listAgentRoles, {});
  return <Loaded query={query}>{({ roles }) => <RightsTable roles={roles} isChangeable={isChangeable} />}</Loaded>;
}
