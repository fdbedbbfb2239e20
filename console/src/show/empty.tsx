import { Center, Stack, Text, Title } from '@mantine/core';
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

export interface EmptyProps {
  readonly icon: LucideIcon;
  /** That there is nothing. */
  readonly title: string;
  /** What would have to happen for something to be there. */
  readonly hint: string;
  /** The button that does it. */
  readonly action?: ReactNode;
}

/** Where there is nothing to show, what can be done about it. */
export function Empty({ icon: Icon, title, hint, action }: EmptyProps) {
  return (
    <Center mih={200} p="lg">
      <Stack align="center" gap="xs">
        <Icon size={40} strokeWidth={1.2} aria-hidden />
        <Title order={2} size="h4">{title}</Title>
        <Text c="dimmed" ta="center" maw={460}>{hint}</Text>
        {action}
      </Stack>
    </Center>
  );
}
