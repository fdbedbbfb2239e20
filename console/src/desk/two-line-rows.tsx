import { Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';

interface TwoLineRowsProps<T> {
  readonly label: string;
  readonly rows: readonly T[];
  readonly idOf: (row: T) => string | number;
  /** What it is, with what matters most at the end of its line. */
  readonly first: (row: T) => readonly [ReactNode, ReactNode];
  /** The rest of it. */
  readonly second: (row: T) => readonly ReactNode[];
}

const isThere = (part: ReactNode): boolean => part !== undefined && part !== null && part !== false && part !== '';

/** What stands in place of a table where there is no room for its columns. */
export function TwoLineRows<T>({ label, rows, idOf, first, second }: TwoLineRowsProps<T>) {
  return (
    <Stack gap={0} component="ul" m={0} p={0} aria-label={label} style={{ listStyle: 'none' }}>
      {rows.map((row) => {
        const [head, end] = first(row);
        return (
          <li key={idOf(row)} style={{ padding: '6px 0', borderBottom: '1px solid var(--mantine-color-default-border)' }}>
            <Group justify="space-between" wrap="nowrap" gap="xs"><Text size="sm" component="div" truncate>{head}</Text><Text size="sm" component="div" style={{ flexShrink: 0 }}>{end}</Text></Group>
            <Group gap={4} c="dimmed">{second(row).filter(isThere).map((part, index) => <Text key={index} size="xs" component="div">{index > 0 && '· '}{part}</Text>)}</Group>
          </li>
        );
      })}
    </Stack>
  );
}
