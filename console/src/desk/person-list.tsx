import { Badge, Group, ScrollArea, Skeleton, Stack, Text, UnstyledButton } from '@mantine/core';
import { useText } from '../text/catalogue.ts';
import { callTexts, deskTexts } from './desk-texts.ts';
import type { Person, Standing } from './people.ts';

const COLOURS: Readonly<Record<Standing, string>> = { idle: 'teal', wrapUp: 'orange', talking: 'blue', busy: 'red', rest: 'grape', signedOut: 'gray' };

export interface PersonListProps {
  readonly label: string;
  /** Undefined while nothing is known yet. */
  readonly people: readonly Person[] | undefined;
  /** Only those in whose name or number this is. */
  readonly filter: string;
  readonly chosen?: string | undefined;
  readonly isDisabled?: boolean;
  readonly maxHeight: number;
  readonly onChoose: (person: Person) => void;
}

/** Agents, queues or flows to choose one of. */
export function PersonList({ label, people, filter, chosen, isDisabled = false, maxHeight, onChoose }: PersonListProps) {
  const text = useText(callTexts);
  const { states } = useText(deskTexts);
  if (people === undefined) return <Stack gap={4} aria-busy>{[1, 2, 3].map((row) => <Skeleton key={row} height={28} />)}</Stack>;
  const sought = filter.trim().toLowerCase();
  const shown = people.filter(({ name, address }) => name.toLowerCase().includes(sought) || address.includes(sought));
  return (
    <div>
      <Text size="sm" fw={500} mb={4}>{label}</Text>
      {shown.length === 0 && <Text size="sm" c="dimmed">{text.nobody}</Text>}
      <ScrollArea.Autosize mah={maxHeight} type="auto" viewportProps={{ tabIndex: 0, 'aria-label': label }}>
        <Stack gap={2} component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
          {shown.map((person) => (
            <li key={person.address}>
              <UnstyledButton
                w="100%" px={8} py={4} disabled={isDisabled || person.standing === 'signedOut'} aria-pressed={chosen === undefined ? undefined : chosen === person.address} onClick={() => { onChoose(person); }}
                style={{ borderRadius: 6, cursor: person.standing === 'signedOut' ? 'default' : undefined, background: chosen === person.address ? 'var(--mantine-primary-color-light)' : undefined }}
              >
                <Group justify="space-between" wrap="nowrap" gap="xs">
                  <Text size="sm" truncate>{person.name} <Text span size="xs" c="dimmed">{person.address}</Text></Text>
                  {person.standing !== undefined && <Badge size="sm" variant="light" color={COLOURS[person.standing]} tt="none">{states[person.standing]}</Badge>}
                  {person.waiting !== undefined && <Badge size="sm" variant="light" color={person.waiting > 0 ? 'orange' : 'gray'} tt="none">{text.waiting(person.waiting)}</Badge>}
                </Group>
              </UnstyledButton>
            </li>
          ))}
        </Stack>
      </ScrollArea.Autosize>
    </div>
  );
}
