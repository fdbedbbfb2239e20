import { Badge, Group, Modal, Stack, Table, Text } from '@mantine/core';
import { useText } from '../../text/catalogue.ts';
import { useFormat } from '../../text/format.ts';
import { auditTexts } from './audit-texts.ts';
import { differencesOf, inLine, kindOf, type Entry, type Kind } from './audit.ts';

const COLOURS: Readonly<Record<Kind, string>> = { created: 'teal', deleted: 'red', changed: 'indigo' };
const SHOWN_IN_LINE = 2;

/** The change in a line. */
export function ChangeInLine({ entry }: { readonly entry: Entry }) {
  const text = useText(auditTexts);
  const { moment } = useFormat();
  const kind = kindOf(entry);
  const differences = differencesOf(entry.before, entry.after, moment);
  const shown = differences.slice(0, SHOWN_IN_LINE).map(inLine);
  const rest = differences.length - shown.length;
  return (
    <Group gap="xs" wrap="nowrap">
      <Badge variant="light" color={COLOURS[kind]} style={{ flexShrink: 0 }}>{text.kinds[kind]}</Badge>
      <Text size="xs" miw={180} style={{ overflowWrap: 'anywhere' }}>{[...shown, ...(rest > 0 ? [text.more(rest)] : [])].join('; ')}</Text>
    </Group>
  );
}

function State({ value, isStruck = false }: { readonly value: string | undefined; readonly isStruck?: boolean }) {
  const text = useText(auditTexts);
  if (value === undefined) return <Text size="sm" c="dimmed">{text.nothing}</Text>;
  return <Text size="sm" td={isStruck ? 'line-through' : undefined} style={{ overflowWrap: 'anywhere' }}>{value === '' ? text.emptyText : value}</Text>;
}

export interface EntryDetailsProps {
  readonly entry: Entry;
  readonly title: string;
  readonly who: string;
  readonly onClose: () => void;
}

/** The whole of one entry, with what was and what is beside one another. */
export function EntryDetails({ entry, title, who, onClose }: EntryDetailsProps) {
  const text = useText(auditTexts);
  const { moment } = useFormat();
  const differences = differencesOf(entry.before, entry.after, moment);
  return (
    <Modal opened onClose={onClose} title={title} size="xl">
      <Stack>
        <Text size="sm">{[moment(entry.at), who, entry.source, text.operationIs(entry.operation)].join(' · ')}</Text>
        {differences.length === 0 ? <Text c="dimmed">{text.unchanged}</Text> : (
          <Table.ScrollContainer minWidth={400} maxHeight="60vh">
            <Table withTableBorder striped aria-label={text.change}>
              <Table.Thead><Table.Tr><Table.Th>{text.place}</Table.Th><Table.Th>{text.before}</Table.Th><Table.Th>{text.after}</Table.Th></Table.Tr></Table.Thead>
              <Table.Tbody>
                {differences.map(({ path, before, after }) => (
                  <Table.Tr key={path}>
                    <Table.Td><Text size="sm" ff="monospace">{path}</Text></Table.Td>
                    <Table.Td><State value={before} isStruck={after !== undefined} /></Table.Td>
                    <Table.Td><State value={after} /></Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        )}
      </Stack>
    </Modal>
  );
}
