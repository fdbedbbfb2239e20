import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { TriangleAlert } from 'lucide-react';
import { catalogue, useText } from '../text/catalogue.ts';
import { CopyBlock, type CopyProps } from './copy.tsx';

const texts = catalogue({
  en: { means: 'Copy it now: it is not shown again, to nobody. When it is lost, it can only be replaced.', done: 'I have kept it' },
  zh: { means: '请立即复制：之后任何人都无法再查看，遗失后只能更换。', done: '我已保存' },
});

export interface ToldOnceProps {
  readonly title: string;
  readonly values: readonly CopyProps[];
  /** What else is to be handed over. */
  readonly besides?: string;
  readonly onClose: () => void;
}

/** A secret, the one time that it can be told. A click beside it does not close it. */
export function ToldOnce({ title, values, besides, onClose }: ToldOnceProps) {
  const text = useText(texts);
  return (
    <Modal opened onClose={onClose} title={title} centered size="lg" closeOnClickOutside={false} closeOnEscape={false} withCloseButton={false}>
      <Stack>
        <Alert color="yellow" icon={<TriangleAlert />}>{text.means}</Alert>
        {besides !== undefined && <Text size="sm">{besides}</Text>}
        {values.map(({ label, value }) => <CopyBlock key={label} label={label} value={value} />)}
        <Group justify="flex-end"><Button onClick={onClose}>{text.done}</Button></Group>
      </Stack>
    </Modal>
  );
}
