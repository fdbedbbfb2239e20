import { Button, Code, Group, Stack, type ButtonProps } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { Check, Copy } from 'lucide-react';
import { catalogue, useText } from '../text/catalogue.ts';

const texts = catalogue({
  en: { copy: 'Copy', copied: 'Copied', failed: 'Mark it and copy by hand' },
  zh: { copy: '复制', copied: '已复制', failed: '请手动选中复制' },
});

export interface CopyProps {
  readonly value: string;
  /** What is copied, for those who hear it. */
  readonly label: string;
}

/** Puts a text where it can be pasted from. Browsers allow it on HTTPS and on the machine itself; elsewhere it says so. */
export function CopyButton({ value, label, ...button }: CopyProps & ButtonProps) {
  const text = useText(texts);
  const { copy, copied, error } = useClipboard();
  const shown = error === null ? text.copy : text.failed;
  return (
    <Button size="compact-sm" variant="light" {...button} leftSection={copied ? <Check size={14} /> : <Copy size={14} />} aria-label={`${copied ? text.copied : shown}: ${label}`} onClick={() => { copy(value); }}>
      {copied ? text.copied : shown}
    </Button>
  );
}

/** A text to be taken elsewhere, with the button that copies it. */
export function CopyBlock({ value, label }: CopyProps) {
  return (
    <Stack gap={4}>
      <Code block tabIndex={0} aria-label={label} role="region" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{value}</Code>
      <Group justify="flex-end"><CopyButton value={value} label={label} /></Group>
    </Stack>
  );
}
