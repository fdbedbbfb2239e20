import { Badge, Button, Code, Grid, Group, Modal, ScrollArea, Stack, Text, Title } from '@mantine/core';
import { useText } from '../../text/catalogue.ts';
import { differencesBetween, type Differences } from '../graph/changes.ts';
import { FLOW, type Definition } from '../graph/graph.ts';
import { nodeTexts } from '../node-texts.ts';
import { designerTexts } from './designer-texts.ts';
import type { Version } from './versions.tsx';

function DifferenceList({ of: { added, removed, changed } }: { readonly of: Differences }) {
  const text = useText(designerTexts);
  const nodes = useText(nodeTexts);
  const all = [...added.map((id) => [id, text.added, 'teal'] as const), ...removed.map((id) => [id, text.deleted, 'red'] as const), ...changed.map((id) => [id, text.changed, 'orange'] as const)];
  if (all.length === 0) return <Text size="sm" c="dimmed">{text.nothingChanged}</Text>;
  return all.map(([id, how, color]) => <Group key={`${how}/${id}`} gap="xs"><Badge size="sm" variant="light" color={color}>{how}</Badge><Text size="sm">{id === FLOW ? nodes.flow : id}</Text></Group>);
}

export interface ConflictProps {
  readonly base: { readonly version: number; readonly definition: Definition };
  readonly mine: Definition;
  readonly theirs: Version;
  readonly isSaving: boolean;
  readonly onTakeTheirs: () => void;
  readonly onSaveMine: () => void;
  readonly onClose: () => void;
}

/** Two have changed the same flow: both are shown, and whoever saves last decides. */
export function Conflict({ base, mine, theirs, isSaving, onTakeTheirs, onSaveMine, onClose }: ConflictProps) {
  const text = useText(designerTexts);
  const sides = [
    { name: text.theirs, heading: text.sinceBase, definition: theirs.definition as Definition },
    { name: text.mine, heading: text.sinceMine, definition: mine },
  ];
  return (
    <Modal opened onClose={onClose} title={text.conflict} size="xl">
      <Stack>
        <Text size="sm">{text.conflictAbout(theirs.version, base.version)}</Text>
        <Grid>
          {sides.map(({ name, heading, definition }) => (
            <Grid.Col key={name} span={6}>
              <Stack gap={6}>
                <Title order={3} size="h6">{heading}</Title>
                <DifferenceList of={differencesBetween(base.definition, definition)} />
                <ScrollArea h={260} type="auto" viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': name }}><Code block>{JSON.stringify(definition, null, 2)}</Code></ScrollArea>
              </Stack>
            </Grid.Col>
          ))}
        </Grid>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>{text.goOn}</Button>
          <Button variant="light" onClick={onTakeTheirs}>{text.takeTheirs}</Button>
          <Button color="red" loading={isSaving} onClick={onSaveMine}>{text.saveMine}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
