import { Group, Stack, Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import type { ReactNode } from 'react';

export interface PageProps {
  readonly title: string;
  /** What the page is for, in a line. */
  readonly about?: ReactNode;
  /** Buttons that concern the whole page. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A page of the console: its title, what can be done on the whole of it, and what is in it. */
export function Page({ title, about, actions, children }: PageProps) {
  useDocumentTitle(`${title} · Parley`);
  return (
    <Stack gap="md" p="md">
      <Group justify="space-between" align="flex-start" wrap="wrap">
        <div>
          <Title order={1} size="h2">{title}</Title>
          {about !== undefined && <Text c="dimmed" size="sm">{about}</Text>}
        </div>
        {actions !== undefined && <Group gap="xs">{actions}</Group>}
      </Group>
      {children}
    </Stack>
  );
}
