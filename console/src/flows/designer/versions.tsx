import { Button, Drawer, Group, Stack, Table, Text } from '@mantine/core';
import { showIvrFlowDefinition } from '@parley/contract/admin/ivr-flow.ts';
import type { Result } from '@parley/contract/operation.ts';
import { useState } from 'react';
import { api } from '../../session/client.ts';
import { useNotice } from '../../show/notice.ts';
import { useText } from '../../text/catalogue.ts';
import { useFormat } from '../../text/format.ts';
import { designerTexts } from './designer-texts.ts';

export type Version = Result<typeof showIvrFlowDefinition>;

export interface VersionsProps {
  readonly flow: Version;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onLook: (version: Version) => void;
}

/** What the flow was, as long as it is kept. */
export function Versions({ flow: { id, version: current, versions }, isOpen, onClose, onLook }: VersionsProps) {
  const text = useText(designerTexts);
  const format = useFormat();
  const notice = useNotice();
  const [asked, setAsked] = useState<number>();
  const look = async (version: number): Promise<void> => {
    setAsked(version);
    try {
      onLook(await api.ask(showIvrFlowDefinition, { id, version }));
      onClose();
    } catch (error) {
      notice.failed(error);
      setAsked(undefined);
    }
  };
  return (
    <Drawer opened={isOpen} onClose={onClose} title={text.versions} position="right">
      <Stack>
        <Text size="sm" c="dimmed">{text.versionsAbout}</Text>
        <Table verticalSpacing="xs" aria-label={text.versions}>
          <Table.Tbody>
            {versions.map(({ version, createdAt }) => (
              <Table.Tr key={version}>
                <Table.Td>{text.version(version)}</Table.Td>
                <Table.Td><Text size="sm" c="dimmed">{format.moment(createdAt)}</Text></Table.Td>
                <Table.Td><Group justify="flex-end">{version === current ? <Text size="sm" c="dimmed">{text.current}</Text> : <Button size="compact-xs" variant="light" loading={asked === version} onClick={() => { void look(version); }}>{text.look}</Button>}</Group></Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Stack>
    </Drawer>
  );
}
