import { Avatar, Badge, Group, Loader, Paper, Stack, Text, UnstyledButton } from '@mantine/core';
import { PhoneCall } from 'lucide-react';
import { useState } from 'react';
import { FaultAlert } from '../show/fault-alert.tsx';
import { useText } from '../text/catalogue.ts';
import { be, customerPage, type DemoView, type Person } from './demo.ts';
import { demoTexts } from './demo-texts.ts';

export interface PeopleListProps {
  readonly token: string;
  readonly demo: DemoView;
  /** Who one is already. */
  readonly own?: string;
  /** Ends what whoever one is now is doing; it fails where that cannot be ended. */
  readonly onLeave?: () => Promise<void>;
}

interface CardProps {
  readonly person: Person;
  readonly isOwn: boolean;
  readonly isBusy: boolean;
  readonly isDisabled: boolean;
  readonly onBe: () => void;
}

function PersonCard({ person: { name, role, workNo }, isOwn, isBusy, isDisabled, onBe }: CardProps) {
  const text = useText(demoTexts);
  const sees = role === 'agent' || workNo === null ? text.sees[role] : `${text.sees[role]} ${text.atDesk}`;
  return (
    <UnstyledButton onClick={onBe} disabled={isDisabled} style={{ borderRadius: 'var(--mantine-radius-default)' }}>
      <Paper withBorder px="sm" py={6}>
        <Group wrap="nowrap" gap="sm">
          <Avatar name={name} color="initials" aria-hidden />
          <div style={{ flex: 1 }}>
            <Group gap="xs"><Text fw={600}>{name}</Text><Badge size="sm" variant="light">{isOwn ? text.isYou : text.roles[role]}</Badge></Group>
            <Text size="sm" c="dimmed">{sees}</Text>
          </div>
          {isBusy && <Loader size="sm" />}
        </Group>
      </Paper>
    </UnstyledButton>
  );
}

/** Whom one can be in the demo, each by a click, and the page of a customer. */
export function PeopleList({ token, demo: { people, customer }, own, onLeave }: PeopleListProps) {
  const text = useText(demoTexts);
  const [chosen, setChosen] = useState<string>();
  const [fault, setFault] = useState<unknown>();
  const choose = async (account: string): Promise<void> => {
    setChosen(account);
    setFault(undefined);
    try {
      await onLeave?.();
      await be(token, account);
    } catch (error) {
      setFault(error);
      setChosen(undefined);
    }
  };
  return (
    <Stack gap={6}>
      {people.map((person) => (
        <PersonCard
          key={person.account} person={person} isOwn={person.account === own} isBusy={person.account === chosen} isDisabled={chosen !== undefined || person.account === own}
          onBe={() => { void choose(person.account); }}
        />
      ))}
      {customer !== null && (
        <Paper component="a" href={customerPage(customer)} target="_blank" withBorder px="sm" py={6} c="inherit" td="none">
          <Group wrap="nowrap" gap="sm">
            <Avatar color="teal" variant="filled" aria-hidden><PhoneCall size={18} /></Avatar>
            <div>
              <Text fw={600}>{text.customer}</Text>
              <Text size="sm" c="dimmed">{text.customerHint}</Text>
            </div>
          </Group>
        </Paper>
      )}
      {fault !== undefined && <FaultAlert error={fault} />}
      <Text size="xs" c="dimmed">{text.several}</Text>
    </Stack>
  );
}
