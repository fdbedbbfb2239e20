import { Alert, Button, Code, CopyButton, Group, Modal, Stack, Text } from '@mantine/core';
import { Check, Copy } from 'lucide-react';
import { useText } from '../../text/catalogue.ts';
import { accountTexts } from './account-texts.ts';

/** A password that nobody can look up again. */
export interface Told {
  readonly who: string;
  readonly password: string;
  /** What else is to be handed over with it. */
  readonly besides?: string;
}

/** Shows a password this once, with a button that copies it. */
export function ToldOnce({ told: { who, password, besides }, onClose }: { readonly told: Told; readonly onClose: () => void }) {
  const text = useText(accountTexts);
  return (
    <Modal opened onClose={onClose} title={text.toldTitle(who)} centered closeOnClickOutside={false}>
      <Stack>
        {besides !== undefined && <Text size="sm">{besides}</Text>}
        <Group wrap="nowrap">
          <Code fz="lg" p="xs" flex={1}>{password}</Code>
          <CopyButton value={password}>
            {({ copied, copy }) => (
              <Button variant="default" onClick={copy} data-autofocus leftSection={copied ? <Check size={16} /> : <Copy size={16} />}>{copied ? text.copied : text.copy}</Button>
            )}
          </CopyButton>
        </Group>
        <Alert color="yellow">{text.toldOnce}</Alert>
        <Group justify="flex-end"><Button onClick={onClose}>{text.close}</Button></Group>
      </Stack>
    </Modal>
  );
}
