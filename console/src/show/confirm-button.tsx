import { Button, Group, Modal, Stack, Text, type ButtonProps } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { catalogue, useText } from '../text/catalogue.ts';
import { FaultAlert } from './fault-alert.tsx';

const texts = catalogue({ en: { cancel: 'Cancel', close: 'Close' }, zh: { cancel: '取消', close: '关闭' } });

export interface ConfirmButtonProps extends ButtonProps {
  /** What is asked. */
  readonly question: string;
  /** What it means, where that is not plain. */
  readonly consequence?: string;
  /** Does it; the question stays as long as it fails. */
  readonly onConfirm: () => Promise<unknown>;
  readonly isBusy: boolean;
  readonly error: unknown;
  readonly children: ReactNode;
}

/** For what cannot be taken back: it asks first, and says there why it did not work. */
export function ConfirmButton({ question, consequence, onConfirm, isBusy, error, children, ...button }: ConfirmButtonProps) {
  const text = useText(texts);
  const [isOpen, { open, close }] = useDisclosure();
  return (
    <>
      <Button color="red" variant="light" {...button} onClick={open}>{children}</Button>
      <Modal opened={isOpen} onClose={close} title={question} centered closeButtonProps={{ 'aria-label': text.close }}>
        <Stack>
          {consequence !== undefined && <Text size="sm">{consequence}</Text>}
          {error != null && <FaultAlert error={error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={close} data-autofocus>{text.cancel}</Button>
            <Button color="red" loading={isBusy} onClick={() => { onConfirm().then(close, () => undefined); }}>{children}</Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
