import { Tooltip } from '@mantine/core';
import { useState, type ReactElement } from 'react';

interface HintProps {
  readonly label: string;
  readonly isDisabled?: boolean;
  readonly children: ReactElement;
}

/** Words on what the mouse rests on: below it, and gone as soon as it is pressed. Where one touches there are none. */
export function Hint({ label, isDisabled = false, children }: HintProps) {
  const [isPressed, setPressed] = useState(false);
  return (
    <Tooltip label={label} position="bottom" openDelay={500} disabled={isPressed || isDisabled} onPointerDown={() => { setPressed(true); }} onMouseLeave={() => { setPressed(false); }}>
      {children}
    </Tooltip>
  );
}
