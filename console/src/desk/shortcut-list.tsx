import { ActionIcon, Group, Kbd, Modal, SimpleGrid, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Keyboard } from 'lucide-react';
import { useText } from '../text/catalogue.ts';
import { Hint } from './hint.tsx';
import { COMMANDS, hasKeys, SHORTCUTS, shortcutTexts, titled, useShortcut } from './shortcuts.ts';

/** All keys of the desk, by the key `?`. */
export function ShortcutList() {
  const text = useText(shortcutTexts);
  const [isOpen, { open, close }] = useDisclosure();
  useShortcut('help', open);
  if (!hasKeys()) return null;
  return (
    <>
      <Hint label={titled(text.title, 'help')}><ActionIcon variant="subtle" color="gray" aria-label={text.title} onClick={open}><Keyboard size={18} /></ActionIcon></Hint>
      <Modal opened={isOpen} onClose={close} title={text.title} size="lg">
        <Text size="sm" c="dimmed" mb="sm">{text.hint}</Text>
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xl" verticalSpacing={6}>
          {COMMANDS.map((command) => <Group key={command} justify="space-between" wrap="nowrap"><Text size="sm">{text.commands[command]}</Text><Kbd>{SHORTCUTS[command]}</Kbd></Group>)}
        </SimpleGrid>
      </Modal>
    </>
  );
}
