import { Button, SimpleGrid } from '@mantine/core';

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'] as const;

/** The twelve keys of a telephone. */
export function Keypad({ onPress, isDisabled = false }: { readonly onPress: (key: string) => void; readonly isDisabled?: boolean }) {
  return (
    <SimpleGrid cols={3} spacing={6} verticalSpacing={6} maw={240}>
      {KEYS.map((key) => <Button key={key} variant="default" size="sm" fz="lg" disabled={isDisabled} onClick={() => { onPress(key); }}>{key}</Button>)}
    </SimpleGrid>
  );
}
