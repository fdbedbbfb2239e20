import { Button, Tooltip, type ButtonProps } from '@mantine/core';
import type { LucideIcon } from 'lucide-react';
import { SHORTCUTS, titled, useShortcut, type Command } from './shortcuts.ts';

export interface CommandButtonProps extends ButtonProps {
  readonly command: Command;
  readonly label: string;
  readonly icon: LucideIcon;
  readonly onRun: () => void;
  readonly isOn?: boolean;
}

/** A button that has a key, which its title names. */
export function CommandButton({ command, label, icon: Icon, onRun, isOn, disabled, ...button }: CommandButtonProps) {
  useShortcut(command, disabled === true ? undefined : onRun);
  return (
    <Tooltip label={titled(label, command)} openDelay={400}>
      <Button
        size="compact-sm" h={30} px={4} variant={isOn === true ? 'filled' : 'default'} leftSection={<Icon size={16} aria-hidden />} disabled={disabled} aria-pressed={isOn} aria-keyshortcuts={SHORTCUTS[command]}
        onClick={onRun} {...button}
      >
        {label}
      </Button>
    </Tooltip>
  );
}
