import { Button, type ButtonProps } from '@mantine/core';
import type { LucideIcon } from 'lucide-react';
import { Hint } from './hint.tsx';
import { hasKeys, SHORTCUTS, titled, useShortcut, type Command } from './shortcuts.ts';

export interface CommandButtonProps extends ButtonProps {
  readonly command: Command;
  readonly label: string;
  readonly icon: LucideIcon;
  readonly onRun: () => void;
  readonly isOn?: boolean;
}

const COMPACT: ButtonProps = { size: 'compact-sm', h: 30, px: 4, styles: { section: { marginInlineEnd: 6 } } };

/** A button that has a key, which its title names. */
export function CommandButton({ command, label, icon: Icon, onRun, isOn, disabled, ...button }: CommandButtonProps) {
  useShortcut(command, disabled === true ? undefined : onRun);
  return (
    <Hint label={titled(label, command)} isDisabled={!hasKeys()}>
      <Button
        {...(button.size === undefined ? COMPACT : {})} variant={isOn === true ? 'filled' : 'default'} leftSection={<Icon size={16} aria-hidden />} disabled={disabled} aria-pressed={isOn} aria-keyshortcuts={SHORTCUTS[command]}
        onClick={onRun} {...button}
      >
        {label}
      </Button>
    </Hint>
  );
}
