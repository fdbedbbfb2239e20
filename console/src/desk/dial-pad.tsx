import { ActionIcon, Button, Collapse, Group, Stack, TextInput } from '@mantine/core';
import { Delete, Grip, Phone } from 'lucide-react';
import { useRef, useState } from 'react';
import { useText } from '../text/catalogue.ts';
import { callColleague, callNumber } from './actions.ts';
import { callTexts } from './desk-texts.ts';
import { useDoing } from './doing.ts';
import { Keypad } from './keypad.tsx';
import { PersonList } from './person-list.tsx';
import { titled, useShortcut } from './shortcuts.ts';
import { useColleagues } from './people.ts';

const NUMBER = /^[0-9*#]{1,24}$/;
/** How people write numbers. */
const CLUTTER = /[\s()./+-]/g;

/** Calls a number outside or a colleague. */
export function DialPad() {
  const text = useText(callTexts);
  const { run, isBusy } = useDoing();
  const [typed, setTyped] = useState('');
  const [hasKeys, setKeys] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const colleagues = useColleagues();
  const number = typed.replace(CLUTTER, '');
  const isNumber = NUMBER.test(number);
  useShortcut('dial', () => { field.current?.focus(); });
  const call = async (): Promise<void> => {
    if (await run(() => callNumber(number))) setTyped('');
  };
  return (
    <Stack gap="xs" component="section" aria-label={text.dialPad}>
      <form onSubmit={(event) => { event.preventDefault(); if (isNumber) void call(); }}>
        <Group gap={6} wrap="nowrap" align="flex-end">
          <TextInput
            ref={field} style={{ flex: 1 }} label={titled(text.dialPad, 'dial')} placeholder={text.numberHint} inputMode="tel" autoComplete="off" value={typed}
            onChange={(event) => { setTyped(event.currentTarget.value); }}
            rightSection={typed !== '' && <ActionIcon variant="subtle" color="gray" aria-label={text.backspace} onClick={() => { setTyped(typed.slice(0, -1)); }}><Delete size={16} /></ActionIcon>}
          />
          <ActionIcon size={36} variant="default" aria-label={text.keypad} aria-expanded={hasKeys} onClick={() => { setKeys(!hasKeys); }}><Grip size={18} /></ActionIcon>
          <Button type="submit" color="teal.9" leftSection={<Phone size={16} aria-hidden />} disabled={!isNumber} loading={isBusy}>{text.dial}</Button>
        </Group>
      </form>
      <Collapse expanded={hasKeys}><Keypad onPress={(key) => { setTyped(typed + key); }} /></Collapse>
      <PersonList
        label={text.colleague} people={colleagues} maxHeight={190} filter={typed} isDisabled={isBusy}
        onChoose={({ address }) => { void run(() => callColleague(address)); }}
      />
    </Stack>
  );
}
