import { Alert, Button, Group, Modal, Stack } from '@mantine/core';
import { TriangleAlert } from 'lucide-react';
import { CopyBlock } from '../../show/copy.tsx';
import { useText } from '../../text/catalogue.ts';
import { keyTexts } from './key-texts.ts';

/** A secret as it has just been made; undefined while there is none to tell. */
export interface Told {
  readonly name: string;
  readonly secret: string;
}

export interface SecretOnceProps {
  readonly told: Told | undefined;
  readonly onClose: () => void;
}

/** Tells a secret the one time that it can be told. A click beside it does not close it. */
export function SecretOnce({ told, onClose }: SecretOnceProps) {
  const text = useText(keyTexts);
  return (
    <Modal opened={told !== undefined} onClose={onClose} title={text.once} centered size="lg" closeOnClickOutside={false} closeOnEscape={false} withCloseButton={false}>
      {told !== undefined && (
        <Stack>
          <Alert color="yellow" icon={<TriangleAlert />}>{text.onceMeans}</Alert>
          <CopyBlock value={told.name} label={text.keyId} />
          <CopyBlock value={told.secret} label={text.secretOf(told.name)} />
          <Group justify="flex-end"><Button onClick={onClose}>{text.done}</Button></Group>
        </Stack>
      )}
    </Modal>
  );
}
