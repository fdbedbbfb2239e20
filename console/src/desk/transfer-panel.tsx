import { Button, Group, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useText } from '../text/catalogue.ts';
import type { DeskCall } from './desk.ts';
import { callTexts } from './desk-texts.ts';
import { useDoing } from './doing.ts';
import { Hint } from './hint.tsx';
import { useTargets } from './people.ts';
import { PersonList } from './person-list.tsx';
import { send } from './transfer.ts';
import { TARGETS, waysTo, type TargetKind, type Way } from './transfer-ways.ts';

const NUMBER = /^[0-9*#]{1,24}$/;

interface TransferPanelProps {
  readonly call: DeskCall;
  /** Whether somebody may be asked for help in it. */
  readonly isConsulting: boolean;
  readonly onDone: () => void;
}

/** Who gets the call, and how: to whom first, as that decides what can be done. */
export function TransferPanel({ call, isConsulting, onDone }: TransferPanelProps) {
  const text = useText(callTexts);
  const { run, isBusy } = useDoing();
  const [kind, setKind] = useState<TargetKind>('agent');
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState<string>();
  const targets = useTargets(kind);
  const number = typed.replace(/\s/g, '');
  const address = kind === 'number' ? (NUMBER.test(number) ? number : undefined) : chosen;
  const go = async (way: Way): Promise<void> => {
    if (address !== undefined && await run(() => send({ kind, address }, way))) onDone();
  };
  return (
    <Stack gap="xs" component="section" aria-label={text.target}>
      <SegmentedControl
        fullWidth size="xs" aria-label={text.target} value={kind} data={TARGETS.map((value) => ({ value, label: text.kindsOfTarget[value] }))}
        onChange={(value) => { setKind(value); setChosen(undefined); setTyped(''); }}
      />
      <TextInput
        size="xs" data-autofocus autoFocus aria-label={kind === 'number' ? text.number : text.search} placeholder={kind === 'number' ? text.numberHint : text.search} value={typed} autoComplete="off"
        inputMode={kind === 'number' ? 'tel' : 'text'} onChange={(event) => { setTyped(event.currentTarget.value); }}
      />
      {kind !== 'number' && <PersonList label={text.kindsOfTarget[kind]} people={targets} filter={typed} chosen={chosen} maxHeight={150} onChoose={({ address: one }) => { setChosen(one); }} />}
      {address === undefined && <Text size="xs" c="dimmed">{text.choose}</Text>}
      <Group gap={6}>
        {waysTo(kind, call.direction, isConsulting).map((way, index) => (
          <Hint key={way} label={text.wayHints[way]}>
            <Button size="compact-sm" variant={index === 0 ? 'filled' : 'light'} disabled={address === undefined} loading={isBusy} onClick={() => { void go(way); }}>{text.ways[way]}</Button>
          </Hint>
        ))}
        <Button size="compact-sm" variant="subtle" color="gray" onClick={onDone}>{text.close}</Button>
      </Group>
    </Stack>
  );
}
